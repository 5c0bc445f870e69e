//! Being told: detectors over the counts, each alert's standing, and the messages that leave.
//!
//! Detectors are pure functions of what was counted up to now, so that they run alike over live counts, over stored history
//! ([`backtest`](crate::backtest)) and in tests. Nothing of them is stored: after a restart they read the counts again. What is
//! stored is the standing of each alert and the queue of messages, in one transaction.

pub(crate) mod book;
pub(crate) mod burn_rate;
pub(crate) mod counts;
pub(crate) mod definition;
mod devices;
pub(crate) mod e_detector;
pub(crate) mod evaluator;
pub(crate) mod notice;
pub(crate) mod outputs;
pub(crate) mod reading;
pub(crate) mod rule;
pub(crate) mod service;
pub(crate) mod silence;
pub(crate) mod standing;
pub(crate) mod watch;
mod words;

pub(crate) use service::Alerts;

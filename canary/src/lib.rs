//! The canary: takes the counts that devices send, counts each batch once, and shows them live.
//!
//! The program is [`Canary::start`] with a command line; tests start it in process the same way. The wire is
//! described in `docs/wire.md`.

mod alerts;
mod api;
mod backtest;
mod config;
mod count;
mod ingest;
mod instant;
mod live;
mod otlp;
mod own_metrics;
mod page;
mod server;
mod sight;
mod store;
pub mod usual;
mod verdict;

pub use backtest::{BacktestError, Firing, Span, backtest};
pub use config::{Config, FileConfig, Pace, Patience, Problem, Problems, ServeKeys};
pub use server::{Canary, StartError};

//! The real server on a free port, asked by a real HTTP client.
#![allow(clippy::unwrap_used, clippy::panic)] // the fixture is test code, though outside of #[test]

mod alerts;
mod answers;
mod config_file;
mod counts;
mod disk;
mod feedback;
mod fixture;
mod flagger;
mod gate;
mod grafana;
mod hogs;
mod hosts;
mod keys;
mod kill;
mod labels;
mod live;
mod metrics;
mod page;
mod points;
mod query;
mod raw;
mod receivers;
mod repeats;
mod rollout;
mod sight;
mod snippets;
mod start;
mod store_stand_in;
mod stores;
mod verdict;

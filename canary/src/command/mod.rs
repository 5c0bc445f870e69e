//! Commands beside `serve`: some ask a running canary, others read what is stored.

mod ask;
pub(crate) mod backtest;
pub(crate) mod check_config;
mod duration;
pub(crate) mod gate;
pub(crate) mod store_plan;

/// Writes a line; a reader that went away is no reason to fail.
fn say(out: &mut dyn std::io::Write, line: &str) {
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

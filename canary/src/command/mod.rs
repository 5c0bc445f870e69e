//! Commands that ask a running canary.

mod ask;
mod duration;
pub(crate) mod gate;
pub(crate) mod store_plan;

/// Writes a line; a reader that went away is no reason to fail.
fn say(out: &mut dyn std::io::Write, line: &str) {
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

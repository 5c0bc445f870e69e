//! `backtest`: what the alerts would have said about stored counts.

use std::path::PathBuf;

use amends_canary::{Span, backtest};
use clap::Args;

use super::check_config::read;

/// See the module.
#[derive(Debug, Args)]
pub(crate) struct Backtest {
    /// Directory of the database; a canary may be running on it.
    #[arg(long)]
    data: PathBuf,
    /// Configuration file; without one, the alert that is there without any.
    #[arg(long)]
    config: Option<PathBuf>,
    /// First minute, RFC 3339. What was counted before it is history.
    #[arg(long)]
    from: String,
    /// Last minute, not included.
    #[arg(long)]
    until: String,
    /// The app; every one.
    #[arg(long)]
    app: Option<String>,
    /// As JSON, a line for each alert.
    #[arg(long)]
    json: bool,
}

/// Prints a line for each time that an alert would have fired.
pub(crate) fn run(options: &Backtest) -> Result<(), String> {
    let file = options.config.as_deref().map(read).transpose()?;
    let span = Span::parse(&options.from, &options.until)?;
    let found = backtest(&options.data, file.as_ref(), &span, options.app.as_deref())
        .map_err(|error| error.to_string())?;
    for firing in &found {
        crate::say(&if options.json { firing.json() } else { firing.to_string() });
    }
    if found.is_empty() && !options.json {
        crate::say("Nothing would have fired.");
    }
    Ok(())
}

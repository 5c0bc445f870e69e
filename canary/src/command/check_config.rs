//! `check-config`: everything that is wrong in a configuration file, or that nothing is.

use std::path::{Path, PathBuf};

use amends_canary::{Canary, Config, FileConfig};
use clap::Args;

/// See the module.
#[derive(Debug, Args)]
pub(crate) struct CheckConfig {
    /// The file.
    file: PathBuf,
}

/// Says that it is good, or fails with every problem, a line each.
pub(crate) fn run(options: &CheckConfig) -> Result<(), String> {
    let file = read(&options.file)?;
    let mut config = Config::new("", file.serve.listen.unwrap_or_else(crate::standard_address));
    let from_environment =
        || std::env::var("AMENDS_INGEST_KEY").ok().map(|keys| keys.split(',').map(str::to_owned).collect());
    // As in `serve`, where the environment is an option and wins.
    config.ingest_keys = from_environment().or_else(|| file.serve.ingest_keys.clone()).unwrap_or_default();
    Canary::check_keys(&config).map_err(|error| format!("{}: {error}", options.file.display()))?;
    crate::say(&format!("{} is good: {}.", options.file.display(), file.summary()));
    Ok(())
}

/// Reads a file with this process's environment.
pub(crate) fn read(path: &Path) -> Result<FileConfig, String> {
    FileConfig::read(path, &|name| std::env::var(name).ok()).map_err(|problems| problems.to_string())
}

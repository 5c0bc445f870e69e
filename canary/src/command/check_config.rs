//! `check-config`: everything that is wrong in a configuration file, or that nothing is.

use std::path::{Path, PathBuf};

use amends_canary::FileConfig;
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
    crate::say(&format!("{} is good: {}.", options.file.display(), file.summary()));
    Ok(())
}

/// Reads a file with this process's environment.
pub(crate) fn read(path: &Path) -> Result<FileConfig, String> {
    FileConfig::read(path, &|name| std::env::var(name).ok()).map_err(|problems| problems.to_string())
}

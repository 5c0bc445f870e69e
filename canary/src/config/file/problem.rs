//! What is wrong in a configuration file, and where.

use std::path::PathBuf;

/// One problem: where it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// From 1; 0 where it is about the whole file.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong and what to do. Never a secret.
    pub message: String,
}

/// A configuration that cannot be used: every problem, in the order of the file.
#[derive(Debug)]
pub struct Problems {
    /// The file.
    pub path: PathBuf,
    /// At least one.
    pub problems: Vec<Problem>,
}

impl std::fmt::Display for Problems {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, Problem { line, column, message }) in self.problems.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            let path = self.path.display();
            match line {
                0 => write!(formatter, "{end}{path}: {message}")?,
                _ => write!(formatter, "{end}{path}:{line}:{column}: {message}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Line and column of a byte.
pub(super) fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before.get(start..).map_or(0, |rest| rest.chars().count()) + 1)
}

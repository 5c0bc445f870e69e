//! Replaying a session from its beginning to its end.

use crate::outcome::Replay;
use crate::runner::Runner;
use crate::session::Session;
use amends_core::{Document, Timed};

/// Longer sessions would be mistakes: a time in nanoseconds, or since 1970.
const LONGEST_MS: u64 = 400 * 86_400_000;

/// Why a session cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// The host's document is not one.
    #[error("document: {0}")]
    Document(String),
    /// The session goes on for too long.
    #[error(
        "it ends at {ends_at_ms} ms, which is more than 400 days: times are milliseconds since the session began"
    )]
    TooLong {
        /// When it ends.
        ends_at_ms: u64,
    },
    /// A share is from 0 to 1.
    #[error("holdout: a share is from 0 (speaks) to 1 (silent)")]
    Holdout,
}

/// Replays a session through a device of its own.
///
/// # Errors
/// If its document is none, its share is none, or it goes on for more than 400 days.
pub fn replay(session: &Session) -> Result<Replay, ReplayError> {
    let ends_at_ms = session.ends_at_ms();
    if ends_at_ms > LONGEST_MS {
        return Err(ReplayError::TooLong { ends_at_ms });
    }
    if !(0.0..=1.0).contains(&session.holdout) {
        return Err(ReplayError::Holdout);
    }
    let document = session.document.as_ref().map(|document| Document::parse(&document.to_string()));
    let document = document.transpose().map_err(|error| ReplayError::Document(error.to_string()))?;
    let mut runner = Runner::new(session, document);
    let mut restarts = session.restart_at_ms.clone();
    restarts.sort_unstable();
    let mut restarts = restarts.into_iter().peekable();
    for Timed { at, event } in &session.events {
        let at = at.as_ms();
        while let Some(restart) = restarts.next_if(|restart| *restart <= at) {
            runner.restart(restart);
        }
        runner.pass(at);
        runner.event(event, at);
    }
    for restart in restarts {
        runner.restart(restart);
    }
    runner.pass_within(ends_at_ms, ends_at_ms);
    Ok(runner.finish(ends_at_ms))
}

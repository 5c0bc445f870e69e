//! Is a release worse than another? The canary's counts, compared by `amends_verdict` (docs/verdict.md).
//!
//! Nothing is kept between two questions: a verdict is made of all windows that the store holds when it is asked, so a
//! batch that came late is in the next one.

mod advice;
mod ruling;
mod sentence;
mod windows;

use amends_verdict::{Settings, judge};

use crate::store::{ReadError, Store, Turn};
pub(crate) use ruling::{Cause, Ruling, word};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// The app; `None` where none has counted yet.
    pub(crate) app: Option<String>,
    /// The candidate; empty for sessions that named no release.
    pub(crate) release: String,
    /// The release it is compared with; `None` for the one with most sessions in the candidate's hours.
    pub(crate) control: Option<String>,
    /// How sure it has to be, and what is tolerated.
    pub(crate) settings: Settings,
    /// First hour that is counted, since the Unix epoch.
    pub(crate) from: i64,
    /// First hour that is not.
    pub(crate) until: i64,
    /// Whether the app has counted anything.
    pub(crate) app_is_known: bool,
}

/// Answers from the store; any question has an answer. Blocks.
pub(crate) fn rule(store: &Store, turn: &Turn, question: &Question) -> Result<Ruling, ReadError> {
    let compared = match &question.app {
        Some(app) if question.app_is_known => windows::compare(store, turn, app, question)?,
        _ => windows::Compared::default(),
    };
    let judgement = judge(&compared.windows, &question.settings);
    Ok(Ruling::new(question, compared, &judgement))
}

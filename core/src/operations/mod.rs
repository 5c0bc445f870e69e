//! How what the person set going is getting on: Scheduled → Processing → Delayed → Sent or Failed, with time stamps.
//!
//! The host says what it knows; Delayed sets itself when the expected time has passed. The whole list goes to the
//! platform's status view at each change. It belongs to the person, stays on the device, and survives a restart.

use crate::event::{OperationProgress, OperationReport};
use crate::moment::{Moment, Wall, earliest, ms};
use serde::{Deserialize, Serialize};

/// Operations kept; more push out the oldest that has ended, or the oldest.
const MOST: usize = 32;
/// Steps kept of each.
const MOST_STEPS: usize = 8;
/// The longest text, in characters.
const LONGEST: usize = 64;
/// The longest address.
const LONGEST_URL: usize = 2_000;
/// How long one that has ended stays in the list.
const ENDED_STAYS_MS: u64 = 86_400_000;
/// How long one that does not end stays in the list.
const OPEN_STAYS_MS: u64 = 30 * 86_400_000;

/// An operation as the status view shows it, in the person's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationStatus {
    /// The host's name for it.
    pub id: String,
    /// What the person calls it.
    pub title: Option<String>,
    /// How far it is.
    pub progress: OperationProgress,
    /// That in words.
    pub progress_text: String,
    /// Each step and when it was reached; oldest first, the last one is `progress`.
    pub steps: Vec<OperationStep>,
    /// When it is expected to be over, in milliseconds since 1970.
    pub expected_by_unix_ms: Option<u64>,
    /// Where the questions about it are answered.
    pub faq_url: Option<String>,
    /// What the link to it says.
    pub faq_text: String,
}

/// A step of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationStep {
    /// What was reached.
    pub progress: OperationProgress,
    /// That in words.
    pub progress_text: String,
    /// When, in milliseconds since 1970.
    pub unix_ms: u64,
}

/// An operation as it is known here, and kept in the state file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Status {
    id: String,
    title: Option<String>,
    progress: OperationProgress,
    /// Each step and when it was reached, in milliseconds since 1970; oldest first.
    steps: Vec<(OperationProgress, u64)>,
    expected_by_unix_ms: Option<u64>,
    faq_url: Option<String>,
}

#[derive(Debug)]
struct Open {
    status: Status,
    /// When it becomes delayed by itself.
    due: Option<Moment>,
}

impl Open {
    fn new(id: String, progress: OperationProgress) -> Self {
        let status =
            Status { id, title: None, progress, steps: Vec::new(), expected_by_unix_ms: None, faq_url: None };
        Self { status, due: None }
    }
}

/// All operations of this person.
#[derive(Debug, Default)]
pub(crate) struct Operations {
    list: Vec<Open>,
    changed: bool,
}

impl OperationProgress {
    /// Under which its words are found.
    const fn key(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Processing => "processing",
            Self::Delayed => "delayed",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

const fn has_ended(progress: OperationProgress) -> bool {
    matches!(progress, OperationProgress::Sent | OperationProgress::Failed)
}

fn cut(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

impl Status {
    fn step(&mut self, progress: OperationProgress, unix_ms: u64) {
        self.progress = progress;
        if self.steps.last().is_some_and(|(last, _)| *last == progress) {
            return;
        }
        if self.steps.len() == MOST_STEPS {
            self.steps.remove(0);
        }
        self.steps.push((progress, unix_ms));
    }

    /// The expected time is over. The wall clock is read in whole milliseconds and may have been set back meanwhile:
    /// the step is never dated before the time it was expected by.
    fn delay(&mut self, unix_ms: u64) {
        self.step(OperationProgress::Delayed, unix_ms.max(self.expected_by_unix_ms.unwrap_or(0)));
    }

    fn in_words(&self, text: impl Fn(&str) -> String) -> OperationStatus {
        let step = |(progress, unix_ms): &(OperationProgress, u64)| OperationStep {
            progress: *progress,
            progress_text: text(progress.key()),
            unix_ms: *unix_ms,
        };
        OperationStatus {
            id: self.id.clone(),
            title: self.title.clone(),
            progress: self.progress,
            progress_text: text(self.progress.key()),
            steps: self.steps.iter().map(step).collect(),
            expected_by_unix_ms: self.expected_by_unix_ms,
            faq_url: self.faq_url.clone(),
            faq_text: text("faq"),
        }
    }

    fn is_stale(&self, unix_ms: u64) -> bool {
        let stays = if has_ended(self.progress) { ENDED_STAYS_MS } else { OPEN_STAYS_MS };
        self.steps.last().is_none_or(|(_, at)| unix_ms.saturating_sub(*at) >= stays)
    }
}

impl Operations {
    /// The host says how one is getting on.
    pub(crate) fn report(&mut self, report: &OperationReport, at: Moment, wall: &Wall) {
        let id = cut(&report.id);
        if id.is_empty() {
            return;
        }
        let unix_ms = wall.unix_ms(at);
        self.list.retain(|open| open.status.id == id || !open.status.is_stale(unix_ms));
        let position = self.list.iter().position(|open| open.status.id == id);
        let was_sent = position
            .and_then(|at| self.list.get(at))
            .is_some_and(|open| open.status.progress == OperationProgress::Sent);
        if was_sent && report.progress != OperationProgress::Sent {
            return; // late news: what is done stays done
        }
        let mut open = position.map_or_else(|| Open::new(id, report.progress), |at| self.list.remove(at));
        let status = &mut open.status;
        if let Some(title) = &report.title {
            status.title = Some(cut(title)).filter(|title| !title.is_empty());
        }
        if let Some(url) = &report.faq_url {
            let is_fit = url.starts_with("https://") && url.len() <= LONGEST_URL;
            status.faq_url = is_fit.then(|| url.clone());
        }
        if let Some(span) = report.expected_within {
            status.expected_by_unix_ms = Some(unix_ms.saturating_add(ms(span)));
            open.due = Some(at.plus(span));
        }
        let status = &mut open.status;
        // That it goes on does not make up for the time that has passed; a new expectation does.
        let late = open.due.is_some_and(|due| due <= at)
            || (open.due.is_none() && status.progress == OperationProgress::Delayed);
        let progress = match report.progress {
            OperationProgress::Scheduled | OperationProgress::Processing
                if late && report.expected_within.is_none() =>
            {
                OperationProgress::Delayed
            }
            progress => progress,
        };
        status.step(progress, unix_ms);
        if has_ended(progress) || progress == OperationProgress::Delayed {
            open.due = None;
        }
        if self.list.len() == MOST {
            let ended = self.list.iter().position(|open| has_ended(open.status.progress));
            self.list.remove(ended.unwrap_or(0));
        }
        self.list.push(open);
        self.changed = true;
    }

    pub(crate) fn next_deadline(&self) -> Option<Moment> {
        self.list.iter().fold(None, |next, open| earliest(next, open.due))
    }

    /// What is overdue is delayed.
    pub(crate) fn handle_timeout(&mut self, now: Moment, wall: &Wall) {
        for open in &mut self.list {
            if let Some(due) = open.due.take_if(|due| *due <= now) {
                open.status.delay(wall.unix_ms(due));
                self.changed = true;
            }
        }
    }

    /// Somebody else uses the app.
    pub(crate) fn forget(&mut self) {
        self.changed |= !self.list.is_empty();
        self.list.clear();
    }

    /// The list, latest first, if it has changed since the last call. `text` finds the words for a key without its `status.`.
    pub(crate) fn take_changed(&mut self, text: impl Fn(&str) -> String) -> Option<Vec<OperationStatus>> {
        let in_words = |open: &Open| open.status.in_words(&text);
        std::mem::take(&mut self.changed).then(|| self.list.iter().rev().map(in_words).collect())
    }

    /// The person reads another language: the view is told anew.
    pub(crate) fn translate(&mut self) {
        self.changed |= !self.list.is_empty();
    }

    pub(crate) fn state(&self) -> Vec<Status> {
        self.list.iter().map(|open| open.status.clone()).collect()
    }

    /// From the files.
    pub(crate) fn from_state(state: &[Status], now: Moment, unix_ms: u64) -> Self {
        let open = |status: &Status| {
            let is_open =
                matches!(status.progress, OperationProgress::Scheduled | OperationProgress::Processing);
            let left = status.expected_by_unix_ms.filter(|_| is_open).map(|at| at.saturating_sub(unix_ms));
            let due = left.map(|left| now.plus(std::time::Duration::from_millis(left)));
            Open { status: status.clone(), due }
        };
        let fresh = state.iter().filter(|status| !status.is_stale(unix_ms)).take(MOST);
        let list: Vec<Open> = fresh.map(open).collect();
        Self { changed: !list.is_empty(), list }
    }
}

#[cfg(test)]
mod tests;

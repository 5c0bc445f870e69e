//! "That's fixed now": once it works again, also at the next launch.
//!
//! It follows only an apology that was drawn, for the same person, within 7 days, and once; and only if it is the same
//! element or operation that works, because nothing would be less true than "that's fixed" about something else. So at
//! the next launch it comes for what has a name (operations), and for elements whose numbers the host keeps over launches.

use crate::counts::{Counts, Place};
use crate::kinds::{Kind, Subject};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// After this nobody remembers.
const WEEK_MS: u64 = 7 * 86_400_000;

/// An apology whose cause nobody has seen mended yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owed {
    pub(crate) kind: Kind,
    pub(crate) place: Place,
    pub(crate) subject: Subject,
    /// The failure's number; `None` for one of an earlier process.
    ticket: Option<u64>,
    /// When the apology was drawn; `None` for one of an earlier process.
    drawn: Option<Moment>,
    unix_ms: u64,
}

/// As it is kept in the state file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OwedState {
    kind: String,
    screen: Option<String>,
    segment: Option<String>,
    unix_ms: u64,
    #[serde(default)]
    element: Option<u64>,
    #[serde(default)]
    operation: Option<u64>,
}

impl Owed {
    pub(crate) fn new(
        kind: Kind,
        (ticket, subject): (u64, Subject),
        place: Place,
        drawn: Moment,
        unix_ms: u64,
    ) -> Self {
        Self { kind, place, subject, ticket: Some(ticket), drawn: Some(drawn), unix_ms }
    }

    pub(super) fn is_ticket(&self, kind: Kind, ticket: u64) -> bool {
        self.kind == kind && self.ticket == Some(ticket)
    }

    pub(super) fn is_mended_by(&self, kind: Kind, subject: Subject) -> bool {
        self.kind == kind && self.subject == subject && subject != Subject::Nameless
    }

    /// When an apology that may still be on the screen has been there long enough to be read.
    pub(super) fn readable_at(&self, readable: Duration) -> Moment {
        self.drawn.map_or_else(Moment::default, |drawn| drawn.plus(readable))
    }

    pub(crate) fn state(&self, counts: &Counts) -> OwedState {
        OwedState {
            kind: self.kind.as_str().to_owned(),
            screen: counts.screen_text(self.place).map(str::to_owned),
            segment: counts.segment_text(self.place).map(str::to_owned),
            unix_ms: self.unix_ms,
            element: if let Subject::Element(number) = self.subject { Some(number) } else { None },
            operation: if let Subject::Operation(hash) = self.subject { Some(hash) } else { None },
        }
    }

    /// What an earlier process owed; `None` if it is too long ago.
    pub(crate) fn from_state(state: &OwedState, counts: &mut Counts, unix_ms: u64) -> Option<Self> {
        let kind = Kind::from_name(&state.kind)?;
        let is_recent = state.unix_ms <= unix_ms && unix_ms - state.unix_ms < WEEK_MS;
        let place = counts.place(state.screen.as_deref(), state.segment.as_deref());
        let element = state.element.map(Subject::Element);
        let subject = element.or(state.operation.map(Subject::Operation))?;
        let owed = Self { kind, place, subject, ticket: None, drawn: None, unix_ms: state.unix_ms };
        is_recent.then_some(owed)
    }
}

//! What was decided about each failure, and why: for the app's developer, on the device only.

use super::Outcome;
use crate::kinds::Kind;
use crate::moment::Moment;
use std::collections::VecDeque;

/// Why a failure got its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The message was drawn.
    Drawn,
    /// This device is in the silent arm.
    HeldOut,
    /// It worked again before anything was drawn.
    Recovered,
    /// The person left what they waited for.
    PersonLeft,
    /// The app is not in front.
    NotForeground,
    /// Another person uses the app now.
    PersonChanged,
    /// Another failure has the one slot.
    SlotTaken,
    /// The device slept or hung through the moment.
    TooLate,
    /// Less than 30 s after the last message.
    TooSoon,
    /// One message a session.
    SessionCap,
    /// Two messages in 24 h.
    DayCap,
    /// The same kind once in 24 h.
    KindDayCap,
    /// The third of a kind within 7 days.
    KindWeekCap,
    /// Bad enough to be counted, not to be spoken of.
    TooBrief,
    /// The host has asked for quiet.
    Paused,
    /// The person does not want to be spoken to.
    OptedOut,
    /// A rule of the host's document says to stay silent.
    SilentByRule,
    /// The platform could not draw it.
    CouldNotDraw,
    /// It could not be written to disk first.
    NotOnDisk,
    /// The platform never answered whether it was drawn.
    NoAnswer,
    /// The process ended before it was known whether the message was drawn.
    ProcessEnded,
}

impl Reason {
    /// The decision in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drawn => "said sorry",
            Self::HeldOut => "counted, silent: this device is in the held-out arm",
            Self::Recovered => "counted, silent: it worked again before we spoke",
            Self::PersonLeft => "counted, silent: the person is not waiting any more",
            Self::NotForeground => "counted, silent: the app is not in front",
            Self::PersonChanged => "counted, silent: somebody else uses the app now",
            Self::SlotTaken => "counted, silent: already about to speak of something else",
            Self::TooLate => "counted, silent: the moment had passed when the device woke",
            Self::TooSoon => "counted, silent: less than 30 s since the last message",
            Self::SessionCap => "counted, silent: one a session",
            Self::DayCap => "counted, silent: two in 24 hours",
            Self::KindDayCap => "counted, silent: this kind once in 24 hours",
            Self::KindWeekCap => "counted, silent: the third of this kind within 7 days",
            Self::TooBrief => "counted, silent: too brief to be spoken of",
            Self::Paused => "counted, silent: the app has asked for quiet",
            Self::OptedOut => "counted, silent: the person does not want messages",
            Self::SilentByRule => "counted, silent: a rule of the app says so",
            Self::CouldNotDraw => "counted, silent: the platform could not draw the message",
            Self::NotOnDisk => "counted, silent: it could not be written to disk first",
            Self::NoAnswer => "counted, silent: the platform did not say that it drew the message",
            Self::ProcessEnded => "counted, silent: the app ended before the message was drawn",
        }
    }
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Counts up from 1 since the engine started.
    pub number: u64,
    /// When it fell.
    pub at: Moment,
    /// What had failed.
    pub kind: Kind,
    /// On which screen.
    pub screen: Option<String>,
    /// How the failure is counted.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
}

/// Kept at most.
const MOST: usize = 32;

/// The latest decisions.
#[derive(Debug)]
pub(crate) struct Decisions {
    latest: VecDeque<Decision>,
    number: u64,
}

impl Decisions {
    pub(crate) fn new() -> Self {
        Self { latest: VecDeque::with_capacity(MOST), number: 0 }
    }

    pub(crate) fn add(
        &mut self,
        at: Moment,
        kind: Kind,
        screen: Option<String>,
        outcome: Outcome,
        reason: Reason,
    ) {
        if self.latest.len() == MOST {
            self.latest.pop_front();
        }
        self.number += 1;
        self.latest.push_back(Decision { number: self.number, at, kind, screen, outcome, reason });
    }

    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = &Decision> {
        self.latest.iter().filter(move |decision| decision.number > number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_and_handed_out_once() {
        let mut decisions = Decisions::new();
        for s in 1..=40 {
            let at = Moment::from_ms(s * 1_000);
            decisions.add(at, Kind::Hang, None, Outcome::Suppressed, Reason::TooBrief);
        }
        let after = |number| decisions.after(number).map(|d| d.number).collect::<Vec<_>>();
        assert_eq!(after(0), (9..=40).collect::<Vec<_>>());
        assert_eq!(after(38), [39, 40]);
        assert!(after(40).is_empty());
    }
}

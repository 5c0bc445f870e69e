//! One decision to speak: all detectors feed one slot, and there is no queue.
//!
//! A failure takes the slot, waits for the end of the step, and is then decided on: does it still stand, is the same
//! person there, does no cap forbid it, which arm is this device in. It is counted as `shown` only when the platform
//! reports that the message was drawn. Whatever happens, each failure ends in exactly one outcome.

mod caps;
mod decision;

pub use caps::CapSettings;
pub(crate) use caps::Caps;
pub(crate) use decision::Decisions;
pub use decision::{Decision, Reason};

use crate::counts::{Outcome, Place};
use crate::kinds::{Kind, Subject};
use crate::moment::Moment;
use std::time::Duration;

/// How long the platform may take to report that it drew a message (a hung main thread cannot draw).
const DRAW_WITHIN: Duration = Duration::from_secs(5);

/// How old a failure may be when the decision falls: after a device slept, the moment to say sorry is gone.
const SPEAK_WITHIN: Duration = Duration::from_secs(10);

/// A failure that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) ticket: u64,
    pub(crate) subject: Subject,
    pub(crate) place: Place,
    pub(crate) at: Moment,
    /// Changes whenever another person uses the app.
    pub(crate) person: u64,
}

/// A failure and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) failure: Failure,
    pub(crate) outcome: Outcome,
    pub(crate) reason: Reason,
}

/// What the engine has to do about the slot.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Speak { failure: Failure, message: u64 },
    Count(Resolved),
}

/// Everything the decision depends on, as it is at the moment of deciding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances<'a> {
    pub(crate) now: Moment,
    pub(crate) foreground: bool,
    pub(crate) person: u64,
    pub(crate) held_out: bool,
    /// Why nobody may be spoken to now, whatever it is about.
    pub(crate) quiet: Option<Reason>,
    /// A rule offers a remedy instead of an apology: it may come where a third sorry may not.
    pub(crate) remedy: bool,
    pub(crate) caps: &'a CapSettings,
}

#[derive(Debug, Clone, Copy)]
enum Slot {
    Empty,
    /// Waits for the end of the step.
    Candidate(Failure),
    /// Handed to the platform, which has not answered yet.
    Drawing {
        failure: Failure,
        message: u64,
        since: Moment,
        hidden: Option<(Outcome, Reason)>,
    },
}

#[derive(Debug)]
pub(crate) struct Arbiter {
    slot: Slot,
    pub(crate) caps: Caps,
    next_message: u64,
    /// A message whose drawing was not reported in time: it may still be.
    timed_out: Option<u64>,
}

impl Arbiter {
    pub(crate) fn new(caps: Caps) -> Self {
        Self { slot: Slot::Empty, caps, next_message: 1, timed_out: None }
    }

    /// The failure in the slot: not counted yet, so it has to be on disk before anything is drawn.
    pub(crate) fn pending(&self) -> Option<Failure> {
        match self.slot {
            Slot::Empty => None,
            Slot::Candidate(failure) | Slot::Drawing { failure, .. } => Some(failure),
        }
    }

    /// The failure that waits to be decided on.
    pub(crate) fn candidate(&self) -> Option<Failure> {
        if let Slot::Candidate(failure) = self.slot { Some(failure) } else { None }
    }

    /// Whether nothing is being decided on or drawn.
    pub(crate) const fn is_free(&self) -> bool {
        matches!(self.slot, Slot::Empty)
    }

    /// A number for a message; each has its own.
    pub(crate) fn number_message(&mut self) -> u64 {
        let number = self.next_message;
        self.next_message += 1;
        number
    }

    /// A failure was found. Returns it resolved if the slot is taken.
    pub(crate) fn offer(&mut self, failure: Failure) -> Option<Resolved> {
        if matches!(self.slot, Slot::Empty) {
            self.slot = Slot::Candidate(failure);
            return None;
        }
        Some(Resolved { failure, outcome: Outcome::Suppressed, reason: Reason::SlotTaken })
    }

    /// The failure with this ticket no longer stands, for this reason. Returns a message to hide, if one may be coming.
    pub(crate) fn withdraw(
        &mut self,
        is_it: impl Fn(&Failure) -> bool,
        outcome: Outcome,
        reason: Reason,
    ) -> (Option<Resolved>, Option<u64>) {
        match &mut self.slot {
            Slot::Candidate(failure) if is_it(failure) => {
                let failure = *failure;
                self.slot = Slot::Empty;
                (Some(Resolved { failure, outcome, reason }), None)
            }
            Slot::Drawing { failure, message, hidden: hidden @ None, .. } if is_it(failure) => {
                *hidden = Some((outcome, reason));
                (None, Some(*message))
            }
            _ => (None, None),
        }
    }

    /// Decides on the candidate, if there is one. To be called when all events of a step are in.
    pub(crate) fn decide(&mut self, c: Circumstances<'_>) -> Option<Verdict> {
        let Slot::Candidate(failure) = self.slot else { return None };
        let silent = |reason| Some((Outcome::Suppressed, reason));
        let resolved = if !c.foreground {
            silent(Reason::NotForeground)
        } else if failure.person != c.person {
            silent(Reason::PersonChanged)
        } else if c.now.since(failure.at) > SPEAK_WITHIN {
            silent(Reason::TooLate)
        } else if let Some(reason) = c.quiet {
            silent(reason)
        } else if let Some(cap) = self.caps.forbid(failure.kind, c.now, c.caps, c.remedy) {
            silent(cap)
        } else {
            // A silent device is charged as if it had spoken: only so are the arms alike.
            self.caps.charge(failure.kind, c.now);
            c.held_out.then_some((Outcome::HeldOut, Reason::HeldOut))
        };
        if let Some((outcome, reason)) = resolved {
            self.slot = Slot::Empty;
            return Some(Verdict::Count(Resolved { failure, outcome, reason }));
        }
        let message = self.number_message();
        self.slot = Slot::Drawing { failure, message, since: c.now, hidden: None };
        Some(Verdict::Speak { failure, message })
    }

    /// The platform drew the message.
    pub(crate) fn shown(&mut self, shown: u64, at: Moment) -> Option<Resolved> {
        if self.timed_out.take_if(|late| *late == shown).is_some() {
            // Its outcome stands; but the person has seen it only now.
            self.caps.restamp(at);
            return None;
        }
        let Slot::Drawing { failure, message, .. } = self.slot else { return None };
        if message != shown {
            return None;
        }
        self.slot = Slot::Empty;
        self.caps.restamp(at);
        Some(Resolved { failure, outcome: Outcome::Shown, reason: Reason::Drawn })
    }

    /// The platform did not draw the message.
    pub(crate) fn not_shown(&mut self, not_shown: u64, reason: Reason) -> Option<Resolved> {
        let Slot::Drawing { failure, message, hidden, .. } = self.slot else { return None };
        if message != not_shown {
            return None;
        }
        self.slot = Slot::Empty;
        self.caps.refund();
        let (outcome, reason) = hidden.unwrap_or((Outcome::Suppressed, reason));
        Some(Resolved { failure, outcome, reason })
    }

    pub(crate) fn next_deadline(&self) -> Option<Moment> {
        match self.slot {
            Slot::Drawing { since, .. } => Some(since.plus(DRAW_WITHIN)),
            _ => None,
        }
    }

    /// Gives up waiting for the platform. The caps stay charged: it may have been drawn. Returns the message to hide.
    pub(crate) fn handle_timeout(&mut self, now: Moment) -> Option<(Resolved, u64)> {
        let Slot::Drawing { failure, message, since, hidden } = self.slot else { return None };
        if since.plus(DRAW_WITHIN) > now {
            return None;
        }
        self.slot = Slot::Empty;
        self.timed_out = Some(message);
        let (outcome, reason) = hidden.unwrap_or((Outcome::Suppressed, Reason::NoAnswer));
        Some((Resolved { failure, outcome, reason }, message))
    }
}

#[cfg(test)]
mod tests;

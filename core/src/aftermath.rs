//! What the person did next, by arm: the answer to "does saying sorry help?".
//!
//! After an apology, and after each moment at which a silent device would have apologised, 30 s are watched.
//! `abandoned`: background within 10 s, or restart within 30 s (Conviva's exit windows); `retried`: the same element
//! or operation again; `continued`: neither. The first that happens counts.

use crate::counts::{Place, words};
use crate::event::Event;
use crate::kinds::{Kind, Subject, operation_subject};
use crate::moment::Moment;
use std::time::Duration;

/// Whether a device says sorry or stays silent, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arm {
    /// It speaks.
    Apologised,
    /// It would have spoken, but stays silent so that the effect can be measured.
    HeldOut,
}

/// What the person did next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aftermath {
    /// They went on using the app.
    Continued,
    /// They tried the same again.
    Retried,
    /// They left.
    Abandoned,
}

words!(pub(crate) Arm { Apologised => "apologised", HeldOut => "held_out" });
words!(pub(crate) Aftermath { Continued => "continued", Retried => "retried", Abandoned => "abandoned" });

const LEFT_WITHIN: Duration = Duration::from_secs(10);
const WATCHED_FOR: Duration = Duration::from_secs(30);

/// An apology, or a moment of held-out silence, whose aftermath is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Watched {
    pub(crate) kind: Kind,
    pub(crate) arm: Arm,
    pub(crate) place: Place,
    pub(crate) subject: Subject,
    pub(crate) at: Moment,
}

impl Watched {
    pub(crate) fn deadline(&self) -> Moment {
        self.at.plus(WATCHED_FOR)
    }

    /// What this event says about it, if anything.
    pub(crate) fn judge(&self, event: &Event, at: Moment) -> Option<Aftermath> {
        match event {
            Event::Tap(tap) if Subject::Element(tap.target) == self.subject => Some(Aftermath::Retried),
            Event::Submit { target, .. } if Subject::Element(*target) == self.subject => {
                Some(Aftermath::Retried)
            }
            Event::LoadStarted { operation: Some(operation), .. }
                if operation_subject(operation) == self.subject =>
            {
                Some(Aftermath::Retried)
            }
            Event::Background if at.since(self.at) <= LEFT_WITHIN => Some(Aftermath::Abandoned),
            Event::Background => Some(Aftermath::Continued),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{LoadKind, Role, SubmitVia, Tap};

    fn after(subject: Subject, event: &Event, ms: u64) -> Option<Aftermath> {
        let (kind, arm, place) = (Kind::DeadTap, Arm::Apologised, Place::NOWHERE);
        let watched = Watched { kind, arm, place, subject, at: Moment::from_ms(50_000) };
        watched.judge(event, Moment::from_ms(50_000 + ms))
    }

    fn load(operation: Option<&str>) -> Event {
        let operation = operation.map(str::to_owned);
        Event::LoadStarted { load: 1, kind: LoadKind::Content, progress: false, operation }
    }

    #[test]
    fn the_same_again_is_a_retry_and_something_else_says_nothing() {
        let tap = Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 });
        let submit = Event::Submit { target: 1, via: SubmitVia::Enter };
        let (one, other) = (Subject::Element(1), Subject::Element(2));
        let orders = operation_subject("orders");
        for (event, same) in [(tap, one), (submit, one), (load(Some("orders")), orders)] {
            assert_eq!(after(same, &event, 1), Some(Aftermath::Retried), "{event:?}");
            for subject in [one, other, orders, operation_subject("basket"), Subject::Nameless] {
                if subject != same {
                    assert_eq!(after(subject, &event, 1), None, "{event:?} {subject:?}");
                }
            }
        }
        assert_eq!(after(Subject::Nameless, &load(None), 1), None, "what has no name is not known again");
        assert_eq!(after(one, &Event::Foreground, 1), None);
    }

    #[test]
    fn leaving_within_ten_seconds_is_giving_up_and_later_is_not() {
        for (ms, wanted) in [
            (0, Aftermath::Abandoned),
            (10_000, Aftermath::Abandoned),
            (10_001, Aftermath::Continued),
            (29_000, Aftermath::Continued),
        ] {
            assert_eq!(after(Subject::Nameless, &Event::Background, ms), Some(wanted), "{ms}");
        }
    }
}

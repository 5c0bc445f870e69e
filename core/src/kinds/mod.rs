//! The kinds of failure, one file each. To add one: write its file, add its line to the list below.

use crate::counts::Place;
use crate::event::{Event, Tap, Target};
use crate::moment::{Moment, earliest};

mod reaction_watch;
pub(crate) use slow_load::operation_subject;

/// What a detector found in an event or a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finding {
    /// This failure could have happened now: the denominator.
    Opportunity(Kind),
    /// It happened.
    Failed {
        kind: Kind,
        /// Its number, by which what comes of it is known.
        ticket: u64,
        subject: Subject,
        /// Where its opportunity was counted, so that rates of one place are of one place.
        place: Place,
        /// Whether it is bad enough to be spoken of; otherwise it is only counted.
        worth_saying: bool,
    },
    /// It works, without having failed just now: what failed the same way before may be mended.
    Worked { kind: Kind, subject: Subject },
    /// A failure found earlier no longer stands.
    Over { kind: Kind, ticket: u64, how: Over },
}

/// What a failure happened to; recognises a retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Element(Target),
    /// The hash of an operation's name.
    Operation(u64),
    Nameless,
}

/// Why a failure no longer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// It works after all.
    Recovered,
    /// The person is not waiting for it any more.
    Left,
}

/// Where detectors put what they find; the engine takes it out after each event, so it keeps its room.
#[derive(Debug)]
pub(crate) struct Findings {
    kind: Kind,
    /// Where the person is now.
    pub(crate) here: Place,
    pub(crate) found: Vec<Finding>,
    next_ticket: u64,
}

impl Findings {
    pub(crate) fn new() -> Self {
        Self { kind: Kind::ALL[0], here: Place::NOWHERE, found: Vec::with_capacity(32), next_ticket: 0 }
    }

    fn opportunity(&mut self) {
        self.found.push(Finding::Opportunity(self.kind));
    }

    /// Says the failure's number.
    fn failed(&mut self, subject: Subject, place: Place) -> u64 {
        self.found(subject, place, true)
    }

    fn found(&mut self, subject: Subject, place: Place, worth_saying: bool) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.found.push(Finding::Failed { kind: self.kind, ticket, subject, place, worth_saying });
        ticket
    }

    fn recovered(&mut self, ticket: u64) {
        self.over(ticket, Over::Recovered);
    }

    fn left(&mut self, ticket: u64) {
        self.over(ticket, Over::Left);
    }

    fn over(&mut self, ticket: u64, how: Over) {
        self.found.push(Finding::Over { kind: self.kind, ticket, how });
    }

    fn worked(&mut self, subject: Subject) {
        self.found.push(Finding::Worked { kind: self.kind, subject });
    }
}

/// Whether nothing coming of this tap would be a failure (exclusions: [`Role::is_judged`](crate::Role::is_judged)).
const fn is_judged(tap: Tap) -> bool {
    tap.fingers == 1 && tap.enabled && tap.role.is_judged()
}

/// Watches events for one kind of failure.
pub(crate) trait Detector: Default {
    /// Thresholds, with the defaults of the field.
    type Settings;

    /// Takes an event. Deadlines before `at` have been handled already.
    fn handle(&mut self, event: &Event, at: Moment, settings: &Self::Settings, out: &mut Findings);

    /// Handles every deadline up to and including `now`.
    fn handle_timeout(&mut self, now: Moment, settings: &Self::Settings, out: &mut Findings);

    /// When `handle_timeout` has something to do.
    fn next_deadline(&self) -> Option<Moment>;
}

macro_rules! failure_kinds {
    ($($(#[$doc:meta])* $kind:ident in $file:ident;)+) => {
        $(pub mod $file;)+

        /// A kind of failure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)+ }

        impl Kind {
            /// Every kind there is.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];
            pub(crate) const COUNT: usize = Self::ALL.len();

            /// The word for it, the same in code, on the wire and on the page.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => stringify!($file),)+ }
            }
        }

        /// The thresholds of every kind.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct KindSettings { $(
            #[doc = concat!("Of `", stringify!($file), "`.")]
            pub $file: $file::Settings,
        )+ }

        /// One detector of each kind.
        #[derive(Debug, Default)]
        pub(crate) struct Detectors { $($file: $file::Watch,)+ }

        impl Detectors {
            pub(crate) fn handle(&mut self, event: &Event, at: Moment, settings: &KindSettings, out: &mut Findings) {
                $(out.kind = Kind::$kind; self.$file.handle(event, at, &settings.$file, out);)+
            }

            pub(crate) fn handle_timeout(&mut self, now: Moment, settings: &KindSettings, out: &mut Findings) {
                $(out.kind = Kind::$kind; self.$file.handle_timeout(now, &settings.$file, out);)+
            }

            pub(crate) fn next_deadline(&self) -> Option<Moment> {
                let mut next = None;
                $(next = earliest(next, self.$file.next_deadline());)+
                next
            }
        }
    };
}

failure_kinds! {
    /// Something the person waits for takes too long.
    SlowLoad in slow_load;
    /// A tap on something that should react, and nothing happens.
    DeadTap in dead_tap;
    /// The same element tapped again and again, because nothing seems to come of it.
    RageTap in rage_tap;
    /// A submitted input, and nothing happens.
    DeadInput in dead_input;
    /// What the person did failed.
    Error in error;
    /// The main thread did not answer.
    Hang in hang;
    /// Something is shown, and it is no good.
    PoorContent in poor_content;
}

impl Kind {
    /// The kind with this word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Runs one detector by itself: events with times in, findings out.
    use super::{Detector, Finding, Findings, Kind, Over};
    use crate::event::Event;
    use crate::moment::Moment;

    pub(crate) struct Bench<D: Detector> {
        detector: D,
        settings: D::Settings,
        findings: Findings,
    }

    impl<D: Detector<Settings: Default>> Bench<D> {
        pub(crate) fn new(kind: Kind) -> Self {
            Self::with(kind, D::Settings::default())
        }

        pub(crate) fn with(kind: Kind, settings: D::Settings) -> Self {
            let mut findings = Findings::new();
            findings.kind = kind;
            Self { detector: D::default(), settings, findings }
        }

        /// As the engine does it: deadlines strictly before the event first.
        pub(crate) fn at(&mut self, ms: u64, event: &Event) -> &mut Self {
            if ms > 0 {
                self.until(ms - 1);
            }
            self.detector.handle(event, Moment::from_ms(ms), &self.settings, &mut self.findings);
            self
        }

        pub(crate) fn until(&mut self, ms: u64) -> &mut Self {
            while let Some(deadline) = self.detector.next_deadline().filter(|d| d.as_ms() <= ms) {
                self.detector.handle_timeout(deadline, &self.settings, &mut self.findings);
                assert!(self.detector.next_deadline() != Some(deadline), "a handled deadline stays");
            }
            self
        }

        pub(crate) fn next_deadline_ms(&self) -> Option<u64> {
            self.detector.next_deadline().map(Moment::as_ms)
        }

        pub(crate) fn opportunities(&self) -> usize {
            self.findings.found.iter().filter(|f| matches!(f, Finding::Opportunity(_))).count()
        }

        pub(crate) fn failures(&self) -> usize {
            self.findings.found.iter().filter(|f| matches!(f, Finding::Failed { .. })).count()
        }

        pub(crate) fn worth_saying(&self) -> usize {
            let worth = |f: &&Finding| matches!(f, Finding::Failed { worth_saying: true, .. });
            self.findings.found.iter().filter(worth).count()
        }

        pub(crate) fn tickets(&self) -> Vec<u64> {
            let ticket =
                |f: &Finding| if let Finding::Failed { ticket, .. } = f { Some(*ticket) } else { None };
            self.findings.found.iter().filter_map(ticket).collect()
        }

        pub(crate) fn worked(&self) -> usize {
            self.findings.found.iter().filter(|f| matches!(f, Finding::Worked { .. })).count()
        }

        pub(crate) fn overs(&self) -> Vec<Over> {
            let over = |f: &Finding| if let Finding::Over { how, .. } = f { Some(*how) } else { None };
            self.findings.found.iter().filter_map(over).collect()
        }
    }
}

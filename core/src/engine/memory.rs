//! What the engine remembers over a restart. It stays on the device.

use super::Engine;
use super::person::PersonState;
use crate::aftermath::{Aftermath, Arm};
use crate::arbiter::{CapSettings, Caps, Reason};
use crate::counts::{Counts, Metric, Outcome};
use crate::event::OptOut;
use crate::follow_up::{Feedback, FeedbackState, FollowUps, Owed, OwedState};
use crate::history::{History, HistoryState};
use crate::kinds::Kind;
use crate::moment::{Moment, Now, Wall};
use crate::operations::{Operations, Status};
use serde::{Deserialize, Serialize};

/// The memory of one install.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Memory {
    /// The install's random number: decides its arm, and nothing else. Never leaves the device.
    pub(crate) lot: u64,
    /// What was said: kind and wall time.
    #[serde(default)]
    spoken: Vec<(String, u64)>,
    /// What was said before is unknown: its file was torn.
    #[serde(default)]
    past_is_unknown: bool,
    #[serde(default)]
    firsts: Firsts,
    #[serde(default)]
    pub(super) opted_out: OptOut,
    #[serde(default)]
    pub(super) person: PersonState,
    #[serde(default)]
    history: HistoryState,
    #[serde(default)]
    owed: Option<OwedState>,
    #[serde(default)]
    feedback: FeedbackState,
    #[serde(default)]
    operations: Vec<Status>,
}

/// What this device has already been counted for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Firsts {
    /// The UTC day of its latest failure.
    day: Option<u64>,
    /// The release of its latest failure.
    release: Option<String>,
}

impl Firsts {
    /// Whether a failure on this day is the first of the day. A day that lies ahead was a wrong clock.
    pub(super) fn is_first_today(&mut self, today: u64) -> bool {
        let first = self.day.is_none_or(|day| today > day || day > today + 1);
        if first {
            self.day = Some(today);
        }
        first
    }

    pub(super) fn is_first_on(&mut self, release: &str) -> bool {
        let first = self.release.as_deref() != Some(release);
        if first {
            self.release = Some(release.to_owned());
        }
        first
    }
}

impl Memory {
    /// As another that has opted out so.
    pub(crate) fn opted_out_of(self, of: OptOut) -> Self {
        Self { opted_out: of, ..self }
    }

    /// Whether the person wants to be counted.
    pub(crate) fn may_count(&self) -> bool {
        self.opted_out != OptOut::Everything
    }

    pub(crate) fn new(lot: u64, past_is_unknown: bool) -> Self {
        Self {
            lot,
            spoken: Vec::new(),
            past_is_unknown,
            firsts: Firsts::default(),
            opted_out: OptOut::Nothing,
            person: PersonState::Unknown,
            history: HistoryState::default(),
            owed: None,
            feedback: FeedbackState::default(),
            operations: Vec::new(),
        }
    }

    pub(super) fn follow_ups(&self, counts: &mut Counts, now: Now) -> FollowUps {
        let unix_ms = Wall::new(now).unix_ms(now.monotonic);
        let mut follow_ups = FollowUps::default();
        follow_ups.owed = self.owed.as_ref().and_then(|owed| Owed::from_state(owed, counts, unix_ms));
        follow_ups.feedback = Feedback::from_state(&self.feedback, now.monotonic, unix_ms);
        if self.past_is_unknown {
            follow_ups.feedback.assume_asked(now.monotonic);
        }
        follow_ups
    }

    pub(super) fn operations(&self, now: Now) -> Operations {
        Operations::from_state(&self.operations, now.monotonic, Wall::new(now).unix_ms(now.monotonic))
    }

    pub(super) fn history(&self) -> History {
        History::from_state(&self.history)
    }

    /// Whether this install belongs to the silent share.
    pub(crate) fn is_held_out(&self, share: f64) -> bool {
        // 53 bits are what an f64 holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "shifted to the 53 bits that fit")]
        let drawn = (self.lot >> 11) as f64 / (1_u64 << 53) as f64;
        drawn < share
    }

    pub(super) fn firsts(&self) -> Firsts {
        self.firsts.clone()
    }

    pub(super) fn restore_caps(&self, caps: &mut Caps, settings: &CapSettings, now: Now) {
        let unix_ms = Wall::new(now).unix_ms(now.monotonic);
        for (kind, at) in &self.spoken {
            // A time that lies ahead was a wrong clock: as if it were now, on the side of silence.
            if let Some(kind) = Kind::from_name(kind) {
                caps.remember(kind, unix_ms.saturating_sub(*at), now.monotonic);
            }
        }
        if self.past_is_unknown {
            caps.assume_full(now.monotonic, settings);
        }
    }
}

/// What the open window has that is not a count yet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct InFlight {
    /// A failure whose message may have been on its way to the screen.
    pub(crate) failure: Option<Pending>,
    /// An apology or held-out moment whose aftermath was awaited.
    pub(crate) aftermath: Option<(String, Pending)>,
}

/// A kind and its place, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) kind: String,
    pub(crate) screen: Option<String>,
    pub(crate) segment: Option<String>,
}

impl InFlight {
    /// A failure whose drawing nobody confirmed is counted in silence. Says which it was.
    pub(crate) fn resolve_failure(&self, counts: &mut Counts) -> Option<(Kind, Option<String>)> {
        let pending = self.failure.as_ref()?;
        let kind = Kind::from_name(&pending.kind)?;
        let place = counts.place(pending.screen.as_deref(), pending.segment.as_deref());
        counts.count(Metric::Failures(kind, Outcome::Suppressed), place, 1);
        Some((kind, pending.screen.clone()))
    }

    /// A person whose app ended while the aftermath was awaited has left it.
    pub(crate) fn resolve_aftermath(&self, counts: &mut Counts) {
        let Some((arm, pending)) = &self.aftermath else { return };
        let arm = Arm::ALL.iter().find(|a| a.as_str() == arm);
        if let (Some(arm), Some(kind)) = (arm, Kind::from_name(&pending.kind)) {
            let place = counts.place(pending.screen.as_deref(), pending.segment.as_deref());
            counts.count(Metric::Aftermath(kind, *arm, Aftermath::Abandoned), place, 1);
        }
    }
}

impl Engine {
    /// What has to be remembered.
    pub(crate) fn memory(&self, lot: u64) -> Memory {
        let now = self.now;
        let at = |age: u64| self.wall.unix_ms(now).saturating_sub(age);
        let ages = self.arbiter.caps.ages_ms(now);
        let spoken = ages.into_iter().map(|(kind, age)| (kind.as_str().to_owned(), at(age))).collect();
        if self.quiet.opted_out == OptOut::Everything {
            // Only what keeps it so, and the caps for the day when it is not any more.
            return Memory { spoken, opted_out: self.quiet.opted_out, ..Memory::new(lot, false) };
        }
        Memory {
            lot,
            spoken,
            past_is_unknown: false,
            firsts: self.first.clone(),
            opted_out: self.quiet.opted_out,
            person: self.person.state(),
            history: self.history.state(),
            owed: self.follow_ups.owed.map(|owed| owed.state(&self.counts)),
            feedback: self.follow_ups.feedback.state(now, self.wall.unix_ms(now)),
            operations: self.operations.state(),
        }
    }

    /// What the person does not want.
    pub(crate) const fn opted_out(&self) -> OptOut {
        self.quiet.opted_out
    }

    /// Whether what belongs to a person is to go from the disk; says so once.
    pub(crate) fn take_forgetting(&mut self) -> bool {
        std::mem::take(&mut self.disk.forgetting)
    }

    /// Whether something that is to be remembered has changed since the last call.
    pub(crate) fn take_learnt(&mut self) -> bool {
        std::mem::take(&mut self.disk.learnt)
    }

    /// What a process that dies now would leave unresolved.
    pub(crate) fn in_flight(&self) -> InFlight {
        let pending = |kind: Kind, place| Pending {
            kind: kind.as_str().to_owned(),
            screen: self.counts.screen_text(place).map(str::to_owned),
            segment: self.counts.segment_text(place).map(str::to_owned),
        };
        InFlight {
            failure: self.arbiter.pending().map(|f| pending(f.kind, f.place)),
            aftermath: self.aftermath.map(|w| (w.arm.as_str().to_owned(), pending(w.kind, w.place))),
        }
    }

    /// Resolves what an earlier process left in its window.
    pub(crate) fn resolve_left_over(&mut self, left: &InFlight) {
        if let Some((kind, screen)) = left.resolve_failure(&mut self.counts) {
            self.decided_of_the_past(kind, screen);
        }
        left.resolve_aftermath(&mut self.counts);
    }

    /// Notes the decision on a failure that an earlier process left.
    pub(crate) fn decided_of_the_past(&mut self, kind: Kind, screen: Option<String>) {
        self.decisions.add(self.now, kind, screen, Outcome::Suppressed, Reason::ProcessEnded);
        self.disk.urgent = true;
    }

    /// Whether a failure was found or resolved since the last call: it has to be on disk before anything is drawn.
    pub(crate) fn take_urgent(&mut self) -> bool {
        std::mem::take(&mut self.disk.urgent)
    }

    pub(crate) const fn now(&self) -> Moment {
        self.now
    }

    pub(crate) const fn wall(&self) -> &Wall {
        &self.wall
    }
}

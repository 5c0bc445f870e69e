//! The engine, sans-IO: detect → decide → compose → count. No thread, clock, file, socket or chance inside.

mod findings;
mod memory;
mod notice;
mod operation_names;
mod person;
mod quiet;
mod session;
mod speaking;

pub(crate) use memory::{InFlight, Memory};

use crate::aftermath::{Aftermath, Watched};
use crate::arbiter::{Arbiter, CapSettings, Caps, Decision, Decisions};
use crate::compose::{Composer, Document, Tone};
use crate::counts::{Counts, Metric, Outcome, Place};
use crate::effect::Effect;
use crate::event::Event;
use crate::follow_up::{Asked, FeedbackSettings, FollowUps};
use crate::history::History;
use crate::kinds::{Detectors, Findings, Kind, KindSettings};
use crate::moment::{Moment, Now, Wall, earliest};
use crate::operations::Operations;
use operation_names::OperationNames;
use person::Person;
use quiet::Quiet;
use session::Session;
use std::collections::VecDeque;
use std::time::Duration;

/// Everything about the engine that can be set. The defaults are the product's, each with its source beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The thresholds of each kind.
    pub kinds: KindSettings,
    /// How often a person may be spoken to.
    pub caps: CapSettings,
    /// The share of devices that stays silent for good, so that the effect of saying sorry can be measured, from 0 to
    /// 1. Default 0.1 (Nimbus, Braze).
    pub holdout: f64,
    /// How the built-in texts sound; a document's tone goes before it. Default plain.
    pub tone: Tone,
    /// When people are asked how it goes.
    pub feedback: FeedbackSettings,
    /// How long a message stays at least; longer texts and ones with a call to action stay longer. Default 4 s.
    pub on_screen: Duration,
    /// How long it stays with a screen reader. Default 10 s.
    pub on_screen_with_screen_reader: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            kinds: KindSettings::default(),
            caps: CapSettings::default(),
            holdout: 0.1,
            tone: Tone::Plain,
            feedback: FeedbackSettings::default(),
            on_screen: Duration::from_secs(4),
            on_screen_with_screen_reader: Duration::from_secs(10),
        }
    }
}

/// A message that was drawn, until the person's answer to it.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    message: u64,
    kind: Kind,
    place: Place,
}

/// What the files have not been told yet.
#[derive(Debug, Default)]
struct ForDisk {
    /// A failure was found or resolved.
    urgent: bool,
    /// Something else that has to be remembered has changed.
    learnt: bool,
    /// What belongs to a person is to go.
    forgetting: bool,
}

/// The engine of one device.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    detectors: Detectors,
    findings: Findings,
    arbiter: Arbiter,
    session: Session,
    aftermath: Option<Watched>,
    drawn: Option<Drawn>,
    follow_ups: FollowUps,
    operations: Operations,
    composer: Composer,
    operation_names: OperationNames,
    history: History,
    pub(crate) counts: Counts,
    decisions: Decisions,
    effects: VecDeque<Effect>,
    person: Person,
    held_out: bool,
    quiet: Quiet,
    lot: u64,
    release: String,
    first: memory::Firsts,
    wall: Wall,
    now: Moment,
    disk: ForDisk,
    /// When something last failed, unless it was made good since.
    trouble: Option<Moment>,
}

impl Engine {
    /// An engine without a past. `lot` is the install's random number, which decides its arm; `release` is what
    /// "first on this release" refers to.
    pub fn new(settings: Settings, release: &str, lot: u64, now: Now) -> Self {
        Self::with_memory(settings, release, &Memory::new(lot, false), now)
    }

    pub(crate) fn with_memory(settings: Settings, release: &str, memory: &Memory, now: Now) -> Self {
        let mut caps = Caps::default();
        memory.restore_caps(&mut caps, &settings.caps, now);
        let mut counts = Counts::new();
        let follow_ups = memory.follow_ups(&mut counts, now);
        Self {
            held_out: memory.is_held_out(settings.holdout),
            composer: Composer::new(settings.tone),
            settings,
            detectors: Detectors::default(),
            findings: Findings::new(),
            arbiter: Arbiter::new(caps),
            session: Session::default(),
            aftermath: None,
            drawn: None,
            follow_ups,
            operations: memory.operations(now),
            operation_names: OperationNames::default(),
            history: memory.history(),
            counts,
            decisions: Decisions::new(),
            effects: VecDeque::with_capacity(4),
            person: Person::remembered(memory.person, memory.lot),
            quiet: Quiet { paused: false, opted_out: memory.opted_out },
            lot: memory.lot,
            release: release.to_owned(),
            first: memory.firsts(),
            wall: Wall::new(now),
            // What was stamped before the device was opened keeps its time.
            now: Moment::default(),
            disk: ForDisk::default(),
            trouble: None,
        }
    }

    /// Says what the host wants said: texts, rules and known incidents. It replaces an earlier one; `None` goes back to
    /// the built-in texts. A remote policy will hand in the same document.
    pub fn use_document(&mut self, document: Option<Document>) {
        self.composer.use_document(document);
    }

    /// Takes one event. Deadlines before it are handled first, so a late call judges as a prompt one would have.
    /// Time never runs backwards: an event stamped earlier than what was already handled counts as happening now.
    pub fn handle(&mut self, event: &Event, at: Moment) {
        let at = at.max(self.now);
        while self.next_deadline().is_some_and(|deadline| deadline < at) {
            self.pass_deadline();
        }
        self.now = at;
        if matches!(event, Event::NewSession) || Session::is_settled_by(event) {
            self.settle_session();
        }
        if self.session.starts_with(event, at) {
            self.arbiter.caps.new_session();
            self.plan_pulse();
        }
        if !matches!(event, Event::NewSession) && Session::is_settled_by(event) {
            self.settle_session();
        }
        if let Some(aftermath) = self.aftermath.and_then(|watched| watched.judge(event, at)) {
            self.end_aftermath(aftermath);
        }
        // What is seen from now on is seen there; what was due before has been handled.
        match event {
            Event::Screen { name } => self.counts.set_screen(name),
            Event::Segment { name } => self.counts.set_segment(name.as_deref()),
            _ => {}
        }
        self.findings.here = self.counts.here();
        self.detectors.handle(event, at, &self.settings.kinds, &mut self.findings);
        self.take_findings();
        self.take_notice(event);
    }

    /// Handles every deadline up to and including `now`, and takes the reading of both clocks.
    pub fn handle_timeout(&mut self, now: Now) {
        let until = now.monotonic.max(self.now);
        while self.next_deadline().is_some_and(|deadline| deadline <= until) {
            self.pass_deadline();
        }
        self.now = until;
        self.wall = Wall::new(Now { monotonic: until, ..now });
    }

    /// When to come back even if nothing happens.
    pub fn next_deadline(&self) -> Option<Moment> {
        let next = earliest(self.detectors.next_deadline(), self.arbiter.next_deadline());
        let next = earliest(next, self.session.next_deadline());
        let next = earliest(next, self.follow_ups.next_deadline());
        let next = earliest(next, self.operations.next_deadline());
        earliest(next, self.aftermath.map(|watched| watched.deadline()))
    }

    /// The next thing to do. Call it until it returns `None`, when all events of a step are in: this is where a
    /// failure is decided on.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.decide();
        self.follow_up();
        // Whose list it is has to be clear: the host has said so, or had the time to.
        let is_clear = self.person.is_known || self.session.is_settled();
        let mut changed = || self.operations.take_changed(|key| self.composer.status(key));
        if let Some(list) = is_clear.then(&mut changed).flatten() {
            self.disk.learnt = true;
            self.effects.push_back(Effect::Operations(list));
        }
        self.effects.pop_front()
    }

    /// The latest decisions after the one with this number, oldest first; for the app's developer. At most 32 are kept.
    pub fn decisions_after(&self, number: u64) -> impl Iterator<Item = &Decision> {
        self.decisions.after(number)
    }

    /// Failures found and not resolved yet: at most the one in the slot.
    pub fn pending_failures(&self) -> u64 {
        u64::from(self.arbiter.pending().is_some())
    }

    /// How many failures of a kind ended so, in the open window.
    pub fn failures(&self, kind: Kind, outcome: Outcome) -> u64 {
        self.counts.total(Metric::Failures(kind, outcome))
    }

    /// How many times a kind could have happened, in the open window.
    pub fn opportunities(&self, kind: Kind) -> u64 {
        self.counts.total(Metric::Opportunities(kind))
    }

    /// Whether this device belongs to the silent arm.
    pub const fn is_held_out(&self) -> bool {
        self.held_out
    }

    fn pass_deadline(&mut self) {
        let Some(deadline) = self.next_deadline() else { return };
        self.now = self.now.max(deadline);
        if self.session.next_deadline().is_some_and(|at| at <= deadline) {
            self.settle_session();
        }
        self.findings.here = self.counts.here();
        self.detectors.handle_timeout(deadline, &self.settings.kinds, &mut self.findings);
        self.take_findings();
        if let Some((resolved, message)) = self.arbiter.handle_timeout(deadline) {
            self.effects.push_back(Effect::Hide { message });
            self.resolve(resolved);
        }
        if let Some(left) = self.follow_ups.handle_timeout(deadline) {
            self.effects.push_back(Effect::Hide { message: left.id });
            self.was_not_asked(left);
        }
        self.operations.handle_timeout(deadline, &self.wall);
        if let Some(watched) = self.aftermath.filter(|watched| watched.deadline() <= deadline) {
            self.end_aftermath(Aftermath::Continued);
            self.plan_question(watched.arm, Asked::AfterApology, deadline);
        }
    }

    fn settle_session(&mut self) {
        let here = self.counts.here();
        if self.session.settle(here) {
            self.counts.count(Metric::Sessions, here, 1);
        }
    }
}

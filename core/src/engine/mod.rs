//! The engine, sans-IO: detect → decide → compose → count. No thread, clock, file, socket or chance inside.

mod memory;
mod session;

pub(crate) use memory::{InFlight, Memory};

use crate::aftermath::{Aftermath, Arm, Watched};
use crate::arbiter::{
    Arbiter, CapSettings, Caps, Circumstances, Decision, Decisions, Failure, Reason, Resolved, Verdict,
};
use crate::counts::{Counts, First, Metric, Outcome, Place};
use crate::effect::{Effect, Message};
use crate::event::Event;
use crate::kinds::{Detectors, Finding, Findings, Kind, KindSettings, Over};
use crate::message;
use crate::moment::{Moment, Now, Wall, earliest, ms};
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
    /// How long a message stays. Default 4 s.
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
    pub(crate) counts: Counts,
    decisions: Decisions,
    effects: VecDeque<Effect>,
    name: Option<String>,
    /// Whether the host ever said who is there: the first word on it is no change.
    person_told: bool,
    /// Changes whenever another person uses the app.
    person: u64,
    held_out: bool,
    release: String,
    first: memory::Firsts,
    wall: Wall,
    now: Moment,
    /// A failure was found or resolved since the files were last told.
    urgent: bool,
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
        Self {
            held_out: memory.is_held_out(settings.holdout),
            settings,
            detectors: Detectors::default(),
            findings: Findings::new(),
            arbiter: Arbiter::new(caps),
            session: Session::default(),
            aftermath: None,
            drawn: None,
            counts: Counts::new(),
            decisions: Decisions::new(),
            effects: VecDeque::with_capacity(4),
            name: None,
            person_told: false,
            person: 0,
            release: release.to_owned(),
            first: memory.firsts(),
            wall: Wall::new(now),
            // What was stamped before the device was opened keeps its time.
            now: Moment::default(),
            urgent: false,
        }
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
        }
        if !matches!(event, Event::NewSession) && Session::is_settled_by(event) {
            self.settle_session();
        }
        if let Some(aftermath) = self.aftermath.and_then(|watched| watched.judge(event, at)) {
            self.end_aftermath(aftermath);
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
        earliest(next, self.aftermath.map(|watched| watched.deadline()))
    }

    /// The next thing to do. Call it until it returns `None`, when all events of a step are in: this is where a
    /// failure is decided on.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        let circumstances = Circumstances {
            now: self.now,
            foreground: self.session.foreground,
            person: self.person,
            held_out: self.held_out,
            caps: &self.settings.caps,
        };
        if let Some(verdict) = self.arbiter.decide(circumstances) {
            match verdict {
                Verdict::Count(resolved) => self.resolve(resolved),
                Verdict::Speak { failure, message } => self.speak(failure, message),
            }
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
        if self.aftermath.is_some_and(|watched| watched.deadline() <= deadline) {
            self.end_aftermath(Aftermath::Continued);
        }
    }

    fn settle_session(&mut self) {
        let here = self.counts.here();
        if self.session.settle(here) {
            self.counts.count(Metric::Sessions, here, 1);
        }
    }

    fn take_findings(&mut self) {
        let mut found = std::mem::take(&mut self.findings.found);
        for finding in found.drain(..) {
            match finding {
                Finding::Opportunity(kind) => self.counts.count_here(Metric::Opportunities(kind)),
                Finding::Failed { kind, ticket, subject, place } => {
                    let (at, person) = (self.now, self.person);
                    self.found_failure(Failure { kind, ticket, subject, place, at, person });
                }
                Finding::Over { kind, ticket, how } => {
                    let (outcome, reason) = match how {
                        Over::Recovered => (Outcome::Recovered, Reason::Recovered),
                        Over::Left => (Outcome::Suppressed, Reason::PersonLeft),
                    };
                    self.withdraw(|f| f.kind == kind && f.ticket == ticket, outcome, reason);
                }
            }
        }
        self.findings.found = found; // keeps its room
    }

    fn found_failure(&mut self, failure: Failure) {
        self.urgent = true;
        self.settle_session();
        if !self.session.failed {
            self.session.failed = true;
            self.counts.count(Metric::SessionsFailed, self.session.place(), 1);
        }
        if self.first.is_first_today(self.wall.day(self.now)) {
            self.counts.count(Metric::DevicesFailed(First::Today), failure.place, 1);
        }
        if self.first.is_first_on(&self.release) {
            self.counts.count(Metric::DevicesFailed(First::Release), failure.place, 1);
        }
        if let Some(resolved) = self.arbiter.offer(failure) {
            self.resolve(resolved);
        }
    }

    fn take_notice(&mut self, event: &Event) {
        match event {
            Event::Screen { name } => self.counts.set_screen(name),
            Event::Segment { name } => self.counts.set_segment(name.as_deref()),
            Event::Person { name } => self.change_person(name.as_deref().and_then(message::spoken_name)),
            Event::Background => {
                self.withdraw(|_| true, Outcome::Suppressed, Reason::NotForeground);
            }
            Event::Shown { message } => {
                if let Some(resolved) = self.arbiter.shown(*message, self.now) {
                    self.was_drawn(resolved.failure, *message);
                    self.resolve(resolved);
                }
            }
            Event::NotShown { message } => {
                if let Some(resolved) = self.arbiter.not_shown(*message, Reason::CouldNotDraw) {
                    self.resolve(resolved);
                }
            }
            Event::Responded { message, response } => {
                if let Some(drawn) = self.drawn.take_if(|drawn| drawn.message == *message) {
                    self.counts.count(Metric::Responses(drawn.kind, *response), drawn.place, 1);
                }
            }
            _ => {}
        }
    }

    fn change_person(&mut self, name: Option<String>) {
        let is_another = std::mem::replace(&mut self.person_told, true) && name != self.name;
        self.name = name;
        if !is_another {
            return;
        }
        self.person += 1;
        self.withdraw(|_| true, Outcome::Suppressed, Reason::PersonChanged);
        if let Some(drawn) = self.drawn.take() {
            self.effects.push_back(Effect::Hide { message: drawn.message });
        }
    }

    fn withdraw(&mut self, is_it: impl Fn(&Failure) -> bool, outcome: Outcome, reason: Reason) {
        let (resolved, hide) = self.arbiter.withdraw(is_it, outcome, reason);
        if let Some(message) = hide {
            self.effects.push_back(Effect::Hide { message });
        }
        if let Some(resolved) = resolved {
            self.resolve(resolved);
        }
    }

    /// A message that must not be drawn: what it is about could not be written to disk first.
    pub(crate) fn withhold(&mut self, message: u64) {
        if let Some(resolved) = self.arbiter.not_shown(message, Reason::NotOnDisk) {
            self.resolve(resolved);
        }
    }

    fn speak(&mut self, failure: Failure, id: u64) {
        self.effects.push_back(Effect::Show(Message {
            id,
            kind: failure.kind,
            text: message::apology(self.name.as_deref()),
            on_screen: self.settings.on_screen,
            on_screen_with_screen_reader: self.settings.on_screen_with_screen_reader,
        }));
    }

    fn was_drawn(&mut self, failure: Failure, message: u64) {
        let waited = ms(self.now.since(failure.at));
        self.counts.count(Metric::latency(failure.kind, waited), failure.place, 1);
        let waited = u32::try_from(waited).unwrap_or(u32::MAX);
        self.counts.count(Metric::LatencySum(failure.kind), failure.place, waited);
        self.drawn = Some(Drawn { message, kind: failure.kind, place: failure.place });
    }

    /// The one place at which a failure is counted.
    fn resolve(&mut self, resolved: Resolved) {
        let Resolved { failure, outcome, reason } = resolved;
        self.urgent = true;
        self.counts.count(Metric::Failures(failure.kind, outcome), failure.place, 1);
        let screen = self.counts.screen_text(failure.place).map(str::to_owned);
        self.decisions.add(self.now, failure.kind, screen, outcome, reason);
        let arm = match outcome {
            Outcome::Shown => Arm::Apologised,
            Outcome::HeldOut => Arm::HeldOut,
            Outcome::Suppressed | Outcome::Recovered => return,
        };
        self.end_aftermath(Aftermath::Continued); // of an earlier one, if the caps were set that tight
        let Failure { kind, place, subject, .. } = failure;
        self.aftermath = Some(Watched { kind, arm, place, subject, at: self.now });
    }

    fn end_aftermath(&mut self, aftermath: Aftermath) {
        if let Some(watched) = self.aftermath.take() {
            self.counts.count(Metric::Aftermath(watched.kind, watched.arm, aftermath), watched.place, 1);
        }
    }
}

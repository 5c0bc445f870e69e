//! What detectors found: each failure is offered to the arbiter, and ends in exactly one outcome.

use super::Engine;
use crate::aftermath::{Aftermath, Arm, Watched};
use crate::arbiter::{Failure, Reason, Resolved};
use crate::counts::{First, Metric, Outcome};
use crate::effect::Effect;
use crate::follow_up::Owed;
use crate::kinds::{Finding, Kind, Over};

impl Engine {
    pub(super) fn take_findings(&mut self) {
        let mut found = std::mem::take(&mut self.findings.found);
        for finding in found.drain(..) {
            match finding {
                Finding::Opportunity(kind) => self.counts.count_here(Metric::Opportunities(kind)),
                Finding::Failed { kind, ticket, subject, place, worth_saying } => {
                    let (at, person) = (self.now, self.person.number);
                    let failure = Failure { kind, ticket, subject, place, at, person };
                    self.found_failure(failure, worth_saying);
                }
                Finding::Worked { kind, subject } => self.follow_ups.worked(kind, subject, self.now),
                Finding::Over { kind, ticket, how } => self.take_over(kind, ticket, how),
            }
        }
        self.findings.found = found; // keeps its room
    }

    fn take_over(&mut self, kind: Kind, ticket: u64, how: Over) {
        let (outcome, reason) = match how {
            Over::Recovered => {
                self.follow_ups.recovered(kind, ticket, self.now);
                (Outcome::Recovered, Reason::Recovered)
            }
            Over::Left => (Outcome::Suppressed, Reason::PersonLeft),
        };
        self.withdraw(|f| f.kind == kind && f.ticket == ticket, outcome, reason);
    }

    fn found_failure(&mut self, failure: Failure, worth_saying: bool) {
        self.disk.urgent = true;
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
        self.history.add(failure.kind, self.wall.unix_ms(self.now));
        self.trouble = Some(self.now);
        self.follow_ups.failed_again(failure.kind, failure.subject);
        let resolved = if worth_saying {
            self.arbiter.offer(failure)
        } else {
            Some(Resolved { failure, outcome: Outcome::Suppressed, reason: Reason::TooBrief })
        };
        if let Some(resolved) = resolved {
            self.resolve(resolved);
        }
    }

    pub(super) fn withdraw(&mut self, is_it: impl Fn(&Failure) -> bool, outcome: Outcome, reason: Reason) {
        let (resolved, hide) = self.arbiter.withdraw(is_it, outcome, reason);
        if let Some(message) = hide {
            self.effects.push_back(Effect::Hide { message });
        }
        if let Some(resolved) = resolved {
            self.resolve(resolved);
        }
    }

    /// The one place at which a failure is counted.
    pub(super) fn resolve(&mut self, resolved: Resolved) {
        let Resolved { failure, outcome, reason } = resolved;
        self.disk.urgent = true;
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
        if arm == Arm::HeldOut {
            // A silent device goes through the same, so that the arms can be compared.
            self.clear_stage();
            let unix_ms = self.wall.unix_ms(self.now);
            self.follow_ups.owe(Owed::new(kind, (failure.ticket, subject), place, self.now, unix_ms));
        }
        self.aftermath = Some(Watched { kind, arm, place, subject, at: self.now });
    }

    pub(super) fn end_aftermath(&mut self, aftermath: Aftermath) {
        if let Some(watched) = self.aftermath.take() {
            self.counts.count(Metric::Aftermath(watched.kind, watched.arm, aftermath), watched.place, 1);
        }
    }
}

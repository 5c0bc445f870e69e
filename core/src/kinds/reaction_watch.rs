//! Waits for a sign of life after a tap or a submit: shared by `dead_tap` and `dead_input`.

use super::{Findings, Over, Subject};
use crate::counts::Place;
use crate::event::{SubmitVia, Target};
use crate::moment::{Moment, earliest};
use std::time::Duration;

/// Acts watched at a time; more push out the oldest.
const MOST_ACTS: usize = 8;

#[derive(Debug)]
struct Act {
    target: Target,
    /// How it was submitted, if it was.
    via: Option<SubmitVia>,
    place: Place,
    at: Moment,
    due: Moment,
    /// The number of its failure, once it was found dead.
    dead: Option<u64>,
}

/// Acts that wait for a reaction.
#[derive(Debug)]
pub(super) struct ReactionWatch {
    acts: Vec<Act>,
    next_ticket: u64,
}

impl Default for ReactionWatch {
    fn default() -> Self {
        Self { acts: Vec::with_capacity(MOST_ACTS), next_ticket: 0 }
    }
}

impl ReactionWatch {
    /// Since when an act on this target waits, and how it was submitted.
    pub(super) fn waits_on(&self, target: Target) -> Option<(Moment, Option<SubmitVia>)> {
        self.acts.iter().find(|act| act.target == target && act.dead.is_none()).map(|act| (act.at, act.via))
    }

    pub(super) fn start(
        &mut self,
        (target, via): (Target, Option<SubmitVia>),
        at: Moment,
        wait: Duration,
        out: &mut Findings,
    ) {
        out.opportunity();
        if self.acts.len() == MOST_ACTS {
            let found_dead = self.acts.iter().position(|act| act.dead.is_some());
            self.acts.remove(found_dead.unwrap_or(0));
        }
        self.acts.push(Act { target, via, place: out.here, at, due: at.plus(wait), dead: None });
    }

    /// Something happened: whatever waited was alive, or has recovered.
    pub(super) fn reacted(&mut self, out: &mut Findings) {
        self.end(Over::Recovered, out);
    }

    /// The person went away: what waited is not judged, and what was dead stays so.
    pub(super) fn left(&mut self, out: &mut Findings) {
        self.end(Over::Left, out);
    }

    fn end(&mut self, how: Over, out: &mut Findings) {
        for ticket in self.acts.drain(..).filter_map(|act| act.dead) {
            out.over(ticket, how);
        }
    }

    /// Stops watching without a judgement.
    pub(super) fn forget(&mut self) {
        self.acts.clear();
    }

    /// Judges the act on this target dead before its time.
    pub(super) fn give_up_on(&mut self, target: Target, out: &mut Findings) {
        let next_ticket = &mut self.next_ticket;
        if let Some(act) = self.acts.iter_mut().find(|act| act.target == target && act.dead.is_none()) {
            act.judge_dead(next_ticket, out);
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Moment, out: &mut Findings) {
        let next_ticket = &mut self.next_ticket;
        for act in self.acts.iter_mut().filter(|act| act.dead.is_none() && act.due <= now) {
            act.judge_dead(next_ticket, out);
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Moment> {
        let waiting = self.acts.iter().filter(|act| act.dead.is_none());
        waiting.fold(None, |next, act| earliest(next, Some(act.due)))
    }
}

impl Act {
    fn judge_dead(&mut self, next_ticket: &mut u64, out: &mut Findings) {
        out.failed(*next_ticket, Subject::Element(self.target), self.place);
        self.dead = Some(*next_ticket);
        *next_ticket += 1;
    }
}

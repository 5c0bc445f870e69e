//! Waits for a sign of life after a tap or a submit: shared by `dead_tap` and `dead_input`.
//!
//! Anything that the app does shows that what waits is alive. That what was dead works after all takes more: something
//! to be seen, and nothing else that the person did in between, or another button's answer would be taken for its own.

use super::{Findings, Subject};
use crate::counts::Place;
use crate::event::{Event, Reaction, SubmitVia, Target};
use crate::moment::{Moment, earliest};
use std::time::Duration;

/// Acts watched at a time; more push out the oldest.
const MOST_ACTS: usize = 8;
/// Answers under way that are remembered.
const MOST_ANSWERS: usize = 8;
/// How long after the act something that is seen still counts as what came of it.
const RECOVERS_WITHIN: Duration = Duration::from_secs(10);
/// How soon after the act a request or load counts as what it has set going.
const SETS_GOING_WITHIN: Duration = Duration::from_secs(1);
/// After this an answer whose end nobody reported is taken for over.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);

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

/// A request or load, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Request(u64),
    Load(u64),
}

/// Acts that wait for a reaction.
#[derive(Debug)]
pub(super) struct ReactionWatch {
    acts: Vec<Act>,
    /// What acts on these targets have set going, and since when.
    answers: Vec<(Answer, Target, Moment)>,
    /// The latest reaction.
    reacted_at: Option<Moment>,
    /// What was last found dead, and by which way: only the same way that works shows that it is mended.
    failed: Option<(Target, Option<SubmitVia>)>,
}

impl Default for ReactionWatch {
    fn default() -> Self {
        let (acts, answers) = (Vec::with_capacity(MOST_ACTS), Vec::with_capacity(MOST_ANSWERS));
        Self { acts, answers, reacted_at: None, failed: None }
    }
}

/// Whether the person sees that something came of it. Scrolling and focus are mostly their own doing, and so is another
/// screen: they have left.
pub(super) const fn is_seen(event: &Event) -> bool {
    matches!(event, Event::Reaction(Reaction::Frame | Reaction::Navigation | Reaction::Dialog))
}

impl ReactionWatch {
    /// Since when an act on this target waits, and how it was submitted.
    pub(super) fn waits_on(&self, target: Target) -> Option<(Moment, Option<SubmitVia>)> {
        self.acts.iter().find(|act| act.target == target && act.dead.is_none()).map(|act| (act.at, act.via))
    }

    /// Whether the app is still busy with what an earlier act on this target has set going.
    pub(super) fn is_busy_with(&mut self, target: Target, at: Moment) -> bool {
        self.answers.retain(|(.., since)| at.since(*since) < LONGEST_ANSWER);
        self.answers.iter().any(|(_, of, _)| *of == target)
    }

    /// Whether the app did something just before.
    pub(super) fn reacted_within(&self, span: Duration, at: Moment) -> bool {
        self.reacted_at.is_some_and(|reacted| at.since(reacted) <= span)
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

    /// The person does something else: what happens from now on says nothing of what was dead before.
    pub(super) fn turns_to(&mut self, act: Option<(Target, Option<SubmitVia>)>) {
        self.acts.retain(|dead| dead.dead.is_none() || act == Some((dead.target, dead.via)));
    }

    /// The app did something: whatever waited was alive, and what was dead has recovered if one sees it.
    pub(super) fn reacted(&mut self, event: &Event, at: Moment, out: &mut Findings) {
        // A screen that has just come is what the tap was aimed at; focus and keyboard move because of the finger alone.
        if is_seen(event) || matches!(event, Event::RequestStarted { .. } | Event::LoadStarted { .. }) {
            self.reacted_at = Some(at);
        }
        let Some(latest) = self.acts.last().map(|act| (act.target, act.via)) else { return };
        let waits = self.acts.iter().rev().find(|act| act.dead.is_none());
        if let Some(target) = waits.filter(|act| at.since(act.at) <= SETS_GOING_WITHIN).map(|act| act.target)
        {
            self.set_going(event, target, at);
        }
        let (seen, failed) = (is_seen(event), self.failed);
        let leaves = matches!(event, Event::Screen { .. });
        self.acts.retain(|act| match act.dead {
            Some(_) if !seen && !leaves => true,
            Some(ticket) => {
                // Another way worked, or it is too late to be the answer: nobody waits any more, but it is as dead as
                // before.
                let in_time = at.since(act.at) <= RECOVERS_WITHIN;
                if seen && in_time && (act.target, act.via) == latest {
                    out.recovered(ticket);
                } else {
                    out.left(ticket);
                }
                false
            }
            None => {
                let is_another_way =
                    failed.is_some_and(|(target, via)| target == act.target && via != act.via);
                if !is_another_way {
                    out.worked(Subject::Element(act.target));
                }
                false
            }
        });
    }

    fn set_going(&mut self, event: &Event, target: Target, at: Moment) {
        let answer = match event {
            Event::RequestStarted { request, .. } => Answer::Request(*request),
            Event::LoadStarted { load, .. } => Answer::Load(*load),
            _ => return,
        };
        if self.answers.len() == MOST_ANSWERS {
            self.answers.remove(0);
        }
        self.answers.push((answer, target, at));
    }

    /// A request or load that was an answer has ended.
    pub(super) fn ended(&mut self, event: &Event) {
        let ended = match event {
            Event::RequestEnded { request, .. } => Answer::Request(*request),
            Event::LoadEnded { load, .. } => Answer::Load(*load),
            _ => return,
        };
        self.answers.retain(|(answer, ..)| *answer != ended);
    }

    /// The person went away: what waited is not judged, and what was dead stays so.
    pub(super) fn left(&mut self, out: &mut Findings) {
        self.answers.clear();
        for ticket in self.acts.drain(..).filter_map(|act| act.dead) {
            out.left(ticket);
        }
    }

    /// Stops watching without a judgement.
    pub(super) fn forget(&mut self) {
        self.acts.clear();
        self.answers.clear();
    }

    /// Judges the act on this target dead before its time.
    pub(super) fn give_up_on(&mut self, target: Target, out: &mut Findings) {
        if let Some(act) = self.acts.iter_mut().find(|act| act.target == target && act.dead.is_none()) {
            act.judge_dead(out);
            self.failed = Some((act.target, act.via));
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Moment, out: &mut Findings) {
        for act in self.acts.iter_mut().filter(|act| act.dead.is_none() && act.due <= now) {
            act.judge_dead(out);
            self.failed = Some((act.target, act.via));
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Moment> {
        let waiting = self.acts.iter().filter(|act| act.dead.is_none());
        waiting.fold(None, |next, act| earliest(next, Some(act.due)))
    }
}

impl Act {
    fn judge_dead(&mut self, out: &mut Findings) {
        self.dead = Some(out.failed(Subject::Element(self.target), self.place));
    }
}

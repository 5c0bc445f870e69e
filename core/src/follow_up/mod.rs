//! What follows an apology: the make-good once it works again, and, rarely, one question.
//!
//! There is one place on the stage for both, and none of them waits in a queue: what cannot be said when its moment has
//! come is not said. An apology takes the stage from either.

mod feedback;
mod make_good;

pub use feedback::FeedbackSettings;
pub(crate) use feedback::{Asked, Feedback, FeedbackState};
pub(crate) use make_good::{Owed, OwedState};

use crate::aftermath::Arm;
use crate::kinds::{Kind, Subject};
use crate::moment::{Moment, earliest};
use std::time::Duration;

/// How long an apology stays readable before its make-good takes its place.
const READABLE: Duration = Duration::from_secs(2);
/// How long the platform may take to say that it drew something; as for an apology.
const DRAW_WITHIN: Duration = Duration::from_secs(5);

/// Something to be said after an apology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FollowUp {
    /// It works again.
    MakeGood(Owed),
    /// The one-tap question.
    Question(Arm, Asked),
}

/// A follow-up that was handed to the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OnStage {
    pub(crate) id: u64,
    pub(crate) what: FollowUp,
    since: Moment,
    pub(crate) drawn: bool,
}

/// The stage of what follows.
#[derive(Debug, Default)]
pub(crate) struct FollowUps {
    /// The latest apology, while nobody has said that it works again.
    pub(crate) owed: Option<Owed>,
    pub(crate) feedback: Feedback,
    due: Option<(Moment, FollowUp)>,
    /// Its moment has come: it is said at the end of the step.
    ready: Option<FollowUp>,
    pub(crate) on_stage: Option<OnStage>,
}

impl FollowUps {
    /// An apology was drawn: a make-good is owed for it.
    pub(crate) fn owe(&mut self, owed: Owed) {
        self.owed = Some(owed);
        self.due = None;
        self.ready = None;
    }

    /// The failure with this number is over because it works.
    pub(crate) fn recovered(&mut self, kind: Kind, ticket: u64, now: Moment) {
        if let Some(owed) = self.owed.filter(|owed| owed.is_ticket(kind, ticket)) {
            self.plan_make_good(owed, now);
        }
    }

    /// This worked.
    pub(crate) fn worked(&mut self, kind: Kind, subject: Subject, now: Moment) {
        if let Some(owed) = self.owed.filter(|owed| owed.is_mended_by(kind, subject)) {
            self.plan_make_good(owed, now);
        }
    }

    /// This failed: what was about to be said of it would not be true.
    pub(crate) fn failed_again(&mut self, kind: Kind, subject: Subject) {
        let same =
            |what: &FollowUp| matches!(what, FollowUp::MakeGood(owed) if owed.is_mended_by(kind, subject));
        self.due.take_if(|(_, what)| same(what));
        self.ready.take_if(|what| same(what));
    }

    fn plan_make_good(&mut self, owed: Owed, now: Moment) {
        // A video that goes on may stand still again, and what was found today says nothing of what was not yesterday.
        if owed.kind == Kind::PoorContent {
            return;
        }
        if !matches!(self.due, Some((_, FollowUp::MakeGood(_)))) {
            self.due = Some((owed.readable_at(READABLE).max(now), FollowUp::MakeGood(owed)));
        }
    }

    /// A question may be asked at `at`, unless something is due already.
    pub(crate) fn plan_question(&mut self, arm: Arm, asked: Asked, at: Moment) {
        if self.due.is_none() {
            self.due = Some((at, FollowUp::Question(arm, asked)));
        }
    }

    /// What is to be said at the end of this step, once.
    pub(crate) fn take_ready(&mut self) -> Option<FollowUp> {
        self.ready.take()
    }

    /// It was handed to the platform.
    pub(crate) fn enter(&mut self, id: u64, what: FollowUp, now: Moment) {
        self.on_stage = Some(OnStage { id, what, since: now, drawn: false });
    }

    /// The platform drew it. Says what it was.
    pub(crate) fn shown(&mut self, id: u64) -> Option<FollowUp> {
        let stage = self.on_stage.as_mut().filter(|stage| stage.id == id && !stage.drawn)?;
        stage.drawn = true;
        Some(stage.what)
    }

    /// It left the stage, or never entered it. Says what it was, and whether it was drawn.
    pub(crate) fn leave(&mut self, id: u64) -> Option<OnStage> {
        self.on_stage.take_if(|stage| stage.id == id)
    }

    /// Clears the stage for something that matters more, and forgets what is due. Returns what has to be hidden.
    pub(crate) fn make_room(&mut self) -> Option<OnStage> {
        self.due = None;
        self.ready = None;
        self.on_stage.take()
    }

    pub(crate) fn next_deadline(&self) -> Option<Moment> {
        let answer = self.on_stage.filter(|stage| !stage.drawn).map(|stage| stage.since.plus(DRAW_WITHIN));
        earliest(self.due.map(|(at, _)| at), answer)
    }

    /// Takes what is due, and gives up waiting for the platform. Returns the message to hide.
    pub(crate) fn handle_timeout(&mut self, now: Moment) -> Option<OnStage> {
        if let Some((_, what)) = self.due.take_if(|(at, _)| *at <= now) {
            self.ready = Some(what);
        }
        let late = |stage: &mut OnStage| !stage.drawn && stage.since.plus(DRAW_WITHIN) <= now;
        self.on_stage.take_if(late)
    }
}

#[cfg(test)]
mod tests;

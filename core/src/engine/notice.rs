//! What the engine itself takes from an event, after the detectors: who is there, and what became of messages.

use super::speaking::ASK_AFTER;
use super::{Drawn, Engine};
use crate::aftermath::{Aftermath, Arm};
use crate::arbiter::Reason;
use crate::counts::{ANSWERS, Metric, Outcome};
use crate::effect::Effect;
use crate::event::{Event, OptOut, Response};
use crate::follow_up::{Asked, FollowUp, OnStage};

impl Engine {
    pub(super) fn take_notice(&mut self, event: &Event) {
        match event {
            Event::Person { name } => self.change_person(name.as_deref()),
            Event::Languages { tags } => {
                self.composer.set_languages(tags);
                self.operations.translate();
            }
            Event::LoadStarted { operation: Some(name), .. } => self.operation_names.heard(name),
            Event::Background => {
                self.withdraw(|_| true, Outcome::Suppressed, Reason::NotForeground);
                self.clear_stage();
            }
            Event::Pause => {
                self.quiet.paused = true;
                self.withdraw(|_| true, Outcome::Suppressed, Reason::Paused);
                self.hide_drawn();
                self.clear_stage();
            }
            Event::Resume => self.quiet.paused = false,
            Event::OptOut(of) => self.opt_out(*of),
            Event::Operation(report) => self.operations.report(report, self.now, &self.wall),
            Event::Shown { message } => self.take_shown(*message),
            Event::NotShown { message } => {
                if let Some(resolved) = self.arbiter.not_shown(*message, Reason::CouldNotDraw) {
                    self.resolve(resolved);
                } else if let Some(left) = self.follow_ups.leave(*message) {
                    self.was_not_asked(left);
                }
            }
            Event::Responded { message, response } => self.take_response(*message, *response),
            Event::Answered { question, answer } => self.take_answer(*question, *answer),
            _ => {}
        }
    }

    fn change_person(&mut self, name: Option<&str>) {
        if !self.person.told(name) {
            return;
        }
        self.disk.learnt = true;
        self.disk.forgetting = true;
        self.trouble = None;
        self.withdraw(|_| true, Outcome::Suppressed, Reason::PersonChanged);
        // What the other person did next cannot be seen any more.
        self.end_aftermath(Aftermath::Continued);
        self.hide_drawn();
        self.clear_stage();
        self.follow_ups.owed = None;
        self.operations.forget();
        self.history.forget();
        self.counts.set_segment(None);
    }

    fn opt_out(&mut self, of: OptOut) {
        if self.quiet.opted_out == of {
            return;
        }
        self.quiet.opted_out = of;
        self.disk.urgent = true;
        if of == OptOut::Nothing {
            return;
        }
        self.withdraw(|_| true, Outcome::Suppressed, Reason::OptedOut);
        self.end_aftermath(Aftermath::Continued);
        self.hide_drawn();
        self.clear_stage();
        self.follow_ups.owed = None;
        self.disk.forgetting |= of == OptOut::Everything;
    }

    fn hide_drawn(&mut self) {
        if let Some(drawn) = self.drawn.take() {
            self.effects.push_back(Effect::Hide { message: drawn.message });
        }
    }

    /// Nothing follows any more of what was on the stage or due.
    pub(super) fn clear_stage(&mut self) {
        if let Some(left) = self.follow_ups.make_room() {
            self.effects.push_back(Effect::Hide { message: left.id });
            if !left.drawn {
                self.was_not_asked(left);
            }
        }
    }

    /// A question that was not drawn was not asked.
    pub(super) fn was_not_asked(&mut self, left: OnStage) {
        if matches!(left.what, FollowUp::Question(..)) && !left.drawn {
            self.follow_ups.feedback.take_back();
        }
    }

    fn take_shown(&mut self, message: u64) {
        if let Some(resolved) = self.arbiter.shown(message, self.now) {
            // One that was on its way when somebody else came, or wanted no more, is counted, and nothing follows.
            let is_theirs = resolved.failure.person == self.person.number && self.quiet.reason().is_none();
            if is_theirs {
                self.was_drawn(resolved.failure, message);
            }
            self.resolve(resolved);
            if !is_theirs {
                self.end_aftermath(Aftermath::Continued);
            }
            return;
        }
        match self.follow_ups.shown(message) {
            Some(FollowUp::MakeGood(owed)) => {
                self.counts.count(Metric::MakeGoods(owed.kind), owed.place, 1);
                self.follow_ups.owed = None;
                self.trouble = None;
                self.disk.urgent = true;
                self.drawn = None;
            }
            Some(FollowUp::Question(arm, asked)) => {
                self.counts.count(Metric::Questions(arm, asked), self.counts.here(), 1);
                self.disk.urgent = true;
            }
            None => {}
        }
    }

    fn take_response(&mut self, message: u64, response: Response) {
        if let Some(drawn) = self.drawn.take_if(|drawn: &mut Drawn| drawn.message == message) {
            self.counts.count(Metric::Responses(drawn.kind, response), drawn.place, 1);
        } else if let Some(left) = self.follow_ups.leave(message) {
            self.was_not_asked(left);
            if matches!(left.what, FollowUp::MakeGood(_)) && left.drawn {
                self.plan_question(Arm::Apologised, Asked::AfterMakeGood, self.now.plus(ASK_AFTER));
            }
        }
    }

    fn take_answer(&mut self, question: u64, answer: u8) {
        let Some(left) = self.follow_ups.leave(question) else { return };
        let chosen = usize::from(answer).checked_sub(1).filter(|at| *at < ANSWERS);
        if let (FollowUp::Question(arm, asked), true, Some(chosen)) = (left.what, left.drawn, chosen) {
            self.counts.count(Metric::Answers(arm, asked, chosen), self.counts.here(), 1);
            self.disk.urgent = true;
        }
    }
}

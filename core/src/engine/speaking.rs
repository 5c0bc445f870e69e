//! Finding the words and putting them on the stage: the apology, what follows it, and the question.

use super::{Drawn, Engine};
use crate::aftermath::Arm;
use crate::arbiter::{Circumstances, Failure, Reason, Verdict};
use crate::compose::{About, Words};
use crate::counts::{Metric, Place};
use crate::effect::{Effect, Message, Purpose, Question};
use crate::follow_up::{Asked, FollowUp, Owed};
use crate::kinds::{Kind, Subject};
use crate::moment::{Moment, ms};
use std::time::Duration;

/// What reading takes, a character: 14 in a second, slow readers included (200 words a minute and less).
const A_CHARACTER: Duration = Duration::from_millis(70);
/// What choosing takes, where there is something to choose.
const A_CHOICE: Duration = Duration::from_secs(4);
/// Between the end of a make-good and the question after it.
pub(super) const ASK_AFTER: Duration = Duration::from_secs(1);
/// No question until this long after a failure that was not made good.
const CALM: Duration = Duration::from_secs(30);
/// When the pulse comes: not while people are on their way to what they came for.
const PULSE_AFTER: Duration = Duration::from_secs(60);

impl Engine {
    /// Decides on the failure in the slot, if there is one.
    pub(super) fn decide(&mut self) {
        let Some(candidate) = self.arbiter.candidate() else { return };
        let rule = self.composer.rule(&self.about(candidate.kind, candidate.place, candidate.subject));
        let verdict = self.arbiter.decide(Circumstances {
            now: self.now,
            foreground: self.session.foreground,
            person: self.person.number,
            held_out: self.held_out,
            quiet: self.quiet.reason().or_else(|| rule.silent.then_some(Reason::SilentByRule)),
            remedy: rule.remedy,
            caps: &self.settings.caps,
        });
        match verdict {
            Some(Verdict::Count(resolved)) => self.resolve(resolved),
            Some(Verdict::Speak { failure, message }) => self.speak(failure, message),
            None => {}
        }
    }

    fn about(&self, kind: Kind, place: Place, subject: Subject) -> About<'_> {
        let now_unix_ms = self.wall.unix_ms(self.now);
        About {
            kind,
            screen: self.counts.screen_text(place),
            segment: self.counts.segment_text(place),
            release: &self.release,
            name: self.person.name(),
            operation: self.operation_names.of(subject),
            times: self.history.within_week(kind, now_unix_ms),
            now_unix_ms,
        }
    }

    fn speak(&mut self, failure: Failure, id: u64) {
        // An apology takes the stage from whatever follows an earlier one.
        if let Some(left) = self.follow_ups.make_room() {
            self.effects.push_back(Effect::Hide { message: left.id });
            self.was_not_asked(left);
        }
        let words = self.composer.apology(&self.about(failure.kind, failure.place, failure.subject));
        self.show(id, Purpose::Apology, failure.kind, words);
    }

    fn show(&mut self, id: u64, purpose: Purpose, kind: Kind, words: Words) {
        let Words { text, actions, dismiss, language, right_to_left } = words;
        let (on_screen, on_screen_with_screen_reader) = self.stays(&text, !actions.is_empty());
        self.effects.push_back(Effect::Show(Message {
            id,
            purpose,
            kind,
            text,
            actions,
            dismiss,
            language,
            right_to_left,
            on_screen,
            on_screen_with_screen_reader,
        }));
    }

    /// How long a text stays: as long as it takes to read it, and to choose.
    fn stays(&self, text: &str, choice: bool) -> (Duration, Duration) {
        let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let reading = A_CHARACTER.saturating_mul(characters);
        let choosing = if choice { A_CHOICE } else { Duration::ZERO };
        let stays = |least: Duration| least.max(reading).saturating_add(choosing);
        (stays(self.settings.on_screen), stays(self.settings.on_screen_with_screen_reader))
    }

    /// Says or asks what is due, if this is a good moment; otherwise it is not said.
    pub(super) fn follow_up(&mut self) {
        let Some(what) = self.follow_ups.take_ready() else { return };
        let may_speak = self.session.foreground && self.quiet.reason().is_none();
        if !may_speak || !self.arbiter.is_free() {
            return;
        }
        match what {
            FollowUp::MakeGood(owed) => self.make_good(owed),
            FollowUp::Question(arm, asked) => self.ask(arm, asked),
        }
    }

    fn make_good(&mut self, owed: Owed) {
        if self.held_out {
            self.follow_ups.owed = None;
            self.trouble = None;
            // When the other arm's make-good would have left the screen.
            let left = self.now.plus(self.settings.on_screen).plus(ASK_AFTER);
            return self.plan_question(Arm::HeldOut, Asked::AfterMakeGood, left);
        }
        // It takes the place of its own apology.
        let earlier = self.drawn.map(|drawn| drawn.message);
        let earlier = earlier.or_else(|| self.follow_ups.make_room().map(|left| left.id));
        if let Some(message) = earlier {
            self.effects.push_back(Effect::Hide { message });
        }
        let id = self.arbiter.number_message();
        self.follow_ups.enter(id, FollowUp::MakeGood(owed), self.now);
        let words = self.composer.make_good(&self.about(owed.kind, owed.place, owed.subject));
        self.show(id, Purpose::MakeGood, owed.kind, words);
    }

    fn ask(&mut self, arm: Arm, asked: Asked) {
        let is_busy = self.drawn.is_some() || self.follow_ups.on_stage.is_some();
        // Not just after something else has failed.
        let is_bad_moment = self.trouble.is_some_and(|at| self.now.since(at) < CALM);
        if is_busy || is_bad_moment || !self.follow_ups.feedback.may_ask(self.now, &self.settings.feedback) {
            return;
        }
        let id = self.arbiter.number_message();
        self.follow_ups.feedback.asked(self.now);
        self.follow_ups.enter(id, FollowUp::Question(arm, asked), self.now);
        self.disk.learnt = true;
        let words = self.composer.question();
        let (on_screen, on_screen_with_screen_reader) = self.stays(&words.text, true);
        self.effects.push_back(Effect::Ask(Question {
            id,
            text: words.text,
            answers: words.answers,
            dismiss: words.dismiss,
            language: words.language,
            right_to_left: words.right_to_left,
            on_screen,
            on_screen_with_screen_reader,
        }));
    }

    /// Plans a question, if people are asked on such occasions.
    pub(super) fn plan_question(&mut self, arm: Arm, asked: Asked, at: Moment) {
        let wanted = asked == Asked::Pulse || self.settings.feedback.after;
        if wanted && self.follow_ups.feedback.may_ask(at, &self.settings.feedback) {
            self.follow_ups.plan_question(arm, asked, at);
        }
    }

    /// A session began: draws today's lot for the pulse.
    pub(super) fn plan_pulse(&mut self) {
        let day = self.wall.day(self.now);
        if self.follow_ups.feedback.pulse_today(self.lot, day, &self.settings.feedback) {
            self.disk.learnt = true;
            let arm = if self.held_out { Arm::HeldOut } else { Arm::Apologised };
            self.plan_question(arm, Asked::Pulse, self.now.plus(PULSE_AFTER));
        }
    }

    pub(super) fn was_drawn(&mut self, failure: Failure, message: u64) {
        let waited = ms(self.now.since(failure.at));
        self.counts.count(Metric::latency(failure.kind, waited), failure.place, 1);
        let waited = u32::try_from(waited).unwrap_or(u32::MAX);
        self.counts.count(Metric::LatencySum(failure.kind), failure.place, waited);
        self.drawn = Some(Drawn { message, kind: failure.kind, place: failure.place });
        let what: (u64, Subject) = (failure.ticket, failure.subject);
        let unix_ms = self.wall.unix_ms(self.now);
        self.follow_ups.owe(Owed::new(failure.kind, what, failure.place, self.now, unix_ms));
    }

    /// A message that must not be drawn: what it is about could not be written to disk first.
    pub(crate) fn withhold(&mut self, message: u64) {
        if let Some(resolved) = self.arbiter.not_shown(message, Reason::NotOnDisk) {
            self.resolve(resolved);
        } else if let Some(left) = self.follow_ups.leave(message) {
            self.was_not_asked(left);
        }
    }
}

//! One device, stepped through a session: one event a step, and every deadline of the device's in between.

use crate::counting::{Opportunities, in_body};
use crate::outcome::{Entry, Happened, Payload, Replay};
use crate::platform::Platform;
use crate::session::Session;
use crate::setup::{clocks, open};
use amends_core::{Device, Document, Effect, Event, MemoryFiles, Moment, Timed};
use std::io::Read as _;

/// A batch is not larger than this, unpacked.
const LARGEST_BATCH: u64 = 16_000_000;

/// A device, the platform that draws for it, and what was seen of both.
pub(crate) struct Runner<'a> {
    session: &'a Session,
    document: Option<Document>,
    files: MemoryFiles,
    device: Device,
    next_deadline: Option<u64>,
    now: u64,
    /// Number of the latest decision that was taken note of.
    decided: u64,
    platform: Platform,
    opportunities: Opportunities,
    replay: Replay,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(session: &'a Session, document: Option<Document>) -> Self {
        let files = MemoryFiles::new();
        let device = open(session, &files, 0);
        let mut runner = Self {
            session,
            document,
            files,
            device,
            next_deadline: None,
            now: 0,
            decided: 0,
            platform: Platform::new(session.draws),
            opportunities: Opportunities::default(),
            replay: Replay::default(),
        };
        runner.begin(0);
        runner
    }

    fn begin(&mut self, at: u64) {
        self.device.use_document(self.document.clone());
        self.step(None, at);
    }

    pub(crate) fn restart(&mut self, at: u64) {
        self.pass_within(at.saturating_sub(1), at.saturating_sub(1));
        self.now = self.now.max(at);
        let at = self.now;
        self.note(at, Happened::Restart);
        self.device = open(self.session, &self.files, at);
        self.platform = Platform::new(self.session.draws);
        self.decided = 0;
        self.next_deadline = None;
        self.begin(at);
    }

    /// Everything of the device's and the platform's own before `until`; the platform's reports at it, too.
    pub(crate) fn pass(&mut self, until: u64) {
        self.pass_within(until.saturating_sub(1), until);
    }

    /// Deadlines up to the one, and reports up to the other. A report comes before a deadline of the same moment.
    pub(crate) fn pass_within(&mut self, deadlines: u64, reports: u64) {
        loop {
            let report = self.platform.next().filter(|at| *at <= reports);
            let until = report.map_or(deadlines, |at| at.saturating_sub(1).min(deadlines));
            if self.pass_deadline(until) {
                continue;
            }
            match self.platform.take(reports) {
                Some((at, event)) => self.reply(event, at),
                None => return,
            }
        }
    }

    /// The device's next deadline, if there is one by `until`. Says whether anything came of it.
    fn pass_deadline(&mut self, until: u64) -> bool {
        let Some(deadline) = self.next_deadline.filter(|at| *at <= until) else { return false };
        let before = (self.next_deadline, self.now);
        self.step(None, deadline);
        // One that asks for the same moment again would do so for ever.
        (self.next_deadline, self.now) != before
    }

    pub(crate) fn event(&mut self, event: &Event, at: u64) {
        self.platform.saw(event);
        self.note(at, Happened::Event(event.clone()));
        if matches!(event, Event::Background) {
            let before = in_body(&self.device.what_we_send());
            self.step(Some((event.clone(), at)), at);
            self.opportunities.passed(&before, &in_body(&self.device.what_we_send()));
        } else {
            self.step(Some((event.clone(), at)), at);
        }
    }

    fn reply(&mut self, event: Event, at: u64) {
        self.note(at, Happened::Reply(event.clone()));
        self.step(Some((event, at)), at);
    }

    fn step(&mut self, event: Option<(Event, u64)>, now: u64) {
        self.now = self.now.max(now);
        let now = self.now;
        let events: Vec<Timed> =
            event.map(|(event, at)| Timed { at: Moment::from_ms(at), event }).into_iter().collect();
        let step = self.device.step(&events, clocks(now));
        self.next_deadline = step.next_deadline.map(Moment::as_ms);
        let decisions: Vec<_> = self.device.decisions_after(self.decided).cloned().collect();
        for decision in decisions {
            self.decided = decision.number;
            self.note(now, Happened::Decision(decision));
        }
        for effect in step.effects {
            self.carry_out(effect, now);
        }
    }

    fn carry_out(&mut self, effect: Effect, now: u64) {
        let reply = match effect {
            Effect::Show(message) => {
                let (id, on_screen) = (message.id, message.on_screen);
                self.note(now, Happened::Message(message));
                self.platform.asked(id, on_screen, now)
            }
            Effect::Ask(question) => {
                let (id, on_screen) = (question.id, question.on_screen);
                self.note(now, Happened::Question(question));
                self.platform.asked(id, on_screen, now)
            }
            Effect::Hide { message } => {
                self.note(now, Happened::Hidden(message));
                self.platform.hide(message)
            }
            Effect::Operations(list) => {
                self.note(now, Happened::Operations(list));
                None
            }
            Effect::Upload(upload) => {
                self.take_payload(&upload.body, now);
                None
            }
        };
        if let Some(reply) = reply {
            self.reply(reply, now);
        }
    }

    /// A batch; after a restart the same one is handed out again.
    fn take_payload(&mut self, packed: &[u8], at_ms: u64) {
        let mut body = String::new();
        let unpacked = flate2::read::GzDecoder::new(packed).take(LARGEST_BATCH).read_to_string(&mut body);
        if unpacked.is_ok() && !self.replay.payloads.iter().any(|payload| payload.body == body) {
            self.replay.payloads.push(Payload { at_ms, closed: true, body });
        }
    }

    fn note(&mut self, at_ms: u64, what: Happened) {
        let at_ms = at_ms.max(self.now);
        self.replay.timeline.push(Entry { at_ms, what });
    }

    pub(crate) fn finish(mut self, ends_at: u64) -> Replay {
        let body = self.device.what_we_send();
        self.replay.opportunities = self.opportunities.with_open(&in_body(&body));
        self.replay.is_off = self.device.is_off();
        self.replay.payloads.push(Payload { at_ms: ends_at, closed: false, body });
        self.replay
    }
}

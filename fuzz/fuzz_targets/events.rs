//! Any events at any times, through a whole device: nothing panics, every failure found is decided on once, and each
//! step comes to an end.
#![no_main]

use amends_core::{
    Config, Content, Device, Effect, Event, Hang, LoadEnd, LoadKind, MemoryFiles, Moment, Now, OperationProgress,
    OperationReport, OptOut, Playback, Reaction, RequestEnd, Response, Role, Seeded, SubmitVia, Tap, Timed, UploadAnswer,
};
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

/// Reads numbers off the input; zeros when it is over.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn byte(&mut self) -> u8 {
        self.0.split_off_first().copied().unwrap_or_default()
    }

    fn number(&mut self) -> u64 {
        (0..1 + self.byte() % 8).fold(0, |n, _| n << 8 | u64::from(self.byte()))
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::from(self.byte()) % of.len()]
    }

    fn text(&mut self) -> String {
        let (len, mut bytes) = (self.byte() % 24, Vec::new());
        bytes.extend((0..len).map(|_| self.byte()));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn maybe_text(&mut self) -> Option<String> {
        (self.byte() % 4 > 0).then(|| self.text())
    }

    fn event(&mut self) -> Event {
        let small = u64::from(self.byte() % 6);
        match self.byte() % 29 {
            0 => Event::Foreground,
            1 => Event::Background,
            2 => Event::NewSession,
            3 => Event::Screen { name: self.text() },
            4 => Event::Person { name: self.maybe_text() },
            5 => Event::Segment { name: self.maybe_text() },
            6..=8 => {
                let roles = [Role::Button, Role::Link, Role::Stepper, Role::Plain, Role::Keyboard];
                let (x, y) = (i32::from(self.byte()) << (self.byte() % 24), i32::from(self.byte()));
                Event::Tap(Tap {
                    target: small, role: self.pick(&roles), enabled: self.byte() > 9, fingers: self.byte() % 3, x, y,
                })
            }
            9 => Event::Submit { target: small, via: self.pick(&[SubmitVia::Enter, SubmitVia::Icon]) },
            10 => Event::Reaction(self.pick(&[Reaction::Frame, Reaction::Dialog, Reaction::LeftApp])),
            11 | 12 => Event::LoadStarted {
                load: small,
                kind: self.pick(&[LoadKind::Content, LoadKind::ColdLaunch, LoadKind::HotLaunch]),
                progress: self.byte() > 128,
                operation: self.maybe_text(),
            },
            13 => Event::LoadProgress { load: small },
            14 => Event::LoadEnded {
                load: small,
                end: self.pick(&[LoadEnd::Succeeded, LoadEnd::Empty, LoadEnd::Failed, LoadEnd::Cancelled]),
            },
            15 => Event::RequestStarted { request: small, operation: None },
            16 => Event::RequestEnded {
                request: small,
                end: self.pick(&[RequestEnd::Status(200), RequestEnd::Status(500), RequestEnd::TimedOut]),
            },
            17 => Event::ErrorReported,
            18 => Event::Hang(Hang {
                blocked: Duration::from_millis(self.number()),
                sleep_asked: Duration::from_millis(self.number()),
                sleep_took: Duration::from_millis(self.number()),
                debugger: self.byte() > 200,
            }),
            19 => Event::Content(self.pick(&[Content::Good, Content::Empty, Content::BrokenImage, Content::Poor])),
            20 => Event::Playback {
                playback: small,
                change: self.pick(&[Playback::Started, Playback::Stalled, Playback::Resumed, Playback::Ended]),
            },
            21 => Event::Operation(OperationReport {
                id: self.text(),
                title: self.maybe_text(),
                progress: self.pick(&[OperationProgress::Processing, OperationProgress::Delayed, OperationProgress::Sent]),
                expected_within: (self.byte() > 99).then(|| Duration::from_millis(self.number())),
                faq_url: self.maybe_text(),
            }),
            22 => Event::Languages { tags: vec![self.text(), self.text()] },
            23 => self.pick(&[OptOut::Nothing, OptOut::Messages, OptOut::Everything]).into_event(),
            24 => if self.byte() > 128 { Event::Pause } else { Event::Resume },
            25 => Event::Shown { message: small },
            26 => Event::Responded { message: small, response: self.pick(&[Response::Dismissed, Response::Retry]) },
            27 => Event::Answered { question: small, answer: self.byte() % 8 },
            _ => Event::QueueDropped { count: u32::from(self.byte()) },
        }
    }
}

trait IntoEvent {
    fn into_event(self) -> Event;
}

impl IntoEvent for OptOut {
    fn into_event(self) -> Event {
        Event::OptOut(self)
    }
}

fuzz_target!(|data: &[u8]| {
    let mut input = Input(data);
    let mut at = input.number();
    let unix_ms = input.number();
    let now = |at| Now { monotonic: Moment::from_ms(at), unix_ms: unix_ms.saturating_add(at) };
    let files = MemoryFiles::default();
    let mut device = Device::open(Config::default(), Box::new(files), Box::new(Seeded::new(1)), now(at));
    let mut answers: Vec<Event> = Vec::new();
    while !input.0.is_empty() {
        let gap = u64::from(input.byte()) << (input.byte() % 24);
        at = at.saturating_add(gap);
        let mut events = std::mem::take(&mut answers);
        events.push(input.event());
        let events: Vec<Timed> =
            events.into_iter().map(|event| Timed { at: Moment::from_ms(at), event }).collect();
        let step = device.step(&events, now(at));
        let reply = input.byte();
        for effect in step.effects {
            match effect {
                Effect::Show(message) => {
                    assert!(!message.text.is_empty() && message.text.chars().count() <= 500, "{message:?}");
                    answers.push(Event::Shown { message: message.id });
                }
                Effect::Ask(question) => answers.push(Event::NotShown { message: question.id }),
                Effect::Upload(upload) => {
                    let code = [200, 429, 400, 503][usize::from(reply) % 4];
                    let answer = UploadAnswer::Status { code, retry_after: None };
                    answers.push(Event::Uploaded { upload: upload.id, answer });
                }
                Effect::Hide { .. } | Effect::Operations(_) => {}
            }
        }
        let deadline = step.next_deadline.map_or(u64::MAX, Moment::as_ms);
        assert!(deadline > at || at == u64::MAX || step.next_deadline == Some(Moment::default()), "a busy loop");
    }
    assert!(serde_json::from_str::<serde_json::Value>(&device.what_we_send()).is_ok());
});

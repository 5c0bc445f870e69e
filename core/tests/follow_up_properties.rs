//! Whatever happens: nobody is spoken to who asked for quiet, nobody is taken for somebody else, and what follows an
//! apology follows one.
#![allow(clippy::unwrap_used, reason = "a test")]

mod script;

use amends_core::{Effect, Engine, Event, FeedbackSettings, Kind, Moment, Now, OptOut, Purpose, Settings};
use proptest::prelude::*;
use script::{any_event, gap};

const T0: u64 = 1_700_000_000_000;
const FORTNIGHT_MS: u64 = 14 * 86_400_000;

/// A phone that draws everything at once, and what a bystander would note down.
struct Bystander {
    engine: Engine,
    now: u64,
    /// Who uses the app, by the host's last word.
    name: Option<String>,
    told: bool,
    quiet: bool,
    opted_out: OptOut,
    /// The latest apology that nobody has made good: what it was about.
    owed: Option<Kind>,
    asked: Vec<u64>,
    seen: u64,
}

impl Bystander {
    fn new() -> Self {
        let feedback = FeedbackSettings { pulse: 0.5, ..FeedbackSettings::default() };
        let settings = Settings { holdout: 0.0, feedback, ..Settings::default() };
        let engine = Engine::new(settings, "1", 7, Now { monotonic: Moment::from_ms(0), unix_ms: T0 });
        Self {
            engine,
            now: 0,
            name: None,
            told: false,
            quiet: false,
            opted_out: OptOut::Nothing,
            owed: None,
            asked: vec![],
            seen: 0,
        }
    }

    fn at(&self) -> Moment {
        Moment::from_ms(self.now)
    }

    fn advance(&mut self, to: u64) -> Result<(), TestCaseError> {
        while let Some(deadline) = self.engine.next_deadline().map(Moment::as_ms).filter(|d| *d <= to) {
            self.now = self.now.max(deadline);
            self.engine.handle_timeout(Now { monotonic: self.at(), unix_ms: T0 + self.now });
            self.poll()?;
        }
        self.now = self.now.max(to);
        Ok(())
    }

    fn event(&mut self, event: &Event) -> Result<(), TestCaseError> {
        match event {
            Event::Person { name } => {
                // The first word on who is there changes nobody.
                if std::mem::replace(&mut self.told, true) && *name != self.name {
                    self.owed = None;
                }
                self.name.clone_from(name);
            }
            Event::Pause => self.quiet = true,
            Event::Resume => self.quiet = false,
            Event::OptOut(of) => {
                self.opted_out = *of;
                if *of != OptOut::Nothing {
                    self.owed = None;
                }
            }
            _ => {}
        }
        self.engine.handle(event, self.at());
        self.poll()
    }

    fn poll(&mut self) -> Result<(), TestCaseError> {
        while let Some(effect) = self.engine.poll_effect() {
            match effect {
                Effect::Show(message) => {
                    self.may_speak()?;
                    let others = ["Ana, ", "Bo, ", "Cy, "].iter().find(|n| message.text.starts_with(**n));
                    let named = others.map(|name| name.trim_end_matches(", "));
                    prop_assert!(named.is_none_or(|name| Some(name) == self.name.as_deref()), "{message:?}");
                    match message.purpose {
                        Purpose::Apology => self.owed = Some(message.kind),
                        Purpose::MakeGood => prop_assert_eq!(self.owed.take(), Some(message.kind)),
                    }
                    self.draw(message.id);
                }
                Effect::Ask(question) => {
                    self.may_speak()?;
                    let early = self.asked.last().is_some_and(|last| self.now - last < FORTNIGHT_MS);
                    prop_assert!(!early, "asked at {:?} and {}", self.asked, self.now);
                    self.asked.push(self.now);
                    self.draw(question.id);
                }
                Effect::Hide { .. } | Effect::Operations(_) => {}
                Effect::Upload(_) => unreachable!("an engine uploads nothing"),
            }
        }
        Ok(())
    }

    fn may_speak(&self) -> Result<(), TestCaseError> {
        prop_assert!(!self.quiet, "asked for quiet");
        prop_assert_eq!(self.opted_out, OptOut::Nothing, "does not want it");
        Ok(())
    }

    fn draw(&mut self, id: u64) {
        self.seen = self.seen.max(id);
        self.engine.handle(&Event::Shown { message: id }, self.at());
    }
}

proptest! {
    #[test]
    fn quiet_is_quiet_and_what_follows_an_apology_follows_one(
        script in prop::collection::vec((gap(), any_event()), 1..120)
    ) {
        let mut phone = Bystander::new();
        for (gap, event) in &script {
            phone.advance(phone.now + gap)?;
            // Reports about messages come from the bystander alone; but people answer and dismiss as they like.
            if !matches!(event, Event::Shown { .. } | Event::NotShown { .. }) {
                phone.event(event)?;
            }
        }
        phone.advance(phone.now + 200_000)?;
    }
}

/// The script reaches what it is about: with a fixed plot, all three are said.
#[test]
fn an_apology_a_make_good_and_a_question() {
    let mut phone = Bystander::new();
    let load = |load| Event::LoadStarted {
        load,
        kind: amends_core::LoadKind::Content,
        progress: false,
        operation: Some("a".into()),
    };
    let ended = |load| Event::LoadEnded { load, end: amends_core::LoadEnd::Succeeded };
    phone.event(&Event::Foreground).unwrap();
    phone.event(&load(1)).unwrap();
    phone.advance(3_000).unwrap();
    assert_eq!(phone.owed, Some(Kind::SlowLoad));
    phone.event(&ended(1)).unwrap();
    phone.advance(5_000).unwrap();
    assert_eq!(phone.owed, None, "made good 2 s after it was drawn");
    phone.event(&Event::Responded { message: phone.seen, response: amends_core::Response::Expired }).unwrap();
    phone.advance(100_000).unwrap();
    assert_eq!(phone.asked.len(), 1);
}

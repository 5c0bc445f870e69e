//! Edges of the decision to speak: late reports, late steps, other people, silent arms.
#![allow(clippy::panic, reason = "a test")]

use amends_core::{Effect, Engine, Event, Kind, LoadKind, Moment, Now, Outcome, Reason, Role, Settings, Tap};

fn at(ms: u64) -> Moment {
    Moment::from_ms(ms)
}

fn engine(holdout: f64) -> Engine {
    let settings = Settings { holdout, ..Settings::default() };
    let mut engine = Engine::new(settings, "1", 7, Now { monotonic: at(0), unix_ms: 1_700_000_000_000 });
    engine.handle(&Event::Foreground, at(0));
    engine
}

fn tap(target: u64) -> Event {
    Event::Tap(Tap { target, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
}

fn load() -> Event {
    Event::LoadStarted { load: 1, kind: LoadKind::Content, progress: false, operation: None }
}

fn step(engine: &mut Engine, ms: u64) -> Vec<Effect> {
    engine.handle_timeout(Now { monotonic: at(ms), unix_ms: 1_700_000_000_000 + ms });
    std::iter::from_fn(|| engine.poll_effect()).collect()
}

fn shows(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Show(_)))
}

fn last_reason(engine: &Engine) -> Option<Reason> {
    engine.decisions_after(0).last().map(|decision| decision.reason)
}

#[test]
fn a_message_drawn_after_it_was_given_up_still_counts_for_the_caps() {
    let mut engine = engine(0.0);
    engine.handle(&tap(1), at(0));
    assert!(shows(&step(&mut engine, 3_000)));
    assert_eq!(step(&mut engine, 8_000), [Effect::Hide { message: 1 }]);
    assert_eq!(last_reason(&engine), Some(Reason::NoAnswer));
    engine.handle(&Event::NewSession, at(8_200));
    engine.handle(&Event::Shown { message: 1 }, at(8_500));
    assert_eq!(engine.failures(Kind::DeadTap, Outcome::Suppressed), 1, "its outcome stands");
    engine.handle(&load(), at(30_100));
    assert!(!shows(&step(&mut engine, 33_100)), "less than 30 s after it was seen");
    assert_eq!(last_reason(&engine), Some(Reason::TooSoon));
    engine.handle(&Event::LoadEnded { load: 1, end: amends_core::LoadEnd::Succeeded }, at(40_000));
    engine.handle(&load(), at(60_000));
    assert!(!shows(&step(&mut engine, 63_000)), "it was seen in this session");
    assert_eq!(last_reason(&engine), Some(Reason::SessionCap));
}

#[test]
fn a_message_that_was_not_drawn_leaves_the_caps_as_they_were() {
    let mut engine = engine(0.0);
    engine.handle(&tap(1), at(0));
    assert!(shows(&step(&mut engine, 3_000)));
    engine.handle(&Event::NotShown { message: 99 }, at(3_001));
    assert_eq!(engine.pending_failures(), 1, "another message's report");
    engine.handle(&Event::Shown { message: 99 }, at(3_001));
    assert_eq!(engine.pending_failures(), 1);
    engine.handle(&Event::NotShown { message: 1 }, at(3_002));
    assert_eq!(last_reason(&engine), Some(Reason::CouldNotDraw));
    engine.handle(&tap(2), at(4_000));
    assert!(shows(&step(&mut engine, 7_000)), "nothing was said yet");
}

#[test]
fn the_moment_passes() {
    let mut engine = engine(0.0);
    engine.handle(&tap(1), at(0));
    assert!(!shows(&step(&mut engine, 13_001)), "10 s after it was found");
    assert_eq!(last_reason(&engine), Some(Reason::TooLate));
}

#[test]
fn a_silent_device_is_charged_as_if_it_had_spoken() {
    let mut engine = engine(1.0);
    engine.handle(&tap(1), at(0));
    step(&mut engine, 3_000);
    engine.handle(&tap(2), at(10_000));
    step(&mut engine, 13_000);
    assert_eq!(engine.failures(Kind::DeadTap, Outcome::HeldOut), 1);
    assert_eq!(last_reason(&engine), Some(Reason::TooSoon));
}

#[test]
fn a_message_is_not_for_the_next_person() {
    let mut engine = engine(0.0);
    engine.handle(&Event::Person { name: Some("Jackie".into()) }, at(0));
    engine.handle(&tap(1), at(0));
    assert!(shows(&step(&mut engine, 3_000)));
    engine.handle(&Event::Person { name: None }, at(3_001));
    assert_eq!(engine.poll_effect(), Some(Effect::Hide { message: 1 }));
    engine.handle(&Event::NotShown { message: 1 }, at(3_002));
    assert_eq!(last_reason(&engine), Some(Reason::PersonChanged));
}

#[test]
fn a_process_that_never_came_to_the_front_says_nothing_and_has_no_session() {
    let now = Now { monotonic: at(0), unix_ms: 1_700_000_000_000 };
    let mut engine = Engine::new(Settings { holdout: 0.0, ..Settings::default() }, "1", 7, now);
    engine.handle(&load(), at(0));
    assert_eq!(step(&mut engine, 60_000), []);
    assert_eq!(engine.opportunities(Kind::SlowLoad), 0);
}

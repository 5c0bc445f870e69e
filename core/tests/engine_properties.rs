//! Whatever happens, whenever it happens: the caps hold and the counts add up.

mod script;

use amends_core::{
    Effect, Engine, Event, Kind, LoadEnd, LoadKind, Moment, Now, Outcome, Purpose, Reaction, Settings,
};
use proptest::prelude::*;
use script::{any_event, gap, judged_tap};
use std::collections::HashMap;

const T0: u64 = 1_700_000_000_000;

/// What the platform does with a message.
#[derive(Debug, Clone, Copy)]
enum Platform {
    Draws(u64),
    CannotDraw,
    SaysNothing,
}

fn platform() -> impl Strategy<Value = Platform> {
    prop_oneof![
        6 => (0..4_000_u64).prop_map(Platform::Draws),
        1 => Just(Platform::CannotDraw),
        1 => Just(Platform::SaysNothing)
    ]
}

/// A device in front of its engine: steps it as a driver does and keeps what was drawn.
struct Bench {
    engine: Engine,
    now: u64,
    replies: Vec<(u64, u64)>,
    drawn: Vec<(u64, Kind, u32)>,
    coming: HashMap<u64, (Purpose, Kind)>,
    session: u32,
}

impl Bench {
    fn new() -> Self {
        let settings = Settings { holdout: 0.0, ..Settings::default() };
        let now = Now { monotonic: Moment::from_ms(0), unix_ms: T0 };
        let engine = Engine::new(settings, "1", 7, now);
        Self { engine, now: 0, replies: vec![], drawn: vec![], coming: HashMap::new(), session: 0 }
    }

    fn advance(&mut self, to: u64, platform: Platform) {
        loop {
            let deadline = self.engine.next_deadline().map(Moment::as_ms).filter(|d| *d <= to);
            let reply = self.replies.iter().map(|(at, _)| *at).min().filter(|at| *at <= to);
            let Some(at) = deadline.into_iter().chain(reply).min() else { break };
            self.now = self.now.max(at);
            self.engine.handle_timeout(Now { monotonic: Moment::from_ms(self.now), unix_ms: T0 + self.now });
            if let Some(due) = self.replies.iter().position(|(reply, _)| *reply <= self.now) {
                let (_, message) = self.replies.swap_remove(due);
                self.draw(message);
            }
            self.poll(platform);
        }
        self.now = self.now.max(to);
    }

    fn draw(&mut self, message: u64) {
        if let Some((purpose, kind)) = self.coming.remove(&message) {
            if purpose == Purpose::Apology {
                self.drawn.push((self.now, kind, self.session));
            }
            self.engine.handle(&Event::Shown { message }, Moment::from_ms(self.now));
        }
    }

    fn event(&mut self, event: &Event, platform: Platform) {
        let before = self.engine.decisions_after(0).count();
        if matches!(event, Event::NewSession) {
            self.session += 1;
        }
        self.engine.handle(event, Moment::from_ms(self.now));
        self.poll(platform);
        assert!(self.engine.decisions_after(0).count() >= before.min(32));
    }

    fn poll(&mut self, platform: Platform) {
        while let Some(effect) = self.engine.poll_effect() {
            match effect {
                Effect::Show(message) => match platform {
                    Platform::Draws(after) => {
                        self.coming.insert(message.id, (message.purpose, message.kind));
                        self.replies.push((self.now + after, message.id));
                    }
                    Platform::CannotDraw => {
                        self.engine
                            .handle(&Event::NotShown { message: message.id }, Moment::from_ms(self.now));
                    }
                    Platform::SaysNothing => {}
                },
                Effect::Ask(question) => {
                    let (id, at) = (question.id, Moment::from_ms(self.now));
                    self.engine.handle(&Event::Shown { message: id }, at);
                    self.engine.handle(&Event::Answered { question: id, answer: 4 }, at);
                }
                Effect::Operations(_) => {}
                Effect::Hide { message } => {
                    if self.coming.remove(&message).is_some() {
                        self.engine.handle(&Event::NotShown { message }, Moment::from_ms(self.now));
                    }
                }
                Effect::Upload(_) => unreachable!("an engine uploads nothing"),
            }
        }
    }

    fn resolved(&self) -> u64 {
        let all = [Outcome::Shown, Outcome::Suppressed, Outcome::HeldOut, Outcome::Recovered];
        let of = |kind: &Kind| all.iter().map(|o| self.engine.failures(*kind, *o)).sum::<u64>();
        Kind::ALL.iter().map(of).sum()
    }
}

proptest! {
    #[test]
    fn never_too_often_and_every_failure_has_one_outcome(
        script in prop::collection::vec((gap(), any_event(), platform()), 1..120)
    ) {
        let mut bench = Bench::new();
        for (gap, event, platform) in &script {
            bench.advance(bench.now + gap, *platform);
            // The platform's reports come from the bench itself.
            if !matches!(event, Event::Shown { .. } | Event::NotShown { .. }) {
                bench.event(event, *platform);
            }
        }
        bench.advance(bench.now + 100_000, Platform::Draws(0));

        let drawn = &bench.drawn;
        for (i, (at, kind, session)) in drawn.iter().enumerate() {
            let earlier = || drawn[..i].iter();
            let ago = |past: &u64| at - past;
            prop_assert!(earlier().all(|(past, ..)| ago(past) >= 30_000), "two within 30 s: {drawn:?}");
            prop_assert!(earlier().filter(|(past, ..)| ago(past) < 86_400_000).count() <= 1, "three in 24 h: {drawn:?}");
            prop_assert!(
                earlier().all(|(past, of, _)| of != kind || ago(past) >= 86_400_000), "a kind twice in 24 h: {drawn:?}");
            prop_assert!(
                earlier().filter(|(past, of, _)| of == kind && ago(past) < 7 * 86_400_000).count() <= 1,
                "a third of a kind in 7 days: {drawn:?}");
            let between_sessions = earlier().filter(|(.., other)| other == session);
            // Coming back after 30 minutes starts a session too; then the day's cap is the tighter one.
            prop_assert!(between_sessions.filter(|(past, ..)| ago(past) < 1_800_000).count() == 0, "two a session: {drawn:?}");
        }
        let shown: u64 = Kind::ALL.iter().map(|kind| bench.engine.failures(*kind, Outcome::Shown)).sum();
        prop_assert!(shown <= drawn.len() as u64, "shown without being drawn");
        prop_assert_eq!(bench.engine.pending_failures(), 0, "all is resolved in the end");
        let told = bench.engine.decisions_after(0).last().map_or(0, |decision| decision.number);
        prop_assert_eq!(bench.resolved(), told, "each decision is one count");
    }

    #[test]
    fn dead_taps_and_slow_loads_are_those_that_a_plain_reading_of_the_rules_finds(
        script in prop::collection::vec((0..2_500_u64, prop_oneof![
            3 => judged_tap(),
            1 => Just(Event::Reaction(Reaction::Frame)),
            1 => Just(Event::ErrorReported),
        ]), 1..60),
        loads in prop::collection::vec((0..3_000_u64, 0..8_000_u64), 0..6),
    ) {
        let mut at = 0;
        let timed: Vec<(u64, &Event)> = script.iter().map(|(gap, event)| { at += gap; (at, event) }).collect();
        let mut bench = Bench::new();
        for (at, event) in &timed {
            bench.advance(*at, Platform::Draws(0));
            bench.event(event, Platform::Draws(0));
        }
        let failed = |bench: &Bench, kind| {
            [Outcome::Shown, Outcome::Suppressed, Outcome::HeldOut, Outcome::Recovered].iter()
                .map(|o| bench.engine.failures(kind, *o)).sum::<u64>()
        };
        bench.advance(at + 100_000, Platform::Draws(0));
        prop_assert_eq!(failed(&bench, Kind::DeadTap), dead_taps(&timed));

        let mut bench = Bench::new();
        bench.event(&Event::Foreground, Platform::Draws(0));
        let mut begin = 0;
        for (load, (gap, lasts)) in (0..).zip(&loads) {
            begin += gap + 9_000;
            bench.advance(begin, Platform::Draws(0));
            let started = Event::LoadStarted { load, kind: LoadKind::Content, progress: false, operation: None };
            bench.event(&started, Platform::Draws(0));
            bench.advance(begin + lasts, Platform::Draws(0));
            bench.event(&Event::LoadEnded { load, end: LoadEnd::Succeeded }, Platform::Draws(0));
        }
        bench.advance(begin + 100_000, Platform::Draws(0));
        // A load is slow when 3 s have passed: one that ends at that very millisecond has been waited for as long.
        let slow = loads.iter().filter(|(_, lasts)| *lasts >= 3_000).count() as u64;
        prop_assert_eq!(failed(&bench, Kind::SlowLoad), slow);
    }

    #[test]
    fn no_time_and_no_order_can_break_it(
        script in prop::collection::vec((any::<u64>(), any::<u64>(), any_event()), 0..60)
    ) {
        let mut engine = Engine::new(
            Settings::default(), "1", 1 << 63, Now { monotonic: Moment::from_ms(u64::MAX / 2), unix_ms: u64::MAX });
        for (at, unix_ms, event) in &script {
            engine.handle(event, Moment::from_ms(*at));
            engine.handle_timeout(Now { monotonic: Moment::from_ms(at.rotate_left(7)), unix_ms: *unix_ms });
            while engine.poll_effect().is_some() {}
        }
    }
}

/// Dead taps by the words of the rule: a tap is dead unless something happened before 3 s were over (the bench steps
/// up to and including each event's millisecond before it tells the event); taps on a target that still
/// waits are the same act.
fn dead_taps(events: &[(u64, &Event)]) -> u64 {
    let mut dead = 0;
    let mut acts: Vec<(u64, u64)> = vec![];
    for (i, (at, event)) in events.iter().enumerate() {
        let Event::Tap(tap) = event else { continue };
        let waits = |(target, since): &(u64, u64)| {
            *target == tap.target && at - since < 3_000 && !reacted_after(events, i, *since)
        };
        if acts.iter().any(waits) {
            continue;
        }
        // What came just before it came of the finger going down: one act, alive.
        let led = events[..i].iter().any(|(t, e)| matches!(e, Event::Reaction(_)) && at - t <= 100);
        if led {
            continue;
        }
        acts.push((tap.target, *at));
        let alive = events[i..].iter().any(|(t, e)| matches!(e, Event::Reaction(_)) && t - at < 3_000);
        dead += u64::from(!alive);
    }
    dead
}

/// Whether something happened after the act that began at `since` and before event number `before`.
fn reacted_after(events: &[(u64, &Event)], before: usize, since: u64) -> bool {
    let begun = events.iter().position(|(t, e)| *t == since && matches!(e, Event::Tap(_))).unwrap_or(0);
    events[begun..before].iter().any(|(_, e)| matches!(e, Event::Reaction(_)))
}

//! The tap path allocates nothing: what runs at each touch must not press on the host's memory.

use amends_core::{
    Content, Engine, Event, Hang, Moment, Now, Playback, Reaction, RequestEnd, Role, Settings, Tap,
};
use std::time::Duration;

#[test]
fn nothing_is_allocated_on_the_tap_path() {
    let start = Now { monotonic: Moment::from_ms(0), unix_ms: 1_700_000_000_000 };
    let mut engine = Engine::new(Settings::default(), "1.0", 1, start);
    engine.handle(&Event::Foreground, Moment::from_ms(0));
    engine.handle(&Event::Screen { name: "Catalogue".into() }, Moment::from_ms(0));
    let mut now = 0;
    let mut run = |rounds: u64| {
        for round in 0..rounds {
            let tap = Tap { target: round % 20, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 };
            for event in [
                Event::Tap(tap),
                Event::RequestStarted { request: round, operation: None },
                Event::Reaction(Reaction::Frame),
                Event::RequestEnded { request: round, end: RequestEnd::Status(200) },
                Event::Content(Content::Good),
                Event::Playback { playback: round % 3, change: Playback::Started },
                Event::Hang(Hang {
                    blocked: Duration::from_millis(100),
                    sleep_asked: Duration::from_millis(50),
                    sleep_took: Duration::from_millis(50),
                    debugger: false,
                }),
            ] {
                now += 25;
                engine.handle(&event, Moment::from_ms(now));
            }
            assert!(engine.poll_effect().is_none(), "a healthy app hears nothing");
        }
    };
    run(10);
    let measured = allocation_counter::measure(|| run(10_000));
    assert_eq!(measured.count_total, 0, "{measured:?}");

    // The counter counts: making a string is seen.
    let measured = allocation_counter::measure(|| drop(std::hint::black_box("x".repeat(9))));
    assert_eq!(measured.count_total, 1);
}

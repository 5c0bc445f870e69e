//! What an engine takes at most, filled to its bounds: 512 KB.

use amends_core::{
    Engine, Event, Hang, LoadKind, Moment, Now, OperationProgress, OperationReport, Playback, Role, Settings,
    SubmitVia, Tap,
};
use std::time::Duration;

/// Every bounded thing pushed beyond its bound.
fn filled() -> Engine {
    let start = Now { monotonic: Moment::from_ms(0), unix_ms: 1_700_000_000_000 };
    let mut engine = Engine::new(Settings::default(), "1.0", 1, start);
    let name = |what: &str, n: u64| format!("{what} {n} {}", "x".repeat(60));
    engine.handle(&Event::Languages { tags: vec!["ar".into()] }, start.monotonic);
    engine.handle(&Event::Foreground, start.monotonic);
    for n in 0..1_000_u64 {
        let at = Moment::from_ms(n * 3_600_000 / 8);
        let hang = Hang {
            blocked: Duration::from_secs(3),
            sleep_asked: Duration::ZERO,
            sleep_took: Duration::ZERO,
            debugger: false,
        };
        for event in [
            Event::Segment { name: Some(name("segment", n % 20)) },
            Event::Screen { name: name("screen", n) },
            Event::Tap(Tap { target: n, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 }),
            Event::Submit { target: n, via: SubmitVia::Enter },
            Event::LoadStarted {
                load: n,
                kind: LoadKind::Content,
                progress: false,
                operation: Some(name("operation", n)),
            },
            Event::RequestStarted { request: n, operation: None },
            Event::Playback { playback: n, change: Playback::Started },
            Event::Playback { playback: n, change: Playback::Stalled },
            Event::Operation(OperationReport {
                id: name("id", n),
                title: Some(name("title", n)),
                progress: OperationProgress::Processing,
                expected_within: None,
                faq_url: Some(format!("https://example.com/{}", "x".repeat(60))),
            }),
            Event::Hang(hang),
        ] {
            engine.handle(&event, at);
        }
        engine.handle_timeout(Now {
            monotonic: at.plus(Duration::from_secs(4)),
            unix_ms: 1_700_000_000_000 + at.as_ms(),
        });
        while engine.poll_effect().is_some() {}
    }
    engine
}

#[test]
fn an_engine_filled_to_its_bounds_stays_below_512_kb() {
    let mut kept = None;
    let measured = allocation_counter::measure(|| kept = Some(filled()));
    let (at_once, in_the_end) = (measured.bytes_max, measured.bytes_current);
    println!("at most {at_once} bytes at once, {in_the_end} in the end");
    assert!(kept.is_some() && in_the_end > 100_000, "it was filled: {in_the_end}");
    assert!(at_once <= 512 * 1_024, "{at_once}");
}

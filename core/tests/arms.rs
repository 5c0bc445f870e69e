//! The two arms go through the same, so that what they do next and what they answer can be compared.
#![allow(clippy::unwrap_used, reason = "a test")]

use amends_core::{Effect, Engine, Event, LoadEnd, LoadKind, Moment, Now, Response, Settings};

const T0: u64 = 1_700_000_000_000;

/// When a device of this arm is asked, after a slow load that comes at 6 s or never.
fn asked_at(holdout: f64, comes: bool) -> Vec<u64> {
    let settings = Settings { holdout, ..Settings::default() };
    let mut engine = Engine::new(settings, "1", 7, Now { monotonic: Moment::from_ms(0), unix_ms: T0 });
    let load = Event::LoadStarted {
        load: 1,
        kind: LoadKind::Content,
        progress: false,
        operation: Some("feed".into()),
    };
    let mut script = vec![(0, Event::Foreground), (1_000, load)];
    if comes {
        script.push((6_000, Event::LoadEnded { load: 1, end: LoadEnd::Succeeded }));
    }
    let (mut asked, mut leaves) = (vec![], vec![]);
    for now in 0..60_000 {
        let at = Moment::from_ms(now);
        for (_, event) in script.iter().filter(|(when, _)| *when == now) {
            engine.handle(event, at);
        }
        leaves.retain(|(when, message)| {
            if *when == now {
                engine.handle(&Event::Responded { message: *message, response: Response::Expired }, at);
            }
            *when != now
        });
        engine.handle_timeout(Now { monotonic: at, unix_ms: T0 + now });
        while let Some(effect) = engine.poll_effect() {
            match effect {
                Effect::Show(message) => {
                    engine.handle(&Event::Shown { message: message.id }, at);
                    let stays = u64::try_from(message.on_screen.as_millis()).unwrap();
                    leaves.push((now + stays, message.id));
                }
                Effect::Ask(question) => {
                    engine.handle(&Event::Shown { message: question.id }, at);
                    asked.push(now);
                }
                _ => {}
            }
        }
    }
    assert_eq!(engine.is_held_out(), holdout > 0.5);
    asked
}

#[test]
fn a_silent_device_is_asked_when_a_speaking_one_is() {
    for comes in [true, false] {
        let (speaking, silent) = (asked_at(0.0, comes), asked_at(1.0, comes));
        assert_eq!((speaking.len(), silent.len()), (1, 1), "{comes}: {speaking:?} {silent:?}");
        // A make-good stays as long as it takes to read: up to a second more than the shortest.
        assert!(speaking[0].abs_diff(silent[0]) <= 1_000, "{comes}: {speaking:?} {silent:?}");
    }
}

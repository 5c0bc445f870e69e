//! Any document, any name, any language: nothing panics, and what comes out can be shown.
#![no_main]

use amends_core::{Document, Effect, Engine, Event, LoadKind, Moment, Now, Role, Settings, SubmitVia, Tap};
use libfuzzer_sys::fuzz_target;

fn said(engine: &mut Engine, name: &str) {
    while let Some(effect) = engine.poll_effect() {
        let Effect::Show(message) = effect else { continue };
        let text = &message.text;
        assert!(!text.trim().is_empty() && text.chars().count() <= 500, "{text:?} for {name:?}");
        let count = |c| text.matches(c).count();
        assert_eq!(count('\u{2068}'), count('\u{2069}'), "{text:?}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?} for {name:?}");
        assert!(message.actions.len() <= 3 && message.actions.iter().all(|a| !a.label.is_empty()), "{message:?}");
        engine.handle(&Event::Shown { message: message.id }, engine_now());
    }
}

fn engine_now() -> Moment {
    Moment::from_ms(0)
}

fuzz_target!(|data: &[u8]| {
    // Four texts, one after the other: a language, a name, an operation, and the document or one template of it.
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(4, '\n');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (language, name, operation, rest) = (part(), part(), part(), part());
    let as_template = serde_json::json!({"version": 1, "rules": [
        {"when": {"kind": "slow_load"}, "say": {"en": rest, "ar": rest}, "fixed": {"en": rest}}]});
    for document in [rest.clone(), as_template.to_string()] {
        let document = match Document::parse(&document) {
            Ok(document) => document,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        let now = Now { monotonic: engine_now(), unix_ms: 1_700_000_000_000 };
        let settings = Settings { holdout: 0.0, ..Settings::default() };
        let mut engine = Engine::new(settings, "1", 1, now);
        engine.use_document(Some(document));
        let at = Moment::from_ms;
        engine.handle(&Event::Languages { tags: vec![language.clone()] }, at(0));
        engine.handle(&Event::Person { name: Some(name.clone()) }, at(0));
        engine.handle(&Event::Foreground, at(0));
        let operation = Some(operation.clone());
        let load = Event::LoadStarted { load: 1, kind: LoadKind::Content, progress: false, operation };
        engine.handle(&load, at(1));
        engine.handle_timeout(Now { monotonic: at(3_001), ..now });
        said(&mut engine, &name);
        engine.handle(&Event::LoadEnded { load: 1, end: amends_core::LoadEnd::Succeeded }, at(3_002));
        engine.handle_timeout(Now { monotonic: at(6_000), ..now });
        said(&mut engine, &name);
        // Another kind, two days later.
        let later = 2 * 86_400_000;
        engine.handle(&Event::NewSession, at(later));
        engine.handle(&Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 }), at(later));
        engine.handle(&Event::Submit { target: 2, via: SubmitVia::Enter }, at(later + 1));
        engine.handle_timeout(Now { monotonic: at(later + 3_001), unix_ms: now.unix_ms + later });
        said(&mut engine, &name);
    }
});

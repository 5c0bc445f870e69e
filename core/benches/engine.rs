//! What an event costs, in steady state, with every detector on.

use amends_core::{Engine, Event, Moment, Now, Reaction, Role, Settings, Tap};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn engine() -> Engine {
    let mut engine =
        Engine::new(Settings::default(), "1.0", 1, Now { monotonic: Moment::from_ms(0), unix_ms: 1 });
    engine.handle(&Event::Foreground, Moment::from_ms(0));
    engine.handle(&Event::Screen { name: "Catalogue".into() }, Moment::from_ms(0));
    engine
}

fn tap(target: u64) -> Event {
    Event::Tap(Tap { target, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
}

/// Taps that are answered, as nearly all are: a request, its end, a changed frame.
fn steady(c: &mut Criterion) {
    let events = [
        tap(1),
        Event::RequestStarted { request: 1, operation: None },
        Event::Reaction(Reaction::Frame),
        Event::RequestEnded { request: 1, end: amends_core::RequestEnd::Status(200) },
        tap(2),
        Event::Reaction(Reaction::Frame),
        tap(3),
        Event::Reaction(Reaction::Scroll),
    ];
    let mut group = c.benchmark_group("engine");
    group.throughput(Throughput::Elements(events.len() as u64));
    let (mut engine, mut now) = (engine(), 0);
    group.bench_function("eight_events_in_steady_state", |b| {
        b.iter(|| {
            for event in &events {
                now += 40;
                engine.handle(black_box(event), Moment::from_ms(now));
            }
            black_box(engine.poll_effect())
        });
    });
    group.finish();
}

criterion_group!(benches, steady);
criterion_main!(benches);

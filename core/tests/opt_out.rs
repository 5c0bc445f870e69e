//! Who does not want to be spoken to, or counted.
#![allow(clippy::unwrap_used, reason = "a test")]

mod bench;

use amends_core::{Event, OptOut, Reason};
use bench::{Bench, tap};

#[test]
fn without_messages_failures_are_counted_in_silence_also_after_a_restart() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(Event::OptOut(OptOut::Messages));
    let mut next = bench.killed_and_restarted();
    next.event(Event::Foreground);
    next.event(tap(1));
    assert!(next.advance(next.now + 5_000).is_empty());
    assert_eq!(next.device.decisions_after(0).last().unwrap().reason, Reason::OptedOut);
    assert_eq!(next.everything_sent("amends.failures"), [("dead_tap/suppressed".to_owned(), 1)]);
}

#[test]
fn who_is_not_counted_leaves_nothing_behind_and_sends_nothing() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(tap(1));
    bench.advance(bench.now + 4_000);
    bench.event(Event::OptOut(OptOut::Everything));
    assert!(!bench.device.what_we_send().contains("amends.failures"));
    bench.event(tap(2));
    bench.advance(bench.now + 4_000);
    bench.event(Event::Background);
    let left = bench.files.content();
    assert!(left.keys().all(|name| !name.starts_with("batch-")), "{:?}", left.keys());
    let mut next = bench.killed_and_restarted();
    next.event(Event::Foreground);
    next.event(tap(3));
    next.advance(next.now + 90_000);
    assert_eq!(next.everything_sent("amends.sessions"), []);
    // And back in: from now on it counts.
    next.event(Event::OptOut(OptOut::Nothing));
    next.event(Event::NewSession);
    next.event(tap(4));
    assert_eq!(next.everything_sent("amends.sessions"), [(String::new(), 1)]);
}

#[test]
fn nothing_of_them_is_on_disk_whatever_fails_meanwhile() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(Event::Screen { name: "SecretScreen".into() });
    bench.event(tap(1));
    for effect in bench.advance(bench.now + 3_000) {
        if let amends_core::Effect::Show(message) = effect {
            bench.event(Event::Shown { message: message.id });
        }
    }
    bench.event(Event::OptOut(OptOut::Everything));
    bench.event(tap(2));
    bench.advance(bench.now + 3_000);
    bench.now += 10_000; // late, and with more at once
    bench.step(&[tap(2), Event::ErrorReported]);
    bench.event(Event::Background);
    for (name, content) in bench.files.content() {
        let text = String::from_utf8_lossy(&content).into_owned();
        assert!(!text.contains("SecretScreen") && !text.contains("failures/"), "{name}: {text}");
    }
    assert!(bench.uploads.is_empty());
    let next = bench.killed_and_restarted();
    assert!(!next.device.what_we_send().contains("aftermath"), "{}", next.device.what_we_send());
}

#[test]
fn a_torn_state_does_not_opt_them_in_again() {
    for of in [OptOut::Messages, OptOut::Everything] {
        let mut bench = Bench::new();
        bench.event(Event::Foreground);
        bench.event(Event::OptOut(of));
        let files = bench.files.snapshot();
        files.garble("state", b"torn".to_vec());
        let mut next = Bench::on(files);
        next.event(Event::Foreground);
        next.event(tap(1));
        assert!(next.advance(next.now + 5_000).is_empty());
        let reason = next.device.decisions_after(0).last().unwrap().reason;
        assert_eq!(reason, Reason::OptedOut, "{of:?}");
        let counted = u64::from(of == OptOut::Messages);
        assert_eq!(next.everything_sent("amends.sessions").len() as u64, counted, "{of:?}");
        // And who is in again is in.
        next.event(Event::OptOut(OptOut::Nothing));
        assert!(!next.files.content().contains_key("opt-out"));
    }
}

#[test]
fn it_is_heard_while_a_crash_loop_has_turned_everything_else_off() {
    let mut bench = Bench::new();
    bench.event(Event::Person { name: Some("Jackie".into()) });
    for _ in 0..6 {
        bench = bench.killed_and_restarted();
    }
    assert!(bench.device.is_off());
    bench.event(Event::OptOut(OptOut::Everything));
    let mut later = bench.killed_and_restarted_after(std::time::Duration::from_secs(5 * 3_600));
    assert!(!later.device.is_off());
    later.event(Event::Foreground);
    later.event(tap(1));
    later.advance(later.now + 5_000);
    assert_eq!(later.device.decisions_after(0).last().unwrap().reason, Reason::OptedOut);
    assert_eq!(later.everything_sent("amends.sessions"), []);
}

#[test]
fn what_was_set_aside_goes_with_the_person() {
    let mut bench = Bench::new();
    bench.event(Event::Person { name: Some("Jackie".into()) });
    bench.files.garble("aside-state", b"Order 1042".to_vec());
    bench.event(Event::Person { name: None });
    assert!(!bench.files.content().contains_key("aside-state"));
}

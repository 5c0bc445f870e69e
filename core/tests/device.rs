//! A device on its files: what is on disk when, what is sent when, and what a next process finds.

#![allow(clippy::panic, reason = "a test")]

mod bench;

use amends_core::{Effect, Event, Kind, Moment, Outcome, UploadAnswer};
use bench::{Bench, tap};
use std::time::Duration;

const OK: UploadAnswer = UploadAnswer::Status { code: 200, retry_after: None };

fn status(code: u16) -> UploadAnswer {
    UploadAnswer::Status { code, retry_after: None }
}

/// Foreground, a dead tap, and the step in which its message is asked for.
fn with_a_message() -> (Bench, u64) {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(Event::Person { name: Some("Jackie".into()) });
    bench.event(Event::Screen { name: "Search".into() });
    bench.event(tap(1));
    let effects = bench.advance(3_000);
    let [Effect::Show(message)] = &effects[..] else { panic!("no message: {effects:?}") };
    assert_eq!(message.text, "Jackie, that tap did nothing. Sorry about that, we are taking a look.");
    assert_eq!(message.kind, Kind::DeadTap);
    (bench, message.id)
}

#[test]
fn a_failure_is_on_disk_before_its_message_is_on_the_screen() {
    let (bench, _) = with_a_message();
    // Killed at the very moment at which `Show` was handed over.
    let mut next = bench.killed_and_restarted();
    assert_eq!(next.everything_sent("amends.failures"), [("dead_tap/suppressed/Search".to_owned(), 1)]);
    next.event(Event::Foreground);
    next.event(tap(1));
    assert!(next.advance(4_000).is_empty(), "it may have been drawn: not a second sorry today");
}

#[test]
fn shown_is_counted_once_it_was_drawn_and_survives_a_kill() {
    let (mut bench, message) = with_a_message();
    bench.event(Event::Shown { message });
    let mut next = bench.killed_and_restarted();
    assert_eq!(next.everything_sent("amends.failures"), [("dead_tap/shown/Search".to_owned(), 1)]);
    assert_eq!(next.everything_sent("amends.apologies"), [("dead_tap/Search".to_owned(), 1)]);
    assert_eq!(next.everything_sent("amends.sessions.failed"), [(String::new(), 1)]);
    let firsts = [("release".to_owned(), 1), ("today".to_owned(), 1)];
    assert_eq!(next.everything_sent("amends.devices.failed"), firsts);
    assert_eq!(
        next.everything_sent("amends.aftermath"),
        [("dead_tap/apologised/abandoned/Search".to_owned(), 1)],
        "the app ended while we watched"
    );
}

#[test]
fn the_name_never_leaves() {
    let (mut bench, message) = with_a_message();
    bench.event(Event::Shown { message });
    assert!(!bench.device.what_we_send().contains("Jackie"));
    for content in bench.files.content().values() {
        assert!(!String::from_utf8_lossy(content).contains("Jackie"), "not even on disk");
    }
}

#[test]
fn it_works_again_before_it_was_drawn() {
    let (mut bench, message) = with_a_message();
    let hide = bench.event(Event::Reaction(amends_core::Reaction::Frame));
    assert_eq!(hide, [Effect::Hide { message }]);
    bench.event(Event::NotShown { message });
    assert_eq!(bench.everything_sent("amends.failures"), [("dead_tap/recovered/Search".to_owned(), 1)]);
    let decision = bench.device.decisions_after(0).last().cloned().unwrap();
    assert_eq!((decision.outcome, decision.screen.as_deref()), (Outcome::Recovered, Some("Search")));
}

#[test]
fn the_first_failure_goes_out_within_ten_seconds_the_next_a_minute_later() {
    let (mut bench, message) = with_a_message();
    bench.event(Event::Shown { message });
    let first = bench.next_upload();
    assert!(first.at.since(Moment::from_ms(3_000)) <= Duration::from_secs(10), "{first:?}");
    bench.event(Event::Uploaded { upload: first.upload.id, answer: OK });
    bench.event(tap(2));
    bench.advance(bench.now + 3_000);
    let second = bench.next_upload();
    let apart = second.at.since(first.at);
    assert!((60..=70).contains(&apart.as_secs()), "{apart:?}");
    assert_ne!(
        bench::header(&first.upload, "Idempotency-Key"),
        bench::header(&second.upload, "Idempotency-Key")
    );
}

#[test]
fn a_batch_is_tried_again_with_the_same_key_and_body_until_it_is_taken() {
    let (mut bench, message) = with_a_message();
    bench.event(Event::Shown { message });
    let first = bench.next_upload();
    let mut last = first.at;
    for answer in [
        UploadAnswer::Unreachable,
        status(429),
        status(502),
        status(503),
        status(504),
        status(302),
        status(511),
    ] {
        bench.event(Event::Uploaded { upload: bench.latest_upload, answer });
        let again = bench.next_upload();
        assert_eq!((&again.upload.headers, &again.upload.body), (&first.upload.headers, &first.upload.body));
        last = again.at;
    }
    let asked = UploadAnswer::Status { code: 503, retry_after: Some(Duration::from_secs(300)) };
    bench.event(Event::Uploaded { upload: bench.latest_upload, answer: asked });
    assert!(bench.next_upload().at.since(last) >= Duration::from_secs(300), "what the server asks for");
    // Also over a restart.
    let mut next = bench.killed_and_restarted();
    let again = next.next_upload();
    assert_eq!((&again.upload.headers, &again.upload.body), (&first.upload.headers, &first.upload.body));
    next.event(Event::Uploaded { upload: next.latest_upload, answer: OK });
    assert!(!next.files.content().keys().any(|name| name.starts_with("batch-")));
}

#[test]
fn a_refused_batch_is_a_counted_loss() {
    for code in [400, 401, 404, 413, 415, 422, 500] {
        let (mut bench, message) = with_a_message();
        bench.event(Event::Shown { message });
        let first = bench.next_upload();
        bench.event(Event::Uploaded { upload: first.upload.id, answer: status(code) });
        assert_eq!(bench.everything_sent("amends.losses"), [("refused".to_owned(), 1)], "{code}");
    }
}

#[test]
fn a_driver_that_never_answers_does_not_stop_the_outbox() {
    let (mut bench, message) = with_a_message();
    bench.event(Event::Shown { message });
    let first = bench.next_upload();
    let again = bench.next_upload();
    assert_eq!(first.upload.body, again.upload.body);
    assert!(again.at.since(first.at) >= Duration::from_secs(120));
}

#[test]
fn denominators_go_out_at_backgrounding_and_nothing_runs_when_nothing_happens() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(tap(1));
    bench.event(Event::Reaction(amends_core::Reaction::Frame));
    bench.event(Event::Background);
    let sent = bench.everything_sent("amends.opportunities");
    let kinds = ["dead_tap", "error", "hang", "rage_tap"].map(|kind| (kind.to_owned(), 1));
    assert_eq!(sent, kinds);
    assert_eq!(bench.everything_sent("amends.sessions"), [(String::new(), 1)]);
    bench.advance(bench.now + 20_000);
    assert_eq!(bench.next_deadline, None);
}

#[test]
fn on_a_full_disk_it_counts_in_silence_and_sends_when_there_is_room() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.advance(10_000);
    bench.files.fill_up(true);
    bench.event(tap(1));
    assert!(bench.advance(14_000).is_empty(), "what is not on disk is not spoken of");
    bench.files.fill_up(false);
    assert_eq!(bench.everything_sent("amends.failures"), [("dead_tap/suppressed".to_owned(), 1)]);
    let mut next = bench.killed_and_restarted();
    let once = [("dead_tap/suppressed".to_owned(), 1)];
    assert_eq!(next.everything_sent("amends.failures"), once, "and not again after the restart");
    next.event(Event::Foreground);
    next.event(tap(2));
    assert!(
        matches!(next.advance(next.now + 3_000)[..], [Effect::Show(_)]),
        "nothing was said, nothing was charged"
    );
}

#[test]
fn batches_too_old_or_over_the_quota_are_counted_losses() {
    let (mut bench, message) = with_a_message();
    bench.event(Event::Shown { message });
    bench.next_upload();
    let mut next = bench.killed_and_restarted_after(Duration::from_secs(8 * 86_400));
    assert_eq!(next.everything_sent("amends.losses"), [("too_old".to_owned(), 1)]);

    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    for round in 0..3_000_u64 {
        // Many places, so that batches are large.
        for place in 0..40_u64 {
            let name = format!("{:016x}{round}{place}", place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            bench.event(Event::Screen { name });
            bench.event(tap(1));
            bench.event(Event::Reaction(amends_core::Reaction::Frame));
        }
        bench.event(Event::Background);
        bench.advance(bench.now + 11_000);
    }
    let size: usize = bench.files.content().values().map(Vec::len).sum();
    assert!(size <= 1_000_000, "{size}");
    assert!(
        bench.everything_sent("amends.losses").iter().any(|(reason, n)| reason == "over_quota" && *n > 0)
    );
}

#[test]
fn a_crash_loop_at_start_turns_it_off_and_four_hours_later_it_tries_again() {
    let mut bench = Bench::new();
    for _ in 0..5 {
        assert!(!bench.device.is_off());
        bench = bench.killed_and_restarted();
    }
    assert!(bench.device.is_off());
    assert_eq!(bench.event(Event::Foreground), []);
    assert_eq!(bench.next_deadline, None);
    let bench = bench.killed_and_restarted_after(Duration::from_secs(4 * 3_600));
    assert!(!bench.device.is_off());
    // A start that lives is good.
    let mut bench = bench;
    for _ in 0..9 {
        bench.event(Event::Foreground);
        bench.advance(bench.now + 6_000);
        bench = bench.killed_and_restarted();
        assert!(!bench.device.is_off());
    }
}

#[test]
fn torn_and_foreign_files_are_set_aside_and_counted() {
    let (mut bench, message) = with_a_message();
    bench.event(Event::Shown { message });
    bench.next_upload(); // what was shown is in a batch
    bench.files.garble("state", b"AMD\x01 not a state".to_vec());
    bench.files.garble("somebody-elses.db", vec![0; 10]);
    let mut next = bench.killed_and_restarted();
    assert_eq!(next.everything_sent("amends.losses"), [("torn_file".to_owned(), 2)]);
    assert_eq!(next.everything_sent("amends.failures"), [("dead_tap/shown/Search".to_owned(), 1)]);
    next.event(Event::Foreground);
    next.event(tap(5));
    let effects = next.advance(next.now + 4_000);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Show(_))), "what was said is unknown: silence");
}

#[test]
fn held_out_devices_are_silent_and_counted_so() {
    let mut bench = Bench::with_holdout(1.0);
    bench.event(Event::Foreground);
    bench.event(tap(1));
    assert!(bench.advance(3_000).is_empty());
    bench.event(tap(1));
    assert_eq!(bench.everything_sent("amends.failures")[0].0, "dead_tap/held_out");
    assert_eq!(bench.everything_sent("amends.aftermath"), [("dead_tap/held_out/retried".to_owned(), 1)]);
}

#[test]
fn the_holdout_share_is_what_was_asked_for() {
    let held_out = (0..20_000).filter(|seed| Bench::seeded(0.1, *seed).device.is_held_out()).count();
    // 20,000 draws at 10 %: five standard deviations are 212.
    assert!((1_788..=2_212).contains(&held_out), "{held_out}");
}

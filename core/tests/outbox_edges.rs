//! What keeps counts and pace right over restarts, full disks and bad days of the canary.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod bench;

use amends_core::{Effect, Event, UploadAnswer};
use bench::{Bench, T0, tap};
use std::io::Read as _;
use std::time::Duration;

const OK: UploadAnswer = UploadAnswer::Status { code: 200, retry_after: None };
const BUSY: UploadAnswer = UploadAnswer::Status { code: 503, retry_after: None };

/// A dead tap, its message drawn.
fn with_a_failure(bench: &mut Bench) {
    bench.event(Event::Foreground);
    bench.event(tap(1));
    let [Effect::Show(message)] = &bench.advance(bench.now + 3_000)[..] else { panic!("no message") };
    bench.event(Event::Shown { message: message.id });
}

#[test]
fn a_window_begins_where_the_earlier_process_began_it() {
    let mut bench = Bench::new();
    with_a_failure(&mut bench);
    let mut next = bench.killed_and_restarted_after(Duration::from_secs(30 * 60));
    let asked = next.next_upload();
    let mut json = String::new();
    flate2::read::GzDecoder::new(&asked.upload.body[..]).read_to_string(&mut json).unwrap();
    let began = format!("\"startTimeUnixNano\":\"{}000000000\"", T0 / 60_000 * 60);
    assert!(json.contains(&began), "{began} in {json}");
}

#[test]
fn a_window_that_a_full_disk_does_not_take_is_tried_again_a_minute_later() {
    let mut bench = Bench::new();
    with_a_failure(&mut bench);
    bench.files.fill_up(true);
    let mut tries = 0;
    let until = bench.now + 10 * 60_000;
    while let Some(deadline) = bench.next_deadline.filter(|deadline| deadline.as_ms() <= until) {
        bench.advance(deadline.as_ms());
        tries += 1;
    }
    // The closing and the saving, each about once a minute, the platform's silence and the aftermath.
    assert!((10..40).contains(&tries), "{tries}");
    bench.files.fill_up(false);
    assert_eq!(bench.everything_sent("amends.failures"), [("dead_tap/shown".to_owned(), 1)]);
}

#[test]
fn after_a_success_the_patience_begins_anew() {
    let mut bench = Bench::new();
    with_a_failure(&mut bench);
    let mut asked = bench.next_upload();
    for _ in 0..9 {
        bench.event(Event::Uploaded { upload: asked.upload.id, answer: BUSY });
        asked = bench.next_upload();
    }
    bench.event(Event::Uploaded { upload: asked.upload.id, answer: OK });
    for _ in 0..20 {
        // Another batch, and its first try fails: it is tried again within 2 s, not within 10 minutes.
        bench.event(Event::ErrorReported);
        bench.event(tap(1));
        bench.advance(bench.now + 20_000);
        bench.event(Event::Background);
        bench.event(Event::Foreground);
        let first = bench.next_upload();
        let failed_at = bench.now;
        bench.event(Event::Uploaded { upload: first.upload.id, answer: BUSY });
        let again = bench.next_upload();
        let waited = Duration::from_millis(again.at.as_ms() - failed_at);
        assert!(waited <= Duration::from_secs(2), "{waited:?}");
        bench.event(Event::Uploaded { upload: again.upload.id, answer: OK });
    }
}

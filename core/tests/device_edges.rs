//! Where a device could lose, double or misplace a count, or speak once too often. Each test is a case that once did.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test")]

mod bench;

use amends_core::{
    Device, Effect, Event, FileEntry, Files, LoadKind, MemoryFiles, Moment, Now, Outcome, Reaction, Seeded,
    Timed, UploadAnswer,
};
use bench::{Bench, T0, tap};
use std::io;
use std::time::Duration;

const OK: UploadAnswer = UploadAnswer::Status { code: 200, retry_after: None };

fn load(load: u64, kind: LoadKind) -> Event {
    Event::LoadStarted { load, kind, progress: false, operation: None }
}

/// A message that was drawn at 3 s.
fn after_a_message() -> Bench {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(Event::Screen { name: "Search".into() });
    bench.event(tap(1));
    let [Effect::Show(message)] = &bench.advance(3_000)[..] else { panic!("no message") };
    bench.event(Event::Shown { message: message.id });
    bench
}

fn says_nothing(bench: &mut Bench) -> bool {
    bench.event(Event::Foreground);
    bench.event(tap(1));
    !bench.advance(bench.now + 3_000).iter().any(|effect| matches!(effect, Effect::Show(_)))
}

fn answered_tap(bench: &mut Bench, target: u64) {
    bench.event(tap(target));
    bench.event(Event::Reaction(Reaction::Frame));
}

const COUNTED: [(&str, u64); 1] = [("dead_tap/shown/Search", 1)];

fn is_counted_once(mut bench: Bench) -> bool {
    let sent = bench.everything_sent("amends.failures");
    sent.iter().map(|(key, n)| (key.as_str(), *n)).eq(COUNTED)
}

#[test]
fn an_update_leaves_counts_to_the_release_that_made_them() {
    let bench = after_a_message();
    let mut config = bench.config.clone();
    config.identity.service_version = "1.2.4".into();
    let mut next = Bench::open(config, bench.files.snapshot(), T0 + 60_000, 9);
    assert_eq!(next.everything_sent("amends.failures"), [("dead_tap/shown/Search".to_owned(), 1)]);
    for body in next.taken.values().map(ToString::to_string) {
        assert!(!(body.contains("amends.failures") && body.contains("1.2.4")), "{body}");
    }
}

#[test]
fn an_awaited_aftermath_survives_the_closing_of_its_window() {
    let mut bench = after_a_message();
    let asked = bench.next_upload();
    bench.take(&asked.upload);
    bench.event(Event::Uploaded { upload: asked.upload.id, answer: OK });
    assert!(bench.now < 30_000);
    let mut next = bench.killed_and_restarted();
    let abandoned = [("dead_tap/apologised/abandoned/Search".to_owned(), 1)];
    assert_eq!(next.everything_sent("amends.aftermath"), abandoned);
}

#[test]
fn all_counts_are_on_disk_at_backgrounding() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    answered_tap(&mut bench, 1);
    bench.event(Event::Background); // closes a window
    bench.now += 2_000;
    bench.event(Event::Foreground);
    bench.now += 1_000;
    answered_tap(&mut bench, 2);
    bench.now += 1_000;
    bench.event(Event::Background); // suspended from here on, then killed
    let mut next = bench.killed_and_restarted();
    let opportunities = next.everything_sent("amends.opportunities");
    assert!(opportunities.contains(&("dead_tap".to_owned(), 2)), "{opportunities:?}");
}

#[test]
fn what_was_saved_survives_a_disk_that_fills_up() {
    let mut bench = after_a_message();
    bench.files.fill_up(true);
    bench.advance(14_000); // the window was to close
    assert!(is_counted_once(bench.killed_and_restarted()));
}

#[test]
fn leaving_is_no_recovery() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(tap(1));
    let [Effect::Show(message)] = &bench.advance(3_000)[..] else { panic!("no message") };
    let hidden = bench.event(Event::Background);
    assert_eq!(hidden, [Effect::Hide { message: message.id }]);
    bench.event(Event::NotShown { message: message.id });
    assert_eq!(bench.device.decisions_after(0).last().unwrap().outcome, Outcome::Suppressed);
}

#[test]
fn a_failed_session_is_counted_where_its_session_is() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(Event::Segment { name: Some("vip".into()) });
    bench.event(tap(1));
    bench.advance(3_000);
    assert_eq!(bench.everything_sent("amends.sessions.failed"), [("vip".to_owned(), 1)]);
    assert_eq!(bench.sums("amends.sessions"), [("vip".to_owned(), 1)]);
}

#[test]
fn a_failure_is_counted_on_the_screen_of_its_opportunity() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(Event::Screen { name: "Details".into() });
    bench.event(load(1, LoadKind::Content));
    bench.now += 1_000;
    bench.event(Event::Screen { name: "Home".into() });
    bench.advance(4_000);
    assert!(bench.everything_sent("amends.failures")[0].0.ends_with("Details"));
}

#[test]
fn the_order_of_visits_does_not_leave_the_device() {
    let visit = |screens: [&str; 2]| {
        let mut bench = Bench::new();
        bench.event(Event::Foreground);
        for name in screens {
            bench.event(Event::Screen { name: name.into() });
            answered_tap(&mut bench, 1);
        }
        bench.device.what_we_send()
    };
    assert_eq!(visit(["Cart", "Test results"]), visit(["Test results", "Cart"]));
}

#[test]
fn window_times_are_whole_minutes_and_do_not_chain() {
    let bench = after_a_message();
    let body: serde_json::Value = serde_json::from_str(&bench.device.what_we_send()).unwrap();
    let point = &body["resourceMetrics"][0]["scopeMetrics"][0]["metrics"][0]["sum"]["dataPoints"][0];
    let seconds = |key: &str| point[key].as_str().unwrap().parse::<u64>().unwrap() / 1_000_000_000;
    let (start, end) = (seconds("startTimeUnixNano"), seconds("timeUnixNano"));
    assert_eq!((start % 60, end % 60), (0, 0));
    assert!(start <= T0 / 1_000 && end > (T0 + bench.now) / 1_000 && end - start == 60);
}

#[test]
fn the_directory_stays_within_a_megabyte_whatever_lies_in_it() {
    let files = MemoryFiles::new();
    files.garble("foreign.db", vec![0; 5_000_000]);
    files.garble("batch-ffffffffffffffff", vec![0; 10]);
    for number in 0..9 {
        files.garble(&format!("foreign-{number}"), vec![0; 10]);
    }
    let bench = Bench::on(files);
    let content = bench.files.content();
    assert!(content.values().map(Vec::len).sum::<usize>() <= 1_000_000);
    assert!(content.keys().filter(|name| name.starts_with("aside-")).count() <= 4, "{:?}", content.keys());
}

#[test]
fn a_past_that_is_unknown_stays_unknown_until_it_is_written() {
    let bench = after_a_message();
    let files = bench.files.snapshot();
    files.garble("state", vec![1]);
    files.fill_up(true);
    drop(Bench::open(bench.config.clone(), files.clone(), T0 + 10_000, 5)); // sets it aside, cannot write another
    files.fill_up(false);
    assert!(says_nothing(&mut Bench::open(bench.config.clone(), files, T0 + 20_000, 6)));
}

/// Files that are there, but not to be had: a phone before it was first unlocked.
struct Locked {
    files: MemoryFiles,
    list: bool,
}

impl Files for Locked {
    fn list(&mut self) -> io::Result<Vec<FileEntry>> {
        if self.list { Err(io::ErrorKind::PermissionDenied.into()) } else { self.files.list() }
    }

    fn read(&mut self, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.files.replace(name, content)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        self.files.rename(from, to)
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.files.remove(name)
    }
}

#[test]
fn what_cannot_be_read_now_is_left_as_it_is() {
    for list in [true, false] {
        let mut bench = after_a_message();
        bench.event(Event::Background); // a batch, too
        let files = bench.files.snapshot();
        let before = files.content();
        let now = |ms| Now { monotonic: Moment::from_ms(ms), unix_ms: T0 + ms };
        let locked = Box::new(Locked { files: files.clone(), list });
        let mut device = Device::open(bench.config.clone(), locked, Box::new(Seeded::new(1)), now(0));
        let at = Moment::from_ms(1);
        let events = [Event::Foreground, tap(1), Event::Background].map(|event| Timed { at, event });
        assert_eq!(device.step(&events, now(2)), amends_core::Step::default());
        assert!(device.is_off());
        drop(device);
        assert_eq!(files.content(), before);
    }
}

#[test]
fn what_begins_among_missing_evidence_is_not_judged() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.step(&[
        Event::QueueDropped { count: 9 },
        tap(1),
        Event::Submit { target: 2, via: amends_core::SubmitVia::Enter },
    ]);
    bench.advance(20_000);
    assert_eq!(bench.device.decisions_after(0).count(), 0);
    bench.event(tap(1));
    assert!(matches!(bench.advance(23_000)[..], [Effect::Show(_)]), "what begins later is");
    assert_eq!(bench.everything_sent("amends.losses"), [("queue_overflow".to_owned(), 9)]);
}

#[test]
fn a_wild_stamp_does_not_break_judgement() {
    let mut bench = Bench::new();
    let mut at = |stamp: u64, now: u64, event: Event| {
        let now = Now { monotonic: Moment::from_ms(now), unix_ms: T0 };
        bench.device.step(&[Timed { at: Moment::from_ms(stamp), event }], now);
        bench.device.decisions_after(0).count()
    };
    at(u64::MAX, 1, Event::Foreground);
    at(100, 100, tap(1));
    assert_eq!(at(200, 200, Event::Reaction(Reaction::Frame)), 0);
}

#[test]
fn what_was_stamped_before_the_device_was_opened_keeps_its_time() {
    let now = |ms| Now { monotonic: Moment::from_ms(ms), unix_ms: T0 + ms };
    let config = Bench::new().config.clone();
    let mut device = Device::open(config, Box::new(MemoryFiles::new()), Box::new(Seeded::new(1)), now(2_000));
    let at = Moment::from_ms(0);
    let events = [Event::Foreground, load(1, LoadKind::ColdLaunch)].map(|event| Timed { at, event });
    device.step(&events, now(2_000));
    assert!(matches!(device.step(&[], now(5_000)).effects[..], [Effect::Show(_)]), "5 s after the stamp");
}

#[test]
fn places_beyond_the_bound_are_lumped_without_a_screen() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(Event::Screen { name: "Pay".into() });
    answered_tap(&mut bench, 1);
    bench.event(Event::Background); // a window ends here, at this screen
    bench.event(Event::Foreground);
    for segment in ["a", "b"] {
        bench.event(Event::Segment { name: Some(segment.into()) });
        for screen in 0..200 {
            bench.event(Event::Screen { name: format!("s{screen}") });
            answered_tap(&mut bench, 1);
        }
    }
    assert!(!bench.device.what_we_send().contains("Pay"));
}

#[test]
fn a_loads_number_is_no_element() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    bench.event(load(5, LoadKind::Content));
    let [Effect::Show(message)] = &bench.advance(3_000)[..] else { panic!("no message") };
    bench.event(Event::Shown { message: message.id });
    answered_tap(&mut bench, 5);
    bench.advance(40_000);
    let aftermath = bench.everything_sent("amends.aftermath");
    assert_eq!(aftermath, [("slow_load/apologised/continued".to_owned(), 1)]);
}

#[test]
fn denominators_do_not_hold_up_the_first_failure() {
    let mut bench = Bench::new();
    bench.event(Event::Foreground);
    answered_tap(&mut bench, 1);
    bench.event(Event::Background);
    let asked = bench.next_upload();
    bench.event(Event::Uploaded { upload: asked.upload.id, answer: OK });
    bench.now += 1_000;
    bench.event(Event::Foreground);
    bench.event(tap(2));
    bench.advance(bench.now + 3_000);
    let found = Moment::from_ms(bench.now);
    assert!(bench.next_upload().at.since(found) <= Duration::from_secs(10));
}

#[test]
fn a_second_failure_does_not_put_off_the_first_and_flipping_makes_no_batches() {
    let mut bench = after_a_message();
    let due = bench.next_deadline;
    bench.event(Event::ErrorReported);
    assert_eq!(bench.next_deadline, due);
    let mut bench = Bench::new();
    for _ in 0..5 {
        bench.event(Event::Foreground);
        answered_tap(&mut bench, 1);
        bench.event(Event::Background);
        bench.now += 1_000;
    }
    assert_eq!(bench.files.content().keys().filter(|name| name.starts_with("batch-")).count(), 1);
}

#[test]
fn a_clock_that_jumps_does_not_make_batches_old() {
    let mut bench = after_a_message();
    let asked = bench.next_upload();
    bench.event(Event::Uploaded { upload: asked.upload.id, answer: UploadAnswer::Unreachable });
    bench.unix += 30 * 86_400_000;
    bench.advance(bench.now + 3_000);
    bench.unix -= 30 * 86_400_000;
    assert!(is_counted_once(bench));
}

#[test]
fn an_answer_that_comes_too_late_touches_no_other_upload() {
    let mut bench = after_a_message();
    let first = bench.next_upload();
    let second = bench.next_upload(); // 120 s later, the same batch again
    bench.event(Event::Uploaded { upload: first.upload.id, answer: OK });
    assert!(bench.files.content().keys().any(|name| name.starts_with("batch-")));
    bench.event(Event::Uploaded { upload: second.upload.id, answer: OK });
    assert!(!bench.files.content().keys().any(|name| name.starts_with("batch-")));
}

#[test]
fn the_first_word_on_who_is_there_takes_no_message_away_another_person_does() {
    let mut bench = after_a_message();
    assert_eq!(bench.event(Event::Person { name: Some("Jackie".into()) }), []);
    assert!(matches!(bench.event(Event::Person { name: Some("Ann".into()) })[..], [Effect::Hide { .. }]));
}

#[test]
fn a_third_sorry_of_a_kind_is_not_said_even_when_the_past_was_torn() {
    const DAY: u64 = 86_400_000;
    let files = MemoryFiles::new();
    let config = Bench::new().config.clone();
    let mut said = 0;
    for (n, start) in [(0, 0), (1, DAY + 60_000), (2, 3 * DAY), (3, 4 * DAY + 120_000)] {
        if n == 2 {
            files.garble("state", vec![1]);
        }
        let mut bench = Bench::open(config.clone(), files.clone(), T0 + start, n);
        bench.event(Event::Foreground);
        bench.event(tap(1));
        for effect in bench.advance(3_000) {
            if let Effect::Show(message) = effect {
                said += 1;
                bench.event(Event::Shown { message: message.id });
            }
        }
        bench.event(Event::Background);
    }
    assert_eq!(said, 2);
}

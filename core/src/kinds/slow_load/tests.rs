use super::super::{Kind, Over, testing::Bench};
use super::*;

fn started(load: u64, kind: LoadKind, progress: bool) -> Event {
    Event::LoadStarted { load, kind, progress, operation: None }
}

fn ended(load: u64, end: LoadEnd) -> Event {
    Event::LoadEnded { load, end }
}

fn bench() -> Bench<Watch> {
    let mut bench = Bench::new(Kind::SlowLoad);
    bench.at(0, &Event::Foreground);
    bench
}

#[test]
fn each_sort_of_load_has_its_threshold() {
    for (kind, progress, threshold) in [
        (LoadKind::Content, false, 3_000),
        (LoadKind::Content, true, 10_000),
        (LoadKind::ColdLaunch, false, 5_000),
        (LoadKind::WarmLaunch, true, 2_000),
        (LoadKind::HotLaunch, false, 1_500),
    ] {
        let mut b = bench();
        b.at(100, &started(1, kind, progress)).until(100 + threshold - 1);
        assert_eq!((b.failures(), b.opportunities()), (0, 1), "{kind:?} a moment before");
        assert_eq!(b.until(100 + threshold).failures(), 1, "{kind:?} at its threshold");
    }
}

#[test]
fn a_load_that_ends_in_time_is_silent_even_at_the_very_moment() {
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(3_000, &ended(1, LoadEnd::Succeeded)).until(60_000);
    assert_eq!((b.failures(), b.worked()), (0, 0));
    assert_eq!(b.next_deadline_ms(), None);
    b.at(70_000, &started(1, LoadKind::Content, false)).at(72_999, &ended(1, LoadEnd::Succeeded));
    assert_eq!((b.failures(), b.worked()), (0, 1));
}

#[test]
fn what_failed_or_was_given_up_in_time_has_not_worked() {
    for (end, worked) in [(LoadEnd::Succeeded, 1), (LoadEnd::Empty, 0), (LoadEnd::Failed, 0), (LoadEnd::Cancelled, 0)] {
        let mut b = bench();
        b.at(0, &started(1, LoadKind::Content, false)).at(100, &ended(1, end)).until(60_000);
        assert_eq!((b.failures(), b.worked()), (0, worked), "{end:?}");
    }
}

#[test]
fn progress_in_time_moves_the_deadline() {
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(2_900, &Event::LoadProgress { load: 1 }).until(9_999);
    assert_eq!(b.failures(), 0);
    assert_eq!(b.until(10_000).failures(), 1);
}

#[test]
fn a_slow_load_that_comes_after_all_recovers_one_that_the_person_left_does_not() {
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(6_000, &ended(1, LoadEnd::Succeeded));
    b.at(7_000, &started(2, LoadKind::Content, false)).at(11_000, &ended(2, LoadEnd::Cancelled));
    b.at(12_000, &started(3, LoadKind::Content, false)).at(16_000, &Event::Background);
    b.at(16_001, &Event::Foreground);
    b.at(20_000, &started(4, LoadKind::Content, false)).at(24_000, &ended(4, LoadEnd::Failed));
    assert_eq!(b.failures(), 4);
    assert_eq!(b.overs(), [Over::Recovered, Over::Left, Over::Left]);
}

#[test]
fn a_launch_is_judged_once_it_is_in_front() {
    let launch = started(1, LoadKind::ColdLaunch, false);
    for (in_front_at, found_at) in [(200, Some(5_000)), (6_000, Some(6_000)), (30_001, None)] {
        let mut b = Bench::<Watch>::new(Kind::SlowLoad);
        b.at(0, &launch).at(in_front_at, &Event::Foreground);
        if let Some(found_at) = found_at {
            let before = if found_at > in_front_at { b.until(found_at - 1).failures() } else { 0 };
            assert_eq!((before, b.until(found_at).failures(), b.opportunities()), (0, 1, 1), "{in_front_at}");
        } else {
            assert_eq!((b.until(60_000).failures(), b.opportunities()), (0, 0), "prepared, and opened later");
        }
    }
}

#[test]
fn what_the_person_left_for_another_screen_is_not_waited_for() {
    let tab = Event::Tap(crate::event::Tap {
        target: 1,
        role: crate::event::Role::Tab,
        enabled: true,
        fingers: 1,
        x: 0,
        y: 0,
    });
    let screen = Event::Screen { name: "Next".into() };
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(1_000, &tab).at(1_100, &screen).until(60_000);
    assert_eq!(b.failures(), 0);
    let mut b = bench();
    b.at(0, &tab).at(10, &started(1, LoadKind::Content, false)).at(100, &screen).until(60_000);
    assert_eq!(b.failures(), 1, "the screen that it is for comes after it");
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(4_000, &tab).at(4_100, &screen);
    assert_eq!((b.failures(), b.overs()), (1, vec![Over::Left]));
}

#[test]
fn nothing_is_watched_longer_than_thirty_seconds() {
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).until(30_000);
    assert_eq!(b.next_deadline_ms(), None);
    assert!(b.at(31_000, &ended(1, LoadEnd::Succeeded)).overs().is_empty());
}

#[test]
fn in_the_background_nobody_waits() {
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(1_000, &Event::Background);
    b.at(2_000, &started(2, LoadKind::Content, false)).until(60_000);
    assert_eq!((b.failures(), b.opportunities()), (0, 1));
}

#[test]
fn missing_evidence_is_no_evidence() {
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(2_000, &Event::QueueDropped { count: 5 }).until(60_000);
    assert_eq!(b.failures(), 0);
}

#[test]
fn more_loads_than_fit_push_out_the_oldest() {
    let mut b = bench();
    for load in 0..MOST_LOADS as u64 + 5 {
        b.at(load, &started(load, LoadKind::Content, false));
    }
    assert_eq!(b.until(20_000).failures(), MOST_LOADS);
}

fn tap(target: u64) -> Event {
    Event::Tap(crate::event::Tap { target, role: crate::event::Role::Tab, enabled: true, fingers: 1, x: 0, y: 0 })
}

fn screen() -> Event {
    Event::Screen { name: "Next".into() }
}

#[test]
fn another_load_that_is_slow_makes_none_but_its_own_slow() {
    let named = |load, operation: &str| {
        let operation = Some(operation.to_owned());
        Event::LoadStarted { load, kind: LoadKind::Content, progress: false, operation }
    };
    for (second, worked) in [("basket", 1), ("search", 0)] {
        let mut b = bench();
        b.at(0, &named(1, "search")).at(4_000, &named(2, second)).at(4_100, &ended(2, LoadEnd::Succeeded));
        assert_eq!((b.failures(), b.worked()), (1, worked), "{second}");
    }
    let mut b = bench();
    b.at(0, &named(1, "search")).at(100, &named(2, "search")).at(200, &ended(2, LoadEnd::Succeeded));
    assert_eq!(b.worked(), 1, "one that is not slow yet");
}

#[test]
fn what_began_in_the_background_is_not_waited_for_once_in_front() {
    let mut b = bench();
    b.at(0, &Event::Background).at(1_000, &started(1, LoadKind::Content, false)).at(2_000, &Event::Foreground);
    assert_eq!((b.until(60_000).failures(), b.opportunities()), (0, 0));
    let mut b = Bench::<Watch>::new(Kind::SlowLoad);
    b.at(0, &started(1, LoadKind::ColdLaunch, false)).at(100, &started(2, LoadKind::Content, false));
    b.at(200, &Event::Foreground).at(300, &ended(1, LoadEnd::Succeeded));
    assert_eq!((b.until(60_000).failures(), b.opportunities()), (1, 2), "what a launch loads is");
}

#[test]
fn what_begins_with_the_tap_is_for_the_screen_that_comes() {
    let mut b = bench();
    b.at(10, &tap(1)).at(10, &started(1, LoadKind::Content, false)).at(100, &screen()).until(60_000);
    assert_eq!(b.failures(), 1);
}

#[test]
fn the_latest_tap_leads_to_the_screen_unless_it_is_a_second_one_on_the_same() {
    for (target, at, failures) in [(2, 500, 0), (1, 500, 1), (1, 1_000, 1), (1, 1_001, 0)] {
        let mut b = bench();
        b.at(0, &tap(1)).at(10, &started(1, LoadKind::Content, false)).at(at, &tap(target));
        assert_eq!(b.at(at + 100, &screen()).until(60_000).failures(), failures, "{target} at {at}");
    }
}

#[test]
fn a_submit_leads_to_a_screen_too_and_is_in_front() {
    let submit = Event::Submit { target: 1, via: crate::event::SubmitVia::Enter };
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(1_000, &submit).at(1_100, &screen()).until(60_000);
    assert_eq!(b.failures(), 0);
    let mut b = Bench::<Watch>::new(Kind::SlowLoad);
    b.at(0, &submit).at(10, &started(1, LoadKind::Content, false));
    assert_eq!((b.until(60_000).failures(), b.opportunities()), (1, 1));
}

#[test]
fn progress_is_of_one_load() {
    let mut b = bench();
    b.at(0, &started(1, LoadKind::Content, false)).at(0, &started(2, LoadKind::Content, false));
    b.at(2_900, &Event::LoadProgress { load: 2 }).at(3_500, &ended(2, LoadEnd::Succeeded));
    assert_eq!((b.failures(), b.overs()), (1, vec![]));
    assert_eq!(b.at(3_600, &ended(1, LoadEnd::Succeeded)).overs(), [Over::Recovered]);
}

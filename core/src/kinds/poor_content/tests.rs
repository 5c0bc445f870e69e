use super::super::{Kind, Over, testing::Bench};
use super::*;
use crate::event::Playback;

fn bench() -> Bench<Watch> {
    let mut bench = Bench::new(Kind::PoorContent);
    bench.at(0, &Event::Foreground);
    bench
}

fn started(load: u64, operation: &str) -> Event {
    let operation = Some(operation.to_owned());
    Event::LoadStarted { load, kind: LoadKind::Content, progress: false, operation }
}

fn ended(load: u64, end: LoadEnd) -> Event {
    Event::LoadEnded { load, end }
}

fn playback(change: Playback) -> Event {
    Event::Playback { playback: 1, change }
}

#[test]
fn each_sort_of_bad_content_is_a_failure_and_good_content_is_none() {
    for content in [Content::Empty, Content::BrokenImage, Content::Poor] {
        let mut b = bench();
        b.at(5, &Event::Content(content));
        assert_eq!((b.failures(), b.opportunities()), (1, 1), "{content:?}");
    }
    let mut b = bench();
    b.at(5, &Event::Content(Content::Good));
    assert_eq!((b.failures(), b.opportunities()), (0, 1));
}

#[test]
fn a_search_without_results_and_one_with() {
    let mut b = bench();
    b.at(0, &started(1, "search")).at(300, &ended(1, LoadEnd::Empty));
    assert_eq!((b.until(1_299).failures(), b.opportunities()), (0, 1));
    assert_eq!((b.until(1_300).failures(), b.next_deadline_ms()), (1, None));
    b.at(20_000, &started(2, "search")).at(20_300, &ended(2, LoadEnd::Succeeded));
    assert_eq!((b.failures(), b.opportunities()), (1, 2));
    assert_eq!(b.overs(), [Over::Recovered]);
}

#[test]
fn another_load_that_succeeds_mends_nothing() {
    let mut b = bench();
    b.at(0, &started(1, "search")).at(300, &ended(1, LoadEnd::Empty));
    b.at(400, &started(2, "basket")).at(500, &ended(2, LoadEnd::Succeeded));
    b.at(5_000, &Event::Content(Content::Good));
    assert_eq!(b.failures(), 1);
    assert!(b.overs().is_empty());
}

#[test]
fn nothing_found_between_two_letters_is_recovered() {
    let mut b = bench();
    b.at(0, &started(1, "search")).at(300, &ended(1, LoadEnd::Empty)).at(1_200, &started(2, "search"));
    b.at(3_000, &ended(2, LoadEnd::Succeeded)).until(9_000);
    assert_eq!((b.failures(), b.overs(), b.opportunities()), (1, vec![Over::Recovered], 2));
    for (end, found_at) in [(LoadEnd::Empty, 4_000), (LoadEnd::Cancelled, 4_000), (LoadEnd::Failed, 4_000)] {
        let mut b = bench();
        b.at(0, &started(1, "search")).at(300, &ended(1, LoadEnd::Empty)).at(1_200, &started(2, "search"));
        b.at(3_000, &ended(2, end));
        assert_eq!((b.until(found_at - 1).failures(), b.until(found_at).failures()), (0, 1), "{end:?}");
        assert_eq!(b.opportunities(), 1);
    }
}

#[test]
fn going_on_within_the_second_loses_no_failure() {
    for event in [Event::Background, Event::Screen { name: "Next".into() }] {
        let mut b = bench();
        b.at(0, &started(1, "search")).at(300, &ended(1, LoadEnd::Empty)).at(500, &event);
        assert_eq!((b.failures(), b.overs(), b.next_deadline_ms()), (1, vec![Over::Left], None));
    }
}

#[test]
fn a_load_that_fails_or_is_given_up_shows_nothing() {
    let mut b = bench();
    b.at(0, &started(1, "a")).at(1, &ended(1, LoadEnd::Failed));
    b.at(2, &started(2, "a")).at(3, &ended(2, LoadEnd::Cancelled)).at(4, &ended(9, LoadEnd::Empty));
    assert_eq!((b.failures(), b.opportunities()), (0, 0));
}

#[test]
fn reports_of_one_sort_are_one_moment_until_ten_seconds_later_or_another_screen() {
    let mut b = bench();
    let broken = Event::Content(Content::BrokenImage);
    b.at(0, &broken).at(100, &broken).at(9_999, &broken);
    assert_eq!((b.failures(), b.opportunities()), (1, 1));
    b.at(10_000, &broken);
    assert_eq!(b.failures(), 2);
    b.at(10_100, &Event::Content(Content::Poor));
    assert_eq!(b.failures(), 3, "another sort is another moment");
    b.at(10_200, &Event::Screen { name: "Next".into() }).at(10_300, &broken);
    assert_eq!(b.failures(), 4);
}

#[test]
fn a_playback_that_stands_still_for_two_seconds() {
    let mut b = bench();
    b.at(0, &playback(Playback::Started)).at(5_000, &playback(Playback::Stalled)).until(6_999);
    assert_eq!((b.failures(), b.opportunities()), (0, 1));
    assert_eq!(b.until(7_000).failures(), 1);
    b.at(9_000, &playback(Playback::Resumed));
    assert_eq!(b.overs(), [Over::Recovered]);
    assert_eq!(b.next_deadline_ms(), None);
}

#[test]
fn the_third_stall_within_a_minute() {
    let mut b = bench();
    b.at(0, &playback(Playback::Started));
    for at in [1_000, 20_000, 60_999] {
        b.at(at, &playback(Playback::Stalled)).at(at + 500, &playback(Playback::Resumed));
    }
    assert_eq!(b.failures(), 1);
    let mut b = bench();
    b.at(0, &playback(Playback::Started));
    for at in [1_000, 20_000, 61_000] {
        b.at(at, &playback(Playback::Stalled)).at(at + 500, &playback(Playback::Resumed));
    }
    assert_eq!(b.failures(), 0, "not within a minute");
}

#[test]
fn after_a_jump_or_a_pause_waiting_is_the_persons_own() {
    for own in [Playback::Sought, Playback::Paused] {
        let mut b = bench();
        b.at(0, &playback(Playback::Started)).at(5_000, &playback(own));
        b.at(5_100, &playback(Playback::Stalled)).until(20_000);
        assert_eq!(b.failures(), 0, "{own:?}");
        b.at(20_000, &playback(Playback::Resumed)).at(21_000, &playback(Playback::Stalled)).until(30_000);
        assert_eq!(b.failures(), 1, "{own:?}: and then it plays again");
    }
}

#[test]
fn a_stall_that_the_person_leaves_is_not_judged_or_is_left() {
    for (event, over) in [
        (playback(Playback::Ended), Over::Left),
        (playback(Playback::Paused), Over::Left),
        (Event::Background, Over::Left),
    ] {
        let mut b = bench();
        b.at(0, &playback(Playback::Started)).at(5_000, &playback(Playback::Stalled));
        b.at(6_000, &event).until(30_000);
        assert_eq!(b.failures(), 0, "{event:?}");
        let mut b = bench();
        b.at(0, &playback(Playback::Started)).at(5_000, &playback(Playback::Stalled)).at(8_000, &event);
        assert_eq!((b.failures(), b.overs()), (1, vec![over]), "{event:?}");
    }
}

#[test]
fn before_the_first_frame_it_is_a_load_and_not_a_playback() {
    let mut b = bench();
    b.at(0, &playback(Playback::Stalled)).until(30_000);
    assert_eq!((b.failures(), b.opportunities()), (0, 0));
}

#[test]
fn what_is_not_in_front_is_not_seen() {
    let mut b = bench();
    b.at(1, &Event::Background).at(2, &Event::Content(Content::Poor)).at(3, &playback(Playback::Started));
    assert_eq!((b.failures(), b.opportunities()), (0, 0));
}

#[test]
fn missing_evidence_is_no_evidence() {
    let mut b = bench();
    b.at(0, &playback(Playback::Started)).at(1, &playback(Playback::Stalled)).at(2, &started(1, "a"));
    b.at(3, &Event::QueueDropped { count: 1 }).at(4, &ended(1, LoadEnd::Empty)).until(30_000);
    assert_eq!(b.failures(), 0);
}

#[test]
fn playbacks_and_loads_are_bounded() {
    let mut b = bench();
    for n in 0..100 {
        b.at(n, &Event::Playback { playback: n, change: Playback::Started });
        b.at(n, &Event::Playback { playback: n, change: Playback::Stalled }).at(n, &started(n, "a"));
    }
    assert_eq!(b.until(60_000).failures(), 8);
}

#[test]
fn loads_beside_each_other_are_judged_each() {
    let mut b = bench();
    b.at(0, &started(1, "search")).at(1, &started(2, "basket"));
    b.at(300, &ended(1, LoadEnd::Empty)).at(400, &ended(2, LoadEnd::Succeeded));
    assert_eq!((b.until(9_000).failures(), b.opportunities()), (1, 2));
    let mut b = bench();
    b.at(0, &started(1, "search")).at(1, &started(1, "search"));
    b.at(300, &ended(1, LoadEnd::Succeeded)).at(400, &ended(1, LoadEnd::Succeeded));
    assert_eq!(b.opportunities(), 1, "a number is one load");
}

#[test]
fn what_stands_is_mended_by_the_same_name_only() {
    let mut b = bench();
    b.at(0, &started(1, "search")).at(300, &ended(1, LoadEnd::Empty)).until(2_000);
    b.at(5_000, &started(2, "basket")).at(5_100, &ended(2, LoadEnd::Succeeded));
    assert_eq!((b.failures(), b.overs()), (1, vec![]));
    let kind = LoadKind::Content;
    let nameless = Event::LoadStarted { load: 3, kind, progress: false, operation: None };
    let mut b = bench();
    b.at(0, &Event::Content(Content::Poor)).at(5_000, &nameless).at(5_100, &ended(3, LoadEnd::Succeeded));
    assert_eq!((b.failures(), b.overs()), (1, vec![]), "what has no name is not known again");
}

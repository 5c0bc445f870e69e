use super::super::{Kind, Over, testing::Bench};
use super::*;
use crate::event::{Reaction, SubmitVia, Tap};

fn bench() -> Bench<Watch> {
    Bench::new(Kind::Error)
}

fn tap() -> Event {
    Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
}

fn started(request: u64) -> Event {
    Event::RequestStarted { request, operation: Some("POST /orders".into()) }
}

fn ended(request: u64, end: RequestEnd) -> Event {
    Event::RequestEnded { request, end }
}

#[test]
fn a_failed_request_of_an_open_action() {
    for (end, failures) in [
        (RequestEnd::Status(503), 1),
        (RequestEnd::Status(500), 1),
        (RequestEnd::TimedOut, 1),
        (RequestEnd::Unreachable, 1),
        (RequestEnd::Status(200), 0),
        (RequestEnd::Status(404), 0),
        (RequestEnd::Status(429), 0),
        (RequestEnd::Cancelled, 0),
    ] {
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(4_000, &ended(1, end));
        assert_eq!((b.until(5_000).failures(), b.opportunities()), (failures, 1), "{end:?}");
    }
}

#[test]
fn an_action_works_if_what_it_asked_for_came_and_nothing_of_it_failed() {
    let worked = |ends: &[RequestEnd]| {
        let mut b = bench();
        b.at(0, &tap());
        for (n, end) in (1..).zip(ends) {
            b.at(n, &started(n)).at(n, &ended(n, *end));
        }
        b.worked()
    };
    assert_eq!(worked(&[RequestEnd::Status(200)]), 1);
    assert_eq!(worked(&[RequestEnd::Status(404)]), 0);
    assert_eq!(worked(&[RequestEnd::Cancelled]), 0);
    assert_eq!(worked(&[RequestEnd::Status(503), RequestEnd::Status(200)]), 0);
}

#[test]
fn polling_that_fails_is_not_the_persons_error() {
    let mut b = bench();
    b.at(0, &started(1)).at(10, &tap()).at(20, &ended(1, RequestEnd::Status(503)));
    b.at(500, &started(2)).at(600, &ended(2, RequestEnd::Unreachable));
    assert_eq!(b.failures(), 0);
}

#[test]
fn impatience_does_not_hide_an_error() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(900, &tap()).at(1_500, &ended(1, RequestEnd::Status(503)));
    assert_eq!((b.until(2_000).failures(), b.opportunities()), (1, 1));
    let elsewhere = Event::Tap(Tap { target: 2, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 });
    b.at(9_000, &tap()).at(9_050, &started(2)).at(9_500, &elsewhere).at(9_900, &ended(2, RequestEnd::TimedOut));
    assert_eq!((b.until(12_000).failures(), b.opportunities()), (2, 3));
}

#[test]
fn typing_and_what_is_ignored_open_nothing() {
    for role in [Role::Ignored, Role::Keyboard, Role::Plain] {
        let mut b = bench();
        b.at(0, &Event::Tap(Tap { target: 1, role, enabled: true, fingers: 1, x: 0, y: 0 }));
        b.at(50, &started(1)).at(100, &ended(1, RequestEnd::Status(503)));
        assert_eq!((b.failures(), b.opportunities()), (0, 0), "{role:?}");
    }
}

#[test]
fn quiet_closes_an_action_and_life_extends_it() {
    let mut b = bench();
    b.at(0, &tap()).at(101, &Event::ErrorReported);
    assert_eq!(b.failures(), 0, "closed by 100 ms of quiet");
    b.at(1_000, &tap()).at(1_090, &Event::Reaction(Reaction::Frame)).at(1_180, &Event::ErrorReported);
    assert_eq!(b.failures(), 1, "extended by what happened");
}

#[test]
fn five_seconds_at_most() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1));
    for at in (100..=5_100).step_by(100) {
        b.at(at, &Event::Reaction(Reaction::Frame));
    }
    b.at(5_120, &started(2)).at(5_200, &ended(2, RequestEnd::Status(503))).until(6_000);
    assert_eq!(b.failures(), 0, "it takes nothing in after 5 s");
    b.at(30_050, &ended(1, RequestEnd::TimedOut)).until(40_000);
    assert_eq!(b.failures(), 1, "but waits for what it asked for");
    b.at(50_000, &tap()).at(50_050, &started(3)).at(80_051, &ended(3, RequestEnd::TimedOut)).until(90_000);
    assert_eq!(b.failures(), 1, "for 30 s");
}

#[test]
fn a_poll_that_begins_long_after_anything_came_of_the_action_is_not_its_own() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(151, &started(9)).at(300, &ended(9, RequestEnd::Status(503)));
    assert_eq!(b.until(9_000).failures(), 0);
}

#[test]
fn a_failed_request_is_a_failure_after_a_moment_of_grace() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
    assert_eq!(b.until(399).failures(), 0);
    assert_eq!(b.until(400).failures(), 1);
    assert_eq!(b.next_deadline_ms(), None);
}

#[test]
fn the_apps_own_retry_mends_it() {
    let failed_at_300 = || {
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
        b.at(400, &started(2));
        b
    };
    let mut b = failed_at_300();
    b.at(1_000, &ended(2, RequestEnd::Status(200))).until(9_000);
    assert_eq!((b.failures(), b.overs()), (1, vec![Over::Recovered]));
    let mut b = failed_at_300();
    b.at(1_000, &ended(2, RequestEnd::Status(503)));
    assert_eq!((b.until(1_099).failures(), b.until(1_100).failures()), (0, 1));
    let mut b = failed_at_300();
    assert_eq!((b.until(2_299).failures(), b.until(2_300).failures()), (0, 1), "it took too long");
    b.at(5_000, &ended(2, RequestEnd::Status(200)));
    assert_eq!((b.failures(), b.overs()), (1, vec![Over::Recovered]), "but mends it after all");
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(60, &started(2)).at(300, &ended(1, RequestEnd::Status(503)));
    b.at(350, &ended(2, RequestEnd::Status(200))).until(9_000);
    assert_eq!((b.failures(), b.overs()), (1, vec![]), "another request of it is no retry");
}

#[test]
fn leaving_within_the_moment_of_grace_loses_no_failure() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503))).at(310, &Event::Background);
    assert_eq!((b.failures(), b.next_deadline_ms()), (1, None));
}

#[test]
fn one_failure_an_action_however_many_requests_fail() {
    let mut b = bench();
    b.at(0, &tap()).at(1, &started(1)).at(2, &started(2));
    b.at(10, &ended(1, RequestEnd::Status(503))).at(20, &ended(2, RequestEnd::Status(503)));
    b.at(30, &Event::ErrorReported);
    assert_eq!(b.until(9_000).failures(), 1);
}

#[test]
fn a_failed_load_of_the_action_counts_and_a_tap_with_its_submit_is_one_action() {
    let load = Event::LoadStarted { load: 3, kind: crate::event::LoadKind::Content, progress: true, operation: None };
    let mut b = bench();
    b.at(0, &tap()).at(1, &Event::Submit { target: 2, via: SubmitVia::Icon }).at(2, &load);
    b.at(900, &Event::LoadEnded { load: 3, end: LoadEnd::Failed });
    assert_eq!((b.failures(), b.opportunities()), (1, 1));
}

fn nameless(request: u64) -> Event {
    Event::RequestStarted { request, operation: None }
}

fn tap_on(target: u64) -> Event {
    Event::Tap(Tap { target, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
}

#[test]
fn quiet_and_five_seconds_are_over_after_their_last_moment() {
    for (reported_at, failures) in [(100, 1), (101, 0)] {
        let mut b = bench();
        b.at(0, &tap()).at(reported_at, &Event::ErrorReported);
        assert_eq!(b.failures(), failures, "{reported_at}");
    }
    for (reported_at, failures) in [(5_000, 1), (5_001, 0), (5_060, 0)] {
        let mut b = bench();
        b.at(0, &tap());
        for at in (90..5_000).step_by(90) {
            b.at(at, &Event::Reaction(Reaction::Frame));
        }
        b.at(reported_at, &Event::ErrorReported);
        assert_eq!(b.failures(), failures, "{reported_at}");
    }
}

#[test]
fn what_is_watched_is_bounded() {
    let failures = |request: u64| {
        let mut b = bench();
        b.at(0, &tap());
        for request in 1..=MOST_IN_FLIGHT as u64 + 1 {
            b.at(50, &nameless(request));
        }
        b.at(300, &ended(request, RequestEnd::TimedOut)).failures()
    };
    assert_eq!((failures(16), failures(17)), (1, 0));
}

#[test]
fn another_failed_request_gives_no_more_grace() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(60, &started(2));
    b.at(300, &ended(1, RequestEnd::Status(503))).at(350, &ended(2, RequestEnd::Status(503)));
    assert_eq!((b.until(399).failures(), b.until(400).failures()), (0, 1));
}

#[test]
fn what_fails_at_once_leaves_another_actions_grace_alone() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
    b.at(310, &tap_on(2)).at(320, &nameless(2)).at(350, &ended(2, RequestEnd::TimedOut));
    assert_eq!((b.failures(), b.until(400).failures()), (1, 2));
    assert_eq!(b.tickets(), [0, 1]);
}

#[test]
fn what_failed_at_once_is_not_mended_by_a_retry() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
    b.at(350, &Event::ErrorReported).at(360, &started(2)).at(500, &ended(2, RequestEnd::Status(200)));
    assert_eq!((b.until(9_000).failures(), b.overs(), b.worked()), (1, vec![], 0));
}

#[test]
fn an_action_fails_once_whatever_fails_in_between() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
    b.at(310, &tap_on(2)).at(320, &Event::ErrorReported).at(410, &Event::ErrorReported);
    assert_eq!(b.until(9_000).failures(), 2, "the second one, then the first");
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503))).at(350, &started(2));
    let basket = Event::RequestStarted { request: 3, operation: Some("GET /basket".into()) };
    b.at(3_000, &tap_on(2)).at(3_050, &basket).at(3_200, &ended(3, RequestEnd::Status(503)));
    b.at(3_250, &ended(2, RequestEnd::Status(503)));
    assert_eq!((b.until(3_299).failures(), b.until(9_000).failures()), (1, 2), "its retry, beside the other's grace");
    let mut b = bench();
    b.at(0, &tap()).at(10, &Event::ErrorReported).at(20, &nameless(1));
    b.at(200, &tap_on(2)).at(210, &Event::ErrorReported).at(300, &ended(1, RequestEnd::TimedOut));
    assert_eq!(b.until(9_000).failures(), 2, "what it asked for after it had failed");
}

#[test]
fn missing_evidence_is_no_evidence() {
    let mut b = bench();
    b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
    b.at(350, &Event::QueueDropped { count: 1 });
    assert_eq!((b.until(9_000).failures(), b.next_deadline_ms()), (0, None));
}

#[test]
fn a_load_that_comes_is_an_action_that_works() {
    for (end, worked) in [(LoadEnd::Succeeded, 1), (LoadEnd::Empty, 0), (LoadEnd::Cancelled, 0), (LoadEnd::Failed, 0)] {
        let kind = crate::event::LoadKind::Content;
        let mut b = bench();
        b.at(0, &tap()).at(1, &Event::LoadStarted { load: 3, kind, progress: true, operation: None });
        b.at(900, &Event::LoadEnded { load: 3, end });
        assert_eq!(b.worked(), worked, "{end:?}");
    }
}

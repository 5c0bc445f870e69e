//! What the replay itself must keep to: the order of deadlines, reports and events, and an end.

#![allow(clippy::panic, clippy::expect_used, reason = "a test")]

use amends_core::{Kind, Outcome};
use amends_replay::{Happened, Replay, in_words, read, replay};

fn replayed(text: &str) -> Replay {
    let sessions = read(text).expect("a session");
    replay(&sessions[0]).expect("a replay")
}

const TAP: &str = r#"{"at_ms": 0, "event": "foreground"}, {"at_ms": 500, "event": {"tap": {"target": 1, "role": "button"}}}"#;

#[test]
fn the_same_session_has_the_same_outcome() {
    let text = format!("[{TAP}]");
    assert_eq!(replayed(&text), replayed(&text));
}

#[test]
fn a_report_of_the_platform_comes_at_its_time_between_deadlines() {
    let replay = replayed(&format!(r#"{{"events": [{TAP}], "draws": {{"after_ms": 300}}}}"#));
    let reports: Vec<(u64, String)> = replay
        .timeline
        .iter()
        .filter_map(|entry| {
            if let Happened::Reply(event) = &entry.what { Some((entry.at_ms, in_words(event))) } else { None }
        })
        .collect();
    assert_eq!(reports[0], (3_800, "message 1 is on the screen".to_owned()));
    let times: Vec<u64> = replay.timeline.iter().map(|entry| entry.at_ms).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(replay.failures(Kind::DeadTap, Outcome::Shown), 1);
}

#[test]
fn opportunities_are_those_of_all_windows() {
    let again = r#"{"at_ms": 9000, "event": "background"}, {"at_ms": 9500, "event": "foreground"},
        {"at_ms": 9600, "event": {"tap": {"target": 2, "role": "button"}}}, {"at_ms": 9700, "event": {"reaction": "frame"}}"#;
    let replay = replayed(&format!("[{TAP}, {again}]"));
    assert_eq!(replay.opportunities_of(Kind::DeadTap), 2);
    assert_eq!(replay.payloads.iter().map(|payload| payload.closed).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_restart_begins_at_its_time_and_forgets_what_the_platform_was_about_to_report() {
    let text = format!(
        r#"{{"events": [{TAP}], "draws": {{"after_ms": 300}}, "restart_at_ms": [3600], "until_ms": 9000}}"#
    );
    let replay = replayed(&text);
    let restart = replay.timeline.iter().find(|entry| entry.what == Happened::Restart).expect("a restart");
    assert_eq!(restart.at_ms, 3_600);
    assert!(!replay.timeline.iter().any(|entry| matches!(entry.what, Happened::Reply(_))));
    assert_eq!(replay.decisions().map(|(at, _)| at).collect::<Vec<_>>(), [3_600]);
}

#[test]
fn a_year_of_nothing_comes_to_an_end() {
    let background = r#"{"at_ms": 9000, "event": "background"}"#;
    let replay = replayed(&format!(r#"{{"events": [{TAP}, {background}], "until_ms": 34000000000}}"#));
    assert_eq!(replay.failures(Kind::DeadTap, Outcome::Shown), 1);
}

//! `amends explain` as a developer uses it.

#![allow(clippy::panic, clippy::expect_used, reason = "a test")]

use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const DEAD_TAP: &str = r#"{"name": "a dead button", "until_ms": 20000, "events": [
    {"at_ms": 0, "event": "foreground"},
    {"at_ms": 50, "event": {"person": {"name": "Jackie"}}},
    {"at_ms": 100, "event": {"screen": {"name": "Home"}}},
    {"at_ms": 500, "event": {"tap": {"target": 7, "role": "button"}}}
]}"#;

/// Runs it on this text, given as stdin.
fn explain(text: &str, options: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(["explain", "-"])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // One that has complained already does not read on.
    let _ = child.stdin.take().expect("its input").write_all(text.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn told(text: &str, options: &[&str]) -> String {
    let output = explain(text, options);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), complaint.as_str()), (Some(0), ""), "{text}");
    String::from_utf8(output.stdout).expect("text")
}

fn complaint(text: &str, options: &[&str]) -> String {
    let output = explain(text, options);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{text}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn a_timeline_with_its_decision_and_a_summary() {
    let told = told(DEAD_TAP, &[]);
    for line in [
        "# a dead button\n",
        "    0:00.500  tap on a button (7)\n",
        "    0:03.500  > apology (1): \"Jackie, ",
        "    0:03.500    message 1 is on the screen\n",
        "    0:03.500  ! dead_tap on Home: shown (said sorry)\n",
        "message 1: expired\n",
        "dead_tap                  1       1           0         0          0\n",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!told.contains("person Jackie") && !told.contains("amends.opportunities"), "{told}");
}

#[test]
fn json_is_one_object_a_session() {
    let told = told(DEAD_TAP, &["--json", "--payload"]);
    let whole: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(whole["name"], "a dead button");
    assert_eq!(whole["opportunities"]["dead_tap"], 1);
    assert_eq!(whole["failures"][0]["outcome"], "shown");
    assert_eq!(whole["timeline"][3]["event"]["tap"]["target"], 7);
    assert!(whole["payloads"][0]["body"]["resourceMetrics"].is_array());
}

#[test]
fn everything_that_would_leave_the_device() {
    let background = DEAD_TAP.replace("\n]}", ",\n{\"at_ms\": 9000, \"event\": \"background\"}\n]}");
    let told = told(&background, &["--payload"]);
    assert!(told.contains("0:09.000  a closed batch:\n{\"resourceMetrics\""), "{told}");
    let (_, payload) = told.split_once("Everything that would leave the device:").expect("the payload");
    assert!(payload.contains("amends.apologies") && !payload.contains("Jackie"), "{payload}");
}

#[test]
fn lists_and_lines_and_events_out_of_order() {
    let tap = r#"{"at_ms": 500, "event": {"tap": {"target": 7, "role": "button"}}}"#;
    let front = r#"{"at_ms": 0, "event": "foreground"}"#;
    for text in [format!("[{front}, {tap}]"), format!("{front}\n{tap}\n"), format!("[{tap}, {front}]")] {
        assert!(told(&text, &[]).contains("0:03.500  ! dead_tap: shown"), "{text}");
    }
    assert_eq!(told("[]", &[]), "\nNothing that could have failed.\n");
}

#[test]
fn a_file_of_vectors_and_one_of_them() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/dead_tap.json");
    let run = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
        command.args(["explain", file]).args(options).output().expect("it runs")
    };
    let all = String::from_utf8(run(&[]).stdout).expect("text");
    assert!(all.matches("# ").count() > 20 && all.contains("# two fingers\n"));
    let one = String::from_utf8(run(&["--vector", "two fingers"]).stdout).expect("text");
    assert!(one.starts_with("# two fingers\n") && one.matches("# ").count() == 1, "{one}");
    let none = run(&["--vector", "three fingers"]);
    let complaint = String::from_utf8(none.stderr).expect("text");
    assert_eq!(none.status.code(), Some(1));
    assert!(
        complaint.contains("nothing is called \"three fingers\"") && complaint.contains("\n  two fingers\n")
    );
}

#[test]
fn mistakes_are_told_with_their_place_and_what_to_do() {
    for (text, expected) in [
        ("", "amends: -: it is empty: write a session"),
        ("\u{0}\u{1}garbage", "amends: -: JSON: expected value at line 1 column 1"),
        ("\"text\"", "it is neither a session"),
        (r#"{"events": [], "evnts": []}"#, "unknown field `evnts`, expected one of `name`"),
        (
            "{\"events\": [\n{\"at_ms\": 0, \"event\": {\"tap\": {\"target\": 1}}}]}",
            "missing field `role` at line 2",
        ),
        (r#"{"events": [], "holdout": 7}"#, "holdout: a share is from 0"),
        (r#"{"events": [{"at_ms": 1795356300000000000, "event": "pause"}]}"#, "more than 400 days"),
        (r#"{"events": [], "document": {"version": 9}}"#, "document: version"),
        (r#"{"events": [], "draws": "sometimes"}"#, "unknown variant `sometimes`, expected one of `at_once`"),
    ] {
        let complaint = complaint(text, &[]);
        assert!(complaint.starts_with("amends: -: ") && complaint.contains(expected), "{text}: {complaint}");
    }
    let missing = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(["explain", "no/such.json"])
        .output()
        .expect("it runs");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("cannot read no/such.json"));
}

#[test]
fn wrong_usage_is_two() {
    for arguments in [&[][..], &["explain"], &["explain", "-", "--yaml"], &["exclaim", "-"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_amends")).args(arguments).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

//! The conformance vectors, replayed through the real device. The Kotlin and the Swift library replay the same files.

#![allow(clippy::panic, clippy::expect_used, reason = "a test")]

use amends_replay::{Vector, read_vectors, replay};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}

fn vectors(file: &str) -> Vec<Vector> {
    let path = directory().join(format!("{file}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read_vectors(&text).unwrap_or_else(|error| panic!("{file}.json: {error}"))
}

fn mismatches(vector: &Vector) -> Vec<String> {
    match replay(&vector.session) {
        Ok(replay) => vector.expect.mismatches(&replay),
        Err(error) => vec![error.to_string()],
    }
}

/// Replays every vector of a file before it fails, so that one run says all that is wrong.
fn check(file: &str) {
    let vectors = vectors(file);
    let mut report = String::new();
    for vector in &vectors {
        for mismatch in mismatches(vector) {
            writeln!(report, "{file}.json: {}: {mismatch}", vector.name).expect("a String takes it");
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

macro_rules! files {
    ($($file:ident)+) => {
        const FILES: &[&str] = &[$(stringify!($file)),+];
        $(#[test] fn $file() { check(stringify!($file)); })+
    };
}

files! {
    arbiter
    dead_input
    dead_tap
    error
    follow_up
    hang
    messages
    operations
    poor_content
    rage_tap
    slow_load
}

#[test]
fn no_file_is_left_out() {
    let entries = std::fs::read_dir(directory()).expect("tests/vectors");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let found: BTreeSet<String> =
        names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
    let listed: BTreeSet<String> = FILES.iter().map(|file| (*file).to_owned()).collect();
    assert_eq!(found, listed);
}

#[test]
fn there_are_many_and_each_has_a_name_and_a_reason() {
    let mut all = 0;
    for file in FILES {
        let vectors = vectors(file);
        let names: BTreeSet<&str> = vectors.iter().map(|vector| vector.name.as_str()).collect();
        assert_eq!(names.len(), vectors.len(), "{file}.json: a name is there twice");
        for vector in &vectors {
            assert!(
                !vector.name.trim().is_empty() && vector.why.len() > 20,
                "{file}.json: {}: why?",
                vector.name
            );
        }
        all += vectors.len();
    }
    assert!(all >= 150, "only {all}");
}

#[test]
fn a_vector_can_fail() {
    let mut vector = vectors("dead_tap").remove(0);
    assert_eq!(mismatches(&vector), Vec::<String>::new());
    vector.session.events.pop();
    let found = mismatches(&vector);
    assert_eq!(found.len(), 3, "decisions, messages, opportunities: {found:?}");
}

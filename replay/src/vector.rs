//! A conformance vector: a session, and what is expected of it.

use crate::outcome::Replay;
use crate::session::{Draws, Session};
use crate::words::progress_in_words;
use amends_core::{Kind, Timed};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A session with what is expected of it, as the files in `tests/vectors/` have them.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    /// What it is called; unique in its file.
    pub name: String,
    /// What it guards against, with its source.
    pub why: String,
    /// What happens.
    pub session: Session,
    /// What should come of it.
    pub expect: Expect,
}

/// A file of vectors.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VectorFile {
    #[serde(rename = "about")]
    _about: String,
    pub(crate) vectors: Vec<RawVector>,
}

/// Flat as it is written, so that a mistake in it is found with its line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawVector {
    name: String,
    why: String,
    #[serde(default)]
    holdout: f64,
    #[serde(default)]
    seed: Option<u64>,
    #[serde(default)]
    document: Option<Value>,
    #[serde(default)]
    draws: Draws,
    #[serde(default)]
    restart_at_ms: Vec<u64>,
    events: Vec<Timed>,
    until_ms: u64,
    expect: Expect,
}

impl From<RawVector> for Vector {
    fn from(raw: RawVector) -> Self {
        let RawVector { name, why, holdout, seed, document, draws, restart_at_ms, events, until_ms, expect } =
            raw;
        let session = Session {
            name: Some(name.clone()),
            holdout,
            document,
            draws,
            restart_at_ms,
            until_ms: Some(until_ms),
            seed: seed.unwrap_or(1),
            events,
        };
        Self { name, why, session, expect }
    }
}

/// What is expected. A list that is absent is not compared; one that is there is compared whole.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    decisions: Vec<Value>,
    opportunities: Option<BTreeMap<String, u64>>,
    messages: Option<Vec<Value>>,
    questions: Option<Vec<Value>>,
    hidden: Option<Vec<u64>>,
    operations: Option<Vec<Value>>,
}

impl Expect {
    /// Where this replay is not what was expected: each with what was expected and what came. Empty if nowhere.
    pub fn mismatches(&self, replay: &Replay) -> Vec<String> {
        let mut found = Vec::new();
        compare("decisions", Some(&self.decisions), &decisions(replay), &mut found);
        compare("messages", self.messages.as_ref(), &messages(replay), &mut found);
        compare("questions", self.questions.as_ref(), &questions(replay), &mut found);
        compare("operations", self.operations.as_ref(), &operations(replay), &mut found);
        let hidden: Vec<u64> = replay.hidden().map(|(_, message)| message).collect();
        if self.hidden.as_ref().is_some_and(|expected| *expected != hidden) {
            found.push(format!("hidden\n    expected {:?}\n    got      {hidden:?}", self.hidden));
        }
        for (kind, expected) in self.opportunities.iter().flatten() {
            let got = Kind::from_name(kind).map(|kind| replay.opportunities_of(kind));
            if got != Some(*expected) {
                let got = got.map_or_else(|| "no such kind".to_owned(), |got| got.to_string());
                found.push(format!("opportunities of {kind}\n    expected {expected}\n    got      {got}"));
            }
        }
        found
    }
}

/// Each entry has at least the fields that are expected of it, with these values, and there is none besides.
fn compare(what: &str, expected: Option<&Vec<Value>>, got: &[Value], found: &mut Vec<String>) {
    let Some(expected) = expected else { return };
    let matches = expected.len() == got.len() && expected.iter().zip(got).all(|(e, g)| is_within(e, g));
    if !matches {
        found.push(format!("{what}\n    expected {}\n    got      {}", lines(expected), lines(got)));
    }
}

fn is_within(expected: &Value, got: &Value) -> bool {
    let Some(fields) = expected.as_object() else { return false };
    fields.iter().all(|(field, value)| got.get(field) == Some(value))
}

fn lines(entries: &[Value]) -> String {
    if entries.is_empty() {
        return "none".to_owned();
    }
    entries.iter().map(Value::to_string).collect::<Vec<_>>().join("\n             ")
}

fn decisions(replay: &Replay) -> Vec<Value> {
    let decision = |(at_ms, d): (u64, &amends_core::Decision)| {
        json!({"at_ms": at_ms, "kind": d.kind.as_str(), "outcome": d.outcome.as_str(), "reason": d.reason.as_str(),
            "screen": d.screen})
    };
    replay.decisions().map(decision).collect()
}

fn messages(replay: &Replay) -> Vec<Value> {
    let message = |(at_ms, m): (u64, &amends_core::Message)| {
        let actions: Vec<&str> = m.actions.iter().map(|action| action.kind.as_str()).collect();
        json!({"at_ms": at_ms, "purpose": m.purpose.as_str(), "text": m.text, "actions": actions,
            "right_to_left": m.right_to_left})
    };
    replay.messages().map(message).collect()
}

fn questions(replay: &Replay) -> Vec<Value> {
    replay.questions().map(|(at_ms, q)| json!({"at_ms": at_ms, "text": q.text})).collect()
}

fn operations(replay: &Replay) -> Vec<Value> {
    let last = replay.operations().last().map(|(_, list)| list).unwrap_or_default();
    let operation = |o: &amends_core::OperationStatus| json!({"id": o.id, "progress": progress_in_words(o.progress), "progress_text": o.progress_text});
    last.iter().map(operation).collect()
}

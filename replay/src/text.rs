//! A replay as text for a person and as JSON for a program.

use crate::outcome::{Entry, Happened, Replay};
use crate::words::{in_words, progress_in_words};
use amends_core::{Decision, Kind, Message, OperationStatus, Outcome, Question};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Every way in which a failure can end.
const OUTCOMES: [Outcome; 4] = [Outcome::Shown, Outcome::Suppressed, Outcome::HeldOut, Outcome::Recovered];

/// The timeline, line by line, and a summary. `payload`: and everything that would leave the device.
pub fn explain(replay: &Replay, payload: bool) -> String {
    let mut text = String::new();
    for Entry { at_ms, what } in &replay.timeline {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:>12}  {}", clock(*at_ms), line(what));
    }
    text.push('\n');
    text.push_str(&summary(replay));
    if payload {
        text.push_str("\nEverything that would leave the device:\n");
        for payload in &replay.payloads {
            let what = if payload.closed { "a closed batch" } else { "the open window, if it closed now" };
            let _ = writeln!(text, "{:>12}  {what}:\n{}", clock(payload.at_ms), payload.body);
        }
    }
    text
}

fn line(what: &Happened) -> String {
    match what {
        Happened::Event(event) => in_words(event),
        Happened::Reply(event) => format!("  {}", in_words(event)),
        Happened::Restart => "the process ends, and another one begins".to_owned(),
        Happened::Decision(decision) => decision_line(decision),
        Happened::Message(message) => message_line(message),
        Happened::Question(question) => {
            format!("? asks ({}): \"{}\" [{}]", question.id, question.text, question.answers.join(" | "))
        }
        Happened::Hidden(message) => format!("< message {message} is taken away"),
        Happened::Operations(list) if list.is_empty() => "= no operations any more".to_owned(),
        Happened::Operations(list) => {
            let all: Vec<String> = list.iter().map(|o| format!("{}: {}", o.id, o.progress_text)).collect();
            format!("= operations: {}", all.join(", "))
        }
    }
}

fn decision_line(decision: &Decision) -> String {
    let Decision { kind, screen, outcome, reason, .. } = decision;
    let screen = screen.as_deref().map(|screen| format!(" on {screen}")).unwrap_or_default();
    format!("! {}{screen}: {} ({})", kind.as_str(), outcome.as_str(), reason.as_str())
}

fn message_line(message: &Message) -> String {
    let mut line = format!("> {} ({}): \"{}\"", message.purpose.as_str(), message.id, message.text);
    for action in &message.actions {
        let _ = write!(line, " [{}]", action.label);
    }
    line
}

/// As `1:02:03.456`, shorter where it can be.
fn clock(ms: u64) -> String {
    let (seconds, ms) = (ms / 1_000, ms % 1_000);
    let (minutes, second) = (seconds / 60, seconds % 60);
    let (hours, minute) = (minutes / 60, minutes % 60);
    match (hours / 24, hours % 24) {
        (0, 0) => format!("{minute}:{second:02}.{ms:03}"),
        (0, hour) => format!("{hour}:{minute:02}:{second:02}.{ms:03}"),
        (days, hour) => format!("{days}d {hour}:{minute:02}:{second:02}.{ms:03}"),
    }
}

fn summary(replay: &Replay) -> String {
    let mut text = String::new();
    let seen = |kind: &&Kind| {
        replay.opportunities_of(**kind) > 0 || replay.decisions().any(|(_, decision)| decision.kind == **kind)
    };
    let kinds: Vec<&Kind> = Kind::ALL.iter().filter(seen).collect();
    if kinds.is_empty() {
        text.push_str("Nothing that could have failed.\n");
    } else {
        let _ = writeln!(
            text,
            "{:<13}{:>14}{:>8}{:>12}{:>10}{:>11}",
            "", "opportunities", "shown", "suppressed", "held out", "recovered"
        );
    }
    for kind in kinds {
        let of = |outcome| replay.failures(*kind, outcome);
        let _ = writeln!(
            text,
            "{:<13}{:>14}{:>8}{:>12}{:>10}{:>11}",
            kind.as_str(),
            replay.opportunities_of(*kind),
            of(Outcome::Shown),
            of(Outcome::Suppressed),
            of(Outcome::HeldOut),
            of(Outcome::Recovered)
        );
    }
    if replay.is_off {
        text.push_str("The device turned itself off: too many starts in a row that were cut short.\n");
    }
    text
}

/// The same as one JSON object.
pub fn as_json(replay: &Replay, payload: bool) -> Value {
    let entry = |Entry { at_ms, what }: &Entry| {
        let (key, value) = happened(what);
        json!({"at_ms": at_ms, "what": key, key: value})
    };
    let failures: Vec<Value> = Kind::ALL
        .iter()
        .flat_map(|kind| OUTCOMES.map(|outcome| (*kind, outcome)))
        .map(|(kind, outcome)| (kind, outcome, replay.failures(kind, outcome)))
        .filter(|(.., count)| *count > 0)
        .map(|(kind, outcome, count)| json!({"kind": kind.as_str(), "outcome": outcome.as_str(), "count": count}))
        .collect();
    let opportunities: serde_json::Map<String, Value> =
        replay.opportunities.iter().map(|(kind, count)| (kind.as_str().to_owned(), json!(count))).collect();
    let mut whole = json!({
        "timeline": replay.timeline.iter().map(entry).collect::<Vec<_>>(),
        "failures": failures,
        "opportunities": opportunities,
        "is_off": replay.is_off,
    });
    if payload {
        let body = |body: &str| serde_json::from_str(body).unwrap_or(Value::Null);
        whole["payloads"] = replay
            .payloads
            .iter()
            .map(|p| json!({"at_ms": p.at_ms, "closed": p.closed, "body": body(&p.body)}))
            .collect();
    }
    whole
}

fn happened(what: &Happened) -> (&'static str, Value) {
    match what {
        Happened::Event(event) => ("event", json!(event)),
        Happened::Reply(event) => ("reply", json!(event)),
        Happened::Restart => ("restart", json!(true)),
        Happened::Decision(d) => (
            "decision",
            json!({"number": d.number, "kind": d.kind.as_str(), "screen": d.screen, "outcome": d.outcome.as_str(),
                "reason": d.reason.as_str()}),
        ),
        Happened::Message(message) => ("message", message_json(message)),
        Happened::Question(question) => ("question", question_json(question)),
        Happened::Hidden(message) => ("hidden", json!(message)),
        Happened::Operations(list) => ("operations", list.iter().map(operation_json).collect()),
    }
}

fn message_json(message: &Message) -> Value {
    let actions: Vec<Value> = message
        .actions
        .iter()
        .map(|action| json!({"action": action.kind.as_str(), "label": action.label, "url": action.url}))
        .collect();
    json!({"id": message.id, "purpose": message.purpose.as_str(), "kind": message.kind.as_str(), "text": message.text,
        "actions": actions, "dismiss": message.dismiss, "language": message.language,
        "right_to_left": message.right_to_left})
}

fn question_json(question: &Question) -> Value {
    json!({"id": question.id, "text": question.text, "answers": question.answers, "dismiss": question.dismiss,
        "language": question.language, "right_to_left": question.right_to_left})
}

fn operation_json(operation: &OperationStatus) -> Value {
    json!({"id": operation.id, "title": operation.title, "progress": progress_in_words(operation.progress),
        "progress_text": operation.progress_text, "expected_by_unix_ms": operation.expected_by_unix_ms,
        "faq_url": operation.faq_url})
}

//! The board in docs/grafana asks for what `/metrics` serves, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::fixture::{Server, answers, attribute, batch, histogram, now_s, point, sum};

const BOARD: &str = include_str!("../../../docs/grafana/amends.json");

/// Every metric of the wire, once.
fn everything() -> Value {
    let kind = ("amends.failure.kind", "hang");
    let one = |name: &str, labels: &[(&str, &str)]| sum(name, &[point(&json!(1), labels)]);
    let latency = json!({
        "timeUnixNano": (now_s() * 1_000_000_000).to_string(), "count": 1, "sum": 0.001,
        "bucketCounts": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "explicitBounds": [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        "attributes": [attribute(kind.0, kind.1)],
    });
    let asked = [("amends.arm", "held_out"), ("amends.asked", "pulse")];
    batch(
        "shop",
        "1.0",
        &[
            one("amends.failures", &[kind, ("amends.outcome", "shown")]),
            one("amends.opportunities", &[kind]),
            one("amends.sessions", &[]),
            one("amends.sessions.failed", &[]),
            one("amends.devices.failed", &[("amends.first", "today")]),
            one("amends.apologies", &[kind]),
            one("amends.aftermath", &[kind, ("amends.arm", "held_out"), ("amends.aftermath", "retried")]),
            one("amends.losses", &[("amends.loss.reason", "quota")]),
            histogram("amends.apology.latency", &[latency]),
            histogram("amends.feedback", &[answers([1, 0, 0, 0, 0], &asked)]),
        ],
    )
}

/// All texts of the board under keys that hold expressions.
fn expressions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(text) if matches!(key.as_str(), "expr" | "definition") => {
                        found.push(text.clone());
                    }
                    _ => expressions(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| expressions(value, found)),
        _ => {}
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
}

#[test]
fn every_metric_and_label_of_the_board_is_served() {
    let server = Server::start();
    assert_eq!(server.client.send(&everything()).text(), "{}");
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in server.client.get("/metrics").text().lines().filter(|line| !line.starts_with('#')) {
        let (name, rest) = line.split_once('{').unwrap_or((line.split(' ').next().unwrap(), ""));
        let labels =
            rest.split("\",").filter_map(|label| label.split_once('=')).map(|(name, _)| name.to_owned());
        known.entry(name.to_owned()).or_default().extend(labels);
    }
    let board: Value = serde_json::from_str(BOARD).unwrap();
    let mut found = Vec::new();
    expressions(&board, &mut found);
    assert!(found.len() > 15, "{found:?}");
    let labels: BTreeSet<&String> = known.values().flatten().collect();
    for expression in &found {
        let metrics: Vec<&str> = words(expression)
            .filter(|word| word.starts_with("amends_") && !labels.contains(&(*word).to_owned()))
            .collect();
        assert!(!metrics.is_empty(), "no metric in {expression}");
        for metric in metrics {
            let has = known.get(metric).unwrap_or_else(|| panic!("{metric} is not served: {expression}"));
            // Each selector's labels are those of its metric.
            for selector in expression.split(&format!("{metric}{{")).skip(1) {
                for matcher in selector.split('}').next().unwrap().split(',') {
                    let label = matcher.split(['=', '!']).next().unwrap();
                    assert!(has.contains(label), "{metric} has no {label}: {expression}");
                }
            }
        }
        assert_eq!(expression.matches('(').count(), expression.matches(')').count(), "{expression}");
        assert_eq!(expression.matches('{').count(), expression.matches('}').count(), "{expression}");
    }
}

#[test]
fn the_board_is_one_that_grafana_reads() {
    let board: Value = serde_json::from_str(BOARD).unwrap();
    assert!(board["schemaVersion"].as_i64().unwrap() >= 36);
    let panels = board["panels"].as_array().unwrap();
    let ids: BTreeSet<i64> = panels.iter().map(|panel| panel["id"].as_i64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len(), "ids are unique");
    for panel in panels {
        let at = &panel["gridPos"];
        assert!(at["x"].as_i64().unwrap() + at["w"].as_i64().unwrap() <= 24, "{panel}");
        assert_eq!(panel["datasource"]["uid"], "${datasource}");
        assert!(!panel["title"].as_str().unwrap().is_empty());
    }
}

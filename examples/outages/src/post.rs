//! Counts on their way to a canary: an hour a batch, OTLP/HTTP JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::world::{Cell, START_MIN};

/// Points of sessions, and of failed ones.
type Points = (Vec<Value>, Vec<Value>);

/// Posts an hour's cells; the canary has to accept any clock.
pub(crate) fn post(agent: &ureq::Agent, canary: &str, key: &str, cells: &[Cell]) -> Result<(), String> {
    let mut resources: BTreeMap<(&str, &str), Points> = BTreeMap::new();
    for cell in cells {
        let (sessions, failed) = resources.entry((cell.release, cell.region)).or_default();
        let start = (START_MIN + cell.minute) * 60 * 1_000_000_000;
        let point = |value: u64| {
            json!({
                "startTimeUnixNano": start.to_string(),
                "timeUnixNano": (start + 60 * 1_000_000_000).to_string(),
                "asInt": value.to_string(),
            })
        };
        sessions.extend((cell.sessions > 0).then(|| point(cell.sessions)));
        failed.extend((cell.failed > 0).then(|| point(cell.failed)));
    }
    let resources: Vec<Value> = resources
        .into_iter()
        .map(|((release, region), (sessions, failed))| {
            let attribute = |key: &str, value: &str| json!({ "key": key, "value": { "stringValue": value } });
            let sum = |name: &str, points: Vec<Value>| {
                json!({
                    "name": name,
                    "sum": { "aggregationTemporality": 1, "isMonotonic": true, "dataPoints": points },
                })
            };
            json!({
                "resource": { "attributes": [
                    attribute("service.name", "shop"),
                    attribute("service.version", release),
                    attribute("os.name", "Android"),
                    attribute("os.version", "15"),
                    attribute("amends.region", region),
                ] },
                "scopeMetrics": [{ "scope": { "name": "amends" }, "metrics": [
                    sum("amends.sessions", sessions),
                    sum("amends.sessions.failed", failed),
                ] }],
            })
        })
        .collect();
    let body = json!({ "resourceMetrics": resources }).to_string();
    let request = agent
        .post(format!("{canary}/v1/metrics"))
        .header("content-type", "application/json")
        .header("idempotency-key", key);
    let mut answer = request.send(&body).map_err(|error| format!("the canary does not answer: {error}"))?;
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    if text == "{}" { Ok(()) } else { Err(format!("the canary did not count all: {text}")) }
}

//! How long the pages take over 30 days of ten million counts: `make page-timings`. Sends them to a real canary, asks each
//! page again and again over HTTP, and prints the median and the slowest answer.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss, reason = "a measurement")]

use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use amends_canary::{Canary, Config};
use serde_json::{Value, json};

const HOURS: u64 = 30 * 24;
const SCREENS: [&str; 8] =
    ["Home", "Search", "Catalogue", "Product", "Basket", "Checkout", "Orders", "Profile"];
const KINDS: [&str; 7] = ["slow_load", "dead_tap", "rage_tap", "dead_input", "error", "hang", "poor_content"];
const SEGMENTS: [&str; 3] = ["", "gold", "vip"];
const ASKED: u32 = 21;
const PAGES: [&str; 8] = [
    "/",
    "/releases",
    "/sorry",
    "/messages",
    "/v1/tables/rate.csv?hours=720",
    "/v1/tables/by-release.json",
    "/v1/counts?since=1d",
    "/v1/counts?since=30d&step=1d",
];

fn main() {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::new(data.path(), SocketAddr::from(([127, 0, 0, 1], 0)));
    config.accept_any_clock = true;
    let canary = Canary::start(&config).unwrap();
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_mins(2))).build().into();
    let begun = Instant::now();
    let (points, counts) = fill(&agent, &canary.url());
    println!("{points} points, {counts} counts sent in {:.1} s", begun.elapsed().as_secs_f64());
    for path in PAGES {
        let mut took: Vec<f64> = (0..ASKED)
            .map(|_| {
                let begun = Instant::now();
                agent
                    .get(format!("{}{path}", canary.url()))
                    .call()
                    .unwrap()
                    .body_mut()
                    .read_to_vec()
                    .unwrap();
                begun.elapsed().as_secs_f64() * 1_000.0
            })
            .collect();
        took.sort_by(f64::total_cmp);
        println!("{:>7.1} ms median {:>7.1} ms slowest  {path}", took[took.len() / 2], took[took.len() - 1]);
    }
    canary.stop();
}

/// Sends every hour of the 30 days; points and counts that were sent.
fn fill(agent: &ureq::Agent, url: &str) -> (u64, u64) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let (mut points, mut counts) = (0, 0);
    for ago in (0..HOURS).rev() {
        let at = now - ago * 3_600;
        // Three releases at a time, a new one every five days, in three regions.
        for release in 0..3 {
            let release = format!("4.{}.0", (HOURS - ago) / 120 + release);
            for region in ["eu", "us", "apac"] {
                let metrics = metrics(at, &mut points, &mut counts, ago);
                let attributes: Vec<Value> = [
                    ("service.name", "shop"),
                    ("service.version", &release),
                    ("os.name", "Android"),
                    ("amends.region", region),
                ]
                .map(|(key, value)| attribute(key, value))
                .to_vec();
                let body = json!({ "resourceMetrics": [{
                    "resource": { "attributes": attributes }, "scopeMetrics": [{ "metrics": metrics }] }] });
                let answer = agent
                    .post(format!("{url}/v1/metrics"))
                    .header("content-type", "application/json")
                    .send(body.to_string().as_bytes())
                    .unwrap();
                assert_eq!(answer.status().as_u16(), 200);
            }
        }
    }
    (points, counts)
}

fn attribute(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

fn metrics(at: u64, points: &mut u64, counts: &mut u64, turn: u64) -> Vec<Value> {
    let mut point = |value: u64, labels: &[(&str, &str)]| {
        *points += 1;
        *counts += value;
        let labels = labels.iter().filter(|(_, value)| !value.is_empty());
        let labels: Vec<Value> = labels.map(|(key, value)| attribute(key, value)).collect();
        json!({ "startTimeUnixNano": format!("{}000000000", at - 60), "timeUnixNano": format!("{at}000000000"),
            "asInt": value.to_string(), "attributes": labels })
    };
    let (mut opportunities, mut failures, mut sessions, mut failed) = (vec![], vec![], vec![], vec![]);
    let (mut devices, mut aftermath) = (vec![], vec![]);
    for segment in SEGMENTS {
        let segment = ("amends.segment", segment);
        sessions.push(point(90, &[segment]));
        failed.push(point(3, &[segment]));
        devices.push(point(2, &[("amends.first", "today"), segment]));
        // Each hour another part of the places, as far as a day goes.
        for (at, kind) in KINDS.iter().enumerate() {
            let screen = SCREENS[(at + usize::try_from(turn % 8).unwrap()) % SCREENS.len()];
            let place = [("amends.failure.kind", *kind), ("app.screen.name", screen), segment];
            opportunities.push(point(60, &place));
            failures.push(point(1 + turn % 2, &[place[0], place[1], segment, ("amends.outcome", "shown")]));
        }
        let arm = if turn.is_multiple_of(10) { "held_out" } else { "apologised" };
        let after =
            [("amends.failure.kind", "error"), ("amends.arm", arm), ("amends.aftermath", "continued")];
        aftermath.push(point(2, &[after[0], after[1], after[2], segment]));
    }
    [
        ("amends.opportunities", opportunities),
        ("amends.failures", failures),
        ("amends.sessions", sessions),
        ("amends.sessions.failed", failed),
        ("amends.devices.failed", devices),
        ("amends.aftermath", aftermath),
    ]
    .into_iter()
    .map(|(name, points)| {
        json!({ "name": name, "sum": { "aggregationTemporality": 1, "isMonotonic": true, "dataPoints": points } })
    })
    .collect()
}

//! Rollouts for tests: hours of sessions of two releases, in virtual time.

use serde_json::{Value, json};

use crate::fixture::{Server, attribute, point, sum};

/// 2027-01-15, 08:00: the first hour of every rollout here.
pub(crate) const START_S: u64 = 1_800_000_000;

/// A server that files counts under the time they say.
pub(crate) fn server() -> Server {
    Server::with(|config| config.accept_any_clock = true)
}

/// What one release counted in one hour.
pub(crate) struct Counted<'a> {
    pub(crate) app: &'a str,
    pub(crate) release: &'a str,
    pub(crate) os_name: &'a str,
    pub(crate) segment: &'a str,
    pub(crate) sessions: u64,
    pub(crate) failed: u64,
}

impl Counted<'_> {
    /// Of the shop on Android, without a segment.
    pub(crate) fn shop(release: &str, sessions: u64, failed: u64) -> Counted<'_> {
        Counted { app: "shop", release, os_name: "Android", segment: "", sessions, failed }
    }

    /// Has it counted in the hour after so many.
    pub(crate) fn send(&self, server: &Server, hour: u64) {
        let end = START_S + hour * 3_600 + 1_800;
        let mut metrics = Vec::new();
        for (name, value) in [("amends.sessions", self.sessions), ("amends.sessions.failed", self.failed)] {
            let labels: &[(&str, &str)] =
                if self.segment.is_empty() { &[] } else { &[("amends.segment", self.segment)] };
            let mut one = point(&json!(value), labels);
            one["startTimeUnixNano"] = json!(((end - 60) * 1_000_000_000).to_string());
            one["timeUnixNano"] = json!((end * 1_000_000_000).to_string());
            if value > 0 {
                metrics.push(sum(name, &[one]));
            }
        }
        let batch = json!({ "resourceMetrics": [{
            "resource": { "attributes": [
                attribute("service.name", self.app),
                attribute("service.version", self.release),
                attribute("os.name", self.os_name),
            ] },
            "scopeMetrics": [{ "scope": { "name": "amends" }, "metrics": metrics }],
        }] });
        let answer = server.client.send(&batch);
        assert_eq!((answer.status, &*answer.text()), (200, "{}"));
    }
}

/// Twelve hours in which 2 % of the control's sessions fail, and this share of the candidate's.
pub(crate) fn roll_out(server: &Server, candidate_failed_of_500: u64) {
    for hour in 0..12 {
        Counted::shop("1.9", 5_000, 100).send(server, hour);
        Counted::shop("2.0", 500, candidate_failed_of_500).send(server, hour);
    }
}

/// A rollout that is so large that a release as good as the control is surely not a quarter worse.
pub(crate) fn roll_out_widely(server: &Server) {
    for hour in 0..12 {
        Counted::shop("1.9", 20_000, 400).send(server, hour);
        Counted::shop("2.0", 20_000, 400).send(server, hour);
    }
}

/// The data of a verdict; the query's values have to be encoded.
pub(crate) fn verdict(server: &Server, query: &str) -> Value {
    let answer = server.client.get(&format!("/v1/verdict?{query}"));
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()["data"].clone()
}

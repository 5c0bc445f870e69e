//! `/v1/counts`, and that it agrees with `/metrics`.

use serde_json::json;

use crate::fixture::{Server, attribute, batch, failures, point, sum};

const KINDS: [&str; 3] = ["hang", "dead_tap", "error"];

fn filled() -> Server {
    let server = Server::start();
    for (release, factor) in [("1.0", 1), ("2.0", 3)] {
        let mut metrics = Vec::new();
        for (at, kind) in KINDS.iter().enumerate() {
            let labels =
                [("amends.failure.kind", *kind), ("app.screen.name", "Home"), ("amends.outcome", "shown")];
            let silent =
                [("amends.failure.kind", *kind), ("amends.outcome", "held_out"), ("amends.segment", "gold")];
            let value = (at + 1) * factor;
            metrics.push(sum("amends.failures", &[point(&json!(value), &labels), point(&json!(1), &silent)]));
            metrics.push(sum("amends.apologies", &[point(&json!(value), &labels[..2])]));
            metrics.push(sum("amends.make_goods", &[point(&json!(factor), &labels[..2])]));
            metrics.push(sum("amends.opportunities", &[point(&json!(100), &labels[..2])]));
        }
        metrics.push(sum("amends.sessions", &[point(&json!(50), &[])]));
        metrics.push(sum("amends.sessions.failed", &[point(&json!(5), &[("amends.segment", "gold")])]));
        assert_eq!(server.client.send(&batch("shop", release, &metrics)).text(), "{}");
    }
    server
}

#[test]
fn counts_and_metrics_agree() {
    let server = filled();
    let counts = server.client.get("/v1/counts?app=shop&since=1h").json();
    let totals = &counts["data"]["totals"];
    for (field, metric) in [
        ("failures", "amends_failures_total"),
        ("apologies", "amends_apologies_total"),
        ("make_goods", "amends_make_goods_total"),
        ("opportunities", "amends_opportunities_total"),
        ("sessions", "amends_sessions_total"),
        ("failed_sessions", "amends_sessions_failed_total"),
    ] {
        assert_eq!(totals[field].as_i64().unwrap(), server.client.total(metric, &[]), "{field}");
        let steps = counts["data"]["series"].as_array().unwrap();
        let sum: i64 = steps.iter().map(|step| step[field].as_i64().unwrap()).sum();
        assert_eq!(totals[field], sum, "{field} over time");
    }
    for kind in KINDS {
        let label = format!("\"{kind}\"");
        let total = server.client.total("amends_failures_total", &[&label]);
        assert_eq!(totals["by_kind"][kind]["failures"].as_i64().unwrap(), total);
    }
    for release in ["1.0", "2.0"] {
        let label = format!("service_version=\"{release}\"");
        let total = server.client.total("amends_sessions_total", &[&label]);
        assert_eq!(totals["by_release"][release]["sessions"].as_i64().unwrap(), total);
    }
    assert_eq!(totals["by_outcome"], json!({ "shown": 24, "held_out": 6 }));
    assert_eq!(totals["by_screen"]["_none"]["failures"], 6);
    assert_eq!(counts["data"]["step_s"], 60);
    assert_eq!(counts["data"]["notes"], json!([]));
}

#[test]
fn filters_narrow_and_sessions_turn_null_where_they_cannot() {
    let server = filled();
    let totals = |query: &str| {
        server.client.get(&format!("/v1/counts?app=shop&{query}")).json()["data"]["totals"].clone()
    };
    assert_eq!(totals("release=2.0")["failures"], 21);
    assert_eq!(totals("release=2.0")["sessions"], 50);
    assert_eq!(totals("segment=gold")["failures"], 6);
    assert_eq!(totals("segment=gold")["failed_sessions"], 10);
    assert_eq!(totals("kind=hang&release=1.0")["failures"], 2);
    assert_eq!(totals("kind=hang&screen=Home&release=2.0")["make_goods"], 3);
    assert_eq!(totals("kind=hang")["by_release"]["2.0"]["make_goods"], 3);
    assert_eq!(totals("screen=_none")["failures"], 6);
    let by_screen = server.client.get("/v1/counts?app=shop&screen=Home").json();
    assert_eq!(by_screen["data"]["totals"]["failures"], 24);
    assert!(by_screen["data"]["totals"]["sessions"].is_null());
    assert!(by_screen["data"]["notes"][0].as_str().unwrap().contains("sessions"));
    assert_eq!(totals("release=nowhere")["failures"], 0);
    assert_eq!(server.client.get("/v1/counts?app=nobody").json()["data"]["totals"]["failures"], 0);
}

#[test]
fn bad_parameters_are_named() {
    let server = filled();
    for (query, parameter) in
        [("since=soon", "since"), ("step=1s", "step"), ("kind=x", "kind"), ("what=1", "what")]
    {
        let answer = server.client.get(&format!("/v1/counts?app=shop&{query}"));
        assert_eq!((answer.status, answer.json()["error"]["parameter"].as_str()), (400, Some(parameter)));
    }
}

#[test]
fn ranges_that_touch_count_a_minute_once_and_steps_do_not_widen_them() {
    let server = Server::with(|config| config.accept_any_clock = true);
    // Each window ends in the middle of its minute: 10:00 to 10:09 on 2020-09-13.
    for minute in 0..10_u64 {
        let mut one = point(&json!(1 << minute), &[]);
        one["startTimeUnixNano"] = json!("0");
        one["timeUnixNano"] = json!(((1_599_991_200 + minute * 60 + 30) * 1_000_000_000).to_string());
        let answer = server.client.send(&batch("shop", "1", &[sum("amends.sessions", &[one])]));
        assert_eq!(answer.text(), "{}");
    }
    let sessions = |range: &str| {
        let counts = server.client.get(&format!("/v1/counts?{range}&step=1h")).json()["data"].clone();
        let steps = counts["series"].as_array().unwrap();
        let sum: i64 = steps.iter().map(|step| step["sessions"].as_i64().unwrap()).sum();
        assert_eq!(counts["totals"]["sessions"], sum);
        sum
    };
    let at = |minute: u64| format!("2020-09-13T10:{minute:02}:00Z");
    let all = sessions(&format!("since={}&until={}", at(0), at(10)));
    assert_eq!(all, (1 << 10) - 1);
    for cut in 1..10 {
        let before = sessions(&format!("since={}&until={}", at(0), at(cut)));
        let after = sessions(&format!("since={}&until={}", at(cut), at(10)));
        assert_eq!(before, (1 << cut) - 1);
        assert_eq!(before + after, all);
    }
    let data = server.client.get(&format!("/v1/counts?since={}&step=1h", at(3))).json()["data"].clone();
    assert!(data["notes"][0].as_str().unwrap().contains("first step"), "{data}");
}

#[test]
fn an_app_that_never_counted_is_noted() {
    let server = filled();
    let data = server.client.get("/v1/counts?app=nobody").json()["data"].clone();
    assert_eq!((data["totals"]["failures"].as_i64(), &data["notes"]), (Some(0), &json!(["no such app yet"])));
}

#[test]
fn regions_filter_group_and_fold_as_segments_do() {
    let server = Server::start();
    let send = |region: Option<&str>| {
        let mut batch = failures("shop", 1);
        if let Some(region) = region {
            let resource = &mut batch["resourceMetrics"][0]["resource"]["attributes"];
            resource.as_array_mut().unwrap().push(attribute("amends.region", region));
        }
        assert_eq!(server.client.send(&batch).text(), "{}");
    };
    for region in [None, Some("eu"), Some("eu"), Some("us")] {
        send(region);
    }
    let totals =
        |query: &str| server.client.get(&format!("/v1/counts?{query}")).json()["data"]["totals"].clone();
    assert_eq!(totals("region=eu")["failures"], 2);
    assert_eq!(totals("region=_none")["failures"], 1);
    assert_eq!(totals("")["by_region"]["us"]["failures"], 1);
    assert_eq!(totals("")["by_segment"]["_none"]["failures"], 4);
    assert_eq!(server.client.total("amends_failures_total", &["amends_region=\"eu\""]), 2);
    for number in 0..110 {
        send(Some(&format!("r{number}")));
    }
    assert_eq!(server.client.total("amends_failures_total", &["amends_region=\"_other\""]), 12);
}

#[test]
fn hours_and_minutes_count_the_same() {
    let server = Server::with(|config| config.accept_any_clock = true);
    // Every 7 minutes from 10:00 on, for 40 hours.
    let mut points = Vec::new();
    for at in 0..343_u64 {
        let mut one = point(&json!(at + 1), &[]);
        one["startTimeUnixNano"] = json!("0");
        one["timeUnixNano"] = json!(((1_599_991_200 + at * 420 + 30) * 1_000_000_000).to_string());
        points.push(one);
    }
    for some in points.chunks(100) {
        let answer = server.client.send(&batch("shop", "1", &[sum("amends.sessions", some)]));
        assert_eq!(answer.text(), "{}");
    }
    let sessions = |query: &str| {
        let data = server.client.get(&format!("/v1/counts?{query}")).json()["data"].clone();
        let steps = data["series"].as_array().unwrap().iter().map(|step| step["sessions"].as_i64().unwrap());
        assert_eq!(data["totals"]["sessions"], steps.clone().sum::<i64>());
        steps.collect::<Vec<_>>()
    };
    let range = "since=2020-09-13T10:20:00Z&until=2020-09-14T18:50:00Z";
    let (hours, minutes) = (sessions(&format!("{range}&step=1h")), sessions(&format!("{range}&step=1m")));
    assert_eq!(hours.len(), 33);
    let first: i64 = minutes.iter().take(40).sum();
    assert_eq!(hours[0], first);
    let by_hour: Vec<i64> = minutes[40..].chunks(60).map(|hour| hour.iter().sum()).collect();
    assert_eq!(hours[1..], by_hour);
}

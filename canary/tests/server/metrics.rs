//! The shape of `/metrics`.

use std::collections::BTreeSet;

use serde_json::json;

use crate::fixture::{Server, answers, attribute, batch, histogram, now_s, point, sum};

#[test]
fn is_prometheus_text_with_every_family() {
    let server = Server::start();
    let kind = ("amends.failure.kind", "hang");
    let one = |name: &str, labels: &[(&str, &str)]| sum(name, &[point(&json!(1), labels)]);
    let latency = json!({
        "timeUnixNano": (now_s() * 1_000_000_000).to_string(), "count": 2, "sum": 6.2,
        "bucketCounts": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        "explicitBounds": [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        "attributes": [attribute(kind.0, kind.1)],
    });
    let metrics = [
        one(
            "amends.failures",
            &[kind, ("amends.outcome", "shown"), ("app.screen.name", "Home"), ("amends.segment", "gold")],
        ),
        one("amends.opportunities", &[kind]),
        one("amends.sessions", &[]),
        one("amends.sessions.failed", &[]),
        one("amends.devices.failed", &[("amends.first", "today")]),
        one("amends.apologies", &[kind]),
        one("amends.make_goods", &[kind]),
        one("amends.responses", &[kind, ("amends.response", "acted")]),
        one("amends.aftermath", &[kind, ("amends.arm", "held_out"), ("amends.aftermath", "retried")]),
        one("amends.losses", &[("amends.loss.reason", "quota")]),
        histogram("amends.apology.latency", &[latency]),
        one("amends.questions", &[("amends.arm", "held_out"), ("amends.asked", "pulse")]),
        histogram(
            "amends.feedback",
            &[answers([1, 0, 0, 2, 1], &[("amends.arm", "held_out"), ("amends.asked", "pulse")])],
        ),
    ];
    assert_eq!(server.client.send(&batch("shop", "1.0", &metrics)).text(), "{}");
    let answer = server.client.get("/metrics");
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let page = answer.text();
    for line in [
        r#"amends_failures_total{service_name="shop",service_version="1.0",amends_failure_kind="hang",amends_outcome="shown",app_screen_name="Home",amends_segment="gold",os_name="Android",amends_region=""} 1"#,
        r#"amends_devices_failed_total{service_name="shop",service_version="1.0",amends_first="today",amends_segment="",os_name="Android",amends_region=""} 1"#,
        r#"amends_aftermath_total{service_name="shop",service_version="1.0",amends_failure_kind="hang",amends_arm="held_out",amends_aftermath="retried",app_screen_name="",amends_segment="",os_name="Android",amends_region=""} 1"#,
        r#"amends_losses_total{service_name="shop",service_version="1.0",amends_loss_reason="quota",os_name="Android",amends_region=""} 1"#,
        r#"amends_apology_latency_seconds_bucket{service_name="shop",service_version="1.0",amends_failure_kind="hang",os_name="Android",amends_region="",le="0.005"} 1"#,
        r#"amends_apology_latency_seconds_bucket{service_name="shop",service_version="1.0",amends_failure_kind="hang",os_name="Android",amends_region="",le="5"} 1"#,
        r#"amends_apology_latency_seconds_bucket{service_name="shop",service_version="1.0",amends_failure_kind="hang",os_name="Android",amends_region="",le="+Inf"} 2"#,
        r#"amends_apology_latency_seconds_sum{service_name="shop",service_version="1.0",amends_failure_kind="hang",os_name="Android",amends_region=""} 6.200000"#,
        r#"amends_make_goods_total{service_name="shop",service_version="1.0",amends_failure_kind="hang",app_screen_name="",amends_segment="",os_name="Android",amends_region=""} 1"#,
        r#"amends_questions_total{service_name="shop",service_version="1.0",amends_arm="held_out",amends_asked="pulse",amends_segment="",os_name="Android",amends_region=""} 1"#,
        r#"amends_feedback_bucket{service_name="shop",service_version="1.0",amends_arm="held_out",amends_asked="pulse",amends_segment="",os_name="Android",amends_region="",le="1"} 1"#,
        r#"amends_feedback_bucket{service_name="shop",service_version="1.0",amends_arm="held_out",amends_asked="pulse",amends_segment="",os_name="Android",amends_region="",le="4"} 3"#,
        r#"amends_feedback_bucket{service_name="shop",service_version="1.0",amends_arm="held_out",amends_asked="pulse",amends_segment="",os_name="Android",amends_region="",le="+Inf"} 4"#,
        r#"amends_feedback_sum{service_name="shop",service_version="1.0",amends_arm="held_out",amends_asked="pulse",amends_segment="",os_name="Android",amends_region=""} 14"#,
        r#"amends_feedback_count{service_name="shop",service_version="1.0",amends_arm="held_out",amends_asked="pulse",amends_segment="",os_name="Android",amends_region=""} 4"#,
        r#"amends_canary_batches_total{result="counted"} 1"#,
    ] {
        assert!(page.lines().any(|found| found == line), "no line {line} in\n{page}");
    }
    assert_eq!(server.client.get("/metrics").text(), page, "stable");

    // Each sample stands under the TYPE of its family, each family once.
    let (mut families, mut current) = (BTreeSet::new(), String::new());
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            current = rest.split(' ').next().unwrap().to_owned();
            assert!(families.insert(current.clone()), "{current} twice");
        } else if !line.starts_with('#') {
            let name = line.split(['{', ' ']).next().unwrap();
            let base = name.trim_end_matches("_bucket").trim_end_matches("_sum").trim_end_matches("_count");
            assert!(name == current || base == current, "{name} under {current}");
        }
    }
    assert_eq!(families.iter().filter(|name| !name.starts_with("amends_canary")).count(), 13);
}

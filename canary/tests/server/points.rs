//! What a point must keep to count, and that a bad one hurts no other.

use opentelemetry_proto::tonic::collector::metrics::v1::{
    ExportMetricsServiceRequest, ExportMetricsServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::metrics::v1::{
    Histogram, HistogramDataPoint, Metric, NumberDataPoint, ResourceMetrics, ScopeMetrics, Sum, metric,
    number_data_point,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;
use serde_json::{Value, json};

use crate::fixture::{
    HANG_SHOWN, PROTOBUF, Server, attribute, batch, failures, fresh_key, now_s, point, sum,
};

/// Sends one bad metric among good ones, and checks that only it is rejected, with these words.
pub(crate) fn rejected(server: &Server, bad: &Value, points: u64, words: &str) {
    let before = server.client.totals();
    let good = sum("amends.sessions", &[point(&json!("1"), &[])]);
    let (rejected, message) = server.client.send(&batch("bad", "1.0", &[bad.clone(), good])).partial();
    assert_eq!(rejected, points, "{bad}: {message}");
    assert!(message.contains(words), "{message} does not say {words}");
    let mut after = server.client.totals();
    let sessions =
        after.iter_mut().find(|(key, _)| key.contains("\"bad\"") && key.starts_with("amends_sessions_total"));
    let (key, count) = sessions.unwrap();
    let earlier: i64 = before.get(key).map_or(0, |count| count.parse().unwrap());
    assert_eq!(count.parse(), Ok(earlier + 1), "the good one counts");
    let key = key.clone();
    after.remove(&key);
    let mut before = before;
    before.remove(&key);
    assert_eq!(before, after, "{bad} changed another count");
}

fn failure(value: &Value) -> Value {
    sum("amends.failures", &[point(value, &HANG_SHOWN)])
}

fn changed(pointer: &str, value: Value) -> Value {
    let mut metric = failure(&json!("1"));
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    metric.pointer_mut(parent).unwrap()[key] = value;
    metric
}

#[test]
fn each_bad_point_is_rejected_alone() {
    let server = Server::start();
    assert_eq!(server.client.send(&failures("other", 7)).text(), "{}");
    let rejected = |bad: Value, words: &str| rejected(&server, &bad, 1, words);
    rejected(sum("amends.unheard", &[point(&json!(1), &[])]), "unknown metric");
    rejected(changed("/sum/aggregationTemporality", json!(2)), "cumulative");
    rejected(
        changed("/sum/aggregationTemporality", json!("AGGREGATION_TEMPORALITY_CUMULATIVE")),
        "cumulative",
    );
    rejected(changed("/sum/aggregationTemporality", json!(0)), "delta");
    rejected(changed("/sum/aggregationTemporality", json!(9)), "delta");
    rejected(changed("/sum/isMonotonic", json!(false)), "monotonic");
    rejected(failure(&json!("-1")), "negative");
    rejected(failure(&json!(-1)), "negative");
    rejected(failure(&json!(1.5)), "whole");
    rejected(failure(&json!("1.5")), "whole");
    rejected(failure(&json!("99999999999999999999")), "whole");
    rejected(failure(&json!("1000001")), "amends.failures: a value above 1000000");
    rejected(failure(&Value::Null), "without a value");
    rejected(changed("/sum/dataPoints/0/timeUnixNano", json!("5")), "ends before");
    for double in [json!("NaN"), json!("Infinity"), json!(0.5)] {
        let mut metric = failure(&Value::Null);
        metric["sum"]["dataPoints"][0]["asDouble"] = double;
        rejected(metric, "whole");
    }
    let gauge =
        json!({ "name": "amends.failures", "gauge": { "dataPoints": [point(&json!(1), &HANG_SHOWN)] } });
    rejected(gauge, "gauge");
    let mut latency = failure(&json!(1));
    latency["name"] = json!("amends.apology.latency");
    rejected(latency, "histogram");
}

#[test]
fn each_bad_label_is_rejected_alone() {
    let server = Server::start();
    assert_eq!(server.client.send(&failures("other", 7)).text(), "{}");
    let kind = ("amends.failure.kind", "hang");
    let outcome = ("amends.outcome", "shown");
    let long = "x".repeat(129);
    let many: Vec<String> = (0..17).map(|n| format!("key{n}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|key| (&**key, "x")).collect();
    for (metric, attributes, words) in [
        ("amends.failures", &[("amends.failure.kind", "slow"), outcome][..], "slow_load, dead_tap"),
        ("amends.failures", &[kind, ("amends.outcome", "told")], "shown, suppressed"),
        ("amends.failures", &[kind], "amends.outcome is missing"),
        ("amends.failures", &[outcome], "amends.failure.kind is missing"),
        ("amends.failures", &[kind, outcome, ("app.screen.name", &long)], "128"),
        ("amends.failures", &[kind, outcome, kind], "twice"),
        ("amends.failures", &many, "17 attributes"),
        ("amends.devices.failed", &[("amends.first", "week")], "today, release"),
        (
            "amends.responses",
            &[kind, ("amends.response", "no")],
            "dismissed, expired, acted, retry, status, support, tell_us",
        ),
        ("amends.aftermath", &[kind, ("amends.arm", "no"), ("amends.aftermath", "retried")], "apologised"),
        ("amends.aftermath", &[kind, ("amends.arm", "held_out"), ("amends.aftermath", "no")], "abandoned"),
        ("amends.losses", &[], "amends.loss.reason is missing"),
    ] {
        rejected(&server, &sum(metric, &[point(&json!(1), attributes)]), 1, words);
    }
    let mut number = failure(&json!(1));
    number["sum"]["dataPoints"][0]["attributes"][0]["value"] = json!({ "intValue": "3" });
    rejected(&server, &number, 1, "no string");
}

#[test]
fn a_resource_without_app_is_rejected_whole() {
    let server = Server::start();
    let mut nameless = failures("x", 1);
    nameless["resourceMetrics"][0]["resource"]["attributes"][0] = attribute("not.the.name", "x");
    let good = failures("shop", 1)["resourceMetrics"][0].clone();
    nameless["resourceMetrics"].as_array_mut().unwrap().push(good);
    let (rejected, message) = server.client.send(&nameless).partial();
    assert_eq!(rejected, 1);
    assert!(message.contains("service.name"), "{message}");
    assert_eq!(server.client.total("amends_failures_total", &[]), 1);
}

#[test]
fn an_unknown_attribute_is_ignored_with_a_warning() {
    let server = Server::start();
    let mut attributes = HANG_SHOWN.to_vec();
    attributes.push(("color", "red"));
    let (rejected, message) = server
        .client
        .send(&batch("shop", "1", &[sum("amends.failures", &[point(&json!(1), &attributes)])]))
        .partial();
    assert_eq!(rejected, 0);
    assert!(message.contains("\"color\""), "{message}");
    assert_eq!(server.client.total("amends_failures_total", &["\"Home\""]), 1);
}

#[test]
fn numbers_and_enums_may_be_text_or_numbers() {
    let server = Server::start();
    let mut metric = failure(&json!(2));
    metric["sum"]["aggregationTemporality"] = json!("AGGREGATION_TEMPORALITY_DELTA");
    metric["sum"]["dataPoints"][0]["timeUnixNano"] = json!(now_s() * 1_000_000_000);
    metric["sum"]["dataPoints"][0]["startTimeUnixNano"] = json!(now_s() * 1_000_000_000);
    metric["description"] = json!("unknown fields are skipped");
    assert_eq!(server.client.send(&batch("shop", "1", &[metric])).text(), "{}");
    let mut double = failure(&Value::Null);
    double["sum"]["dataPoints"][0]["asDouble"] = json!(3.0);
    assert_eq!(server.client.send(&batch("shop", "1", &[double])).text(), "{}");
    assert_eq!(server.client.total("amends_failures_total", &[]), 5);
}

#[test]
fn one_sender_cannot_spoil_a_total() {
    let server = Server::start();
    assert_eq!(server.client.send(&failures("shop", 1_000_000)).text(), "{}");
    let (rejected, message) = server.client.send(&failures("shop", 1_000_001)).partial();
    assert_eq!(rejected, 1);
    assert!(message.contains("1000000"), "{message}");
    assert_eq!(server.client.total("amends_failures_total", &[]), 1_000_000);
}

#[test]
fn rejections_name_their_metric() {
    let server = Server::start();
    let metrics = [
        sum("amends.sessions", &[point(&json!(-1), &[])]),
        sum("amends.sessions.failed", &[point(&json!(-1), &[])]),
    ];
    let (rejected, message) = server.client.send(&batch("shop", "1", &metrics)).partial();
    assert_eq!(rejected, 2);
    assert_eq!(
        message,
        "amends.sessions: a value that is negative; amends.sessions.failed: a value that is negative"
    );
}

#[test]
fn an_app_is_named_in_visible_characters() {
    let server = Server::start();
    assert_eq!(server.client.send(&failures("  shop ", 1)).text(), "{}");
    assert_eq!(server.client.total("amends_failures_total", &["service_name=\"shop\""]), 1);
    for app in ["sh\u{200b}op", "sh\u{202e}op", "sh\u{7}op", "sh\nop"] {
        let (rejected, message) = server.client.send(&failures(app, 1)).partial();
        assert_eq!(rejected, 1);
        assert!(message.contains("control or format"), "{message}");
    }
    let (rejected, message) = server.client.send(&failures("  ", 1)).partial();
    assert_eq!(rejected, 1);
    assert!(message.contains("service.name"), "{message}");
}

#[test]
fn a_broken_clock_loses_nothing() {
    let server = Server::start();
    let mut metric = failure(&json!(1));
    metric["sum"]["dataPoints"][0]["startTimeUnixNano"] = json!("0");
    metric["sum"]["dataPoints"][0]["timeUnixNano"] = json!("1000000000");
    let (rejected, message) = server.client.send(&batch("shop", "1", &[metric.clone()])).partial();
    assert_eq!(rejected, 0);
    assert!(message.contains("time of arrival"), "{message}");
    let counts = server.client.get("/v1/counts?since=10m").json();
    assert_eq!(counts["data"]["totals"]["failures"], 1);

    let virtual_time = Server::with(|config| config.accept_any_clock = true);
    metric["sum"]["dataPoints"][0]["timeUnixNano"] = json!("1000000000000000000");
    assert_eq!(virtual_time.client.send(&batch("shop", "1", &[metric])).text(), "{}");
    let counts = virtual_time.client.get("/v1/counts?since=10m").json();
    assert_eq!(counts["data"]["totals"]["failures"], 1, "now is the data's own");
    assert_eq!(counts["data"]["series"][10]["t"], "2001-09-09T01:46:00Z");
}

fn text(key: &str, value: &str) -> KeyValue {
    let value = Some(AnyValue { value: Some(any_value::Value::StringValue(value.to_owned())) });
    KeyValue { key: key.to_owned(), value, ..Default::default() }
}

fn protobuf() -> ExportMetricsServiceRequest {
    let (start, end) = ((now_s() - 60) * 1_000_000_000, now_s() * 1_000_000_000);
    let attributes: Vec<_> = HANG_SHOWN.iter().map(|(key, value)| text(key, value)).collect();
    let number = NumberDataPoint {
        attributes,
        start_time_unix_nano: start,
        time_unix_nano: end,
        value: Some(number_data_point::Value::AsInt(4)),
        ..Default::default()
    };
    let sum = Sum { data_points: vec![number], aggregation_temporality: 1, is_monotonic: true };
    let latency = HistogramDataPoint {
        attributes: vec![text("amends.failure.kind", "hang")],
        start_time_unix_nano: start,
        time_unix_nano: end,
        count: 3,
        sum: Some(0.137),
        bucket_counts: vec![0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0],
        explicit_bounds: vec![0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],
        ..Default::default()
    };
    let histogram = Histogram { data_points: vec![latency], aggregation_temporality: 1 };
    let metrics = vec![
        Metric {
            name: "amends.failures".to_owned(),
            data: Some(metric::Data::Sum(sum)),
            ..Default::default()
        },
        Metric {
            name: "amends.apology.latency".to_owned(),
            data: Some(metric::Data::Histogram(histogram)),
            ..Default::default()
        },
    ];
    let attributes =
        vec![text("service.name", "shop"), text("service.version", "1.0"), text("os.name", "Android")];
    ExportMetricsServiceRequest {
        resource_metrics: vec![ResourceMetrics {
            resource: Some(Resource { attributes, ..Default::default() }),
            scope_metrics: vec![ScopeMetrics { metrics, ..Default::default() }],
            ..Default::default()
        }],
    }
}

#[test]
fn json_and_protobuf_give_equal_counts() {
    let by_protobuf = Server::start();
    let key = fresh_key();
    let headers = [("content-type", PROTOBUF), ("idempotency-key", &*key)];
    let answer = by_protobuf.client.post(&protobuf().encode_to_vec(), &headers);
    assert_eq!((answer.status, answer.body.len(), answer.header("content-type")), (200, 0, PROTOBUF));

    let by_json = Server::start();
    let latency = json!({ "name": "amends.apology.latency", "histogram": { "aggregationTemporality": 1, "dataPoints": [{
        "timeUnixNano": (now_s() * 1_000_000_000).to_string(),
        "count": "3", "sum": 0.137,
        "bucketCounts": ["0", "1", 0, 0, 2, 0, 0, 0, 0, 0, 0],
        "explicitBounds": [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5.0],
        "attributes": [attribute("amends.failure.kind", "hang")],
    }] } });
    assert_eq!(by_json.client.send(&batch("shop", "1.0", &[failure(&json!("4")), latency])).text(), "{}");

    let totals = by_json.client.totals();
    assert_eq!(totals, by_protobuf.client.totals());
    let labels = r#"{service_name="shop",service_version="1.0",amends_failure_kind="hang",os_name="Android",amends_region=""}"#;
    assert_eq!(
        totals.get(&format!("amends_apology_latency_seconds_sum{labels}")),
        Some(&"0.137000".to_owned())
    );
    assert_eq!(totals.get(&format!("amends_apology_latency_seconds_count{labels}")), Some(&"3".to_owned()));
}

#[test]
fn partial_success_in_protobuf() {
    let server = Server::start();
    let mut request = protobuf();
    if let Some(metric::Data::Sum(sum)) = &mut request.resource_metrics[0].scope_metrics[0].metrics[0].data {
        sum.is_monotonic = false;
    }
    let key = fresh_key();
    let answer = server
        .client
        .post(&request.encode_to_vec(), &[("content-type", PROTOBUF), ("idempotency-key", &key)]);
    let partial = ExportMetricsServiceResponse::decode(&*answer.body).unwrap().partial_success.unwrap();
    assert_eq!(partial.rejected_data_points, 1);
    assert!(partial.error_message.contains("monotonic"));
}

#[test]
fn histograms_that_do_not_add_up_are_rejected() {
    let server = Server::start();
    for (pointer, value, words) in [
        ("count", json!(9), "add up"),
        ("sum", Value::Null, "sum"),
        ("sum", json!("NaN"), "sum"),
        ("sum", json!(-1), "sum"),
        ("explicitBounds", json!([1, 2]), "bounds"),
        ("bucketCounts", json!([3]), "bounds"),
    ] {
        let mut point = json!({
            "timeUnixNano": (now_s() * 1_000_000_000).to_string(),
            "count": 3, "sum": 0.1, "bucketCounts": [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            "explicitBounds": [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
            "attributes": [attribute("amends.failure.kind", "hang")],
        });
        point[pointer] = value;
        let metric = json!({ "name": "amends.apology.latency", "histogram": { "aggregationTemporality": 1, "dataPoints": [point] } });
        rejected(&server, &metric, 1, words);
    }
}

//! What people say to a message, and what follows once it works again.

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::metrics::v1 as wire;
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;
use serde_json::{Value, json};

use crate::fixture::{
    JSON, PROTOBUF, Server, answers, batch, failures, fresh_key, gzip, histogram, now_s, point, sum,
};
use crate::points::rejected;

const KIND: (&str, &str) = ("amends.failure.kind", "slow_load");
const SCREEN: (&str, &str) = ("app.screen.name", "Home");
const SEGMENT: (&str, &str) = ("amends.segment", "gold");
const APOLOGISED: (&str, &str) = ("amends.arm", "apologised");
const HELD_OUT: (&str, &str) = ("amends.arm", "held_out");
const PULSE: (&str, &str) = ("amends.asked", "pulse");
const AFTER_APOLOGY: (&str, &str) = ("amends.asked", "after_apology");
const AFTER_MAKE_GOOD: (&str, &str) = ("amends.asked", "after_make_good");
const RESPONSES: [&str; 7] = ["dismissed", "expired", "acted", "retry", "status", "support", "tell_us"];

fn feedback(points: &[Value]) -> Value {
    histogram("amends.feedback", points)
}

/// Everything that a phone tells of its messages in one window.
fn window() -> Value {
    let response = |(word, value)| point(&json!(value), &[KIND, ("amends.response", word), SCREEN, SEGMENT]);
    let responses: Vec<_> = RESPONSES.into_iter().zip(1..).map(response).collect();
    let questions = [
        point(&json!("5"), &[APOLOGISED, AFTER_APOLOGY, SEGMENT]),
        point(&json!("3"), &[APOLOGISED, AFTER_MAKE_GOOD, SEGMENT]),
        point(&json!("4"), &[HELD_OUT, PULSE]),
    ];
    let given = [
        answers([1, 0, 2, 0, 1], &[APOLOGISED, AFTER_APOLOGY, SEGMENT]),
        answers([0, 0, 0, 0, 3], &[APOLOGISED, AFTER_MAKE_GOOD, SEGMENT]),
        answers([2, 1, 0, 0, 0], &[HELD_OUT, PULSE]),
    ];
    let metrics = [
        sum("amends.responses", &responses),
        sum("amends.make_goods", &[point(&json!("2"), &[KIND, SCREEN, SEGMENT])]),
        sum("amends.questions", &questions),
        feedback(&given),
    ];
    batch("shop", "1.0", &metrics)
}

/// Checks that the window was counted this often.
fn counted(server: &Server, times: i64) {
    let total = |name: &str, parts: &[&str]| server.client.total(name, parts);
    for (word, value) in RESPONSES.into_iter().zip(1_i64..) {
        let label = format!("amends_response=\"{word}\"");
        assert_eq!(
            total("amends_responses_total", &[&label, "\"Home\"", "\"gold\""]),
            value * times,
            "{word}"
        );
    }
    assert_eq!(total("amends_make_goods_total", &["\"slow_load\"", "\"Home\"", "\"gold\""]), 2 * times);
    for (arm, asked, questions, given, worth, worst) in [
        ("apologised", "after_apology", 5, 4, 12, 1),
        ("apologised", "after_make_good", 3, 3, 15, 0),
        ("held_out", "pulse", 4, 3, 4, 2),
    ] {
        let labels = [format!("amends_arm=\"{arm}\""), format!("amends_asked=\"{asked}\"")];
        let [arm, asked] = [&*labels[0], &*labels[1]];
        assert_eq!(total("amends_questions_total", &[arm, asked]), questions * times, "{labels:?}");
        assert_eq!(total("amends_feedback_count", &[arm, asked]), given * times, "{labels:?}");
        assert_eq!(total("amends_feedback_sum", &[arm, asked]), worth * times, "{labels:?}");
        assert_eq!(total("amends_feedback_bucket", &[arm, asked, "le=\"1\""]), worst * times, "{labels:?}");
        assert_eq!(
            total("amends_feedback_bucket", &[arm, asked, "le=\"+Inf\""]),
            given * times,
            "{labels:?}"
        );
    }
    assert_eq!(total("amends_questions_total", &[]), 12 * times);
    assert_eq!(total("amends_feedback_count", &[]), 10 * times);
}

#[test]
fn a_batch_counts_once_when_sent_twice_and_adds_up_over_a_restart() {
    let mut server = Server::start();
    let (first, second) = (window().to_string(), window().to_string());
    let send = |server: &Server, body: &str, key: &str| {
        let headers = [("content-type", JSON), ("content-encoding", "gzip"), ("idempotency-key", key)];
        assert_eq!(server.client.post(&gzip(body.as_bytes()), &headers).text(), "{}");
    };
    let (one, other) = (fresh_key(), fresh_key());
    send(&server, &first, &one);
    send(&server, &first, &one);
    counted(&server, 1);
    server.restart();
    counted(&server, 1);
    send(&server, &first, &one);
    counted(&server, 1);
    send(&server, &second, &other);
    counted(&server, 2);
    let totals = server.client.get("/v1/counts?since=1h").json()["data"]["totals"].clone();
    assert_eq!((totals["make_goods"].as_i64(), totals["failures"].as_i64()), (Some(4), Some(0)));
    assert_eq!(totals["by_kind"]["slow_load"]["make_goods"], 4);
}

#[test]
fn garbage_is_rejected_alone_and_in_words() {
    let server = Server::start();
    assert_eq!(server.client.send(&failures("other", 7)).text(), "{}");
    let long = "x".repeat(129);
    let arms = "apologised, held_out";
    let questions = "after_apology, after_make_good, pulse";
    for (attributes, words) in [
        (&[APOLOGISED][..], "amends.asked is missing"),
        (&[PULSE], "amends.arm is missing"),
        (&[("amends.arm", "told"), PULSE], arms),
        (&[("amends.arm", ""), PULSE], arms),
        (&[APOLOGISED, ("amends.asked", "Pulse")], questions),
        (&[APOLOGISED, ("amends.asked", "pulse/bucket_04")], questions),
        (&[APOLOGISED, PULSE, PULSE], "twice"),
        (&[APOLOGISED, PULSE, ("amends.segment", &*long)], "128"),
    ] {
        rejected(&server, &sum("amends.questions", &[point(&json!(1), attributes)]), 1, words);
        rejected(&server, &feedback(&[answers([0, 0, 0, 0, 1], attributes)]), 1, words);
    }
    for (attributes, words) in [
        (&[SCREEN][..], "amends.failure.kind is missing"),
        (&[("amends.failure.kind", "slow"), SCREEN], "slow_load, dead_tap"),
    ] {
        rejected(&server, &sum("amends.make_goods", &[point(&json!(1), attributes)]), 1, words);
    }
    for (metric, labels) in [("amends.make_goods", &[KIND][..]), ("amends.questions", &[APOLOGISED, PULSE])] {
        rejected(&server, &sum(metric, &[point(&json!(-1), labels)]), 1, "negative");
        rejected(&server, &sum(metric, &[point(&json!("1000001"), labels)]), 1, "above 1000000");
        rejected(&server, &histogram(metric, &[answers([1, 0, 0, 0, 0], labels)]), 1, "send a sum");
    }
    rejected(
        &server,
        &sum("amends.feedback", &[point(&json!(5), &[APOLOGISED, PULSE])]),
        1,
        "amends.feedback came as a sum; send a histogram",
    );
}

#[test]
fn answers_that_do_not_add_up_are_rejected() {
    let server = Server::start();
    let latency = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
    let cases = [
        ("count", json!(5), "add up to its count"),
        ("count", json!("18446744073709551615"), "add up to its count"),
        ("sum", json!(12), "a sum other than 13"),
        ("sum", json!(13.5), "a sum other than 13"),
        ("sum", json!(0), "a sum other than 13"),
        ("sum", json!(1e300), "a sum other than 13"),
        ("sum", json!(-13), "sum"),
        ("sum", json!("NaN"), "no finite sum"),
        ("sum", json!("Infinity"), "no finite sum"),
        ("sum", Value::Null, "no finite sum"),
        ("explicitBounds", json!([1, 2, 3]), "[1.0, 2.0, 3.0, 4.0]"),
        ("explicitBounds", json!([1, 2, 3, 5]), "[1.0, 2.0, 3.0, 4.0]"),
        ("explicitBounds", json!([0, 1, 2, 3, 4]), "[1.0, 2.0, 3.0, 4.0]"),
        ("explicitBounds", json!(latency), "[1.0, 2.0, 3.0, 4.0]"),
        ("explicitBounds", json!([]), "[1.0, 2.0, 3.0, 4.0]"),
        ("bucketCounts", json!([0, 1, 2, 1]), "[1.0, 2.0, 3.0, 4.0]"),
        ("bucketCounts", json!([0, 1, 2, 0, 1, 0]), "[1.0, 2.0, 3.0, 4.0]"),
        ("bucketCounts", json!([0, 1, 1, 1, 1]), "a sum other than 14"),
        ("bucketCounts", json!([0, 1, 2, 0, 2]), "add up to its count"),
    ];
    for (field, value, words) in cases {
        let mut bad = answers([0, 1, 2, 0, 1], &[APOLOGISED, PULSE]);
        bad[field] = value;
        rejected(&server, &feedback(&[bad]), 1, words);
    }
    rejected(
        &server,
        &feedback(&[answers([0, 0, 0, 0, 1_000_001], &[APOLOGISED, PULSE])]),
        1,
        "amends.feedback: a value above 1000000",
    );
    let mut running = feedback(&[answers([0, 0, 0, 0, 1], &[APOLOGISED, PULSE])]);
    running["histogram"]["aggregationTemporality"] = json!(2);
    rejected(&server, &running, 1, "cumulative");
    assert_eq!(server.client.total("amends_feedback_count", &[]), 0);

    let (bad, good) = (
        answers([1, 0, 0, 0, 0], &[HELD_OUT, ("amends.asked", "never")]),
        answers([0, 0, 0, 1, 0], &[HELD_OUT, PULSE]),
    );
    assert_eq!(server.client.send(&batch("shop", "1.0", &[feedback(&[bad, good])])).partial().0, 1);
    assert_eq!(server.client.total("amends_feedback_sum", &[]), 4, "the good point beside it counts");
}

#[test]
fn answers_of_nobody_make_no_series() {
    let server = Server::start();
    let nothing = feedback(&[answers([0; 5], &[APOLOGISED, PULSE])]);
    assert_eq!(server.client.send(&batch("shop", "1.0", &[nothing])).text(), "{}");
    assert!(server.client.totals().is_empty());
}

#[test]
fn segments_beyond_the_limit_fold_and_their_answers_stay_whole() {
    let mut server = Server::start();
    let window = || {
        let segments = (0..110).map(|number| format!("s{number}"));
        let point =
            |segment: String| answers([1, 0, 0, 0, 1], &[APOLOGISED, PULSE, ("amends.segment", &segment)]);
        batch("shop", "1.0", &[feedback(&segments.map(point).collect::<Vec<_>>())])
    };
    assert_eq!(server.client.send(&window()).text(), "{}");
    server.restart();
    assert_eq!(server.client.send(&window()).text(), "{}");
    for (segment, windows) in [("s7", 2), ("_other", 20)] {
        let label = format!("amends_segment=\"{segment}\"");
        assert_eq!(server.client.total("amends_feedback_count", &[&label]), 2 * windows, "{segment}");
        assert_eq!(server.client.total("amends_feedback_sum", &[&label]), 6 * windows, "{segment}");
    }
}

#[test]
fn protobuf_gives_the_same_answers() {
    let text = |(key, value): (&str, &str)| KeyValue {
        key: key.to_owned(),
        value: Some(AnyValue { value: Some(any_value::Value::StringValue(value.to_owned())) }),
        ..Default::default()
    };
    let given = wire::HistogramDataPoint {
        attributes: [HELD_OUT, PULSE, SEGMENT].map(text).to_vec(),
        time_unix_nano: now_s() * 1_000_000_000,
        count: 4,
        sum: Some(13.0),
        bucket_counts: vec![0, 1, 2, 0, 1],
        explicit_bounds: vec![1.0, 2.0, 3.0, 4.0],
        ..Default::default()
    };
    let data = wire::Histogram { data_points: vec![given], aggregation_temporality: 1 };
    let metric = wire::Metric {
        name: "amends.feedback".to_owned(),
        unit: "1".to_owned(),
        data: Some(wire::metric::Data::Histogram(data)),
        ..Default::default()
    };
    let resource = [("service.name", "shop"), ("service.version", "1.0"), ("os.name", "Android")].map(text);
    let request = ExportMetricsServiceRequest {
        resource_metrics: vec![wire::ResourceMetrics {
            resource: Some(Resource { attributes: resource.to_vec(), ..Default::default() }),
            scope_metrics: vec![wire::ScopeMetrics { metrics: vec![metric], ..Default::default() }],
            ..Default::default()
        }],
    };
    let (by_protobuf, by_json) = (Server::start(), Server::start());
    let key = fresh_key();
    let headers = [("content-type", PROTOBUF), ("idempotency-key", &*key)];
    assert_eq!(by_protobuf.client.post(&request.encode_to_vec(), &headers).body.len(), 0);
    let same = feedback(&[answers([0, 1, 2, 0, 1], &[HELD_OUT, PULSE, SEGMENT])]);
    assert_eq!(by_json.client.send(&batch("shop", "1.0", &[same])).text(), "{}");
    assert_eq!(by_json.client.totals(), by_protobuf.client.totals());
    assert_eq!(by_json.client.total("amends_feedback_sum", &[]), 13);
}

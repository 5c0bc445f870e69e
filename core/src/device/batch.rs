//! One closed window as a request body: OTLP/HTTP JSON, delta, gzip (docs/wire.md).

use super::Identity;
use crate::aftermath::Arm;
use crate::counts::{ANSWERS, Counts, LATENCY_BOUNDS_MS, Metric, Outcome, Point};
use crate::follow_up::Asked;
use crate::kinds::Kind;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::io::Write as _;

const DELTA: u8 = 1;
/// Bytes of a region.
const LONGEST_REGION: usize = 64;

/// A window's start and end, milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) start_unix_ms: u64,
    pub(super) end_unix_ms: u64,
}

impl Span {
    /// The minutes that the window touches, as nanoseconds in text as OTLP/JSON wants them. Finer time would show the
    /// phone's clock error, and the end of one batch would be the start of the same device's next.
    fn nanos(self) -> (String, String) {
        let nanos = |minute: u64| format!("{}000000000", minute * 60);
        let (start, end) =
            (self.start_unix_ms / 60_000, self.end_unix_ms.max(self.start_unix_ms) / 60_000 + 1);
        (nanos(start), nanos(end))
    }
}

/// The body as JSON text.
pub(super) fn json_body(counts: &Counts, span: Span, identity: &Identity) -> Vec<u8> {
    let resource: Vec<Value> = [
        ("service.name", identity.service_name.as_str()),
        ("service.version", &identity.service_version),
        ("os.name", &identity.os_name),
        ("os.version", major(&identity.os_version)),
        ("telemetry.sdk.name", "amends"),
        ("telemetry.sdk.version", env!("CARGO_PKG_VERSION")),
        ("telemetry.sdk.language", &identity.sdk_language),
        ("amends.region", &region(&identity.region)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| attribute(key, value))
    .collect();
    let scope = json!({"name": "amends", "version": env!("CARGO_PKG_VERSION")});
    let body = json!({"resourceMetrics": [{
        "resource": {"attributes": resource},
        "scopeMetrics": [{"scope": scope, "metrics": metrics(counts, span)}],
    }]});
    body.to_string().into_bytes()
}

/// Only the first number of a version: the rest would narrow down the device.
fn major(version: &str) -> &str {
    version.split(['.', ' ', '-']).next().unwrap_or("")
}

/// The host's word as a label: trimmed, without control characters, at most [`LONGEST_REGION`] bytes.
fn region(text: &str) -> String {
    let mut clean = String::new();
    for character in text.trim().chars().filter(|character| !character.is_control()) {
        if clean.len() + character.len_utf8() > LONGEST_REGION {
            break;
        }
        clean.push(character);
    }
    clean
}

/// The body as it is sent; the same bytes for the same counts.
pub(super) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to a Vec cannot fail; an empty body would be refused and counted as a loss.
    if encoder.write_all(body).is_err() {
        return Vec::new();
    }
    encoder.finish().unwrap_or_default()
}

fn attribute(key: &str, value: &str) -> Value {
    json!({"key": key, "value": {"stringValue": value}})
}

fn metrics(counts: &Counts, span: Span) -> Vec<Value> {
    let mut sums: Vec<(&str, &str, Vec<Value>)> = Vec::new();
    // In the order of their words: the order in which places were visited is nobody's business.
    let mut points: Vec<(String, Point<'_>)> =
        counts.points().map(|point| (point.metric.to_key(), point)).collect();
    points
        .sort_by(|(a, one), (b, other)| (a, one.screen, one.segment).cmp(&(b, other.screen, other.segment)));
    for (_, point) in points {
        let Some((name, unit)) = sum_name(point.metric) else { continue };
        push(&mut sums, name, unit, number(&point, span));
        if let Metric::Failures(kind, Outcome::Shown) = point.metric {
            // An apology has the labels of an opportunity: a kind and a place, and no outcome.
            let apology = Point { metric: Metric::Opportunities(kind), ..point };
            push(&mut sums, "amends.apologies", "{apology}", number(&apology, span));
        }
    }
    let mut metrics: Vec<Value> = sums
        .into_iter()
        .map(|(name, unit, points)| {
            json!({"name": name, "unit": unit, "sum": {
                "aggregationTemporality": DELTA, "isMonotonic": true, "dataPoints": points}})
        })
        .collect();
    let latency: Vec<Value> = Kind::ALL.iter().filter_map(|kind| histogram(counts, *kind, span)).collect();
    let feedback = feedback(counts, span);
    for (name, unit, points) in [("amends.apology.latency", "s", latency), ("amends.feedback", "1", feedback)]
    {
        if !points.is_empty() {
            metrics.push(json!({"name": name, "unit": unit, "histogram": {
                "aggregationTemporality": DELTA, "dataPoints": points}}));
        }
    }
    metrics
}

fn push<'a>(sums: &mut Vec<(&'a str, &'a str, Vec<Value>)>, name: &'a str, unit: &'a str, point: Value) {
    match sums.iter_mut().find(|(known, ..)| *known == name) {
        Some((_, _, points)) => points.push(point),
        None => sums.push((name, unit, vec![point])),
    }
}

const fn sum_name(metric: Metric) -> Option<(&'static str, &'static str)> {
    Some(match metric {
        Metric::Failures(..) => ("amends.failures", "{failure}"),
        Metric::Opportunities(_) => ("amends.opportunities", "{opportunity}"),
        Metric::Sessions => ("amends.sessions", "{session}"),
        Metric::SessionsFailed => ("amends.sessions.failed", "{session}"),
        Metric::DevicesFailed(_) => ("amends.devices.failed", "{device}"),
        Metric::Responses(..) => ("amends.responses", "{response}"),
        Metric::Aftermath(..) => ("amends.aftermath", "{person}"),
        Metric::MakeGoods(_) => ("amends.make_goods", "{make_good}"),
        Metric::Questions(..) => ("amends.questions", "{question}"),
        Metric::Losses(_) => ("amends.losses", "{loss}"),
        Metric::Latency(..) | Metric::LatencySum(_) | Metric::Answers(..) => return None,
    })
}

fn number(point: &Point<'_>, span: Span) -> Value {
    let kind = |kind: Kind| ("amends.failure.kind", kind.as_str());
    let own = match point.metric {
        Metric::Failures(of, outcome) => vec![kind(of), ("amends.outcome", outcome.as_str())],
        Metric::Opportunities(of) | Metric::MakeGoods(of) => vec![kind(of)],
        Metric::Questions(arm, asked) => question(arm, asked),
        Metric::DevicesFailed(first) => vec![("amends.first", first.as_str())],
        Metric::Responses(of, response) => vec![kind(of), ("amends.response", response.as_str())],
        Metric::Aftermath(of, arm, after) => {
            vec![kind(of), ("amends.arm", arm.as_str()), ("amends.aftermath", after.as_str())]
        }
        Metric::Losses(loss) => vec![("amends.loss.reason", loss.as_str())],
        Metric::Sessions
        | Metric::SessionsFailed
        | Metric::Latency(..)
        | Metric::LatencySum(_)
        | Metric::Answers(..) => vec![],
    };
    let place = [("app.screen.name", point.screen), ("amends.segment", point.segment)];
    let place = place.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let attributes: Vec<Value> =
        own.into_iter().chain(place).map(|(key, value)| attribute(key, value)).collect();
    let (start, end) = span.nanos();
    json!({"startTimeUnixNano": start, "timeUnixNano": end, "asInt": point.value.to_string(), "attributes": attributes})
}

fn question(arm: Arm, asked: Asked) -> Vec<(&'static str, &'static str)> {
    vec![("amends.arm", arm.as_str()), ("amends.asked", asked.as_str())]
}

/// The answers as histograms: one bucket each, their sum beside them, so that a mean can be read off.
fn feedback(counts: &Counts, span: Span) -> Vec<Value> {
    let mut points: Vec<(Arm, Asked, Option<&str>, [u64; ANSWERS])> = Vec::new();
    for point in counts.points() {
        let Metric::Answers(arm, asked, answer) = point.metric else { continue };
        let same = |p: &(Arm, Asked, Option<&str>, _)| (p.0, p.1, p.2) == (arm, asked, point.segment);
        let at = points.iter().position(same).unwrap_or_else(|| {
            points.push((arm, asked, point.segment, [0; ANSWERS]));
            points.len() - 1
        });
        let Some((.., buckets)) = points.get_mut(at) else { continue };
        if let Some(bucket) = buckets.get_mut(answer) {
            *bucket += u64::from(point.value);
        }
    }
    points.sort_by_key(|(arm, asked, segment, _)| (arm.as_str(), asked.as_str(), *segment));
    let (start, end) = span.nanos();
    let to_json = |(arm, asked, segment, buckets): (Arm, Asked, Option<&str>, [u64; ANSWERS])| {
        let count: u64 = buckets.iter().sum();
        let sum: u64 = (1..).zip(buckets).map(|(answer, count)| answer * count).sum();
        let segment = segment.map(|segment| ("amends.segment", segment));
        let attributes: Vec<Value> = question(arm, asked)
            .into_iter()
            .chain(segment)
            .map(|(key, value)| attribute(key, value))
            .collect();
        json!({
            "startTimeUnixNano": start, "timeUnixNano": end, "count": count.to_string(), "sum": sum,
            "bucketCounts": buckets.map(|b| b.to_string()), "explicitBounds": [1, 2, 3, 4],
            "attributes": attributes,
        })
    };
    points.into_iter().map(to_json).collect()
}

fn histogram(counts: &Counts, kind: Kind, span: Span) -> Option<Value> {
    let buckets: Vec<u64> =
        (0..=LATENCY_BOUNDS_MS.len()).map(|bucket| counts.total(Metric::Latency(kind, bucket))).collect();
    let count: u64 = buckets.iter().sum();
    if count == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a window are far below 2^53")]
    let seconds = |ms: u64| ms as f64 / 1_000.0;
    let bounds: Vec<f64> = LATENCY_BOUNDS_MS.iter().map(|bound| seconds(*bound)).collect();
    let buckets: Vec<String> = buckets.iter().map(u64::to_string).collect();
    let (start, end) = span.nanos();
    Some(json!({
        "startTimeUnixNano": start, "timeUnixNano": end, "count": count.to_string(),
        "sum": seconds(counts.total(Metric::LatencySum(kind))), "bucketCounts": buckets, "explicitBounds": bounds,
        "attributes": [attribute("amends.failure.kind", kind.as_str())],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(region: &str) -> Value {
        let identity = Identity { service_name: "shop".into(), region: region.into(), ..Identity::default() };
        let span = Span { start_unix_ms: 0, end_unix_ms: 1 };
        serde_json::from_slice(&json_body(&Counts::new(), span, &identity)).unwrap()
    }

    #[test]
    fn the_region_is_the_hosts_word_bounded_and_left_out_where_none_was_given() {
        let region = |text: &str| {
            let body = body(text);
            let attributes = body["resourceMetrics"][0]["resource"]["attributes"].as_array().unwrap().clone();
            let found = attributes.iter().find(|attribute| attribute["key"] == "amends.region");
            found.map(|attribute| attribute["value"]["stringValue"].as_str().unwrap().to_owned())
        };
        assert_eq!(region("eu").as_deref(), Some("eu"));
        assert_eq!(region(" us-west\n").as_deref(), Some("us-west"));
        assert_eq!(region(" "), None);
        assert_eq!(region(""), None);
        assert_eq!(region(&"ü".repeat(40)), Some("ü".repeat(32)), "whole characters within 64 bytes");
    }
}

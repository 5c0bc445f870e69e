//! Opportunities, read from what the device would send: there is no other way to see them from outside, and so they are
//! those that the canary would be told.

use amends_core::Kind;
use serde_json::Value;

/// Sums by kind over windows.
#[derive(Debug, Default)]
pub(crate) struct Opportunities {
    closed: Vec<(Kind, u64)>,
}

impl Opportunities {
    /// A window that held `before` is now `after`: if it holds less, it was closed in between.
    pub(crate) fn passed(&mut self, before: &[(Kind, u64)], after: &[(Kind, u64)]) {
        if total(after) < total(before) {
            self.closed = sum(&self.closed, before);
        }
    }

    /// With the window that is still open.
    pub(crate) fn with_open(&self, open: &[(Kind, u64)]) -> Vec<(Kind, u64)> {
        sum(&self.closed, open)
    }
}

fn total(counts: &[(Kind, u64)]) -> u64 {
    counts.iter().fold(0, |total, (_, count)| total.saturating_add(*count))
}

fn of(counts: &[(Kind, u64)], kind: Kind) -> u64 {
    counts.iter().filter(|(of, _)| *of == kind).fold(0, |total, (_, count)| total.saturating_add(*count))
}

fn sum(one: &[(Kind, u64)], other: &[(Kind, u64)]) -> Vec<(Kind, u64)> {
    let of_kind = |kind: &Kind| (*kind, of(one, *kind).saturating_add(of(other, *kind)));
    Kind::ALL.iter().map(of_kind).filter(|(_, count)| *count > 0).collect()
}

/// The opportunities in a body.
pub(crate) fn in_body(body: &str) -> Vec<(Kind, u64)> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let metrics = body.pointer("/resourceMetrics/0/scopeMetrics/0/metrics").and_then(Value::as_array);
    let points = metrics
        .into_iter()
        .flatten()
        .filter(|metric| metric["name"] == "amends.opportunities")
        .filter_map(|metric| metric.pointer("/sum/dataPoints").and_then(Value::as_array))
        .flatten();
    let counts: Vec<(Kind, u64)> = points.filter_map(|point| Some((kind(point)?, number(point)?))).collect();
    sum(&counts, &[])
}

fn kind(point: &Value) -> Option<Kind> {
    let mut attributes = point["attributes"].as_array()?.iter();
    let kind = attributes.find(|attribute| attribute["key"] == "amends.failure.kind")?;
    Kind::from_name(kind.pointer("/value/stringValue")?.as_str()?)
}

/// OTLP's JSON writes 64-bit numbers as text.
fn number(point: &Value) -> Option<u64> {
    let number = &point["asInt"];
    number.as_u64().or_else(|| number.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_nothing() {
        for body in ["", "[]", "{}", r#"{"resourceMetrics": 3}"#] {
            assert_eq!(in_body(body), []);
        }
    }

    #[test]
    fn a_window_that_holds_less_was_closed() {
        let mut all = Opportunities::default();
        all.passed(&[(Kind::Error, 2)], &[(Kind::Error, 3)]);
        assert_eq!(all.with_open(&[(Kind::Error, 3)]), [(Kind::Error, 3)]);
        all.passed(&[(Kind::Error, 3)], &[]);
        assert_eq!(all.with_open(&[(Kind::Hang, 1)]), [(Kind::Error, 3), (Kind::Hang, 1)]);
    }
}

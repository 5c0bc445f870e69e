//! `GET /metrics`: cumulative totals as Prometheus text, named as OpenTelemetry's translation names them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use tokio::sync::Mutex;

use super::{ApiError, NO_TURN, text};
use crate::count::observation::{SUM_MICROS, bucket, cell_of};
use crate::count::scale::{Scale, sum_of_answers};
use crate::count::vocabulary::{Kind, Metric, key};
use crate::own_metrics::{Counter, OwnMetrics};
use crate::server::Shared;
use crate::store::{ReadError, Row, Turn};

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A rendering of this size is good for a while, whatever was counted since.
const LARGE: usize = 1 << 20;
const FRESH: Duration = Duration::from_secs(1);

/// The newest rendering, shared by all who ask.
#[derive(Default)]
pub(crate) struct Page(Mutex<Option<Newest>>);

struct Newest {
    bytes: Bytes,
    state: [u64; 6],
    rendered: Instant,
}

/// All totals: rendered by one request at a time, and again only when something was counted.
pub(crate) async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    match page(shared).await {
        Ok(bytes) => text(StatusCode::OK, CONTENT_TYPE, bytes),
        Err(error) => error.answer(),
    }
}

async fn page(shared: Arc<Shared>) -> Result<Bytes, ApiError> {
    let mut newest = shared.metrics_page.0.lock().await;
    let state = state(&shared);
    if let Some(page) = &*newest {
        let young = page.bytes.len() >= LARGE && page.rendered.elapsed() < FRESH;
        if young || page.state == state {
            return Ok(page.bytes.clone());
        }
    }
    // The old one goes unless somebody still reads it.
    *newest = None;
    let turn = shared.store.turn().await.ok_or(NO_TURN)?;
    let reader = Arc::clone(&shared);
    let page = tokio::task::spawn_blocking(move || render(&reader, &turn))
        .await
        .map_err(|_| ApiError::Store("the reading thread failed".to_owned()))?
        .map_err(|error| ApiError::Store(error.to_string()))?;
    let bytes = shared.room.hold(page)?;
    *newest = Some(Newest { bytes: bytes.clone(), state, rendered: Instant::now() });
    Ok(bytes)
}

/// Differs whenever the page would.
fn state(shared: &Shared) -> [u64; 6] {
    let own = &shared.own;
    let counters = [&own.counted, &own.refused, &own.repeated, &own.points_rejected, &own.live_streams]
        .map(Counter::get);
    let [counted, refused, repeated, rejected, live] = counters;
    [shared.live.commits(), counted, refused, repeated, rejected, live]
}

fn render(shared: &Shared, turn: &Turn) -> Result<String, ReadError> {
    let mut page = String::new();
    for (metric, family) in &families(shared, turn)? {
        write_family(&mut page, *metric, family);
    }
    write_own(&mut page, &shared.own);
    Ok(page)
}

/// Values by rendered labels; for a histogram also by cell.
type Family = BTreeMap<(String, String), i64>;

fn families(shared: &Shared, turn: &Turn) -> Result<BTreeMap<Metric, Family>, ReadError> {
    let mut families: BTreeMap<Metric, Family> = BTreeMap::new();
    shared.store.totals(turn, &mut |row, total| {
        let cell = row.metric.scale().map_or("", |_| cell_of(&row.facet)).to_owned();
        let sum = families.entry(row.metric).or_default().entry((labels(row), cell)).or_default();
        *sum = sum.saturating_add(total);
    })?;
    Ok(families)
}

/// All labels of the metric, in a fixed order, without braces. Empty ones too: one family, one set of names.
fn labels(row: &Row) -> String {
    let mut labels = String::new();
    let mut add = |name: &str, value: &str| {
        let comma = if labels.is_empty() { "" } else { "," };
        // Writing to a String cannot fail; so below.
        let _ = write!(labels, "{comma}{name}=\"{}\"", Escaped(value));
    };
    add("service_name", &row.app);
    add("service_version", &row.release);
    let mut words = row.facet.split('/');
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    for key in row.metric.keys() {
        match *key {
            key::KIND => add("amends_failure_kind", row.kind.map_or("", Kind::word)),
            key::OUTCOME => add("amends_outcome", &row.facet),
            key::SCREEN => add("app_screen_name", &row.screen),
            key::SEGMENT => add("amends_segment", &row.segment),
            key::FIRST => add("amends_first", &row.facet),
            key::RESPONSE => add("amends_response", &row.facet),
            key::ARM => add("amends_arm", first),
            key::AFTERMATH => add("amends_aftermath", second),
            key::ASKED => add("amends_asked", second),
            key::REASON => add("amends_loss_reason", &row.facet),
            _ => {}
        }
    }
    add("os_name", &row.os_name);
    add("amends_region", &row.region);
    labels
}

/// A label value with backslash, quote and line feed escaped.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '\\' => formatter.write_str("\\\\")?,
                '"' => formatter.write_str("\\\"")?,
                '\n' => formatter.write_str("\\n")?,
                other => formatter.write_char(other)?,
            }
        }
        Ok(())
    }
}

const fn name_and_help(metric: Metric) -> (&'static str, &'static str) {
    match metric {
        Metric::Failures => ("amends_failures_total", "Micro-failures, each with one outcome."),
        Metric::Opportunities => {
            ("amends_opportunities_total", "Times a kind of failure could have happened.")
        }
        Metric::Sessions => ("amends_sessions_total", "Sessions."),
        Metric::SessionsFailed => ("amends_sessions_failed_total", "Sessions with at least one failure."),
        Metric::DevicesFailed => (
            "amends_devices_failed_total",
            "Devices that failed for the first time today or on this release.",
        ),
        Metric::Apologies => ("amends_apologies_total", "Apologies that were shown."),
        Metric::MakeGoods => ("amends_make_goods_total", "Follow-ups that were shown once it worked again."),
        Metric::Responses => ("amends_responses_total", "What people did with a message."),
        Metric::Aftermath => ("amends_aftermath_total", "What people did next, by arm."),
        Metric::Questions => ("amends_questions_total", "One-tap questions that were shown, by arm."),
        Metric::Feedback => {
            ("amends_feedback", "Answers to the one-tap question, from 1 (worst) to 5 (best), by arm.")
        }
        Metric::Losses => ("amends_losses_total", "What devices had to give up."),
        Metric::Latency => {
            ("amends_apology_latency_seconds", "From the decision to speak to the message drawn.")
        }
    }
}

fn write_family(page: &mut String, metric: Metric, family: &Family) {
    let (name, help) = name_and_help(metric);
    let kind = if metric.scale().is_some() { "histogram" } else { "counter" };
    let _ = writeln!(page, "# HELP {name} {help}\n# TYPE {name} {kind}");
    if let Some(scale) = metric.scale() {
        write_histogram(page, name, scale, family);
    } else {
        for ((labels, _), total) in family {
            let _ = writeln!(page, "{name}{{{labels}}} {total}");
        }
    }
}

fn write_histogram(page: &mut String, name: &str, scale: Scale, family: &Family) {
    let mut sets: Vec<&String> = family.keys().map(|(labels, _)| labels).collect();
    sets.dedup();
    let bounds: Vec<_> = scale.bounds().iter().map(ToString::to_string).chain(["+Inf".to_owned()]).collect();
    for labels in sets {
        let value = |cell: String| family.get(&(labels.clone(), cell)).copied().unwrap_or(0);
        let mut count = 0_i64;
        for (position, bound) in bounds.iter().enumerate() {
            count = count.saturating_add(value(bucket(position)));
            let _ = writeln!(page, "{name}_bucket{{{labels},le=\"{bound}\"}} {count}");
        }
        let _ = match scale {
            Scale::Seconds => {
                writeln!(page, "{name}_sum{{{labels}}} {}", Seconds(value(SUM_MICROS.to_owned())))
            }
            Scale::Answers => {
                let buckets = (0..bounds.len()).map(|position| value(bucket(position)));
                writeln!(page, "{name}_sum{{{labels}}} {}", sum_of_answers(buckets))
            }
        };
        let _ = writeln!(page, "{name}_count{{{labels}}} {count}");
    }
}

/// Whole microseconds as seconds, exactly.
struct Seconds(i64);

impl std::fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

fn write_own(page: &mut String, own: &OwnMetrics) {
    let name = "amends_canary_batches_total";
    let _ =
        writeln!(page, "# HELP {name} Batches since this process started, by result.\n# TYPE {name} counter");
    for (result, counter) in
        [("counted", &own.counted), ("refused", &own.refused), ("repeated", &own.repeated)]
    {
        let _ = writeln!(page, "{name}{{result=\"{result}\"}} {}", counter.get());
    }
    for (name, help, counter) in [
        ("amends_canary_live_streams_total", "Live streams opened.", &own.live_streams),
        (
            "amends_canary_points_rejected_total",
            "Points not counted, in batches that were.",
            &own.points_rejected,
        ),
    ] {
        let _ = writeln!(page, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {}", counter.get());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped_and_seconds_exact() {
        assert_eq!(Escaped("a\\b\"c\nd").to_string(), "a\\\\b\\\"c\\nd");
        assert_eq!(Seconds(1_000_007).to_string(), "1.000007");
    }
}

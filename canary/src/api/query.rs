//! `GET` and `POST /api/v1/query`: Prometheus' instant query, as far as [`super::promql`] goes, for tools that speak it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::promql::{Expression, Metric, parse};
use super::verdict::ruling;
use super::{ApiError, small_body, text};
use crate::instant;
use crate::live::now_s;
use crate::server::Shared;
use crate::verdict::Ruling;

/// What clients send besides, and what makes no difference to one number.
const IGNORED: [&str; 5] = ["timeout", "limit", "lookback_delta", "stats", "dedup"];
/// How far a client's clock may be off, in seconds.
const CLOCKS_DIFFER: f64 = 300.0;

/// Answers in Prometheus' own shapes.
pub(crate) async fn query(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    body: Body,
) -> Response {
    let form = match small_body::read(body, shared.patience.body).await {
        Ok(form) => form,
        Err(error) => return refused(&error),
    };
    let query = query.unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(&form));
    let (mut expression, mut time) = (None, None);
    for (name, value) in pairs {
        match &*name {
            "query" => expression = Some(value.into_owned()),
            "time" => time = Some(value.into_owned()),
            known if IGNORED.contains(&known) => {}
            other => return bad_data(&format!("unknown parameter {:?}", crate::count::shorten(other))),
        }
    }
    let Some(expression) = expression.filter(|text| !text.trim().is_empty()) else {
        return bad_data("parameter \"query\" is missing");
    };
    let now = now_s();
    let at = match time.map(|text| evaluation_time(&text, now)).transpose() {
        Ok(time) => time.unwrap_or_else(|| json!(now)),
        Err(message) => return bad_data(&message),
    };
    match parse(&expression) {
        Err(message) => bad_data(&format!("invalid parameter \"query\": {message}")),
        Ok(Expression::Vector(number)) => {
            vector(&[json!({ "metric": {}, "value": [at, number.to_string()] })])
        }
        Ok(Expression::Selector { metric, labels }) => match ruling(&shared, labels).await {
            Err(error) => refused(&error),
            Ok(ruling) => vector(sample(metric, &ruling, &at).as_slice()),
        },
    }
}

/// Only the present can be asked for.
fn evaluation_time(text: &str, now: i64) -> Result<Value, String> {
    #[allow(clippy::cast_precision_loss)] // a year has eight digits of seconds
    let (number, now) =
        (text.parse::<f64>().ok().or_else(|| instant::parse(text).map(|seconds| seconds as f64)), now as f64);
    match number {
        Some(seconds) if (seconds - now).abs() <= CLOCKS_DIFFER => Ok(json!(seconds)),
        Some(_) => {
            Err("parameter \"time\" is more than 5 minutes off: only the present can be asked".to_owned())
        }
        None => Err("parameter \"time\" is neither a Unix timestamp nor RFC 3339".to_owned()),
    }
}

/// No sample where there is no number yet, as Prometheus has it.
fn sample(metric: Metric, ruling: &Ruling, at: &Value) -> Option<Value> {
    let compared = ruling.has_data();
    let value = match metric {
        Metric::FailureRate => ruling.failure_rate(),
        Metric::RateRatio => ruling.rate_ratio.estimate,
        Metric::RateRatioLow => compared.then_some(ruling.rate_ratio.low),
        Metric::RateRatioHigh => compared.then_some(ruling.rate_ratio.high.unwrap_or(f64::INFINITY)),
        // No evidence is 1, and a rollout that has just begun has no sessions: that is no failure of the query.
        Metric::EValue => ruling.app_is_known.then_some(ruling.e_value),
    }?;
    let mut labels = serde_json::Map::new();
    labels.insert("__name__".to_owned(), json!(metric.name()));
    labels.insert("app".to_owned(), json!(ruling.app));
    labels.insert("release".to_owned(), json!(ruling.release));
    if let Some(control) = ruling.control.as_ref().filter(|_| metric != Metric::FailureRate) {
        labels.insert("control".to_owned(), json!(control));
    }
    let number = if value.is_infinite() { "+Inf".to_owned() } else { value.to_string() };
    Some(json!({ "metric": labels, "value": [at, number] }))
}

fn vector(samples: &[Value]) -> Response {
    let answer = json!({ "status": "success", "data": { "resultType": "vector", "result": samples } });
    text(StatusCode::OK, "application/json", answer.to_string())
}

fn bad_data(message: &str) -> Response {
    failure(StatusCode::BAD_REQUEST, "bad_data", message)
}

fn refused(error: &ApiError) -> Response {
    match error {
        ApiError::Parameter { .. } => bad_data(&error.to_string()),
        _ => failure(StatusCode::SERVICE_UNAVAILABLE, "unavailable", &error.to_string()),
    }
}

fn failure(status: StatusCode, kind: &str, message: &str) -> Response {
    let answer = json!({ "status": "error", "errorType": kind, "error": message });
    text(status, "application/json", answer.to_string())
}

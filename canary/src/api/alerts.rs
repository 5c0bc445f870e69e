//! `GET /v1/alerts`, silences and dead letters.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{ApiError, small_body, text};
use crate::alerts::notice::Notice;
use crate::alerts::service::SilenceError;
use crate::alerts::silence::Silence;
use crate::alerts::standing::{Phase, Standing};
use crate::instant::{self, rfc3339};
use crate::live::now_s;
use crate::server::Shared;

/// Longest silence.
const LONGEST_S: i64 = 90 * 86_400;
/// Most matchers of one silence.
const MOST_MATCHERS: usize = 16;
/// Longest value of a matcher, and longest comment, in characters.
const MOST_CHARS: usize = 256;
/// How everything stands: what is active, what was resolved in the last week, silences, and the outputs.
pub(crate) async fn alerts(State(shared): State<Arc<Shared>>) -> Response {
    respond(StatusCode::OK, tokio::task::spawn_blocking(move || all(&shared)).await)
}

/// What could not be delivered.
pub(crate) async fn dead_letters(State(shared): State<Arc<Shared>>) -> Response {
    let task = tokio::task::spawn_blocking(move || {
        let dead = shared.alerts.dead_letters()?;
        let dead = dead.into_iter().map(|letter| {
            json!({
                "id": letter.id.to_string(),
                "output": letter.output,
                "attempts": letter.attempts,
                "error": letter.error,
                "event": letter.notice.id,
                "title": letter.notice.title,
                "decided_at": rfc3339(letter.notice.at_s),
            })
        });
        Ok(json!({ "data": dead.collect::<Vec<_>>() }))
    });
    respond(StatusCode::OK, task.await)
}

/// Tries a dead letter again.
pub(crate) async fn retry(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let task = tokio::task::spawn_blocking(move || {
        shared.admin.check(&headers)?;
        let found = id.parse().ok().map(|id| shared.alerts.retry(id, crate::alerts::outputs::now_ms()));
        match found.transpose()? {
            Some(true) => Ok(json!({ "data": { "id": id } })),
            _ => Err(ApiError::None("dead letter of this id to an output that is configured")),
        }
    });
    respond(StatusCode::ACCEPTED, task.await)
}

/// Silences what its matchers name.
pub(crate) async fn silence(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Body) -> Response {
    let silence = match asked(&shared, &headers, body).await {
        Ok(silence) => silence,
        Err(error) => return error.answer(),
    };
    let task = tokio::task::spawn_blocking(move || {
        let shown = shown(&silence, false);
        shared.alerts.silence(silence, now_s()).map_err(|error| match error {
            SilenceError::TooMany => ApiError::parameter("silences", error.to_string()),
            SilenceError::Book(error) => error.into(),
        })?;
        Ok(json!({ "data": shown }))
    });
    respond(StatusCode::CREATED, task.await)
}

/// Who may not silence is told so before the body is read.
async fn asked(shared: &Shared, headers: &HeaderMap, body: Body) -> Result<Silence, ApiError> {
    shared.admin.check(headers)?;
    Asked::read(&small_body::read(body, shared.patience.body).await?)?.check(now_s())
}

/// Ends a silence.
pub(crate) async fn unsilence(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let task = tokio::task::spawn_blocking(move || {
        shared.admin.check(&headers)?;
        let found = shared.alerts.unsilence(&id)?;
        if !found {
            return Err(ApiError::None(
                "silence of this id that was asked for; those of the configuration end there",
            ));
        }
        Ok(json!({ "data": { "id": id } }))
    });
    respond(StatusCode::OK, task.await)
}

fn respond(good: StatusCode, task: Result<Result<Value, ApiError>, tokio::task::JoinError>) -> Response {
    match task {
        Ok(Ok(body)) => text(good, "application/json", body.to_string()),
        Ok(Err(error)) => error.answer(),
        Err(_) => ApiError::Store("the working thread failed".to_owned()).answer(),
    }
}

fn all(shared: &Shared) -> Result<Value, ApiError> {
    let now = now_s();
    let status = shared.alerts.status();
    let (mut active, mut resolved) = (Vec::new(), Vec::new());
    let mut standings = shared.alerts.standings();
    standings.sort_by_key(|one| std::cmp::Reverse(one.fired_s.unwrap_or(one.pending_s)));
    for standing in standings {
        let notice = shared.alerts.notice(&standing, now);
        let list = if standing.phase == Phase::Resolved { &mut resolved } else { &mut active };
        list.push(standing_json(&standing, &notice));
    }
    let outputs = shared.alerts.outputs()?;
    let outputs = outputs.into_iter().map(|(output, waiting)| {
        json!({
            "name": output.name, "type": output.to.word(),
            "waiting": waiting.waiting, "dead_letters": waiting.dead,
        })
    });
    let outputs: Vec<Value> = outputs.collect();
    let silences = shared.alerts.all_silences();
    let silences = silences.iter().filter(|silence| silence.until_s > now);
    let silences: Vec<Value> = silences.map(|silence| shown(silence, silence.id.is_empty())).collect();
    Ok(json!({ "data": {
        "looked_at": status.looked_s.map(rfc3339),
        "error": status.error,
        "active": active,
        "resolved": resolved,
        "silences": silences,
        "outputs": outputs,
    } }))
}

fn standing_json(standing: &Standing, notice: &Notice) -> Value {
    let labels: serde_json::Map<String, Value> =
        standing.labels.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({
        "fingerprint": standing.fingerprint,
        "alert": standing.alert,
        "app": standing.app,
        "labels": labels,
        "severity": standing.severity,
        "state": standing.phase,
        "silenced": standing.silenced,
        "title": notice.title,
        "text": notice.text,
        "since": rfc3339(standing.since_s),
        "fired_at": standing.fired_s.map(rfc3339),
        "resolved_at": standing.resolved_s.filter(|_| standing.phase == Phase::Resolved).map(rfc3339),
        "events": standing.sum.events,
        "exposure": standing.sum.exposure,
        "window_minutes": standing.sum.minutes,
        "rate": standing.sum.rate(),
        "against": standing.against,
    })
}

fn shown(silence: &Silence, configured: bool) -> Value {
    let matchers: serde_json::Map<String, Value> =
        silence.matchers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({
        "id": if configured { Value::Null } else { json!(silence.id) },
        "matchers": matchers,
        "from": rfc3339(silence.from_s),
        "until": rfc3339(silence.until_s),
        "comment": silence.comment,
    })
}

/// A silence as it is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    matchers: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    until: Option<String>,
    #[serde(default, rename = "for")]
    lasting: Option<String>,
    #[serde(default)]
    comment: String,
}

impl Asked {
    fn read(body: &[u8]) -> Result<Self, ApiError> {
        serde_json::from_slice(body).map_err(|error| {
            let how = r#"send {"matchers":{"alert":"NAME"},"for":"2h","comment":"…"}"#;
            ApiError::parameter("body", format!("{error}; {how}"))
        })
    }

    fn check(self, now_s: i64) -> Result<Silence, ApiError> {
        if self.matchers.is_empty() || self.matchers.len() > MOST_MATCHERS {
            return Err(ApiError::parameter("matchers", format!("has to have 1 to {MOST_MATCHERS}")));
        }
        if let Some(name) = self.matchers.keys().find(|name| !Silence::NAMES.contains(&&***name)) {
            let name = crate::count::shorten(name);
            return Err(ApiError::parameter(
                "matchers",
                format!("{name:?} is none of {}", Silence::NAMES.join(", ")),
            ));
        }
        let long = |text: &String| text.chars().count() > MOST_CHARS;
        if self.matchers.values().any(long) || long(&self.comment) {
            return Err(ApiError::parameter(
                "matchers",
                format!("texts have at most {MOST_CHARS} characters"),
            ));
        }
        let until_s = match (self.until.as_deref(), self.lasting.as_deref()) {
            (Some(until), None) => instant::parse(until)
                .ok_or_else(|| ApiError::parameter("until", "is not RFC 3339, as 2026-11-22T18:00:00Z"))?,
            (None, Some(lasting)) => instant::duration_s(lasting)
                .and_then(|seconds| now_s.checked_add(seconds))
                .ok_or_else(|| ApiError::parameter("for", "is no duration, as 30m, 2h or 1d"))?,
            _ => return Err(ApiError::parameter("until", "give either until or for")),
        };
        if until_s <= now_s || until_s - now_s > LONGEST_S {
            return Err(ApiError::parameter("until", "has to lie ahead, by at most 90 days"));
        }
        Ok(Silence {
            id: format!("{:016x}", fastrand::u64(..)),
            matchers: self.matchers.into_iter().collect(),
            from_s: now_s,
            until_s,
            comment: self.comment,
        })
    }
}

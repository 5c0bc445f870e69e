//! Flagger's webhooks: a question in the metadata, yes as 200 and no as 403.
//!
//! Whatever is wrong with a question is no as well, so a rollout is never promoted, nor rolled back, by mistake.

use std::collections::HashMap;
use std::sync::Arc;

use amends_verdict::Verdict;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::verdict::ruling;
use super::{ApiError, small_body, text, verdict_query};
use crate::server::Shared;
use crate::verdict::word;

/// What Flagger sends; the rest of it is of no matter here.
#[derive(Deserialize)]
struct Hook {
    #[serde(default)]
    metadata: HashMap<String, String>,
}

/// `confirm-promotion`: yes once the verdict is to promote.
pub(crate) async fn confirm_promotion(State(shared): State<Arc<Shared>>, body: Body) -> Response {
    answer(&shared, body, |verdict| verdict == Verdict::Promote).await
}

/// `rollback`: yes rolls back.
pub(crate) async fn rollback(State(shared): State<Arc<Shared>>, body: Body) -> Response {
    answer(&shared, body, |verdict| verdict == Verdict::Rollback).await
}

/// `rollout` and `confirm-traffic-increase`: yes unless the verdict is to roll back.
pub(crate) async fn rollout(State(shared): State<Arc<Shared>>, body: Body) -> Response {
    answer(&shared, body, |verdict| verdict != Verdict::Rollback).await
}

/// Flagger shows the text of a no in its events.
async fn answer(shared: &Arc<Shared>, body: Body, is_yes: impl Fn(Verdict) -> bool) -> Response {
    match ask(shared, body).await {
        Ok((verdict, sentence)) => {
            let status = if is_yes(verdict) { StatusCode::OK } else { StatusCode::FORBIDDEN };
            text(status, "text/plain; charset=utf-8", format!("{}: {sentence}\n", word(verdict)))
        }
        Err(error) => error.answer(),
    }
}

async fn ask(shared: &Arc<Shared>, body: Body) -> Result<(Verdict, String), ApiError> {
    let body = small_body::read(body, shared.patience.body).await?;
    let hook: Hook = serde_json::from_slice(&body).map_err(|error| {
        ApiError::parameter(
            "body",
            format!("is no webhook of Flagger's ({error}); metadata holds strings only"),
        )
    })?;
    // Metadata may hold what is meant for others.
    let ours = hook.metadata.iter().filter(|(name, _)| verdict_query::NAMES.contains(&&***name));
    let ruling = ruling(shared, ours).await?;
    Ok((ruling.verdict, ruling.sentence))
}

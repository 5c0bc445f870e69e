//! `GET /v1/verdict`: promote, hold or roll back.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::verdict_query::question;
use super::{ApiError, NO_TURN, text};
use crate::server::Shared;
use crate::verdict::{Question, Ruling, rule};

/// 200 whatever the verdict: rollout tools take anything else for an error of theirs.
pub(crate) async fn verdict(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    match ruling(&shared, form_urlencoded::parse(query.as_bytes())).await {
        Ok(ruling) => text(StatusCode::OK, "application/json", ruling.json()),
        Err(error) => error.answer(),
    }
}

/// Rules on what these names and values ask.
pub(super) async fn ruling<N: AsRef<str>, V: AsRef<str>>(
    shared: &Arc<Shared>,
    pairs: impl IntoIterator<Item = (N, V)>,
) -> Result<Ruling, ApiError> {
    let question = question(pairs, &shared.live.apps(), |app| shared.now_s(app))?;
    answer(shared, question).await
}

/// Reads the store on a thread that may block.
async fn answer(shared: &Arc<Shared>, question: Question) -> Result<Ruling, ApiError> {
    let turn = shared.store.turn().await.ok_or(NO_TURN)?;
    let shared = Arc::clone(shared);
    tokio::task::spawn_blocking(move || rule(&shared.store, &turn, &question))
        .await
        .map_err(|_| ApiError::Store("the reading thread failed".to_owned()))?
        .map_err(|error| ApiError::Store(error.to_string()))
}

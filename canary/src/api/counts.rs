//! `GET /v1/counts`: counts over time, as JSON or CSV.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::counts_answer::Answer;
use super::counts_picked::Picked;
use super::counts_query::{Part, Query};
use super::{ApiError, NO_TURN, text};
use crate::server::Shared;
use crate::store::Turn;

/// Answers from the store, on a thread that may block.
pub(crate) async fn counts(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let Some(turn) = shared.store.turn().await else { return NO_TURN.answer() };
    let task = tokio::task::spawn_blocking(move || answer(&shared, &turn, &query));
    match task.await {
        Ok(Ok((body, content_type))) => text(StatusCode::OK, content_type, body),
        Ok(Err(error)) => error.answer(),
        Err(_) => ApiError::Store("the reading thread failed".to_owned()).answer(),
    }
}

fn answer(shared: &Shared, turn: &Turn, query: &str) -> Result<(Bytes, &'static str), ApiError> {
    let apps = shared.live.apps();
    let query = Query::parse(query, &apps, |app| shared.now_s(app))?;
    let mut answer = Answer::new(&query, shared.min_devices);
    if !apps.iter().any(|app| **app == *query.app) {
        answer.note("no such app yet");
    }
    for part in query.scans() {
        let read = match &part {
            Part::Minutes(scan) => {
                shared.store.scan(turn, scan, &mut |minute, row, value| answer.add(minute, row, value))
            }
            Part::Hours(scan) => {
                shared.store.scan_hours(turn, scan, &mut |hour, row, value| answer.add(hour * 60, row, value))
            }
        };
        read.map_err(|error| ApiError::Store(error.to_string()))?;
    }
    let read = shared
        .store
        .scan_hours(turn, &query.devices(), &mut |hour, row, value| answer.add_devices(hour, row, value));
    read.map_err(|error| ApiError::Store(error.to_string()))?;
    if query.picks() {
        let mut picked = Picked::new(&query);
        let read = shared
            .store
            .scan_hours(turn, &query.all_devices(), &mut |hour, row, value| picked.add(hour, row, value));
        read.map_err(|error| ApiError::Store(error.to_string()))?;
        if picked.is_hidden(shared.min_devices) {
            answer.hide();
        }
    }
    let csv = query.csv;
    let body = if csv { answer.csv() } else { answer.json() };
    Ok((
        shared.room.hold(body)?,
        if csv { "text/csv; charset=utf-8; header=present" } else { "application/json" },
    ))
}

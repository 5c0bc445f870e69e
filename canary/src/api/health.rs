//! Whether the process lives and whether it can count.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use tokio::sync::Mutex;

use super::text;
use crate::server::Shared;

/// An answer is good for this long, so that asking often does not wear the disk.
const FRESH: Duration = Duration::from_secs(1);
/// A writer that takes longer is as good as none.
const PATIENCE: Duration = Duration::from_secs(5);

/// The last answer and when it was found.
#[derive(Default)]
pub(crate) struct Readiness(Mutex<Option<(Instant, Result<(), String>)>>);

/// The process lives.
pub(crate) async fn healthz() -> Response {
    text(StatusCode::OK, "text/plain; charset=utf-8", "alive\n")
}

/// The store takes batches.
pub(crate) async fn readyz(State(shared): State<Arc<Shared>>) -> Response {
    let mut last = shared.readiness.0.lock().await;
    let fresh = last.as_ref().filter(|(found, _)| found.elapsed() < FRESH).map(|(_, result)| result.clone());
    let result = if let Some(result) = fresh {
        result
    } else {
        let result = match tokio::time::timeout(PATIENCE, shared.store.probe()).await {
            Ok(result) => result.map_err(|error| error.to_string()),
            Err(_) => Err(format!("the store did not write within {} s", PATIENCE.as_secs())),
        };
        *last = Some((Instant::now(), result.clone()));
        result
    };
    match result {
        Ok(()) => text(StatusCode::OK, "text/plain; charset=utf-8", "ready\n"),
        Err(why) => {
            text(StatusCode::SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", format!("not ready: {why}\n"))
        }
    }
}

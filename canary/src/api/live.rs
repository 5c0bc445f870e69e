//! `GET /v1/live`: snapshots as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::ApiError;
use crate::server::Shared;

/// Tells proxies and the page that the connection stands.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// After which a page that lost the stream comes back.
const COME_BACK: Duration = Duration::from_secs(1);

/// Streams the snapshots of `?app=`, or of the first app, beginning with the newest.
pub(crate) async fn live(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    match stream(&shared, query.as_deref().unwrap_or("")) {
        Ok(response) => response,
        Err(error) => error.answer(),
    }
}

fn stream(shared: &Arc<Shared>, query: &str) -> Result<Response, ApiError> {
    let app = app(query)?;
    let seat = Arc::clone(&shared.streams)
        .try_acquire_owned()
        .map_err(|_| ApiError::Busy("too many live pages are open"))?;
    let snapshots = shared.live.subscribe(app).ok_or(ApiError::Busy("the canary is stopping"))?;
    shared.own.live_streams.add(1);
    let events = WatchStream::new(snapshots).map(move |snapshot| {
        // The seat is held as long as the stream lives.
        let _ = &seat;
        Ok::<_, Infallible>(Event::default().event("snapshot").retry(COME_BACK).data(&*snapshot))
    });
    let heartbeat = KeepAlive::new().interval(HEARTBEAT).text("still here");
    let mut response = Sse::new(events).keep_alive(heartbeat).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would collect events otherwise.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn app(query: &str) -> Result<Option<String>, ApiError> {
    let mut app = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "app" if app.is_some() => return Err(ApiError::parameter("app", "stands twice")),
            "app" if value.chars().count() > 128 => {
                return Err(ApiError::parameter("app", "at most 128 characters"));
            }
            "app" => app = Some(value.into_owned()),
            other => return Err(ApiError::parameter(other, "unknown; there is app")),
        }
    }
    Ok(app.filter(|app| !app.is_empty()))
}

//! The demo's page and what it asks for.

use crate::hook::Hook;
use crate::phone::{Phone, Release};
use crate::shop;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;

#[derive(Clone)]
struct App {
    phone: Arc<Phone>,
    canary: Arc<str>,
}

/// Everything the demo serves.
pub(crate) fn routes(phone: Arc<Phone>, canary: String) -> Router {
    let script =
        |text: &'static str| get(move || async move { asset("text/javascript; charset=utf-8", text) });
    let style = |text: &'static str| get(move || async move { asset("text/css; charset=utf-8", text) });
    Router::new()
        .route("/", get(|| async { Html(include_str!("../web/index.html")) }))
        .route("/style.css", style(include_str!("../web/style.css")))
        .route("/demo.js", script(include_str!("../web/demo.js")))
        .route("/hooks.js", script(include_str!("../web/hooks.js")))
        .route("/shop.js", script(include_str!("../web/shop.js")))
        .route("/shop/catalogue", get(shop::catalogue))
        .route("/shop/search", get(shop::search))
        .route("/shop/checkout", post(shop::checkout))
        .route("/phone", get(about))
        .route("/phone/events", post(report))
        .route("/phone/live", get(live))
        .route("/phone/log", get(|State(app): State<App>| async move { Json(app.phone.log.lines()) }))
        .route("/phone/payload", get(payload))
        .route("/phone/release", post(install))
        .route("/phone/new", post(make_new))
        .with_state(App { phone, canary: canary.into() })
}

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text)
}

async fn about(State(app): State<App>) -> Json<Value> {
    Json(json!({"release": app.phone.release().version(), "canary": &*app.canary}))
}

async fn payload(State(app): State<App>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], app.phone.what_we_send())
}

async fn report(State(app): State<App>, Json(hooks): Json<Vec<Hook>>) -> Response {
    for hook in hooks {
        match hook.into_event() {
            Ok(event) => app.phone.report(event),
            Err(message) => return (StatusCode::BAD_REQUEST, message).into_response(),
        }
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn live(State(app): State<App>) -> impl IntoResponse {
    let news = BroadcastStream::new(app.phone.log.listen());
    let events = news.filter_map(Result::ok).map(|news| {
        let data = serde_json::to_string(&news).unwrap_or_default();
        Ok::<_, Infallible>(axum::response::sse::Event::default().data(data))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

#[derive(Debug, Deserialize)]
struct Install {
    release: String,
}

async fn install(State(app): State<App>, Json(install): Json<Install>) -> Response {
    match Release::from_version(&install.release) {
        Some(release) => apart(move || app.phone.install(release)).await,
        None => (StatusCode::BAD_REQUEST, "no such release").into_response(),
    }
}

async fn make_new(State(app): State<App>) -> Response {
    apart(move || app.phone.make_new()).await
}

/// Stopping and starting a phone waits for its thread: not on the server's.
async fn apart(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Ok(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "the phone broke").into_response(),
    }
}

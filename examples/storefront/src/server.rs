//! The demo's page and what it asks for.

use crate::hook;
use crate::phone::{Phone, Release};
use crate::shop;
use amends_core::Document;
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

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

macro_rules! assets {
    ($($kind:ident $file:literal)+) => {
        [$((concat!("/", $file), $kind, include_str!(concat!("../web/", $file)))),+]
    };
}

/// The page's files.
const ASSETS: [(&str, &str, &str); 16] = assets! {
    STYLE "style.css" STYLE "phone.css" STYLE "banner.css"
    SCRIPT "demo.js" SCRIPT "banner.js" SCRIPT "controls.js" SCRIPT "drawer.js" SCRIPT "elements.js"
    SCRIPT "film.js" SCRIPT "hooks.js" SCRIPT "orders.js" SCRIPT "screens.js" SCRIPT "shop.js" SCRIPT "try.js"
    SCRIPT "watchdog.js" SCRIPT "watchdog-worker.js"
};

/// Everything the demo serves.
pub(crate) fn routes(phone: Arc<Phone>, canary: String) -> Router {
    let mut router = Router::new().route("/", get(|| async { Html(include_str!("../web/index.html")) }));
    for (path, kind, text) in ASSETS {
        let head = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")];
        router = router.route(path, get(move || async move { (head, text) }));
    }
    router
        .route("/shop/catalogue", get(shop::catalogue))
        .route("/shop/search", get(shop::search))
        .route("/shop/checkout", post(shop::checkout))
        .route("/shop/picture", get(shop::picture))
        .route("/shop/picture.png", get(shop::picture_as_png))
        .route("/phone", get(about))
        .route("/phone/events", post(report))
        .route("/phone/live", get(live))
        .route("/phone/log", get(|State(app): State<App>| async move { Json(app.phone.log.lines()) }))
        .route("/phone/payload", get(payload))
        .route("/phone/release", post(install))
        .route("/phone/document", post(obey))
        .route("/phone/tomorrow", post(tomorrow))
        .route("/phone/new", post(make_new))
        .with_state(App { phone, canary: canary.into() })
}

async fn about(State(app): State<App>) -> Json<Value> {
    let document: Value = serde_json::from_str(&app.phone.document()).unwrap_or_default();
    Json(json!({
        "release": app.phone.release().version(),
        "canary": &*app.canary,
        "document": document,
        "operations": app.phone.log.operations(),
    }))
}

async fn payload(State(app): State<App>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], app.phone.what_we_send())
}

fn refuse(why: &impl ToString) -> Response {
    (StatusCode::BAD_REQUEST, why.to_string()).into_response()
}

// Asked for as JSON, so that no other site's page can send it without asking first.
async fn report(State(app): State<App>, Json(json): Json<Value>) -> Response {
    match hook::events(json) {
        Ok(events) => {
            for event in events {
                app.phone.report(event);
            }
            StatusCode::NO_CONTENT.into_response()
        }
        Err(message) => refuse(&message),
    }
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
        None => refuse(&"no such release"),
    }
}

async fn obey(State(app): State<App>, Json(json): Json<Value>) -> Response {
    let document = json.to_string();
    match Document::parse(&document) {
        Ok(_) => apart(move || app.phone.obey(document)).await,
        Err(error) => refuse(&error),
    }
}

async fn tomorrow(State(app): State<App>) -> Response {
    apart(move || app.phone.sleep_a_day()).await
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

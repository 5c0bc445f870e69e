//! A stand-in for Google Play and App Store Connect on loopback: keeps one track and one phased release, and who asked.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What it holds, and was asked.
#[derive(Default)]
pub(crate) struct Held {
    /// The track's releases.
    pub(crate) releases: Value,
    /// Changed in the open edit, not yet committed.
    pub(crate) edited: Option<Value>,
    pub(crate) phased_state: String,
    /// `METHOD path`, in order.
    pub(crate) asked: Vec<String>,
    /// The bearer token of the last request that had one.
    pub(crate) token: String,
    /// The statement that was traded for a token.
    pub(crate) assertion: String,
    /// Refuse this, given as in `asked`.
    pub(crate) refuse: Option<String>,
}

pub(crate) struct StandIn {
    pub(crate) url: String,
    pub(crate) held: Arc<Mutex<Held>>,
    _runtime: tokio::runtime::Runtime,
}

impl StandIn {
    pub(crate) fn start(held: Held) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let held = Arc::new(Mutex::new(held));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&held));
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = runtime.block_on(tokio::net::TcpListener::bind(address)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, held, _runtime: runtime }
    }
}

async fn answer(State(held): State<Arc<Mutex<Held>>>, request: Request) -> Response {
    let what = format!("{} {}", request.method(), request.uri().path());
    let token = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let mut held = held.lock().unwrap();
    held.asked.push(what.clone());
    if let Some(token) = token {
        token.strip_prefix("Bearer ").unwrap().clone_into(&mut held.token);
    }
    if held.refuse.as_ref() == Some(&what) {
        return (StatusCode::FORBIDDEN, r#"{"error":{"message":"no permission"}}"#).into_response();
    }
    match store(&mut held, &what, &body) {
        Some(answer) => answer.to_string().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn store(held: &mut Held, what: &str, body: &Bytes) -> Option<Value> {
    let app = "/androidpublisher/v3/applications/com.example.shop";
    let json = || serde_json::from_slice::<Value>(body).unwrap();
    match what.replacen(app, "APP", 1).as_str() {
        "POST /token" => {
            let form: std::collections::HashMap<_, _> = form_urlencoded::parse(body).into_owned().collect();
            assert_eq!(form["grant_type"], "urn:ietf:params:oauth:grant-type:jwt-bearer");
            held.assertion.clone_from(&form["assertion"]);
            Some(json!({ "access_token": "an-hours-token", "expires_in": 3_599, "token_type": "Bearer" }))
        }
        "POST APP/edits" => Some(json!({ "id": "7", "expiryTimeSeconds": "1" })),
        "GET APP/edits/7/tracks/production" => {
            Some(json!({ "track": "production", "releases": held.releases }))
        }
        "PUT APP/edits/7/tracks/production" => {
            held.edited = Some(json()["releases"].clone());
            Some(json())
        }
        "POST APP/edits/7:commit" => {
            held.releases = held.edited.take().unwrap();
            Some(json!({ "id": "7" }))
        }
        "DELETE APP/edits/7" => Some(json!({})),
        "GET /v1/appStoreVersionPhasedReleases/4a1b-9f" => Some(phased(held)),
        "PATCH /v1/appStoreVersionPhasedReleases/4a1b-9f" => {
            let data = &json()["data"];
            assert_eq!(
                (&data["type"], &data["id"]),
                (&json!("appStoreVersionPhasedReleases"), &json!("4a1b-9f"))
            );
            data["attributes"]["phasedReleaseState"].as_str().unwrap().clone_into(&mut held.phased_state);
            Some(phased(held))
        }
        _ => None,
    }
}

fn phased(held: &Held) -> Value {
    json!({ "data": {
        "type": "appStoreVersionPhasedReleases",
        "id": "4a1b-9f",
        "attributes": { "phasedReleaseState": held.phased_state, "currentDayNumber": 3 },
    } })
}

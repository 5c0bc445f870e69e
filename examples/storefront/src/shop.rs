//! The shop's own backend. The broken release of the app asks for things in a way that it cannot serve well.

use crate::phone::Release;
use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Which release asks, and what for.
#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    release: String,
    #[serde(default)]
    words: String,
}

impl Ask {
    fn is_broken(&self) -> bool {
        Release::from_version(&self.release) == Some(Release::Broken)
    }
}

/// Something for sale.
#[derive(Debug, Clone, Copy, Serialize)]
struct Thing {
    name: &'static str,
    price: &'static str,
    look: &'static str,
}

const THINGS: [Thing; 6] = [
    Thing { name: "Walnut desk lamp", price: "€ 64", look: "lamp" },
    Thing { name: "Linen notebook", price: "€ 12", look: "book" },
    Thing { name: "Stoneware mug", price: "€ 18", look: "mug" },
    Thing { name: "Wool blanket", price: "€ 89", look: "blanket" },
    Thing { name: "Brass pen", price: "€ 27", look: "pen" },
    Thing { name: "Fern in a pot", price: "€ 21", look: "fern" },
];

/// The catalogue; the broken release's query takes 6 s.
pub(crate) async fn catalogue(Query(ask): Query<Ask>) -> Response {
    let takes = if ask.is_broken() { Duration::from_secs(6) } else { Duration::from_millis(150) };
    tokio::time::sleep(takes).await;
    Json(THINGS).into_response()
}

/// What has these words in its name.
pub(crate) async fn search(Query(ask): Query<Ask>) -> Response {
    let words = ask.words.to_lowercase();
    let found: Vec<Thing> =
        THINGS.into_iter().filter(|thing| thing.name.to_lowercase().contains(words.trim())).collect();
    Json(found).into_response()
}

/// Takes the order; not from the broken release.
pub(crate) async fn checkout(Query(ask): Query<Ask>) -> Response {
    if ask.is_broken() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the checkout is down").into_response();
    }
    Json("Thank you. Your order is on its way.").into_response()
}

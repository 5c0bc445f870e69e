//! The shop's own backend. The broken release of the app asks for things in a way that it cannot serve well.

use crate::phone::Release;
use axum::Json;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Which release asks, and what for.
#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    release: String,
    #[serde(default)]
    words: String,
    /// How many times the app has asked for this before.
    #[serde(default)]
    earlier: u32,
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

/// The catalogue; the broken release's query takes 6 s, until it is answered from a cache.
pub(crate) async fn catalogue(Query(ask): Query<Ask>) -> Response {
    let takes =
        if ask.is_broken() && ask.earlier == 0 { Duration::from_secs(6) } else { Duration::from_millis(150) };
    tokio::time::sleep(takes).await;
    Json(THINGS).into_response()
}

/// What has these words in its name; the broken release asks an index that is half built.
pub(crate) async fn search(Query(ask): Query<Ask>) -> Response {
    let words = ask.words.to_lowercase();
    let indexed = if ask.is_broken() { THINGS.len() / 2 } else { THINGS.len() };
    let things = THINGS.into_iter().take(indexed);
    let found: Vec<Thing> = things.filter(|thing| thing.name.to_lowercase().contains(words.trim())).collect();
    Json(found).into_response()
}

/// Takes the order; from the broken release only when it tries again.
pub(crate) async fn checkout(Query(ask): Query<Ask>) -> Response {
    if ask.is_broken() && ask.earlier == 0 {
        return (StatusCode::SERVICE_UNAVAILABLE, "the checkout is down").into_response();
    }
    Json("Thank you. Your order is on its way.").into_response()
}

const LAMP: &[u8] = include_bytes!("../web/lamp.svg");
const LAMP_AS_PNG: &[u8] = include_bytes!("../web/lamp.png");

/// The picture of the lamp; the broken release gets half of it, which no browser can draw.
pub(crate) async fn picture(Query(ask): Query<Ask>) -> Response {
    send_picture(&ask, "image/svg+xml", LAMP)
}

/// The same as phones can read it.
pub(crate) async fn picture_as_png(Query(ask): Query<Ask>) -> Response {
    send_picture(&ask, "image/png", LAMP_AS_PNG)
}

fn send_picture(ask: &Ask, kind: &'static str, bytes: &'static [u8]) -> Response {
    let sent = if ask.is_broken() { bytes.len() / 2 } else { bytes.len() };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], bytes.get(..sent).unwrap_or(bytes))
        .into_response()
}

//! Which path is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{delete, get, post};

use super::{Shared, hosts, security_headers};
use crate::{api, ingest, page};

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/v1/metrics", post(ingest::metrics))
        .route("/v1/counts", get(api::counts::counts))
        .route("/v1/live", get(api::live::live))
        .route("/v1/alerts", get(api::alerts::alerts))
        .route("/v1/alerts/dead-letters", get(api::alerts::dead_letters))
        .route("/v1/alerts/dead-letters/{id}/retry", post(api::alerts::retry))
        .route("/v1/silences", post(api::alerts::silence).layer(DefaultBodyLimit::max(16 << 10)))
        .route("/v1/silences/{id}", delete(api::alerts::unsilence))
        .route("/metrics", get(api::prometheus::metrics))
        .route("/healthz", get(api::health::healthz))
        .route("/readyz", get(api::health::readyz))
        .route("/", get(page::html))
        .route("/page.css", get(page::css))
        .route("/page.js", get(page::js))
        .route("/icon.svg", get(page::icon))
        .fallback(api::not_found)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::clone(&shared), hosts::guard))
        .layer(map_response(security_headers::add))
        .with_state(shared)
}

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
        .route("/v1/verdict", get(api::verdict::verdict))
        .route("/api/v1/query", get(api::query::query).post(api::query::query))
        .route("/flagger/confirm-promotion", post(api::flagger::confirm_promotion))
        .route("/flagger/rollback", post(api::flagger::rollback))
        .route("/flagger/rollout", post(api::flagger::rollout))
        .route("/v1/live", get(api::live::live))
        .route("/v1/alerts", get(api::alerts::alerts))
        .route("/v1/alerts/dead-letters", get(api::alerts::dead_letters))
        .route("/v1/alerts/dead-letters/{id}/retry", post(api::alerts::retry))
        .route("/v1/silences", post(api::alerts::silence))
        .route("/v1/silences/{id}", delete(api::alerts::unsilence))
        .route("/v1/tables/{file}", get(api::tables::tables))
        .route("/metrics", get(api::prometheus::metrics))
        .route("/healthz", get(api::health::healthz))
        .route("/readyz", get(api::health::readyz))
        .route("/", get(page::now))
        .route("/releases", get(page::releases))
        .route("/sorry", get(page::sorry))
        .route("/messages", get(page::messages).post(page::messages_form))
        .route("/page.css", get(page::css))
        .route("/charts.css", get(page::charts_css))
        .route("/forms.css", get(page::forms_css))
        .route("/page.js", get(page::js))
        .route("/follow.js", get(page::follow))
        .route("/charts.js", get(page::charts))
        .route("/uplot.js", get(page::uplot))
        .route("/uplot.css", get(page::uplot_css))
        .route("/icon.svg", get(page::icon))
        .fallback(api::not_found)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::clone(&shared), hosts::guard))
        .layer(map_response(security_headers::add))
        .with_state(shared)
}

//! What the canary answers to people, Prometheus and the page.

pub(crate) mod alerts;
pub(crate) mod counts;
mod counts_answer;
mod counts_picked;
mod counts_query;
pub(crate) mod flagger;
pub(crate) mod health;
pub(crate) mod live;
pub(crate) mod prometheus;
mod promql;
pub(crate) mod query;
pub(crate) mod room;
pub(crate) mod small_body;
pub(crate) mod tables;
pub(crate) mod verdict;
mod verdict_query;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use crate::alerts::book::BookError;

/// An error of the reading side: `{"error":{"code","parameter","message"}}`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum ApiError {
    #[error("{parameter}: {message}")]
    Parameter { parameter: String, message: String },
    #[error("the store cannot be used now ({0}); try again")]
    Store(String),
    #[error("{0}; try again later")]
    Busy(&'static str),
    #[error(
        "this canary listens on this machine only and does not answer to {0:?}; ask for localhost, or start it with --allow-host"
    )]
    ForeignHost(String),
    #[error("pages of {0:?} may not send to this canary; start it with --allow-host if they should")]
    ForeignOrigin(String),
    #[error("there is no {0}")]
    None(&'static str),
    #[error("Authorization has to be Bearer and this canary's admin key")]
    NotAdmin,
    #[error(
        "others reach this canary, so only its admin may change that; set admin_key in its configuration"
    )]
    NoAdmin,
    #[error(
        "no such page; there are /, /releases, /sorry, /messages, /metrics, /v1/metrics, /v1/counts, /v1/tables/…, /v1/verdict, /v1/live, /v1/alerts, /v1/silences, /api/v1/query, /flagger/…, /healthz and /readyz"
    )]
    NotFound,
}

impl From<BookError> for ApiError {
    fn from(error: BookError) -> Self {
        Self::Store(error.public())
    }
}

impl ApiError {
    pub(crate) fn parameter(parameter: &str, message: impl Into<String>) -> Self {
        // An unknown one is the client's own word.
        Self::Parameter { parameter: crate::count::shorten(parameter), message: message.into() }
    }

    pub(crate) fn answer(&self) -> Response {
        let (status, code, parameter) = match self {
            Self::Parameter { parameter, .. } => (StatusCode::BAD_REQUEST, "bad_parameter", Some(parameter)),
            Self::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", None),
            Self::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "busy", None),
            Self::ForeignHost(_) => (StatusCode::MISDIRECTED_REQUEST, "foreign_host", None),
            Self::ForeignOrigin(_) => (StatusCode::FORBIDDEN, "foreign_origin", None),
            Self::NotAdmin => (StatusCode::UNAUTHORIZED, "not_admin", None),
            Self::NoAdmin => (StatusCode::FORBIDDEN, "no_admin", None),
            Self::None(_) | Self::NotFound => (StatusCode::NOT_FOUND, "not_found", None),
        };
        let error = serde_json::json!({ "error": { "code": code, "parameter": parameter, "message": self.to_string() } });
        let mut response = text(status, "application/json", error.to_string());
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

pub(crate) fn text(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Why there was no turn to read.
pub(crate) const NO_TURN: ApiError = ApiError::Busy("too many queries at once");

pub(crate) async fn not_found() -> Response {
    ApiError::NotFound.answer()
}

//! The live page: static files within the program, no build step, nothing from elsewhere.

use axum::http::StatusCode;
use axum::response::Response;

use crate::api::text;

/// The document.
pub(crate) async fn html() -> Response {
    text(StatusCode::OK, "text/html; charset=utf-8", include_str!("page.html"))
}

/// Its style.
pub(crate) async fn css() -> Response {
    text(StatusCode::OK, "text/css; charset=utf-8", include_str!("page.css"))
}

/// Its script.
pub(crate) async fn js() -> Response {
    text(StatusCode::OK, "text/javascript; charset=utf-8", include_str!("page.js"))
}

/// The icon of its tab.
pub(crate) async fn icon() -> Response {
    text(StatusCode::OK, "image/svg+xml", include_str!("icon.svg"))
}

//! The live page: static files within the program, no build step, nothing from elsewhere.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::api::text;
use crate::server::Shared;

/// The document.
pub(crate) async fn html(State(shared): State<Arc<Shared>>) -> Response {
    let page = include_str!("page.html");
    // Whether a command to try needs a key; which one, nobody tells here.
    let page = if shared.keys.are_set() {
        page.replace("id=\"curl\"", "id=\"curl\" data-needs-key=\"yes\"")
    } else {
        page.to_owned()
    };
    text(StatusCode::OK, "text/html; charset=utf-8", page)
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

#[cfg(test)]
mod tests {
    use crate::count::vocabulary::Kind;

    #[test]
    fn every_kind_has_a_label() {
        let script = include_str!("page.js");
        let (_, labels) = script.split_once("const KINDS = {").unwrap();
        let (labels, _) = labels.split_once("};").unwrap();
        assert_eq!(labels.matches(':').count(), Kind::WORDS.len());
        for word in Kind::WORDS {
            assert!(labels.contains(&format!("\n  {word}: \"")), "{word}");
        }
    }
}

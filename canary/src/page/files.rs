//! Style, scripts and icon: static files within the program, no build step, nothing from elsewhere.

use axum::http::StatusCode;
use axum::response::Response;

use crate::api::text;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// The style of the pages.
pub(crate) async fn css() -> Response {
    text(StatusCode::OK, STYLE, include_str!("page.css"))
}

/// That of charts.
pub(crate) async fn charts_css() -> Response {
    text(StatusCode::OK, STYLE, include_str!("charts.css"))
}

/// That of forms, and of the phone in the messages.
pub(crate) async fn forms_css() -> Response {
    text(StatusCode::OK, STYLE, include_str!("forms.css"))
}

/// Keeps the first page up to date.
pub(crate) async fn js() -> Response {
    text(StatusCode::OK, SCRIPT, include_str!("page.js"))
}

/// Keeps the others up to date.
pub(crate) async fn follow() -> Response {
    text(StatusCode::OK, SCRIPT, include_str!("follow.js"))
}

/// Draws charts from the tables below them.
pub(crate) async fn charts() -> Response {
    text(StatusCode::OK, SCRIPT, include_str!("charts.js"))
}

/// The chart library.
pub(crate) async fn uplot() -> Response {
    text(StatusCode::OK, SCRIPT, include_str!("vendor/uPlot.iife.min.js"))
}

/// Its style.
pub(crate) async fn uplot_css() -> Response {
    text(StatusCode::OK, STYLE, include_str!("vendor/uPlot.min.css"))
}

/// The icon of the tab.
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

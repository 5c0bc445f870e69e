//! The page and its safety.

use crate::fixture::Server;

#[test]
fn comes_whole_from_this_server_and_can_be_framed_by_a_local_demo_only() {
    let server = Server::start();
    let page = server.client.get("/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let html = page.text();
    for test_id in
        ["sorry-today", "failures-today", "rate", "by-release", "by-screen", "by-kind", "live-state"]
    {
        assert!(html.contains(&format!("data-testid=\"{test_id}\"")), "{test_id}");
    }
    for outside in ["//", " style=", "<style", "onclick"] {
        assert!(!html.contains(outside), "the page has {outside}");
    }
    for (path, content_type) in [
        ("/page.css", "text/css; charset=utf-8"),
        ("/charts.css", "text/css; charset=utf-8"),
        ("/forms.css", "text/css; charset=utf-8"),
        ("/uplot.css", "text/css; charset=utf-8"),
        ("/page.js", "text/javascript; charset=utf-8"),
        ("/charts.js", "text/javascript; charset=utf-8"),
        ("/uplot.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
    ] {
        let file = server.client.get(path);
        assert_eq!((file.status, file.header("content-type")), (200, content_type));
        assert!(html.contains(path));
    }
    assert!(server.client.get("/releases").text().contains("\"/follow.js\""));
    assert_eq!(server.client.get("/follow.js").header("content-type"), "text/javascript; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"), "{policy}");
    for path in ["/", "/metrics", "/v1/counts", "/nothing"] {
        let answer = server.client.get(path);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[test]
fn the_command_to_try_has_a_key_where_one_is_needed() {
    let needs = |server: &Server| server.client.get("/").text().contains("data-needs-key");
    assert!(!needs(&Server::start()));
    assert!(needs(&Server::with(|config| config.ingest_keys = vec!["a-long-enough-key".to_owned()])));
    let script = Server::start().client.get("/page.js").text();
    assert!(script.contains("dataset.needsKey") && script.contains("Authorization: Bearer KEY"));
}

#[test]
fn names_from_apps_are_not_looked_up_in_the_page() {
    let script = Server::start().client.get("/page.js").text();
    // An app may name a screen "constructor" or "hang".
    assert!(script.contains("Object.hasOwn(names, line.name)") && !script.contains("KINDS["));
    assert_eq!(script.matches("KINDS").count(), 2, "its definition and the table of kinds");
}

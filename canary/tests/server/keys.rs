//! Ingest keys.

use crate::fixture::{JSON, Server, failures, fresh_key};

const FIRST: &str = "first-ingest-key";
const SECOND: &str = "second-ingest-key";

fn guarded() -> Server {
    Server::with(|config| config.ingest_keys = vec![FIRST.to_owned(), SECOND.to_owned()])
}

#[test]
fn without_the_right_key_nothing_counts() {
    let server = guarded();
    let body = failures("shop", 1).to_string();
    for authorization in
        ["", "Bearer wrong", "Basic first-ingest-key", "first-ingest-key", "Bearer first-ingest-keyy"]
    {
        let mut headers = vec![("content-type", JSON)];
        if !authorization.is_empty() {
            headers.push(("authorization", authorization));
        }
        let answer = server.client.post(body.as_bytes(), &headers);
        assert_eq!((answer.status, answer.json()["code"].as_i64()), (401, Some(16)), "{authorization}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    assert_eq!(server.client.total("amends_failures_total", &[]), 0);
}

#[test]
fn each_ingest_key_has_idempotency_keys_of_its_own() {
    let server = guarded();
    let key = fresh_key();
    for (ingest_key, app) in [(FIRST, "shop"), (SECOND, "bank"), (FIRST, "shop")] {
        let authorization = format!("Bearer {ingest_key}");
        let headers =
            [("content-type", JSON), ("authorization", &*authorization), ("idempotency-key", &*key)];
        let body = failures(app, 1);
        // The same key under another ingest key is another batch, not a 422.
        let answer = if app == "shop" { shop_body() } else { body.to_string() };
        assert_eq!(server.client.post(answer.as_bytes(), &headers).text(), "{}");
    }
    assert_eq!(server.client.total("amends_failures_total", &["\"shop\""]), 1);
    assert_eq!(server.client.total("amends_failures_total", &["\"bank\""]), 1);
}

/// The same bytes each time.
fn shop_body() -> String {
    use std::sync::OnceLock;
    static BODY: OnceLock<String> = OnceLock::new();
    BODY.get_or_init(|| failures("shop", 1).to_string()).clone()
}

#[test]
fn a_key_of_one_app_counts_for_no_other() {
    let server = Server::with(|config| {
        config.ingest_keys = vec![" shop = first-ingest-key ".to_owned(), format!(" {SECOND} ")];
    });
    let mut both = failures("shop", 1);
    both["resourceMetrics"].as_array_mut().unwrap().push(failures("bank", 5)["resourceMetrics"][0].clone());
    let post = |ingest_key: &str| {
        let (authorization, key) = (format!("Bearer {ingest_key}"), fresh_key());
        let headers =
            [("content-type", JSON), ("authorization", &*authorization), ("idempotency-key", &*key)];
        server.client.post(both.to_string().as_bytes(), &headers)
    };
    let (rejected, message) = post(FIRST).partial();
    assert_eq!(rejected, 1);
    assert!(message.contains("\"bank\"") && message.contains("ingest key"), "{message}");
    assert_eq!(server.client.total("amends_failures_total", &["\"bank\""]), 0);
    assert_eq!(post(SECOND).text(), "{}", "a plain key is for all apps");
    assert_eq!(server.client.total("amends_failures_total", &["\"bank\""]), 5);
    assert_eq!(post("shop = first-ingest-key").status, 401);
}

//! A batch counts once, however often it comes.

use crate::fixture::{JSON, PROTOBUF, Server, batch, failures, fresh_key, gzip, point, sum};
use serde_json::json;

#[test]
fn a_repeat_gets_the_same_answer_and_counts_nothing() {
    let mut server = Server::start();
    let good = point(&json!("2"), &crate::fixture::HANG_SHOWN);
    let bad = point(&json!("-1"), &crate::fixture::HANG_SHOWN);
    let body = batch("shop", "1.0", &[sum("amends.failures", &[good, bad])]).to_string();
    let key = fresh_key();
    let headers = [("content-type", JSON), ("idempotency-key", &*key)];
    let first = server.client.post(body.as_bytes(), &headers);
    assert_eq!(first.partial().0, 1);
    for round in 0..3 {
        if round == 2 {
            server.restart();
        }
        let again = server.client.post(body.as_bytes(), &headers);
        assert_eq!((again.status, again.text()), (200, first.text()), "round {round}");
    }
    let quoted = format!("\"{key}\"");
    let headers = [("content-type", JSON), ("idempotency-key", &*quoted), ("content-encoding", "gzip")];
    assert_eq!(
        server.client.post(&gzip(body.as_bytes()), &headers).text(),
        first.text(),
        "packed, it is the same body"
    );
    assert_eq!(server.client.total("amends_failures_total", &[]), 2);
    assert!(
        server.client.get("/metrics").text().contains("amends_canary_batches_total{result=\"repeated\"} 2")
    );
}

#[test]
fn the_same_key_with_another_body_is_422() {
    let server = Server::start();
    let key = fresh_key();
    let headers = [("content-type", JSON), ("idempotency-key", &*key)];
    assert_eq!(server.client.post(failures("shop", 1).to_string().as_bytes(), &headers).status, 200);
    let answer = server.client.post(failures("shop", 2).to_string().as_bytes(), &headers);
    assert_eq!((answer.status, answer.json()["code"].as_i64()), (422, Some(9)));
    let headers = [("content-type", PROTOBUF), ("idempotency-key", &*key)];
    assert_eq!(server.client.post(b"", &headers).status, 422);
    assert_eq!(server.client.total("amends_failures_total", &[]), 1);
}

#[test]
fn keys_of_a_wrong_shape_are_400() {
    let server = Server::start();
    let body = failures("shop", 1).to_string();
    let long = "k".repeat(129);
    for key in ["", "short", "with a space in it", "\"0123456789abcde\"", "0123456789\"abcdef", &long] {
        let answer = server.client.post(body.as_bytes(), &[("content-type", JSON), ("idempotency-key", key)]);
        assert_eq!(answer.status, 400, "{key:?}");
        assert!(answer.json()["message"].as_str().unwrap().contains("Idempotency-Key"));
    }
    let two =
        [("content-type", JSON), ("idempotency-key", &*fresh_key()), ("idempotency-key", &*fresh_key())];
    assert_eq!(server.client.post(body.as_bytes(), &two).status, 400);
    let longest = "k".repeat(128);
    let answer =
        server.client.post(body.as_bytes(), &[("content-type", JSON), ("idempotency-key", &longest)]);
    assert_eq!(answer.status, 200);
}

#[test]
fn many_at_once_count_once() {
    let server = Server::start();
    for round in 1..=20 {
        let key = fresh_key();
        let body = failures("shop", 1).to_string();
        let barrier = std::sync::Barrier::new(5);
        std::thread::scope(|scope| {
            for _ in 0..5 {
                scope.spawn(|| {
                    let headers = [("content-type", JSON), ("idempotency-key", &*key)];
                    barrier.wait();
                    assert_eq!(server.client.post(body.as_bytes(), &headers).text(), "{}");
                });
            }
        });
        assert_eq!(server.client.total("amends_failures_total", &[]), i64::from(round));
    }
}

#[test]
fn a_refused_batch_leaves_its_key_unused() {
    let server = Server::start();
    let key = fresh_key();
    let headers = [("content-type", JSON), ("idempotency-key", &*key)];
    assert_eq!(server.client.post(b"{", &headers).status, 400);
    assert_eq!(server.client.post(failures("shop", 1).to_string().as_bytes(), &headers).status, 200);
}

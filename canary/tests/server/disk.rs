//! A full disk: refused, retryable, and nothing half counted.

use serde_json::json;

use crate::fixture::{JSON, Server, batch, fresh_key, point, sum, until};

#[test]
fn a_full_store_refuses_whole_batches_and_takes_them_later() {
    let mut server = Server::with(|config| config.max_store_bytes = Some(256 << 10));
    assert_eq!(server.client.get("/readyz").status, 200);
    let mut stored = 0_u32;
    let (body, key) = loop {
        // Two metrics in one batch: they count together or not at all.
        let screen = format!("screen {stored:0100}");
        let labels = [("amends.failure.kind", "hang"), ("app.screen.name", &*screen)];
        let metrics =
            ["amends.apologies", "amends.opportunities"].map(|name| sum(name, &[point(&json!(1), &labels)]));
        let (body, key) = (batch("shop", "1.0", &metrics).to_string(), fresh_key());
        let answer =
            server.client.post(body.as_bytes(), &[("content-type", JSON), ("idempotency-key", &key)]);
        if answer.status == 503 {
            assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
            assert_eq!(answer.json()["code"], 14);
            break (body, key);
        }
        assert_eq!(answer.text(), "{}");
        stored += 1;
        assert!(stored < 5_000, "the limit never held");
    };
    for name in ["amends_apologies_total", "amends_opportunities_total"] {
        assert_eq!(server.client.total(name, &[]), i64::from(stored), "{name}");
    }
    // An answer is good for a second, so it may take as long to turn.
    until("not ready", || (server.client.get("/readyz").status == 503).then_some(()));
    assert_eq!(server.client.get("/healthz").status, 200);

    // With room again, the retry counts, once.
    server.restart();
    for _ in 0..2 {
        let answer =
            server.client.post(body.as_bytes(), &[("content-type", JSON), ("idempotency-key", &key)]);
        assert_eq!(answer.text(), "{}");
    }
    for name in ["amends_apologies_total", "amends_opportunities_total"] {
        assert_eq!(server.client.total(name, &[]), i64::from(stored + 1), "{name}");
    }
}

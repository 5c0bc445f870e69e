//! Flagger's webhooks, with what Flagger 1.43 sends.

use serde_json::{Value, json};

use crate::fixture::{Answer, JSON, Server};
use crate::rollout::{roll_out, roll_out_widely, server};

/// As in Flagger's documentation of webhooks, with our metadata.
fn payload(metadata: &Value) -> String {
    json!({
        "name": "podinfo",
        "namespace": "test",
        "phase": "Progressing",
        "checksum": "85d557f47b",
        "metadata": metadata,
    })
    .to_string()
}

fn call(server: &Server, hook: &str, body: &str) -> Answer {
    server.client.post_to(&format!("/flagger/{hook}"), body.as_bytes(), JSON)
}

/// Answers of confirm-promotion, rollback and rollout.
fn statuses(server: &Server) -> [u16; 3] {
    let metadata =
        json!({ "app": "shop", "release": "2.0", "control": "1.9", "token": "16688eb5e9f289f1991c" });
    ["confirm-promotion", "rollback", "rollout"].map(|hook| call(server, hook, &payload(&metadata)).status)
}

#[test]
fn yes_is_200_and_no_is_403() {
    let bad = server();
    assert_eq!(statuses(&bad), [403, 403, 200], "nothing counted yet");
    roll_out(&bad, 20);
    assert_eq!(statuses(&bad), [403, 200, 403], "worse");

    let good = server();
    roll_out(&good, 10);
    assert_eq!(statuses(&good), [403, 403, 200], "too early");
    roll_out_widely(&good);
    assert_eq!(statuses(&good), [200, 403, 200], "good enough");
}

#[test]
fn a_no_says_why_for_flaggers_events() {
    let server = server();
    roll_out(&server, 20);
    let answer = call(&server, "confirm-promotion", &payload(&json!({ "release": "2.0" })));
    assert_eq!(answer.status, 403);
    assert!(answer.text().starts_with("rollback: 2.0 fails people more often"), "{}", answer.text());
}

#[test]
fn what_is_no_question_is_a_no() {
    let server = server();
    roll_out(&server, 20);
    let large = payload(&json!({ "release": "2.0", "note": "x".repeat(20 << 10) }));
    for (body, words) in [
        (&*payload(&json!({})), "release"),
        (r#"{"name":"podinfo","namespace":"test","phase":"Progressing","checksum":"85d557f47b"}"#, "release"),
        (&payload(&json!({ "release": "2.0", "alpha": "9" })), "alpha"),
        (&payload(&json!({ "release": 2 })), "strings only"),
        ("", "no webhook of Flagger's"),
        (&large, "larger than"),
    ] {
        for hook in ["confirm-promotion", "rollback", "rollout"] {
            let answer = call(&server, hook, body);
            assert_eq!(answer.status, 400, "{hook} {words}");
            assert!(answer.text().contains(words), "{hook}: {}", answer.text());
        }
    }
}

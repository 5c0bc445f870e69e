//! `/api/v1/query`: what Flagger's Prometheus provider and Argo's send, in the shapes that they read.

use serde_json::{Value, json};

use crate::fixture::{Answer, Server};
use crate::rollout::{Counted, roll_out, server, verdict};

fn ask(server: &Server, expression: &str) -> Answer {
    let query: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("query", expression).finish();
    server.client.get(&format!("/api/v1/query?{query}"))
}

/// The one sample's value, `None` for an empty vector.
fn value(answer: &Answer) -> Option<f64> {
    let json = answer.json();
    assert_eq!((answer.status, &json["status"]), (200, &json!("success")), "{json}");
    assert_eq!(json["data"]["resultType"], "vector");
    let result = json["data"]["result"].as_array().unwrap();
    assert!(result.len() <= 1, "{json}");
    let sample = result.first()?;
    assert!(sample["value"][0].is_number() && sample["value"].as_array().unwrap().len() == 2, "{json}");
    let text = sample["value"][1].as_str().unwrap();
    Some(if text == "+Inf" { f64::INFINITY } else { text.parse().unwrap() })
}

#[test]
fn flagger_finds_it_online() {
    let server = Server::start();
    let answer = ask(&server, "vector(1)");
    assert_eq!(value(&answer), Some(1.0));
    assert_eq!(answer.json()["data"]["result"][0]["metric"], json!({}));
    assert_eq!(answer.header("content-type"), "application/json");
}

#[test]
fn metrics_are_those_of_the_verdict() {
    let server = server();
    roll_out(&server, 20);
    let data = verdict(&server, "release=2.0");
    let selector = r#"{app="shop", release="2.0"}"#;
    for (metric, wanted) in [
        ("amends_failure_rate", &json!(0.04)),
        ("amends_rate_ratio", &data["rate_ratio"]["estimate"]),
        ("amends_rate_ratio_low", &data["rate_ratio"]["low"]),
        ("amends_rate_ratio_high", &data["rate_ratio"]["high"]),
        ("amends_e_value", &data["e_value"]),
    ] {
        let answer = ask(&server, &format!("{metric}{selector}"));
        let (found, wanted) = (value(&answer).unwrap(), wanted.as_f64().unwrap());
        assert!((found / wanted - 1.0).abs() < 1e-12, "{metric}: {found} {wanted}");
        let labels = &answer.json()["data"]["result"][0]["metric"];
        assert_eq!((&labels["__name__"], &labels["release"]), (&json!(metric), &json!("2.0")));
        assert_eq!(labels["control"].as_str(), (metric != "amends_failure_rate").then_some("1.9"));
    }
    let named = ask(&server, r#"amends_rate_ratio{release="1.9", control="2.0"}"#);
    assert!((value(&named).unwrap() - 0.5).abs() < 1e-9);
}

#[test]
fn where_there_is_no_number_there_is_no_sample() {
    let server = server();
    assert_eq!(value(&ask(&server, r#"amends_e_value{release="2.0"}"#)), None, "no app yet");
    Counted::shop("1.9", 100, 0).send(&server, 0);
    for (metric, wanted) in [
        ("amends_failure_rate", None),
        ("amends_rate_ratio", None),
        ("amends_rate_ratio_low", None),
        ("amends_rate_ratio_high", None),
        ("amends_e_value", Some(1.0)),
    ] {
        assert_eq!(value(&ask(&server, &format!("{metric}{{release=\"2.0\"}}"))), wanted, "{metric}");
    }
    Counted::shop("2.0", 100, 1).send(&server, 0);
    assert_eq!(value(&ask(&server, r#"amends_rate_ratio_high{release="2.0"}"#)), Some(f64::INFINITY));
    assert_eq!(
        value(&ask(&server, r#"amends_rate_ratio{release="2.0"}"#)),
        None,
        "no control session failed"
    );
}

/// Prometheus' Go client, which Argo uses, sends a form.
#[test]
fn a_form_is_read_too() {
    let server = server();
    roll_out(&server, 20);
    let now = crate::fixture::now_s();
    let form = |time: String| {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("query", r#"amends_failure_rate{release="2.0"}"#)
            .append_pair("time", &time)
            .append_pair("timeout", "30s")
            .finish();
        server.client.post_to("/api/v1/query", form.as_bytes(), "application/x-www-form-urlencoded")
    };
    let answer = form(format!("{now}.25"));
    assert_eq!(value(&answer), Some(0.04));
    assert_eq!(answer.json()["data"]["result"][0]["value"][0].to_string(), format!("{now}.25"));
    let answer = form((now - 3_600).to_string());
    assert_eq!((answer.status, answer.json()["errorType"].as_str()), (400, Some("bad_data")));
}

#[test]
fn everything_else_is_bad_data_in_prometheus_shape() {
    let server = server();
    roll_out(&server, 20);
    for (expression, words) in [
        ("up", "is not known here"),
        ("amends_e_value{release=\"2.0\"}[1h]", "ranges such as [1h] are not supported"),
        ("rate(amends_sessions_total[5m])", "\"rate\" is not known"),
        ("amends_e_value", "release: is missing"),
        ("amends_e_value{release=\"2.0\",job=\"x\"}", "job: unknown"),
        ("amends_e_value{release=\"2.0\",alpha=\"x\"}", "alpha: is no number"),
        (" ", "\"query\" is missing"),
    ] {
        let answer = ask(&server, expression);
        let json: Value = answer.json();
        assert_eq!(
            (answer.status, &json["status"], &json["errorType"]),
            (400, &json!("error"), &json!("bad_data"))
        );
        assert!(json["error"].as_str().unwrap().contains(words), "{expression}: {json}");
    }
    assert_eq!(server.client.get("/api/v1/query").status, 400);
    let large = "x".repeat(17 << 10);
    let answer =
        server.client.post_to("/api/v1/query", large.as_bytes(), "application/x-www-form-urlencoded");
    assert!(answer.json()["error"].as_str().unwrap().contains("larger than"), "{}", answer.text());
}

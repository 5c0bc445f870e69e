//! A flood of labels stays in its own app, and within bounds.

use serde_json::{Value, json};

use crate::fixture::{JSON, Server, attribute, batch, failures, fresh_key, point, sum};

fn screens(range: std::ops::Range<usize>) -> Value {
    let point = |number| {
        let screen = format!("screen {number}");
        point(&json!(1), &[("amends.failure.kind", "hang"), ("app.screen.name", &screen)])
    };
    batch("flood", "1.0", &[sum("amends.apologies", &range.map(point).collect::<Vec<_>>())])
}

#[test]
fn screens_beyond_the_limit_are_counted_as_other() {
    let mut server = Server::start();
    assert_eq!(server.client.send(&failures("shop", 5)).text(), "{}");
    for start in (0..3_000).step_by(1_000) {
        assert_eq!(server.client.send(&screens(start..start + 1_000)).text(), "{}");
    }
    let check = |server: &Server, other: i64| {
        assert_eq!(server.client.total("amends_apologies_total", &["\"_other\""]), other);
        let lines =
            server.client.totals().keys().filter(|key| key.starts_with("amends_apologies_total")).count();
        assert_eq!(lines, 1_001);
        assert_eq!(server.client.total("amends_failures_total", &["\"shop\"", "\"Home\""]), 5);
    };
    check(&server, 2_000);
    server.restart();
    assert_eq!(server.client.send(&screens(0..1_100)).text(), "{}");
    check(&server, 2_100);
    assert_eq!(server.client.total("amends_apologies_total", &["\"screen 7\""]), 2);
}

#[test]
fn releases_segments_and_reasons_fold_as_well() {
    let server = Server::start();
    for number in 0..210 {
        let release = format!("1.{number}");
        assert_eq!(
            server
                .client
                .send(&batch("shop", &release, &[sum("amends.sessions", &[point(&json!(1), &[])])]))
                .status,
            200
        );
    }
    let points =
        |key: &str| (0..110).map(|n| point(&json!(1), &[(key, &format!("w{n}"))])).collect::<Vec<_>>();
    let metrics = [
        sum("amends.sessions.failed", &points("amends.segment")),
        sum("amends.losses", &points("amends.loss.reason")),
    ];
    assert_eq!(server.client.send(&batch("shop", "1.0", &metrics)).text(), "{}");
    assert_eq!(server.client.total("amends_sessions_total", &["service_version=\"_other\""]), 10);
    assert_eq!(server.client.total("amends_sessions_failed_total", &["amends_segment=\"_other\""]), 10);
    assert_eq!(server.client.total("amends_losses_total", &["amends_loss_reason=\"_other\""]), 60);
}

#[test]
fn batches_with_apps_beyond_the_limit_are_kept_by_the_device() {
    let mut server = Server::with(|config| config.max_apps = 2);
    for app in ["a", "b"] {
        assert_eq!(server.client.send(&failures(app, 1)).text(), "{}");
    }
    // Known and new in one batch: all of it comes again later.
    let mut both = failures("a", 1);
    both["resourceMetrics"].as_array_mut().unwrap().push(failures("c", 1)["resourceMetrics"][0].clone());
    let (body, key) = (both.to_string(), fresh_key());
    let headers = [("content-type", JSON), ("idempotency-key", &*key)];
    let answer = server.client.post(body.as_bytes(), &headers);
    assert_eq!((answer.status, answer.json()["code"].as_i64()), (503, Some(14)));
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("\"c\"") && message.contains("2 apps"), "{message}");
    assert_eq!(server.client.total("amends_failures_total", &[]), 2);
    server.restart();
    assert_eq!(server.client.post(body.as_bytes(), &headers).text(), "{}");
    assert_eq!(server.client.total("amends_failures_total", &[]), 4);
}

#[test]
fn names_that_are_the_canarys_own_are_counted_as_not_given() {
    let server = Server::start();
    let send = |screen: &str| {
        let labels = [("amends.failure.kind", "hang"), ("app.screen.name", screen)];
        server.client.send(&batch("shop", "_none", &[sum("amends.apologies", &[point(&json!(1), &labels)])]))
    };
    for screen in ["_none", "_mine"] {
        let (rejected, message) = send(screen).partial();
        assert_eq!(rejected, 0);
        assert!(message.contains(&format!("app.screen.name {screen:?}")), "{message}");
        assert!(message.contains("service.version \"_none\""), "{message}");
    }
    assert_eq!(send("_other").partial().0, 0);
    assert_eq!(server.client.total("amends_apologies_total", &["screen_name=\"\"", "version=\"\""]), 2);
    assert_eq!(server.client.total("amends_apologies_total", &["screen_name=\"_other\""]), 1);
}

#[test]
fn strange_labels_come_back_as_they_were() {
    let server = Server::start();
    let screen = "a \"quote\", a \\ and\na line, <b>ünïcødé</b> 日本";
    let labels = [("amends.failure.kind", "hang"), ("app.screen.name", screen)];
    let mut odd = batch("shop", "1.0", &[sum("amends.apologies", &[point(&json!(1), &labels)])]);
    odd["resourceMetrics"][0]["resource"]["attributes"][2] = attribute("os.name", "");
    assert_eq!(server.client.send(&odd).text(), "{}");
    let page = server.client.get("/metrics").text();
    assert!(
        page.contains(r#"app_screen_name="a \"quote\", a \\ and\na line, <b>ünïcødé</b> 日本""#),
        "{page}"
    );
    let counts = server.client.get("/v1/counts").json();
    assert_eq!(counts["data"]["totals"]["by_screen"][screen]["apologies"], 1);
}

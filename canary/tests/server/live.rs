//! The live stream.

use std::io::{BufRead, BufReader, Read};

use serde_json::Value;

use crate::fixture::{Server, answers, batch, failures, histogram, point, sum};

struct Stream(BufReader<Box<dyn Read>>);

impl Stream {
    fn open(server: &Server, app: &str) -> Self {
        let response = server.client.agent.get(format!("{}/v1/live{app}", server.client.url)).call().unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(BufReader::new(Box::new(response.into_body().into_reader())))
    }

    /// The next snapshot that satisfies; the agent's timeout ends a wait in vain.
    fn wait(&mut self, good: impl Fn(&Value) -> bool) -> Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                let snapshot: Value = serde_json::from_str(data).unwrap();
                if good(&snapshot) {
                    return snapshot;
                }
            }
        }
    }
}

fn apology(app: &str) -> Value {
    let labels = [("amends.failure.kind", "hang"), ("app.screen.name", "Home")];
    batch(app, "1.0", &[sum("amends.apologies", &[point(&serde_json::json!(1), &labels)])])
}

#[test]
fn every_page_hears_of_a_commit_and_late_ones_of_the_state() {
    let server = Server::start();
    let mut pages: Vec<_> = (0..3).map(|_| Stream::open(&server, "")).collect();
    for page in &mut pages {
        let first = page.wait(|_| true);
        assert!(first["app"].is_null());
        assert_eq!(first["minutes"].as_array().unwrap().len(), 60);
    }
    assert_eq!(server.client.send(&apology("shop")).text(), "{}");
    assert_eq!(server.client.send(&failures("shop", 3)).text(), "{}");
    for page in &mut pages {
        let seen =
            page.wait(|snapshot| snapshot["today"]["failures"] == 3 && snapshot["today"]["apologies"] == 1);
        assert_eq!(seen["app"], "shop");
        assert_eq!(seen["today"]["shown"], 3);
        assert_eq!(seen["by_release"][0]["name"], "1.0");
        assert_eq!(seen["by_screen"][0]["name"], "Home");
        assert_eq!(seen["by_kind"][0]["failures"], 3);
    }
    let late = Stream::open(&server, "?app=shop").wait(|_| true);
    assert_eq!(late["today"]["apologies"], 1);
}

#[test]
fn apps_are_apart_and_a_restart_remembers_today() {
    let mut server = Server::start();
    assert_eq!(server.client.send(&apology("shop")).text(), "{}");
    assert_eq!(server.client.send(&apology("bank")).text(), "{}");
    server.restart();
    let snapshot = Stream::open(&server, "?app=bank").wait(|_| true);
    assert_eq!(
        (snapshot["today"]["apologies"].as_i64(), snapshot["apps"].as_array().unwrap().len()),
        (Some(1), 2)
    );
}

#[test]
fn what_people_say_changes_none_of_its_numbers() {
    let server = Server::start();
    assert_eq!(server.client.send(&apology("shop")).text(), "{}");
    let mut page = Stream::open(&server, "");
    let before = page.wait(|_| true);
    let one = serde_json::json!(1);
    let (kind, arm, asked) =
        (("amends.failure.kind", "hang"), ("amends.arm", "apologised"), ("amends.asked", "pulse"));
    let metrics = [
        sum("amends.make_goods", &[point(&one, &[kind])]),
        sum("amends.responses", &[point(&one, &[kind, ("amends.response", "tell_us")])]),
        sum("amends.questions", &[point(&one, &[arm, asked])]),
        histogram("amends.feedback", &[answers([0, 0, 0, 0, 1], &[arm, asked])]),
    ];
    assert_eq!(server.client.send(&batch("shop", "2.0", &metrics)).text(), "{}");
    assert_eq!(server.client.send(&failures("shop", 1)).text(), "{}");
    let after = page.wait(|snapshot| snapshot["today"]["failures"] == 1);
    assert_eq!((&after["today"]["apologies"], &before["today"]["apologies"]), (&one, &one));
    assert_eq!(after["by_kind"].as_array().unwrap().len(), 1);
    assert_eq!(after["by_release"].as_array().unwrap().len(), 1, "only those with a failure or a chance to");
}

#[test]
fn a_stop_ends_the_streams() {
    let mut server = Server::start();
    let mut page = Stream::open(&server, "");
    page.wait(|_| true);
    server.stop();
    let mut rest = String::new();
    // Ended or cut: not left hanging.
    let _ = page.0.read_to_string(&mut rest);
}

#[test]
fn bad_parameters_are_400() {
    let server = Server::start();
    assert_eq!(server.client.get("/v1/live?apps=x").status, 400);
    assert_eq!(server.client.get("/v1/live?app=a&app=b").status, 400);
}

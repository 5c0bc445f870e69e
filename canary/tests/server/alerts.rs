//! From counts to a message at a receiver, over a real store and real sockets.

use std::net::SocketAddr;
use std::time::Duration;

use amends_canary::{Canary, Config, FileConfig};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::fixture::{Answer, Client, batch, point, sum, until};
use crate::receivers::{Does, Mailbox, Receiver};

/// A canary with a configuration, at a quick pace.
struct Watched {
    dir: TempDir,
    toml: String,
    canary: Option<Canary>,
    client: Client,
}

impl Watched {
    fn start(toml: &str) -> Self {
        Self::over(tempfile::tempdir().unwrap(), toml)
    }

    fn over(dir: TempDir, toml: &str) -> Self {
        let file = FileConfig::parse(toml, &|_| None).unwrap_or_else(|problems| panic!("{problems:?}"));
        let mut config = Config::new(dir.path(), SocketAddr::from(([127, 0, 0, 1], 0)));
        config.pace.look = Duration::from_millis(50);
        config.pace.first_retry = Duration::from_millis(100);
        config.admin_key.clone_from(&file.serve.admin_key);
        file.set_alerts(&mut config);
        let canary = Canary::start(&config).unwrap();
        let client = Client::new(canary.url());
        Self { dir, toml: toml.to_owned(), canary: Some(canary), client }
    }

    fn restart(mut self) -> Self {
        self.canary.take().unwrap().stop();
        Self::over(self.dir, &self.toml)
    }

    /// Counts sessions of the last minute, and a device for each that failed.
    fn count(&self, release: &str, failed: u64, sessions: u64) {
        let metrics = [
            sum("amends.sessions", &[point(&json!(sessions.to_string()), &[])]),
            sum("amends.sessions.failed", &[point(&json!(failed.to_string()), &[])]),
            sum("amends.devices.failed", &[point(&json!(failed.to_string()), &[("amends.first", "today")])]),
        ];
        assert_eq!(self.client.send(&batch("shop", release, &metrics)).text(), "{}");
    }

    fn alerts(&self) -> Value {
        self.client.get("/v1/alerts").json()["data"].clone()
    }

    /// Waits until an alert is in this list.
    fn one(&self, list: &str) -> Value {
        until(list, || Some(self.alerts()[list][0].clone()).filter(|alert| !alert.is_null()))
    }
}

/// Fires above 5 % of the sessions of 15 minutes, and is over as soon as it is below 4 %.
const RULE: &str = r#"
settle = "0s"
[[alert]]
name = "failing"
type = "rule"
by = ["release"]
above_percent = 5
at_least = 20
resolve_after = "0s"
"#;

fn rule_and(output: &str) -> String {
    format!("{RULE}\n[[output]]\nname = \"out\"\n{output}")
}

fn request(client: &Client, method: &str, path: &str, body: &str, key: Option<&str>) -> Answer {
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{}{path}", client.url))
        .header("content-type", "application/json");
    let request = key
        .into_iter()
        .fold(request, |request, key| request.header("authorization", format!("Bearer {key}")));
    let mut response = client.agent.run(request.body(body.to_owned()).unwrap()).unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.body_mut().read_to_vec().unwrap(),
    }
}

#[test]
fn slack_is_told_once_in_plain_words_and_when_it_is_over() {
    let slack = Receiver::start(&[]);
    let toml = rule_and(&format!("type = \"slack\"\nurl = \"{}/services/x\"", slack.url));
    let watched = Watched::start(&format!("public_url = \"https://canary.example.com\"\n{toml}"));
    watched.count("2.4.0", 1, 100);
    watched.count("2.5.0", 10, 100);
    let told = slack.wait(1)[0].clone();
    assert_eq!(told.path, "/services/x");
    let message = told.json();
    assert_eq!(message["text"], ":rotating_light: shop: 10.0 % of all sessions failed (release 2.5.0)");
    let text = message["blocks"][1]["text"]["text"].as_str().unwrap();
    assert!(text.contains("(10 of 100), more than the limit of 5.0 %"), "{text}");
    assert!(message["blocks"][2].to_string().contains("https://canary.example.com/?app=shop"), "{message}");
    let active = watched.one("active");
    assert_eq!((&active["state"], &active["labels"]["release"]), (&json!("firing"), &json!("2.5.0")));
    // Many looks later it has been told once.
    let looked = watched.alerts()["looked_at"].clone();
    until("more looks", || (watched.alerts()["looked_at"] != looked).then_some(()));
    assert_eq!(slack.seen().len(), 1);

    watched.count("2.5.0", 0, 900);
    let over = slack.wait(2)[1].json();
    assert_eq!(over["text"], ":white_check_mark: shop: failed sessions are back to normal (release 2.5.0)");
    assert_eq!(watched.one("resolved")["state"], "resolved");
    assert_eq!(watched.alerts()["active"], json!([]));
}

#[test]
fn a_webhook_that_fails_in_every_way_gets_its_event_with_the_same_id_and_a_signature() {
    use base64::Engine;
    use hmac::{Hmac, KeyInit, Mac};
    let key = base64::engine::general_purpose::STANDARD.encode([7; 32]);
    let fails = [Does::Answer(500), Does::Break, Does::Later(1), Does::Hang, Does::Answer(503)];
    let hook = Receiver::start(&fails);
    let watched = Watched::start(&rule_and(&format!(
        "type = \"webhook\"\nurl = \"{}/hook\"\nsecret = \"whsec_{key}\"\nsource = \"/test\"\ntimeout = \"1s\"",
        hook.url
    )));
    watched.count("2.5.0", 10, 100);
    let seen = hook.wait(fails.len() + 1);
    let event = seen[0].json();
    assert_eq!(event["type"], "dev.amends.alert.firing");
    assert_eq!(event["data"]["labels"], json!({ "release": "2.5.0" }));
    assert_eq!((&event["data"]["events"], &event["data"]["exposure"]), (&json!(10), &json!(100)));
    for attempt in &seen {
        assert_eq!(attempt.body, seen[0].body, "each attempt is the same");
        assert_eq!(attempt.header("content-type"), "application/cloudevents+json; charset=utf-8");
        assert_eq!(attempt.header("webhook-id"), event["id"].as_str().unwrap());
        let signed = format!(
            "{}.{}.{}",
            attempt.header("webhook-id"),
            attempt.header("webhook-timestamp"),
            attempt.body
        );
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&[7; 32]).unwrap();
        mac.update(signed.as_bytes());
        let signature = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
        assert_eq!(attempt.header("webhook-signature"), format!("v1,{signature}"));
    }
    until("an empty queue", || (watched.alerts()["outputs"][0]["waiting"] == 0).then_some(()));
    assert_eq!(watched.alerts()["outputs"][0]["dead_letters"], 0);
}

#[test]
fn what_is_refused_is_a_dead_letter_that_can_be_tried_again() {
    let slack = Receiver::start(&[Does::Answer(404)]);
    let watched = Watched::start(&rule_and(&format!("type = \"slack\"\nurl = \"{}/SECRET\"", slack.url)));
    watched.count("2.5.0", 10, 100);
    let letters = || watched.client.get("/v1/alerts/dead-letters").json()["data"].clone();
    let letter = until("a dead letter", || Some(letters()[0].clone()).filter(|letter| !letter.is_null()));
    assert_eq!((&letter["output"], &letter["attempts"]), (&json!("out"), &json!(1)));
    assert_eq!(letter["error"], "the receiver answered 404 (ok)");
    assert!(!letters().to_string().contains("SECRET"));
    assert_eq!(watched.alerts()["outputs"][0]["dead_letters"], 1);
    let path = format!("/v1/alerts/dead-letters/{}/retry", letter["id"].as_str().unwrap());
    assert_eq!(request(&watched.client, "POST", &path, "", None).status, 202);
    slack.wait(2);
    until("no dead letter", || (letters() == json!([])).then_some(()));
    assert_eq!(request(&watched.client, "POST", &path, "", None).status, 404);
}

#[test]
fn a_dead_letter_to_nobody_is_kept() {
    let slack = Receiver::start(&[Does::Answer(404)]);
    let mut watched = Watched::start(&rule_and(&format!("type = \"slack\"\nurl = \"{}\"", slack.url)));
    watched.count("2.5.0", 10, 100);
    let letter = |watched: &Watched| {
        let letters = || watched.client.get("/v1/alerts/dead-letters").json()["data"][0].clone();
        until("a dead letter", || Some(letters()).filter(|letter| !letter.is_null()))
    };
    letter(&watched);
    RULE.clone_into(&mut watched.toml);
    let watched = watched.restart();
    let path = format!("/v1/alerts/dead-letters/{}/retry", letter(&watched)["id"].as_str().unwrap());
    let answer = request(&watched.client, "POST", &path, "", None);
    assert!(answer.status == 404 && answer.text().contains("configured"), "{}", answer.text());
    assert_eq!(letter(&watched)["output"], "out");
}

#[test]
fn alertmanager_hears_of_it_again_and_again_and_of_its_end() {
    // It is away at first.
    let manager = Receiver::start(&[Does::Break, Does::Answer(503)]);
    let toml = rule_and(&format!("type = \"alertmanager\"\nurl = \"{}\"\ntoken = \"t0ken\"", manager.url));
    let watched = Watched::start(&toml);
    watched.count("2.5.0", 10, 100);
    let seen = manager.wait(5);
    let labels = json!({ "alertname": "failing", "app": "shop", "release": "2.5.0", "severity": "page" });
    for told in &seen {
        assert_eq!(told.path, "/api/v2/alerts");
        assert_eq!(told.header("authorization"), "Bearer t0ken");
        let alert = told.json()[0].clone();
        assert_eq!(alert["labels"], labels);
        assert!(alert["endsAt"].as_str().unwrap() > alert["startsAt"].as_str().unwrap(), "{alert}");
        assert_eq!(alert["startsAt"], seen[0].json()[0]["startsAt"]);
    }
    watched.count("2.5.0", 0, 900);
    let end = until("the end", || {
        let last = manager.seen().last()?.json()[0].clone();
        last["annotations"]["summary"].as_str()?.contains("back to normal").then_some(last)
    });
    assert_eq!(end["labels"], labels);
    let resolved = watched.one("resolved");
    assert_eq!(end["endsAt"], resolved["resolved_at"]);
}

#[test]
fn mail_is_tried_again_and_is_the_same_mail() {
    let mailbox = Mailbox::start(1);
    let watched = Watched::start(&rule_and(&format!(
        "type = \"smtp\"\nserver = \"127.0.0.1\"\nport = {}\nsecurity = \"plain\"\n\
         from = \"Canary <canary@example.com>\"\nto = [\"growth@example.com\", \"vp@example.com\"]",
        mailbox.port
    )));
    watched.count("2.5.0", 10, 100);
    let mails = mailbox.wait(2);
    let refused = mails[0].strip_prefix("refused\r\n").unwrap();
    assert_eq!(refused, mails[1], "the same mail, with its id and date");
    let mail = mails[1].replace("=\r\n", "");
    for part in [
        "MAIL FROM:<canary@example.com>",
        "RCPT TO:<growth@example.com>",
        "RCPT TO:<vp@example.com>",
        "Subject: shop: 10.0 % of all sessions failed (release 2.5.0)",
        "(10 of 100), more than the limit",
        "Message-ID: <",
    ] {
        assert!(mail.contains(part), "no {part} in {mail}");
    }
}

#[test]
fn a_restart_neither_loses_nor_doubles_an_alert() {
    let hook = Receiver::start(&[Does::Break; 3]);
    let toml = rule_and(&format!("type = \"webhook\"\nurl = \"{}\"", hook.url));
    let watched = Watched::start(&toml);
    watched.count("2.5.0", 10, 100);
    hook.wait(1);
    let watched = watched.restart();
    until("an empty queue", || (watched.alerts()["outputs"][0]["waiting"] == 0).then_some(()));
    let watched = watched.restart();
    assert_eq!(watched.one("active")["state"], "firing");
    let looked = watched.alerts()["looked_at"].clone();
    until("more looks", || (watched.alerts()["looked_at"] != looked).then_some(()));
    watched.count("2.5.0", 0, 900);
    watched.one("resolved");
    let ids = || {
        let mut ids: Vec<String> =
            hook.seen().iter().map(|told| told.header("webhook-id").to_owned()).collect();
        ids.dedup();
        ids
    };
    let told = until("both messages", || Some(ids()).filter(|ids| ids.len() == 2));
    let watched = watched.restart();
    until("a look", || watched.alerts()["looked_at"].as_str().map(|_| ()));
    assert_eq!(ids(), told, "fired once, resolved once");
}

#[test]
fn a_silence_holds_it_back_until_it_is_ended() {
    let slack = Receiver::start(&[]);
    let watched = Watched::start(&rule_and(&format!("type = \"slack\"\nurl = \"{}\"", slack.url)));
    let body = r#"{"matchers":{"alert":"failing","release":"2.5.0"},"for":"2h","comment":"known"}"#;
    let made = request(&watched.client, "POST", "/v1/silences", body, None);
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json()["data"]["id"].as_str().unwrap().to_owned();
    watched.count("2.5.0", 10, 100);
    let active = watched.one("active");
    assert_eq!((&active["state"], &active["silenced"]), (&json!("firing"), &json!(true)));
    assert_eq!(watched.alerts()["silences"][0]["comment"], "known");
    let watched = watched.restart();
    assert_eq!(watched.one("active")["silenced"], true, "it survives a restart");
    assert_eq!(slack.seen().len(), 0);
    let path = format!("/v1/silences/{id}");
    assert_eq!(request(&watched.client, "DELETE", &path, "", None).status, 200);
    slack.wait(1);
    assert_eq!(request(&watched.client, "DELETE", &path, "", None).status, 404);
}

#[test]
fn a_silence_that_makes_no_sense_is_named() {
    let watched = Watched::start(RULE);
    for (body, words) in [
        ("{", "body"),
        ("{}", "matchers"),
        (r#"{"matchers":{},"for":"1h"}"#, "has to have 1"),
        (r#"{"matchers":{"who":"me"},"for":"1h"}"#, "is none of alert"),
        (r#"{"matchers":{"app":"shop"}}"#, "either until or for"),
        (r#"{"matchers":{"app":"shop"},"for":"0s"}"#, "ahead"),
        (r#"{"matchers":{"app":"shop"},"for":"91d"}"#, "ahead"),
        (r#"{"matchers":{"app":"shop"},"for":"99999999999999999d"}"#, "no duration"),
        (r#"{"matchers":{"app":"shop"},"until":"tomorrow"}"#, "RFC 3339"),
        (r#"{"matchers":{"app":"shop"},"for":"1h","more":1}"#, "unknown field"),
    ] {
        let answer = request(&watched.client, "POST", "/v1/silences", body, None);
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.text().contains(words), "{body}: {}", answer.text());
    }
    let answer = request(&watched.client, "POST", "/v1/silences", &" ".repeat(17 << 10), None);
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (400, &json!("bad_parameter")));
}

#[test]
fn a_silence_that_cannot_be_written_is_503_without_a_path() {
    let watched = Watched::start(RULE);
    let book = rusqlite::Connection::open(watched.dir.path().join("alerts.sqlite3")).unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON silences
                BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
    book.execute_batch(full).unwrap();
    let body = r#"{"matchers":{"app":"shop"},"for":"1h"}"#;
    let answer = request(&watched.client, "POST", "/v1/silences", body, None);
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (503, &json!("unavailable")));
    assert!(answer.text().contains("disk is full"), "{}", answer.text());
    assert!(!answer.text().contains("alerts.sqlite3"), "{}", answer.text());
    assert_eq!(watched.alerts()["silences"], json!([]));
}

#[test]
fn only_the_admin_may_silence_where_there_is_one() {
    let watched = Watched::start(&format!("admin_key = \"open-sesame\"\n{RULE}"));
    let body = r#"{"matchers":{"app":"shop"},"for":"1h"}"#;
    for (key, status) in [(None, 401), (Some("wrong-sesame"), 401), (Some("open-sesame"), 201)] {
        let answer = request(&watched.client, "POST", "/v1/silences", body, key);
        assert_eq!(answer.status, status, "{key:?}");
    }
    // Where others reach it, nobody may without a key.
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config::new(dir.path(), SocketAddr::from(([0, 0, 0, 0], 0)));
    config.ingest_keys = vec!["a-long-enough-key".to_owned()];
    let canary = Canary::start(&config).unwrap();
    let client = Client::new(format!("http://127.0.0.1:{}", canary.address().port()));
    assert_eq!(request(&client, "POST", "/v1/silences", body, None).status, 403);
    assert_eq!(client.get("/v1/alerts").status, 200);
}

#[test]
fn pages_of_others_may_not_end_a_silence() {
    let watched = Watched::start(RULE);
    let request = ureq::http::Request::builder()
        .method("DELETE")
        .uri(format!("{}/v1/silences/x", watched.client.url))
        .header("origin", "https://evil.example");
    let answer = watched.client.agent.run(request.body(()).unwrap()).unwrap();
    assert_eq!(answer.status().as_u16(), 403);
}

#[test]
fn an_alert_that_is_no_longer_configured_is_over() {
    let slack = Receiver::start(&[]);
    let output = format!("[[output]]\nname = \"out\"\ntype = \"slack\"\nurl = \"{}\"", slack.url);
    let mut watched = Watched::start(&format!("{RULE}\n{output}"));
    watched.count("2.5.0", 10, 100);
    slack.wait(1);
    watched.toml = output;
    let watched = watched.restart();
    let over = slack.wait(2)[1].json();
    assert!(over["text"].as_str().unwrap().contains("back to normal"), "{over}");
    assert_eq!(watched.one("resolved")["alert"], "failing");
}

#[test]
fn without_a_configuration_sessions_are_watched() {
    let server = crate::fixture::Server::start();
    let data = until("a look", || {
        let data = server.client.get("/v1/alerts").json()["data"].clone();
        data["looked_at"].is_string().then_some(data)
    });
    assert_eq!((&data["active"], &data["outputs"], &data["error"]), (&json!([]), &json!([]), &Value::Null));
}

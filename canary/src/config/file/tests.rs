//! What a file may say, and how it is told what it may not.

use super::*;
use crate::alerts::burn_rate::PAIRS;
use crate::alerts::definition::{By, Detector, Measure};

fn env(name: &str) -> Option<String> {
    (name == "HOOK").then(|| "https://hooks.example.com/SECRET".to_owned())
}

fn problems(text: &str) -> Vec<(usize, usize, String)> {
    FileConfig::parse(text, &env)
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|problem| (problem.line, problem.column, problem.message))
        .collect()
}

#[test]
fn an_empty_file_watches_sessions() {
    let file = FileConfig::parse("", &env).unwrap();
    assert_eq!(file.alerts.alerts, [Alert::standard()]);
    assert!(file.alerts.outputs.is_empty());
    assert_eq!(file.summary(), "1 alert, 0 outputs, 0 silences");
}

#[test]
fn the_documented_example_is_right() {
    let text = include_str!("../../../../docs/canary.toml");
    let file = FileConfig::parse(text, &|name| match name {
        "AMENDS_WEBHOOK_SECRET" => Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()),
        name if name.ends_with("URL") => Some("https://hooks.example.com/x".to_owned()),
        _ => Some("a-secret-of-some-length".to_owned()),
    });
    let file = file.unwrap_or_else(|problems| panic!("{problems:#?}"));
    let kinds: Vec<&str> = file.alerts.outputs.iter().map(|output| output.to.word()).collect();
    for kind in ["slack", "alertmanager", "webhook", "smtp"] {
        assert!(kinds.contains(&kind), "the example shows no {kind}");
    }
    let shows =
        |wanted: fn(&Detector) -> bool| file.alerts.alerts.iter().any(|alert| wanted(&alert.detector));
    assert!(shows(|detector| matches!(detector, Detector::Rule(_))));
    assert!(shows(|detector| matches!(detector, Detector::BurnRate(_))));
    assert!(shows(|detector| matches!(detector, Detector::Unusual(_))));
    assert!(file.serve.data.is_some() && file.serve.admin_key.is_some());
}

#[test]
fn what_is_read_is_what_was_written() {
    let file = FileConfig::parse(
        r#"
        [[output]]
        name = "growth"
        type = "slack"
        url = "${HOOK}"

        [[alert]]
        name = "checkout"
        type = "rule"
        app = "shop"
        measure = "failures"
        kind = "error"
        screen = "Checkout"
        segment = "_none"
        by = ["release", "region"]
        above_percent = 0.5
        within = "20m"
        at_least = 200
        for = "2m"

        [[alert]]
        name = "budget"
        type = "burn_rate"
        objective_percent = 98
        severity = "ticket"
        to = []
        "#,
        &env,
    )
    .unwrap();
    let [checkout, budget] = &*file.alerts.alerts else { panic!("{:?}", file.alerts.alerts) };
    assert_eq!((checkout.measure, &*checkout.by), (Measure::Failures, &[By::Release, By::Region][..]));
    let only = |by: By, value: &str| (by, value.to_owned());
    let wanted = [only(By::Segment, ""), only(By::Screen, "Checkout"), only(By::Kind, "error")];
    assert_eq!(checkout.only, wanted);
    let Detector::Rule(rule) = &checkout.detector else { panic!("{:?}", checkout.detector) };
    assert!((rule.above - 0.005).abs() < 1e-12 && (rule.quiet_below - 0.004).abs() < 1e-12);
    assert_eq!((rule.within_min, rule.least, checkout.hold_s), (20, 200, 120));
    assert_eq!(checkout.to, ["growth"], "all outputs where none is named");
    let Detector::BurnRate(burn) = &budget.detector else { panic!("{:?}", budget.detector) };
    assert_eq!(burn.pairs, PAIRS[2..]);
    assert!((burn.budget - 0.02).abs() < 1e-12 && budget.to.is_empty());
}

#[test]
fn every_problem_is_told_with_its_place_and_what_to_do() {
    let found = problems(
        r#"
lissten = "127.0.0.1:1"
[[alert]]
name = "a"
type = "rul"
[[alert]]
name = "a"
type = "rule"
above_precent = 1
screen = "Home"
within = "soon"
to = ["grwth"]
[[output]]
name = "growth"
type = "slack"
url = "http://hooks.example.com/SECRET"
"#,
    );
    let wanted = [
        (2, 1, "there is no key \"lissten\" here; did you mean \"listen\"?"),
        (5, 8, "type is none of rule, burn_rate, unusual; did you mean \"rule\"?"),
        (6, 1, "above_percent is missing; write above_percent = 0.5"),
        (7, 8, "this name was given before; choose another"),
        (9, 1, "there is no key \"above_precent\" here; did you mean \"above_percent\"?"),
        (10, 10, "sessions carry no screen; write measure = \"failures\", or leave screen out"),
        (11, 10, "within has to be a duration from 1m to 1d, as \"30s\", \"15m\", \"2h\" or \"7d\""),
        (12, 7, "no [[output]] has this name; did you mean \"growth\"?"),
        (16, 7, "url is a secret, so it has to begin with https://"),
    ];
    let wanted: Vec<_> =
        wanted.iter().map(|(line, column, message)| (*line, *column, (*message).to_owned())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn broken_toml_is_told_with_its_place() {
    let found = problems("listen = \"x\ndata = 1\nmore = = 2\n");
    assert!(found.len() >= 2, "{found:?}");
    assert_eq!(found[0].0, 1, "{found:?}");
}

#[test]
fn secrets_are_never_repeated() {
    for text in [
        "admin_key = \"SECRET\"",
        "[[output]]\nname = \"a\"\ntype = \"slack\"\nurl = \"ftp://SECRET\"",
        "[[output]]\nname = \"a\"\ntype = \"webhook\"\nurl = \"https://a.example\"\nsecret = \"SECRET\"",
        "[[output]]\nname = \"a\"\ntype = \"smtp\"\nserver = \"mail.example\"\nsecurity = \"plain\"\n\
         from = \"a@example.com\"\nto = [\"a@example.com\"]\nusername = \"me\"\npassword = \"SECRET\"",
        "admin_key = \"${NO_SUCH_VARIABLE}\"",
    ] {
        let found = problems(text);
        assert!(!found.is_empty() && !format!("{found:?}").contains("SECRET"), "{text}: {found:?}");
    }
    let file = FileConfig::parse(
        "admin_key = \"SECRET-OF-SOME-LENGTH\"\n[[output]]\nname = \"a\"\ntype = \"slack\"\nurl = \"${HOOK}\"",
        &env,
    );
    assert!(!format!("{file:?}").contains("SECRET"), "{file:?}");
}

#[test]
fn silences_name_what_there_is() {
    let file = FileConfig::parse(
        "[[silence]]\nmatch = { app = \"shop\", release = \"2.5.0\" }\nuntil = 2026-12-01T00:00:00Z",
        &env,
    )
    .unwrap();
    assert_eq!(file.alerts.silences[0].matchers.len(), 2);
    assert_eq!(file.alerts.silences[0].until_s, 1_796_083_200);
    let found = problems(
        "[[silence]]\nmatch = { alert = \"unusual-failed-session\", who = \"me\" }\nuntil = \"soon\"",
    );
    let messages: Vec<&str> = found.iter().map(|(_, _, message)| &**message).collect();
    assert!(
        messages.iter().any(|message| message.contains("did you mean \"unusual-failed-sessions\"")),
        "{messages:?}"
    );
    assert!(messages.iter().any(|message| message.contains("match names one of alert, app")), "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("until has to be a time")), "{messages:?}");
}

#[test]
fn a_variable_that_is_not_set_is_one_problem_and_no_others() {
    let found = problems(
        r#"
[[alert]]
name = "a"
type = "unusual"
to = ["growth", "mail"]
[[output]]
name = "growth"
type = "slack"
url = "${NOT_SET}"
[[output]]
name = "mail"
type = "smtp"
server = "localhost"
security = "plain"
username = "u"
password = "${NOT_SET}"
from = "canary@example.com"
to = ["growth@example.com"]
"#,
    );
    let wanted = [9, 16].map(|line| (line, "the environment has no variable NOT_SET; set it"));
    let found: Vec<_> = found.iter().map(|(line, _, message)| (*line, &**message)).collect();
    assert_eq!(found, wanted);
}

/// The messages alone.
fn messages(text: &str) -> Vec<String> {
    problems(text).into_iter().map(|(_, _, message)| message).collect()
}

#[test]
fn a_file_of_nothing_but_mistakes_is_soon_refused() {
    let text: String =
        (0..60_000).flat_map(|at| ["k".to_owned(), at.to_string(), " = 1\n".to_owned()]).collect();
    let start = std::time::Instant::now();
    assert_eq!(problems(&text).len(), 100);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn no_more_is_read_than_may_be_there() {
    assert_eq!(
        messages(&"[[output]]\n".repeat(20)).iter().filter(|told| told.contains("name is")).count(),
        16
    );
    let alerts = messages(&"[[alert]]\ntype = \"unusual\"\n".repeat(110));
    assert_eq!(alerts.len(), 100, "of 100, and that there are more");
    let silence = "[[silence]]\nmatch = { app = \"shop\" }\nuntil = 2026-12-01T00:00:00Z\n";
    assert_eq!(messages(&silence.repeat(1_000)), [""; 0]);
    assert_eq!(messages(&silence.repeat(1_001)), ["there are more than 1000 silences"]);
}

#[test]
fn a_label_splits_once() {
    let alert = "[[alert]]\nname = \"a\"\ntype = \"unusual\"\nby = ";
    assert_eq!(messages(&format!("{alert}[\"release\", \"region\"]")), [""; 0]);
    assert_eq!(messages(&format!("{alert}[\"release\", \"release\"]")), ["by names release twice"]);
}

#[test]
fn what_is_secret_is_sent_as_it_is_and_never_in_the_clear() {
    let manager = |url: &str, token: &str| {
        messages(&format!(
            "[[output]]\nname = \"a\"\ntype = \"alertmanager\"\nurl = \"{url}\"\ntoken = \"{token}\""
        ))
    };
    assert_eq!(manager("https://a.example", "tok.en"), [""; 0]);
    assert_eq!(manager("http://127.0.0.1:9093", "tok.en"), [""; 0]);
    let clear = "a token is not sent in the clear; url has to begin with https://";
    assert_eq!(manager("http://alertmanager:9093", "tok.en"), [clear]);
    for token in ["", "SECRET\\n", "SEC RET", "SECR\u{e9}T"] {
        let told = manager("https://a.example", token);
        assert!(told.len() == 1 && told[0].starts_with("token is empty"), "{told:?}");
    }
    let hook =
        |url: &str| messages(&format!("[[output]]\nname = \"a\"\ntype = \"webhook\"\nurl = \"{url}\""));
    assert_eq!(hook("https://me:SECRET@a.example"), [""; 0]);
    assert_eq!(hook("http://me:SECRET@localhost"), [""; 0]);
    let clear = "url holds a user or password, so it has to begin with https://";
    assert_eq!(hook("http://me:SECRET@a.example"), [clear]);
}

#[test]
fn a_key_that_serve_would_refuse_is_told() {
    let found = problems("ingest_keys = [\"shop=short\", \"long-enough-key\"]");
    let [(1, 16, message)] = &*found else { panic!("{found:?}") };
    assert!(message.starts_with("an ingest key has fewer than 8 characters"), "{message}");
}

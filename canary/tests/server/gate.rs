//! `amends-canary gate` and `store-plan` against a real canary.

use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::fixture::{Server, until};
use crate::rollout::{Counted, roll_out, roll_out_widely, server};

/// Runs the program, with this canary's address.
fn program(url: &str, args: &[&str], set: impl Fn(&mut Command)) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends-canary"));
    for name in ["GITHUB_ACTIONS", "AMENDS_URL", "AMENDS_TOKEN"] {
        command.env_remove(name);
    }
    command.args(args).env("AMENDS_URL", url);
    set(&mut command);
    command.output().unwrap()
}

fn gate(server: &Server, args: &[&str]) -> (Option<i32>, String, String) {
    let args = [&["gate", "--release", "2.0", "--timeout", "0s"], args].concat();
    texts(&program(&server.client.url, &args, |_| {}))
}

fn texts(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn it_ends_as_the_verdict_says() {
    let bad = server();
    let (code, out, _) = gate(&bad, &[]);
    assert_eq!(code, Some(3), "{out}");
    assert!(out.starts_with("hold: No app has counted") && out.contains("Held for 0 s"), "{out}");
    roll_out(&bad, 20);
    let (code, out, _) = gate(&bad, &["--app", "shop", "--control", "1.9", "--alpha", "0.05"]);
    assert_eq!((code, out.lines().count()), (Some(1), 1));
    assert!(out.starts_with("rollback: 2.0 fails people more often"), "{out}");
    let good = server();
    roll_out_widely(&good);
    let (code, out, _) = gate(&good, &[]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("promote: 2.0 is surely not 25 % worse"), "{out}");
    let (code, ..) = gate(&good, &["--margin", "1.01"]);
    assert_eq!(code, Some(3));
}

#[test]
fn it_waits_until_the_counts_are_there() {
    let server = server();
    Counted::shop("1.9", 100, 2).send(&server, 0);
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends-canary"));
    command.args(["gate", "--url", &server.client.url, "--release", "2.0", "--interval", "1s"]);
    command.env_remove("GITHUB_ACTIONS").stdout(std::process::Stdio::null());
    let mut gate = command.spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert!(gate.try_wait().unwrap().is_none(), "it holds");
    roll_out(&server, 20);
    let status = until("the gate's end", || gate.try_wait().unwrap());
    assert_eq!(status.code(), Some(1));
}

#[test]
fn json_stands_alone_on_the_output() {
    let server = server();
    roll_out(&server, 20);
    let (code, out, err) = gate(&server, &["--json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &json["result"], &json["data"]["verdict"]),
        (Some(1), &json!("rollback"), &json!("rollback"))
    );
    assert_eq!(json["data"]["sessions"]["candidate"], 6_000);
    assert!(err.starts_with("rollback: 2.0"), "{err}");
}

#[test]
fn github_gets_an_annotation() {
    let server = server();
    roll_out(&server, 20);
    let args = ["gate", "--release", "2.0", "--timeout", "0s"];
    let output = program(&server.client.url, &args, |command| {
        command.env("GITHUB_ACTIONS", "true");
    });
    let (code, out, _) = texts(&output);
    let annotation =
        "::error title=Amends%3A roll back 2.0::2.0 fails people more often: 4.0 %25 of 6,000 sessions";
    assert!(code == Some(1) && out.lines().any(|line| line.starts_with(annotation)), "{out}");
}

#[test]
fn what_is_wrong_ends_with_2_and_says_what_to_do() {
    let server = server();
    roll_out(&server, 20);
    for (args, words) in [
        (&["--alpha", "7"][..], "alpha: is no number from"),
        (&["--control", "2.0"], "control: is the release itself"),
        (&["--interval", "soon"], "e.g. 90s, 30m or 2h"),
        (&["--interval", "0s"], "give 1s or more"),
        (&["--url", "canary.example.com"], "give an address such as https://"),
    ] {
        let (code, _, err) = gate(&server, args);
        assert!(code == Some(2) && err.contains(words), "{args:?}: {err}");
    }
    let missing = texts(&program(&server.client.url, &["gate"], |_| {}));
    assert!(missing.0 == Some(2) && missing.2.contains("--release"), "{}", missing.2);
    // A server that is none of ours.
    let page = format!("{}/page.css?", server.client.url);
    let (code, _, err) = texts(&program(&page, &["gate", "--release", "2.0"], |_| {}));
    assert!(code == Some(2) && err.contains("give an address"), "{err}");
}

#[test]
fn a_canary_that_is_away_ends_with_2_after_some_attempts() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://me:SECRET@127.0.0.1:{port}");
    let args = ["gate", "--release", "2.0", "--interval", "1s"];
    let (code, out, err) = texts(&program(&url, &args, |_| {}));
    assert_eq!((code, out.lines().count()), (Some(2), 4), "{out}{err}");
    assert!(!format!("{out}{err}").contains("SECRET"), "{out}{err}");
    assert!(err.contains(&format!("cannot reach http://127.0.0.1:{port}: ")), "{err}");
    assert!(err.contains("gave up after 5 attempts"), "{err}");
}

#[test]
fn a_stores_plan_follows_the_verdict() {
    let server = server();
    let play = |raise_to: &str| -> Value {
        let args = ["store-plan", "play", "--package", "com.example.shop", "--version-code", "420"];
        let args = [&args[..], &["--raise-to", raise_to, "--release", "2.0"]].concat();
        let (code, out, err) = texts(&program(&server.client.url, &args, |_| {}));
        assert_eq!(code, Some(0), "{err}");
        serde_json::from_str(&out).unwrap()
    };
    let app_store = || -> Value {
        let args = ["store-plan", "app-store", "--phased-release", "4a1b-9f", "--release", "2.0"];
        let (code, out, err) = texts(&program(&server.client.url, &args, |_| {}));
        assert_eq!(code, Some(0), "{err}");
        serde_json::from_str(&out).unwrap()
    };
    assert_eq!((&play("0.2")["verdict"], &play("0.2")["requests"]), (&json!("hold"), &json!([])));
    assert_eq!(app_store()["requests"], json!([]));
    roll_out(&server, 20);
    let halt = play("0.2");
    let app = "https://androidpublisher.googleapis.com/androidpublisher/v3/applications/com.example.shop";
    let sent: Vec<_> =
        halt["requests"].as_array().unwrap().iter().map(|one| (&one["method"], &one["url"])).collect();
    assert_eq!(
        sent,
        [
            (&json!("POST"), &json!(format!("{app}/edits"))),
            (&json!("PUT"), &json!(format!("{app}/edits/{{editId}}/tracks/production"))),
            (&json!("POST"), &json!(format!("{app}/edits/{{editId}}:commit"))),
        ]
    );
    assert_eq!(
        halt["requests"][1]["body"],
        json!({ "track": "production", "releases": [{ "versionCodes": ["420"], "status": "halted" }] })
    );
    assert_eq!((&halt["dry_run"], halt["advice"].as_str().unwrap().contains("Halt")), (&json!(true), true));
    let pause = app_store();
    assert_eq!(pause["requests"][0]["body"]["data"]["attributes"], json!({ "phasedReleaseState": "PAUSED" }));
    assert!(pause["advice"].as_str().unwrap().contains("cannot take a release back"));
}

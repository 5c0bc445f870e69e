//! The configuration file, as the program reads it; and alerts over stored counts.

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::fixture::{Client, Server, attribute, batch, point, sum, until};
use crate::receivers::{Does, Receiver};

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends-canary"));
    command.args(args).env_remove("AMENDS_INGEST_KEY");
    command
}

fn file(dir: &Path, text: &str) -> PathBuf {
    let path = dir.join("canary.toml");
    std::fs::write(&path, text).unwrap();
    path
}

fn check(text: &str) -> (Option<i32>, String) {
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), text);
    let Output { status, stdout, stderr } = program(&["check-config", path.to_str().unwrap()])
        .env("SET_FOR_TEST", "eight-chars")
        .output()
        .unwrap();
    let said = String::from_utf8([stdout, stderr].concat()).unwrap();
    (status.code(), said.replace(path.to_str().unwrap(), "FILE"))
}

#[test]
fn check_config_says_that_it_is_good_or_everything_that_is_not() {
    let good = "admin_key = \"${SET_FOR_TEST}\"\n[[alert]]\nname = \"a\"\ntype = \"unusual\"";
    assert_eq!(check(good), (Some(0), "FILE is good: 1 alert, 0 outputs, 0 silences.\n".to_owned()));
    let (code, said) = check("listne = 1\n[[alert]]\nname = \"a\"\ntype = \"rule\"\n");
    assert_eq!(code, Some(2));
    assert_eq!(
        said,
        "amends-canary: FILE:1:1: there is no key \"listne\" here; did you mean \"listen\"?\n\
         FILE:2:1: above_percent is missing; write above_percent = 0.5\n"
    );
    let missing = program(&["check-config", "/no/such/file.toml"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8(missing.stderr).unwrap().contains("/no/such/file.toml: cannot be read"));
}

#[test]
fn check_config_refuses_what_serve_would() {
    let open = "listen = \"0.0.0.0:4390\"\n";
    let (code, said) = check(open);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("FILE: 0.0.0.0:4390 can be reached from elsewhere"), "{said}");
    assert_eq!(check(&format!("{open}ingest_keys = [\"${{SET_FOR_TEST}}\"]")).0, Some(0));
}

#[cfg(unix)]
#[test]
fn only_a_regular_file_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [&*pipe, dir.path(), Path::new("/dev/zero")] {
        let mut child =
            program(&["check-config", path.to_str().unwrap()]).stderr(Stdio::piped()).spawn().unwrap();
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while child.try_wait().unwrap().is_none() && std::time::Instant::now() < deadline {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains("is no regular file"), "{said}");
    }
    let (code, said) = check(&"# long\n".repeat(200_000));
    assert!(code == Some(2) && said.contains("is too long"), "{said}");
}

/// A variable read from a file often ends a line.
#[test]
fn an_admin_key_may_end_a_line() {
    let server = Server::with(|config| config.admin_key = Some("open-sesame\n".to_owned()));
    let delete = |key: &str| {
        let request = server.client.agent.delete(format!("{}/v1/silences/none", server.client.url));
        request.header("authorization", format!("Bearer {key}")).call().unwrap().status().as_u16()
    };
    assert_eq!((delete("open-sesame"), delete("open-says-me")), (404, 401));
}

fn serve(args: &[&str]) -> (Child, Client) {
    let mut child =
        program(&["serve", "--listen", "127.0.0.1:0"]).args(args).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("amends-canary listening on ").unwrap().to_owned();
    (child, Client::new(url))
}

#[test]
fn serve_takes_its_settings_from_a_file_and_options_win() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let text = format!("data = {data:?}\nlisten = \"127.0.0.1:1\"\nmax_apps = 1\n");
    let path = file(dir.path(), &text);
    let path = path.to_str().unwrap();
    let count = |client: &Client, app: &str| {
        let points = [point(&json!(1), &[("amends.failure.kind", "hang")])];
        client.send(&batch(app, "1", &[sum("amends.apologies", &points)])).status
    };
    let (mut child, client) = serve(&["--config", path]);
    assert_eq!((count(&client, "shop"), count(&client, "bank")), (200, 503), "one app alone");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(data.join("canary.sqlite3").exists());
    let (mut child, client) = serve(&["--config", path, "--max-apps", "2"]);
    assert_eq!(count(&client, "bank"), 200);
    child.kill().unwrap();
    child.wait().unwrap();
    // Nothing starts with a file that is wrong.
    let path = file(dir.path(), "maxapps = 1\n");
    let output = program(&["serve", "--config", path.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("did you mean \"max_apps\"?"));
}

/// Killed between the decision and its delivery: it is delivered after the next start, under the same id.
#[test]
fn what_was_decided_survives_a_kill() {
    let hook = Receiver::start(&[Does::Hang]);
    let dir = tempfile::tempdir().unwrap();
    let text = format!(
        "data = {:?}\nsettle = \"0s\"\n[[alert]]\nname = \"failing\"\ntype = \"rule\"\nabove_percent = 5\n\
         [[output]]\nname = \"out\"\ntype = \"webhook\"\nurl = {:?}\n",
        dir.path().join("data"),
        hook.url
    );
    let path = file(dir.path(), &text);
    let args = ["--config", path.to_str().unwrap()];
    let (mut child, client) = serve(&args);
    let metrics = [
        sum("amends.sessions", &[point(&json!(100), &[])]),
        sum("amends.sessions.failed", &[point(&json!(10), &[])]),
    ];
    assert_eq!(client.send(&batch("shop", "1", &metrics)).text(), "{}");
    child.kill().unwrap();
    child.wait().unwrap();
    // It looks at once when it starts, decides, and is killed while the receiver hangs.
    let (mut child, _) = serve(&args);
    hook.wait(1);
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, client) = serve(&args);
    let seen = hook.wait(2);
    assert_eq!(seen[0].header("webhook-id"), seen[1].header("webhook-id"));
    assert_eq!(seen[0].body, seen[1].body);
    until("an empty queue", || {
        let data = client.get("/v1/alerts").json()["data"].clone();
        (data["outputs"][0]["waiting"] == 0 && data["active"][0]["state"] == "firing").then_some(())
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(hook.seen().len(), 2);
}

/// Monday, 5 January 2026, 00:00 UTC.
const START_S: u64 = 1_767_571_200;
const DAY_S: u64 = 86_400;

/// Sessions of ten minutes each, of which 2 % fail, but from `outage` on for three hours 12 %.
fn days(days: u64, outage_s: u64) -> Vec<Value> {
    (0..days)
        .map(|day| {
            let (mut all, mut failed) = (Vec::new(), Vec::new());
            for slot in 0..144 {
                let from = START_S + day * DAY_S + slot * 600;
                let bad = (outage_s..outage_s + 3 * 3_600).contains(&from);
                let at = |value: u64| {
                    let mut point = point(&json!(value.to_string()), &[]);
                    point["startTimeUnixNano"] = json!((from * 1_000_000_000).to_string());
                    point["timeUnixNano"] = json!(((from + 600) * 1_000_000_000).to_string());
                    point
                };
                all.push(at(100));
                failed.push(at(if bad { 12 } else { 1 + (day + slot) % 3 }));
            }
            json!({ "resourceMetrics": [{
                "resource": { "attributes": [
                    attribute("service.name", "shop"), attribute("service.version", "1"),
                    attribute("os.name", "Android"), attribute("os.version", "15"),
                ] },
                "scopeMetrics": [{ "scope": { "name": "amends" }, "metrics": [
                    sum("amends.sessions", &all), sum("amends.sessions.failed", &failed),
                ] }],
            }] })
        })
        .collect()
}

#[test]
fn a_backtest_says_when_each_alert_would_have_fired_and_been_resolved() {
    let server = Server::with(|config| config.accept_any_clock = true);
    let outage_s = START_S + 17 * DAY_S + 13 * 3_600;
    for day in days(18, outage_s) {
        assert_eq!(server.client.send(&day).text(), "{}");
    }
    let text = "[[alert]]\nname = \"more\"\ntype = \"unusual\"\n\
                [[alert]]\nname = \"rule\"\ntype = \"rule\"\nabove_percent = 5\nwithin = \"30m\"\n";
    let dir = tempfile::tempdir().unwrap();
    let path = file(dir.path(), text);
    // The canary still runs.
    let run = |from: &str, until: &str| {
        let data = server.dir.path().to_str().unwrap();
        let config = path.to_str().unwrap();
        let args =
            ["backtest", "--data", data, "--config", config, "--from", from, "--until", until, "--json"];
        let output = program(&args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    let found = run("2026-01-22T00:00:00Z", "2026-01-23T00:00:00Z");
    let mut told = String::new();
    for firing in &found {
        let within = |key: &str, from: &str, until: &str| {
            let at = firing[key].as_str().unwrap_or_default();
            assert!((from..until).contains(&at), "{key}: {firing}");
        };
        within("fired_at", "2026-01-22T13:05", "2026-01-22T13:40");
        within("resolved_at", "2026-01-22T16:05", "2026-01-22T17:30");
        write!(told, "{} ", firing["alert"].as_str().unwrap()).unwrap();
    }
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(told.contains("more") && told.contains("rule"), "{told}");
    assert_eq!(run("2026-01-20T00:00:00Z", "2026-01-21T00:00:00Z"), Vec::<Value>::new());
}

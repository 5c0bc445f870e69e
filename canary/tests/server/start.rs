//! Starting, and the reasons not to.

use std::net::SocketAddr;
use std::process::Command;

use amends_canary::{Canary, Config, StartError};

use crate::fixture::{Server, failures};

fn local() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

#[test]
fn without_a_key_only_loopback() {
    let dir = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_amends-canary"))
        .args(["serve", "--listen", "0.0.0.0:0", "--data"])
        .arg(dir.path())
        .env_remove("AMENDS_INGEST_KEY")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("0.0.0.0:0") && message.contains("--ingest-key"), "{message}");
    assert!(output.stdout.is_empty());
}

#[test]
fn with_a_key_any_address() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config::new(dir.path(), SocketAddr::from(([0, 0, 0, 0], 0)));
    config.ingest_keys = vec!["a-long-enough-key".to_owned()];
    Canary::start(&config).unwrap().stop();
    config.ingest_keys = vec![String::new()];
    assert!(matches!(Canary::start(&config), Err(StartError::WeakKey)));
}

#[test]
fn a_damaged_database_is_named() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("canary.sqlite3"), b"this is no database, it is a text of some length")
        .unwrap();
    let error = Canary::start(&Config::new(dir.path(), local())).unwrap_err().to_string();
    assert!(error.contains("canary.sqlite3") && error.contains("damaged"), "{error}");
}

#[test]
fn a_database_with_torn_pages_is_named() {
    let mut server = Server::start();
    assert_eq!(server.client.send(&failures("shop", 1)).text(), "{}");
    server.stop();
    let path = server.dir.path().join("canary.sqlite3");
    let mut bytes = std::fs::read(&path).unwrap();
    for byte in bytes.iter_mut().skip(4_096 + 100) {
        *byte = 0xa5;
    }
    std::fs::write(&path, bytes).unwrap();
    let error = Canary::start(&Config::new(server.dir.path(), local())).unwrap_err().to_string();
    assert!(error.contains("damaged"), "{error}");
}

#[test]
fn two_canaries_do_not_share_a_directory() {
    let server = Server::start();
    let error = Canary::start(&Config::new(server.dir.path(), local())).unwrap_err().to_string();
    assert!(error.contains("another canary"), "{error}");
}

#[test]
fn counts_survive_a_restart() {
    let mut server = Server::start();
    assert_eq!(server.client.send(&failures("shop", 4)).text(), "{}");
    let before = server.client.totals();
    server.restart();
    assert_eq!(server.client.totals(), before);
    assert_eq!(server.client.send(&failures("shop", 1)).text(), "{}");
    assert_eq!(server.client.total("amends_failures_total", &[]), 5);
}

/// What the program says on its error output when it does not start.
fn refusal(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_amends-canary"))
        .args(args)
        .env_remove("AMENDS_INGEST_KEY")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn options_out_of_range_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    for (option, value, words) in [
        ("--max-apps", "0", "--max-apps"),
        ("--max-store-mib", "0", "--max-store-mib"),
        ("--max-store-mib", "99999999999999", "--max-store-mib"),
        ("--listen", "4390", "e.g. 127.0.0.1:4390"),
        ("--listen", "localhost:4390", "e.g. 127.0.0.1:4390"),
        ("--ingest-key", "shop=short", "8 characters"),
        ("--ingest-key", "=long-enough-key", "names no app"),
    ] {
        let message = refusal(&["serve", "--data", data, option, value]);
        assert!(message.contains(words), "{option} {value}: {message}");
    }
    let file = dir.path().join("a file");
    std::fs::write(&file, b"").unwrap();
    let message = refusal(&["serve", "--listen", "127.0.0.1:0", "--data", file.to_str().unwrap()]);
    assert!(message.contains("is a file; give a directory"), "{message}");
}

#[test]
fn the_first_lines_say_where_to_look_and_what_is_open() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    for (key, words) in [(None, "loopback only"), (Some("a-long-enough-key"), "put a login in front")] {
        let dir = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_amends-canary"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(dir.path());
        command.env_remove("AMENDS_INGEST_KEY").args(key.iter().flat_map(|key| ["--ingest-key", key]));
        let mut canary = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(canary.stdout.take().unwrap()).lines().map(Result::unwrap);
        let lines: Vec<String> = lines.take(3).collect();
        canary.kill().unwrap();
        canary.wait().unwrap();
        let url = lines[0].rsplit(' ').next().unwrap();
        assert_eq!(lines[1], format!("Open {url} in a browser."));
        assert!(lines[2].contains(words), "{lines:?}");
    }
}

#[test]
fn help_has_examples() {
    let output = Command::new(env!("CARGO_BIN_EXE_amends-canary")).arg("--help").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("amends-canary serve --data ./counts"));
}

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

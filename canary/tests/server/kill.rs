//! The real binary, killed under load: what was acknowledged is there, and nothing is there twice.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::fixture::{Client, JSON, batch, fresh_key, point, sum, until};

fn serve(dir: &Path) -> (Child, Client) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amends-canary"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(dir)
        .env_remove("AMENDS_INGEST_KEY")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("amends-canary listening on ").unwrap().to_owned();
    (child, Client::new(url))
}

/// Screens with what they counted.
fn counted(client: &Client) -> Vec<(String, String)> {
    let screen = |key: &str| {
        key.split("app_screen_name=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    client.totals().into_iter().map(|(key, value)| (screen(&key).unwrap(), value)).collect()
}

#[test]
fn killed_under_load_it_keeps_what_it_acknowledged() {
    const BATCHES: usize = 800;
    let dir = tempfile::tempdir().unwrap();
    let batches: Vec<(String, String)> = (0..BATCHES)
        .map(|number| {
            let screen = format!("s{number}");
            let labels = [("amends.failure.kind", "hang"), ("app.screen.name", &*screen)];
            (
                fresh_key(),
                batch("shop", "1", &[sum("amends.apologies", &[point(&json!(1), &labels)])]).to_string(),
            )
        })
        .collect();
    let acknowledged = Mutex::new(BTreeSet::new());
    let send = |client: &Client, number: usize| {
        let (key, body) = &batches[number];
        let headers = [("content-type", JSON), ("idempotency-key", &**key)];
        match client.try_post(body.as_bytes(), &headers) {
            Some(answer) if answer.status == 200 => {
                acknowledged.lock().unwrap().insert(number);
                true
            }
            _ => false,
        }
    };

    let next = AtomicUsize::new(0);
    for enough in [BATCHES / 4, BATCHES / 2] {
        let (mut child, client) = serve(dir.path());
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| while send(&client, next.fetch_add(1, Ordering::Relaxed).min(BATCHES - 1)) {});
            }
            until("enough batches", || (acknowledged.lock().unwrap().len() >= enough).then_some(()));
            child.kill().unwrap();
            child.wait().unwrap();
        });
    }

    let (mut child, client) = serve(dir.path());
    let found = counted(&client);
    assert!(found.iter().all(|(screen, value)| value == "1" && screen != "_other"), "{found:?}");
    let screens: BTreeSet<_> = found.iter().map(|(screen, _)| screen.clone()).collect();
    for number in acknowledged.lock().unwrap().iter() {
        assert!(screens.contains(&format!("s{number}")), "batch {number} was acknowledged and is gone");
    }
    // Every device tries again: now all are there, still once.
    for number in 0..BATCHES {
        assert!(send(&client, number));
    }
    let found = counted(&client);
    assert_eq!(found.len(), BATCHES);
    assert!(found.iter().all(|(_, value)| value == "1"));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn stops_when_asked_with_an_open_live_page() {
    let dir = tempfile::tempdir().unwrap();
    let (mut child, client) = serve(dir.path());
    let page = client.agent.get(format!("{}/v1/live", client.url)).call().unwrap();
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(asked.success());
    let status = until("the end of the process", || child.try_wait().unwrap());
    assert!(status.success(), "{status}");
    drop(page);
}

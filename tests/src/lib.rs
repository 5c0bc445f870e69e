//! What tests that cross components share: a canary as a process of its own that can be killed, and its counts.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "only tests use this, and a broken bench must stop them"
)]

use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A canary that runs as a process of its own.
#[derive(Debug)]
pub struct CanaryProcess {
    child: Child,
    /// Where it listens.
    pub url: String,
}

impl CanaryProcess {
    /// Starts it on its data; `listen` is an address, port 0 for any.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start(data: &Path, listen: &str) -> Self {
        let mut child = Command::new(program())
            .args(["serve", "--accept-any-clock", "--listen", listen, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("amends-canary starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        let mut out = BufReader::new(out);
        out.read_line(&mut line).expect("a first line");
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        assert!(url.starts_with("http://"), "amends-canary did not start: {line:?}");
        // Goes on reading, so that it never waits for us.
        std::thread::spawn(move || out.lines().for_each(drop));
        Self { child, url }
    }

    /// `kill -9`.
    ///
    /// # Panics
    /// If it was gone already.
    pub fn kill(&mut self) {
        self.child.kill().expect("kill -9");
        self.child.wait().expect("it ends");
    }

    /// The totals of an app.
    ///
    /// # Panics
    /// If it does not answer.
    pub fn totals(&self, app: &str) -> Value {
        totals(&self.url, app)
    }
}

impl Drop for CanaryProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The totals of an app at a canary, over the last 30 days.
///
/// # Panics
/// If the canary does not answer.
pub fn totals(canary: &str, app: &str) -> Value {
    let url = format!("{canary}/v1/counts?app={app}&since=30d");
    let text = ureq::get(&url).call().expect("counts").body_mut().read_to_string().expect("text");
    serde_json::from_str::<Value>(&text).expect("JSON")["data"]["totals"].clone()
}

/// The program, beside this test's own; built if it is not there yet.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let program = test.ancestors().nth(2).expect("target/PROFILE/deps").join("amends-canary");
    if !program.exists() {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--package", "amends-canary"]);
        assert!(build.status().expect("cargo").success(), "amends-canary must build");
    }
    program
}

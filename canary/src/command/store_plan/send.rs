//! Sending to a store's API: one request after another, none of them twice.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use ureq::http::{Method, Request as HttpRequest};
use ureq::{Agent, SendBody};

/// For one request.
const PATIENCE: Duration = Duration::from_secs(30);
/// A track, or a phased release, is far smaller.
const LONGEST: u64 = 1 << 20;

/// Why a store was not told, or not all of it.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// A file of credentials cannot be used.
    #[error("{0}")]
    Key(String),
    /// The store is not in the state that the verdict is about.
    #[error("{0}")]
    State(String),
    /// The store refused, or did not answer.
    #[error("{0}")]
    Store(String),
}

/// A client of one store's API.
pub(super) struct Sender {
    agent: Agent,
    token: Option<String>,
}

impl Sender {
    /// Without a token yet.
    pub(super) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("amends-canary/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), token: None }
    }

    /// Sent as a bearer token from now on.
    pub(super) fn authorise(&mut self, token: String) {
        self.token = Some(token);
    }

    /// A form, answered with JSON.
    pub(super) fn form(&self, url: &str, form: &str) -> Result<Value, SendError> {
        let request = HttpRequest::post(url).header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(form.to_owned()).map_err(|error| away(url, &error))?;
        read(url, self.agent.run(request).map_err(|error| away(url, &error))?)
    }

    /// JSON, or nothing, answered with JSON; null for an empty answer.
    pub(super) fn json(&self, method: Method, url: &str, body: Option<&Value>) -> Result<Value, SendError> {
        let mut request = HttpRequest::builder().method(method).uri(url);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let sent = if let Some(body) = body {
            let request = request.header("content-type", "application/json").body(body.to_string());
            self.agent.run(request.map_err(|error| away(url, &error))?)
        } else {
            let request = request.body(SendBody::none());
            self.agent.run(request.map_err(|error| away(url, &error))?)
        };
        read(url, sent.map_err(|error| away(url, &error))?)
    }
}

fn away(url: &str, error: &dyn std::fmt::Display) -> SendError {
    SendError::Store(format!("cannot reach {url}: {error}; look at the rollout, then run this again"))
}

fn read(url: &str, mut response: ureq::http::Response<ureq::Body>) -> Result<Value, SendError> {
    let status = response.status();
    let body = response.body_mut().with_config().limit(LONGEST).read_to_string();
    let body = body.map_err(|error| away(url, &error))?;
    if !status.is_success() {
        let why: String = body.chars().filter(|character| !character.is_control()).take(300).collect();
        return Err(SendError::Store(format!("{url} answers {status}: {why}")));
    }
    if body.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&body).map_err(|error| SendError::Store(format!("{url} answers no JSON: {error}")))
}

/// A file of credentials.
pub(super) fn file(path: &std::path::Path) -> Result<String, SendError> {
    std::fs::read_to_string(path)
        .map_err(|error| SendError::Key(format!("cannot read {}: {error}", path.display())))
}

/// Unix seconds.
pub(super) fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

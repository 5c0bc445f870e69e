//! Asking a canary for a verdict over HTTP.

use std::time::Duration;

use clap::Args;
use serde_json::Value;
use ureq::Agent;
use ureq::http::StatusCode;

/// For one question, its connection included.
const PATIENCE: Duration = Duration::from_secs(10);
/// A verdict has about 1 KiB.
const LONGEST: u64 = 64 * 1_024;

/// Which canary is asked for which verdict.
#[derive(Debug, Clone, Args)]
pub(crate) struct Asked {
    /// The canary's address.
    #[arg(long, env = "AMENDS_URL", hide_env_values = true, default_value = "http://127.0.0.1:4390", value_parser = address)]
    pub(super) url: String,
    /// Sent as `Authorization: Bearer …`, for a canary behind a login.
    #[arg(long, env = "AMENDS_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The app; may be left out where the canary has one only.
    #[arg(long)]
    app: Option<String>,
    /// The release that is judged.
    #[arg(long)]
    pub(super) release: String,
    /// The release it is compared with; by itself the one with most sessions at the same time.
    #[arg(long)]
    control: Option<String>,
    /// How often a good release may be called worse, e.g. 0.01.
    #[arg(long)]
    alpha: Option<f64>,
    /// Promoted once it surely fails less than so many times as often, e.g. 1.25.
    #[arg(long)]
    margin: Option<f64>,
    /// First sessions to count: RFC 3339, or how long ago (7d).
    #[arg(long)]
    since: Option<String>,
}

/// What a canary answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) verdict: Word,
    pub(super) reason: String,
    pub(super) sentence: String,
    /// The whole of it, as in docs/verdict.md.
    pub(super) data: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Promote,
    Hold,
    Rollback,
}

impl Word {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Promote => "promote",
            Self::Hold => "hold",
            Self::Rollback => "rollback",
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum AskError {
    /// Asking again the same way would not help.
    #[error("{0}")]
    Wrong(String),
    /// It may be there again soon.
    #[error("{0}")]
    Away(String),
}

impl AskError {
    fn wrong(text: impl AsRef<str>) -> Self {
        Self::Wrong(one_line(text.as_ref()))
    }

    fn away(text: impl AsRef<str>) -> Self {
        Self::Away(one_line(text.as_ref()))
    }
}

/// What comes from elsewhere may hold anything, and lines of a log are taken for commands by some.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// A client for one canary.
pub(super) struct Asker {
    agent: Agent,
    asked: Asked,
}

impl Asker {
    pub(super) fn new(asked: Asked) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("amends-canary/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), asked }
    }

    /// Asks once.
    pub(super) fn ask(&self) -> Result<Answer, AskError> {
        let url = &self.asked.url;
        let shown = shown(url);
        let mut request = self.agent.get(format!("{url}/v1/verdict?{}", query(&self.asked)));
        if let Some(token) = &self.asked.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = request.call().map_err(|error| {
            AskError::away(format!("cannot reach {shown}: {}", error.to_string().replace(url, &shown)))
        })?;
        let status = response.status();
        let body = response.body_mut().with_config().limit(LONGEST).read_to_vec();
        let body = body.map_err(|error| AskError::away(format!("{shown} broke off: {error}")))?;
        if status != StatusCode::OK {
            return Err(refused(&shown, status, &body));
        }
        read(&body).ok_or_else(|| {
            AskError::wrong(format!(
                "what {shown} answers is no verdict: is it a canary's address, and is there a login?"
            ))
        })
    }
}

/// An address without the user and password in it: logs are read by many.
fn shown(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

fn query(asked: &Asked) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("release", &asked.release);
    for (name, value) in [("app", &asked.app), ("control", &asked.control), ("since", &asked.since)] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    for (name, value) in [("alpha", asked.alpha), ("margin", asked.margin)] {
        if let Some(value) = value {
            query.append_pair(name, &value.to_string());
        }
    }
    query.finish()
}

fn refused(url: &str, status: StatusCode, body: &[u8]) -> AskError {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let message = json.as_ref().and_then(|json| json["error"]["message"].as_str());
    let message =
        message.map_or_else(|| format!("status {status}"), |message| format!("{status}: {message}"));
    if status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT
    {
        AskError::away(format!("{url} answers {message}"))
    } else if status.is_redirection() || matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        AskError::wrong(format!("{url} answers {message}; is there a login before it? give --token"))
    } else {
        AskError::wrong(format!("{url} answers {message}"))
    }
}

fn read(body: &[u8]) -> Option<Answer> {
    let mut json: Value = serde_json::from_slice(body).ok()?;
    let data = json.get_mut("data")?.take();
    let verdict = match data["verdict"].as_str()? {
        "promote" => Word::Promote,
        "hold" => Word::Hold,
        "rollback" => Word::Rollback,
        _ => return None,
    };
    Some(Answer {
        verdict,
        reason: data["reason"].as_str()?.to_owned(),
        sentence: one_line(data["sentence"].as_str()?),
        data,
    })
}

fn address(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['?', '#', ' ']) => Ok(url.to_owned()),
        _ => Err("give an address such as https://canary.example.com".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_or_it_is_none() {
        let answer = read(
            br#"{"data":{"verdict":"hold","reason":"too_early","sentence":"a\n::error::b","e_value":1.5}}"#,
        )
        .unwrap();
        assert_eq!(
            (answer.verdict, &*answer.reason, &*answer.sentence),
            (Word::Hold, "too_early", "a�::error::b")
        );
        assert_eq!(answer.data["e_value"], 1.5);
        for body in ["", "<html>", "{}", r#"{"data":{"verdict":"yes","reason":"a","sentence":"b"}}"#] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_refusal_is_one_line() {
        let body = br#"{"error":{"message":"no\n::error title=x::y\r##[group]\u0085z"}}"#;
        for status in [400, 401, 503] {
            let refused = refused("http://c", StatusCode::from_u16(status).unwrap(), body).to_string();
            assert!(!refused.contains(char::is_control) && refused.contains("\u{fffd}::error"), "{refused}");
        }
    }

    #[test]
    fn what_may_pass_is_told_from_what_does_not() {
        let refused = |status: u16| refused("http://c", StatusCode::from_u16(status).unwrap(), b"");
        for status in [500, 502, 503, 429, 408] {
            assert!(matches!(refused(status), AskError::Away(_)), "{status}");
        }
        for status in [302, 400, 401, 403, 404, 421] {
            assert!(matches!(refused(status), AskError::Wrong(_)), "{status}");
        }
        assert!(refused(302).to_string().contains("--token"));
    }

    #[test]
    fn a_login_in_an_address_is_not_shown() {
        for (url, wanted) in [
            ("http://me:SEC@RET@canary.example:1/a@b", "http://canary.example:1/a@b"),
            ("https://canary.example/amends", "https://canary.example/amends"),
        ] {
            assert_eq!(shown(url), wanted);
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(address("https://canary.example.com/"), Ok("https://canary.example.com".to_owned()));
        assert_eq!(address("http://127.0.0.1:4390/amends"), Ok("http://127.0.0.1:4390/amends".to_owned()));
        for text in ["", "canary.example.com", "ftp://x", "https://", "http://x?y=1"] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}

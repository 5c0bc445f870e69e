//! One HTTP request, and what its answer means for a message.

use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, StatusCode};

use super::SendError;

/// The longest wish to wait that is granted.
const LONGEST_WISH: Duration = Duration::from_secs(3_600);

/// A client without redirects: a message goes where the configuration says.
#[derive(Debug, Clone)]
pub(crate) struct Http(Agent);

impl Default for Http {
    fn default() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("amends-canary/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.into())
    }
}

impl Http {
    /// Posts a body; answers 2xx are good.
    pub(super) fn post(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
        timeout: Duration,
    ) -> Result<(), SendError> {
        let mut request = self.0.post(url).config().timeout_global(Some(timeout)).build();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = request.send(body).map_err(|error| failed(&error, timeout))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let word = answer.body_mut().with_config().limit(256).read_to_string().unwrap_or_default();
        Err(refused(status, answer.headers(), &word))
    }
}

fn refused(status: StatusCode, headers: &HeaderMap, word: &str) -> SendError {
    // Slack says why in one word; anything longer could hold what is not ours to show.
    let plain = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    let why = if !word.is_empty() && word.len() <= 60 && word.chars().all(plain) {
        format!(" ({word})")
    } else {
        String::new()
    };
    let what = format!("the receiver answered {}{why}", status.as_u16());
    match status.as_u16() {
        408 | 425 | 429 | 500..=599 => SendError::Again { what, after: wish(headers) },
        300..=399 => SendError::Refused(format!("{what}: it has moved; give its new url")),
        _ => SendError::Refused(what),
    }
}

/// `Retry-After` in seconds; a date is as good as no wish.
fn wish(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WISH))
}

/// In words of our own, for the client's may hold the address.
fn failed(error: &ureq::Error, timeout: Duration) -> SendError {
    let what = match error {
        ureq::Error::Timeout(_) => format!("no answer within {} s", timeout.as_secs_f64()),
        ureq::Error::HostNotFound => {
            "its host has no address; check the url's name and the DNS here".to_owned()
        }
        ureq::Error::Io(error) => format!("the connection broke ({})", error.kind()),
        ureq::Error::ConnectionFailed => "it cannot be reached".to_owned(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
            "its certificate is not trusted, or it speaks no TLS".to_owned()
        }
        _ => "it gave no proper HTTP answer".to_owned(),
    };
    SendError::Again { what, after: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_get_better_is_tried_again() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "120".parse().unwrap());
        let again = |status: u16| match refused(StatusCode::from_u16(status).unwrap(), &headers, "") {
            SendError::Again { after, .. } => after.map(|after| after.as_secs()),
            SendError::Refused(_) => None,
        };
        for status in [408, 429, 500, 503] {
            assert_eq!(again(status), Some(120), "{status}");
        }
        for status in [302, 400, 401, 404, 410] {
            assert_eq!(again(status), None, "{status}");
        }
    }

    #[test]
    fn only_plain_words_of_the_receiver_are_passed_on() {
        let said = |word: &str| refused(StatusCode::NOT_FOUND, &HeaderMap::new(), word).to_string();
        assert_eq!(said("no_service"), "the receiver answered 404 (no_service)");
        assert_eq!(said("POST /services/T0/SECRET"), "the receiver answered 404");
    }
}

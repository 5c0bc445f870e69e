//! Any webhook: a `CloudEvent` 1.0 in structured JSON, signed as Standard Webhooks says (HMAC-SHA256 over id, time and body).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Http, SendError};
use crate::alerts::notice::Notice;
use crate::alerts::standing::{News, Phase};
use crate::instant::rfc3339;

/// See the module.
#[derive(Clone)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    /// The key itself, decoded.
    pub(crate) secret: Option<Vec<u8>>,
    /// `source` of the events.
    pub(crate) source: String,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Webhook")
    }
}

/// The key of a secret as Standard Webhooks writes it: base64, often behind `whsec_`; `None` for anything else.
pub(crate) fn key(secret: &str) -> Option<Vec<u8>> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret)).ok()?;
    (24..=64).contains(&key.len()).then_some(key)
}

impl Webhook {
    pub(super) fn send(
        &self,
        http: &Http,
        notice: &Notice,
        timeout: Duration,
        now_s: i64,
    ) -> Result<(), SendError> {
        let body = event(notice, &self.source).to_string();
        let time = now_s.to_string();
        let signature = self.secret.as_ref().and_then(|key| sign(key, &notice.id, now_s, &body));
        let mut headers = vec![
            ("content-type", "application/cloudevents+json; charset=utf-8"),
            ("webhook-id", &*notice.id),
            ("webhook-timestamp", &*time),
        ];
        headers.extend(signature.as_deref().map(|signature| ("webhook-signature", signature)));
        http.post(&self.url, &headers, &body, timeout)
    }
}

fn sign(key: &[u8], id: &str, time_s: i64, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{time_s}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

fn event(notice: &Notice, source: &str) -> Value {
    let standing = &notice.standing;
    let kind = match notice.news {
        News::Firing => "firing",
        News::Repeated => "repeated",
        News::Resolved => "resolved",
    };
    let labels: serde_json::Map<String, Value> =
        standing.labels.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({
        "specversion": "1.0",
        "id": notice.id,
        "source": source,
        "type": format!("dev.amends.alert.{kind}"),
        "subject": standing.fingerprint,
        "time": rfc3339(notice.at_s),
        "datacontenttype": "application/json",
        "data": {
            "alert": standing.alert,
            "app": standing.app,
            "labels": labels,
            "severity": standing.severity,
            "title": notice.title,
            "text": notice.text,
            "link": notice.link,
            "since": rfc3339(standing.since_s),
            "fired_at": standing.fired_s.map(rfc3339),
            "resolved_at": standing.resolved_s.filter(|_| standing.phase == Phase::Resolved).map(rfc3339),
            "events": standing.sum.events,
            "exposure": standing.sum.exposure,
            "window_minutes": standing.sum.minutes,
            "rate": standing.sum.rate(),
            "against": standing.against,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::definition::Alert;
    use crate::alerts::standing::Standing;

    /// The example of the Standard Webhooks reference libraries.
    #[test]
    fn the_signature_is_that_of_standard_webhooks() {
        let key = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        assert_eq!(
            sign(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}").unwrap(),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn weak_and_malformed_secrets_are_none() {
        for secret in ["", "whsec_", "whsec_short", "not base64 at all!", "c2hvcnQ="] {
            assert_eq!(key(secret), None, "{secret}");
        }
    }

    #[test]
    fn an_event_has_what_cloudevents_requires() {
        let labels = vec![("release".to_owned(), "2.5.0".to_owned())];
        let standing = Standing::new(&Alert::standard(), "shop", labels, 0);
        let event =
            event(&Notice::new(News::Firing, &standing, None, None, 60), "https://canary.example.com");
        assert_eq!(event["specversion"], "1.0");
        assert_eq!(event["type"], "dev.amends.alert.firing");
        assert_eq!(event["source"], "https://canary.example.com");
        assert_eq!(event["id"].as_str().unwrap(), format!("{}-0-0", standing.fingerprint));
        assert_eq!(event["time"], "1970-01-01T00:01:00Z");
        assert_eq!(event["data"]["labels"]["release"], "2.5.0");
        assert_eq!(event["data"]["resolved_at"], Value::Null);
    }
}

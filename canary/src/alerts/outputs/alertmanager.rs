//! Prometheus' Alertmanager: `POST /api/v2/alerts`.
//!
//! It forgets an alert whose `endsAt` has passed, so a firing one is sent again at each look with an end a few minutes ahead.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Http, SendError};
use crate::alerts::notice::Notice;
use crate::alerts::standing::News;
use crate::instant::rfc3339;

/// How long a firing alert holds without being sent again: four looks, as Prometheus does.
const HOLDS_S: i64 = 4 * 60;

/// See the module.
#[derive(Clone)]
pub(crate) struct Alertmanager {
    /// Its address, without `/api/v2/alerts`.
    pub(crate) url: String,
    /// For `Authorization: Bearer`.
    pub(crate) token: Option<String>,
}

impl std::fmt::Debug for Alertmanager {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Alertmanager")
    }
}

impl Alertmanager {
    pub(super) fn send(&self, http: &Http, notice: &Notice, timeout: Duration) -> Result<(), SendError> {
        let url = format!("{}/api/v2/alerts", self.url.trim_end_matches('/'));
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        http.post(&url, &headers, &body(notice).to_string(), timeout)
    }
}

/// `postableAlerts`.
fn body(notice: &Notice) -> Value {
    let standing = &notice.standing;
    let mut labels: BTreeMap<String, String> = standing
        .labels
        .iter()
        // An empty label is none.
        .filter(|(_, value)| !value.is_empty())
        .cloned()
        .collect();
    labels.insert("alertname".to_owned(), standing.alert.clone());
    labels.insert("app".to_owned(), standing.app.clone());
    labels.insert("severity".to_owned(), standing.severity.clone());
    let ends_s = match notice.news {
        News::Resolved => standing.resolved_s.unwrap_or(notice.at_s),
        News::Firing | News::Repeated => notice.at_s + HOLDS_S,
    };
    let mut alert = json!({
        "labels": labels,
        "annotations": { "summary": notice.title, "description": notice.text },
        "startsAt": rfc3339(standing.fired_s.unwrap_or(notice.at_s)),
        "endsAt": rfc3339(ends_s),
    });
    if let (Some(link), Some(alert)) = (&notice.link, alert.as_object_mut()) {
        alert.insert("generatorURL".to_owned(), json!(link));
    }
    json!([alert])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::definition::Alert;
    use crate::alerts::standing::Standing;

    #[test]
    fn a_firing_alert_ends_ahead_and_a_resolved_one_when_it_was() {
        let labels = vec![("release".to_owned(), "2.5.0".to_owned()), ("segment".to_owned(), String::new())];
        let mut standing = Standing::new(&Alert::standard(), "shop", labels, 0);
        standing.fired_s = Some(60);
        let url = Some("https://canary.example.com");
        let fired = body(&Notice::new(News::Firing, &standing, None, url, 120));
        assert_eq!(
            fired[0]["labels"],
            json!({
                "alertname": "unusual-failed-sessions", "app": "shop", "release": "2.5.0", "severity": "page"
            })
        );
        assert_eq!(
            (&fired[0]["startsAt"], &fired[0]["endsAt"]),
            (&json!("1970-01-01T00:01:00Z"), &json!("1970-01-01T00:06:00Z"))
        );
        assert_eq!(fired[0]["generatorURL"], "https://canary.example.com/?app=shop");
        standing.resolved_s = Some(180);
        let resolved = body(&Notice::new(News::Resolved, &standing, None, None, 180));
        assert_eq!(resolved[0]["endsAt"], "1970-01-01T00:03:00Z");
        assert_eq!(resolved[0]["startsAt"], fired[0]["startsAt"]);
        assert_eq!(resolved[0]["labels"], fired[0]["labels"], "labels are its identity");
    }
}

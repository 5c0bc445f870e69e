//! Slack's incoming webhooks: `{"text", "blocks"}`.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Http, SendError};
use crate::alerts::notice::Notice;
use crate::alerts::standing::News;

/// See the module.
#[derive(Clone)]
pub(crate) struct Slack {
    /// It is a secret: who knows it can post.
    pub(crate) url: String,
}

impl std::fmt::Debug for Slack {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Slack")
    }
}

impl Slack {
    pub(super) fn send(&self, http: &Http, notice: &Notice, timeout: Duration) -> Result<(), SendError> {
        http.post(&self.url, &[("content-type", "application/json")], &body(notice).to_string(), timeout)
    }
}

/// The message: a plain line for notifications, and blocks for the channel.
fn body(notice: &Notice) -> Value {
    let sign = match notice.news {
        News::Firing | News::Repeated => ":rotating_light:",
        News::Resolved => ":white_check_mark:",
    };
    let mut blocks = vec![
        json!({ "type": "header", "text": { "type": "plain_text", "text": cut(&notice.title, 150) } }),
        json!({ "type": "section", "text": { "type": "mrkdwn", "text": cut(&escaped(&notice.text), 3_000) } }),
    ];
    if let Some(link) = &notice.link {
        blocks.push(json!({ "type": "section", "text": {
            "type": "mrkdwn", "text": format!("<{}|Open the page>", escaped(link))
        } }));
    }
    let standing = &notice.standing;
    let context = format!("{} · {} · alert {}", standing.severity, standing.fingerprint, standing.alert);
    blocks.push(json!({ "type": "context", "elements": [
        { "type": "mrkdwn", "text": cut(&escaped(&context), 3_000) }
    ] }));
    json!({ "text": format!("{sign} {}", escaped(&notice.title)), "blocks": blocks })
}

/// The three characters that Slack reads as its own.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most - 1).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::definition::Alert;
    use crate::alerts::standing::Standing;

    #[test]
    fn blocks_keep_slacks_limits_and_names_cannot_ping_everyone() {
        let labels = vec![("screen".to_owned(), format!("<!channel> & {}", "x".repeat(200)))];
        let standing = Standing::new(&Alert::standard(), "shop", labels, 0);
        let notice = Notice::new(News::Firing, &standing, None, Some("https://canary.example.com/"), 0);
        let body = body(&notice);
        assert!(body["text"].as_str().unwrap().contains("&lt;!channel&gt; &amp;"), "{body}");
        assert!(body["blocks"][0]["text"]["text"].as_str().unwrap().chars().count() <= 150);
        assert_eq!(body["blocks"][2]["text"]["text"], "<https://canary.example.com/?app=shop|Open the page>");
    }
}

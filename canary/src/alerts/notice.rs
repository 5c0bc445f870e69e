//! What is told, before it is dressed for Slack, Alertmanager, a webhook or mail.

use serde::{Deserialize, Serialize};

use super::definition::Alert;
use super::standing::{News, Standing};
use super::words;

/// See the module. It is queued as JSON, so a field that is added needs a default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Notice {
    /// The same at each attempt and for each output, so that a receiver can drop repeats.
    pub(crate) id: String,
    pub(crate) news: News,
    /// When it was decided, Unix seconds.
    pub(crate) at_s: i64,
    /// One line.
    pub(crate) title: String,
    /// A few plain sentences.
    pub(crate) text: String,
    /// The page, where the configuration has a `public_url`.
    pub(crate) link: Option<String>,
    pub(crate) standing: Standing,
}

impl Notice {
    pub(crate) fn new(
        news: News,
        standing: &Standing,
        alert: Option<&Alert>,
        public_url: Option<&str>,
        now_s: i64,
    ) -> Self {
        let link = public_url.map(|url| {
            let app: String = form_urlencoded::byte_serialize(standing.app.as_bytes()).collect();
            format!("{}/?app={app}", url.trim_end_matches('/'))
        });
        Self {
            id: format!("{}-{}-{}", standing.fingerprint, standing.number, standing.tellings),
            news,
            at_s: now_s,
            title: words::title(news, standing, alert),
            text: words::text(news, standing, alert, now_s),
            link,
            standing: standing.clone(),
        }
    }
}

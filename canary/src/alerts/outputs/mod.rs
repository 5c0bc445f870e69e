//! Where messages go.

pub(crate) mod alertmanager;
mod courier;
mod http;
pub(crate) mod slack;
pub(crate) mod smtp;
pub(crate) mod webhook;

use std::time::Duration;

use super::notice::Notice;
pub use courier::Pace;
pub(crate) use courier::{Courier, now_ms};
pub(crate) use http::Http;

/// One output of the configuration.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) to: Destination,
    /// For one attempt.
    pub(crate) timeout: Duration,
    /// After so long a message that could not be delivered is given up.
    pub(crate) give_up: Duration,
}

/// What kind of output it is.
#[derive(Debug, Clone)]
pub(crate) enum Destination {
    Slack(slack::Slack),
    Alertmanager(alertmanager::Alertmanager),
    Webhook(webhook::Webhook),
    Smtp(Box<smtp::Smtp>),
}

/// Why an attempt failed. It never holds an address or a secret: what is given up is shown to others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SendError {
    #[error("{what}")]
    Again {
        what: String,
        /// The receiver's own wish.
        after: Option<Duration>,
    },
    #[error("{0}")]
    Refused(String),
}

impl Destination {
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Slack(_) => "slack",
            Self::Alertmanager(_) => "alertmanager",
            Self::Webhook(_) => "webhook",
            Self::Smtp(_) => "smtp",
        }
    }

    /// Whether it wants to be told at each look that an alert still fires, and forgets those of which it hears no more.
    pub(crate) const fn is_refreshed(&self) -> bool {
        matches!(self, Self::Alertmanager(_))
    }

    /// Sends one message; `now_s` in Unix seconds. Blocks for as long as the timeout.
    pub(crate) fn send(
        &self,
        http: &Http,
        notice: &Notice,
        timeout: Duration,
        now_s: i64,
    ) -> Result<(), SendError> {
        match self {
            Self::Slack(slack) => slack.send(http, notice, timeout),
            Self::Alertmanager(alertmanager) => alertmanager.send(http, notice, timeout),
            Self::Webhook(webhook) => webhook.send(http, notice, timeout, now_s),
            Self::Smtp(smtp) => smtp.send(notice, timeout),
        }
    }
}

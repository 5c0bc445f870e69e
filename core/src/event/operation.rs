//! Something that the person set going and waits for, beyond a load: an order, a transfer, a message.

use std::time::Duration;

/// How an operation is getting on, in the host's words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub struct OperationReport {
    /// The host's name for it, the same each time; cut to 64 characters. Stays on the device.
    pub id: String,
    /// What the person calls it ("Order 1042"); cut to 64 characters. Stays on the device.
    #[cfg_attr(feature = "json", serde(default))]
    pub title: Option<String>,
    /// How far it is.
    pub progress: OperationProgress,
    /// How long it usually takes from here to its end. When that has passed, it is shown as delayed by itself.
    #[cfg_attr(
        feature = "json",
        serde(rename = "expected_within_ms", with = "super::json::option_ms", default)
    )]
    pub expected_within: Option<Duration>,
    /// Where the questions about it are answered; `https` only.
    #[cfg_attr(feature = "json", serde(default))]
    pub faq_url: Option<String>,
}

/// How far an operation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationProgress {
    /// It will begin.
    Scheduled,
    /// It is under way.
    Processing,
    /// It takes longer than expected. Sets itself; the host may also say so.
    Delayed,
    /// It is done.
    Sent,
    /// It will not happen.
    Failed,
}

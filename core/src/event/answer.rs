//! What came back: from the person about a message, from the canary about an upload.

use crate::counts::words;
use std::time::Duration;

/// How a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum Response {
    /// The person swiped or tapped it away.
    Dismissed,
    /// Its time was over.
    Expired,
    /// The person used a call to action of the host's own.
    Acted,
    /// The person tried again from the message.
    Retry,
    /// The person opened the status page.
    Status,
    /// The person asked for help.
    Support,
    /// The person wants to tell us.
    TellUs,
}

words!(pub Response {
    Dismissed => "dismissed", Expired => "expired", Acted => "acted", Retry => "retry", Status => "status",
    Support => "support", TellUs => "tell_us"
});

/// What became of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum UploadAnswer {
    /// The server answered.
    Status {
        /// HTTP status.
        code: u16,
        /// The `Retry-After` header, already as a span of time (see [`retry_after`](crate::retry_after)).
        #[cfg_attr(
            feature = "json",
            serde(rename = "retry_after_ms", with = "super::json::option_ms", default)
        )]
        retry_after: Option<Duration>,
    },
    /// No answer: no connection, broken off, timed out.
    Unreachable,
}

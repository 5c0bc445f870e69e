//! A main thread that did not answer.

use std::time::Duration;

/// What a watchdog thread saw: it asks the main thread for a sign of life, sleeps, and looks whether it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub struct Hang {
    /// How long the main thread did not answer. It is over when the event is stamped: only then can anything be drawn.
    #[cfg_attr(feature = "json", serde(rename = "blocked_ms", with = "super::json::ms"))]
    pub blocked: Duration,
    /// The longest sleep that the watchdog asked for meanwhile…
    #[cfg_attr(feature = "json", serde(rename = "sleep_asked_ms", with = "super::json::ms", default))]
    pub sleep_asked: Duration,
    /// …and how long that sleep took. Much longer means that the whole process was suspended, not the main thread.
    #[cfg_attr(feature = "json", serde(rename = "sleep_took_ms", with = "super::json::ms", default))]
    pub sleep_took: Duration,
    /// Whether a debugger is attached: somebody holds the thread on purpose.
    #[cfg_attr(feature = "json", serde(default))]
    pub debugger: bool,
}

//! What a person waits for.

/// What sort of load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum LoadKind {
    /// A screen's content, a search, a page of a list.
    Content,
    /// The app's start from nothing.
    ColdLaunch,
    /// The app's start with the process alive and no screen.
    WarmLaunch,
    /// The app's return with everything in memory.
    HotLaunch,
}

/// How a load ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum LoadEnd {
    /// What was waited for is there.
    Succeeded,
    /// It is there, but there is nothing in it where the person expects something: a search without results. Not a
    /// list that is rightly empty (no orders yet).
    Empty,
    /// It will not come.
    Failed,
    /// The person left or the app gave it up on purpose.
    Cancelled,
}

/// How a network request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum RequestEnd {
    /// The server answered with this HTTP status.
    Status(u16),
    /// No answer in time.
    TimedOut,
    /// No connection, or it broke.
    Unreachable,
    /// The app cancelled it.
    Cancelled,
}

impl RequestEnd {
    /// 5xx, timeout or connection failure: what the person feels as "it does not work". 4xx is mostly theirs or ours
    /// to handle in the screen.
    pub const fn is_failure(self) -> bool {
        match self {
            Self::Status(status) => status >= 500 && status < 600,
            Self::TimedOut | Self::Unreachable => true,
            Self::Cancelled => false,
        }
    }

    /// The server did what it was asked for.
    pub(crate) const fn is_success(self) -> bool {
        matches!(self, Self::Status(200..=299))
    }
}

//! What is shown, and whether it is any good.

/// How good something is that the person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum Content {
    /// As it should be: the denominator. A load that succeeds says so by itself.
    Good,
    /// Nothing, where the person expects something: a search without results.
    Empty,
    /// An image that could not be loaded or decoded.
    BrokenImage,
    /// Bad in the host's own judgement: garbled text, the wrong language, a blurred picture.
    Poor,
}

/// What happens to a video or sound that plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum Playback {
    /// The first frame or sound is there. What comes before it is a load.
    Started,
    /// It stands still for want of data.
    Stalled,
    /// It goes on.
    Resumed,
    /// The person jumped to another place: the wait that follows is theirs.
    Sought,
    /// The person or the app paused it.
    Paused,
    /// It is over, or was closed.
    Ended,
}

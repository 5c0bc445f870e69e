//! What a host tells the engine. Hooks make these on the main thread: small values, no work.

use crate::moment::Moment;
use std::time::Duration;

/// An event and the moment at which the hook saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Timed {
    /// When it happened, on the host's monotonic clock. Stamped by the hook, so that a late step judges rightly.
    pub at: Moment,
    /// What happened.
    pub event: Event,
}

/// Something that happened in the host app.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The app came to the foreground; a session starts, or goes on after less than 30 minutes away.
    Foreground,
    /// The app left the foreground. Nobody is waiting any more: every open watch is dropped.
    Background,
    /// The host starts a new session by its own rules.
    NewSession,
    /// A screen appeared. Use stable names ("Checkout"), never ids or titles with personal data.
    Screen {
        /// The screen's name; cut to 64 characters.
        name: String,
    },
    /// Who is using the app. Stays on the device. A change drops a message meant for somebody else.
    Person {
        /// First name or how the person wants to be called; `None` when signed out.
        name: Option<String>,
    },
    /// The host's word for the value or cohort of this person ("vip", "trial"). Leaves the device as a label.
    Segment {
        /// The segment; `None` for none.
        name: Option<String>,
    },
    /// A finger tapped something.
    Tap(Tap),
    /// The person submitted an input: Enter, the keyboard's search or editor action, the icon beside the field.
    Submit {
        /// The input field, not the icon.
        target: Target,
        /// How it was submitted.
        via: SubmitVia,
    },
    /// The app visibly reacted, or began to do something.
    Reaction(Reaction),
    /// Something the person waits for began to load.
    LoadStarted {
        /// The host's number for this load; unique while it runs.
        load: u64,
        /// What sort of load.
        kind: LoadKind,
        /// Whether progress is already visible (spinner, bar, skeleton): people wait longer with it.
        progress: bool,
        /// What is loading, in the host's words; used on the device to recognise a retry.
        operation: Option<String>,
    },
    /// A running load began to show progress.
    LoadProgress {
        /// The load.
        load: u64,
    },
    /// A load ended.
    LoadEnded {
        /// The load.
        load: u64,
        /// How it ended.
        end: LoadEnd,
    },
    /// A network request began.
    RequestStarted {
        /// The host's number for this request; unique while it runs.
        request: u64,
    },
    /// A network request ended.
    RequestEnded {
        /// The request.
        request: u64,
        /// How it ended.
        end: RequestEnd,
    },
    /// The app itself reports an error that the person will feel.
    ErrorReported,
    /// A message was really drawn on the screen.
    Shown {
        /// The message.
        message: u64,
    },
    /// A message could not or must not be drawn (no window, app lock, hidden before it was drawn).
    NotShown {
        /// The message.
        message: u64,
    },
    /// The person answered a message, or it left by itself.
    Responded {
        /// The message.
        message: u64,
        /// How.
        response: Response,
    },
    /// The host's queue was full and dropped events. Put it before those that were kept: nothing that begins in the same
    /// step, or waits when it comes, is judged on incomplete evidence.
    QueueDropped {
        /// How many events are missing.
        count: u32,
    },
    /// The answer to an [`Upload`](crate::Upload).
    Uploaded {
        /// The upload's number.
        upload: u64,
        /// What became of it.
        answer: UploadAnswer,
    },
}

/// Identifies an element on the screen while it lives; any number the host can make cheaply (an identity hash).
pub type Target = u64;

/// A tap with one or more fingers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tap {
    /// The tapped element.
    pub target: Target,
    /// What sort of element it is.
    pub role: Role,
    /// Whether it is enabled and says that it can be tapped.
    pub enabled: bool,
    /// How many fingers took part in the gesture.
    pub fingers: u8,
}

/// What sort of element was tapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A button, icon button, card or row that acts when tapped.
    Button,
    /// A link, also one that opens another app.
    Link,
    /// A switch, checkbox or radio button.
    Toggle,
    /// A tab or navigation item.
    Tab,
    /// A text field: reacts through caret and keyboard, which hooks may miss.
    TextField,
    /// A stepper: repeated taps are its purpose.
    Stepper,
    /// A slider.
    Slider,
    /// A picker or wheel.
    Picker,
    /// A page control or segmented control.
    Segmented,
    /// Any key of a keyboard.
    Keyboard,
    /// Video, map, canvas, game or web content: it reacts where hooks do not see it.
    Surface,
    /// The host asked to leave this element alone.
    Ignored,
    /// Not something to tap: background, label, image.
    Plain,
}

impl Role {
    /// Whether a tap on such an element may be judged dead. The exclusions are those of `PostHog` iOS and Datadog.
    pub const fn is_judged(self) -> bool {
        matches!(self, Self::Button | Self::Link | Self::Toggle | Self::Tab)
    }
}

/// How an input was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmitVia {
    /// The Enter key.
    Enter,
    /// The keyboard's search, go, send or done action.
    EditorAction,
    /// The icon or button that belongs to the field.
    Icon,
}

/// Evidence that the app did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// Layout, text or visibility changed (not ripples, pressed states or a late frame of an older change).
    Frame,
    /// Another screen, tab or page.
    Navigation,
    /// Content scrolled.
    Scroll,
    /// Focus moved.
    Focus,
    /// The keyboard came or went.
    Keyboard,
    /// A dialog, sheet, menu or system prompt appeared or went.
    Dialog,
    /// Another app was opened.
    LeftApp,
}

/// What sort of load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
pub enum LoadEnd {
    /// What was waited for is there.
    Succeeded,
    /// It will not come.
    Failed,
    /// The person left or the app gave it up on purpose.
    Cancelled,
}

/// How a network request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// How a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// The person swiped or tapped it away.
    Dismissed,
    /// Its time was over.
    Expired,
    /// The person used its call to action.
    Acted,
}

impl Response {
    pub(crate) const ALL: [Self; 3] = [Self::Dismissed, Self::Expired, Self::Acted];

    /// The wire's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dismissed => "dismissed",
            Self::Expired => "expired",
            Self::Acted => "acted",
        }
    }
}

/// What became of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadAnswer {
    /// The server answered.
    Status {
        /// HTTP status.
        code: u16,
        /// The `Retry-After` header, already as a span of time (see [`retry_after`](crate::retry_after)).
        retry_after: Option<Duration>,
    },
    /// No answer: no connection, broken off, timed out.
    Unreachable,
}

impl Event {
    /// Whether it is evidence that the app reacted to a tap or a submit.
    pub(crate) const fn is_reaction(&self) -> bool {
        matches!(
            self,
            Self::Reaction(_) | Self::Screen { .. } | Self::LoadStarted { .. } | Self::RequestStarted { .. }
        )
    }
}

//! What a host tells the engine. Hooks make these on the main thread: small values, no work.

mod answer;
mod content;
mod hang;
#[cfg(feature = "json")]
mod json;
mod load;
mod operation;
mod touch;

pub use answer::{Response, UploadAnswer};
pub use content::{Content, Playback};
pub use hang::Hang;
pub use load::{LoadEnd, LoadKind, RequestEnd};
pub use operation::{OperationProgress, OperationReport};
pub use touch::{Reaction, Role, SubmitVia, Tap, Target};

use crate::moment::Moment;

/// An event and the moment at which the hook saw it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
pub struct Timed {
    /// When it happened, on the host's monotonic clock. Stamped by the hook, so that a late step judges rightly.
    #[cfg_attr(feature = "json", serde(rename = "at_ms"))]
    pub at: Moment,
    /// What happened.
    pub event: Event,
}

/// Something that happened in the host app.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "json", serde(rename_all = "snake_case", deny_unknown_fields))]
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
    /// Who is using the app. Stays on the device. A change drops what is meant for somebody else: messages, what is to be
    /// made good, orders, segment. Say it when it is known, and `None` only when they have signed out.
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
        #[cfg_attr(feature = "json", serde(default))]
        progress: bool,
        /// What is loading, in the host's words; stays on the device, where it recognises a retry.
        #[cfg_attr(feature = "json", serde(default))]
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
        /// What is asked for, in the host's words ("POST /orders", without ids); stays on the device, where it recognises
        /// the app's own retry.
        #[cfg_attr(feature = "json", serde(default))]
        operation: Option<String>,
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
    /// The main thread did not answer for a while, and answers again.
    Hang(Hang),
    /// Something was shown, and the host knows how good it is.
    Content(Content),
    /// A video or sound.
    Playback {
        /// The host's number for it; unique while it plays.
        playback: u64,
        /// What happened to it.
        change: Playback,
    },
    /// How something that the person set going is getting on: an order, a transfer, a message. For the status view.
    Operation(OperationReport),
    /// The languages that the person reads, best first, as BCP 47 tags (`pt-BR`). English until it is said.
    Languages {
        /// The tags.
        tags: Vec<String>,
    },
    /// Say nothing until [`Event::Resume`]: a call, a presentation, quiet hours. Failures are counted.
    Pause,
    /// The host's quiet time is over.
    Resume,
    /// The person does not want this. Remembered until it is said otherwise.
    OptOut(OptOut),
    /// A message or question was really drawn on the screen.
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
    /// The person answered a question.
    Answered {
        /// The question.
        question: u64,
        /// From 1, the worst, to 5, the best.
        answer: u8,
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

/// What a person does not want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptOut {
    /// Nothing: they take part.
    #[default]
    Nothing,
    /// To be spoken to. Failures are still counted, in silence.
    Messages,
    /// To be counted, either. What was counted and not sent yet is forgotten.
    Everything,
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

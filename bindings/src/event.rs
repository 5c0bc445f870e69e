//! What a host tells: mirrors of `amends_core`'s events, which say what each means.

use amends_core as core;
use std::time::Duration;

/// An event and when the hook saw it.
#[derive(Debug, Clone, uniffi::Record)]
pub struct TimedEvent {
    /// On the monotonic clock, stamped by the hook.
    pub at_ms: u64,
    /// What happened.
    pub event: Event,
}

macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident { $($(#[$one_doc:meta])* $one:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
        pub enum $name { $($(#[$one_doc])* $one),+ }

        impl From<$name> for core::$name {
            fn from(value: $name) -> Self {
                match value { $($name::$one => Self::$one),+ }
            }
        }
    };
}

mirror! {
    /// What sort of element was tapped.
    Role {
        /// A button, icon button, card or row that acts when tapped.
        Button,
        /// A link, also one that opens another app.
        Link,
        /// A switch, checkbox or radio button.
        Toggle,
        /// A tab or navigation item.
        Tab,
        /// A text field.
        TextField,
        /// A stepper.
        Stepper,
        /// A slider.
        Slider,
        /// A picker or wheel.
        Picker,
        /// A page control or segmented control.
        Segmented,
        /// Any key of a keyboard.
        Keyboard,
        /// Video, map, canvas, game or web content.
        Surface,
        /// The host asked to leave this element alone.
        Ignored,
        /// Not something to tap.
        Plain,
    }
}

mirror! {
    /// How an input was submitted.
    SubmitVia {
        /// The Enter key.
        Enter,
        /// The keyboard's search, go, send or done action.
        EditorAction,
        /// The icon or button that belongs to the field.
        Icon,
    }
}

mirror! {
    /// Evidence that the app did something.
    Reaction {
        /// Layout, text or visibility changed.
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
}

mirror! {
    /// What sort of load.
    LoadKind {
        /// A screen's content, a search, a page of a list.
        Content,
        /// The app's start from nothing.
        ColdLaunch,
        /// The app's start with the process alive and no screen.
        WarmLaunch,
        /// The app's return with everything in memory.
        HotLaunch,
    }
}

mirror! {
    /// How a load ended.
    LoadEnd {
        /// What was waited for is there.
        Succeeded,
        /// It is there, with nothing in it where the person expects something: a search without results.
        Empty,
        /// It will not come.
        Failed,
        /// The person left or the app gave it up on purpose.
        Cancelled,
    }
}

mirror! {
    /// How a message ended.
    Response {
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
}

mirror! {
    /// How good something is that the person sees.
    Content {
        /// As it should be.
        Good,
        /// Nothing, where the person expects something.
        Empty,
        /// An image that could not be loaded or decoded.
        BrokenImage,
        /// Bad in the host's own judgement.
        Poor,
    }
}

mirror! {
    /// What happens to a video or sound that plays.
    Playback {
        /// The first frame or sound is there.
        Started,
        /// It stands still for want of data.
        Stalled,
        /// It goes on.
        Resumed,
        /// The person jumped to another place.
        Sought,
        /// The person or the app paused it.
        Paused,
        /// It is over, or was closed.
        Ended,
    }
}

mirror! {
    /// What a person does not want.
    OptOut {
        /// They take part.
        Nothing,
        /// To be spoken to; failures are still counted.
        Messages,
        /// To be counted, either. What was not sent yet is forgotten.
        Everything,
    }
}

mirror! {
    /// How far an operation is.
    OperationProgress {
        /// It will begin.
        Scheduled,
        /// It is under way.
        Processing,
        /// It takes longer than expected. Sets itself.
        Delayed,
        /// It is done.
        Sent,
        /// It will not happen.
        Failed,
    }
}

/// How something that the person set going is getting on.
#[derive(Debug, Clone, uniffi::Record)]
pub struct OperationReport {
    /// The host's name for it, the same each time. Stays on the device.
    pub id: String,
    /// What the person calls it. Stays on the device.
    pub title: Option<String>,
    /// How far it is.
    pub progress: OperationProgress,
    /// How long it usually takes from here to its end; when that has passed, it is delayed by itself.
    pub expected_within_ms: Option<u64>,
    /// Where the questions about it are answered; `https` only.
    pub faq_url: Option<String>,
}

/// A main thread that did not answer, as a watchdog thread saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Hang {
    /// How long it did not answer. It is over when the event is stamped.
    pub blocked_ms: u64,
    /// The longest sleep that the watchdog asked for meanwhile…
    pub sleep_asked_ms: u64,
    /// …and how long that sleep took.
    pub sleep_took_ms: u64,
    /// Whether a debugger is attached.
    pub debugger: bool,
}

/// How a network request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum RequestEnd {
    /// The server answered.
    Status {
        /// HTTP status.
        code: u16,
    },
    /// No answer in time.
    TimedOut,
    /// No connection, or it broke.
    Unreachable,
    /// The app cancelled it.
    Cancelled,
}

/// What became of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum UploadAnswer {
    /// The server answered.
    Status {
        /// HTTP status.
        code: u16,
        /// The `Retry-After` header as `retry_after_ms` reads it.
        retry_after_ms: Option<u64>,
    },
    /// No answer.
    Unreachable,
}

/// A tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Tap {
    /// The tapped element: any number that stays the same while it lives.
    pub target: u64,
    /// What sort of element it is.
    pub role: Role,
    /// Whether it is enabled and says that it can be tapped.
    pub enabled: bool,
    /// How many fingers took part.
    pub fingers: u8,
    /// Where on the screen, from its left, in whole dp or pt.
    pub x: i32,
    /// Where on the screen, from its top, in whole dp or pt.
    pub y: i32,
}

/// Something that happened in the host app.
#[derive(Debug, Clone, uniffi::Enum)]
#[expect(missing_docs, reason = "field by field as in amends_core::Event")]
pub enum Event {
    /// The app came to the foreground.
    Foreground,
    /// The app left the foreground.
    Background,
    /// The host starts a new session by its own rules.
    NewSession,
    /// A screen appeared; a stable name without personal data.
    Screen { name: String },
    /// Who is using the app; never leaves the device.
    Person { name: Option<String> },
    /// The value or cohort of this person, in the host's words; leaves the device as a label.
    Segment { name: Option<String> },
    /// A finger tapped something.
    Tapped { tap: Tap },
    /// An input was submitted; `target` is the field.
    Submit { target: u64, via: SubmitVia },
    /// The app visibly reacted, or began to do something.
    Reacted { reaction: Reaction },
    /// Something the person waits for began to load.
    LoadStarted { load: u64, kind: LoadKind, progress: bool, operation: Option<String> },
    /// A running load began to show progress.
    LoadProgress { load: u64 },
    /// A load ended.
    LoadEnded { load: u64, end: LoadEnd },
    /// A network request began.
    RequestStarted { request: u64, operation: Option<String> },
    /// A network request ended.
    RequestEnded { request: u64, end: RequestEnd },
    /// The app reports an error that the person will feel.
    ErrorReported,
    /// The main thread did not answer for a while, and answers again.
    Hung { hang: Hang },
    /// Something was shown, and the host knows how good it is.
    ContentShown { content: Content },
    /// A video or sound.
    PlaybackChanged { playback: u64, change: Playback },
    /// How something that the person set going is getting on.
    OperationReported { report: OperationReport },
    /// The languages that the person reads, best first, as BCP 47 tags.
    Languages { tags: Vec<String> },
    /// Say nothing until `Resume`.
    Pause,
    /// The quiet time is over.
    Resume,
    /// The person does not want this. Remembered.
    OptedOut { of: OptOut },
    /// A message or question was really drawn.
    Shown { message: u64 },
    /// A message could not or must not be drawn.
    NotShown { message: u64 },
    /// The person answered a message, or it left by itself.
    Responded { message: u64, response: Response },
    /// The person answered a question, from 1 (worst) to 5 (best).
    Answered { question: u64, answer: u8 },
    /// The host's queue was full and dropped this many events before this one.
    QueueDropped { count: u32 },
    /// The answer to an upload.
    Uploaded { upload: u64, answer: UploadAnswer },
}

impl From<TimedEvent> for core::Timed {
    fn from(timed: TimedEvent) -> Self {
        Self { at: core::Moment::from_ms(timed.at_ms), event: timed.event.into() }
    }
}

impl From<Hang> for core::Hang {
    fn from(hang: Hang) -> Self {
        Self {
            blocked: Duration::from_millis(hang.blocked_ms),
            sleep_asked: Duration::from_millis(hang.sleep_asked_ms),
            sleep_took: Duration::from_millis(hang.sleep_took_ms),
            debugger: hang.debugger,
        }
    }
}

impl From<OperationReport> for core::OperationReport {
    fn from(report: OperationReport) -> Self {
        Self {
            id: report.id,
            title: report.title,
            progress: report.progress.into(),
            expected_within: report.expected_within_ms.map(Duration::from_millis),
            faq_url: report.faq_url,
        }
    }
}

impl From<RequestEnd> for core::RequestEnd {
    fn from(end: RequestEnd) -> Self {
        match end {
            RequestEnd::Status { code } => Self::Status(code),
            RequestEnd::TimedOut => Self::TimedOut,
            RequestEnd::Unreachable => Self::Unreachable,
            RequestEnd::Cancelled => Self::Cancelled,
        }
    }
}

impl From<UploadAnswer> for core::UploadAnswer {
    fn from(answer: UploadAnswer) -> Self {
        match answer {
            UploadAnswer::Status { code, retry_after_ms } => {
                Self::Status { code, retry_after: retry_after_ms.map(Duration::from_millis) }
            }
            UploadAnswer::Unreachable => Self::Unreachable,
        }
    }
}

impl From<Tap> for core::Tap {
    fn from(tap: Tap) -> Self {
        Self {
            target: tap.target,
            role: tap.role.into(),
            enabled: tap.enabled,
            fingers: tap.fingers,
            x: tap.x,
            y: tap.y,
        }
    }
}

impl From<Event> for core::Event {
    fn from(event: Event) -> Self {
        match event {
            Event::Foreground => Self::Foreground,
            Event::Background => Self::Background,
            Event::NewSession => Self::NewSession,
            Event::Screen { name } => Self::Screen { name },
            Event::Person { name } => Self::Person { name },
            Event::Segment { name } => Self::Segment { name },
            Event::Tapped { tap } => Self::Tap(tap.into()),
            Event::Submit { target, via } => Self::Submit { target, via: via.into() },
            Event::Reacted { reaction } => Self::Reaction(reaction.into()),
            Event::LoadStarted { load, kind, progress, operation } => {
                Self::LoadStarted { load, kind: kind.into(), progress, operation }
            }
            Event::LoadProgress { load } => Self::LoadProgress { load },
            Event::LoadEnded { load, end } => Self::LoadEnded { load, end: end.into() },
            Event::RequestStarted { request, operation } => Self::RequestStarted { request, operation },
            Event::RequestEnded { request, end } => Self::RequestEnded { request, end: end.into() },
            Event::ErrorReported => Self::ErrorReported,
            Event::Hung { hang } => Self::Hang(hang.into()),
            Event::ContentShown { content } => Self::Content(content.into()),
            Event::PlaybackChanged { playback, change } => Self::Playback { playback, change: change.into() },
            Event::OperationReported { report } => Self::Operation(report.into()),
            Event::Languages { tags } => Self::Languages { tags },
            Event::Pause => Self::Pause,
            Event::Resume => Self::Resume,
            Event::OptedOut { of } => Self::OptOut(of.into()),
            Event::Answered { question, answer } => Self::Answered { question, answer },
            Event::Shown { message } => Self::Shown { message },
            Event::NotShown { message } => Self::NotShown { message },
            Event::Responded { message, response } => Self::Responded { message, response: response.into() },
            Event::QueueDropped { count } => Self::QueueDropped { count },
            Event::Uploaded { upload, answer } => Self::Uploaded { upload, answer: answer.into() },
        }
    }
}

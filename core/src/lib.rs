//! The core of Amends: it notices micro-failures in an app while the person still waits, decides whether to say sorry,
//! finds the words, and counts every such moment.
//!
//! Everything is stepped from outside. [`Engine`] is sans-IO: events and times in, effects and the next deadline out.
//! [`Device`] adds files and an outbox, both handed in. [`driver`] (a feature, for Rust hosts) runs a device on a
//! thread; on phones the platform's own driver does, through the bindings.
//!
//! Nothing in here panics on any input, and nothing that could tell one device or person from another leaves it.

mod aftermath;
mod arbiter;
mod compose;
mod counts;
mod device;
#[cfg(feature = "driver")]
pub mod driver;
mod effect;
mod engine;
mod event;
mod follow_up;
mod history;
mod kinds;
mod moment;
mod operations;

pub use arbiter::{CapSettings, Decision, Reason};
pub use compose::{
    Action, ActionKind, Document, DocumentError, Preview, Previewed, TemplateError, TemplateFault, Tone,
    languages,
};
pub use counts::{Loss, Outcome};
pub use device::{
    Config, Device, Directory, FileEntry, Files, Identity, MemoryFiles, PaceSettings, Random, Seeded,
    retry_after,
};
pub use effect::{Effect, Message, Purpose, Question, Step, Upload};
pub use engine::{Engine, Settings};
pub use event::{
    Content, Event, Hang, LoadEnd, LoadKind, OperationProgress, OperationReport, OptOut, Playback, Reaction,
    RequestEnd, Response, Role, SubmitVia, Tap, Target, Timed, UploadAnswer,
};
pub use follow_up::FeedbackSettings;
pub use kinds::{Kind, KindSettings, dead_input, dead_tap, error, hang, poor_content, rage_tap, slow_load};
pub use moment::{Moment, Now};
pub use operations::{OperationStatus, OperationStep};

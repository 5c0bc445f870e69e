//! What the platform is asked to do: mirrors of `amends_core`'s effects.

use amends_core as core;
use std::collections::HashMap;
use std::time::Duration;

fn ms(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

/// Something to do, in order.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Effect {
    /// Draw this message now, then report `Shown`, or `NotShown` if it cannot be.
    Show {
        /// The message.
        message: Message,
    },
    /// Take this message away. If it was not drawn yet, do not draw it and report `NotShown`.
    Hide {
        /// The message's number.
        message: u64,
    },
    /// Send this by HTTP POST, and report `Uploaded`.
    Upload {
        /// The upload.
        upload: Upload,
    },
}

/// A message for the person.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Message {
    /// Its number, for the reports.
    pub id: u64,
    /// What it is about: `slow_load`, `dead_tap`, …
    pub kind: String,
    /// The whole text.
    pub text: String,
    /// How long it stays at least.
    pub on_screen_ms: u64,
    /// How long it stays at least while a screen reader is on.
    pub on_screen_with_screen_reader_ms: u64,
}

/// One batch of counts.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Upload {
    /// Its number, for the report.
    pub id: u64,
    /// Where to.
    pub url: String,
    /// Headers, the same at every try.
    pub headers: HashMap<String, String>,
    /// The body, byte for byte, the same at every try.
    pub body: Vec<u8>,
}

/// What a step asks for.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Step {
    /// To be carried out in this order.
    pub effects: Vec<Effect>,
    /// When to step again even if nothing happens, on the monotonic clock; none: sleep until an event comes.
    pub next_deadline_ms: Option<u64>,
}

/// What was decided about a failure, and why.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Decision {
    /// Counts up from 1 since the start.
    pub number: u64,
    /// When, on the monotonic clock.
    pub at_ms: u64,
    /// What had failed.
    pub kind: String,
    /// On which screen.
    pub screen: Option<String>,
    /// `shown`, `suppressed`, `held_out` or `recovered`.
    pub outcome: String,
    /// Why, in words.
    pub reason: String,
}

impl From<core::Effect> for Effect {
    fn from(effect: core::Effect) -> Self {
        match effect {
            core::Effect::Show(m) => Self::Show {
                message: Message {
                    id: m.id,
                    kind: m.kind.as_str().to_owned(),
                    text: m.text,
                    on_screen_ms: ms(m.on_screen),
                    on_screen_with_screen_reader_ms: ms(m.on_screen_with_screen_reader),
                },
            },
            core::Effect::Hide { message } => Self::Hide { message },
            core::Effect::Upload(u) => Self::Upload {
                upload: Upload {
                    id: u.id,
                    url: u.url,
                    headers: u.headers.into_iter().collect(),
                    body: u.body,
                },
            },
        }
    }
}

impl From<core::Step> for Step {
    fn from(step: core::Step) -> Self {
        Self {
            effects: step.effects.into_iter().map(Into::into).collect(),
            next_deadline_ms: step.next_deadline.map(core::Moment::as_ms),
        }
    }
}

impl From<&core::Decision> for Decision {
    fn from(decision: &core::Decision) -> Self {
        Self {
            number: decision.number,
            at_ms: decision.at.as_ms(),
            kind: decision.kind.as_str().to_owned(),
            screen: decision.screen.clone(),
            outcome: decision.outcome.as_str().to_owned(),
            reason: decision.reason.as_str().to_owned(),
        }
    }
}

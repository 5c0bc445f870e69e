//! What the platform is asked to do: mirrors of `amends_core`'s effects.

use crate::event::OperationProgress;
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
        /// The number of the message or question.
        message: u64,
    },
    /// Ask this, and report `Shown` or `NotShown`, then `Answered`, or `Responded` if it left without an answer.
    Ask {
        /// The question.
        question: Question,
    },
    /// What the person set going, for the status view: the whole list, latest first.
    Operations {
        /// The list.
        operations: Vec<OperationStatus>,
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
    /// What it is for.
    pub purpose: Purpose,
    /// What it is about: `slow_load`, `dead_tap`, …
    pub kind: String,
    /// The whole text.
    pub text: String,
    /// What the person can do about it, at most three; the host carries them out.
    pub actions: Vec<Action>,
    /// The label of the button that takes it away, for screen readers.
    pub dismiss: String,
    /// The text's language, a BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// How long it stays at least.
    pub on_screen_ms: u64,
    /// How long it stays at least while a screen reader is on.
    pub on_screen_with_screen_reader_ms: u64,
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Purpose {
    /// Something failed.
    Apology,
    /// It works again.
    MakeGood,
}

/// Something that the person can do from a message.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Action {
    /// What it does.
    pub kind: ActionKind,
    /// What the button says.
    pub label: String,
    /// What it opens, for `Status`.
    pub url: Option<String>,
}

/// What a call to action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ActionKind {
    /// Tries again.
    Retry,
    /// Opens the status page.
    Status,
    /// Asks for help.
    Support,
    /// Tells us.
    TellUs,
}

/// A question with one tap for an answer.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Question {
    /// Its number, for the reports.
    pub id: u64,
    /// The question.
    pub text: String,
    /// The answers in words, from the worst (1) to the best (5).
    pub answers: Vec<String>,
    /// The label of the button that takes it away, for screen readers.
    pub dismiss: String,
    /// The text's language, a BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// How long it stays at least.
    pub on_screen_ms: u64,
    /// How long it stays at least while a screen reader is on.
    pub on_screen_with_screen_reader_ms: u64,
}

/// An operation as the status view shows it.
#[derive(Debug, Clone, uniffi::Record)]
pub struct OperationStatus {
    /// The host's name for it.
    pub id: String,
    /// What the person calls it.
    pub title: Option<String>,
    /// How far it is.
    pub progress: OperationProgress,
    /// That in words, in the person's language.
    pub progress_text: String,
    /// Each step and when it was reached, oldest first.
    pub steps: Vec<OperationStep>,
    /// When it is expected to be over, in milliseconds since 1970.
    pub expected_by_unix_ms: Option<u64>,
    /// Where the questions about it are answered.
    pub faq_url: Option<String>,
    /// What the link to it says, in the person's language.
    pub faq_text: String,
}

/// A step of an operation.
#[derive(Debug, Clone, uniffi::Record)]
pub struct OperationStep {
    /// What was reached.
    pub progress: OperationProgress,
    /// That in words, in the person's language.
    pub progress_text: String,
    /// When, in milliseconds since 1970.
    pub unix_ms: u64,
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
            core::Effect::Show(message) => Self::Show { message: message.into() },
            core::Effect::Ask(question) => Self::Ask { question: question.into() },
            core::Effect::Operations(list) => {
                Self::Operations { operations: list.into_iter().map(Into::into).collect() }
            }
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

impl From<core::Message> for Message {
    fn from(m: core::Message) -> Self {
        Self {
            id: m.id,
            purpose: m.purpose.into(),
            kind: m.kind.as_str().to_owned(),
            text: m.text,
            actions: m.actions.into_iter().map(Into::into).collect(),
            dismiss: m.dismiss,
            language: m.language,
            right_to_left: m.right_to_left,
            on_screen_ms: ms(m.on_screen),
            on_screen_with_screen_reader_ms: ms(m.on_screen_with_screen_reader),
        }
    }
}

impl From<core::Purpose> for Purpose {
    fn from(purpose: core::Purpose) -> Self {
        match purpose {
            core::Purpose::Apology => Self::Apology,
            core::Purpose::MakeGood => Self::MakeGood,
        }
    }
}

impl From<core::Action> for Action {
    fn from(action: core::Action) -> Self {
        let kind = match action.kind {
            core::ActionKind::Retry => ActionKind::Retry,
            core::ActionKind::Status => ActionKind::Status,
            core::ActionKind::Support => ActionKind::Support,
            core::ActionKind::TellUs => ActionKind::TellUs,
        };
        Self { kind, label: action.label, url: action.url }
    }
}

impl From<core::Question> for Question {
    fn from(q: core::Question) -> Self {
        Self {
            id: q.id,
            text: q.text,
            answers: q.answers,
            dismiss: q.dismiss,
            language: q.language,
            right_to_left: q.right_to_left,
            on_screen_ms: ms(q.on_screen),
            on_screen_with_screen_reader_ms: ms(q.on_screen_with_screen_reader),
        }
    }
}

impl From<core::OperationStatus> for OperationStatus {
    fn from(status: core::OperationStatus) -> Self {
        let step = |step: core::OperationStep| OperationStep {
            progress: step.progress.into(),
            progress_text: step.progress_text,
            unix_ms: step.unix_ms,
        };
        Self {
            id: status.id,
            title: status.title,
            progress: status.progress.into(),
            progress_text: status.progress_text,
            steps: status.steps.into_iter().map(step).collect(),
            expected_by_unix_ms: status.expected_by_unix_ms,
            faq_url: status.faq_url,
            faq_text: status.faq_text,
        }
    }
}

impl From<core::OperationProgress> for OperationProgress {
    fn from(progress: core::OperationProgress) -> Self {
        match progress {
            core::OperationProgress::Scheduled => Self::Scheduled,
            core::OperationProgress::Processing => Self::Processing,
            core::OperationProgress::Delayed => Self::Delayed,
            core::OperationProgress::Sent => Self::Sent,
            core::OperationProgress::Failed => Self::Failed,
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

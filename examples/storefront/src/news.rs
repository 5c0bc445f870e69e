//! What the phone tells the page, as JSON.

use crate::log::Line;
use amends_core::{Action, Message, OperationProgress, OperationStatus, Question};
use serde::Serialize;
use std::time::Duration;

/// One thing for the page.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum News {
    /// Draw this message.
    Show {
        /// Apology or make-good.
        purpose: &'static str,
        kind: &'static str,
        actions: Vec<Button>,
        #[serde(flatten)]
        said: Said,
    },
    /// Ask this.
    Ask {
        answers: Vec<String>,
        #[serde(flatten)]
        said: Said,
    },
    /// Take it away.
    Hide { id: u64 },
    /// What the status view shows, the whole list.
    Operations { list: Vec<Operation> },
    /// A line for the drawer.
    Line(Line),
    /// The app starts anew: another release, another document, or a fresh phone.
    Restarted {
        release: &'static str,
        /// Whether the shop begins at its first screen.
        home: bool,
    },
}

/// What a message and a question have in common.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Said {
    id: u64,
    text: String,
    dismiss: String,
    language: String,
    right_to_left: bool,
    on_screen_ms: u64,
}

/// A button under a message.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Button {
    action: &'static str,
    label: String,
    url: Option<String>,
}

/// Something that the person set going.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Operation {
    id: String,
    title: Option<String>,
    progress: OperationProgress,
    steps: Vec<Step>,
    expected_by_unix_ms: Option<u64>,
    faq_url: Option<String>,
    faq_text: String,
}

#[derive(Debug, Clone, Serialize)]
struct Step {
    progress: OperationProgress,
    text: String,
    unix_ms: u64,
}

fn ms(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

impl From<Message> for News {
    fn from(message: Message) -> Self {
        let Message { id, purpose, kind, text, actions, dismiss, language, right_to_left, on_screen, .. } =
            message;
        let button = |Action { kind, label, url }: Action| Button { action: kind.as_str(), label, url };
        Self::Show {
            purpose: purpose.as_str(),
            kind: kind.as_str(),
            actions: actions.into_iter().map(button).collect(),
            said: Said { id, text, dismiss, language, right_to_left, on_screen_ms: ms(on_screen) },
        }
    }
}

impl From<Question> for News {
    fn from(question: Question) -> Self {
        let Question { id, text, answers, dismiss, language, right_to_left, on_screen, .. } = question;
        let said = Said { id, text, dismiss, language, right_to_left, on_screen_ms: ms(on_screen) };
        Self::Ask { answers, said }
    }
}

impl From<OperationStatus> for Operation {
    fn from(status: OperationStatus) -> Self {
        let steps = status.steps.into_iter();
        Self {
            id: status.id,
            title: status.title,
            progress: status.progress,
            steps: steps
                .map(|step| Step { progress: step.progress, text: step.progress_text, unix_ms: step.unix_ms })
                .collect(),
            expected_by_unix_ms: status.expected_by_unix_ms,
            faq_url: status.faq_url,
            faq_text: status.faq_text,
        }
    }
}

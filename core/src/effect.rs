//! What the engine wants done. The host's driver carries these out and reports back with events.

use crate::compose::Action;
use crate::kinds::Kind;
use crate::moment::Moment;
use crate::operations::OperationStatus;
use std::time::Duration;

/// Something to do, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Draw this message now, then report [`Event::Shown`](crate::Event::Shown) — or `NotShown` if it cannot be.
    Show(Message),
    /// Take this message or question away: what it was about has mended itself, the person has changed, or something
    /// that matters more comes. If it was not drawn yet, do not draw it and report `NotShown`.
    Hide {
        /// The message or question.
        message: u64,
    },
    /// Ask this, as a message with answers to tap; report `Shown` or `NotShown`, and then
    /// [`Event::Answered`](crate::Event::Answered), or `Responded` if it left without an answer.
    Ask(Question),
    /// What the person set going, for the status view: the whole list, latest first, each time that it changes.
    Operations(Vec<OperationStatus>),
    /// Send this, and report [`Event::Uploaded`](crate::Event::Uploaded).
    Upload(Upload),
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Something failed.
    Apology,
    /// It works again.
    MakeGood,
}

impl Purpose {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Apology => "apology",
            Self::MakeGood => "make_good",
        }
    }
}

/// A message for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number, for the reports.
    pub id: u64,
    /// What it is for.
    pub purpose: Purpose,
    /// What it is about.
    pub kind: Kind,
    /// The whole text, in plain words, the name already in it.
    pub text: String,
    /// What the person can do about it, at most three; the host carries them out. Report which by
    /// [`Event::Responded`](crate::Event::Responded).
    pub actions: Vec<Action>,
    /// The label of the button that takes it away, for screen readers.
    pub dismiss: String,
    /// The text's language, a BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// How long it stays; the platform may give longer (accessibility timeout), never shorter.
    pub on_screen: Duration,
    /// How long it stays while a screen reader is on.
    pub on_screen_with_screen_reader: Duration,
}

/// A question with one tap for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// How long it stays without an answer.
    pub on_screen: Duration,
    /// How long it stays while a screen reader is on.
    pub on_screen_with_screen_reader: Duration,
}

/// One batch of counts to send by HTTP POST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its number, for the report.
    pub id: u64,
    /// Where to.
    pub url: String,
    /// Header names and values, the same at every try.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte, the same at every try.
    pub body: Vec<u8>,
}

/// What a step asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// To be carried out in this order.
    pub effects: Vec<Effect>,
    /// When to step again even if nothing happens; `None`: sleep until an event comes.
    pub next_deadline: Option<Moment>,
}

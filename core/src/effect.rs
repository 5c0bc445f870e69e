//! What the engine wants done. The host's driver carries these out and reports back with events.

use crate::kinds::Kind;
use crate::moment::Moment;
use std::time::Duration;

/// Something to do, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Draw this message now, then report [`Event::Shown`](crate::Event::Shown) — or `NotShown` if it cannot be.
    Show(Message),
    /// Take this message away: what it was about has mended itself, or the person has changed. If it was not drawn
    /// yet, do not draw it and report `NotShown`.
    Hide {
        /// The message.
        message: u64,
    },
    /// Send this, and report [`Event::Uploaded`](crate::Event::Uploaded).
    Upload(Upload),
}

/// A message for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number, for the reports.
    pub id: u64,
    /// What it is about.
    pub kind: Kind,
    /// The whole text, in plain words, the name already in it.
    pub text: String,
    /// How long it stays; the platform may give longer (accessibility timeout), never shorter.
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

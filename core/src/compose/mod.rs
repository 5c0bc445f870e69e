//! The words: which of them, in which language, with which buttons.
//!
//! The built-in ones are in `languages/`, one file a language. A host (or the signed remote policy) can put its own
//! before them with a [`Document`]. Which text is spoken, first that can be:
//!
//! 1. `say` of the first rule that matches, in a language of the person's;
//! 2. `say` of the first incident that matches;
//! 3. the built-in sentences: what happened, then an apology and "we are taking a look", or, only while an incident
//!    matches, what is known of it. "We know" is never said without one.
//!
//! A text of the document is passed over for a built-in one if it is in a language that the person likes less, if it
//! comes out longer than 500 characters, or if nothing of it is left.
//!
//! # Templates
//!
//! A subset of ICU's `MessageFormat` (<https://unicode-org.github.io/icu/userguide/format_parse/messages/>), with one
//! addition: `[...]` is left out if something in it is not known.
//!
//! | source | reads |
//! |---|---|
//! | `[{name}, ]this is slow.` | `Jackie, this is slow.` or, without a name, `This is slow.` |
//! | `Failed{times, plural, one {} other { # times}}.` | `Failed.`, `Failed 3 times.` |
//! | `[Back in {eta_minutes, plural, =1 {a minute} other {# minutes}}.]` | `Back in 12 minutes.`, or nothing |
//! | `Something's wrong` | as it stands: an apostrophe alone is an apostrophe |
//! | `it''s '{'here'}'` | `It's {here}` |
//!
//! - Fields that are text: `name`, `operation`; and whole sentences: `eta`, `since`, `workaround`. Numbers: `times`
//!   (failures of this kind in 7 days), `eta_minutes`, `since_minutes`; in built-in texts `n`.
//! - A plural needs `other`; the rest are `=N` and the categories that the language uses (see `plural.rs`). `#` is the
//!   number.
//! - `'{'`, `'}'`, `'['`, `']'` and, in a plural, `'#'` are the characters themselves; `''` is an apostrophe. Unlike in
//!   ICU an apostrophe quotes one character only, so that `l'{operation} d'{name}` is what it seems to be.
//! - What is missing outside brackets is nothing. Spaces are tidied, and the first letter becomes a capital.
//! - Names run in their own direction: isolates are put around them where needed.
//! - At most 400 characters, brackets and plurals at most 4 deep. Any mistake is an error when the text is loaded.

use serde::Deserialize;

use crate::kinds::Kind;

mod bidi;
mod capital;
mod composer;
mod document;
mod incident;
mod language;
mod name;
mod parse;
mod placeholder;
mod plural;
mod preview;
mod rule;
mod sentences;
mod tag;
mod template;
mod texts;
mod time;

pub(crate) use composer::{Composer, Words};
pub use document::{Document, DocumentError};
pub(crate) use name::spoken_name;
pub use preview::{Preview, Previewed, languages};
pub use template::{TemplateError, TemplateFault};

/// The words for kinds of failure that a document may use: all there will be, so that a document can be newer than the
/// app that reads it.
pub(crate) const KINDS: [&str; 7] =
    ["slow_load", "dead_tap", "rage_tap", "dead_input", "error", "hang", "poor_content"];

/// How an apology sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// "Sorry about that, we are taking a look."
    #[default]
    Plain,
    /// "We are really sorry about this, and we are taking a look right now."
    Warm,
}

impl Tone {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Warm => "warm",
        }
    }
}

/// What a button under a message does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Tries again what failed.
    Retry,
    /// Opens the page that says how far the repair is.
    Status,
    /// Leads to someone who helps.
    Support,
    /// Lets the person say what went wrong.
    TellUs,
}

impl ActionKind {
    /// Every action there is.
    pub const ALL: &'static [Self] = &[Self::Retry, Self::Status, Self::Support, Self::TellUs];

    /// The word for it, the same in documents, code and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Status => "status",
            Self::Support => "support",
            Self::TellUs => "tell_us",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does.
    pub kind: ActionKind,
    /// What is written on it.
    pub label: String,
    /// The https address it opens, if it opens one.
    pub url: Option<String>,
}

/// What is to be spoken about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) kind: Kind,
    pub(crate) screen: Option<&'a str>,
    pub(crate) segment: Option<&'a str>,
    pub(crate) release: &'a str,
    /// As `spoken_name` gives it.
    pub(crate) name: Option<&'a str>,
    /// In words that a person can read.
    pub(crate) operation: Option<&'a str>,
    /// Failures of this kind within 7 days, this one among them.
    pub(crate) times: u32,
    pub(crate) now_unix_ms: u64,
}

#[cfg(test)]
mod testing {
    use super::{About, Composer, Document, Tone};
    use crate::kinds::Kind;

    /// A first failure of this kind, about which nothing else is known.
    pub(crate) fn about(kind: Kind) -> About<'static> {
        About {
            kind,
            screen: None,
            segment: None,
            release: "1.0",
            name: None,
            operation: None,
            times: 1,
            now_unix_ms: 0,
        }
    }

    pub(crate) fn document(json: &str) -> Document {
        Document::parse(json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    pub(crate) fn rejected(json: &str) -> String {
        Document::parse(json).unwrap_err().to_string()
    }

    pub(crate) fn composer(json: &str) -> Composer {
        let mut composer = Composer::new(Tone::Plain);
        composer.use_document(Some(document(json)));
        composer
    }

    pub(crate) fn with_rule(rule: &str) -> Composer {
        composer(&format!(r#"{{"version": 1, "rules": [{rule}]}}"#))
    }

    pub(crate) const NOW: u64 = 1_795_356_300_000; // 2026-11-22T14:05:00Z

    pub(crate) fn jackie() -> About<'static> {
        About { name: Some("Jackie"), now_unix_ms: NOW, ..about(Kind::DeadInput) }
    }

    pub(crate) const INCIDENT: &str = r#"{"id": "a", "state": "identified", "kinds": ["dead_input"], "since": "2026-11-22T12:00:00Z",
        "eta": "2026-11-22T14:34:30Z", "workaround": {"en": "Pay by card instead.", "xx": "Xx."},
        "status_url": "https://status.example.com"}"#;

    pub(crate) fn with_incident(rule: &str) -> Composer {
        composer(&format!(r#"{{"version": 1, "rules": [{rule}], "incidents": [{INCIDENT}]}}"#))
    }
}

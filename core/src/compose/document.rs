//! The document that a host hands in: its own words, rules and incidents. The signed remote policy hands in the same
//! one, so nothing in it needs a release of the app.

use serde::Deserialize;

use super::incident::{Incident, RawIncident};
use super::rule::{RawRule, Rule};
use super::template::TemplateError;
use super::{About, KINDS, Tone};

const LONGEST: usize = 256 * 1024;
const MOST_RULES: usize = 64;
const MOST_INCIDENTS: usize = 16;
const LONGEST_URL: usize = 2048;
/// The one shape there is.
const VERSION: u32 = 1;

/// Words, rules and known incidents, checked and compiled.
///
/// JSON; `version` (always 1, the shape's) is the only field it must have. The first rule whose conditions are all met
/// is the one that counts, and so is the first incident: what stands above wins. Texts are templates by language tag;
/// a text in a language that the person likes less than a built-in one's is not used.
///
/// ```
/// # use amends_core::Document;
/// let document = Document::parse(r#"{
///   "version": 1,
///   "rules": [{
///     "when": {"kind": "slow_load", "screen": "Checkout"},
///     "say": {"en": "[{name}, ]checkout is slow today. Your basket is safe."},
///     "actions": ["retry", {"action": "support", "label": {"en": "Chat with Maya"}}]
///   }],
///   "incidents": [{
///     "id": "checkout-5xx", "state": "identified", "kinds": ["error"], "screens": ["Checkout"],
///     "since": "2026-11-22T14:05:00Z", "eta": "2026-11-22T15:00:00Z",
///     "workaround": {"en": "Pay by card instead."}, "status_url": "https://status.example.com"
///   }]
/// }"#);
/// assert!(document.is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(crate) tone: Option<Tone>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) incidents: Vec<Incident>,
}

/// Why a document is not used: where in it, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// More than 256 KB.
    #[error("the document has {bytes} bytes: at most {LONGEST} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON, or not of this shape.
    #[error("the document is not as it should be: {0}")]
    Shape(String),
    /// Too many of something.
    #[error("{at}: at most {most} {what}: remove some")]
    TooMany {
        /// Where.
        at: String,
        /// Of what.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// A value that cannot be.
    #[error("{at}: {what}")]
    Value {
        /// Where.
        at: String,
        /// What is wrong, and what to do.
        what: String,
    },
    /// A mistake in a text.
    #[error("{at}: {error}")]
    Text {
        /// Where, with the language.
        at: String,
        /// The mistake.
        error: TemplateError,
    },
}

impl DocumentError {
    pub(crate) fn value(at: &str, what: impl Into<String>) -> Self {
        Self::Value { at: at.to_owned(), what: what.into() }
    }

    pub(crate) fn too_many(at: &str, what: &'static str, most: usize) -> Self {
        Self::TooMany { at: at.to_owned(), what, most }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    version: u32,
    tone: Option<Tone>,
    #[serde(default)]
    rules: Vec<RawRule>,
    #[serde(default)]
    incidents: Vec<RawIncident>,
}

impl Document {
    /// Reads a document whole, or says what is wrong with it.
    ///
    /// # Errors
    /// The first mistake: a document is used as it was meant, or not at all.
    pub fn parse(json: &str) -> Result<Self, DocumentError> {
        if json.len() > LONGEST {
            return Err(DocumentError::TooLong { bytes: json.len() });
        }
        let raw: Raw = serde_json::from_slice(json.as_bytes())
            .map_err(|error| DocumentError::Shape(error.to_string()))?;
        if raw.version != VERSION {
            return Err(DocumentError::value("version", "is none that this release reads: write 1"));
        }
        Ok(Self {
            tone: raw.tone,
            rules: checked("rules", MOST_RULES, raw.rules, Rule::check)?,
            incidents: checked("incidents", MOST_INCIDENTS, raw.incidents, Incident::check)?,
        })
    }

    pub(crate) fn rule(&self, about: &About<'_>) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.matches(about))
    }

    pub(crate) fn incident(&self, about: &About<'_>) -> Option<&Incident> {
        self.incidents.iter().find(|incident| incident.matches(about))
    }
}

fn checked<Raw, T>(
    what: &'static str,
    most: usize,
    raw: Vec<Raw>,
    check: impl Fn(&str, Raw) -> Result<T, DocumentError>,
) -> Result<Vec<T>, DocumentError> {
    if raw.len() > most {
        return Err(DocumentError::too_many(what, what, most));
    }
    raw.into_iter().enumerate().map(|(index, raw)| check(&format!("{what}[{index}]"), raw)).collect()
}

pub(crate) fn check_kind(at: &str, word: &str) -> Result<(), DocumentError> {
    if KINDS.contains(&word) {
        return Ok(());
    }
    let what = format!("`{word}` is no kind of failure: use one of {}", KINDS.join(", "));
    Err(DocumentError::value(at, what))
}

/// A button must not lead anywhere that can be listened to, or run anything.
pub(crate) fn check_url(at: &str, url: &str) -> Result<(), DocumentError> {
    let host = url.strip_prefix("https://").unwrap_or_default();
    let good = url.len() <= LONGEST_URL
        && url.bytes().all(|b| b.is_ascii_graphic())
        && host.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
    if good { Ok(()) } else { Err(DocumentError::value(at, "is no https address: write https://...")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{about, document, rejected};
    use super::*;
    use crate::kinds::Kind;

    #[test]
    fn the_least() {
        assert_eq!(document(r#"{"version": 1}"#), Document { tone: None, rules: vec![], incidents: vec![] });
        assert_eq!(document(r#"{"version": 1, "tone": "warm"}"#).tone, Some(Tone::Warm));
    }

    #[test]
    fn what_stands_above_wins() {
        let document = document(
            r#"{"version": 1, "rules": [{"when": {"kind": "error"}, "silent": true}, {"tone": "warm"}, {"tone": "plain"}]}"#,
        );
        assert!(document.rule(&about(Kind::Error)).unwrap().silent);
        assert_eq!(document.rule(&about(Kind::DeadTap)).unwrap().tone, Some(Tone::Warm));
    }

    #[test]
    fn mistakes() {
        for (json, expected) in [
            ("", "the document is not as it should be: EOF"),
            ("[]", "the document is not as it should be: "),
            ("{}", "missing field `version`"),
            (r#"{"version": 2}"#, "version: is none that this release reads: write 1"),
            (r#"{"version": 1, "tone": "funny"}"#, "unknown variant `funny`"),
            (r#"{"version": 1, "rule": []}"#, "unknown field `rule`"),
            (r#"{"version": 1, "rules": [{"silent": "yes"}]}"#, "line 1 column"),
        ] {
            assert!(rejected(json).contains(expected), "{json}: {}", rejected(json));
        }
    }

    #[test]
    fn everything_is_bounded() {
        let rules = |n: usize| format!(r#"{{"version": 1, "rules": [{}]}}"#, vec!["{}"; n].join(","));
        assert_eq!(document(&rules(64)).rules.len(), 64);
        assert_eq!(rejected(&rules(65)), "rules: at most 64 rules: remove some");
        let incidents = format!(
            r#"{{"version": 1, "incidents": [{}]}}"#,
            vec![r#"{"id":"a","state":"resolved"}"#; 17].join(",")
        );
        assert_eq!(rejected(&incidents), "incidents: at most 16 incidents: remove some");
        let long = |bytes: usize| r#"{"version": 1}"#.to_owned() + &" ".repeat(bytes - 14);
        assert!(Document::parse(&long(262_144)).is_ok());
        assert_eq!(Document::parse(&long(262_145)), Err(DocumentError::TooLong { bytes: 262_145 }));
        assert!(Document::parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn addresses() {
        for url in ["https://a.example", "https://status.example.com/x?y=1#z"] {
            assert!(check_url("", url).is_ok(), "{url}");
        }
        for url in [
            "",
            "http://a.example",
            "HTTPS://a",
            "https://",
            "https:///x",
            "https://a b",
            "https://ä",
            "javascript:x",
        ] {
            assert!(check_url("", url).is_err(), "{url}");
        }
    }

    #[test]
    fn every_kind_there_is_may_be_named() {
        assert!(Kind::ALL.iter().all(|kind| KINDS.contains(&kind.as_str())));
    }

    proptest! {
        #[test]
        fn nothing_panics(json in any::<String>(), text in any::<String>(), tag in any::<String>()) {
            let _ = Document::parse(&json);
            let say = serde_json::json!({ tag: text });
            let whole = serde_json::json!({"version": 1, "rules": [{"say": say, "actions": [{"action": "retry", "label": say}]}]});
            let _ = Document::parse(&whole.to_string());
        }
    }
}

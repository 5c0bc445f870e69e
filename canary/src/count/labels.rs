//! Attributes read against the contract: no duplicates, bounded length, closed words only.

use super::observation::OTHER;
use super::reading::{Rejection, Remarks};
use super::vocabulary::key;
use crate::otlp::model::Attribute;

/// Longest label value, in characters.
pub(crate) const MAX_LABEL_CHARS: usize = 128;
/// Most attributes of one data point.
pub(crate) const MAX_ATTRIBUTES: usize = 16;
/// Most attributes of a resource: SDKs add their own to those of the contract.
pub(crate) const MAX_RESOURCE_ATTRIBUTES: usize = 64;

/// The attributes of one point or resource, with all general rules kept.
pub(super) struct Labels<'a>(&'a [Attribute]);

impl<'a> Labels<'a> {
    /// Checks the rules that hold for any attribute.
    pub(super) fn check(attributes: &'a [Attribute], most: usize) -> Result<Self, Rejection> {
        if attributes.len() > most {
            return Err(Rejection::TooManyAttributes { count: attributes.len(), most });
        }
        for (at, attribute) in attributes.iter().enumerate() {
            if attributes.iter().take(at).any(|before| before.key == attribute.key) {
                return Err(Rejection::DuplicateAttribute { key: shorten(&attribute.key) });
            }
        }
        Ok(Self(attributes))
    }

    /// The value of a known key: `None` where absent, an error where it is no string or too long.
    pub(super) fn get(&self, key: &'static str) -> Result<Option<&'a str>, Rejection> {
        let Some(attribute) = self.0.iter().find(|attribute| attribute.key == key) else { return Ok(None) };
        let text = attribute.text.as_deref().ok_or(Rejection::NotText { key })?;
        if text.chars().count() > MAX_LABEL_CHARS {
            return Err(Rejection::LabelTooLong { key });
        }
        Ok(Some(text))
    }

    /// A label that the host may leave out.
    pub(super) fn optional(&self, key: &'static str, remarks: &mut Remarks) -> Result<String, Rejection> {
        Ok(own(key, self.get(key)?.unwrap_or_default(), remarks).to_owned())
    }

    /// A word of a closed list.
    pub(super) fn word<T>(
        &self,
        key: &'static str,
        words: &'static [&'static str],
        from_word: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Rejection> {
        let text = self.get(key)?.ok_or(Rejection::MissingLabel { key })?;
        from_word(text).ok_or_else(|| Rejection::UnknownWord { key, word: shorten(text), words })
    }

    /// A key that is not among `known`.
    pub(super) fn unknown(&self, known: &[&str]) -> Option<String> {
        self.0
            .iter()
            .find(|attribute| !known.contains(&&*attribute.key))
            .map(|attribute| shorten(&attribute.key))
    }

    /// The name of the app.
    pub(super) fn app(&self) -> Result<String, Rejection> {
        let app = self.get(key::APP)?.map(str::trim).filter(|app| !app.is_empty()).ok_or(Rejection::NoApp)?;
        if app.chars().any(unseen) {
            return Err(Rejection::UnseenInApp { app: shorten(&app.replace(unseen, "�")) });
        }
        Ok(app.to_owned())
    }
}

/// The label as it is counted: names that begin with `_` are the canary's own, and only `_other` comes from devices.
pub(super) fn own<'t>(key: &'static str, text: &'t str, remarks: &mut Remarks) -> &'t str {
    if !text.starts_with('_') || text == OTHER {
        return text;
    }
    remarks.warn(format!(
        "{key} {:?} was counted as not given, for names that begin with _ are the canary's own",
        shorten(text)
    ));
    ""
}

/// Control and format characters: two names that look alike would be two apps.
fn unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{600}'..='\u{605}'
                | '\u{61c}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// What a label that was never given is called in questions and answers.
pub(crate) const NONE: &str = "_none";

/// A label as it is answered.
pub(crate) fn shown(label: &str) -> &str {
    if label.is_empty() { NONE } else { label }
}

/// Foreign text cut down for a message.
pub(crate) fn shorten(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(39).chain(['…']).collect() }
}

//! A message as a person would read it, for whoever wants to see it before it is said: by the same composer.

use super::composer::{Composer, Words};
use super::{About, Action, Document, Tone, language, spoken_name};
use crate::kinds::Kind;

/// About what a message would be, and to whom.
#[derive(Debug, Clone, Default)]
pub struct Preview<'a> {
    /// The host's words; `None` for the built-in ones.
    pub document: Option<Document>,
    /// How the built-in texts sound where the document does not say.
    pub tone: Tone,
    /// The person's language, a BCP 47 tag.
    pub language: &'a str,
    /// The person's name as the host has it; one that is not fit to be spoken is left out.
    pub name: Option<&'a str>,
    /// The person's segment.
    pub segment: Option<&'a str>,
    /// The screen on which it happened.
    pub screen: Option<&'a str>,
    /// The app's release.
    pub release: &'a str,
    /// Failures of this kind within 7 days, this one among them; 1 at least.
    pub times: u32,
    /// When, milliseconds since 1970.
    pub now_unix_ms: u64,
}

/// What would be on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previewed {
    /// The whole text.
    pub text: String,
    /// The buttons.
    pub actions: Vec<Action>,
    /// The label of the one that takes it away.
    pub dismiss: String,
    /// The text's language, a BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// A rule of the document keeps silent: nothing of this would be shown.
    pub silent: bool,
}

impl Preview<'_> {
    /// What is said when something of this kind failed.
    #[must_use]
    pub fn apology(&self, kind: Kind) -> Previewed {
        self.compose(kind, Composer::apology)
    }

    /// What is said when it works again.
    #[must_use]
    pub fn make_good(&self, kind: Kind) -> Previewed {
        self.compose(kind, Composer::make_good)
    }

    fn compose(&self, kind: Kind, say: impl Fn(&Composer, &About<'_>) -> Words) -> Previewed {
        let mut composer = Composer::new(self.tone);
        composer.set_languages(&[self.language.to_owned()]);
        composer.use_document(self.document.clone());
        let name = self.name.and_then(spoken_name);
        let about = About {
            kind,
            screen: self.screen,
            segment: self.segment,
            release: self.release,
            name: name.as_deref(),
            operation: None,
            times: self.times.max(1),
            now_unix_ms: self.now_unix_ms,
        };
        let Words { text, actions, dismiss, language, right_to_left } = say(&composer, &about);
        let silent = composer.rule(&about).silent;
        Previewed { text, actions, dismiss, language, right_to_left, silent }
    }
}

/// The languages that are built in, as BCP 47 tags, English first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    language::built_in()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_on_a_phone() {
        let jackie = Preview { language: "en", name: Some(" Jackie "), ..Preview::default() };
        let said = jackie.apology(Kind::DeadInput);
        assert_eq!(said.text, "Jackie, something's wrong. Sorry about that, we are taking a look.");
        let fixed = jackie.make_good(Kind::DeadInput);
        assert!(fixed.text.starts_with("Jackie, that's fixed now."), "{fixed:?}");
        let nobody = Preview { name: Some("user@example.com"), ..jackie };
        assert!(nobody.apology(Kind::DeadInput).text.starts_with("Something's wrong."));
        assert!(Preview { language: "ar", ..Preview::default() }.apology(Kind::Hang).right_to_left);
    }

    #[test]
    fn a_document_speaks_to_its_segment_or_keeps_silent() {
        let document = Document::parse(
            r#"{"version": 1, "rules": [
                {"when": {"segment": "vip"}, "say": {"en": "We call you."}, "actions": ["support"]},
                {"when": {"kind": "hang"}, "silent": true}]}"#,
        )
        .unwrap();
        let preview = Preview { document: Some(document), language: "en", ..Preview::default() };
        let vip = Preview { segment: Some("vip"), ..preview.clone() }.apology(Kind::Error);
        assert_eq!((&*vip.text, vip.actions.len(), vip.silent), ("We call you.", 1, false));
        assert!(preview.apology(Kind::Hang).silent);
        assert!(!preview.apology(Kind::Error).silent);
    }

    #[test]
    fn every_language_says_something_in_its_own_words() {
        let texts: std::collections::BTreeSet<String> = languages()
            .map(|language| Preview { language, ..Preview::default() }.apology(Kind::Error).text)
            .collect();
        assert_eq!(texts.len(), languages().count());
        assert_eq!(languages().next(), Some("en"));
    }
}

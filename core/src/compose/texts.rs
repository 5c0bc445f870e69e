//! One text of a document, in the languages it was written in.

use std::collections::BTreeMap;

use super::document::DocumentError;
use super::tag::{Grammar, Tag};
use super::template::{Field, Template, Values};

/// The most languages of a text.
const MOST: usize = 40;

/// A text of a document, compiled for each of its languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Texts(Vec<Text>);

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    tag: Tag,
    /// The tag as the document spells it: what a screen reader is told.
    pub(crate) language: String,
    template: Template,
}

impl Texts {
    /// `at`: where in the document, for the error.
    pub(crate) fn parse(
        at: &str,
        written: &BTreeMap<String, String>,
        allowed: &[Field],
    ) -> Result<Self, DocumentError> {
        if written.len() > MOST {
            return Err(DocumentError::too_many(at, "languages", MOST));
        }
        let mut texts: Vec<Text> = Vec::with_capacity(written.len());
        for (language, source) in written {
            let at = format!("{at}.{language}");
            let plain = language.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            let Some(tag) = Tag::parse(language).filter(|_| plain) else {
                return Err(DocumentError::value(&at, "is no language tag: write one like en or pt-BR"));
            };
            if texts.iter().any(|text| text.tag == tag) {
                return Err(DocumentError::value(&at, "is there twice, spelled differently: remove one"));
            }
            let template =
                Template::parse(source, allowed).map_err(|error| DocumentError::Text { at, error })?;
            texts.push(Text { tag, language: language.replace('_', "-"), template });
        }
        Ok(Self(texts))
    }

    /// The text that serves a reader of this tag best.
    pub(crate) fn find(&self, reader: &Tag) -> Option<&Text> {
        reader.candidates().find_map(|candidate| self.0.iter().find(|text| text.tag.as_str() == candidate))
    }

    /// The longest as it reads, in characters.
    pub(crate) fn rendered_length(&self) -> usize {
        let lengths = self.0.iter().map(|text| text.render(&Values::default()).chars().count());
        lengths.max().unwrap_or_default()
    }
}

impl Text {
    pub(crate) fn grammar(&self) -> Grammar {
        Grammar::of(self.tag.as_str())
    }

    pub(crate) fn render(&self, values: &Values<'_>) -> String {
        self.template.render(values, self.grammar())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> Result<Texts, DocumentError> {
        let written = pairs.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect();
        Texts::parse("rules[0].say", &written, &[Field::Name, Field::Times])
    }

    fn read(texts: &Texts, tag: &str) -> Option<String> {
        texts.find(&Tag::parse(tag).unwrap()).map(|text| text.render(&Values::default()))
    }

    #[test]
    fn the_nearest_text() {
        let texts =
            texts(&[("pt-BR", "brasil"), ("pt", "portugal"), ("zh-Hant", "繁"), ("zh", "简"), ("iw", "x")])
                .unwrap();
        for (tag, expected) in [
            ("pt-BR", Some("Brasil")),
            ("pt-PT", Some("Portugal")),
            ("zh-TW", Some("繁")),
            ("zh-Hans-CN", Some("简")),
            ("he", Some("X")),
            ("en", None),
        ] {
            assert_eq!(read(&texts, tag).as_deref(), expected, "{tag}");
        }
        assert_eq!(read(&texts, "pt-br").as_deref(), Some("Brasil"));
    }

    #[test]
    fn plurals_of_its_own_language() {
        let source = "{times, plural, one {# раз} few {# раза} other {# раз}}";
        let texts = texts(&[("ru", source), ("xx", source)]).unwrap();
        let text = |tag: &str, times| {
            let values = Values { times: Some(times), ..Values::default() };
            texts.find(&Tag::parse(tag).unwrap()).unwrap().render(&values)
        };
        assert_eq!(text("ru", 3), "3 раза");
        assert_eq!(text("xx", 3), "3 раз");
    }

    #[test]
    fn mistakes_name_the_language() {
        let error = |pairs: &[(&str, &str)]| texts(pairs).unwrap_err().to_string();
        assert!(
            error(&[("en", "ok"), ("de", "Hallo {nmae}")])
                .starts_with("rules[0].say.de: at character 7: `nmae`")
        );
        assert!(error(&[("english!", "x")]).starts_with("rules[0].say.english!: is no language tag"));
        assert!(error(&[("he", "x"), ("iw", "y")]).contains("twice"));
        let many: Vec<_> = (0..41).map(|n| format!("aa-{n:02}")).collect();
        let many: Vec<_> = many.iter().map(|tag| (tag.as_str(), "x")).collect();
        assert!(texts(&many[..40]).is_ok());
        assert!(error(&many).contains("at most 40 languages"));
    }
}

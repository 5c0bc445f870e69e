//! The languages that are built in, and which of them a person is spoken to in.

use super::tag::{Grammar, Tag};
use super::template::{Field, Template, Values};

/// What the built-in texts can say.
const FIELDS: &[Field] = &[Field::Name, Field::N];

/// How many of a person's languages are looked at; a phone's list is shorter.
const MOST_PREFERRED: usize = 16;

/// One built-in language.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its tag: a language, and nothing else.
    pub(crate) tag: &'static str,
    source: &'static str,
}

macro_rules! languages {
    ($($tag:literal)+) => {
        /// English first: it is the last resort.
        static LANGUAGES: [Language; [$($tag),+].len()] =
            [$(Language { tag: $tag, source: include_str!(concat!("languages/", $tag, ".txt")) }),+];
    };
}

// To add a language: write its file, add its line.
languages! {
    "en"
    "ar"
    "cs"
    "de"
    "es"
    "fr"
    "he"
    "hi"
    "id"
    "it"
    "ja"
    "ko"
    "nl"
    "pl"
    "pt"
    "ru"
    "sv"
    "tr"
    "uk"
    "zh"
}

/// The tags of all of them.
pub(crate) fn built_in() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|language| language.tag)
}

static ENGLISH: &Language = &LANGUAGES[0];

impl Language {
    pub(crate) fn grammar(&self) -> Grammar {
        Grammar::of(self.tag)
    }

    /// Its texts, uncompiled: `key = text` lines; `#` begins a comment.
    fn lines(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let lines = self.source.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('=')).map(|(key, text)| (key.trim(), text.trim()))
    }
}

/// What a person reads, best first, and the built-in language that serves them.
#[derive(Debug)]
pub(crate) struct Preferences {
    tags: Vec<Tag>,
    /// Which of the tags the built-in language serves.
    rank: usize,
    pub(crate) language: &'static Language,
}

impl Preferences {
    /// What is no tag is passed over. English is everyone's last preference.
    pub(crate) fn choose(preferred: &[String]) -> Self {
        let mut tags: Vec<Tag> =
            preferred.iter().filter_map(|raw| Tag::parse(raw)).take(MOST_PREFERRED).collect();
        tags.extend(Tag::parse(ENGLISH.tag));
        let serves = |tag: &Tag| {
            tag.candidates().find_map(|candidate| LANGUAGES.iter().find(|language| language.tag == candidate))
        };
        let (rank, language) = tags
            .iter()
            .enumerate()
            .find_map(|(rank, tag)| serves(tag).map(|language| (rank, language)))
            .unwrap_or((0, ENGLISH));
        Self { tags, rank, language }
    }

    /// The first of `found` among the tags that a text may be in, with whether the built-in texts are in that language
    /// too: one that the person likes less than a built-in text's is none of them.
    pub(crate) fn find<T>(&self, found: impl Fn(&Tag) -> Option<T>) -> Option<(T, &Tag, bool)> {
        let mut tags = self.tags.iter().enumerate().take(self.rank + 1);
        tags.find_map(|(rank, tag)| found(tag).map(|text| (text, tag, rank == self.rank)))
    }

    /// The tag that the built-in texts are for.
    pub(crate) fn built_in(&self) -> Option<&Tag> {
        self.tags.get(self.rank)
    }
}

/// A language's texts, compiled.
#[derive(Debug)]
pub(crate) struct Compiled {
    language: &'static Language,
    texts: Vec<(&'static str, Template)>,
}

impl Compiled {
    pub(crate) fn new(language: &'static Language) -> Self {
        let compile = |(key, text)| Template::parse(text, FIELDS).ok().map(|template| (key, template));
        Self { language, texts: language.lines().filter_map(compile).collect() }
    }

    /// A text; one that is missing in English, one that is nowhere empty.
    pub(crate) fn say(&self, key: &str, values: &Values<'_>) -> String {
        if let Some((_, template)) = self.texts.iter().find(|(known, _)| *known == key) {
            return template.render(values, self.language.grammar());
        }
        let english = ENGLISH.lines().find(|(known, _)| *known == key);
        english
            .and_then(|(_, text)| Template::parse(text, FIELDS).ok())
            .map(|template| template.render(values, ENGLISH.grammar()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::KINDS;
    use super::super::plural::Category;
    use super::super::template::{Arm, Part, When};
    use super::*;

    fn chosen(preferred: &[&str]) -> &'static str {
        Preferences::choose(&preferred.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>()).language.tag
    }

    fn built_in(tag: &str) -> bool {
        LANGUAGES.iter().any(|language| language.tag == tag)
    }

    #[test]
    fn at_last_english() {
        for preferred in [&[][..], &["xx"], &["", "?", "tlh"], &["zh-TW"], &["zh-Hant"], &["zh_HK"]] {
            assert_eq!(chosen(preferred), "en", "{preferred:?}");
        }
    }

    #[test]
    fn the_first_that_is_served() {
        for (preferred, expected) in [
            (&["de-AT", "fr"][..], "de"),
            (&["nds", "fr_CA"], "fr"),
            (&["pt-BR"], "pt"),
            (&["zh-Hans-CN"], "zh"),
            (&["zh-TW", "ja-JP", "zh-CN"], "ja"),
            (&["iw-IL"], "he"),
            (&["in-ID"], "id"),
            (&["C", "RU-ru.UTF-8"], "ru"),
            (&["ar-EG-u-nu-arab"], "ar"),
        ] {
            if built_in(expected) {
                assert_eq!(chosen(preferred), expected, "{preferred:?}");
            }
        }
        assert_eq!(chosen(&["en-GB", "de"]), "en");
    }

    #[test]
    fn a_missing_text_is_said_in_english() {
        static BARE: Language = Language { tag: "de", source: "# nothing\nbroken line\nask.1 = {oops}\n" };
        let compiled = Compiled::new(&BARE);
        assert_eq!(compiled.say("action.retry", &Values::default()), "Try again");
        assert_eq!(compiled.say("ask.1", &Values::default()), "Very badly");
        assert_eq!(compiled.say("no.such", &Values::default()), "");
    }

    /// Every part of a text, with whether it stands in brackets.
    fn walk<'a>(parts: &'a [Part], optional: bool, see: &mut impl FnMut(&'a Part, bool)) {
        for part in parts {
            see(part, optional);
            match part {
                Part::Optional(inner) => walk(inner, true, see),
                Part::Plural(_, arms) => arms.iter().for_each(|arm| walk(&arm.parts, optional, see)),
                Part::Text(_) | Part::Field(_) => {}
            }
        }
    }

    fn assert_arms(language: &Language, key: &str, arms: &[Arm]) {
        let uses = language.grammar().plurals.uses;
        for arm in arms {
            let When::Is(category) = arm.when else { continue };
            let known = uses.contains(&category) || category == Category::Other;
            assert!(known, "{} {key}: {category:?} is never used there", language.tag);
        }
        for category in uses {
            let there = arms.iter().any(|arm| arm.when == When::Is(*category));
            assert!(there, "{} {key}: {category:?} is missing", language.tag);
        }
    }

    #[test]
    fn every_language_says_everything() {
        let keys: Vec<_> = ENGLISH.lines().map(|(key, _)| key).collect();
        for language in &LANGUAGES {
            let theirs: Vec<_> = language.lines().map(|(key, _)| key).collect();
            let missing: Vec<_> = keys.iter().filter(|key| !theirs.contains(key)).collect();
            let foreign: Vec<_> = theirs.iter().filter(|key| !keys.contains(key)).collect();
            assert!(missing.is_empty() && foreign.is_empty(), "{}: {missing:?} {foreign:?}", language.tag);
            assert_eq!(theirs.len(), keys.len(), "{}: a key is there twice", language.tag);
            let others = language
                .source
                .lines()
                .filter(|line| !(line.trim().is_empty() || line.starts_with('#') || line.contains(" = ")));
            assert_eq!(others.collect::<Vec<_>>(), [""; 0], "{}", language.tag);
        }
        for word in KINDS {
            assert!(keys.contains(&format!("what.{word}").as_str()), "{word}");
        }
    }

    #[test]
    fn every_text_is_sound() {
        for language in &LANGUAGES {
            for (key, text) in language.lines() {
                let at = format!("{} {key}", language.tag);
                let template = Template::parse(text, FIELDS).unwrap_or_else(|error| panic!("{at}: {error}"));
                let (mut names, mut numbers) = (0, 0);
                walk(template.parts(), false, &mut |part, optional| match part {
                    Part::Field(Field::Name) => {
                        assert!(optional, "{at}: {{name}} outside [...]");
                        names += 1;
                    }
                    Part::Plural(Field::N, arms) => {
                        assert_arms(language, key, arms);
                        numbers += 1;
                    }
                    Part::Field(Field::N) => numbers += 1,
                    _ => {}
                });
                let to_someone = key.starts_with("what.") || key.starts_with("fixed.");
                assert_eq!(names, usize::from(to_someone), "{at}: {{name}}");
                let counts = key.starts_with("since.") || key.starts_with("eta.");
                assert_eq!(numbers > 0, counts, "{at}: {{n}}");

                for n in [1, 2, 3, 5, 11, 21, 89] {
                    let values = Values { name: Some("Jackie"), n: Some(n), ..Values::default() };
                    for values in [values, Values { name: None, ..values }] {
                        let text = template.render(&values, language.grammar());
                        assert!(!text.is_empty() && text.chars().count() <= 120, "{at}: {text}");
                        assert!(
                            !text.starts_with([',', '،', '、', ' ']) && !text.contains(" ,"),
                            "{at}: {text}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_label_is_short_and_a_sentence_ends() {
        for language in &LANGUAGES {
            for (key, text) in language.lines() {
                let at = format!("{} {key}: {text}", language.tag);
                let ends = text.ends_with(['.', '。', '।', '؟', '?', '？']);
                match key.split('.').next() {
                    Some("action" | "status") => assert!(!ends && text.chars().count() <= 28, "{at}"),
                    Some("ask") if key != "ask.question" => {
                        assert!(!ends && text.chars().count() <= 28, "{at}");
                    }
                    _ => assert!(ends || text.ends_with("}}."), "{at}"),
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_preferences_find_a_language(preferred in proptest::collection::vec(any::<String>(), 0..20)) {
            let preferences = Preferences::choose(&preferred);
            prop_assert!(preferences.built_in().is_some());
        }
    }
}

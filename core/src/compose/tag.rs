//! Language tags (BCP 47) as people's phones really hand them over, and what a tag says about writing.

use super::plural::{Plurals, plurals};

/// The longest tag that is looked at; RFC 5646 §4.4.1 finds 35 characters enough.
const LONGEST: usize = 64;

/// A language tag: lower case, hyphens, without extensions, legacy codes renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag(String);

impl Tag {
    /// Reads BCP 47 ("zh-Hans-CN-u-nu-latn"), Java ("`zh_TW_#Hant`", "iw") and POSIX ("`de_DE.UTF-8`") spellings.
    /// `None`: no language in it.
    pub(crate) fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if raw.len() > LONGEST {
            return None;
        }
        let mut subtags = raw.split(['.', '@']).next()?.split(['-', '_']);
        let language = subtags.next()?.to_ascii_lowercase();
        if !(2..=8).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut tag = renewed(&language).to_owned();
        for subtag in subtags.map(|subtag| subtag.trim_start_matches('#')).filter(|subtag| !subtag.is_empty())
        {
            // A single letter begins an extension: calendars and numbers, not words.
            if !(2..=8).contains(&subtag.len()) || !subtag.bytes().all(|b| b.is_ascii_alphanumeric()) {
                break;
            }
            tag.push('-');
            tag.push_str(&subtag.to_ascii_lowercase());
        }
        Some(Self(tag))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The tags whose texts serve a reader of this one, best first: itself, then ever shorter (RFC 4647 §3.4).
    /// Chinese goes by its script: who reads traditional characters is not handed simplified ones as their own.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = &str> {
        let whole = self.0.as_str();
        let chinese = language_of(whole) == "zh";
        let traditional = chinese && is_traditional(whole);
        let script = if traditional { "zh-hant" } else { "zh-hans" };
        std::iter::successors(Some(whole), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
            .filter(move |tag| !(traditional && *tag == "zh"))
            .chain(chinese.then_some(script))
    }
}

fn language_of(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

fn has(tag: &str, subtags: &[&str]) -> bool {
    tag.split('-').skip(1).any(|subtag| subtags.contains(&subtag))
}

fn is_traditional(tag: &str) -> bool {
    has(tag, &["hant"]) || (!has(tag, &["hans"]) && has(tag, &["tw", "hk", "mo"]))
}

/// Codes that Java and others still write (IANA's registry: deprecated, with these preferred values), and two
/// macrolanguages that mean one language in practice.
fn renewed(language: &str) -> &str {
    match language {
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        "cmn" => "zh",
        "no" => "nb",
        "tl" => "fil",
        _ => language,
    }
}

/// What rendering needs to know of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grammar {
    pub(crate) plurals: &'static Plurals,
    pub(crate) right_to_left: bool,
    /// i and ı are two letters.
    pub(crate) dotted_i: bool,
}

impl Grammar {
    /// Of a tag in lower case.
    pub(crate) fn of(tag: &str) -> Self {
        let language = language_of(tag);
        let right_to_left = has(tag, &["arab", "hebr", "thaa"])
            || (matches!(language, "ar" | "he" | "fa" | "ur" | "ps" | "ckb" | "yi" | "dv" | "sd" | "ug")
                && !has(tag, &["latn", "cyrl"]));
        Self { plurals: plurals(tag), right_to_left, dotted_i: matches!(language, "tr" | "az") }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn candidates(raw: &str) -> Vec<String> {
        Tag::parse(raw).unwrap().candidates().map(str::to_owned).collect()
    }

    #[test]
    fn spellings() {
        for (raw, expected) in [
            ("en", "en"),
            (" pt-BR ", "pt-br"),
            ("pt_BR", "pt-br"),
            ("de_DE.UTF-8", "de-de"),
            ("de_DE@euro", "de-de"),
            ("ar-EG-u-nu-latn", "ar-eg"),
            ("zh_TW_#Hant", "zh-tw-hant"),
            ("zh__#Hant", "zh-hant"),
            ("iw-IL", "he-il"),
            ("in", "id"),
            ("ji", "yi"),
            ("cmn-TW", "zh-tw"),
            ("no-NO", "nb-no"),
            ("tl-PH", "fil-ph"),
            ("ckb-IQ", "ckb-iq"),
            ("en-x-private", "en"),
            ("en-$$", "en"),
        ] {
            assert_eq!(Tag::parse(raw).unwrap().as_str(), expected, "{raw}");
        }
        for raw in
            ["", " ", "C", "*", "-", "12", "e", "ünï", "languages-x", "no language", &"en-us".repeat(20)]
        {
            assert_eq!(Tag::parse(raw), None, "{raw}");
        }
        let long = |bytes: usize| format!("en{:->1$}", "us", bytes - 2);
        assert_eq!(Tag::parse(&long(64)).unwrap().as_str(), "en-us");
        assert_eq!(Tag::parse(&long(65)), None);
    }

    #[test]
    fn ever_shorter() {
        assert_eq!(candidates("sr-Latn-RS"), ["sr-latn-rs", "sr-latn", "sr"]);
        assert_eq!(candidates("zh-Hans-CN"), ["zh-hans-cn", "zh-hans", "zh", "zh-hans"]);
        assert_eq!(candidates("zh"), ["zh", "zh-hans"]);
        assert_eq!(candidates("zh-Hans-HK"), ["zh-hans-hk", "zh-hans", "zh", "zh-hans"]);
        assert_eq!(candidates("zh-TW"), ["zh-tw", "zh-hant"]);
        assert_eq!(candidates("zh-Hant-HK"), ["zh-hant-hk", "zh-hant", "zh-hant"]);
    }

    #[test]
    fn directions() {
        for tag in ["ar", "ar-eg", "he", "fa-ir", "ur", "ps", "ckb", "yi", "dv", "az-arab"] {
            assert!(Grammar::of(tag).right_to_left, "{tag}");
        }
        for tag in ["en", "tr", "az", "ur-latn", "arn", ""] {
            assert!(!Grammar::of(tag).right_to_left, "{tag}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(raw in any::<String>(), tagged in "[a-zA-Z#_.@-]{0,20}") {
            for raw in [raw, tagged] {
                if let Some(tag) = Tag::parse(&raw) {
                    prop_assert!(tag.candidates().count() < 40);
                    let _ = Grammar::of(tag.as_str());
                }
            }
        }
    }
}

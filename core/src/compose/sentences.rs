//! The sentences of a message: the document's, or our own.

use super::About;
use super::composer::Composer;
use super::incident::{Incident, State};
use super::language::Compiled;
use super::rule::Rule;
use super::template::Values;
use super::texts::Texts;

/// The longest message, in characters: what fits a small screen at large type, and is read in a few seconds.
const LONGEST: usize = 500;
/// A longer name of an operation is none that a person gave it.
const LONGEST_OPERATION: usize = 60;

/// A text with its language.
pub(super) struct Spoken {
    pub(super) text: String,
    pub(super) language: String,
    pub(super) right_to_left: bool,
}

impl Composer {
    /// A text of the document, if there is one for this person that can be shown.
    pub(super) fn written(
        &self,
        texts: &Texts,
        about: &About<'_>,
        incident: Option<&Incident>,
    ) -> Option<Spoken> {
        let (text, reader, as_built_in) = self.preferences.find(|tag| texts.find(tag))?;
        let now = about.now_unix_ms;
        let since_minutes = incident.and_then(|incident| incident.since_minutes(now));
        let eta_minutes = incident.and_then(|incident| incident.eta_minutes(now));
        // One message, one language: built-in sentences go into texts of a built-in language only.
        let sentence = |what, minutes: Option<u64>, round| {
            minutes.filter(|_| as_built_in).map(|minutes| self.time(what, minutes, round))
        };
        let since = sentence("since", since_minutes, down as Round);
        let eta = sentence("eta", eta_minutes, up as Round);
        let workaround = incident
            .and_then(|incident| incident.workaround.find(reader))
            .map(|workaround| workaround.render(&values(about)));
        let rendered = text.render(&Values {
            since: since.as_deref(),
            eta: eta.as_deref(),
            workaround: workaround.as_deref(),
            since_minutes,
            eta_minutes,
            ..values(about)
        });
        fits(&rendered).then(|| Spoken {
            text: rendered,
            language: text.language.clone(),
            right_to_left: text.grammar().right_to_left,
        })
    }

    /// Our own sentences. The only ones that say "we know", and only of an incident.
    pub(super) fn built_in(
        &self,
        about: &About<'_>,
        rule: Option<&Rule>,
        incident: Option<&Incident>,
    ) -> Spoken {
        let values = values(about);
        let tone = self.tone(rule).as_str();
        let mut text = self.say(&format!("what.{}", about.kind.as_str()), &values);
        let Some(incident) = incident.filter(|incident| incident.state != State::Resolved) else {
            add(&mut text, &self.say(&format!("sorry.{tone}"), &values));
            return self.in_language(text);
        };
        add(&mut text, &self.say(&format!("known.{tone}"), &values));
        add(&mut text, &self.say(&format!("incident.{}", incident.state.as_str()), &values));
        if let Some(minutes) = incident.since_minutes(about.now_unix_ms) {
            add(&mut text, &self.time("since", minutes, down));
        }
        if let Some(minutes) = incident.eta_minutes(about.now_unix_ms) {
            add(&mut text, &self.time("eta", minutes, up));
        }
        let reader = self.preferences.built_in();
        if let Some(workaround) = reader.and_then(|reader| incident.workaround.find(reader)) {
            add(&mut text, &workaround.render(&values));
        }
        self.in_language(text)
    }

    /// A sentence with a time in it: minutes below 90, hours below 36, else days.
    fn time(&self, what: &str, minutes: u64, round: Round) -> String {
        let (unit, n) = match (minutes, round(minutes, 60)) {
            (..90, _) => ("minutes", minutes),
            (_, hours @ ..36) => ("hours", hours),
            _ => ("days", round(minutes, 24 * 60)),
        };
        self.say(&format!("{what}.{unit}"), &Values { n: Some(n), ..Values::default() })
    }

    pub(super) fn say(&self, key: &str, values: &Values<'_>) -> String {
        self.compiled.get_or_init(|| Compiled::new(self.preferences.language)).say(key, values)
    }

    pub(super) fn in_language(&self, text: String) -> Spoken {
        let language = self.preferences.language;
        Spoken { text, language: language.tag.to_owned(), right_to_left: language.grammar().right_to_left }
    }
}

type Round = fn(u64, u64) -> u64;

const fn down(n: u64, by: u64) -> u64 {
    n / by
}

const fn up(n: u64, by: u64) -> u64 {
    n.div_ceil(by)
}

pub(super) fn values<'a>(about: &About<'a>) -> Values<'a> {
    let sayable = |text: &&str| {
        text.len() <= LONGEST_OPERATION * 4
            && text.chars().count() <= LONGEST_OPERATION
            && text.chars().any(char::is_alphanumeric)
    };
    Values {
        name: about.name,
        operation: about.operation.filter(sayable),
        times: Some(u64::from(about.times)),
        ..Values::default()
    }
}

fn fits(text: &str) -> bool {
    text.chars().count() <= LONGEST && text.chars().any(char::is_alphanumeric)
}

/// Adds a sentence while there is room. Chinese and Japanese full stops bring their own space.
fn add(text: &mut String, sentence: &str) {
    let space = if text.is_empty() || text.ends_with(['。', '！', '？']) { "" } else { " " };
    let longer = text.chars().count() + space.len() + sentence.chars().count();
    if !sentence.is_empty() && longer <= LONGEST {
        text.push_str(space);
        text.push_str(sentence);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Document;
    use super::super::Tone;
    use super::super::name::spoken_name;
    use super::super::testing::{INCIDENT, about, composer, jackie, with_incident, with_rule};
    use super::super::{Action, ActionKind};
    use super::*;
    use crate::kinds::Kind;

    fn speaking(mut composer: Composer, preferred: &[&str]) -> Composer {
        composer.set_languages(&preferred.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>());
        composer
    }

    #[test]
    fn what_is_known_is_said() {
        let composer = with_incident(r#"{"when": {"kind": "error"}}"#);
        let words = composer.apology(&jackie());
        assert_eq!(
            words.text,
            "Jackie, something's wrong. Sorry about that. We know what is wrong and are working on it. We have known \
             for 2 hours. We expect it to work again in about 30 minutes. Pay by card instead."
        );
        let status = Action {
            kind: ActionKind::Status,
            label: "See status".to_owned(),
            url: Some("https://status.example.com".to_owned()),
        };
        assert_eq!(words.actions, [status]);
        // Before it began and after it should have ended, those times are not spoken of.
        let later = About { now_unix_ms: jackie().now_unix_ms + 3_600_000, ..jackie() };
        assert!(!composer.apology(&later).text.contains("expect"));
        assert!(!composer.apology(&About { now_unix_ms: 0, ..jackie() }).text.contains("We have known"));
    }

    #[test]
    fn nobody_knows_without_an_incident() {
        let resolved = INCIDENT.replace("identified", "resolved");
        let resolved = composer(&format!(r#"{{"version": 1, "incidents": [{resolved}]}}"#));
        for (composer, about) in [
            (Composer::new(Tone::Plain), jackie()),
            (resolved, jackie()),
            (with_incident("{}"), About { kind: Kind::Error, ..jackie() }),
        ] {
            let words = composer.apology(&about);
            assert!(words.text.ends_with("Sorry about that, we are taking a look."), "{}", words.text);
            assert!(!words.text.to_lowercase().contains("know"), "{}", words.text);
            assert_eq!(words.actions, []);
        }
    }

    #[test]
    fn minutes_hours_days() {
        let composer = Composer::new(Tone::Plain);
        let since = |minutes| composer.time("since", minutes, down);
        let eta = |minutes| composer.time("eta", minutes, up);
        for (text, expected) in [
            (since(1), "1 minute."),
            (since(89), "89 minutes."),
            (since(90), "1 hour."),
            (since(36 * 60 - 1), "35 hours."),
            (since(36 * 60), "1 day."),
            (since(1440 * 400), "400 days."),
            (eta(89), "89 minutes."),
            (eta(90), "2 hours."),
            (eta(35 * 60 + 1), "2 days."),
        ] {
            assert!(text.ends_with(&format!(" {expected}")), "{text}: {expected}");
        }
    }

    #[test]
    fn one_message_one_language() {
        let say = r#"{"say": {"en": "English [{eta}]", "xx": "Ixix[ {eta}][ {workaround}]", "yi": "ייִדיש {name}"}}"#;
        let text = |preferred: &[&str]| {
            let words = speaking(with_incident(say), preferred).apology(&jackie());
            (words.text, words.language, words.right_to_left)
        };
        assert_eq!(text(&["xx-AA", "en"]), ("Ixix Xx.".to_owned(), "xx".to_owned(), false));
        assert_eq!(text(&["ji"]).0, "ייִדיש \u{2068}Jackie\u{2069}");
        assert!(text(&["yi"]).2);
        assert!(text(&["qq"]).0.starts_with("English We expect"));
        assert!(text(&["en-GB", "xx"]).0.starts_with("English We expect"));
        // A text in English is not for whom the built-in one is in a language they like better.
        let german = speaking(with_incident(say), &["de", "en"]);
        if german.preferences.language.tag == "de" {
            assert_eq!(german.apology(&jackie()).language, "de");
            assert!(!german.apology(&jackie()).text.contains("Pay by card"));
        }
    }

    #[test]
    fn what_is_too_long_or_nothing_is_not_said() {
        let long = "{workaround} ".repeat(30);
        for say in [long.as_str(), "[{operation}]", "{operation}.", "…"] {
            let composer = with_incident(&format!(r#"{{"say": {{"en": "{say}"}}}}"#));
            assert!(composer.apology(&jackie()).text.starts_with("Jackie, something's wrong."), "{say}");
        }
        let workaround = INCIDENT.replace("Pay by card instead.", &"x".repeat(400));
        let composer = composer(&format!(r#"{{"version": 1, "incidents": [{workaround}]}}"#));
        assert!(composer.apology(&jackie()).text.ends_with("30 minutes."));
    }

    #[test]
    fn an_operation_is_named_if_a_person_named_it_so() {
        let composer = with_rule(r#"{"say": {"en": "Failed[ in {operation}]."}}"#);
        let said = |operation: &str| composer.apology(&About { operation: Some(operation), ..jackie() }).text;
        assert_eq!(said("Payment"), "Failed in Payment.");
        for letter in ["o", "ö", "明", "𠀀"] {
            assert!(said(&letter.repeat(60)).contains(&letter.repeat(60)), "{letter}");
            assert_eq!(said(&letter.repeat(61)), "Failed.", "{letter}");
        }
        assert_eq!(said("***"), "Failed.");
    }

    #[test]
    fn sentences_are_added_while_there_is_room() {
        let added = |text: &str, sentence: &str| {
            let mut text = text.to_owned();
            add(&mut text, sentence);
            text
        };
        assert_eq!(added("", "One."), "One.");
        assert_eq!(added("One.", "Two."), "One. Two.");
        assert_eq!(added("One.", ""), "One.");
        for end in ['。', '！', '？'] {
            assert_eq!(added(&format!("一{end}"), "二"), format!("一{end}二"));
        }
        for (text, sentence, wanted) in [(490, 9, 500), (490, 10, 490), (499, 1, 499), (498, 1, 500)] {
            let length = added(&"ä".repeat(text), &"ö".repeat(sentence)).chars().count();
            assert_eq!(length, wanted, "{text} and {sentence}");
        }
    }

    proptest! {
        #[test]
        fn always_something_to_say(
            name in any::<String>(),
            operation in any::<Option<String>>(),
            preferred in proptest::collection::vec("(ar|he|tr|ru|zh|ja|pt|[a-z]{2})(-[A-Z]{2})?", 0..4),
            say in "[a-z{}\\[\\]' ]{0,12}(\\[\\{name\\}, \\])?(\\{operation\\})?[\u{5d0}\u{2067}]?",
            now in any::<u64>(),
            times in any::<u32>(),
        ) {
            let json = serde_json::json!({"version": 1, "rules": [{"say": {"en": say, "ar": say}}],
                "incidents": [{"id": "a", "state": "monitoring", "since": "2026-11-22T12:00:00Z", "eta": "2026-11-22T14:34:30Z"}]});
            let mut composer = Composer::new(Tone::Plain);
            composer.set_languages(&preferred);
            composer.use_document(Document::parse(&json.to_string()).ok());
            let name = spoken_name(&name);
            for kind in Kind::ALL {
                let about = About { name: name.as_deref(), operation: operation.as_deref(), now_unix_ms: now, times, ..about(*kind) };
                for words in [composer.apology(&about), composer.make_good(&about)] {
                    prop_assert!(fits(&words.text), "{}", words.text);
                    let count = |c| words.text.matches(c).count();
                    prop_assert_eq!(count('\u{2068}'), count('\u{2069}'));
                }
            }
        }
    }
}

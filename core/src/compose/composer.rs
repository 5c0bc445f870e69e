//! Puts a message together.

use std::cell::OnceCell;

use super::incident::Incident;
use super::language::{Compiled, Preferences};
use super::rule::{Rule, RuleAction};
use super::sentences::{Spoken, values};
use super::template::Values;
use super::{About, Action, ActionKind, Document, Tone};

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) actions: Vec<Action>,
    /// The label of what closes it.
    pub(crate) dismiss: String,
    /// The tag of the text's language, for screen readers.
    pub(crate) language: String,
    pub(crate) right_to_left: bool,
}

/// A question with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) text: String,
    /// Five, from worst to best.
    pub(crate) answers: Vec<String>,
    pub(crate) dismiss: String,
    pub(crate) language: String,
    pub(crate) right_to_left: bool,
}

/// What a document decides besides words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RuleSays {
    /// Nothing is to be shown.
    pub(crate) silent: bool,
    /// What would be spoken is an offer, not another apology.
    pub(crate) remedy: bool,
}

/// Knows the person's languages and the host's words.
#[derive(Debug)]
pub(crate) struct Composer {
    tone: Tone,
    pub(super) preferences: Preferences,
    /// Compiled when first needed: most sessions need no words at all.
    pub(super) compiled: OnceCell<Compiled>,
    document: Option<Document>,
}

impl Composer {
    /// Speaks English until it is told what the person reads. A document's tone, and a rule's in it, go before this one.
    pub(crate) fn new(tone: Tone) -> Self {
        let preferences = Preferences::choose(&[]);
        Self { tone, preferences, compiled: OnceCell::new(), document: None }
    }

    /// The person's languages as the system has them, best first.
    pub(crate) fn set_languages(&mut self, preferred: &[String]) {
        self.preferences = Preferences::choose(preferred);
        self.compiled = OnceCell::new();
    }

    pub(crate) fn use_document(&mut self, document: Option<Document>) {
        self.document = document;
    }

    /// What is said when something failed.
    pub(crate) fn apology(&self, about: &About<'_>) -> Words {
        let (rule, incident) = (self.matching(about), self.incident(about));
        let spoken = rule
            .and_then(|rule| self.written(&rule.say, about, incident))
            .or_else(|| incident.and_then(|incident| self.written(&incident.say, about, Some(incident))))
            .unwrap_or_else(|| self.built_in(about, rule, incident));
        let actions = match rule.and_then(|rule| rule.actions.as_ref()) {
            Some(actions) => actions.iter().filter_map(|action| self.action(action, incident)).collect(),
            None => self.status_action(None, incident).into_iter().collect(),
        };
        self.words(spoken, actions)
    }

    /// What is said when it works again. There is nothing left to do: no buttons.
    pub(crate) fn make_good(&self, about: &About<'_>) -> Words {
        let rule = self.matching(about);
        let spoken = rule.and_then(|rule| self.written(&rule.fixed, about, None)).unwrap_or_else(|| {
            let key = format!("fixed.{}", self.tone(rule).as_str());
            self.in_language(self.say(&key, &values(about)))
        });
        self.words(spoken, Vec::new())
    }

    pub(crate) fn question(&self) -> Question {
        let say = |key: &str| self.say(key, &Values::default());
        let Spoken { text, language, right_to_left } = self.in_language(say("ask.question"));
        let answers = ["ask.1", "ask.2", "ask.3", "ask.4", "ask.5"].map(say).to_vec();
        Question { text, answers, dismiss: say("action.dismiss"), language, right_to_left }
    }

    /// The text of `status.<key>`; empty if there is none.
    pub(crate) fn status(&self, key: &str) -> String {
        self.say(&format!("status.{key}"), &Values::default())
    }

    /// A remedy is one only if its own words are spoken: in a language the person does not read, what would come out
    /// instead is an apology like any other.
    pub(crate) fn rule(&self, about: &About<'_>) -> RuleSays {
        let Some(rule) = self.matching(about) else { return RuleSays::default() };
        let remedy = rule.remedy && self.written(&rule.say, about, self.incident(about)).is_some();
        RuleSays { silent: rule.silent, remedy }
    }

    fn matching(&self, about: &About<'_>) -> Option<&Rule> {
        self.document.as_ref()?.rule(about)
    }

    fn incident(&self, about: &About<'_>) -> Option<&Incident> {
        self.document.as_ref()?.incident(about)
    }

    pub(super) fn tone(&self, rule: Option<&Rule>) -> Tone {
        let of_document = || self.document.as_ref().and_then(|document| document.tone);
        rule.and_then(|rule| rule.tone).or_else(of_document).unwrap_or(self.tone)
    }

    fn action(&self, action: &RuleAction, incident: Option<&Incident>) -> Option<Action> {
        let label = self.preferences.find(|tag| action.label.find(tag));
        let label = label.map(|(label, ..)| label.render(&Values::default()));
        if action.kind == ActionKind::Status {
            let status = self.status_action(action.url.as_deref(), incident)?;
            return Some(Action { label: label.unwrap_or(status.label), ..status });
        }
        let label = label.unwrap_or_else(|| self.label(action.kind));
        Some(Action { kind: action.kind, label, url: action.url.clone() })
    }

    /// There is no status to see without an address.
    fn status_action(&self, url: Option<&str>, incident: Option<&Incident>) -> Option<Action> {
        let url = url.or_else(|| incident.and_then(|incident| incident.status_url.as_deref()))?;
        let kind = ActionKind::Status;
        Some(Action { kind, label: self.label(kind), url: Some(url.to_owned()) })
    }

    fn label(&self, kind: ActionKind) -> String {
        self.say(&format!("action.{}", kind.as_str()), &Values::default())
    }

    fn words(&self, spoken: Spoken, actions: Vec<Action>) -> Words {
        let Spoken { text, language, right_to_left } = spoken;
        let dismiss = self.say("action.dismiss", &Values::default());
        Words { text, actions, dismiss, language, right_to_left }
    }
}

#[cfg(test)]
mod tests {
    use super::super::name::spoken_name;
    use super::super::testing::{INCIDENT, about, composer, jackie, with_incident, with_rule};
    use super::*;
    use crate::kinds::Kind;

    #[test]
    fn the_sentence() {
        let words = Composer::new(Tone::Plain).apology(&jackie());
        assert_eq!(words.text, "Jackie, something's wrong. Sorry about that, we are taking a look.");
        assert_eq!(
            (words.dismiss.as_str(), words.language.as_str(), words.right_to_left),
            ("Dismiss", "en", false)
        );
        assert_eq!(words.actions, []);
        let nameless = Composer::new(Tone::Plain).apology(&about(Kind::DeadInput));
        assert_eq!(nameless.text, "Something's wrong. Sorry about that, we are taking a look.");
        assert_eq!(spoken_name(" Jackie ").as_deref(), jackie().name);
    }

    #[test]
    fn tones() {
        let mut own = with_rule(r#"{"when": {"kind": "error"}, "tone": "plain"}"#);
        own.tone = Tone::Warm;
        assert!(own.apology(&jackie()).text.contains("really sorry"));
        assert!(own.make_good(&jackie()).text.starts_with("Jackie, it works again."));
        assert!(own.apology(&about(Kind::Error)).text.contains("Sorry about that"));
        let warm = composer(r#"{"version": 1, "tone": "warm"}"#);
        assert!(warm.apology(&jackie()).text.contains("really sorry"));
    }

    #[test]
    fn a_rule_speaks_first_then_an_incident() {
        let rule = r#"{"when": {"segment": "vip"}, "say": {"en": "[{name}, ]your basket is safe. {since} {eta} {workaround} ({since_minutes}/{eta_minutes}/{times})"}}"#;
        let vip = About { segment: Some("vip"), ..jackie() };
        assert_eq!(
            with_incident(rule).apology(&vip).text,
            "Jackie, your basket is safe. We have known for 2 hours. We expect it to work again in about 30 minutes. \
             Pay by card instead. (125/30/1)"
        );
        let said = INCIDENT.replace(r#""id""#, r#""say": {"en": "Checkout is down[, {name}]."}, "id""#);
        let said = composer(&format!(r#"{{"version": 1, "rules": [{rule}], "incidents": [{said}]}}"#));
        assert_eq!(said.apology(&jackie()).text, "Checkout is down, Jackie.");
        assert!(said.apology(&vip).text.starts_with("Jackie, your basket"));
    }

    #[test]
    fn buttons() {
        let actions =
            r#"{"actions": ["retry", "status", {"action": "support", "label": {"en": "Chat with Maya"}}]}"#;
        let labels = |composer: &Composer| -> Vec<_> {
            composer
                .apology(&jackie())
                .actions
                .into_iter()
                .map(|action| (action.label, action.url.is_some()))
                .collect()
        };
        let pair = |label: &str, url| (label.to_owned(), url);
        assert_eq!(labels(&with_rule(actions)), [pair("Try again", false), pair("Chat with Maya", false)]);
        let all = [pair("Try again", false), pair("See status", true), pair("Chat with Maya", false)];
        assert_eq!(labels(&with_incident(actions)), all);
        assert_eq!(labels(&with_incident(r#"{"actions": []}"#)), []);
        assert_eq!(labels(&with_incident("{}")), [pair("See status", true)]);
        let status = r#"{"actions": [{"action": "status", "url": "https://a.example", "label": {"xx": "?"}}, "tell_us"]}"#;
        assert_eq!(labels(&with_rule(status)), [pair("See status", true), pair("Tell us", false)]);
        let own = status.replace("xx", "en").replace('?', "How it goes");
        assert_eq!(labels(&with_rule(&own)), [pair("How it goes", true), pair("Tell us", false)]);
        assert_eq!(with_incident(actions).make_good(&jackie()).actions, []);
    }

    #[test]
    fn make_good() {
        let composer = with_rule(r#"{"when": {"kind": "error"}, "fixed": {"en": "done[, {name}]!"}}"#);
        assert_eq!(composer.make_good(&jackie()).text, "Jackie, that's fixed now. Thanks for waiting.");
        assert_eq!(composer.make_good(&About { kind: Kind::Error, ..jackie() }).text, "Done, Jackie!");
    }

    #[test]
    fn what_a_rule_decides() {
        let remedy =
            r#"{"when": {"times_in_7_days": 3}, "remedy": true, "say": {"en": "Have a coffee on us."}}"#;
        let third = About { times: 3, ..jackie() };
        let says = |composer: &Composer, about: &About<'_>| composer.rule(about);
        assert_eq!(says(&with_rule(remedy), &jackie()), RuleSays::default());
        assert_eq!(says(&with_rule(remedy), &third), RuleSays { silent: false, remedy: true });
        assert!(says(&with_rule(r#"{"silent": true}"#), &third).silent);
        let foreign = with_rule(&remedy.replace(r#""en""#, r#""xx""#));
        assert_eq!(says(&foreign, &third), RuleSays::default());
        assert_eq!(says(&Composer::new(Tone::Plain), &third), RuleSays::default());
    }

    #[test]
    fn the_question_and_states() {
        let question = Composer::new(Tone::Plain).question();
        assert_eq!(question.text, "How well is the app working for you today?");
        assert_eq!(question.answers, ["Very badly", "Badly", "So-so", "Well", "Very well"]);
        assert_eq!(Composer::new(Tone::Plain).status("sent"), "Sent");
        assert_eq!(Composer::new(Tone::Plain).status("lost"), "");
    }
}

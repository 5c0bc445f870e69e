//! What a document says about a failure: when, which words, which buttons.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::document::{DocumentError, check_kind, check_url};
use super::template::Field;
use super::texts::Texts;
use super::{About, ActionKind, Tone};

const MOST_ACTIONS: usize = 3;
/// The longest label of a button, in characters.
const LONGEST_LABEL: usize = 40;

/// What an apology may say.
pub(crate) const APOLOGY_FIELDS: &[Field] = &[
    Field::Name,
    Field::Operation,
    Field::Eta,
    Field::Since,
    Field::Workaround,
    Field::EtaMinutes,
    Field::SinceMinutes,
    Field::Times,
];
/// What may be said once it works again, when no incident need be there any more.
const FIXED_FIELDS: &[Field] = &[Field::Name, Field::Operation, Field::Times];

/// A rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    #[serde(default)]
    when: When,
    tone: Option<Tone>,
    #[serde(default)]
    say: BTreeMap<String, String>,
    #[serde(default)]
    fixed: BTreeMap<String, String>,
    #[serde(default)]
    silent: bool,
    #[serde(default)]
    remedy: bool,
    actions: Option<Vec<Value>>,
}

/// Conditions; one that is absent is met.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct When {
    kind: Option<String>,
    screen: Option<String>,
    segment: Option<String>,
    release: Option<String>,
    times_in_7_days: Option<u32>,
}

/// A rule, checked and compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    when: When,
    pub(crate) tone: Option<Tone>,
    pub(crate) say: Texts,
    pub(crate) fixed: Texts,
    pub(crate) silent: bool,
    pub(crate) remedy: bool,
    /// `None`: as without a rule.
    pub(crate) actions: Option<Vec<RuleAction>>,
}

/// A button of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RuleAction {
    pub(crate) kind: ActionKind,
    pub(crate) label: Texts,
    pub(crate) url: Option<String>,
}

impl Rule {
    /// `at`: where in the document, for the error.
    pub(crate) fn check(at: &str, raw: RawRule) -> Result<Self, DocumentError> {
        if let Some(kind) = &raw.when.kind {
            check_kind(&format!("{at}.when.kind"), kind)?;
        }
        if raw.when.times_in_7_days == Some(0) {
            let at = format!("{at}.when.times_in_7_days");
            return Err(DocumentError::value(&at, "counts this failure too: write 1 or more"));
        }
        let say = Texts::parse(&format!("{at}.say"), &raw.say, APOLOGY_FIELDS)?;
        if raw.remedy && raw.say.is_empty() {
            let at = format!("{at}.remedy");
            return Err(DocumentError::value(&at, "offers something: write the offer in `say`"));
        }
        let fixed = Texts::parse(&format!("{at}.fixed"), &raw.fixed, FIXED_FIELDS)?;
        let actions =
            raw.actions.map(|actions| check_actions(&format!("{at}.actions"), actions)).transpose()?;
        let RawRule { when, tone, silent, remedy, .. } = raw;
        Ok(Self { when, tone, say, fixed, silent, remedy, actions })
    }

    pub(crate) fn matches(&self, about: &About<'_>) -> bool {
        let is =
            |wanted: &Option<String>, found: Option<&str>| wanted.is_none() || wanted.as_deref() == found;
        let When { kind, screen, segment, release, times_in_7_days } = &self.when;
        is(kind, Some(about.kind.as_str()))
            && is(screen, about.screen)
            && is(segment, about.segment)
            && is(release, Some(about.release))
            && times_in_7_days.is_none_or(|times| about.times >= times)
    }
}

fn check_actions(at: &str, raw: Vec<Value>) -> Result<Vec<RuleAction>, DocumentError> {
    if raw.len() > MOST_ACTIONS {
        return Err(DocumentError::too_many(at, "actions", MOST_ACTIONS));
    }
    let mut actions: Vec<RuleAction> = Vec::with_capacity(raw.len());
    for (index, raw) in raw.into_iter().enumerate() {
        let at = format!("{at}[{index}]");
        let action = check_action(&at, raw)?;
        if actions.iter().any(|other| other.kind == action.kind) {
            return Err(DocumentError::value(&at, "is there twice: remove one"));
        }
        actions.push(action);
    }
    Ok(actions)
}

/// Read by hand: serde's untagged enums could not say what is wrong, or where.
fn check_action(at: &str, raw: Value) -> Result<RuleAction, DocumentError> {
    const SHAPE: &str = "is no action: write \"retry\", \"status\", \"support\", \"tell_us\", or \
                         {\"action\": one of these, \"label\": {\"en\": text}, \"url\": \"https://...\"}";
    let (mut kind, mut label, mut url) = (None, Texts::default(), None);
    match raw {
        Value::String(word) => kind = ActionKind::from_word(&word),
        Value::Object(fields) => {
            for (field, value) in fields {
                match (field.as_str(), value) {
                    ("action", Value::String(word)) => kind = ActionKind::from_word(&word),
                    ("label", Value::Object(written)) => {
                        label = check_label(&format!("{at}.label"), written)?;
                    }
                    ("url", Value::String(address)) => {
                        check_url(&format!("{at}.url"), &address)?;
                        url = Some(address);
                    }
                    _ => return Err(DocumentError::value(&format!("{at}.{field}"), SHAPE)),
                }
            }
        }
        _ => {}
    }
    let Some(kind) = kind else { return Err(DocumentError::value(at, SHAPE)) };
    if url.is_some() && matches!(kind, ActionKind::Retry | ActionKind::TellUs) {
        let at = format!("{at}.url");
        return Err(DocumentError::value(&at, "leads nowhere: only status and support open an address"));
    }
    Ok(RuleAction { kind, label, url })
}

fn check_label(at: &str, written: serde_json::Map<String, Value>) -> Result<Texts, DocumentError> {
    let mut texts = BTreeMap::new();
    for (language, text) in written {
        let Value::String(text) = text else {
            return Err(DocumentError::value(&format!("{at}.{language}"), "is no text: write a string"));
        };
        texts.insert(language, text);
    }
    let label = Texts::parse(at, &texts, &[])?;
    if label.rendered_length() > LONGEST_LABEL {
        return Err(DocumentError::value(at, "is too long for a button: write at most 40 characters"));
    }
    Ok(label)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{about, document, rejected};
    use super::*;
    use crate::kinds::Kind;

    fn rules(json: &str) -> Vec<Rule> {
        document(&format!(r#"{{"version": 1, "rules": {json}}}"#)).rules
    }

    fn error(rule: &str) -> String {
        rejected(&format!(r#"{{"version": 1, "rules": [{{}}, {rule}]}}"#))
    }

    #[test]
    fn an_absent_condition_is_met() {
        let rules = rules(
            r#"[{}, {"when": {"kind": "error"}}, {"when": {"screen": "Checkout"}}, {"when": {"segment": "vip"}},
                {"when": {"release": "2.5.0"}}, {"when": {"times_in_7_days": 3}}, {"when": {"kind": "rage_tap"}}]"#,
        );
        let matching = |about: &About<'_>| -> Vec<usize> {
            (0..rules.len()).filter(|index| rules[*index].matches(about)).collect()
        };
        assert_eq!(matching(&about(Kind::SlowLoad)), [0]);
        assert_eq!(matching(&about(Kind::Error)), [0, 1]);
        let everything = About {
            screen: Some("Checkout"),
            segment: Some("vip"),
            release: "2.5.0",
            times: 3,
            ..about(Kind::Error)
        };
        assert_eq!(matching(&everything), [0, 1, 2, 3, 4, 5]);
        assert_eq!(matching(&About { times: 4, ..about(Kind::SlowLoad) }), [0, 5]);
        assert_eq!(matching(&About { screen: Some("checkout"), ..about(Kind::SlowLoad) }), [0]);
    }

    #[test]
    fn actions() {
        let rules = rules(
            r#"[{"actions": ["retry", {"action": "support", "label": {"en": "Chat with Maya"}},
                {"action": "status", "url": "https://status.example.com"}]}, {}, {"actions": []}]"#,
        );
        let kinds: Vec<_> = rules[0].actions.as_ref().unwrap().iter().map(|action| action.kind).collect();
        assert_eq!(kinds, [ActionKind::Retry, ActionKind::Support, ActionKind::Status]);
        assert_eq!((rules[1].actions.is_none(), rules[2].actions.as_ref().map(Vec::len)), (true, Some(0)));
    }

    #[test]
    fn mistakes_say_where() {
        for (rule, expected) in [
            (
                r#"{"when": {"kind": "slow"}}"#,
                "rules[1].when.kind: `slow` is no kind of failure: use one of slow_load,",
            ),
            (r#"{"when": {"times_in_7_days": 0}}"#, "rules[1].when.times_in_7_days: "),
            (r#"{"when": {"colour": "red"}}"#, "unknown field `colour`"),
            (r#"{"remedy": true}"#, "rules[1].remedy: "),
            (r#"{"say": {"en": "{n}"}}"#, "rules[1].say.en: at character 1: `n` is not known"),
            (r#"{"fixed": {"en": "{eta}"}}"#, "rules[1].fixed.en: at character 1: `eta` is not known"),
            (r#"{"actions": ["retry", "retry"]}"#, "rules[1].actions[1]: is there twice"),
            (
                r#"{"actions": ["retry", "status", "support", "tell_us"]}"#,
                "rules[1].actions: at most 3 actions",
            ),
            (r#"{"actions": ["call"]}"#, "rules[1].actions[0]: is no action"),
            (r#"{"actions": [3]}"#, "rules[1].actions[0]: is no action"),
            (r#"{"actions": [{"label": {}}]}"#, "rules[1].actions[0]: is no action"),
            (r#"{"actions": [{"action": "retry", "colour": 1}]}"#, "rules[1].actions[0].colour: "),
            (
                r#"{"actions": [{"action": "retry", "url": "https://a.example"}]}"#,
                "rules[1].actions[0].url: leads",
            ),
            (
                r#"{"actions": [{"action": "status", "url": "http://a.example"}]}"#,
                "rules[1].actions[0].url: ",
            ),
            (r#"{"actions": [{"action": "retry", "label": {"en": 1}}]}"#, "rules[1].actions[0].label.en: "),
            (
                r#"{"actions": [{"action": "retry", "label": {"en": "{name}"}}]}"#,
                "rules[1].actions[0].label.en: ",
            ),
        ] {
            assert!(error(rule).contains(expected), "{rule}: {}", error(rule));
        }
        let long =
            |n| format!(r#"{{"actions": [{{"action": "retry", "label": {{"en": "{}"}}}}]}}"#, "ä".repeat(n));
        assert_eq!(rules(&format!("[{}]", long(40))).len(), 1);
        assert!(error(&long(41)).starts_with("rules[1].actions[0].label: is too long"));
    }
}

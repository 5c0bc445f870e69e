//! A text with holes, compiled once: see [`super`] for the syntax.

use super::bidi;
use super::capital::capitalise;
use super::parse::parse;
pub use super::parse::{TemplateError, TemplateFault};
use super::plural::Category;
use super::tag::Grammar;

macro_rules! fields {
    ($($field:ident $word:ident: $type:ty;)+) => {
        /// What a text can say that is not known before.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Field { $($field),+ }

        impl Field {
            const ALL: &[Self] = &[$(Self::$field),+];

            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$field => stringify!($word)),+ }
            }
        }

        /// What is known now.
        #[derive(Debug, Clone, Copy, Default)]
        pub(crate) struct Values<'a> { $(pub(crate) $word: Option<$type>),+ }
    };
}

fields! {
    Name name: &'a str;
    Operation operation: &'a str;
    Eta eta: &'a str;
    Since since: &'a str;
    Workaround workaround: &'a str;
    N n: u64;
    EtaMinutes eta_minutes: u64;
    SinceMinutes since_minutes: u64;
    Times times: u64;
}

impl Field {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.as_str() == word)
    }

    pub(crate) const fn is_number(self) -> bool {
        matches!(self, Self::N | Self::EtaMinutes | Self::SinceMinutes | Self::Times)
    }
}

/// Text from outside, a sentence of ours, or a number.
#[derive(Clone, Copy)]
enum Value<'a> {
    Foreign(&'a str),
    Ours(&'a str),
    Number(u64),
}

impl<'a> Values<'a> {
    fn get(&self, field: Field) -> Option<Value<'a>> {
        match field {
            Field::Name => self.name.map(Value::Foreign),
            Field::Operation => self.operation.map(Value::Foreign),
            Field::Eta => self.eta.map(Value::Ours),
            Field::Since => self.since.map(Value::Ours),
            Field::Workaround => self.workaround.map(Value::Ours),
            Field::N | Field::EtaMinutes | Field::SinceMinutes | Field::Times => {
                self.number(field).map(Value::Number)
            }
        }
    }

    const fn number(&self, field: Field) -> Option<u64> {
        match field {
            Field::N => self.n,
            Field::EtaMinutes => self.eta_minutes,
            Field::SinceMinutes => self.since_minutes,
            Field::Times => self.times,
            _ => None,
        }
    }
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Text(Box<str>),
    Field(Field),
    /// `[...]`
    Optional(Vec<Part>),
    Plural(Field, Vec<Arm>),
}

/// One case of a plural.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arm {
    pub(crate) when: When,
    pub(crate) parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Exactly(u64),
    Is(Category),
}

/// A compiled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

impl Template {
    /// Compiles a text that may say these fields.
    pub(crate) fn parse(source: &str, allowed: &[Field]) -> Result<Self, TemplateError> {
        parse(source, allowed).map(|parts| Self { parts })
    }

    /// The text with these values: one line, no doubled spaces, beginning with a capital.
    pub(crate) fn render(&self, values: &Values<'_>, grammar: Grammar) -> String {
        let mut out = String::new();
        let complete = write(&self.parts, values, grammar, &mut out);
        let mut text = tidy(&out, complete);
        capitalise(&mut text, grammar.dotted_i);
        text
    }

    #[cfg(test)]
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// Whether nothing was missing.
fn write(parts: &[Part], values: &Values<'_>, grammar: Grammar, out: &mut String) -> bool {
    let mut complete = true;
    for part in parts {
        complete &= match part {
            Part::Text(text) => {
                out.push_str(text);
                true
            }
            Part::Field(field) => write_field(values.get(*field), grammar, out),
            Part::Optional(parts) => {
                let before = out.len();
                if !write(parts, values, grammar, out) {
                    out.truncate(before);
                }
                true
            }
            Part::Plural(field, arms) => {
                let arm = values.number(*field).and_then(|n| choose(arms, n, grammar));
                arm.is_some_and(|arm| write(&arm.parts, values, grammar, out))
            }
        };
    }
    complete
}

fn write_field(value: Option<Value<'_>>, grammar: Grammar, out: &mut String) -> bool {
    match value {
        Some(Value::Foreign(text)) => bidi::insert(out, text, grammar.right_to_left),
        Some(Value::Ours(text)) => out.push_str(text),
        Some(Value::Number(n)) => out.push_str(&n.to_string()),
        None => return false,
    }
    true
}

/// An exact number is meant more than its category, as in ICU.
fn choose(arms: &[Arm], n: u64, grammar: Grammar) -> Option<&Arm> {
    let category = (grammar.plurals.of)(n);
    [When::Exactly(n), When::Is(category), When::Is(Category::Other)]
        .iter()
        .find_map(|when| arms.iter().find(|arm| arm.when == *when))
}

/// Without doubled spaces; where something is missing, without the comma that would follow nothing.
fn tidy(text: &str, complete: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        if !complete && matches!(c, ',' | '.' | '،' | '、' | '，') {
            if out.is_empty() {
                continue;
            }
            if out.ends_with(' ') {
                out.pop();
            }
        }
        out.push(c);
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn render(source: &str, values: &Values<'_>, tag: &str) -> String {
        Template::parse(source, Field::ALL).unwrap().render(values, Grammar::of(tag))
    }

    fn named(name: &str) -> Values<'_> {
        Values { name: Some(name), ..Values::default() }
    }

    #[test]
    fn with_a_name_and_without() {
        let source = "[{name}, ]this is taking too long.";
        assert_eq!(render(source, &named("Jackie"), "en"), "Jackie, this is taking too long.");
        assert_eq!(render(source, &Values::default(), "en"), "This is taking too long.");
        assert_eq!(render("[{name}, ]iyi", &Values::default(), "tr"), "İyi");
        assert_eq!(render(source, &named("יעל"), "en"), "\u{2068}יעל\u{2069}, this is taking too long.");
    }

    #[test]
    fn what_is_missing_outside_brackets_leaves_no_trace() {
        assert_eq!(render("Hello {name}, it  failed.", &Values::default(), "en"), "Hello, it failed.");
        assert_eq!(render("{name}, it failed {operation}.", &Values::default(), "en"), "It failed.");
        assert_eq!(
            render("about {eta_minutes, plural, other {# minutes}}", &Values::default(), "en"),
            "About"
        );
        assert_eq!(render(" wait ... and\n\tsee ", &Values::default(), "en"), "Wait ... and see");
    }

    #[test]
    fn brackets_in_brackets_stand_by_themselves() {
        let source = "It failed[ for {name}[ during {operation}]].";
        assert_eq!(render(source, &named("Jo"), "en"), "It failed for Jo.");
        let both = Values { operation: Some("checkout"), ..named("Jo") };
        assert_eq!(render(source, &both, "en"), "It failed for Jo during checkout.");
        let other = Values { operation: Some("checkout"), ..Values::default() };
        assert_eq!(render(source, &other, "en"), "It failed.");
        assert_eq!(render("Soon[, in {eta_minutes} min].", &Values::default(), "en"), "Soon.");
    }

    #[test]
    fn plurals_by_language() {
        let source = "{n, plural, =0 {now} one {# минута} few {# минуты} many {# минут} other {# минуты}}";
        let text = |n, tag| render(source, &Values { n: Some(n), ..Values::default() }, tag);
        assert_eq!(text(0, "ru"), "Now");
        assert_eq!(text(21, "ru"), "21 минута");
        assert_eq!(text(3, "ru"), "3 минуты");
        assert_eq!(text(11, "ru"), "11 минут");
        assert_eq!(text(21, "en"), "21 минуты");
    }

    #[test]
    fn an_arm_can_hold_what_a_text_can() {
        let source = "{times, plural, one {once[, {name}]} other {# times[, {name}] '#' '{'}}";
        let text = |n, name| render(source, &Values { times: Some(n), name, ..Values::default() }, "en");
        assert_eq!(text(1, Some("Jo")), "Once, Jo");
        assert_eq!(text(2, None), "2 times # {");
    }

    #[test]
    fn the_examples_of_the_module() {
        let values = Values { times: Some(3), eta_minutes: Some(12), ..named("Jackie") };
        let first = Values { times: Some(1), ..Values::default() };
        for (source, known, unknown) in [
            ("[{name}, ]this is slow.", "Jackie, this is slow.", "This is slow."),
            ("Failed{times, plural, one {} other { # times}}.", "Failed 3 times.", "Failed."),
            ("[Back in {eta_minutes, plural, =1 {a minute} other {# minutes}}.]", "Back in 12 minutes.", ""),
            ("it''s '{'here'}'", "It's {here}", "It's {here}"),
        ] {
            assert_eq!(render(source, &values, "en"), known);
            assert_eq!(render(source, &first, "en"), unknown);
        }
    }

    #[test]
    fn a_value_is_never_read_as_a_template() {
        assert_eq!(
            render("{operation}!", &Values { operation: Some("{name}[x]'#"), ..Values::default() }, "en"),
            "{Name}[x]'#!"
        );
    }

    /// Every isolate closed, none closed that was not open.
    fn balanced(text: &str) -> bool {
        let depth = text.chars().try_fold(0_i32, |depth, c| match c {
            '\u{2066}'..='\u{2068}' => Some(depth + 1),
            '\u{2069}' => (depth > 0).then_some(depth - 1),
            '\u{202a}'..='\u{202e}' => None,
            _ => Some(depth),
        });
        depth == Some(0)
    }

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("{name}".to_owned()),
            Just("[{name}, ]".to_owned()),
            Just("[".to_owned()),
            Just("]".to_owned()),
            Just("{".to_owned()),
            Just("}".to_owned()),
            Just("'".to_owned()),
            Just("{n, plural, one {#} other {[{operation}] #}}".to_owned()),
            Just("{eta_minutes}".to_owned()),
            Just("{n, plural, =".to_owned()),
            Just("other {".to_owned()),
            "\\PC{0,4}",
            any::<char>().prop_map(String::from),
        ]
    }

    proptest! {
        #[test]
        fn nothing_panics_and_isolates_are_paired(
            pieces in proptest::collection::vec(piece(), 0..12),
            name in any::<Option<String>>(),
            operation in proptest::option::of("[\u{5d0}a\u{2066}-\u{2069}\u{202a}-\u{202e}\u{2029} ]{0,12}"),
            n in any::<Option<u64>>(),
            tag in prop_oneof!["ar", "en", "tr", "ru"],
        ) {
            if let Ok(template) = Template::parse(&pieces.concat(), Field::ALL) {
                let values = Values { name: name.as_deref(), operation: operation.as_deref(), n, ..Values::default() };
                let text = template.render(&values, Grammar::of(&tag));
                prop_assert!(balanced(&text), "{text:?}");
                prop_assert!(!text.contains("  "));
            }
        }
    }
}

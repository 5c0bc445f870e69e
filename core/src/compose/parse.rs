//! Compiles a text. Strict: a mistake in a text is found when it is loaded, not when someone reads it.

use super::bidi;
use super::plural::Category;
use super::template::{Arm, Field, Part, When};

/// The longest source, in characters.
const LONGEST: usize = 400;

/// How deep `[` and plural cases may nest.
const DEEPEST: u8 = 4;

/// A mistake in a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: {fault}")]
pub struct TemplateError {
    /// Where, counted from 1.
    pub at: usize,
    /// What, and what to do.
    pub fault: TemplateFault,
}

/// What is wrong in a text, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateFault {
    /// More than 400 characters.
    #[error("the text is too long: write at most {LONGEST} characters")]
    TooLong,
    /// Nothing to say.
    #[error("the text is empty: write one, or leave its language out")]
    Empty,
    /// A field that this text cannot say.
    #[error(
        "`{field}` is not known in this text: {} (write '{{' in apostrophes for a brace)",
        allowed_words(allowed)
    )]
    UnknownField {
        /// What stands in the braces.
        field: String,
        /// What may stand there.
        allowed: Vec<&'static str>,
    },
    /// Something other than a plural after a field's comma.
    #[error("`{0}` is not a format: write {{field}} or {{field, plural, one {{...}} other {{...}}}}")]
    UnknownFormat(String),
    /// A plural of something that is no number.
    #[error("`{0}` is no number: a plural needs one")]
    PluralOfText(&'static str),
    /// Not one of CLDR's categories.
    #[error("`{0}` is no plural category: use =N, zero, one, two, few, many or other")]
    UnknownCategory(String),
    /// A case twice.
    #[error("this plural case is there twice: remove one")]
    RepeatedCase,
    /// A plural without its last resort.
    #[error("the plural has no `other`: add other {{...}}")]
    NoOther,
    /// A `{` without its `}`.
    #[error("the `{{` here is not closed: add `}}`, or write '{{' in apostrophes")]
    OpenBrace,
    /// A `}` without its `{`.
    #[error("this `}}` closes nothing: remove it, or write '}}' in apostrophes")]
    StrayBrace,
    /// A `[` without its `]`.
    #[error("the `[` here is not closed: add `]`, or write '[' in apostrophes")]
    OpenBracket,
    /// A `]` without its `[`.
    #[error("this `]` closes nothing: remove it, or write ']' in apostrophes")]
    StrayBracket,
    /// A `[...]` that could never be left out.
    #[error("nothing in these brackets can be missing: put a {{field}} in, or write '[' in apostrophes")]
    NeverMissing,
    /// Too many levels.
    #[error("brackets and plural cases nest too deep: at most {DEEPEST}")]
    TooDeep,
    /// A control character.
    #[error("an invisible control character: remove it (direction is taken care of)")]
    Control,
}

fn allowed_words(allowed: &[&str]) -> String {
    if allowed.is_empty() { "it has no fields".to_owned() } else { format!("use {}", allowed.join(", ")) }
}

pub(crate) fn parse(source: &str, allowed: &[Field]) -> Result<Vec<Part>, TemplateError> {
    let chars: Vec<char> = source.chars().take(LONGEST + 1).collect();
    let mut parser = Parser { chars: &chars, at: 0, allowed };
    if chars.len() > LONGEST {
        return Err(fault(LONGEST, TemplateFault::TooLong));
    }
    if source.trim().is_empty() {
        return Err(fault(0, TemplateFault::Empty));
    }
    parser.parts(Within::Text, None, 0)
}

/// What the parts are in, which says what ends them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Brackets,
    Case,
}

const fn fault(at: usize, fault: TemplateFault) -> TemplateError {
    TemplateError { at: at + 1, fault }
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
    allowed: &'a [Field],
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// `number`: what `#` says here. Recursion ends at `DEEPEST`.
    fn parts(
        &mut self,
        within: Within,
        number: Option<Field>,
        depth: u8,
    ) -> Result<Vec<Part>, TemplateError> {
        let opened = self.at.saturating_sub(1);
        if depth > DEEPEST {
            return Err(fault(opened, TemplateFault::TooDeep));
        }
        let mut parts = Vec::new();
        let mut text = String::new();
        while let Some(c) = self.peek() {
            let here = self.at;
            self.at += 1;
            let part = match (c, within, number) {
                ('\'', ..) => {
                    text.push(self.quoted(number.is_some()));
                    continue;
                }
                ('}', Within::Case, _) | (']', Within::Brackets, _) => {
                    flush(&mut text, &mut parts);
                    return Ok(parts);
                }
                ('}', ..) => return Err(fault(here, TemplateFault::StrayBrace)),
                (']', ..) => return Err(fault(here, TemplateFault::StrayBracket)),
                ('#', _, Some(field)) => Part::Field(field),
                ('{', ..) => self.field(here, depth)?,
                ('[', ..) => {
                    let inner = self.parts(Within::Brackets, number, depth + 1)?;
                    if !inner.iter().any(|part| matches!(part, Part::Field(_) | Part::Plural(..))) {
                        return Err(fault(here, TemplateFault::NeverMissing));
                    }
                    Part::Optional(inner)
                }
                (' ' | '\t' | '\n' | '\r', ..) => {
                    text.push(' ');
                    continue;
                }
                _ if c.is_control() || bidi::is_paired_control(c) => {
                    return Err(fault(here, TemplateFault::Control));
                }
                _ => {
                    text.push(c);
                    continue;
                }
            };
            flush(&mut text, &mut parts);
            parts.push(part);
        }
        flush(&mut text, &mut parts);
        match within {
            Within::Text => Ok(parts),
            Within::Brackets => Err(fault(opened, TemplateFault::OpenBracket)),
            Within::Case => Err(fault(opened, TemplateFault::OpenBrace)),
        }
    }

    /// After an apostrophe. `''` is one, and one character of syntax between two is literal; any other apostrophe is
    /// itself, so that "l'{operation}" needs no thought. (ICU quotes on to the next apostrophe, however far off.)
    fn quoted(&mut self, in_plural: bool) -> char {
        match (self.peek(), self.chars.get(self.at + 1)) {
            (Some('\''), _) => {
                self.at += 1;
                '\''
            }
            (Some(c @ ('{' | '}' | '[' | ']' | '#')), Some('\'')) if c != '#' || in_plural => {
                self.at += 2;
                c
            }
            _ => '\'',
        }
    }

    /// After the `{` at `opened`.
    fn field(&mut self, opened: usize, depth: u8) -> Result<Part, TemplateError> {
        let word = self.word();
        let Some(field) = Field::from_word(&word).filter(|field| self.allowed.contains(field)) else {
            let allowed = self.allowed.iter().map(|field| field.as_str()).collect();
            return Err(fault(opened, TemplateFault::UnknownField { field: word, allowed }));
        };
        match self.next_sign() {
            Some('}') => return Ok(Part::Field(field)),
            Some(',') => {}
            Some(c) => return Err(fault(opened, TemplateFault::UnknownFormat(c.to_string()))),
            None => return Err(fault(opened, TemplateFault::OpenBrace)),
        }
        let format = self.word();
        if format != "plural" || self.next_sign() != Some(',') {
            return Err(fault(opened, TemplateFault::UnknownFormat(format)));
        }
        if !field.is_number() {
            return Err(fault(opened, TemplateFault::PluralOfText(field.as_str())));
        }
        self.plural(field, opened, depth)
    }

    fn plural(&mut self, field: Field, opened: usize, depth: u8) -> Result<Part, TemplateError> {
        let mut arms: Vec<Arm> = Vec::new();
        loop {
            self.skip_spaces();
            let here = self.at;
            match self.peek() {
                Some('}') => {
                    self.at += 1;
                    break;
                }
                Some(_) => {}
                None => return Err(fault(opened, TemplateFault::OpenBrace)),
            }
            let when = self.when()?;
            if arms.iter().any(|arm| arm.when == when) {
                return Err(fault(here, TemplateFault::RepeatedCase));
            }
            if self.next_sign() != Some('{') {
                return Err(fault(here, TemplateFault::OpenBrace));
            }
            arms.push(Arm { when, parts: self.parts(Within::Case, Some(field), depth + 1)? });
        }
        if !arms.iter().any(|arm| arm.when == When::Is(Category::Other)) {
            return Err(fault(opened, TemplateFault::NoOther));
        }
        Ok(Part::Plural(field, arms))
    }

    fn when(&mut self) -> Result<When, TemplateError> {
        let here = self.at;
        let exact = self.peek() == Some('=');
        if exact {
            self.at += 1;
        }
        let word = self.word();
        let when = if exact {
            word.parse().ok().map(When::Exactly)
        } else {
            Category::from_word(&word).map(When::Is)
        };
        when.ok_or_else(|| fault(here, TemplateFault::UnknownCategory(word)))
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn next_sign(&mut self) -> Option<char> {
        self.skip_spaces();
        let sign = self.peek()?;
        self.at += 1;
        Some(sign)
    }

    /// All up to the next sign of syntax, so that an error can show it whole.
    fn word(&mut self) -> String {
        self.skip_spaces();
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let word: String =
            rest.iter().take_while(|c| !c.is_whitespace() && !"{}[],'=".contains(**c)).collect();
        self.at += word.chars().count();
        word
    }
}

fn flush(text: &mut String, parts: &mut Vec<Part>) {
    if !text.is_empty() {
        parts.push(Part::Text(std::mem::take(text).into_boxed_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[Field::Name, Field::N];

    fn text(text: &str) -> Part {
        Part::Text(text.into())
    }

    fn error(source: &str) -> (usize, TemplateFault) {
        let error = parse(source, FIELDS).unwrap_err();
        (error.at, error.fault)
    }

    #[test]
    fn apostrophes() {
        for (source, expected) in [
            ("something's wrong", "something's wrong"),
            ("it''s", "it's"),
            ("a '{' b '}' c '[' d ']'", "a { b } c [ d ]"),
            ("no. '#' 1", "no. '#' 1"),
            ("end'", "end'"),
        ] {
            assert_eq!(parse(source, FIELDS), Ok(vec![text(expected)]), "{source}");
        }
        assert_eq!(
            parse("l'{name} d'{ name }", FIELDS),
            Ok(vec![text("l'"), Part::Field(Field::Name), text(" d'"), Part::Field(Field::Name)])
        );
    }

    #[test]
    fn mistakes_are_found_with_their_place() {
        use TemplateFault as F;
        // The brace of the fifth case; each is 18 characters long.
        let deep_plural = format!("{}x{}", "{n, plural, other{".repeat(5), "}}".repeat(5));
        let unknown = |field: &str| F::UnknownField { field: field.to_owned(), allowed: vec!["name", "n"] };
        for (source, at, expected) in [
            ("", 1, F::Empty),
            (" \n", 1, F::Empty),
            ("Hi {nmae}", 4, unknown("nmae")),
            ("Hi {times}", 4, unknown("times")),
            ("Hi {}", 4, unknown("")),
            ("Hi {name", 4, F::OpenBrace),
            ("Hi {name x}", 4, F::UnknownFormat("x".to_owned())),
            ("Hi {n, select, other {}}", 4, F::UnknownFormat("select".to_owned())),
            ("Hi }", 4, F::StrayBrace),
            ("Hi ]", 4, F::StrayBracket),
            ("Hi [{name}", 4, F::OpenBracket),
            ("Hi [{name}[{n}", 11, F::OpenBracket),
            ("Hi [there]", 4, F::NeverMissing),
            ("{name, plural, other {x}}", 1, F::PluralOfText("name")),
            ("{n, plural, one {x}}", 1, F::NoOther),
            ("{n, plural, one {x} one {y} other {z}}", 21, F::RepeatedCase),
            ("{n, plural, lots {x} other {z}}", 13, F::UnknownCategory("lots".to_owned())),
            ("{n, plural, =x {x} other {z}}", 13, F::UnknownCategory("x".to_owned())),
            ("{n, plural, other {z}", 1, F::OpenBrace),
            ("{n, plural, other {z", 19, F::OpenBrace),
            ("{n, plural, other z}", 13, F::OpenBrace),
            ("{n, plural, other {z]}}", 21, F::StrayBracket),
            ("a\u{202e}b", 2, F::Control),
            ("a\u{7}", 2, F::Control),
            ("[{n}[{n}[{n}[{n}[{n}]]]]]", 17, F::TooDeep),
            (&deep_plural, 90, F::TooDeep),
        ] {
            assert_eq!(error(source), (at, expected), "{source}");
        }
        assert_eq!(error(&"x".repeat(401)), (401, F::TooLong));
        assert!(parse(&"x".repeat(400), FIELDS).is_ok());
        let plural = format!("{}x{}", "{n, plural, other{".repeat(4), "}}".repeat(4));
        assert!(parse(&plural, FIELDS).is_ok());
        assert!(parse(&"[".repeat(400), FIELDS).is_err());
    }

    #[test]
    fn a_mistake_says_what_to_do() {
        assert_eq!(
            parse("Hi {nmae}", FIELDS).unwrap_err().to_string(),
            "at character 4: `nmae` is not known in this text: use name, n (write '{' in apostrophes for a brace)"
        );
        assert_eq!(
            parse("Hi {name", FIELDS).unwrap_err().to_string(),
            "at character 4: the `{` here is not closed: add `}`, or write '{' in apostrophes"
        );
    }
}

//! Reading a TOML table key by key, collecting every problem instead of stopping at the first.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, place};
use crate::instant;

/// A file being read.
pub(super) struct Source<'s> {
    pub(super) text: &'s str,
    /// Looks up an environment variable.
    pub(super) env: &'s dyn Fn(&str) -> Option<String>,
    problems: RefCell<Vec<Problem>>,
}

/// A value with where it stands.
#[derive(Debug, Clone)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) at: Range<usize>,
}

/// See the module. Keys that nobody asked for are a problem, reported by [`Table::finish`].
pub(super) struct Table<'s> {
    source: &'s Source<'s>,
    entries: &'s DeTable<'s>,
    /// Where it begins, for what is missing.
    pub(super) at: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

type Value<'s> = &'s Spanned<DeValue<'s>>;

impl<'s> Source<'s> {
    pub(super) fn new(text: &'s str, env: &'s dyn Fn(&str) -> Option<String>) -> Self {
        Self { text, env, problems: RefCell::default() }
    }

    pub(super) fn report(&self, at: &Range<usize>, message: impl Into<String>) {
        let mut problems = self.problems.borrow_mut();
        // A file of nothing but mistakes is not listed for ever.
        if problems.len() < 100 {
            let (line, column) = place(self.text, at.start);
            problems.push(Problem { line, column, message: message.into() });
        }
    }

    /// All problems, in the order of the file.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = self.problems.borrow().clone();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }

    /// `${NAME}` replaced by the environment's word, so that secrets need not stand in the file.
    fn expand(&self, text: &str, at: &Range<usize>) -> Option<String> {
        let mut whole = String::new();
        let mut rest = text;
        while let Some((before, name)) = rest.split_once("${") {
            whole += before;
            let Some((name, after)) = name.split_once('}') else {
                self.report(at, "has ${ without }; write ${NAME}");
                return None;
            };
            let Some(word) = (self.env)(name) else {
                self.report(at, format!("the environment has no variable {name}; set it"));
                return None;
            };
            whole += &word;
            rest = after;
        }
        Some(whole + rest)
    }
}

impl<'s> Table<'s> {
    pub(super) fn new(source: &'s Source<'s>, entries: &'s DeTable<'s>, at: Range<usize>) -> Self {
        Self { source, entries, at, asked: RefCell::default() }
    }

    pub(super) fn report(&self, at: &Range<usize>, message: impl Into<String>) {
        self.source.report(at, message);
    }

    /// Whether the key is there, whatever it says.
    pub(super) fn contains(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    fn get(&self, key: &'static str) -> Option<Value<'s>> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key)
    }

    fn wrong<T>(&self, value: Value<'_>, key: &str, want: &str) -> Option<T> {
        self.report(&value.span(), format!("{key} has to be {want}"));
        None
    }

    /// Says that a key has to be there.
    pub(super) fn missing(&self, key: &str, example: &str) {
        self.report(&self.at, format!("{key} is missing; write {key} = {example}"));
    }

    pub(super) fn text(&self, key: &'static str) -> Option<Found<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => {
                let value_at = value.span();
                Some(Found { value: self.source.expand(text, &value_at)?, at: value_at })
            }
            _ => self.wrong(value, key, "a text in quotes"),
        }
    }

    /// A text that has to be there.
    pub(super) fn needed_text(&self, key: &'static str, example: &str) -> Option<Found<String>> {
        if !self.entries.contains_key(key) {
            self.asked.borrow_mut().push(key);
            self.missing(key, &format!("{example:?}"));
            return None;
        }
        self.text(key)
    }

    /// One of these words.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<Found<T>> {
        let found = self.text(key)?;
        self.known(key, &found, words).map(|value| Found { value, at: found.at })
    }

    fn known<T: Copy>(&self, key: &str, found: &Found<String>, words: &[(&str, T)]) -> Option<T> {
        let known = words.iter().find(|(word, _)| *word == found.value).map(|(_, value)| *value);
        if known.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let like = suggestion(&found.value, all.iter().copied());
            self.report(&found.at, format!("{key} is none of {}{like}", all.join(", ")));
        }
        known
    }

    /// A list of these words.
    pub(super) fn words<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Vec<Found<T>> {
        let found = self.texts(key).unwrap_or_default();
        found
            .into_iter()
            .filter_map(|found| {
                self.known(key, &found, words).map(|value| Found { value, at: found.at.clone() })
            })
            .collect()
    }

    /// A list of texts, or one alone; `None` where the key is not there.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<Found<String>>> {
        let value = self.get(key)?;
        let text = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
            DeValue::String(text) => {
                let at = value.span();
                Some(Found { value: self.source.expand(text, &at)?, at })
            }
            _ => self.wrong(value, key, "a list of texts, as [\"one\", \"two\"]"),
        };
        match value.get_ref() {
            DeValue::Array(values) => Some(values.iter().filter_map(text).collect()),
            _ => Some(text(value).into_iter().collect()),
        }
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong(value, key, "true or false"),
        }
    }

    pub(super) fn whole(&self, key: &'static str, within: RangeInclusive<i64>) -> Option<i64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let want = format!("a whole number from {} to {}", within.start(), within.end());
        number.filter(|number| within.contains(number)).or_else(|| self.wrong(value, key, &want))
    }

    pub(super) fn number(&self, key: &'static str, within: RangeInclusive<f64>) -> Option<Found<f64>> {
        let value = self.get(key)?;
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let want = format!("a number from {} to {}", within.start(), within.end());
        number
            .filter(|number| within.contains(number))
            .map(|number| Found { value: number, at: value.span() })
            .or_else(|| self.wrong(value, key, &want))
    }

    /// A duration in seconds, written as `30m`.
    pub(super) fn duration(&self, key: &'static str, within: RangeInclusive<i64>) -> Option<i64> {
        let value = self.get(key)?;
        let seconds = match value.get_ref() {
            DeValue::String(text) => instant::duration_s(text),
            _ => None,
        };
        let want = format!(
            "a duration from {} to {}, as \"30s\", \"15m\", \"2h\" or \"7d\"",
            duration(*within.start()),
            duration(*within.end())
        );
        seconds.filter(|seconds| within.contains(seconds)).or_else(|| self.wrong(value, key, &want))
    }

    /// A point in time, as TOML's own or RFC 3339 in quotes, in Unix seconds.
    pub(super) fn time(&self, key: &'static str) -> Option<i64> {
        let value = self.get(key)?;
        let seconds = match value.get_ref() {
            DeValue::Datetime(time) => instant::parse(&time.to_string()),
            DeValue::String(text) => instant::parse(text),
            _ => None,
        };
        seconds.or_else(|| self.wrong(value, key, "a time with its offset, as 2026-11-22T18:00:00Z"))
    }

    /// A table in a table.
    pub(super) fn table(&self, key: &'static str) -> Option<Self> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(self.source, entries, value.span())),
            _ => self.wrong(value, key, "a table, as { release = \"2.5.0\" }"),
        }
    }

    /// An array of tables: `[[key]]`.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(values) = value.get_ref() else {
            self.report(&value.span(), format!("{key} has to be a list of tables; write [[{key}]]"));
            return Vec::new();
        };
        let table = |value: Value<'s>| match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(self.source, entries, value.span())),
            _ => self.wrong(value, key, "a table"),
        };
        values.iter().filter_map(table).collect()
    }

    /// Texts under names that are the file's own choice.
    pub(super) fn pairs(&self) -> Vec<(Found<String>, Found<String>)> {
        let pair = |(name, value): (&Spanned<std::borrow::Cow<'_, str>>, Value<'s>)| match value.get_ref() {
            DeValue::String(text) => {
                let name = Found { value: name.get_ref().to_string(), at: name.span() };
                let at = value.span();
                Some((name, Found { value: self.source.expand(text, &at)?, at }))
            }
            _ => self.wrong(value, name.get_ref(), "a text in quotes"),
        };
        self.entries.iter().filter_map(pair).collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.entries.keys() {
            let name = key.get_ref();
            if !asked.contains(&&**name) {
                let like = suggestion(name, asked.iter().copied());
                self.report(&key.span(), format!("there is no key {name:?} here{like}"));
            }
        }
    }
}

/// `; did you mean "…"?`, where something is near.
pub(super) fn suggestion<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> String {
    // Comparing takes the product of both lengths.
    words
        .filter(|known| word.len() <= 100 && known.len() <= 100)
        .map(|known| (strsim::jaro_winkler(word, known), known))
        .filter(|(near, _)| *near > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map_or_else(String::new, |(_, known)| format!("; did you mean {known:?}?"))
}

fn duration(seconds: i64) -> String {
    match seconds {
        _ if seconds % 86_400 == 0 && seconds > 0 => format!("{}d", seconds / 86_400),
        _ if seconds % 3_600 == 0 && seconds > 0 => format!("{}h", seconds / 3_600),
        _ if seconds % 60 == 0 && seconds > 0 => format!("{}m", seconds / 60),
        _ => format!("{seconds}s"),
    }
}

//! The part of `PromQL` that rollout tools need: `vector(1)`, and one metric with labels that are equal to something.

/// An expression that is understood.
#[derive(Debug, PartialEq)]
pub(super) enum Expression {
    /// `vector(number)`.
    Vector(f64),
    /// A metric with its labels.
    Selector {
        /// One of [`METRICS`].
        metric: Metric,
        /// Names and values, as written.
        labels: Vec<(String, String)>,
    },
}

/// What may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Metric {
    FailureRate,
    RateRatio,
    RateRatioLow,
    RateRatioHigh,
    EValue,
}

/// All metrics by name.
pub(super) const METRICS: [(&str, Metric); 5] = [
    ("amends_failure_rate", Metric::FailureRate),
    ("amends_rate_ratio", Metric::RateRatio),
    ("amends_rate_ratio_low", Metric::RateRatioLow),
    ("amends_rate_ratio_high", Metric::RateRatioHigh),
    ("amends_e_value", Metric::EValue),
];

impl Metric {
    /// Its name in an answer.
    pub(super) fn name(self) -> &'static str {
        METRICS.iter().find(|(_, metric)| *metric == self).map_or("", |(name, _)| name)
    }
}

/// Reads an expression; says what is not understood, and what would be.
pub(super) fn parse(text: &str) -> Result<Expression, String> {
    let mut rest = Rest(text.trim());
    let name = rest.name().ok_or_else(|| format!("expected a metric or vector(1) at {:?}", rest.start()))?;
    let expression = if name == "vector" {
        rest.expect('(')?;
        let number = rest.until(')')?;
        let value = number.trim().parse::<f64>().ok().filter(|value| value.is_finite());
        Expression::Vector(value.ok_or_else(|| format!("vector takes a number, not {number:?}"))?)
    } else {
        let metric = METRICS.iter().find(|(known, _)| *known == name).map(|(_, metric)| *metric);
        let metric = metric.ok_or_else(|| {
            let names: Vec<&str> = METRICS.iter().map(|(name, _)| *name).collect();
            format!("{name:?} is not known here; there are vector(1), {}", names.join(", "))
        })?;
        Expression::Selector { metric, labels: rest.labels()? }
    };
    match rest.peek() {
        None => Ok(expression),
        Some('[') => {
            Err("ranges such as [1h] are not supported: use the label since, e.g. since=\"1h\"".to_owned())
        }
        Some(_) => Err(format!(
            "{:?} is not supported: ask for one metric, and let the rollout tool compare it",
            rest.start()
        )),
    }
}

/// What is not read yet.
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    /// The next character that is no white space.
    fn peek(&mut self) -> Option<char> {
        self.0 = self.0.trim_start();
        self.0.chars().next()
    }

    /// The beginning of it, for a message.
    fn start(&self) -> String {
        crate::count::shorten(self.0)
    }

    fn take(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        if found {
            self.0 = self.0.get(character.len_utf8()..).unwrap_or_default();
        }
        found
    }

    fn expect(&mut self, character: char) -> Result<(), String> {
        if self.take(character) {
            Ok(())
        } else {
            Err(format!("expected {character:?} at {:?}", self.start()))
        }
    }

    fn name(&mut self) -> Option<&'t str> {
        self.peek();
        let part = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let end = self.0.find(|character| !part(character)).unwrap_or(self.0.len());
        let (name, rest) = self.0.split_at_checked(end)?;
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        Some(name)
    }

    fn until(&mut self, end: char) -> Result<&'t str, String> {
        let (text, rest) = self.0.split_once(end).ok_or_else(|| format!("there is no {end:?}"))?;
        self.0 = rest;
        Ok(text)
    }

    /// `{name="value", …}`, or nothing.
    fn labels(&mut self) -> Result<Vec<(String, String)>, String> {
        let mut labels = Vec::new();
        if !self.take('{') {
            return Ok(labels);
        }
        while !self.take('}') {
            let name = self.name().ok_or_else(|| format!("expected a label at {:?}", self.start()))?;
            if !self.take('=') || matches!(self.0.chars().next(), Some('~')) {
                return Err(format!("label {name:?} can only be compared with = here"));
            }
            labels.push((name.to_owned(), self.string()?));
            if !self.take(',') {
                self.expect('}')?;
                break;
            }
        }
        Ok(labels)
    }

    fn string(&mut self) -> Result<String, String> {
        let quote = self.peek().filter(|quote| matches!(quote, '"' | '\'' | '`'));
        let quote = quote.ok_or_else(|| format!("expected a string at {:?}", self.start()))?;
        let mut characters = self.0.char_indices().skip(1);
        let mut text = String::new();
        while let Some((at, character)) = characters.next() {
            if character == quote {
                self.0 = self.0.get(at + quote.len_utf8()..).unwrap_or_default();
                return Ok(text);
            }
            if character != '\\' || quote == '`' {
                text.push(character);
                continue;
            }
            match characters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, other @ ('\\' | '"' | '\''))) => text.push(other),
                _ => return Err(format!("unknown escape in the string at {:?}", self.start())),
            }
        }
        Err(format!("the string at {:?} does not end", self.start()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_tools_ask_is_understood() {
        assert_eq!(parse("vector(1)"), Ok(Expression::Vector(1.0)));
        assert_eq!(parse(" vector( 0.5 ) "), Ok(Expression::Vector(0.5)));
        for (text, metric, pairs) in [
            ("amends_e_value", Metric::EValue, &[][..]),
            ("amends_e_value{}", Metric::EValue, &[]),
            (
                r#"amends_failure_rate{app="shop",release="2.0"}"#,
                Metric::FailureRate,
                &[("app", "shop"), ("release", "2.0")],
            ),
            (
                " amends_rate_ratio { release = '2.0+\\'x\\'' , control=`1\\9`, } ",
                Metric::RateRatio,
                &[("release", "2.0+'x'"), ("control", "1\\9")],
            ),
            (r#"amends_rate_ratio_low{release="é\"\\\n"}"#, Metric::RateRatioLow, &[("release", "é\"\\\n")]),
        ] {
            assert_eq!(parse(text), Ok(Expression::Selector { metric, labels: labels(pairs) }), "{text}");
        }
        for (name, metric) in METRICS {
            assert_eq!(metric.name(), name);
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (text, words) in [
            ("", "expected a metric"),
            ("up", "amends_failure_rate"),
            ("1 + 1", "expected a metric"),
            ("vector", "expected '('"),
            ("vector(x)", "takes a number"),
            ("vector(inf)", "takes a number"),
            ("vector(1", "no ')'"),
            ("amends_e_value{release=\"2\"}[1h]", "since"),
            ("amends_e_value{release=\"2\"} > 100", "compare it"),
            ("amends_e_value offset 5m", "not supported"),
            ("sum(amends_e_value)", "\"sum\""),
            ("amends_e_value{release!=\"2\"}", "only be compared with ="),
            ("amends_e_value{release=~\"2.*\"}", "only be compared with ="),
            ("amends_e_value{release=2}", "expected a string"),
            ("amends_e_value{release=\"2}", "does not end"),
            ("amends_e_value{release=\"\\q\"}", "escape"),
            ("amends_e_value{release=\"2\"", "expected '}'"),
            ("amends_e_value{=\"2\"}", "expected a label"),
            ("amends_e_value{release=\"2\" app=\"x\"}", "expected '}'"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{text:?}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_an_expression_or_an_error(text in ".{0,80}", tail in "[a-z_{}\\[\\]()=\"'`\\\\, ]{0,40}") {
            let _ = parse(&text);
            let _ = parse(&format!("amends_e_value{tail}"));
        }
    }
}

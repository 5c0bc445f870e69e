//! `[[alert]]`.

use super::table::{Found, Table, suggestion};
use crate::alerts::burn_rate::{BurnRate, PAIRS, Pair};
use crate::alerts::definition::{Alert, By, Detector, Measure, Severity};
use crate::alerts::e_detector::Unusual;
use crate::alerts::rule::Rule;
use crate::count::vocabulary::Kind;

/// Each is judged at every look.
const MOST: usize = 100;
const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// All alerts of a file; `outputs` are the names that may be told.
pub(super) fn alerts(root: &Table<'_>, outputs: &[String]) -> Vec<Alert> {
    let mut alerts: Vec<Alert> = Vec::new();
    let tables = root.tables("alert");
    if let Some(table) = tables.get(MOST) {
        root.report(&table.at, format!("there are more than {MOST} alerts; watch less, or split by a label"));
    }
    let mut names: Vec<String> = Vec::new();
    for table in tables.into_iter().take(MOST) {
        // Also that of one that is wrong otherwise.
        let name = name(&table, "checkout-errors", |name| names.iter().any(|taken| taken == name));
        names.extend(name.clone());
        let alert = alert(&table, name, outputs);
        table.finish();
        alerts.extend(alert);
    }
    alerts
}

fn alert(table: &Table<'_>, name: Option<String>, outputs: &[String]) -> Option<Alert> {
    let measure = table
        .word("measure", &[("sessions", Measure::Sessions), ("failures", Measure::Failures)])
        .map_or(Measure::Sessions, |found| found.value);
    let only = only(table, measure);
    let by = table.words("by", &By::ALL);
    for (at, found) in by.iter().enumerate() {
        carried(table, found, measure);
        if by.iter().take(at).any(|other| other.value == found.value) {
            table.report(&found.at, format!("by names {} twice", found.value.word()));
        }
    }
    let severity = table
        .word("severity", &[("page", Severity::Page), ("ticket", Severity::Ticket)])
        .map_or(Severity::Page, |found| found.value);
    let detector = detector(table, severity);
    let to = match table.texts("to") {
        None => outputs.to_vec(),
        Some(names) => names.into_iter().map(|name| known_output(table, name, outputs)).collect(),
    };
    let hold = table.duration("for", 0..=DAY);
    let resolve_after = table.duration("resolve_after", 0..=DAY);
    let repeat = table.duration("repeat", MINUTE..=30 * DAY);
    Some(Alert {
        name: name?,
        app: table.text("app").map(|found| found.value),
        measure,
        only,
        by: by.into_iter().map(|found| found.value).collect(),
        detector: detector?,
        severity,
        hold_s: hold.unwrap_or(0),
        resolve_after_s: resolve_after.unwrap_or(15 * MINUTE),
        repeat_s: repeat.unwrap_or(4 * HOUR),
        to,
    })
}

/// A name that is given once and fits URLs, mail and labels.
pub(super) fn name(table: &Table<'_>, example: &str, taken: impl Fn(&str) -> bool) -> Option<String> {
    let name = table.needed_text("name", example)?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if name.value.is_empty() || name.value.len() > 64 || !name.value.chars().all(fits) {
        table.report(&name.at, "name has to be 1 to 64 of letters, digits, - _ and .");
    } else if taken(&name.value) {
        table.report(&name.at, "this name was given before; choose another");
    }
    Some(name.value)
}

fn known_output(table: &Table<'_>, name: Found<String>, outputs: &[String]) -> String {
    if !outputs.contains(&name.value) {
        let like = suggestion(&name.value, outputs.iter().map(String::as_str));
        table.report(&name.at, format!("no [[output]] has this name{like}"));
    }
    name.value
}

/// The labels that the counts have to have. `"_none"` is one that was never given.
fn only(table: &Table<'_>, measure: Measure) -> Vec<(By, String)> {
    let mut only = Vec::new();
    for (key, by) in By::ALL {
        let Some(found) = table.text(key) else { continue };
        carried(table, &Found { value: by, at: found.at.clone() }, measure);
        if by == By::Kind && Kind::from_word(&found.value).is_none() {
            let like = suggestion(&found.value, Kind::WORDS.iter().copied());
            table.report(&found.at, format!("kind is none of {}{like}", Kind::WORDS.join(", ")));
        }
        only.push((by, if found.value == "_none" { String::new() } else { found.value }));
    }
    only
}

fn carried(table: &Table<'_>, by: &Found<By>, measure: Measure) {
    if measure == Measure::Sessions && !by.value.of_sessions() {
        let word = by.value.word();
        table.report(
            &by.at,
            format!("sessions carry no {word}; write measure = \"failures\", or leave {word} out"),
        );
    }
}

#[derive(Clone, Copy)]
enum Type {
    Rule,
    BurnRate,
    Unusual,
}

fn detector(table: &Table<'_>, severity: Severity) -> Option<Detector> {
    let words = [("rule", Type::Rule), ("burn_rate", Type::BurnRate), ("unusual", Type::Unusual)];
    table.needed_text("type", "rule")?;
    Some(match table.word("type", &words)?.value {
        Type::Rule => Detector::Rule(rule(table)?),
        Type::BurnRate => Detector::BurnRate(burn_rate(table, severity)?),
        Type::Unusual => Detector::Unusual(unusual(table)),
    })
}

fn rule(table: &Table<'_>) -> Option<Rule> {
    let above = table.number("above_percent", 0.0..=100_000.0);
    if above.is_none() {
        table.missing("above_percent", "0.5");
    }
    let quiet = table.number("quiet_below_percent", 0.0..=100_000.0);
    let within = table.duration("within", MINUTE..=DAY).unwrap_or(15 * MINUTE);
    let least = table.whole("at_least", 1..=1_000_000_000).unwrap_or(100);
    let above = above?.value;
    if let Some(quiet) = quiet.as_ref().filter(|quiet| quiet.value > above) {
        table.report(&quiet.at, "quiet_below_percent is above above_percent; it would never be over");
    }
    Some(Rule {
        above: above / 100.0,
        quiet_below: quiet.map_or(above * 0.8, |quiet| quiet.value) / 100.0,
        within_min: (within / MINUTE).max(1),
        least,
    })
}

fn burn_rate(table: &Table<'_>, severity: Severity) -> Option<BurnRate> {
    let objective = table.number("objective_percent", 0.001..=99.999);
    if objective.is_none() {
        table.missing("objective_percent", "98");
    }
    let mut pairs: Vec<Pair> = Vec::new();
    let windows = table.tables("windows");
    let given = !windows.is_empty();
    for window in windows {
        let long = window.duration("long", 2 * MINUTE..=7 * DAY);
        let short = window.duration("short", MINUTE..=7 * DAY);
        let burn = window.number("burn", 0.01..=10_000.0);
        window.finish();
        match (long, short, burn) {
            (Some(long), Some(short), Some(burn)) if short < long => pairs.push(Pair {
                long_min: long / MINUTE,
                short_min: (short / MINUTE).max(1),
                burn: burn.value,
            }),
            (Some(_), Some(_), Some(_)) => window.report(&window.at, "short has to be shorter than long"),
            _ => window.report(&window.at, "a window is { long = \"1h\", short = \"5m\", burn = 14.4 }"),
        }
    }
    if !given {
        let half = if severity == Severity::Page { &PAIRS[..2] } else { &PAIRS[2..] };
        pairs.extend_from_slice(half);
    }
    let least = table.whole("at_least", 1..=1_000_000_000).unwrap_or(10);
    Some(BurnRate { budget: 1.0 - objective?.value / 100.0, pairs, least })
}

#[allow(clippy::cast_precision_loss)] // at most ten years in minutes
fn unusual(table: &Table<'_>) -> Unusual {
    let standard = Unusual::default();
    Unusual {
        false_alarm_min: table
            .duration("false_alarm_every", HOUR..=3_650 * DAY)
            .map_or(standard.false_alarm_min, |seconds| (seconds / MINUTE) as f64),
        times: table.number("times", 1.05..=10.0).map_or(standard.times, |found| found.value),
    }
}

//! What the page draws, as JSON.

use std::sync::Arc;

use serde::Serialize;

use super::tally::{CHART_MINUTES, Day, Sums, Tally};
use crate::count::clock::ClockRule;
use crate::count::vocabulary::{Kind, Outcome};
use crate::instant::rfc3339;

/// Lines of a table; the rest is one line.
const MOST_LINES: usize = 30;

/// See the module. Numbers of today (UTC), the chart of the last hour.
#[derive(Debug, Serialize)]
pub(super) struct Snapshot<'a> {
    app: Option<&'a str>,
    apps: Vec<&'a str>,
    /// Start of the newest minute.
    minute: String,
    /// `wall`, or `data` when time is that of the counts.
    clock: &'static str,
    today: Today,
    by_kind: Vec<Line>,
    by_release: Vec<Line>,
    by_screen: Vec<Line>,
    by_segment: Vec<Line>,
    by_region: Vec<Line>,
    minutes: Vec<Minute>,
}

#[derive(Debug, Serialize)]
struct Today {
    apologies: i64,
    failures: i64,
    opportunities: i64,
    /// Failures for 1,000 opportunities; null without opportunities.
    per_1000: Option<f64>,
    sessions: i64,
    failed_sessions: i64,
    /// Devices with a failure.
    devices: i64,
    shown: i64,
    suppressed: i64,
    held_out: i64,
    recovered: i64,
}

#[derive(Debug, Serialize)]
struct Line {
    /// Empty where the app named none.
    name: String,
    failures: i64,
    apologies: i64,
    opportunities: i64,
    per_1000: Option<f64>,
    /// Set on the last line, when it stands for this many others.
    #[serde(skip_serializing_if = "Option::is_none")]
    rest: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Minute {
    t: String,
    failures: i64,
    apologies: i64,
    opportunities: i64,
}

impl<'a> Snapshot<'a> {
    pub(super) fn of(
        app: Option<&'a str>,
        apps: &'a [Arc<str>],
        tally: Option<&Tally>,
        now: i64,
        clock: ClockRule,
    ) -> Self {
        let nothing = Day::default();
        let day = tally.and_then(|tally| tally.day(now)).unwrap_or(&nothing);
        let minutes = (now - CHART_MINUTES + 1..=now).map(|minute| {
            let sums = tally.map(|tally| tally.minute(minute)).unwrap_or_default();
            Minute {
                t: rfc3339(minute * 60),
                failures: sums.failures,
                apologies: sums.apologies,
                opportunities: sums.opportunities,
            }
        });
        Self {
            app,
            apps: apps.iter().map(|app| &**app).collect(),
            minute: rfc3339(now * 60),
            clock: if clock == ClockRule::Any { "data" } else { "wall" },
            today: today(day),
            by_kind: lines(day.kinds.iter().map(|(kind, sums)| (Kind::word(*kind), sums))),
            by_release: lines(day.releases.iter().map(|(name, sums)| (&**name, sums))),
            by_screen: lines(day.screens.iter().map(|(name, sums)| (&**name, sums))),
            by_segment: lines(day.segments.iter().map(|(name, sums)| (&**name, sums))),
            by_region: lines(day.regions.iter().map(|(name, sums)| (&**name, sums))),
            minutes: minutes.collect(),
        }
    }
}

fn today(day: &Day) -> Today {
    let outcome = |outcome: Outcome| day.outcomes.get(outcome.word()).copied().unwrap_or(0);
    Today {
        apologies: day.sums.apologies,
        failures: day.sums.failures,
        opportunities: day.sums.opportunities,
        per_1000: per_1000(&day.sums),
        sessions: day.sessions,
        failed_sessions: day.failed_sessions,
        devices: day.sums.devices,
        shown: outcome(Outcome::Shown),
        suppressed: outcome(Outcome::Suppressed),
        held_out: outcome(Outcome::HeldOut),
        recovered: outcome(Outcome::Recovered),
    }
}

#[allow(clippy::cast_precision_loss)] // a rate for people's eyes
fn per_1000(sums: &Sums) -> Option<f64> {
    (sums.opportunities > 0)
        .then(|| (sums.failures as f64 * 100_000.0 / sums.opportunities as f64).round() / 100.0)
}

/// Most failures first, then by name; the rest in one line.
fn lines<'n>(parts: impl Iterator<Item = (&'n str, &'n Sums)>) -> Vec<Line> {
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by(|(a_name, a), (b_name, b)| {
        (b.failures, b.apologies, a_name).cmp(&(a.failures, a.apologies, b_name))
    });
    let cut = parts.split_off(parts.len().min(MOST_LINES));
    let line = |(name, sums): (&str, &Sums)| Line {
        name: name.to_owned(),
        failures: sums.failures,
        apologies: sums.apologies,
        opportunities: sums.opportunities,
        per_1000: per_1000(sums),
        rest: None,
    };
    let mut lines: Vec<_> = parts.into_iter().map(line).collect();
    if !cut.is_empty() {
        let mut rest = Sums::default();
        for (_, sums) in &cut {
            rest.plus(sums);
        }
        lines.push(Line { rest: Some(cut.len()), ..line(("", &rest)) });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_sorted_and_the_tail_is_summed() {
        let names: Vec<String> = (0..40).map(|n| format!("screen {n:02}")).collect();
        let sums: Vec<Sums> =
            (0..40).map(|n| Sums { failures: n, apologies: 1, opportunities: 100, devices: 0 }).collect();
        let lines = lines(names.iter().map(|name| &**name).zip(&sums));
        assert_eq!(lines.len(), MOST_LINES + 1);
        assert_eq!(lines.first().map(|line| (&*line.name, line.per_1000)), Some(("screen 39", Some(390.0))));
        assert_eq!(lines.last().map(|line| (line.rest, line.failures)), Some((Some(10), 45)));
    }

    #[test]
    fn no_opportunity_no_rate() {
        assert_eq!(per_1000(&Sums { failures: 3, ..Sums::default() }), None);
    }
}

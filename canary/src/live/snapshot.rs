//! What the page draws, as JSON.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::tally::{CHART_MINUTES, Day, Tally};
use crate::count::clock::ClockRule;
use crate::count::vocabulary::{Kind, Outcome};
use crate::instant::rfc3339;
use crate::sight::breakdown::{By, Line, Sums, lines};

/// Lines of a table on the page; the rest is one line.
const MOST_LINES: usize = 30;

/// See the module. Numbers of today (UTC), the chart of the last hour.
#[derive(Debug, Serialize)]
pub(crate) struct Snapshot<'a> {
    pub(crate) app: Option<&'a str>,
    pub(crate) apps: Vec<&'a str>,
    /// Start of the newest minute.
    pub(crate) minute: String,
    /// `wall`, or `data` when time is that of the counts.
    pub(crate) clock: &'static str,
    pub(crate) today: Today,
    pub(crate) by_kind: Vec<Line>,
    pub(crate) by_release: Vec<Line>,
    pub(crate) by_screen: Vec<Line>,
    pub(crate) by_segment: Vec<Line>,
    pub(crate) by_region: Vec<Line>,
    pub(crate) minutes: Vec<Minute>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Today {
    pub(crate) apologies: i64,
    pub(crate) failures: i64,
    pub(crate) opportunities: i64,
    /// Failures for 1,000 opportunities; null without opportunities.
    pub(crate) per_1000: Option<f64>,
    pub(crate) sessions: i64,
    pub(crate) failed_sessions: i64,
    /// Devices with a failure.
    pub(crate) devices: i64,
    pub(crate) shown: i64,
    pub(crate) suppressed: i64,
    pub(crate) held_out: i64,
    pub(crate) recovered: i64,
}

#[derive(Debug, Serialize)]
pub(crate) struct Minute {
    pub(crate) t: String,
    pub(crate) failures: i64,
    pub(crate) apologies: i64,
    pub(crate) opportunities: i64,
}

impl<'a> Snapshot<'a> {
    pub(super) fn of(
        app: Option<&'a str>,
        apps: &'a [Arc<str>],
        tally: Option<&Tally>,
        now: i64,
        clock: ClockRule,
        least: i64,
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
            by_kind: day_lines(day, By::Kind, least, MOST_LINES),
            by_release: day_lines(day, By::Release, least, MOST_LINES),
            by_screen: day_lines(day, By::Screen, least, MOST_LINES),
            by_segment: day_lines(day, By::Segment, least, MOST_LINES),
            by_region: day_lines(day, By::Region, least, MOST_LINES),
            minutes: minutes.collect(),
        }
    }
}

/// A day's lines: see [`lines`].
pub(super) fn day_lines(day: &Day, by: By, least: i64, most: usize) -> Vec<Line> {
    let all = day.sums.devices;
    let of = |labels: &HashMap<Arc<str>, Sums>| {
        lines(by, labels.iter().map(|(name, sums)| (&**name, *sums)), all, least, most)
    };
    match by {
        By::Release => of(&day.releases),
        By::Screen => of(&day.screens),
        By::Segment => of(&day.segments),
        By::Region => of(&day.regions),
        By::Kind => {
            lines(by, day.kinds.iter().map(|(kind, sums)| (Kind::word(*kind), *sums)), all, least, most)
        }
    }
}

fn today(day: &Day) -> Today {
    let outcome = |outcome: Outcome| day.outcomes.get(outcome.word()).copied().unwrap_or(0);
    Today {
        apologies: day.sums.apologies,
        failures: day.sums.failures,
        opportunities: day.sums.opportunities,
        per_1000: day.sums.per_1000(),
        sessions: day.sessions,
        failed_sessions: day.failed_sessions,
        devices: day.sums.devices,
        shown: outcome(Outcome::Shown),
        suppressed: outcome(Outcome::Suppressed),
        held_out: outcome(Outcome::HeldOut),
        recovered: outcome(Outcome::Recovered),
    }
}

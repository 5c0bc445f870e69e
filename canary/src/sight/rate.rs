//! Failures per 1,000 opportunities by the hour, beside what is usual for the hour.

use std::collections::BTreeMap;

use super::headline::{Headline, headline};
use super::table::{Reading, Table, Value, column};
use crate::count::vocabulary::Metric;
use crate::instant::rfc3339;
use crate::store::{ReadError, Store, Turn};
use crate::usual::{Expected, Hour, Usual};

/// Hours that are learnt from: what `usual` looks back on.
const LEARNT: i64 = 8 * 168 + 24;
/// Hours of the chart.
pub(crate) const SHOWN: i64 = 48;

/// One hour of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    /// Hours since 1970.
    pub(crate) hour: i64,
    pub(crate) failures: i64,
    pub(crate) opportunities: i64,
    /// What was to be expected of as many opportunities; `None` while the history is short.
    pub(crate) expected: Option<Expected>,
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rate {
    pub(crate) points: Vec<Point>,
    pub(crate) headline: Headline,
}

impl Point {
    /// `None` without opportunities.
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    pub(crate) fn per_1000(&self) -> Option<f64> {
        (self.opportunities > 0).then(|| self.failures as f64 * 1_000.0 / self.opportunities as f64)
    }
}

/// Reads an app's hours, `hours` of them to show. Blocks.
pub(crate) fn read(
    store: &Store,
    turn: &Turn,
    app: &str,
    now_minute: i64,
    hours: i64,
) -> Result<Rate, ReadError> {
    let running = now_minute.div_euclid(60);
    let span = (running - LEARNT.max(hours), running + 1);
    let mut sums: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    store.sum_hours(turn, app, Metric::Failures, span, &mut |hour, sum| {
        sums.entry(hour).or_default().0 = sum;
    })?;
    store.sum_hours(turn, app, Metric::Opportunities, span, &mut |hour, sum| {
        sums.entry(hour).or_default().1 = sum;
    })?;
    Ok(compare(&sums, now_minute, hours))
}

/// Beside what is usual.
fn compare(sums: &BTreeMap<i64, (i64, i64)>, now_minute: i64, hours: i64) -> Rate {
    let running = now_minute.div_euclid(60);
    let history: Vec<Hour> = sums
        .iter()
        .map(|(hour, (events, exposure))| Hour { hour: *hour, events: *events, exposure: *exposure })
        .collect();
    let usual = Usual::learn(&history, running);
    let points: Vec<Point> = (running - hours + 1..=running)
        .map(|hour| {
            let (failures, opportunities) = sums.get(&hour).copied().unwrap_or_default();
            #[allow(clippy::cast_precision_loss)] // counts far below 2^53
            let expected = (opportunities > 0).then(|| usual.at(hour, opportunities as f64)).flatten();
            Point { hour, failures, opportunities, expected }
        })
        .collect();
    let headline = headline(&points, now_minute);
    Rate { points, headline }
}

impl Rate {
    /// As a table, oldest hour first.
    pub(crate) fn table(&self) -> Table {
        let rows = self.points.iter().map(|point| {
            let expected =
                |of: fn(&Expected) -> f64| Value::number(point.expected.as_ref().map(|e| of(e) * 1_000.0));
            vec![
                Value::Text(rfc3339(point.hour * 3_600)),
                Value::Count(point.failures),
                Value::Count(point.opportunities),
                Value::number(point.per_1000()),
                expected(|expected| expected.rate),
                expected(|expected| expected.low),
                expected(|expected| expected.high),
            ]
        });
        Table {
            name: "rate",
            title: "Failures per 1,000 chances, by the hour".to_owned(),
            summary: format!("{}. {}", self.headline.text, self.headline.detail),
            columns: vec![
                column("hour", "Hour (UTC)").read_as(Reading::Hour),
                column("failures", "Failures"),
                column("opportunities", "Chances"),
                column("per_1000", "Per 1,000").read_as(Reading::Rate),
                column("usual", "Usual").read_as(Reading::Rate),
                column("usual_low", "Usual from").read_as(Reading::Rate),
                column("usual_high", "to").read_as(Reading::Rate),
            ],
            rows: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::headline::Level;
    use super::*;

    /// Four weeks at 5 per 1,000, by day and by night.
    fn weeks() -> (BTreeMap<i64, (i64, i64)>, i64) {
        let now = 490_000;
        let sums = (now - 4 * 168..=now).map(|hour| (hour, (50 + hour % 7 - 3, 10_000)));
        (sums.collect(), now)
    }

    #[test]
    fn a_doubled_hour_is_above_its_band_and_named() {
        let (mut sums, now) = weeks();
        assert_eq!(compare(&sums, now * 60 + 40, SHOWN).headline.level, Level::Usual);
        sums.insert(now, (110, 10_000));
        let rate = compare(&sums, now * 60 + 40, SHOWN);
        assert_eq!(rate.headline.level, Level::More);
        assert!(rate.headline.text.contains("2.3 times"), "{:?}", rate.headline);
        assert_eq!(rate.points.len(), 48);
        let above = |point: &&Point| {
            point
                .per_1000()
                .zip(point.expected)
                .is_some_and(|(rate, expected)| rate > expected.high * 1_000.0)
        };
        assert_eq!(rate.points.iter().filter(above).count(), 1);
        let table = rate.table();
        assert_eq!(table.rows.last().map(|row| row.get(1)), Some(Some(&Value::Count(110))));
    }

    #[test]
    fn without_counts_there_is_nothing_to_say() {
        let rate = compare(&BTreeMap::new(), 1_000_000, 3);
        assert_eq!(rate.headline.level, Level::Nothing);
        assert_eq!(rate.table().rows.len(), 3);
        assert_eq!(rate.table().rows[0][3], Value::Nothing);
    }
}

//! One app's day, and its last hour by the minute.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Counted;
use crate::count::vocabulary::{First, Kind, Metric};
use crate::sight::breakdown::Sums;

/// Minutes of the chart.
pub(super) const CHART_MINUTES: i64 = 60;
const DAY_MINUTES: i64 = 1_440;

/// Adds a count of this metric to the sums.
fn add(sums: &mut Sums, metric: Metric, value: i64) {
    let sum = match metric {
        Metric::Failures => &mut sums.failures,
        Metric::Apologies => &mut sums.apologies,
        Metric::Opportunities => &mut sums.opportunities,
        Metric::DevicesFailed => &mut sums.devices,
        _ => return,
    };
    *sum = sum.saturating_add(value);
}

/// One UTC day.
#[derive(Debug, Default)]
pub(super) struct Day {
    pub(super) sums: Sums,
    pub(super) sessions: i64,
    pub(super) failed_sessions: i64,
    pub(super) outcomes: HashMap<Arc<str>, i64>,
    pub(super) kinds: HashMap<Kind, Sums>,
    pub(super) releases: HashMap<Arc<str>, Sums>,
    pub(super) screens: HashMap<Arc<str>, Sums>,
    pub(super) segments: HashMap<Arc<str>, Sums>,
    pub(super) regions: HashMap<Arc<str>, Sums>,
}

impl Day {
    fn add(&mut self, cell: &Counted) {
        let plus = |sum: &mut i64| *sum = sum.saturating_add(cell.value);
        match cell.metric {
            Metric::Sessions => plus(&mut self.sessions),
            Metric::SessionsFailed => plus(&mut self.failed_sessions),
            Metric::Failures => plus(self.outcomes.entry(Arc::clone(&cell.facet)).or_default()),
            // A device's first failure on a release is not always its first today.
            Metric::DevicesFailed if *cell.facet != *First::Today.word() => return,
            Metric::Apologies | Metric::Opportunities | Metric::DevicesFailed => {}
            _ => return,
        }
        if matches!(cell.metric, Metric::Sessions | Metric::SessionsFailed) {
            return;
        }
        add(&mut self.sums, cell.metric, cell.value);
        for (labels, label) in [
            (&mut self.releases, &cell.release),
            (&mut self.segments, &cell.segment),
            (&mut self.regions, &cell.region),
        ] {
            add(labels.entry(Arc::clone(label)).or_default(), cell.metric, cell.value);
        }
        if cell.metric != Metric::DevicesFailed {
            if let Some(kind) = cell.kind {
                add(self.kinds.entry(kind).or_default(), cell.metric, cell.value);
            }
            add(self.screens.entry(Arc::clone(&cell.screen)).or_default(), cell.metric, cell.value);
        }
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Tally {
    days: BTreeMap<i64, Day>,
    minutes: BTreeMap<i64, Sums>,
    newest: Option<i64>,
}

impl Tally {
    pub(super) fn add(&mut self, cell: &Counted) {
        self.newest = self.newest.max(Some(cell.minute));
        add(self.minutes.entry(cell.minute).or_default(), cell.metric, cell.value);
        self.days.entry(cell.minute.div_euclid(DAY_MINUTES)).or_default().add(cell);
    }

    /// Drops what is neither of today nor of the chart. Later days stay: their clocks are a little ahead.
    pub(super) fn forget_before(&mut self, now_minute: i64) {
        let today = now_minute.div_euclid(DAY_MINUTES);
        while self.days.first_key_value().is_some_and(|(day, _)| *day < today) {
            self.days.pop_first();
        }
        let first = now_minute - CHART_MINUTES;
        while self.minutes.first_key_value().is_some_and(|(minute, _)| *minute <= first) {
            self.minutes.pop_first();
        }
    }

    /// The newest minute counted.
    pub(super) fn newest(&self) -> Option<i64> {
        self.newest
    }

    pub(super) fn day(&self, now_minute: i64) -> Option<&Day> {
        self.days.get(&now_minute.div_euclid(DAY_MINUTES))
    }

    pub(super) fn minute(&self, minute: i64) -> Sums {
        self.minutes.get(&minute).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(metric: Metric, minute: i64, value: i64) -> Counted {
        let text = |text: &str| Arc::<str>::from(text);
        Counted {
            app: text("shop"),
            release: text("1"),
            screen: text("Home"),
            segment: text(""),
            region: text(""),
            facet: text("shown"),
            metric,
            kind: Some(Kind::Hang),
            minute,
            value,
        }
    }

    #[test]
    fn a_new_day_starts_at_zero_and_keeps_what_came_early() {
        let (mut tally, midnight) = (Tally::default(), 20_000 * DAY_MINUTES);
        tally.add(&cell(Metric::Failures, midnight - 5, 3));
        tally.add(&cell(Metric::Failures, midnight + 1, 2));
        tally.forget_before(midnight - 1);
        assert_eq!(tally.day(midnight - 1).map(|day| day.sums.failures), Some(3));
        tally.forget_before(midnight);
        assert_eq!(tally.day(midnight).map(|day| day.sums.failures), Some(2));
        assert_eq!(tally.minute(midnight - 5).failures, 3, "the chart reaches over midnight");
        tally.forget_before(midnight + CHART_MINUTES);
        assert_eq!(tally.minute(midnight - 5).failures, 0);
    }

    #[test]
    fn sessions_are_no_failures() {
        let mut tally = Tally::default();
        tally.add(&cell(Metric::SessionsFailed, 10, 4));
        tally.add(&cell(Metric::Responses, 10, 9));
        let day = tally.day(10).unwrap();
        assert_eq!((day.failed_sessions, day.sums, day.kinds.len()), (4, Sums::default(), 0));
    }
}

//! Multi-window, multi-burn-rate alerts on an objective (Beyer et al., The Site Reliability Workbook 2018, chapter 5).
//!
//! With an objective of 98 % of sessions without a failure the budget is 2 %. A burn rate of 14.4 over an hour spends 2 % of a
//! 30 day budget. The long window says that it matters, the short one that it still goes on.

use super::reading::{Level, Reading, View};

/// One pair of windows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    pub(crate) long_min: i64,
    pub(crate) short_min: i64,
    /// How many times as fast as the budget allows.
    pub(crate) burn: f64,
}

/// The workbook's: the first two are for a page, the others for a ticket.
pub(crate) const PAIRS: [Pair; 4] = [
    Pair { long_min: 60, short_min: 5, burn: 14.4 },
    Pair { long_min: 360, short_min: 30, burn: 6.0 },
    Pair { long_min: 1_440, short_min: 120, burn: 3.0 },
    Pair { long_min: 4_320, short_min: 360, burn: 1.0 },
];

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BurnRate {
    /// The share that may fail: 1 less the objective.
    pub(crate) budget: f64,
    pub(crate) pairs: Vec<Pair>,
    /// Sessions, or opportunities, in the short window without which nothing is said.
    pub(crate) least: i64,
}

impl BurnRate {
    pub(crate) fn longest_min(&self) -> i64 {
        self.pairs.iter().map(|pair| pair.long_min).max().unwrap_or(0)
    }

    /// High where both windows of a pair burn too fast; quiet where no short window does.
    pub(crate) fn read(&self, view: &View<'_>) -> Reading {
        let mut reading = Reading::QUIET;
        for pair in &self.pairs {
            let limit = pair.burn * self.budget;
            let (long, short) = (view.last(pair.long_min), view.last(pair.short_min));
            let burns = |rate: Option<f64>| rate.is_some_and(|rate| rate > limit);
            if short.exposure < self.least || !burns(short.rate()) {
                continue;
            }
            if burns(long.rate()) {
                return Reading { level: Level::High, sum: long, against: Some(limit), since: None };
            }
            reading = Reading { level: Level::Between, sum: short, against: Some(limit), since: None };
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::Cell;
    use super::*;
    use crate::usual::Usual;

    const NOW: i64 = 10_000;

    /// 10 sessions a minute, of which `rate(minutes ago)` fail.
    fn level(rate: impl Fn(i64) -> f64) -> Level {
        let burn = BurnRate { budget: 0.01, pairs: PAIRS.to_vec(), least: 10 };
        let usual = Usual::learn(&[], 0);
        let minutes: Vec<Cell> = (1..=4_320)
            .rev()
            .map(|ago| {
                #[allow(clippy::cast_possible_truncation)]
                let events = (rate(ago) * 1_000.0).round() as i64;
                Cell { minute: NOW - ago, events, exposure: 1_000 }
            })
            .collect();
        burn.read(&View { minutes: &minutes, hours: &[], usual: &usual, now: NOW, restart: 0, groups: 1 })
            .level
    }

    #[test]
    fn each_pair_fires_where_the_workbook_says() {
        assert_eq!(level(|_| 0.009), Level::Low);
        // 14.4 times the budget over an hour, in all of it.
        assert_eq!(level(|ago| if ago <= 60 { 0.150 } else { 0.0 }), Level::High);
        // The same in its last 5 minutes only: the hour has not burnt enough yet.
        assert_eq!(level(|ago| if ago <= 5 { 0.150 } else { 0.0 }), Level::Between);
        // It is over since 6 minutes: only slower pairs could still say something, and 1 day is not burnt.
        assert_eq!(level(|ago| if (6..=66).contains(&ago) { 0.150 } else { 0.0 }), Level::Between);
        assert_eq!(level(|ago| if ago <= 360 { 0.065 } else { 0.0 }), Level::High);
        assert_eq!(level(|ago| if ago <= 1_440 { 0.031 } else { 0.0 }), Level::High);
        assert_eq!(level(|_| 0.011), Level::High, "three days at just above the budget");
    }

    #[test]
    fn without_sessions_nothing_is_said() {
        let burn = BurnRate { budget: 0.01, pairs: PAIRS.to_vec(), least: 10 };
        let usual = Usual::learn(&[], 0);
        let minutes = [Cell { minute: NOW - 1, events: 9, exposure: 9 }];
        let view = View { minutes: &minutes, hours: &[], usual: &usual, now: NOW, restart: 0, groups: 1 };
        assert_eq!(burn.read(&view).level, Level::Low);
    }
}

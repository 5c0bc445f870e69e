//! The plain rule: a rate above a limit within some minutes, where there is enough to judge.

use super::reading::{Level, Reading, View};

/// See the module. Rates from 0 to 1, or more where one opportunity can fail more than once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// Above this rate it is too much.
    pub(crate) above: f64,
    /// Below this rate it is quiet again: at most `above`.
    pub(crate) quiet_below: f64,
    /// Length of the window.
    pub(crate) within_min: i64,
    /// Sessions, or opportunities, without which nothing is said.
    pub(crate) least: i64,
}

impl Rule {
    pub(crate) fn read(&self, view: &View<'_>) -> Reading {
        let sum = view.last(self.within_min);
        let level = match sum.rate() {
            Some(rate) if sum.exposure >= self.least => {
                if rate > self.above {
                    Level::High
                } else if rate > self.quiet_below {
                    Level::Between
                } else {
                    Level::Low
                }
            }
            // Hardly anybody is there: nobody suffers, and nothing can be told.
            _ => Level::Low,
        };
        Reading { level, sum, against: Some(self.above), since: None }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::Cell;
    use super::*;
    use crate::usual::Usual;

    fn level(events: i64, exposure: i64, minute: i64) -> Level {
        let rule = Rule { above: 0.005, quiet_below: 0.004, within_min: 15, least: 200 };
        let usual = Usual::learn(&[], 0);
        let minutes = [Cell { minute, events, exposure }];
        let view = View { minutes: &minutes, hours: &[], usual: &usual, now: 1_000, restart: 0, groups: 1 };
        rule.read(&view).level
    }

    #[test]
    fn above_the_limit_within_the_window_and_with_enough() {
        assert_eq!(level(6, 1_000, 999), Level::High);
        assert_eq!(level(6, 1_000, 985), Level::High);
        assert_eq!(level(6, 1_000, 984), Level::Low, "the window is 15 minutes");
        assert_eq!(level(6, 1_000, 1_000), Level::Low, "this minute is not judged yet");
        assert_eq!(level(5, 1_000, 999), Level::Between, "not above, but not quiet");
        assert_eq!(level(4, 1_000, 999), Level::Low);
        assert_eq!(level(199, 199, 999), Level::Low, "too few to say");
        assert_eq!(level(200, 200, 999), Level::High);
        assert_eq!(level(3, 0, 999), Level::Low);
    }
}

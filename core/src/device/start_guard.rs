//! A crash loop at start turns the SDK off by itself: whatever the reason, it must not be us.
//!
//! A start is good after 5 s, or when the app goes to the background. After 5 starts in a row that were not, each within
//! 5 minutes of the one before, the device stays off for 4 h (bitdrift's guard has the same numbers), then tries again.
//! Short starts far apart are no loop: a push wakes an app for seconds.

use super::state_file::StartsState;
use crate::moment::Moment;
use std::time::Duration;

const MOST_FAILED_STARTS: u32 = 5;
const APART_MS: u64 = 5 * 60_000;
const OFF_FOR_MS: u64 = 4 * 3_600_000;
const GOOD_AFTER: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct StartGuard {
    pub(super) starts: StartsState,
    good_at: Option<Moment>,
}

impl StartGuard {
    /// Counts this start as failed until it proves good.
    pub(super) fn starting(before: StartsState, now: Moment, unix_ms: u64) -> Self {
        // A clock set back would keep it off for ever: a time that lies ahead is over.
        let within = |since: u64, span: u64| unix_ms >= since && unix_ms - since < span;
        let in_a_row = if within(before.latest_unix_ms, APART_MS) { before.failed } else { 0 };
        let one_more = StartsState { failed: in_a_row + 1, latest_unix_ms: unix_ms, off_since_unix_ms: None };
        let starts = match before.off_since_unix_ms {
            Some(since) if within(since, OFF_FOR_MS) => before,
            None if in_a_row >= MOST_FAILED_STARTS => {
                StartsState { off_since_unix_ms: Some(unix_ms), ..StartsState::default() }
            }
            Some(_) | None => one_more,
        };
        Self { starts, good_at: Some(now.plus(GOOD_AFTER)) }
    }

    pub(super) const fn is_off(&self) -> bool {
        self.starts.off_since_unix_ms.is_some()
    }

    /// Whether the start has just proved good, so that the file should say so.
    pub(super) fn proves_good(&mut self, now: Moment, backgrounded: bool) -> bool {
        let good = self.good_at.is_some_and(|at| at <= now || backgrounded);
        if good {
            self.good_at = None;
            self.starts.failed = 0;
        }
        good
    }

    pub(super) const fn next_deadline(&self) -> Option<Moment> {
        self.good_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(starts: &[u64]) -> StartGuard {
        let mut before = StartsState::default();
        let mut guard = StartGuard::starting(before, Moment::default(), 0);
        for at in starts {
            guard = StartGuard::starting(before, Moment::default(), *at);
            before = guard.starts;
        }
        guard
    }

    const T: u64 = 1_700_000_000_000;

    #[test]
    fn five_in_a_row_and_off_for_four_hours() {
        let loop_of = |n: u64| (0..n).map(|i| T + i * 1_000).collect::<Vec<_>>();
        assert!(!after(&loop_of(5)).is_off());
        assert!(after(&loop_of(6)).is_off());
        let with = |last: u64| [loop_of(6), vec![last]].concat();
        assert!(after(&with(T + 5_000 + OFF_FOR_MS - 1)).is_off());
        assert!(!after(&with(T + 5_000 + OFF_FOR_MS)).is_off());
        assert!(!after(&with(T - 1)).is_off(), "a clock set back does not keep it off");
    }

    #[test]
    fn far_apart_is_no_loop_and_a_good_start_breaks_one() {
        let hourly: Vec<u64> = (0..20).map(|i| T + i * 3_600_000).collect();
        assert!(!after(&hourly).is_off());
        let mut guard = after(&[T, T + 1, T + 2, T + 3, T + 4]);
        assert!(guard.proves_good(Moment::from_ms(1), true));
        assert!(!StartGuard::starting(guard.starts, Moment::default(), T + 5).is_off());
    }
}

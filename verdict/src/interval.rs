//! The ratios that the counts do not speak against, at every look.

use crate::evidence::{Direction, Evidence};
use crate::window::{Window, rate_ratio};

/// Beyond these a ratio is called none, or endless.
const SMALLEST: f64 = 1e-4;
const LARGEST: f64 = 1e4;
/// Bisections of the logarithm: to a ten-thousandth.
const STEPS: usize = 18;

/// From `low` to `high`; the true ratio of the rates lies within, at all looks together, but for a chance of alpha.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end, 0 where there is none.
    pub low: f64,
    /// Its upper end, infinite where there is none.
    pub high: f64,
}

/// All ratios that neither [`Direction`] has evidence of `2 / alpha` against (a confidence sequence: Darling and Robbins
/// 1967; by inverting e-processes: Howard et al. 2021).
#[must_use]
pub fn interval(windows: &[Window], alpha: f64) -> Interval {
    let limit = (2.0 / alpha).ln();
    let stands = |ratio: f64, direction| Evidence::new(ratio, direction).over(windows).log_e() < limit;
    // Without a failure of the control the estimate is endless.
    let middle = rate_ratio(windows).unwrap_or(LARGEST).clamp(SMALLEST, LARGEST);
    let end = |end: f64, direction| {
        if stands(end, direction) {
            return None;
        }
        let (mut inside, mut outside) = (middle.ln(), end.ln());
        for _ in 0..STEPS {
            let half = f64::midpoint(inside, outside);
            if stands(half.exp(), direction) { inside = half } else { outside = half }
        }
        Some(outside.exp())
    };
    Interval {
        low: end(SMALLEST, Direction::Above).unwrap_or(0.0),
        high: end(LARGEST, Direction::Below).unwrap_or(f64::INFINITY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Arm;

    fn windows(candidate: (u64, u64), control: (u64, u64)) -> [Window; 1] {
        [Window {
            candidate: Arm { sessions: candidate.0, failed: candidate.1 },
            control: Arm { sessions: control.0, failed: control.1 },
        }]
    }

    #[test]
    fn without_counts_everything_is_possible() {
        assert_eq!(interval(&[], 0.05), Interval { low: 0.0, high: f64::INFINITY });
        let none = interval(&windows((1_000, 0), (1_000, 0)), 0.05);
        assert_eq!(none, Interval { low: 0.0, high: f64::INFINITY });
    }

    #[test]
    fn it_holds_the_estimate_and_narrows() {
        let mut width = f64::INFINITY;
        for scale in [1, 10, 100, 1_000] {
            let all = windows((1_000 * scale, 40 * scale), (9_000 * scale, 180 * scale));
            let found = interval(&all, 0.05);
            let ratio = rate_ratio(&all).unwrap();
            assert!(found.low < ratio && ratio < found.high, "{found:?} {ratio}");
            assert!(found.high - found.low < width, "{found:?}");
            width = found.high - found.low;
        }
        assert!(width < 0.25, "{width}");
    }

    #[test]
    fn no_failure_of_the_candidate_has_no_lower_end() {
        let found = interval(&windows((5_000, 0), (5_000, 100)), 0.05);
        assert!(found.low == 0.0 && found.high < 0.5, "{found:?}");
    }

    #[test]
    fn no_failure_of_the_control_has_no_upper_end_and_a_lower_one_far_above_one() {
        let found = interval(&windows((487, 447), (1_671, 0)), 0.01);
        assert!(found.low > 50.0 && found.high.is_infinite(), "{found:?}");
    }

    #[test]
    fn more_certainty_is_wider() {
        let all = windows((2_000, 80), (9_000, 180));
        let (five, one) = (interval(&all, 0.05), interval(&all, 0.01));
        assert!(one.low < five.low && five.high < one.high);
    }
}

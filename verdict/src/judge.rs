//! Promote, hold or roll back.

use crate::evidence::{Direction, Evidence};
use crate::interval::{Interval, interval};
use crate::window::{Arm, Window, rate_ratio};

/// How a release is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How often a good release may be rolled back, and one that is worse than the margin promoted, over all looks
    /// together: from 0 to 1, each on its own. 0.01.
    pub alpha: f64,
    /// A candidate whose sessions fail so many times as often as the control's is worse: above 0. 1.
    pub tolerated: f64,
    /// One whose sessions surely fail less than so many times as often is good enough to promote: above `tolerated`. 1.25:
    /// "not a quarter worse" takes about 45,000 sessions of each at 2 %, "not a tenth worse" 240,000.
    pub margin: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { alpha: 0.01, tolerated: 1.0, margin: 1.25 }
    }
}

/// What to do with the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is surely not worse than the margin.
    Promote,
    /// Nothing is sure yet.
    Hold,
    /// It is surely worse.
    Rollback,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The candidate has no sessions yet.
    NoCandidate,
    /// The control has no sessions in the same windows.
    NoControl,
    /// No session of either has failed.
    NoFailures,
    /// The interval still holds ratios that are fine and ratios that are not.
    TooEarly,
    /// More sessions fail than the control's.
    Worse,
    /// No more sessions fail than the margin allows.
    GoodEnough,
    /// More sessions fail, but surely not as many as the margin allows: a matter of taste, so hold.
    WorseWithinMargin,
}

/// A verdict with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// What to do.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// How many times as often the candidate's sessions fail, as far as can be told.
    pub rate_ratio: Option<f64>,
    /// The ratios that are possible, at every look.
    pub interval: Interval,
    /// Evidence that it is worse: at `1 / alpha` it is rolled back. At most `f64::MAX`.
    pub e_worse: f64,
    /// Evidence that it is no worse than the margin: at `1 / alpha` it is promoted. At most `f64::MAX`.
    pub e_good_enough: f64,
    /// All sessions of the candidate that could be compared.
    pub candidate: Arm,
    /// All sessions of the control in the same windows.
    pub control: Arm,
}

/// Judges the candidate by all windows since it came out, each once.
#[must_use]
pub fn judge(windows: &[Window], settings: &Settings) -> Judgement {
    let mut worse = Evidence::new(settings.tolerated, Direction::Above);
    let mut good_enough = Evidence::new(settings.margin, Direction::Below);
    let (mut candidate, mut control) = (Arm::default(), Arm::default());
    let mut lone = Arm::default();
    for window in windows {
        if window.share().is_none() {
            lone = sum(lone, window.candidate);
            continue;
        }
        worse.add(window);
        good_enough.add(window);
        candidate = sum(candidate, window.candidate);
        control = sum(control, window.control);
    }
    let needed = (1.0 / settings.alpha).ln();
    let (is_worse, is_good) = (worse.log_e() >= needed, good_enough.log_e() >= needed);
    let (verdict, reason) = match (is_worse, is_good) {
        (true, true) => (Verdict::Hold, Reason::WorseWithinMargin),
        (true, false) => (Verdict::Rollback, Reason::Worse),
        (false, true) => (Verdict::Promote, Reason::GoodEnough),
        _ if candidate.sessions + lone.sessions == 0 => (Verdict::Hold, Reason::NoCandidate),
        _ if control.sessions == 0 => (Verdict::Hold, Reason::NoControl),
        _ if candidate.failed + control.failed == 0 => (Verdict::Hold, Reason::NoFailures),
        _ => (Verdict::Hold, Reason::TooEarly),
    };
    Judgement {
        verdict,
        reason,
        rate_ratio: rate_ratio(windows),
        interval: interval(windows, settings.alpha),
        e_worse: worse.log_e().exp().min(f64::MAX),
        e_good_enough: good_enough.log_e().exp().min(f64::MAX),
        candidate,
        control,
    }
}

const fn sum(one: Arm, other: Arm) -> Arm {
    Arm {
        sessions: one.sessions.saturating_add(other.sessions),
        failed: one.failed.saturating_add(other.failed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(candidate: (u64, u64), control: (u64, u64)) -> Judgement {
        let window = Window {
            candidate: Arm { sessions: candidate.0, failed: candidate.1 },
            control: Arm { sessions: control.0, failed: control.1 },
        };
        judge(&[window], &Settings::default())
    }

    #[test]
    fn every_reason_has_its_counts() {
        for (candidate, control, verdict, reason) in [
            ((0, 0), (0, 0), Verdict::Hold, Reason::NoCandidate),
            ((0, 0), (100, 2), Verdict::Hold, Reason::NoCandidate),
            ((100, 2), (0, 0), Verdict::Hold, Reason::NoControl),
            ((100, 0), (100, 0), Verdict::Hold, Reason::NoFailures),
            ((100, 2), (900, 18), Verdict::Hold, Reason::TooEarly),
            ((1_000, 80), (9_000, 180), Verdict::Rollback, Reason::Worse),
            ((500_000, 10_000), (500_000, 10_000), Verdict::Promote, Reason::GoodEnough),
            ((900_000, 19_800), (900_000, 18_000), Verdict::Hold, Reason::WorseWithinMargin),
        ] {
            let judgement = judged(candidate, control);
            assert_eq!(
                (judgement.verdict, judgement.reason),
                (verdict, reason),
                "{candidate:?} {control:?}: {judgement:?}"
            );
        }
    }

    #[test]
    fn a_verdict_and_its_interval_agree() {
        let worse = judged((1_000, 80), (9_000, 180));
        assert!(worse.interval.low > 1.0, "{worse:?}");
        let good = judged((500_000, 10_000), (500_000, 10_000));
        assert!(good.interval.high < 1.25, "{good:?}");
    }

    #[test]
    fn nobody_is_surprised_by_infinity() {
        let judgement = judged((1_000_000, 1_000_000), (1_000_000, 1));
        assert!(judgement.e_worse.is_finite() && judgement.e_worse > 1e100);
    }
}

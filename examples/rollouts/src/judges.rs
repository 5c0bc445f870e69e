//! Who judges: each says after each hour whether it would roll back.

use amends_verdict::{Direction, Evidence};

use crate::rollout::Hour;

/// A judge of one rollout.
pub(crate) trait Judge {
    /// Takes the hour into account; true where it would roll back now.
    fn look(&mut self, hour: &Hour) -> bool;
}

/// Ours: the e-process over strata, each hour its own window.
pub(crate) struct Ours {
    evidence: Evidence,
    needed: f64,
}

impl Ours {
    pub(crate) fn new(alpha: f64) -> Self {
        Self { evidence: Evidence::new(1.0, Direction::Above), needed: -alpha.ln() }
    }
}

impl Judge for Ours {
    fn look(&mut self, hour: &Hour) -> bool {
        for window in &hour.windows {
            self.evidence.add(window);
        }
        self.evidence.log_e() >= self.needed
    }
}

/// All so far, without strata: sessions, those that failed, failures.
#[derive(Default)]
struct Sums {
    candidate: (f64, f64, f64),
    control: (f64, f64, f64),
}

impl Sums {
    #[allow(clippy::cast_precision_loss)]
    fn add(&mut self, hour: &Hour) {
        for window in &hour.windows {
            self.candidate.0 += window.candidate.sessions as f64;
            self.candidate.1 += window.candidate.failed as f64;
            self.control.0 += window.control.sessions as f64;
            self.control.1 += window.control.failed as f64;
        }
        self.candidate.2 += hour.failures.0 as f64;
        self.control.2 += hour.failures.1 as f64;
    }
}

/// A z-test of two proportions, made for one look and looked at each hour.
pub(crate) struct PeekingZ {
    sums: Sums,
    /// One-sided.
    quantile: f64,
}

impl PeekingZ {
    pub(crate) fn new(alpha: f64) -> Self {
        Self { sums: Sums::default(), quantile: upper_quantile(alpha) }
    }
}

impl Judge for PeekingZ {
    fn look(&mut self, hour: &Hour) -> bool {
        self.sums.add(hour);
        let ((n1, x1, _), (n0, x0, _)) = (self.sums.candidate, self.sums.control);
        let pooled = (x1 + x0) / (n1 + n0);
        let error = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n0)).sqrt();
        n1 > 0.0 && n0 > 0.0 && (x1 / n1 - x0 / n0) / error > self.quantile
    }
}

/// Our test on all failures, as if they did not come in clusters.
pub(crate) struct RawCounts(Ours);

impl RawCounts {
    pub(crate) fn new(alpha: f64) -> Self {
        Self(Ours::new(alpha))
    }
}

impl Judge for RawCounts {
    fn look(&mut self, hour: &Hour) -> bool {
        let mut window = amends_verdict::Window::default();
        for part in &hour.windows {
            window.candidate.sessions += part.candidate.sessions;
            window.control.sessions += part.control.sessions;
        }
        (window.candidate.failed, window.control.failed) = hour.failures;
        self.0.evidence.add(&window);
        self.0.evidence.log_e() >= self.0.needed
    }
}

/// Mann and Whitney's test on hourly rates, as Kayenta's judge has it: "high" where the 98 % interval of the shift begins
/// above a quarter of its estimate (Hodges and Lehmann).
#[derive(Default)]
pub(crate) struct MannWhitney {
    candidate: Vec<f64>,
    control: Vec<f64>,
    differences: Vec<f64>,
}

impl Judge for MannWhitney {
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn look(&mut self, hour: &Hour) -> bool {
        let mut sums = Sums::default();
        sums.add(hour);
        if sums.candidate.0 == 0.0 || sums.control.0 == 0.0 {
            return false;
        }
        let (new, old) = (sums.candidate.1 / sums.candidate.0, sums.control.1 / sums.control.0);
        self.differences.extend(self.control.iter().map(|old| new - old));
        self.differences.extend(self.candidate.iter().map(|new| new - old));
        self.differences.push(new - old);
        self.candidate.push(new);
        self.control.push(old);
        let n = self.candidate.len() as f64;
        let rank = n * n / 2.0 - upper_quantile(0.01) * (n * n * (2.0 * n + 1.0) / 12.0).sqrt();
        if rank < 1.0 {
            return false;
        }
        let middle = self.differences.len() / 2;
        let estimate = *self.differences.select_nth_unstable_by(middle, f64::total_cmp).1;
        let lower = *self.differences.select_nth_unstable_by(rank as usize - 1, f64::total_cmp).1;
        lower > 0.25 * estimate.abs()
    }
}

/// `GrowthBook`'s sequential interval of the difference (Waudby-Smith et al. 2023, equations 9 and 161), tuned to 5,000.
pub(crate) struct GrowthBook {
    sums: Sums,
    alpha: f64,
}

impl GrowthBook {
    /// Its interval is two-sided: twice the alpha of one side.
    pub(crate) fn new(alpha: f64) -> Self {
        Self { sums: Sums::default(), alpha: 2.0 * alpha }
    }
}

/// Half the width of the interval for `n` people with a variance of `s2` each.
pub(crate) fn growthbook_half_width(s2: f64, n: f64, tuned_to: f64, alpha: f64) -> f64 {
    let twice = -2.0 * alpha.ln();
    let rho2 = (twice + (twice + 1.0).ln()) / tuned_to;
    let inner = n.mul_add(rho2, 1.0);
    (s2 * 2.0 * inner * (inner.sqrt() / alpha).ln() / (n * n * rho2)).sqrt()
}

impl Judge for GrowthBook {
    fn look(&mut self, hour: &Hour) -> bool {
        self.sums.add(hour);
        let ((n1, x1, _), (n0, x0, _)) = (self.sums.candidate, self.sums.control);
        if n1 == 0.0 || n0 == 0.0 || x1 + x0 == 0.0 {
            return false;
        }
        let (difference, half_width) = growthbook_interval((n1, x1), (n0, x0), 5_000.0, self.alpha);
        difference > half_width
    }
}

/// The difference of the shares, candidate's less control's, and half the width of its interval; of sessions and failed
/// ones each.
pub(crate) fn growthbook_interval(
    (n1, x1): (f64, f64),
    (n0, x0): (f64, f64),
    tuned_to: f64,
    alpha: f64,
) -> (f64, f64) {
    let (p1, p0, n) = (x1 / n1, x0 / n0, n1 + n0);
    let variance = p1 * (1.0 - p1) / n1 + p0 * (1.0 - p0) / n0;
    (p1 - p0, growthbook_half_width(variance * n, n, tuned_to, alpha))
}

/// The point that a standard normal exceeds with this probability (Abramowitz and Stegun 26.2.23: to 0.0005).
pub(crate) fn upper_quantile(alpha: f64) -> f64 {
    let t = (-2.0 * alpha.ln()).sqrt();
    let above = 0.010_328f64.mul_add(t, 0.802_853).mul_add(t, 2.515_517);
    let below = 0.001_308f64.mul_add(t, 0.189_269).mul_add(t, 1.432_788).mul_add(t, 1.0);
    t - above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (alpha, known) in [(0.05, 1.644_85), (0.01, 2.326_35), (0.025, 1.959_96)] {
            assert!((upper_quantile(alpha) - known).abs() < 5e-4, "{alpha}");
        }
    }

    /// Against `GrowthBook`'s own package (`make verdict-oracles`).
    #[test]
    fn growthbooks_interval_is_growthbooks() {
        let vectors = include_str!("../../../verdict/tests/vectors/gbstats.json");
        let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert!(cases.len() >= 5);
        for case in cases {
            let number = |value: &serde_json::Value| value.as_f64().unwrap();
            let arm = |name: &str| (number(&case[name][0]), number(&case[name][1]));
            let (difference, half_width) = growthbook_interval(
                arm("candidate"),
                arm("control"),
                number(&case["tuned_to"]),
                number(&case["alpha"]),
            );
            for (found, known) in
                [(difference - half_width, &case["low"]), (difference + half_width, &case["high"])]
            {
                assert!((found - number(known)).abs() < 1e-9, "{case}: {found}");
            }
        }
    }

    #[test]
    fn growthbooks_interval_is_narrowest_for_its_size_where_it_is_tuned_to() {
        let relative = |n: f64| growthbook_half_width(1.0, n, 5_000.0, 0.05) * n.sqrt();
        assert!(relative(5_000.0) < relative(500.0) && relative(5_000.0) < relative(500_000.0));
    }
}

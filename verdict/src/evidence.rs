//! Evidence against "the ratio of the rates is at most (or at least) this", that may be looked at whenever one likes.
//!
//! Of `n` failed sessions in a window each is the candidate's with probability `ψπ / (1 + (ψ − 1)π)`, where `π` is the
//! candidate's share of all sessions and `ψ` the ratio of the rates (Przyborowski and Wilenski 1940, conditional on `n`).
//! For an alternative `ψ₀g` the likelihood ratio against `ψ₀` is, summed over windows,
//!
//! ```text
//! ln Eg = Σ x₁ ln g − n ln( (1 + (ψ₀g − 1)π) / (1 + (ψ₀ − 1)π) )
//! ```
//!
//! Under the null hypothesis each factor has an expectation of at most 1, whatever came before; so has any mixture over
//! `g`. Its product is a test supermartingale, and exceeds `1/α` at any time with probability at most `α` (Ville 1939; the
//! mixture: Robbins 1970; for rollouts: Lindon and Malek 2022). Each window brings its own `π`, so a ramp is no matter.

use crate::window::Window;

/// Alternatives that are mixed, evenly: from 5 % apart to 8 times, evenly by their logarithms.
const ALTERNATIVES: usize = 24;
const NEAREST: f64 = 1.05;
const FARTHEST: f64 = 8.0;

/// Against what there is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Against "at most the null ratio": the candidate is worse.
    Above,
    /// Against "at least the null ratio": the candidate is better.
    Below,
}

/// The e-process of one null hypothesis. See the module.
#[derive(Debug, Clone)]
pub struct Evidence {
    null: f64,
    /// For each alternative, the logarithm of `g`, `g`, and that of its likelihood ratio so far.
    alternatives: Vec<(f64, f64, f64)>,
}

impl Evidence {
    /// No evidence yet against a ratio of at most, or at least, `null` (above 0).
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn new(null: f64, direction: Direction) -> Self {
        let step = (FARTHEST / NEAREST).ln() / (ALTERNATIVES - 1) as f64;
        let sign = if direction == Direction::Above { 1.0 } else { -1.0 };
        let log = |index: usize| sign * (NEAREST.ln() + step * index as f64);
        Self { null, alternatives: (0..ALTERNATIVES).map(log).map(|log| (log, log.exp(), 0.0)).collect() }
    }

    /// Takes a window into account. Each once, in any order.
    #[allow(clippy::cast_precision_loss)]
    pub fn add(&mut self, window: &Window) {
        let Some(share) = window.share() else { return };
        let failed = window.candidate.failed as f64;
        let all = failed + window.control.failed as f64;
        if all == 0.0 {
            return;
        }
        let under_null = (self.null - 1.0).mul_add(share, 1.0);
        for (log, factor, sum) in &mut self.alternatives {
            let under_it = (self.null * *factor - 1.0).mul_add(share, 1.0);
            *sum += term(failed, all, *log, under_it / under_null);
        }
    }

    /// Takes all of these into account.
    #[must_use]
    pub fn over(mut self, windows: &[Window]) -> Self {
        for window in windows {
            self.add(window);
        }
        self
    }

    /// The natural logarithm of the e-value: of how many times its stake a fair bet against the null has won. 0 at first.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn log_e(&self) -> f64 {
        let most = self.alternatives.iter().map(|(_, _, sum)| *sum).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = self.alternatives.iter().map(|(_, _, sum)| (sum - most).exp()).sum();
        most + (sum / self.alternatives.len() as f64).ln()
    }
}

/// A summand of `ln Eg`.
fn term(failed: f64, all: f64, log_factor: f64, normaliser: f64) -> f64 {
    failed.mul_add(log_factor, -all * normaliser.ln())
}

/// `ln Eg` of one window for one alternative: how much likelier its failed sessions are under the ratio `alternative` than
/// under `null` (both above 0), as a natural logarithm. What [`Evidence`] mixes.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn log_likelihood_ratio(window: &Window, null: f64, alternative: f64) -> f64 {
    let Some(share) = window.share() else { return 0.0 };
    let under = |ratio: f64| (ratio - 1.0).mul_add(share, 1.0);
    let failed = window.candidate.failed as f64;
    let all = failed + window.control.failed as f64;
    term(failed, all, (alternative / null).ln(), under(alternative) / under(null))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Arm;
    use proptest::prelude::*;

    fn evidence(null: f64, direction: Direction, windows: &[Window]) -> f64 {
        Evidence::new(null, direction).over(windows).log_e()
    }

    const fn window(x1: u64, e1: u64, x0: u64, e0: u64) -> Window {
        Window { candidate: Arm { sessions: e1, failed: x1 }, control: Arm { sessions: e0, failed: x0 } }
    }

    /// The expectation over all outcomes of one window under the null is what makes it valid: computed in full.
    #[test]
    fn a_fair_bet_wins_nothing_on_average() {
        for (null, direction) in [(1.0, Direction::Above), (1.3, Direction::Above), (1.2, Direction::Below)] {
            for (e1, e0, n) in [(10_u64, 90_u64, 9_u64), (50, 50, 12), (94, 6, 5)] {
                #[allow(clippy::cast_precision_loss)]
                let share = e1 as f64 / (e1 + e0) as f64;
                let mine = null * share / (1.0 + (null - 1.0) * share);
                let mut expected = 0.0;
                let mut ways = 1.0_f64;
                for x1 in 0..=n {
                    #[allow(
                        clippy::cast_precision_loss,
                        clippy::cast_possible_truncation,
                        clippy::cast_possible_wrap
                    )]
                    let chance = ways * mine.powi(x1 as i32) * (1.0 - mine).powi((n - x1) as i32);
                    expected += chance * evidence(null, direction, &[window(x1, e1, n - x1, e0)]).exp();
                    #[allow(clippy::cast_precision_loss)]
                    let next = ways * (n - x1) as f64 / (x1 + 1) as f64;
                    ways = next;
                }
                assert!((expected - 1.0).abs() < 1e-9, "{null} {direction:?} {e1}/{e0} {n}: {expected}");
            }
        }
    }

    #[test]
    fn by_hand() {
        // One alternative would give ln E = x1 ln g − n ln(1 + (g − 1)π); the mixture is their mean.
        let e = evidence(1.0, Direction::Above, &[window(8, 100, 2, 100)]).exp();
        let mean: f64 = (0..24)
            .map(|index| 1.05_f64 * (8.0_f64 / 1.05).powf(f64::from(index) / 23.0))
            .map(|g| g.powi(8) / (1.0 + (g - 1.0) / 2.0).powi(10))
            .sum::<f64>()
            / 24.0;
        assert!((e / mean - 1.0).abs() < 1e-12, "{e} {mean}");
    }

    proptest! {
        #[test]
        fn the_mixture_is_the_mean_of_its_ratios(
            a in (0..50_u64, 50..500_u64, 0..50_u64, 50..500_u64),
            null in 0.5..2.0_f64,
        ) {
            let window = window(a.0, a.1, a.2, a.3);
            let mean: f64 = (0..24)
                .map(|index| 1.05_f64 * (8.0_f64 / 1.05).powf(f64::from(index) / 23.0))
                .map(|factor| log_likelihood_ratio(&window, null, null * factor).exp())
                .sum::<f64>() / 24.0;
            let mixed = evidence(null, Direction::Above, &[window]);
            prop_assert!((mixed - mean.ln()).abs() < 1e-9, "{mixed} {}", mean.ln());
        }

        #[test]
        fn any_counts_give_a_number(windows in prop::collection::vec(
            (0..1_000_000_u64, 0..1_000_000_u64, 0..1_000_000_u64, 0..1_000_000_u64), 0..20)
        ) {
            let windows: Vec<Window> = windows.into_iter().map(|(a, b, c, d)| window(a, b, c, d)).collect();
            for direction in [Direction::Above, Direction::Below] {
                prop_assert!(evidence(1.1, direction, &windows).is_finite());
            }
        }

        #[test]
        fn order_does_not_matter_and_empty_windows_say_nothing(
            a in (0..50_u64, 50..500_u64, 0..50_u64, 50..500_u64),
            b in (0..50_u64, 50..500_u64, 0..50_u64, 50..500_u64),
        ) {
            let (a, b) = (window(a.0, a.1, a.2, a.3), window(b.0, b.1, b.2, b.3));
            let one = evidence(1.0, Direction::Above, &[a, b]);
            let two = evidence(1.0, Direction::Above, &[b, window(3, 10, 0, 0), a, window(0, 10, 0, 10)]);
            prop_assert!((one - two).abs() < 1e-9);
        }
    }
}

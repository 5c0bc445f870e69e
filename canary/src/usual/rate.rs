//! A rate from counts, some of which were taken during outages.

use std::sync::LazyLock;

use super::Hour;

/// Residuals beyond so many standard deviations weigh less: 1.5 costs a few per cent of precision without outages.
const HUBER: f64 = 1.5;
/// Halvings of the interval of the logarithm: from a factor of e^40 to one of 1e-8.
const STEPS: usize = 32;

/// Events and exposure of one hour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observed {
    pub(super) events: f64,
    pub(super) exposure: f64,
}

impl Observed {
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    pub(super) fn of(hour: &Hour) -> Self {
        Self { events: hour.events.max(0) as f64, exposure: hour.exposure.max(0) as f64 }
    }
}

/// What is believed before any count: a rate, and how many events that belief is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prior {
    pub(super) rate: f64,
    pub(super) events: f64,
}

impl Prior {
    /// Half an event more than was seen, so that no rate is 0; `None` without exposure.
    pub(super) fn half_an_event(observed: &[Observed]) -> Option<Self> {
        let (events, exposure) =
            observed.iter().fold((0.0, 0.0), |(x, n), hour| (x + hour.events, n + hour.exposure));
        (exposure > 0.0).then(|| Self { rate: (events + 0.5) / exposure, events: 0.5 })
    }
}

/// The rate at which the bounded residuals, and the prior's pull, cancel out.
pub(super) fn robust(observed: &[Observed], prior: Prior, dispersion: f64) -> f64 {
    let score = |rate: f64| -> f64 {
        let own: f64 = observed
            .iter()
            .map(|hour| {
                let mean = hour.exposure * rate / dispersion;
                let root = mean.sqrt();
                let residual = (hour.events / dispersion - mean) / root;
                (residual.clamp(-HUBER, HUBER) - bias(mean)) * root
            })
            .sum();
        prior.events.mul_add(1.0 - rate / prior.rate, own)
    };
    let (mut low, mut high) = (prior.rate.ln() - 20.0, prior.rate.ln() + 20.0);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if score(middle.exp()) > 0.0 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high).exp()
}

/// Means between which [`bias`] is tabulated, evenly by their logarithms; above, it is as good as 0.
const FIRST: f64 = 1e-4;
const LAST: f64 = 1e3;
const CELLS: usize = 140;

/// The expectation of the bounded residual of a Poisson count with this mean: below 0, for large counts are cut.
fn bias(mean: f64) -> f64 {
    static TABLE: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let step = (LAST / FIRST).ln() / cell(CELLS);
        (0..=CELLS).map(|index| expectation(FIRST * (step * cell(index)).exp())).collect()
    });
    if mean <= FIRST {
        // Almost always nothing, now and then one, which is cut.
        return expectation(mean.max(f64::MIN_POSITIVE));
    }
    let place = (mean / FIRST).ln() / (LAST / FIRST).ln() * cell(CELLS);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to CELLS
    let index = place.floor().min(cell(CELLS)) as usize;
    match (TABLE.get(index), TABLE.get(index + 1)) {
        (Some(one), Some(next)) => (next - one).mul_add(place - cell(index), *one),
        _ => 0.0,
    }
}

#[allow(clippy::cast_precision_loss)] // at most CELLS
const fn cell(index: usize) -> f64 {
    index as f64
}

fn expectation(mean: f64) -> f64 {
    let root = mean.sqrt();
    let most = 12.0_f64.mul_add(root, mean) + 12.0;
    let (mut chance, mut count, mut sum) = ((-mean).exp(), 0.0, 0.0);
    // e^-mean is 0 in f64 only beyond 700, where skewness is no matter.
    while count < most {
        sum += chance * ((count - mean) / root).clamp(-HUBER, HUBER);
        count += 1.0;
        chance *= mean / count;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_outliers_the_correction_leaves_the_rate_where_it_is() {
        // One event in ten hours: an uncorrected bounded residual would halve the rate.
        let hours: Vec<Observed> = (0..1_000)
            .map(|hour| Observed { events: if hour % 10 == 0 { 1.0 } else { 0.0 }, exposure: 1.0 })
            .collect();
        let prior = Prior::half_an_event(&hours).unwrap();
        let rate = robust(&hours, prior, 1.0);
        assert!((rate / 0.1 - 1.0).abs() < 0.1, "{rate}");
    }

    #[test]
    fn one_week_in_four_moves_it_little() {
        let week = |events| Observed { events, exposure: 10_000.0 };
        let prior = Prior { rate: 0.02, events: 20.0 };
        let clean = robust(&[week(200.0), week(190.0), week(210.0), week(200.0)], prior, 1.0);
        let outage = robust(&[week(200.0), week(190.0), week(210.0), week(4_000.0)], prior, 1.0);
        assert!((clean / 0.02 - 1.0).abs() < 0.01, "{clean}");
        assert!(outage / clean < 1.06, "{outage} against {clean}");
    }

    #[test]
    fn the_bias_is_that_of_the_sum_it_stands_for() {
        for mean in [2e-4, 0.03, 0.7, 5.0, 60.0] {
            assert!((bias(mean) - expectation(mean)).abs() < 4e-3, "{mean}");
        }
        assert!(bias(5e3).abs() < 1e-9);
    }
}

//! Quantiles of a negative binomial count, given its mean and variance.

/// Below this mean probabilities are summed; above, the gamma distribution of the same moments is as good.
const SUMMED: f64 = 100.0;

/// The counts between which a share `within` lies, as much below as above. A variance below the mean counts as the mean.
pub(super) fn band(mean: f64, variance: f64, within: f64) -> (f64, f64) {
    if mean <= 0.0 {
        return (0.0, 0.0);
    }
    let variance = variance.max(mean);
    let tail = f64::midpoint(0.0, 1.0 - within);
    if mean < SUMMED {
        (summed(mean, variance, tail), summed(mean, variance, 1.0 - tail))
    } else {
        let normal = normal_quantile(1.0 - tail);
        (gamma(mean, variance, -normal), gamma(mean, variance, normal))
    }
}

/// The smallest count that is not exceeded with this chance.
fn summed(mean: f64, variance: f64, chance: f64) -> f64 {
    let excess = variance / mean - 1.0;
    let shape = mean / excess.max(1e-9);
    let (mut count, mut here) = (0.0, (-(shape * excess.max(1e-9).ln_1p())).exp());
    let mut sum = here;
    let most = 60.0_f64.mul_add(variance.sqrt(), mean) + 60.0;
    while sum < chance && count < most {
        here *= (shape + count) / (count + 1.0) * excess.max(1e-9) / (1.0 + excess.max(1e-9));
        count += 1.0;
        sum += here;
    }
    count
}

/// Wilson and Hilferty 1931.
fn gamma(mean: f64, variance: f64, normal: f64) -> f64 {
    let ninth = variance / (9.0 * mean * mean);
    mean * normal.mul_add(ninth.sqrt(), 1.0 - ninth).max(0.0).powi(3)
}

/// Abramowitz and Stegun 26.2.23, to 5e-4; for chances above a half.
fn normal_quantile(chance: f64) -> f64 {
    let t = (-2.0 * (1.0 - chance).ln()).sqrt();
    let above = 0.010_328_f64.mul_add(t, 0.802_853).mul_add(t, 2.515_517);
    let below = 0.001_308_f64.mul_add(t, 0.189_269).mul_add(t, 1.432_788).mul_add(t, 1.0);
    t - above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R 4: qpois and qnbinom(p, mu = , size = mean / (variance / mean - 1)).
    #[test]
    fn quantiles_of_small_counts() {
        for (mean, variance, low, high) in
            [(0.1, 0.1, 0.0, 1.0), (5.0, 5.0, 1.0, 10.0), (20.0, 20.0, 12.0, 29.0)]
        {
            assert_eq!(band(mean, variance, 0.95), (low, high), "{mean} {variance}");
        }
    }

    #[test]
    fn both_ways_agree_where_they_meet() {
        for spread in [1.0, 3.0, 8.0] {
            let (low, high) = band(99.99, 99.99 * spread, 0.95);
            let (next_low, next_high) = band(100.01, 100.01 * spread, 0.95);
            assert!((low - next_low).abs() < 2.0 && (high - next_high).abs() < 2.0, "{spread}");
        }
    }

    #[test]
    fn the_normal_quantile() {
        assert!((normal_quantile(0.975) - 1.959_964).abs() < 5e-4);
        assert!((normal_quantile(0.9) - 1.281_552).abs() < 5e-4);
    }
}

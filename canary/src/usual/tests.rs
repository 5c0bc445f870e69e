//! What holds of the usual, on histories drawn from known rates.

use draws::Draws;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::*;

/// Monday, 5 January 2026, 00:00 UTC.
const START: i64 = 490_992;

mod draws {
    use super::*;

    /// Poisson and gamma-Poisson counts from a fixed seed.
    pub(super) struct Draws(TestRng);

    impl Draws {
        pub(super) fn new(seed: u8) -> Self {
            Self(TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
        }

        fn share(&mut self) -> f64 {
            #[allow(clippy::cast_precision_loss)]
            let share = (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
            share
        }

        /// A count of events that come in clusters of `cluster` each: variance is `cluster` times the mean.
        pub(super) fn clustered(&mut self, mean: f64, cluster: i64) -> i64 {
            #[allow(clippy::cast_precision_loss)]
            let mean = mean / cluster as f64;
            let (mut count, mut waited) = (0, -(1.0 - self.share()).ln());
            while waited < mean {
                count += 1;
                waited -= (1.0 - self.share()).ln();
            }
            count * cluster
        }
    }
}

/// More sessions in the evening, fewer at night.
fn sessions(hour: i64) -> i64 {
    [40, 400, 1_000, 2_000][usize::try_from(hour.rem_euclid(24) / 6).unwrap()]
}

/// Saturday evenings fail twice as often.
fn rate(hour: i64) -> f64 {
    let saturday = (hour - START).rem_euclid(WEEK) / 24 == 5;
    if saturday && hour.rem_euclid(24) >= 18 { 0.04 } else { 0.02 }
}

#[allow(clippy::cast_precision_loss)]
fn history(hours: i64, cluster: i64, seed: u8) -> Vec<Hour> {
    let mut draws = Draws::new(seed);
    (START..START + hours)
        .map(|hour| {
            let exposure = sessions(hour);
            Hour { hour, events: draws.clustered(rate(hour) * exposure as f64, cluster), exposure }
        })
        .collect()
}

#[test]
fn it_learns_the_hour_of_the_week() {
    let usual = Usual::learn(&history(6 * WEEK, 1, 1), START + 6 * WEEK);
    let saturday = usual.at(START + 6 * WEEK + 5 * 24 + 20, 2_000.0).unwrap();
    let monday = usual.at(START + 6 * WEEK + 20, 2_000.0).unwrap();
    assert_eq!((saturday.basis, monday.basis), (Basis::HourOfWeek, Basis::HourOfWeek));
    assert!((saturday.rate / 0.04 - 1.0).abs() < 0.15, "{saturday:?}");
    assert!((monday.rate / 0.02 - 1.0).abs() < 0.15, "{monday:?}");
    assert!(monday.low < 0.02 && 0.02 < monday.high && monday.high < 0.04, "{monday:?}");
}

#[test]
fn outages_in_the_history_change_little() {
    let clean = history(6 * WEEK, 1, 2);
    let mut broken = clean.clone();
    // One whole Tuesday failed ten times as often.
    for hour in broken.iter_mut().filter(|hour| (START + 192..START + 216).contains(&hour.hour)) {
        hour.events *= 10;
    }
    let now = START + 6 * WEEK;
    let (clean, broken) = (Usual::learn(&clean, now), Usual::learn(&broken, now));
    for hour in now + 24..now + 48 {
        let (one, other) = (clean.at(hour, 1_000.0).unwrap(), broken.at(hour, 1_000.0).unwrap());
        assert!(other.rate / one.rate < 1.25, "hour {hour}: {one:?} {other:?}");
    }
    assert!(broken.dispersion() < clean.dispersion() * 1.3, "{}", broken.dispersion());
}

#[test]
fn the_spread_of_clusters_is_found() {
    for (cluster, seed) in [(1, 3), (3, 4), (8, 5)] {
        let usual = Usual::learn(&history(8 * WEEK, cluster, seed), START + 8 * WEEK);
        #[allow(clippy::cast_precision_loss)]
        let ratio = usual.dispersion() / cluster as f64;
        assert!((0.7..1.5).contains(&ratio), "{cluster}: {}", usual.dispersion());
    }
}

/// Hours that go up and down by a fifth as a whole are told from clusters.
#[test]
fn drift_is_told_from_clusters() {
    let mut draws = Draws::new(9);
    let mut hours = history(8 * WEEK, 2, 9);
    let calm = Usual::learn(&hours, START + 8 * WEEK);
    assert!((1.4..2.6).contains(&calm.clusters()) && calm.drift() < 0.12, "{calm:?}");
    for hour in &mut hours {
        // Each of five steps from 0.72 to 1.28 as often: a standard deviation of a fifth.
        #[allow(clippy::cast_precision_loss)]
        let rate = rate(hour.hour) * (0.72 + 0.14 * (hour.hour * 7 % 5) as f64);
        #[allow(clippy::cast_precision_loss)]
        let mean = rate * hour.exposure as f64;
        hour.events = draws.clustered(mean, 2);
    }
    let moved = Usual::learn(&hours, START + 8 * WEEK);
    assert!((0.1..0.3).contains(&moved.drift()), "{}", moved.drift());
    assert!(moved.clusters() < 3.0, "{}", moved.clusters());
}

/// Of hours that were not learnt from, as many lie within the band as it says.
#[test]
#[allow(clippy::cast_precision_loss)]
fn the_band_holds_what_it_says() {
    let all = history(9 * WEEK, 4, 6);
    let now = START + 8 * WEEK;
    let usual = Usual::learn(&all, now);
    let coming: Vec<&Hour> = all.iter().filter(|hour| hour.hour >= now).collect();
    let within = coming.iter().filter(|hour| {
        let expected = usual.at(hour.hour, hour.exposure as f64).unwrap();
        let rate = hour.events as f64 / hour.exposure as f64;
        (expected.low - 1e-9..=expected.high + 1e-9).contains(&rate)
    });
    let share = within.count() as f64 / coming.len() as f64;
    assert!((0.91..=1.0).contains(&share), "{share}");
}

#[test]
fn little_history_is_said_to_be_little() {
    let basis = |hours: i64| {
        let usual = Usual::learn(&history(hours, 1, 7), START + hours);
        usual.at(START + hours + 3, 100.0).map(|expected| expected.basis)
    };
    assert_eq!(basis(0), None);
    assert_eq!(basis(23), None);
    assert_eq!(basis(24), Some(Basis::All));
    assert_eq!(basis(5 * 24), Some(Basis::HourOfDay));
    assert_eq!(basis(4 * WEEK), Some(Basis::HourOfWeek));
    let error = |weeks: i64| {
        let usual = Usual::learn(&history(weeks * WEEK, 1, 7), START + weeks * WEEK);
        usual.at(START + weeks * WEEK + 3, 100.0).unwrap().error
    };
    assert!(error(8) < error(5), "more history is surer");
}

#[test]
fn what_goes_on_now_is_not_usual() {
    let mut all = history(5 * WEEK, 1, 8);
    let now = START + 5 * WEEK;
    for hour in all.iter_mut().filter(|hour| hour.hour >= now - 20) {
        hour.events = hour.exposure;
    }
    let usual = Usual::learn(&all, now).at(now, 1_000.0).unwrap();
    assert!(usual.rate < 0.03, "{usual:?}");
}

#[test]
fn an_app_without_failures_has_a_rate_near_nothing() {
    let quiet: Vec<Hour> = (START..START + 200).map(|hour| Hour { hour, events: 0, exposure: 500 }).collect();
    let expected = Usual::learn(&quiet, START + 200).at(START + 201, 500.0).unwrap();
    assert!(expected.rate > 0.0 && expected.rate < 1e-4, "{expected:?}");
    assert!(expected.low == 0.0, "{expected:?}");
}

proptest! {
    #[test]
    fn any_history_gives_sane_numbers(
        hours in prop::collection::vec((0..3_000_i64, 0..1_000_000_i64, 0..1_000_000_i64), 0..120),
        asked in 0..4_000_i64,
        exposure in 0.0..1e7_f64,
    ) {
        let history: Vec<Hour> =
            hours.into_iter().map(|(hour, events, exposure)| Hour { hour, events, exposure }).collect();
        let usual = Usual::learn(&history, 3_000);
        prop_assert!(usual.dispersion() >= 1.0 && usual.dispersion().is_finite());
        if let Some(expected) = usual.at(asked, exposure) {
            prop_assert!(expected.rate > 0.0 && expected.rate.is_finite());
            prop_assert!(expected.error > 0.0 && expected.error.is_finite());
            prop_assert!(0.0 <= expected.low && expected.low <= expected.high && expected.high.is_finite());
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn order_does_not_matter(seed in 0..32_u8) {
        let mut hours = history(4 * WEEK, 2, seed);
        let now = START + 4 * WEEK;
        let one = Usual::learn(&hours, now);
        hours.reverse();
        prop_assert_eq!(one, Usual::learn(&hours, now));
    }
}

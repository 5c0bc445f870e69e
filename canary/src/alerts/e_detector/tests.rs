//! How often it cries wolf, and how soon it sees one.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::super::reading::Cell;
use super::*;
use crate::usual::{Hour, Usual};

struct Draws(TestRng);

impl Draws {
    fn new(seed: u8) -> Self {
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
    }

    fn share(&mut self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let share = (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        share
    }

    fn exponential(&mut self) -> f64 {
        -(1.0 - self.share()).ln()
    }

    fn poisson(&mut self, mean: f64) -> i64 {
        let (mut count, mut waited) = (0, self.exponential());
        while waited < mean {
            count += 1;
            waited += self.exponential();
        }
        count
    }

    /// Clusters of 1, 2, 3 … with equal chance up to `2 * size - 1`: variance over mean is about `4 size / 3`.
    fn clustered(&mut self, mean: f64, size: i64) -> i64 {
        #[allow(clippy::cast_precision_loss)]
        let clusters = self.poisson(mean / size as f64);
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        (0..clusters).map(|_| 1 + (self.share() * (2 * size - 1) as f64) as i64).sum()
    }
}

/// The mean run until `R ≥ needed`, each run cut at `most` minutes, which only makes it shorter.
#[allow(clippy::cast_precision_loss)]
fn mean_run(
    needed: f64,
    theta: f64,
    runs: u8,
    most: i64,
    mut draw: impl FnMut(&mut Draws) -> (f64, f64),
) -> f64 {
    let mut total = 0;
    for seed in 0..runs {
        let mut draws = Draws::new(seed);
        let mut evidence = Evidence::new(1.25);
        evidence.prepare(theta, 0.0);
        let mut minute = 0;
        while minute < most && evidence.sum() < needed {
            let (events, mean) = draw(&mut draws);
            evidence.add(minute, 1, events, mean);
            minute += 1;
        }
        total += minute;
    }
    total as f64 / f64::from(runs)
}

/// ARL ≥ 1/α under over-dispersed counts, which a plain Poisson detector would not keep.
#[test]
#[allow(clippy::cast_precision_loss)]
fn false_alarms_are_as_rare_as_it_says() {
    let needed = 1_000.0;
    let calm = |draws: &mut Draws| (draws.clustered(4.0, 3) as f64, 4.0);
    let run = mean_run(needed, 3.0, 60, 8_000, calm);
    assert!(run >= needed, "a false alarm every {run} minutes");
    let naive = mean_run(needed, 0.0, 60, 8_000, calm);
    assert!(naive < needed / 2.0, "without the spread it would be every {naive} minutes");
}

#[test]
#[allow(clippy::cast_precision_loss)]
fn a_doubled_rate_is_seen_soon_and_a_tenfold_one_at_once() {
    let needed = 40_320.0;
    let doubled = |draws: &mut Draws| (draws.poisson(4.0) as f64, 2.0);
    let run = mean_run(needed, 0.0, 40, 8_000, doubled);
    assert!(run < 25.0, "{run} minutes");
    let tenfold = |draws: &mut Draws| (draws.poisson(20.0) as f64, 2.0);
    let run = mean_run(needed, 0.0, 40, 8_000, tenfold);
    assert!(run < 3.0, "{run} minutes");
    // A tenth more than usual is hardly what it looks for.
    let little = |draws: &mut Draws| (draws.poisson(2.2) as f64, 2.0);
    let run = mean_run(needed, 0.0, 10, 8_000, little);
    assert!(run > 250.0, "{run} minutes");
}

/// The expectation of each factor under the null, summed in full: exactly 1, so the sum less the minutes is a martingale.
#[test]
fn a_fair_bet_wins_nothing_on_average() {
    for (mean, theta) in [(0.3_f64, 0.0_f64), (0.3, 2.0), (5.0, 0.5), (5.0, 6.0)] {
        let shape = mean / theta;
        let mut chance = if theta > 0.0 { (-shape * theta.ln_1p()).exp() } else { (-mean).exp() };
        let mut expected = [0.0; ALTERNATIVES];
        for count in 0..4_000 {
            let events = f64::from(count);
            let mut evidence = Evidence::new(1.25);
            evidence.prepare(theta, 0.0);
            evidence.add(0, 1, events, mean);
            for (sum, alternative) in expected.iter_mut().zip(&evidence.0) {
                if chance > 0.0 {
                    *sum += chance * alternative.evidence;
                }
            }
            chance *= if theta > 0.0 {
                (shape + events) / (events + 1.0) * theta / (1.0 + theta)
            } else {
                mean / (events + 1.0)
            };
        }
        for sum in expected {
            assert!((sum - 1.0).abs() < 1e-6, "{mean} {theta}: {sum}");
        }
    }
}

const WEEK: i64 = 168;
const NOW_HOUR: i64 = 491_000 + 6 * WEEK;

/// Six weeks at 2 %, then minutes of the last day: 10 sessions each, `failing(minutes ago)` of them failing.
fn seen(failing: impl Fn(i64) -> i64, restart: i64) -> Reading {
    let hours: Vec<Hour> =
        (NOW_HOUR - 6 * WEEK..NOW_HOUR).map(|hour| Hour { hour, events: 12, exposure: 600 }).collect();
    let usual = Usual::learn(&hours, NOW_HOUR);
    let now = NOW_HOUR * 60;
    let minutes: Vec<Cell> = (1..=MINUTES_BACK + 60)
        .rev()
        .map(|ago| Cell { minute: now - ago, events: failing(ago), exposure: 10 })
        .collect();
    let view = View { minutes: &minutes, hours: &hours, usual: &usual, now, restart, groups: 1 };
    Unusual::default().read(&view)
}

#[test]
fn it_says_since_when_and_how_much_more() {
    let calm = |ago: i64| i64::from(ago % 5 == 0);
    assert_ne!(seen(calm, 0).level, Level::High);
    let broken = |ago: i64| if ago <= 30 { 3 } else { calm(ago) };
    let reading = seen(broken, 0);
    assert_eq!(reading.level, Level::High);
    let since = reading.since.unwrap();
    assert!((NOW_HOUR * 60 - since - 30).abs() <= 3, "{}", NOW_HOUR * 60 - since);
    assert!((reading.against.unwrap() / 0.02 - 1.0).abs() < 0.1, "{reading:?}");
    assert!(reading.sum.rate().unwrap() > 0.25, "{reading:?}");
}

#[test]
fn it_is_quiet_again_once_it_looks_usual_and_starts_anew_after_that() {
    let over = |ago: i64| if (200..=400).contains(&ago) { 3 } else { i64::from(ago % 5 == 0) };
    assert_eq!(seen(over, 0).level, Level::Low);
    let still = |ago: i64| if ago <= 400 { 3 } else { i64::from(ago % 5 == 0) };
    assert_eq!(seen(still, 0).level, Level::High);
    assert_eq!(seen(still, NOW_HOUR * 60 - 10).level, Level::High, "what goes on is found again");
    let slight = |ago: i64| if ago > 10 && ago <= 400 { 3 } else { i64::from(ago % 2 == 0) };
    assert_ne!(
        seen(slight, NOW_HOUR * 60 - 2).level,
        Level::High,
        "what was before the restart is no evidence"
    );
}

/// An outage of yesterday that nobody judged then is no reason to fire at the first noise of today.
#[test]
fn what_is_over_is_no_evidence() {
    let noise = |ago: i64| i64::from(ago % 5 == 0) + i64::from(ago <= 20 && ago % 3 == 0);
    let broken_yesterday = |ago: i64| if (900..1_100).contains(&ago) { 4 } else { noise(ago) };
    assert_ne!(seen(noise, 0).level, Level::High);
    assert_ne!(seen(broken_yesterday, 0).level, Level::High);
}

#[test]
fn without_a_past_it_says_nothing() {
    let usual = Usual::learn(&[], NOW_HOUR);
    let minutes = [Cell { minute: NOW_HOUR * 60 - 1, events: 500, exposure: 500 }];
    let view =
        View { minutes: &minutes, hours: &[], usual: &usual, now: NOW_HOUR * 60, restart: 0, groups: 1 };
    assert_eq!(Unusual::default().read(&view), Reading::QUIET);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_counts_give_a_reading(
        cells in prop::collection::btree_map(0..2_000_i64, (0..1_000_000_i64, 0..1_000_000_i64), 0..200),
        hours in prop::collection::btree_map(0..400_i64, (0..1_000_000_i64, 0..1_000_000_i64), 0..200),
    ) {
        let from = NOW_HOUR * 60 - 2_000;
        let minutes: Vec<Cell> = cells
            .into_iter()
            .map(|(at, (events, exposure))| Cell { minute: from + at, events, exposure })
            .collect();
        let hours: Vec<Hour> = hours
            .into_iter()
            .map(|(at, (events, exposure))| Hour { hour: NOW_HOUR - 400 + at, events, exposure })
            .collect();
        let usual = Usual::learn(&hours, NOW_HOUR);
        let view = View {
            minutes: &minutes, hours: &hours, usual: &usual, now: NOW_HOUR * 60, restart: 0, groups: 3,
        };
        let reading = Unusual::default().read(&view);
        prop_assert!(reading.against.is_none_or(f64::is_finite));
    }
}

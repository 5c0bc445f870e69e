//! Five weeks of an app's counts by the minute, without phones: quick enough for many of them.
//!
//! Sessions follow the hour, the weekday and the weather of the day. Of them 2 % fail, more in the evening and most on Saturday
//! evening; days differ by 4 % and hours by 8 % more than by chance, and failed sessions come in clusters of 1.5, all of which
//! a detector has to live with. Two outages lie in the three weeks of history; those of the last two weeks are to be found.

use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};
use rand_distr::{Distribution as _, Geometric, LogNormal, Poisson};

/// Monday, 5 January 2026, 00:00 UTC, in minutes since 1970.
pub(crate) const START_MIN: u64 = 29_459_520;
pub(crate) const DAY: u64 = 1_440;
/// Days before anything is to be found.
pub(crate) const HISTORY_DAYS: u64 = 21;
pub(crate) const DAYS: u64 = 35;
const BASE: f64 = 0.02;
/// The parameter of the clusters: 1.5 sessions on average.
const CLUSTER: f64 = 1.0 / 1.5;
pub(crate) const RELEASES: [(&str, f64); 2] = [("2.4.0", 0.8), ("2.5.0", 0.2)];
pub(crate) const REGIONS: [(&str, f64); 3] = [("eu", 0.5), ("us", 0.35), ("apac", 0.15)];

/// An outage. Minutes since the start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outage {
    pub(crate) from: u64,
    pub(crate) until: u64,
    /// How many times as many sessions fail.
    pub(crate) factor: f64,
    /// `None`: everywhere.
    pub(crate) region: Option<&'static str>,
    /// `None`: of all releases.
    pub(crate) release: Option<&'static str>,
}

/// What one minute counted of one release in one region.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) minute: u64,
    pub(crate) release: &'static str,
    pub(crate) region: &'static str,
    pub(crate) sessions: u64,
    pub(crate) failed: u64,
}

/// See the module.
pub(crate) struct World {
    pub(crate) sessions_a_day: f64,
    pub(crate) outages: Vec<Outage>,
    chance: SmallRng,
    day: f64,
    hour: f64,
}

impl World {
    /// Everything follows from the seed.
    pub(crate) fn new(seed: u64, sessions_a_day: f64) -> Self {
        let mut chance = SmallRng::seed_from_u64(seed);
        let mut outages: Vec<Outage> =
            [(6, 4.0), (15, 8.0)].map(|(day, factor)| at(&mut chance, day, 300, factor, None, None)).into();
        let kinds = [
            (1.5, None, None),
            (2.0, None, None),
            (3.0, None, None),
            (5.0, None, None),
            (10.0, None, None),
            (4.0, Some("apac"), None),
            (4.0, None, Some("2.5.0")),
        ];
        for (slot, (factor, region, release)) in (0..).zip(kinds) {
            outages.push(at(&mut chance, HISTORY_DAYS + 2 * slot, 240, factor, region, release));
        }
        Self { sessions_a_day, outages, chance, day: 1.0, hour: 1.0 }
    }

    /// The outages that are to be found.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = &Outage> {
        self.outages.iter().filter(|outage| outage.from >= HISTORY_DAYS * DAY)
    }

    /// Counts of one minute; each minute once, in their order.
    pub(crate) fn minute(&mut self, minute: u64) -> Vec<Cell> {
        if minute.is_multiple_of(DAY) {
            self.day = spread(&mut self.chance, 0.04);
        }
        if minute.is_multiple_of(60) {
            self.hour = spread(&mut self.chance, 0.08);
        }
        let (hour, weekday) = (minute / 60 % 24, minute / DAY % 7);
        let busy = [0.35, 0.2, 0.15, 0.4, 0.8, 1.0, 1.1, 1.3, 1.4, 1.7, 2.0, 1.6]
            [usize::try_from(hour / 2).unwrap_or(0)]
            * if weekday >= 5 { 1.2 } else { 1.0 };
        let evening = match (weekday, hour) {
            (5, 18..) => 1.8,
            (_, 18..) => 1.3,
            _ => 1.0,
        };
        let mut cells = Vec::new();
        for (release, of_release) in RELEASES {
            for (region, of_region) in REGIONS {
                #[expect(clippy::cast_precision_loss, reason = "minutes of a day")]
                let mean = self.sessions_a_day / DAY as f64 * busy * of_release * of_region;
                let sessions = poisson(&mut self.chance, mean);
                let times: f64 = self
                    .outages
                    .iter()
                    .filter(|outage| {
                        (outage.from..outage.until).contains(&minute)
                            && outage.region.is_none_or(|own| own == region)
                            && outage.release.is_none_or(|own| own == release)
                    })
                    .map(|outage| outage.factor)
                    .product();
                let rate = BASE * evening * self.day * self.hour * times;
                #[expect(clippy::cast_precision_loss, reason = "sessions of a minute")]
                let clusters = poisson(&mut self.chance, sessions as f64 * rate * CLUSTER);
                let failed = (0..clusters).map(|_| cluster(&mut self.chance)).sum::<u64>().min(sessions);
                cells.push(Cell { minute, release, region, sessions, failed });
            }
        }
        cells
    }
}

/// An outage that begins somewhere in the day and a half from `day` on.
fn at(
    chance: &mut SmallRng,
    day: u64,
    lasts: u64,
    factor: f64,
    region: Option<&'static str>,
    release: Option<&'static str>,
) -> Outage {
    let from = day * DAY + chance.random_range(0..DAY * 3 / 2);
    Outage { from, until: from + lasts, factor, region, release }
}

/// Around 1, this much apart.
fn spread(chance: &mut SmallRng, deviation: f64) -> f64 {
    LogNormal::new(-deviation * deviation / 2.0, deviation).map_or(1.0, |law| law.sample(chance))
}

fn poisson(chance: &mut SmallRng, mean: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    Poisson::new(mean).map_or(0, |law| law.sample(chance) as u64)
}

fn cluster(chance: &mut SmallRng) -> u64 {
    Geometric::new(CLUSTER).map_or(1, |law| law.sample(chance) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_days(days: std::ops::Range<u64>, outages: bool) -> (f64, f64) {
        let mut world = World::new(1, 100_000.0);
        if !outages {
            world.outages.clear();
        }
        let (mut sessions, mut failed) = (0, 0);
        for cell in (days.start * DAY..days.end * DAY).flat_map(|minute| world.minute(minute)) {
            sessions += cell.sessions;
            failed += cell.failed;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts")]
        (sessions as f64, failed as f64)
    }

    #[test]
    fn a_week_has_the_sessions_and_failures_it_should() {
        let (sessions, failed) = of_days(0..7, false);
        assert!((sessions / 735_000.0 - 1.0).abs() < 0.1, "{sessions}");
        assert!((0.018..0.026).contains(&(failed / sessions)), "{}", failed / sessions);
    }

    #[test]
    fn outages_to_be_found_come_after_the_history_and_one_by_one() {
        for seed in 0..20 {
            let world = World::new(seed, 1.0);
            let mut last = HISTORY_DAYS * DAY;
            for outage in world.wanted() {
                assert!(outage.from >= last && outage.until <= DAYS * DAY, "{outage:?}");
                last = outage.until + 120;
            }
            assert_eq!(world.wanted().count(), 7);
        }
    }
}

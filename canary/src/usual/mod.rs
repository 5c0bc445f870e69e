//! What is usual for an hour of the week: the rate to expect, and the band in which the rate of an hour lies.
//!
//! An hour with `n` opportunities has `μ = n r` failures on average, where `r` is the rate of this hour in other weeks, with
//! the variance `φ μ`: failures come in clusters (one bad network, one bad evening), so hours differ more than by chance.
//!
//! - **Rate**: for each hour of the week a robust quasi-Poisson estimate over at most eight weeks, in which a past outage
//!   weighs little (Huber's function on Pearson residuals, made unbiased at small counts: Cantoni and Ronchetti 2001). Each
//!   level leans on the coarser one with the weight of a few events: hour of week on hour of day, that on all hours.
//! - **Dispersion**: `φ` = trimmed mean of squared Pearson residuals (`McCullagh` and Nelder 1989, 9.2.4, without the
//!   largest tenth, so that outages do not count), of blocks with enough failures; at least 1; the larger of quiet and busy hours.
//! - **Band**: quantiles of the negative binomial with variance `φμ + (sμ)²`, where `s` is the relative error of the rate
//!   itself: with little history the band is wide.
//!
//! Hours are those of UTC: when clocks change, an hour is compared with its neighbour for some weeks. Pure: no IO, no clock.

mod dispersion;
mod quantile;
mod rate;

use dispersion::{Block, Spread};
use rate::{Observed, Prior};

/// Hours of a week.
const WEEK: i64 = 168;
/// Hours of a day.
const DAY: i64 = 24;
/// Weeks that are looked back on: longer ago the app was another.
const WEEKS_BACK: i64 = 8;
/// Of how many weeks, or days, an hour must have counts before it is compared with itself.
const LEAST_PERIODS: usize = 3;
/// Hours with counts before anything is usual.
const LEAST_HOURS: usize = 24;
/// How many events of its own outweigh what a level takes from the coarser one.
const LEAN_EVENTS: f64 = 20.0;
/// Share of hours within the band.
const WITHIN: f64 = 0.95;

/// Counts of one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// Hours since 1970, UTC.
    pub hour: i64,
    /// The numerator: failures, or failed sessions.
    pub events: i64,
    /// The denominator: opportunities, or sessions.
    pub exposure: i64,
}

/// With what an hour was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The same hour of the same weekday.
    HourOfWeek,
    /// The same hour of other days.
    HourOfDay,
    /// All hours: the history is short.
    All,
}

/// What to expect of one hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// Events for each unit of exposure.
    pub rate: f64,
    /// Lower end of the band for the exposure asked for, as a rate.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The relative standard error of `rate`: 0.1 is 10 %.
    pub error: f64,
    /// With what the hour was compared.
    pub basis: Basis,
    /// From how many weeks, days or hours (by `basis`) the rate was learnt.
    pub periods: usize,
}

/// What is usual. See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Usual {
    week: Vec<Option<Level>>,
    day: Vec<Option<Level>>,
    all: Option<Level>,
    spread: Spread,
}

/// A rate with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Level {
    rate: f64,
    error: f64,
    periods: usize,
}

impl Usual {
    /// Learns from all hours before `now_hour`, in any order, eight weeks back. Where there is more than a week, the last
    /// day is left out, so that an outage that still goes on does not become usual. An hour without exposure says nothing.
    #[must_use]
    pub fn learn(history: &[Hour], now_hour: i64) -> Self {
        let from = now_hour - WEEKS_BACK * WEEK - DAY;
        let known = |hour: &&Hour| (from..now_hour).contains(&hour.hour) && hour.exposure > 0;
        let first = history.iter().filter(known).map(|hour| hour.hour).min().unwrap_or(now_hour);
        let until = if now_hour - first > WEEK + DAY { now_hour - DAY } else { now_hour };
        let mut hours: Vec<Hour> = history.iter().filter(known).copied().collect();
        hours.retain(|hour| hour.hour < until);
        hours.sort_unstable_by_key(|hour| hour.hour);
        // The spread is needed for the rates, and the rates for the spread.
        let poisson = Self::fit(&hours, Spread::CHANCE);
        let rough = Self::fit(&hours, poisson.spread_of(&hours));
        Self::fit(&hours, rough.spread_of(&hours))
    }

    fn fit(hours: &[Hour], spread: Spread) -> Self {
        let dispersion = spread.hours;
        let observed: Vec<Observed> = hours.iter().map(Observed::of).collect();
        let all = (observed.len() >= LEAST_HOURS).then(|| level(&observed, None, dispersion)).flatten();
        let levels = |cycle: i64, parent: &dyn Fn(i64) -> Option<Level>| -> Vec<Option<Level>> {
            (0..cycle)
                .map(|slot| {
                    let own: Vec<Observed> = hours
                        .iter()
                        .filter(|hour| hour.hour.rem_euclid(cycle) == slot)
                        .map(Observed::of)
                        .collect();
                    let parent = parent(slot)?;
                    if own.len() >= LEAST_PERIODS { level(&own, Some(parent), dispersion) } else { None }
                })
                .collect()
        };
        let day = levels(DAY, &|_| all);
        // The cycle of weeks begins on a Thursday, as 1970 did: at the same hour as that of days.
        let week = levels(WEEK, &|slot| slot_of(&day, slot, DAY));
        Self { week, day, all, spread }
    }

    /// What to expect of an hour with this exposure; `None` while there is less than a day of history.
    #[must_use]
    pub fn at(&self, hour: i64, exposure: f64) -> Option<Expected> {
        let (level, basis) = self.level(hour)?;
        let mean = (level.rate * exposure).max(0.0);
        let variance = self.spread.hours.mul_add(mean, (level.error * mean).powi(2));
        let (low, high) = quantile::band(mean, variance, WITHIN);
        let per = if exposure > 0.0 { 1.0 / exposure } else { 0.0 };
        Some(Expected {
            rate: level.rate,
            // Of a few chances nothing is the likeliest number; what is usual is never outside of its own range.
            low: (low * per).min(level.rate),
            high: (high * per).max(level.rate),
            error: level.error,
            basis,
            periods: level.periods,
        })
    }

    /// The usual rate of an hour and its relative standard error; `None` while there is less than a day of history.
    #[must_use]
    pub fn rate_at(&self, hour: i64) -> Option<(f64, f64)> {
        self.level(hour).map(|(level, _)| (level.rate, level.error))
    }

    /// How many times as much as by chance alone the counts of an hour vary: at least 1.
    #[must_use]
    pub const fn dispersion(&self) -> f64 {
        self.spread.hours
    }

    /// The part of the dispersion that comes of clusters, which minutes have as hours do: at least 1.
    #[must_use]
    pub const fn clusters(&self) -> f64 {
        self.spread.clusters
    }

    /// The rest of it: the relative standard deviation of the rates of whole hours; 0.1 is 10 %.
    #[must_use]
    pub const fn drift(&self) -> f64 {
        self.spread.drift
    }

    fn level(&self, hour: i64) -> Option<(Level, Basis)> {
        slot_of(&self.week, hour, WEEK)
            .map(|level| (level, Basis::HourOfWeek))
            .or_else(|| slot_of(&self.day, hour, DAY).map(|level| (level, Basis::HourOfDay)))
            .or_else(|| self.all.map(|level| (level, Basis::All)))
    }

    fn spread_of(&self, hours: &[Hour]) -> Spread {
        let blocks = hours.iter().filter_map(|hour| {
            let (level, _) = self.level(hour.hour)?;
            let Observed { events, exposure } = Observed::of(hour);
            let mean = level.rate * exposure;
            // What the hour itself gave to its rate makes it look closer than it is.
            let leverage = (mean * level.error.powi(2) / self.spread.hours).min(0.5);
            Some(Block { events, mean, kept: 1.0 - leverage })
        });
        dispersion::estimate(blocks)
    }
}

fn slot_of(levels: &[Option<Level>], hour: i64, cycle: i64) -> Option<Level> {
    usize::try_from(hour.rem_euclid(cycle)).ok().and_then(|slot| levels.get(slot).copied().flatten())
}

fn level(observed: &[Observed], parent: Option<Level>, dispersion: f64) -> Option<Level> {
    let prior = match parent {
        Some(parent) => Prior { rate: parent.rate, events: LEAN_EVENTS },
        None => Prior::half_an_event(observed)?,
    };
    let rate = rate::robust(observed, prior, dispersion);
    let own: f64 = observed.iter().map(|hour| hour.exposure * rate / dispersion).sum();
    Some(Level { rate, error: (own + prior.events).sqrt().recip(), periods: observed.len() })
}

#[cfg(test)]
mod tests;

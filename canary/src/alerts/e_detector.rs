//! More than usual: a Shiryaev–Roberts e-detector against the hour of the week.
//!
//! Under "as usual" the count `x` of a minute has the mean `μ = exposure · usual rate` and comes in clusters: it is negative
//! binomial with variance `(1 + θ) μ`, a sum of clusters, so that it holds for minutes and hours alike. For an alternative that
//! is `g` times as frequent the exponential tilt to the mean `gμ` gives a likelihood ratio of expectation exactly 1:
//!
//! ```text
//! ln L = x ln( g(1+θ) / (1+gθ) ) − (μ/θ) ln( (1+gθ) / (1+θ) )          (θ → 0: x ln g − μ (g − 1), Poisson)
//! ```
//!
//! One e-process begins at every minute; their sum is kept by `R ← (R + minutes) L`. `R` less the minutes gone by is a martingale
//! under the null, so an alarm at `R ≥ N` comes after `N` minutes on average or later (Shiryaev 1963, Roberts 1966; as an
//! e-detector: Shin, Ramdas and Rinaldo 2024). A mixture over `g` keeps that.
//!
//! "As usual" is any rate up to `1 + m` times the usual one, where `m` is two standard deviations of what moves the rate of whole
//! hours and of the error of the usual rate itself; `θ` is what clusters add. Both come of the history. Were hours and clusters
//! one spread, minutes would have to look like hours, and a tenfold rate would take as long as a threefold one.
//!
//! It is read anew at each look, over a week in hours and a day in minutes: what came late is in it, and nothing has to be kept.

use super::reading::{Level, Reading, Sum, View};

/// Minutes read one by one; before them whole hours are read.
pub(crate) const MINUTES_BACK: i64 = 1_440;
/// Hours read before the minutes: what is longer ago is no news.
const HOURS_BACK: i64 = 168;
/// Alternatives that are mixed, evenly, from the least to the largest, evenly by their logarithms.
const ALTERNATIVES: usize = 10;
const LARGEST: f64 = 10.0;
/// No alternative is nearer to what is usual.
const NEAREST: f64 = 1.05;
/// Keeps evidence finite in a long outage.
const MOST_EVIDENCE: f64 = 1e200;
/// To be quiet, a window has to look usual in which what went on would have shown: three standard deviations apart.
const QUIET_DEVIATIONS: f64 = 3.0;
/// In that window so many events are usual at least (each cluster one).
const QUIET_EVENTS: f64 = 5.0;
/// What looks like more than so many times the usual is never quiet.
const QUIET_TIMES: f64 = 1.5;
/// Without evidence it is quiet if it does not look like so many times the usual.
const QUIET_FROM: f64 = 2.0;
/// Lengths of that window, the first that has enough.
const QUIET_WINDOWS: [i64; 5] = [15, 30, 60, 180, 360];
/// The longest of them: if it has too little, it has to do.
const LONGEST_QUIET: i64 = 360;
/// The longest window that a sentence is about.
const TOLD_MINUTES: i64 = 60;

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unusual {
    /// Minutes between false alarms, at least, on average, of all groups of the alert together.
    pub(crate) false_alarm_min: f64,
    /// A rate of so many times the usual one is worth telling: above 1.
    pub(crate) times: f64,
}

impl Default for Unusual {
    fn default() -> Self {
        Self { false_alarm_min: 28.0 * 1_440.0, times: 1.25 }
    }
}

/// One alternative with its evidence.
#[derive(Debug, Clone, Copy)]
struct Alternative {
    factor: f64,
    /// The sum of all e-processes.
    evidence: f64,
    /// The largest log e-value of any of them, and the minute since which that one runs.
    best: f64,
    since: i64,
    /// For the hour at hand: what an event adds, and what each expected event takes.
    gain: f64,
    cost: f64,
}

impl Alternative {
    fn prepare(&mut self, theta: f64, margin: f64) {
        let factor = (self.factor / (1.0 + margin)).max(NEAREST);
        let (g, within) = (factor, factor.mul_add(theta, 1.0) / (1.0 + theta));
        self.gain = (g / within).ln();
        self.cost = if theta < 1e-9 { g - 1.0 } else { within.ln() / theta };
    }

    fn add(&mut self, minute: i64, minutes: i64, events: f64, mean: f64) {
        let log = events.mul_add(self.gain, -mean * self.cost);
        #[allow(clippy::cast_precision_loss)]
        let begun = self.evidence + minutes as f64;
        self.evidence = (begun * log.exp()).min(MOST_EVIDENCE);
        if self.best <= 0.0 {
            (self.best, self.since) = (0.0, minute);
        }
        self.best += log;
    }
}

/// The mixture of all alternatives.
struct Evidence([Alternative; ALTERNATIVES]);

impl Evidence {
    /// None yet, for alternatives from `times` on.
    #[allow(clippy::cast_precision_loss)]
    fn new(times: f64) -> Self {
        let step = (LARGEST.max(times) / times).ln() / (ALTERNATIVES - 1) as f64;
        Self(std::array::from_fn(|index| Alternative {
            factor: times * (step * index as f64).exp(),
            evidence: 0.0,
            best: 0.0,
            since: i64::MIN,
            gain: 0.0,
            cost: 0.0,
        }))
    }

    /// What follows varies by `1 + theta` times its mean, which may be `1 + margin` times the usual.
    fn prepare(&mut self, theta: f64, margin: f64) {
        self.0.iter_mut().for_each(|alternative| alternative.prepare(theta, margin));
    }

    /// Takes `minutes` that began at `minute` into account.
    fn add(&mut self, minute: i64, minutes: i64, events: f64, mean: f64) {
        self.0.iter_mut().for_each(|alternative| alternative.add(minute, minutes, events, mean));
    }

    /// `R` of the module.
    #[allow(clippy::cast_precision_loss)]
    fn sum(&self) -> f64 {
        self.0.iter().map(|alternative| alternative.evidence).sum::<f64>() / self.0.len() as f64
    }

    /// How many times as frequent the strongest alternative is, and since when it holds best.
    fn strongest(&self) -> Option<(f64, i64)> {
        let strongest = self.0.iter().max_by(|one, other| one.evidence.total_cmp(&other.evidence));
        strongest.map(|one| (one.factor, one.since))
    }
}

impl Unusual {
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    pub(crate) fn read(&self, view: &View<'_>) -> Reading {
        let mut evidence = Evidence::new(self.times);
        let first_minute = (view.now - MINUTES_BACK).div_euclid(60) * 60;
        let theta = view.usual.clusters() - 1.0;
        let mut known = false;
        for hour in view.hours {
            let minute = hour.hour * 60;
            let old = minute < view.restart || minute < first_minute - HOURS_BACK * 60;
            if old || minute >= first_minute {
                continue;
            }
            let Some(expected) = view.usual.rate_at(hour.hour) else { continue };
            let margin = margin(view, expected.1);
            evidence.prepare(theta, margin);
            evidence.add(minute, 60, hour.events as f64, expected.0 * (1.0 + margin) * hour.exposure as f64);
        }
        let start = first_minute.max(view.restart);
        let mut next = start;
        let cells = view.minutes.iter().filter(|cell| (start..view.now).contains(&cell.minute));
        let (mut hour, mut most, mut so_far) = (i64::MIN, None, (0.0, 0.0));
        for cell in cells {
            if cell.minute.div_euclid(60) != hour {
                self.forget(&mut evidence, view, so_far.0, so_far.1);
                so_far = (0.0, 0.0);
                hour = cell.minute.div_euclid(60);
                most = view.usual.rate_at(hour).map(|(rate, error)| {
                    let margin = margin(view, error);
                    evidence.prepare(theta, margin);
                    (rate, rate * (1.0 + margin))
                });
            }
            let Some((usual, rate)) = most else { continue };
            so_far.0 += cell.events as f64;
            so_far.1 += usual * cell.exposure as f64;
            known = true;
            // Minutes without counts carry no evidence, but processes begin in them as well.
            let minutes = cell.minute + 1 - next;
            next = cell.minute + 1;
            let mean = rate * cell.exposure as f64;
            evidence.add(cell.minute, minutes, cell.events as f64, mean);
        }
        if known { self.judge(view, &evidence) } else { Reading::QUIET }
    }

    /// How much evidence is enough.
    #[allow(clippy::cast_precision_loss)]
    fn needed(&self, view: &View<'_>) -> f64 {
        self.false_alarm_min * view.groups.max(1) as f64
    }

    /// After an hour that looked usual, evidence that was enough is of something that is over. Less of it is as good as before.
    fn forget(&self, evidence: &mut Evidence, view: &View<'_>, events: f64, mean: f64) {
        let Some((factor, _)) = evidence.strongest() else { return };
        let over = mean >= tells(view, factor) && events <= mean * quiet_times(factor);
        if over && evidence.sum() >= self.needed(view) {
            *evidence = Evidence::new(self.times);
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn judge(&self, view: &View<'_>, evidence: &Evidence) -> Reading {
        let (factor, since) = evidence.strongest().unwrap_or((self.times, view.now));
        let told = view.between(since.clamp(view.now - TOLD_MINUTES, view.now - 1));
        let usual = usual_over(view, &told);
        let surely = evidence.sum() >= self.needed(view);
        // What has just begun is not outweighed by the calm before it.
        let (factor, longest) =
            if surely { (factor, view.now - since) } else { (factor.max(QUIET_FROM), i64::MAX) };
        // Evidence may lie hours back; what is told now has to show now.
        let shows = told.rate().zip(usual).is_some_and(|(rate, usual)| rate > usual * self.times.sqrt());
        let level = if is_quiet(view, factor, longest) {
            Level::Low
        } else if surely && shows {
            Level::High
        } else {
            Level::Between
        };
        Reading { level, sum: told, against: usual, since: Some(since) }
    }
}

/// Whether the newest window that could tell, of at most so many minutes, looks nearer to the usual than to `factor` times it.
#[allow(clippy::cast_precision_loss)]
fn is_quiet(view: &View<'_>, factor: f64, longest: i64) -> bool {
    let needed = tells(view, factor);
    let mut last = None;
    for sum in QUIET_WINDOWS.iter().filter(|minutes| **minutes <= longest).map(|minutes| view.last(*minutes))
    {
        let Some(rate) = usual_over(view, &sum) else { continue };
        let mean = rate * sum.exposure as f64;
        last = Some((sum, mean));
        if mean >= needed {
            break;
        }
    }
    match last {
        Some((sum, mean)) if mean >= needed || longest >= LONGEST_QUIET => {
            sum.events as f64 <= mean * quiet_times(factor)
        }
        // Nobody is there; or it has not gone on for long enough to be over.
        Some(_) => false,
        None => longest >= LONGEST_QUIET,
    }
}

/// How many usual events a window needs to tell the usual from `factor` times as much.
fn tells(view: &View<'_>, factor: f64) -> f64 {
    let apart = QUIET_DEVIATIONS.powi(2) * factor / (factor - 1.0).powi(2);
    apart.max(QUIET_EVENTS) * view.usual.dispersion()
}

/// Up to how many times the usual it is quiet again after `factor` times as much.
fn quiet_times(factor: f64) -> f64 {
    factor.sqrt().min(QUIET_TIMES)
}

/// By how much the rate of an hour may be above what is usual: two standard deviations.
fn margin(view: &View<'_>, error: f64) -> f64 {
    2.0 * view.usual.drift().hypot(error)
}

/// The usual rate of a window that ends now, by its exposure; `None` without any or where nothing is usual yet.
#[allow(clippy::cast_precision_loss)]
fn usual_over(view: &View<'_>, sum: &Sum) -> Option<f64> {
    let from = view.now - sum.minutes;
    let start = view.minutes.partition_point(|cell| cell.minute < from);
    let (mut mean, mut exposure) = (0.0, 0.0);
    let (mut hour, mut rate) = (i64::MIN, None);
    for cell in view.minutes.iter().skip(start).take_while(|cell| cell.minute < view.now) {
        if cell.minute.div_euclid(60) != hour {
            hour = cell.minute.div_euclid(60);
            rate = view.usual.rate_at(hour);
        }
        let (rate, _) = rate?;
        mean += rate * cell.exposure as f64;
        exposure += cell.exposure as f64;
    }
    (exposure > 0.0).then(|| mean / exposure)
}

#[cfg(test)]
mod tests;

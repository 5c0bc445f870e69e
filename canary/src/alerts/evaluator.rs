//! A look at all alerts of an app: what changed, and what has to be told. No IO but reading counts, no clock.

use std::collections::BTreeMap;

use super::counts::Counts;
use super::definition::{Alert, Detector};
use super::devices::Devices;
use super::reading::{Level, Reading, Sum, View};
use super::silence::Silence;
use super::standing::{News, Phase, Standing, fingerprint};
use super::watch::Watch;
use crate::store::ReadError;

/// How long a resolved alert is shown.
const KEEP_RESOLVED_S: i64 = 7 * 86_400;
/// Most alerts that stand at once, of all apps.
const MOST_STANDING: usize = 2_000;

/// See the module.
#[derive(Debug)]
pub(crate) struct Evaluator {
    alerts: Vec<Alert>,
    /// Minutes before now that are not judged yet: counts of the same minute do not come at the same time.
    settle_min: i64,
    /// Fewer events or devices than these are not told: they would be about somebody.
    few: i64,
    watches: BTreeMap<String, Watch>,
    standings: BTreeMap<String, Standing>,
}

/// What a look found, to be written down in one transaction.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Which app was looked at.
    pub(crate) app: Option<String>,
    /// What is told, with how it stands then.
    pub(crate) news: Vec<(News, Standing)>,
    /// Everything that changed, told or not.
    pub(crate) changed: Vec<Standing>,
    /// Fingerprints of what no longer stands.
    pub(crate) gone: Vec<String>,
}

impl Evaluator {
    pub(crate) fn new(alerts: Vec<Alert>, settle_min: i64, few: i64, standings: Vec<Standing>) -> Self {
        let standings =
            standings.into_iter().map(|standing| (standing.fingerprint.clone(), standing)).collect();
        Self { alerts, settle_min, few, watches: BTreeMap::new(), standings }
    }

    /// How everything stands.
    pub(crate) fn standings(&self) -> impl Iterator<Item = &Standing> {
        self.standings.values()
    }

    /// Goes back to how everything stood, because what came after could not be written down.
    pub(crate) fn restore(&mut self, standings: Vec<Standing>) {
        self.standings =
            standings.into_iter().map(|standing| (standing.fingerprint.clone(), standing)).collect();
    }

    /// The alert of this name.
    pub(crate) fn alert(&self, name: &str) -> Option<&Alert> {
        self.alerts.iter().find(|alert| alert.name == name)
    }

    /// Ends what is no longer configured, and forgets what was resolved long ago.
    pub(crate) fn tidy(&mut self, now_s: i64) -> Look {
        let mut look = Look::default();
        for standing in self.standings.values_mut() {
            let watches = |alert: &Alert| alert.name == standing.alert && alert.watches(&standing.app);
            if standing.phase == Phase::Resolved || self.alerts.iter().any(watches) {
                continue;
            }
            if let Some(news) = standing.end(now_s) {
                look.news.push((news, standing.clone()));
            }
            if standing.stands(Level::Low) {
                look.changed.push(standing.clone());
            } else {
                look.gone.push(standing.fingerprint.clone());
            }
        }
        let old = |standing: &Standing| {
            standing.phase == Phase::Resolved
                && standing.resolved_s.is_none_or(|resolved| now_s - resolved > KEEP_RESOLVED_S)
        };
        let old = self.standings.values().filter(|one| old(one)).map(|one| one.fingerprint.clone());
        look.gone.extend(old);
        for fingerprint in &look.gone {
            self.standings.remove(fingerprint);
        }
        look
    }

    /// Looks at one app at `now_s`, Unix seconds.
    pub(crate) fn look(
        &mut self,
        counts: &dyn Counts,
        app: &str,
        silences: &[Silence],
        now_s: i64,
    ) -> Result<Look, ReadError> {
        let now = now_s.div_euclid(60) + 1 - self.settle_min;
        let Self { alerts, watches, standings, few, .. } = self;
        let watch = watches.entry(app.to_owned()).or_insert_with(|| Watch::new(app, alerts.len()));
        watch.read(counts, alerts, now, |alert, key| {
            let fingerprint = fingerprint(&alert.name, app, &labels(alert, key));
            standings.get(&fingerprint).is_some_and(|standing| standing.phase != Phase::Resolved)
        })?;
        let mut look = Look { app: Some(app.to_owned()), ..Look::default() };
        let back = alerts.iter().map(Alert::minutes_back).max().unwrap_or(0);
        // Read only where something may be told.
        let mut devices: Option<Devices> = None;
        let mut touched = |alert: &Alert, key: &[String], from: i64| {
            if devices.is_none() {
                devices = Some(Devices::read(counts, app, now - back, now)?);
            }
            Ok::<_, ReadError>(devices.as_ref().map_or(0, |devices| devices.of(alert, key, from)))
        };
        for (at, alert) in alerts.iter().enumerate().filter(|(_, alert)| alert.watches(app)) {
            let mut readings = BTreeMap::new();
            {
                let restart = |key: &[String]| {
                    let fingerprint = fingerprint(&alert.name, app, &labels(alert, key));
                    standings.get(&fingerprint).map_or(0, Standing::restart_minute)
                };
                for (key, view) in watch.views(at, alert, now, restart) {
                    let labels = labels(alert, key);
                    let fingerprint = fingerprint(&alert.name, app, &labels);
                    let mut reading = read(alert, &view);
                    let fires = standings.get(&fingerprint).is_some_and(|one| one.phase == Phase::Firing);
                    let (events, from) = (reading.sum.events, now - reading.sum.minutes);
                    let asks = *few > 1 && (fires || reading.level == Level::High);
                    if (1..*few).contains(&events)
                        || asks
                            && events > 0
                            && Devices::are_known(alert)
                            && touched(alert, key, from)? < *few
                    {
                        reading = without_few(reading);
                    }
                    readings.insert(fingerprint, (labels, reading));
                }
            }
            // What stands and has no counts any more is quiet.
            for standing in standings.values().filter(|one| one.alert == alert.name && one.app == app) {
                readings
                    .entry(standing.fingerprint.clone())
                    .or_insert_with(|| (standing.labels.clone(), Reading::QUIET));
            }
            for (fingerprint, (labels, reading)) in readings {
                let full = standings.len() >= MOST_STANDING;
                let standing = match standings.get_mut(&fingerprint) {
                    Some(standing) => standing,
                    None if reading.level == Level::High && !full => standings
                        .entry(fingerprint.clone())
                        .or_insert_with(|| Standing::new(alert, app, labels, now_s)),
                    None => continue,
                };
                let before = standing.clone();
                let hushed = silences.iter().any(|silence| silence.covers(standing, now_s));
                let news = standing.step(&reading, alert, hushed, now_s);
                let stands = standing.stands(reading.level);
                if let Some(news) = news {
                    look.news.push((news, standing.clone()));
                }
                if !stands {
                    standings.remove(&fingerprint);
                    look.gone.push(fingerprint);
                } else if *standing != before || news.is_some() || before.number == 0 {
                    look.changed.push(standing.clone());
                }
            }
        }
        Ok(look)
    }
}

fn read(alert: &Alert, view: &View<'_>) -> Reading {
    match &alert.detector {
        Detector::Rule(rule) => rule.read(view),
        Detector::BurnRate(burn) => burn.read(view),
        Detector::Unusual(unusual) => unusual.read(view),
    }
}

/// A reading that tells nothing of a few people: it is not high, and has no counts.
fn without_few(reading: Reading) -> Reading {
    let level = if reading.level == Level::High { Level::Between } else { reading.level };
    let sum = Sum { minutes: reading.sum.minutes, ..Sum::default() };
    Reading { level, sum, ..reading }
}

/// The labels of a group: those that the alert is limited to and those that it is split by.
fn labels(alert: &Alert, key: &[String]) -> Vec<(String, String)> {
    let limits = alert.only.iter().map(|(by, value)| (*by, value.clone()));
    let split = alert.by.iter().copied().zip(key.iter().cloned());
    limits.chain(split).map(|(by, value)| (by.word().to_owned(), value)).collect()
}

#[cfg(test)]
mod tests;

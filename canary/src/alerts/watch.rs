//! The counts that the alerts of one app look at, kept by group and brought up to date at each look.
//!
//! A look reads the last half hour again, and once an hour everything, for phones that were away deliver late.

use std::collections::BTreeMap;

use super::counts::{Counts, scan};
use super::definition::{Alert, Detector};
use super::reading::{Cell, View};
use crate::store::{ReadError, Row};
use crate::usual::{Hour, Usual};

/// Minutes read again at each look.
const AGAIN_MINUTES: i64 = 30;
/// Hours of history: eight weeks and a day.
const HISTORY_HOURS: i64 = 57 * 24;
/// Hours after which what is usual is learnt anew, once there is much of it.
const LEARN_HOURS: i64 = 6;
/// Groups of one alert that are judged: those with most counts.
const MOST_GROUPS: usize = 100;

/// Counts of one group: those before the day that is kept by minutes, too.
#[derive(Debug)]
struct Group {
    minutes: Vec<Cell>,
    hours: Vec<Hour>,
    usual: Usual,
}

/// All groups of one alert.
#[derive(Debug, Default)]
struct Watched {
    groups: BTreeMap<Vec<String>, Group>,
    /// What is usual for all groups together.
    all: Option<Usual>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Watch {
    app: String,
    /// One for each alert, in their order.
    watched: Vec<Watched>,
    read_until: Option<i64>,
    read_hour: Option<i64>,
    learnt_hour: Option<i64>,
}

type Sums = BTreeMap<(usize, Vec<String>), BTreeMap<i64, (i64, i64)>>;

impl Watch {
    pub(crate) fn new(app: &str, alerts: usize) -> Self {
        Self {
            app: app.to_owned(),
            watched: (0..alerts).map(|_| Watched::default()).collect(),
            read_until: None,
            read_hour: None,
            learnt_hour: None,
        }
    }

    /// Reads what was counted before minute `now`. A group that `stands` is kept, however small.
    pub(crate) fn read(
        &mut self,
        counts: &dyn Counts,
        alerts: &[Alert],
        now: i64,
        stands: impl Fn(&Alert, &[String]) -> bool,
    ) -> Result<(), ReadError> {
        let ours = |alert: &&Alert| alert.watches(&self.app);
        if !alerts.iter().any(|alert| alert.watches(&self.app)) {
            return Ok(());
        }
        // From a whole hour on, so that hours and minutes meet.
        let back = alerts.iter().filter(ours).map(Alert::minutes_back).max().unwrap_or(0) + 60;
        let hour = now.div_euclid(60);
        let first = now - back;
        let again = self.read_until.filter(|until| *until <= now && self.read_hour == Some(hour));
        let from = again.map_or(first, |until| (until - AGAIN_MINUTES).max(first));
        let mut sums = Sums::new();
        counts.minutes(&scan(&self.app, from, now), &mut |minute, row, value| {
            add(&mut sums, alerts, &self.app, minute, row, value);
        })?;
        for group in self.watched.iter_mut().flat_map(|watched| watched.groups.values_mut()) {
            group.minutes.retain(|cell| (first..from).contains(&cell.minute));
        }
        for ((alert, key), cells) in sums {
            let group = self.group(alert, key);
            group.minutes.extend(cells.into_iter().map(|(minute, (events, exposure))| Cell {
                minute,
                events,
                exposure,
            }));
        }
        if self.read_hour != Some(hour) {
            self.read_history(counts, alerts, hour)?;
        }
        self.bound(alerts, stands);
        (self.read_until, self.read_hour) = (Some(now), Some(hour));
        Ok(())
    }

    fn read_history(&mut self, counts: &dyn Counts, alerts: &[Alert], hour: i64) -> Result<(), ReadError> {
        let unusual = |alert: &Alert| matches!(alert.detector, Detector::Unusual(_));
        if !alerts.iter().any(|alert| unusual(alert) && alert.watches(&self.app)) {
            return Ok(());
        }
        let mut sums = Sums::new();
        let mut oldest = hour;
        counts.hours(&scan(&self.app, hour - HISTORY_HOURS, hour), &mut |at, row, value| {
            oldest = oldest.min(at);
            add(&mut sums, alerts, &self.app, at, row, value);
        })?;
        for group in self.watched.iter_mut().flat_map(|watched| watched.groups.values_mut()) {
            group.hours.clear();
        }
        for ((alert, key), hours) in sums {
            if alerts.get(alert).is_some_and(unusual) {
                let hours =
                    hours.into_iter().map(|(hour, (events, exposure))| Hour { hour, events, exposure });
                self.group(alert, key).hours = hours.collect();
            }
        }
        let young = hour - oldest < 9 * 24;
        let due = self.learnt_hour.is_none_or(|learnt| young || !(0..LEARN_HOURS).contains(&(hour - learnt)));
        if due {
            for (watched, _) in self.watched.iter_mut().zip(alerts).filter(|(_, alert)| unusual(alert)) {
                watched.learn(hour);
            }
            self.learnt_hour = Some(hour);
        }
        Ok(())
    }

    fn group(&mut self, alert: usize, key: Vec<String>) -> &mut Group {
        let nothing = || Group { minutes: Vec::new(), hours: Vec::new(), usual: Usual::learn(&[], 0) };
        if self.watched.len() <= alert {
            self.watched.resize_with(alert + 1, Watched::default);
        }
        // Just made long enough.
        let watched = &mut self.watched[alert];
        watched.groups.entry(key).or_insert_with(nothing)
    }

    /// Forgets groups without counts, and all but the largest and those that stand: one that is forgotten seems quiet.
    fn bound(&mut self, alerts: &[Alert], stands: impl Fn(&Alert, &[String]) -> bool) {
        for (watched, alert) in self.watched.iter_mut().zip(alerts) {
            watched.groups.retain(|_, group| !group.minutes.is_empty() || !group.hours.is_empty());
            if watched.groups.len() <= MOST_GROUPS {
                continue;
            }
            let size = |group: &Group| group.minutes.iter().map(|cell| cell.exposure).sum::<i64>();
            let mut sizes: Vec<i64> = watched.groups.values().map(size).collect();
            sizes.sort_unstable_by(|one, other| other.cmp(one));
            let least = sizes.get(MOST_GROUPS - 1).copied().unwrap_or(0);
            let mut room = MOST_GROUPS;
            watched.groups.retain(|key, group| {
                let keep = size(group) >= least && room > 0;
                room -= usize::from(keep);
                keep || stands(alert, key)
            });
        }
    }

    /// The groups of an alert, each with what is known of it.
    pub(crate) fn views<'a>(
        &'a self,
        at: usize,
        alert: &'a Alert,
        now: i64,
        restart: impl Fn(&[String]) -> i64 + 'a,
    ) -> impl Iterator<Item = (&'a [String], View<'a>)> + 'a {
        let watched = self.watched.get(at);
        let groups = watched.map_or(0, |watched| watched.groups.len());
        watched.into_iter().flat_map(move |watched| {
            let restart = &restart;
            let views: Vec<_> = watched
                .groups
                .iter()
                .map(|(key, group)| {
                    let own = if alert.compares_with_all() || group.usual.rate_at(0).is_none() {
                        watched.all.as_ref().unwrap_or(&group.usual)
                    } else {
                        &group.usual
                    };
                    let view = View {
                        minutes: &group.minutes,
                        hours: &group.hours,
                        usual: own,
                        now,
                        restart: restart(key),
                        groups,
                    };
                    (key.as_slice(), view)
                })
                .collect();
            views
        })
    }
}

impl Watched {
    fn learn(&mut self, hour: i64) {
        let mut all: BTreeMap<i64, Hour> = BTreeMap::new();
        let alone = self.groups.len() == 1;
        for group in self.groups.values_mut() {
            group.usual = Usual::learn(&group.hours, hour);
            for own in group.hours.iter().filter(|_| !alone) {
                let sum = all.entry(own.hour).or_insert(Hour { hour: own.hour, events: 0, exposure: 0 });
                sum.events = sum.events.saturating_add(own.events);
                sum.exposure = sum.exposure.saturating_add(own.exposure);
            }
        }
        let all: Vec<Hour> = all.into_values().collect();
        self.all = (!alone).then(|| Usual::learn(&all, hour));
    }
}

fn add(sums: &mut Sums, alerts: &[Alert], app: &str, at: i64, row: &Row, value: i64) {
    for (index, alert) in alerts.iter().enumerate().filter(|(_, alert)| alert.watches(app)) {
        let Some(events) = alert.role(row) else { continue };
        let sum = sums.entry((index, alert.group(row))).or_default().entry(at).or_default();
        let part = if events { &mut sum.0 } else { &mut sum.1 };
        *part = part.saturating_add(value);
    }
}

//! What the live page shows, kept in memory and brought up to date by each commit.

pub(crate) mod broadcast;
mod snapshot;
mod tally;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;
use tokio::sync::{Notify, watch};

use crate::count::clock::ClockRule;
use crate::count::vocabulary::{Kind, Metric};
use crate::sight::breakdown::{By, Line};
pub(crate) use snapshot::Snapshot;
use tally::Tally;

/// One cell of a committed transaction.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) app: Arc<str>,
    pub(crate) release: Arc<str>,
    pub(crate) screen: Arc<str>,
    pub(crate) segment: Arc<str>,
    pub(crate) region: Arc<str>,
    pub(crate) facet: Arc<str>,
    pub(crate) metric: Metric,
    pub(crate) kind: Option<Kind>,
    /// Minutes since the Unix epoch.
    pub(crate) minute: i64,
    pub(crate) value: i64,
}

/// See the module.
pub(crate) struct Live {
    clock: ClockRule,
    /// Fewer devices than these are not shown in a cell of their own.
    min_devices: i64,
    tallies: Mutex<Tallies>,
    changed: Notify,
    commits: AtomicU64,
    channels: Mutex<Channels>,
}

#[derive(Default)]
struct Tallies {
    by_app: HashMap<Arc<str>, Tally>,
    /// In the order in which they first counted.
    apps: Vec<Arc<str>>,
}

/// One channel for each app that somebody looks at; `None` once the server stops.
type Channels = Option<HashMap<Option<String>, watch::Sender<Arc<str>>>>;

impl Live {
    pub(crate) fn new(clock: ClockRule, min_devices: i64) -> Self {
        Self {
            clock,
            min_devices,
            tallies: Mutex::new(Tallies::default()),
            changed: Notify::new(),
            commits: AtomicU64::new(0),
            channels: Mutex::new(Some(HashMap::new())),
        }
    }

    /// Adds what a transaction counted. Short: the writer calls it.
    pub(crate) fn add(&self, counted: &[Counted]) {
        if counted.is_empty() {
            return;
        }
        let wall = now_minute();
        let mut tallies = self.tallies.lock();
        let Tallies { by_app, apps } = &mut *tallies;
        for cell in counted {
            let tally = by_app.entry(Arc::clone(&cell.app)).or_insert_with(|| {
                apps.push(Arc::clone(&cell.app));
                Tally::default()
            });
            tally.add(cell);
            tally.forget_before(self.now_for(tally, wall));
        }
        drop(tallies);
        self.commits.fetch_add(1, Ordering::Release);
        self.changed.notify_one();
    }

    /// Changes with each commit that counted.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// The newest minute of the page: the wall clock's, or the data's own in virtual time.
    fn now_for(&self, tally: &Tally, wall: i64) -> i64 {
        match self.clock {
            ClockRule::Plausible => wall,
            ClockRule::Any => tally.newest().unwrap_or(wall),
        }
    }

    /// The snapshot of an app as JSON; of the first app without a name.
    fn snapshot(&self, app: Option<&str>) -> Arc<str> {
        self.look(app, |view| serde_json::to_string(view).unwrap_or_else(|_| "{}".to_owned()).into())
    }

    /// All lines of an app's day, also those beyond what the page shows.
    pub(crate) fn day_lines(&self, app: &str, by: By) -> Vec<Line> {
        let tallies = self.tallies.lock();
        let Some(tally) = tallies.by_app.get(app) else { return Vec::new() };
        let day = tally.day(self.now_for(tally, now_minute()));
        day.map(|day| snapshot::day_lines(day, by, self.min_devices, usize::MAX)).unwrap_or_default()
    }

    /// Hands over the snapshot of an app, or of the first app without a name.
    pub(crate) fn look<T>(&self, app: Option<&str>, with: impl FnOnce(&Snapshot<'_>) -> T) -> T {
        let tallies = self.tallies.lock();
        let name = app.or_else(|| tallies.apps.first().map(|name| &**name));
        let tally = name.and_then(|name| tallies.by_app.get(name));
        let now = tally.map_or_else(now_minute, |tally| self.now_for(tally, now_minute()));
        with(&Snapshot::of(name, &tallies.apps, tally, now, self.clock, self.min_devices))
    }

    /// The newest minute that an app has counted, for queries in virtual time.
    pub(crate) fn newest_minute(&self, app: &str) -> Option<i64> {
        self.tallies.lock().by_app.get(app).and_then(Tally::newest)
    }

    /// All apps, in the order in which they first counted.
    pub(crate) fn apps(&self) -> Vec<Arc<str>> {
        self.tallies.lock().apps.clone()
    }
}

/// Unix seconds now.
pub(crate) fn now_s() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}

fn now_minute() -> i64 {
    now_s().div_euclid(60)
}

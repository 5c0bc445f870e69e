//! What the alerts would have said: the same detectors over stored counts, minute by minute in virtual time.
//!
//! All counts of a minute are there at once, as if no phone had been away: that is a little kinder than life.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::alerts::counts::Counts;
use crate::alerts::evaluator::Evaluator;
use crate::alerts::notice::Notice;
use crate::alerts::service::Settings;
use crate::alerts::standing::{News, Standing};
use crate::config::{Config, FileConfig};
use crate::instant::{self, rfc3339};
use crate::store::{AtRest, ReadError, Row, Scan};

const DAY: i64 = 1_440;
/// Days of minutes kept in memory: the longest window and the day at hand.
const KEPT_DAYS: i64 = 9;
/// The longest span.
const MOST_DAYS: i64 = 400;

/// From which minute to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from_min: i64,
    until_min: i64,
}

impl Span {
    /// Two times in RFC 3339, at most 400 days apart.
    ///
    /// # Errors
    /// What is wrong with which of them.
    pub fn parse(from: &str, until: &str) -> Result<Self, String> {
        let minute = |option: &str, text: &str| {
            let seconds = instant::parse(text);
            seconds
                .map(|seconds| seconds.div_euclid(60))
                .ok_or_else(|| format!("{option} {text:?} is no time; write it as 2026-11-22T18:00:00Z"))
        };
        let (from_min, until_min) = (minute("--from", from)?, minute("--until", until)?);
        if from_min >= until_min {
            return Err("--from is not before --until".to_owned());
        }
        if until_min - from_min > MOST_DAYS * DAY {
            return Err(format!("--from and --until are more than {MOST_DAYS} days apart"));
        }
        Ok(Self { from_min, until_min })
    }
}

/// Why there is no backtest.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BacktestError {
    /// The database cannot be opened.
    #[error("{0}")]
    Open(String),
    /// It cannot be read.
    #[error("{0}")]
    Read(String),
    /// There is no such app.
    #[error("no app {0:?} has counted; there are {1}")]
    NoApp(String, String),
}

/// One time that an alert would have fired. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Firing {
    /// Name of the alert.
    pub alert: String,
    /// The app.
    pub app: String,
    /// Labels of its own.
    pub labels: Vec<(String, String)>,
    /// When it would have fired.
    pub fired_s: i64,
    /// When it would have been resolved; `None`: not within the span.
    pub resolved_s: Option<i64>,
    /// What it would have said.
    pub title: String,
}

impl Firing {
    /// A line of JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let labels: serde_json::Map<String, serde_json::Value> =
            self.labels.iter().map(|(name, value)| (name.clone(), serde_json::json!(value))).collect();
        serde_json::json!({
            "alert": self.alert,
            "app": self.app,
            "labels": labels,
            "fired_at": rfc3339(self.fired_s),
            "resolved_at": self.resolved_s.map(rfc3339),
            "title": self.title,
        })
        .to_string()
    }
}

impl std::fmt::Display for Firing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = self.resolved_s.map_or_else(|| "still fires".to_owned(), rfc3339);
        write!(formatter, "{} to {end:<20}  {}: {}", rfc3339(self.fired_s), self.alert, self.title)
    }
}

/// Runs the alerts of a configuration, or the one that is there without any, over the counts in `data`, in the order of time.
///
/// # Errors
/// See [`BacktestError`].
pub fn backtest(
    data: &Path,
    config: Option<&FileConfig>,
    span: &Span,
    app: Option<&str>,
) -> Result<Vec<Firing>, BacktestError> {
    let store = AtRest::open(data).map_err(|error| BacktestError::Open(error.to_string()))?;
    let read = |error: ReadError| BacktestError::Read(error.to_string());
    let mut apps = store.apps().map_err(read)?;
    if let Some(app) = app {
        if !apps.iter().any(|known| known == app) {
            return Err(BacktestError::NoApp(app.to_owned(), apps.join(", ")));
        }
        apps.retain(|known| known == app);
    }
    let standard = Settings::default();
    let settings = config.map_or(&standard, FileConfig::alerts);
    let few = config.and_then(|file| file.serve.min_devices).unwrap_or(Config::MIN_DEVICES);
    let few = i64::from(few);
    let mut firings = Vec::new();
    for app in apps {
        let history = History { store: &store, cache: RefCell::default() };
        one(&history, &app, (settings, few), span, &mut firings).map_err(read)?;
    }
    firings.sort_by(|one, other| (one.fired_s, &one.title).cmp(&(other.fired_s, &other.title)));
    Ok(firings)
}

fn one(
    history: &History<'_>,
    app: &str,
    (settings, few): (&Settings, i64),
    span: &Span,
    firings: &mut Vec<Firing>,
) -> Result<(), ReadError> {
    let mut evaluator = Evaluator::new(settings.alerts.clone(), settings.settle_min, few, Vec::new());
    for minute in span.from_min..span.until_min {
        // The minute is over.
        let now_s = minute * 60 + 59;
        let look = evaluator.look(history, app, &settings.silences, now_s)?;
        for (news, standing) in &look.news {
            match news {
                News::Firing => firings.push(firing(standing, &evaluator, now_s)),
                News::Resolved => {
                    let mine = |firing: &&mut Firing| {
                        firing.alert == standing.alert
                            && firing.app == standing.app
                            && firing.labels == standing.labels
                    };
                    if let Some(firing) = firings.iter_mut().rev().find(mine) {
                        firing.resolved_s = standing.resolved_s;
                    }
                }
                News::Repeated => {}
            }
        }
    }
    Ok(())
}

fn firing(standing: &Standing, evaluator: &Evaluator, now_s: i64) -> Firing {
    let notice = Notice::new(News::Firing, standing, evaluator.alert(&standing.alert), None, now_s);
    Firing {
        alert: standing.alert.clone(),
        app: standing.app.clone(),
        labels: standing.labels.clone(),
        fired_s: now_s,
        resolved_s: None,
        title: notice.title,
    }
}

/// The store's minutes, read a day at a time and kept while they are needed: of one app, and always the same series.
struct History<'s> {
    store: &'s AtRest,
    cache: RefCell<Cache>,
}

#[derive(Default)]
struct Cache {
    rows: Vec<Row>,
    numbers: HashMap<String, usize>,
    /// For each day: minute, row and value, in the order of minutes.
    days: BTreeMap<i64, Vec<(i64, usize, i64)>>,
}

impl Cache {
    fn number(&mut self, row: &Row) -> usize {
        let Row { metric, kind, facet, release, os_name, screen, segment, region, .. } = row;
        let key =
            format!("{metric:?}\0{kind:?}\0{facet}\0{release}\0{os_name}\0{screen}\0{segment}\0{region}");
        let Self { rows, numbers, .. } = self;
        *numbers.entry(key).or_insert_with(|| {
            rows.push(row.clone());
            rows.len() - 1
        })
    }
}

impl Counts for History<'_> {
    fn minutes(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        let mut cache = self.cache.borrow_mut();
        let Scan { from, until, .. } = *scan;
        let (first, last) = (from.div_euclid(DAY), (until - 1).div_euclid(DAY));
        cache.days.retain(|day, _| *day > last - KEPT_DAYS);
        for day in first..=last {
            if cache.days.contains_key(&day) {
                continue;
            }
            let mut cells = Vec::new();
            let whole_day = Scan { from: day * DAY, until: (day + 1) * DAY, ..scan.clone() };
            self.store
                .scan(&whole_day, &mut |minute, row, value| cells.push((minute, cache.number(row), value)))?;
            cells.sort_unstable_by_key(|(minute, ..)| *minute);
            cache.days.insert(day, cells);
        }
        for cells in cache.days.range(first..=last).map(|(_, cells)| cells) {
            let start = cells.partition_point(|(minute, ..)| *minute < from);
            for (minute, number, value) in cells.iter().skip(start).take_while(|cell| cell.0 < until) {
                if let Some(labels) = cache.rows.get(*number) {
                    row(*minute, labels, *value);
                }
            }
        }
        Ok(())
    }

    fn hours(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        self.store.scan_hours(scan, row)
    }
}

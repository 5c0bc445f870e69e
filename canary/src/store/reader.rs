//! Reading: a few connections of their own, so that no query waits for the writer or stops it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use rusqlite::{Connection, InterruptHandle, OpenFlags, OptionalExtension, Row as SqlRow, params};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::hours;
use crate::count::vocabulary::{Kind, Metric};

/// Connections for reading.
const READERS: usize = 3;
/// Queries that may wait for one.
const WAITING: usize = 32;

/// Why a read failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("cannot read the store: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the canary is stopping")]
    Stopping,
}

/// A turn to read: there are as many as readers, so nobody who has one blocks a thread waiting for another.
pub(crate) struct Turn {
    _reader: OwnedSemaphorePermit,
    _place: Option<OwnedSemaphorePermit>,
}

/// A series' labels.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) app: String,
    pub(crate) metric: Metric,
    pub(crate) kind: Option<Kind>,
    pub(crate) facet: String,
    pub(crate) release: String,
    pub(crate) os_name: String,
    pub(crate) screen: String,
    pub(crate) segment: String,
    pub(crate) region: String,
}

/// Which minutes, or hours, of which series to read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    pub(crate) app: String,
    /// These alone; all where there are none.
    pub(crate) metrics: &'static [Metric],
    pub(crate) release: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) screen: Option<String>,
    pub(crate) segment: Option<String>,
    pub(crate) region: Option<String>,
    /// First minute or hour, included.
    pub(crate) from: i64,
    /// Last minute or hour, not included.
    pub(crate) until: i64,
}

impl Scan {
    /// Filters by kind and screen hold for the metrics that carry them; sessions carry neither.
    fn wants(&self, row: &Row) -> bool {
        let keys = row.metric.keys();
        let kind = self.kind.is_none()
            || !keys.contains(&crate::count::vocabulary::key::KIND)
            || row.kind == self.kind;
        let screen = !keys.contains(&crate::count::vocabulary::key::SCREEN)
            || self.screen.as_ref().is_none_or(|screen| *screen == row.screen);
        kind && screen
            && (self.metrics.is_empty() || self.metrics.contains(&row.metric))
            && self.release.as_ref().is_none_or(|release| *release == row.release)
            && self.segment.as_ref().is_none_or(|segment| *segment == row.segment)
            && self.region.as_ref().is_none_or(|region| *region == row.region)
    }
}

/// How finely time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Minutes,
    Hours,
}

impl Grain {
    const fn select(self) -> &'static str {
        match self {
            Self::Minutes => {
                "SELECT minute, series, value FROM points WHERE app = ?1 AND minute >= ?2 AND minute < ?3"
            }
            Self::Hours => {
                "SELECT hour, series, value FROM hours WHERE app = ?1 AND hour >= ?2 AND hour < ?3 AND metric = ?4"
            }
        }
    }
}

/// See the module.
pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    interrupts: Vec<InterruptHandle>,
    stopping: AtomicBool,
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn open(path: &Path) -> rusqlite::Result<Self> {
        let open = |_| {
            let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            db.busy_timeout(std::time::Duration::from_secs(5))?;
            Ok(db)
        };
        let idle = (0..READERS).map(open).collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Self {
            interrupts: idle.iter().map(Connection::get_interrupt_handle).collect(),
            idle: Mutex::new(idle),
            stopping: AtomicBool::new(false),
            turns: Arc::new(Semaphore::new(READERS)),
            places: Arc::new(Semaphore::new(READERS + WAITING)),
        })
    }

    pub(super) async fn turn(&self) -> Option<Turn> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let reader = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        Some(Turn { _reader: reader, _place: Some(place) })
    }

    /// A turn after those who wait already, however many; none once it stops.
    pub(super) async fn sure_turn(&self) -> Option<Turn> {
        let reader = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        Some(Turn { _reader: reader, _place: None })
    }

    /// A turn at once, or none.
    pub(super) fn turn_now(&self) -> Option<Turn> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let reader = Arc::clone(&self.turns).try_acquire_owned().ok()?;
        Some(Turn { _reader: reader, _place: Some(place) })
    }

    /// Every app that has counted, in the order in which they first did.
    pub(super) fn apps(&self, turn: &Turn) -> Result<Vec<String>, ReadError> {
        self.with(turn, |db| {
            let mut select = db.prepare_cached("SELECT name FROM apps ORDER BY id")?;
            let names = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(names)
        })
    }

    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.turns.close();
        for interrupt in &self.interrupts {
            interrupt.interrupt();
        }
    }

    fn with<T>(
        &self,
        _turn: &Turn,
        read: impl FnOnce(&Connection) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let db = self.idle.lock().pop().ok_or(ReadError::Stopping)?;
        let result = read(&db);
        self.idle.lock().push(db);
        result
    }

    /// An interrupt ends only what runs just then, so each step of a read asks as well.
    fn go_on(&self) -> Result<(), ReadError> {
        if self.stopping.load(Ordering::SeqCst) { Err(ReadError::Stopping) } else { Ok(()) }
    }

    pub(super) fn scan(
        &self,
        turn: &Turn,
        grain: Grain,
        scan: &Scan,
        row: &mut dyn FnMut(i64, &Row, i64),
    ) -> Result<(), ReadError> {
        self.with(turn, |db| {
            self.go_on()?;
            // One transaction, so that series and points are of one moment.
            let tx = db.unchecked_transaction()?;
            let app: Option<i64> = tx
                .prepare_cached("SELECT id FROM apps WHERE name = ?1")?
                .query_row([&scan.app], |row| row.get(0))
                .optional()?;
            let Some(app) = app else { return Ok(()) };
            let mut wanted = HashMap::new();
            let mut select = tx.prepare_cached(
                "SELECT series.id, apps.name, metric, kind, facet, release, os_name, screen, segment, region
                 FROM series JOIN apps ON apps.id = app WHERE app = ?1",
            )?;
            let mut rows = select.query([app])?;
            while let Some(found) = rows.next()? {
                self.go_on()?;
                if let Some(series) = series(found)?.filter(|series| scan.wants(series)) {
                    wanted.insert(found.get::<_, i64>(0)?, series);
                }
            }
            // The numbers of the metrics that are there and wanted, each once and in order.
            let metrics: BTreeSet<i64> = wanted.values().map(|row: &Row| hours::number(row.metric)).collect();
            let mut select = tx.prepare_cached(grain.select())?;
            let mut read = |mut rows: rusqlite::Rows<'_>| -> Result<(), ReadError> {
                while let Some(found) = rows.next()? {
                    self.go_on()?;
                    if let Some(series) = wanted.get(&found.get(1)?) {
                        row(found.get(0)?, series, found.get(2)?);
                    }
                }
                Ok(())
            };
            match grain {
                Grain::Minutes => read(select.query(params![app, scan.from, scan.until])?),
                Grain::Hours => metrics
                    .into_iter()
                    .try_for_each(|metric| read(select.query(params![app, scan.from, scan.until, metric])?)),
            }
        })
    }

    /// Added up by the database, which is several times as fast as handing out each series.
    pub(super) fn sum_hours(
        &self,
        turn: &Turn,
        app: &str,
        metric: Metric,
        (from, until): (i64, i64),
        row: &mut dyn FnMut(i64, i64),
    ) -> Result<(), ReadError> {
        self.with(turn, |db| {
            self.go_on()?;
            let mut select = db.prepare_cached(
                "SELECT hour, sum(value) FROM hours WHERE app = (SELECT id FROM apps WHERE name = ?1)
                 AND metric = ?2 AND hour >= ?3 AND hour < ?4 GROUP BY hour",
            )?;
            let mut rows = select.query(params![app, hours::number(metric), from, until])?;
            while let Some(found) = rows.next()? {
                self.go_on()?;
                row(found.get(0)?, found.get(1)?);
            }
            Ok(())
        })
    }

    pub(super) fn totals(&self, turn: &Turn, row: &mut dyn FnMut(&Row, i64)) -> Result<(), ReadError> {
        self.with(turn, |db| {
            let mut select = db.prepare_cached(
                "SELECT total, apps.name, metric, kind, facet, release, os_name, screen, segment, region
                 FROM series JOIN apps ON apps.id = app",
            )?;
            let mut rows = select.query([])?;
            while let Some(found) = rows.next()? {
                self.go_on()?;
                if let Some(series) = series(found)? {
                    row(&series, found.get(0)?);
                }
            }
            Ok(())
        })
    }
}

/// `None` for a metric of a later version.
fn series(row: &SqlRow<'_>) -> rusqlite::Result<Option<Row>> {
    let Some(metric) = Metric::from_word(row.get_ref(2)?.as_str()?) else { return Ok(None) };
    Ok(Some(Row {
        app: row.get(1)?,
        metric,
        kind: Kind::from_word(row.get_ref(3)?.as_str()?),
        facet: row.get(4)?,
        release: row.get(5)?,
        os_name: row.get(6)?,
        screen: row.get(7)?,
        segment: row.get(8)?,
        region: row.get(9)?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readers() -> (tempfile::TempDir, Readers) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("db");
        super::super::open::open(&path, None).unwrap();
        let readers = Readers::open(&path).unwrap();
        (dir, readers)
    }

    #[tokio::test]
    async fn few_read_some_wait_and_the_rest_is_sent_away() {
        let (_dir, readers) = readers();
        let readers = Arc::new(readers);
        let mut held = Vec::new();
        for _ in 0..READERS {
            held.push(readers.turn().await.unwrap());
        }
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..WAITING {
            let readers = Arc::clone(&readers);
            waiting.spawn(async move { readers.turn().await.is_some() });
        }
        while readers.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(readers.turn().await.is_none(), "no room to wait");
        let mut sure = Box::pin(readers.sure_turn());
        let early = tokio::time::timeout(std::time::Duration::ZERO, &mut sure).await;
        assert!(early.is_err(), "it waits");
        drop(held);
        assert!(sure.await.is_some(), "it needs no room");
        while let Some(came) = waiting.join_next().await {
            assert!(came.unwrap(), "who waits comes in");
        }
    }

    #[tokio::test]
    async fn a_stop_ends_what_is_read_and_what_waits() {
        let (_dir, readers) = readers();
        let turn = readers.turn().await.unwrap();
        let endless =
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
        std::thread::scope(|scope| {
            let read = scope.spawn(|| {
                readers.with(&turn, |db| {
                    readers.go_on()?;
                    Ok(db.query_row(endless, [], |row| row.get::<_, i64>(0))?)
                })
            });
            // Again and again, for the first may come before the query.
            while !read.is_finished() {
                readers.stop();
                std::thread::yield_now();
            }
            assert!(read.join().unwrap().is_err());
        });
        assert!(readers.turn().await.is_none());
    }
}

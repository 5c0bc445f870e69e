//! Reading: a few connections of their own, so that no query waits for the writer or stops it.

use std::collections::HashMap;
use std::path::Path;

use parking_lot::{Condvar, Mutex};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row as SqlRow, params};

use crate::count::vocabulary::{Kind, Metric};

/// Connections for reading.
const READERS: usize = 3;

/// Why a read failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("cannot read the store: {0}")]
    Sqlite(#[from] rusqlite::Error),
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
}

/// Which minutes of which series to read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    pub(crate) app: String,
    pub(crate) release: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) screen: Option<String>,
    pub(crate) segment: Option<String>,
    /// First minute, included.
    pub(crate) from: i64,
    /// Last minute, not included.
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
            && self.release.as_ref().is_none_or(|release| *release == row.release)
            && self.segment.as_ref().is_none_or(|segment| *segment == row.segment)
    }
}

/// See the module.
pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Readers {
    pub(super) fn open(path: &Path) -> rusqlite::Result<Self> {
        let open = |_| {
            let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            db.busy_timeout(std::time::Duration::from_secs(5))?;
            Ok(db)
        };
        let idle = (0..READERS).map(open).collect::<rusqlite::Result<_>>()?;
        Ok(Self { idle: Mutex::new(idle), returned: Condvar::new() })
    }

    fn with<T>(&self, read: impl FnOnce(&Connection) -> Result<T, ReadError>) -> Result<T, ReadError> {
        let db = {
            let mut idle = self.idle.lock();
            loop {
                if let Some(db) = idle.pop() {
                    break db;
                }
                self.returned.wait(&mut idle);
            }
        };
        let result = read(&db);
        self.idle.lock().push(db);
        self.returned.notify_one();
        result
    }

    pub(super) fn scan(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        self.with(|db| {
            // One transaction, so that series and points are of one moment.
            let tx = db.unchecked_transaction()?;
            let app: Option<i64> = tx
                .prepare_cached("SELECT id FROM apps WHERE name = ?1")?
                .query_row([&scan.app], |row| row.get(0))
                .optional()?;
            let Some(app) = app else { return Ok(()) };
            let mut wanted = HashMap::new();
            let mut select = tx.prepare_cached(
                "SELECT series.id, apps.name, metric, kind, facet, release, os_name, screen, segment
                 FROM series JOIN apps ON apps.id = app WHERE app = ?1",
            )?;
            let mut rows = select.query([app])?;
            while let Some(found) = rows.next()? {
                if let Some(series) = series(found)?.filter(|series| scan.wants(series)) {
                    wanted.insert(found.get::<_, i64>(0)?, series);
                }
            }
            let mut select = tx.prepare_cached(
                "SELECT minute, series, value FROM points WHERE app = ?1 AND minute >= ?2 AND minute < ?3",
            )?;
            let mut rows = select.query(params![app, scan.from, scan.until])?;
            while let Some(found) = rows.next()? {
                if let Some(series) = wanted.get(&found.get(1)?) {
                    row(found.get(0)?, series, found.get(2)?);
                }
            }
            Ok(())
        })
    }

    pub(super) fn totals(&self, row: &mut dyn FnMut(&Row, i64)) -> Result<(), ReadError> {
        self.with(|db| {
            let mut select = db.prepare_cached(
                "SELECT total, apps.name, metric, kind, facet, release, os_name, screen, segment
                 FROM series JOIN apps ON apps.id = app",
            )?;
            let mut rows = select.query([])?;
            while let Some(found) = rows.next()? {
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
    }))
}

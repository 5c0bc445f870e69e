//! Bringing the live page's memory up to date at start.

use rusqlite::{Connection, params};
use std::sync::Arc;

use crate::count::vocabulary::{Kind, Metric};
use crate::live::{Counted, Live};

/// Minutes read back: today and yesterday, whatever the hour.
const BACK_MINUTES: i64 = 2 * 1_440;

/// Feeds the newest two days of each app to `live`.
pub(super) fn load(db: &Connection, live: &Live) -> rusqlite::Result<()> {
    let mut apps = db.prepare("SELECT id, name FROM apps ORDER BY id")?;
    let mut newest = db.prepare("SELECT max(minute) FROM points WHERE app = ?1")?;
    let mut select = db.prepare(
        "SELECT minute, value, metric, kind, facet, release, screen, segment, region
         FROM points JOIN series ON series.id = points.series WHERE points.app = ?1 AND minute > ?2",
    )?;
    let mut rows = apps.query([])?;
    while let Some(row) = rows.next()? {
        let (id, app): (i64, Arc<str>) = (row.get(0)?, row.get(1)?);
        let Some(last): Option<i64> = newest.query_row([id], |row| row.get(0))? else { continue };
        let mut points = select.query(params![id, last - BACK_MINUTES])?;
        let mut counted = Vec::new();
        while let Some(point) = points.next()? {
            let Some(metric) = Metric::from_word(point.get_ref(2)?.as_str()?) else { continue };
            counted.push(Counted {
                app: Arc::clone(&app),
                metric,
                minute: point.get(0)?,
                value: point.get(1)?,
                kind: Kind::from_word(point.get_ref(3)?.as_str()?),
                facet: point.get(4)?,
                release: point.get(5)?,
                screen: point.get(6)?,
                segment: point.get(7)?,
                region: point.get(8)?,
            });
        }
        live.add(&counted);
    }
    Ok(())
}

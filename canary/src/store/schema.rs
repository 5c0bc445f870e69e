//! The tables, and the steps from one version of them to the next.

use rusqlite::Connection;

use super::OpenError;

/// Marks the file as ours ("amnd").
const APPLICATION_ID: i64 = 0x616d_6e64;

/// Each step leads from its position to the next `user_version`; never change one that was released.
const STEPS: &[&str] = &["
    CREATE TABLE apps (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    -- A label that was never given is ''. kind and facet: see count/vocabulary.rs.
    CREATE TABLE series (
        id INTEGER PRIMARY KEY,
        app INTEGER NOT NULL REFERENCES apps (id),
        metric TEXT NOT NULL, kind TEXT NOT NULL, facet TEXT NOT NULL,
        release TEXT NOT NULL, os_name TEXT NOT NULL, os_version TEXT NOT NULL,
        screen TEXT NOT NULL, segment TEXT NOT NULL,
        total INTEGER NOT NULL,
        UNIQUE (app, metric, kind, facet, release, os_name, os_version, screen, segment)
    );
    -- minute: minutes since 1970. The app leads, so that a query reads one app's rows only.
    CREATE TABLE points (
        app INTEGER NOT NULL, minute INTEGER NOT NULL, series INTEGER NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY (app, minute, series)
    ) WITHOUT ROWID;
    -- hour: hours since 1970 at arrival; no finer, so that a row says little about anyone.
    CREATE TABLE batches (
        scope BLOB NOT NULL, key TEXT NOT NULL, digest BLOB NOT NULL,
        rejected INTEGER NOT NULL, message TEXT NOT NULL, hour INTEGER NOT NULL,
        PRIMARY KEY (scope, key)
    ) WITHOUT ROWID;
    CREATE INDEX batches_by_hour ON batches (hour);
    CREATE TABLE probe (id INTEGER PRIMARY KEY, pad BLOB NOT NULL);
", "
    CREATE TABLE series_with_region (
        id INTEGER PRIMARY KEY,
        app INTEGER NOT NULL REFERENCES apps (id),
        metric TEXT NOT NULL, kind TEXT NOT NULL, facet TEXT NOT NULL,
        release TEXT NOT NULL, os_name TEXT NOT NULL, os_version TEXT NOT NULL,
        screen TEXT NOT NULL, segment TEXT NOT NULL, region TEXT NOT NULL,
        total INTEGER NOT NULL,
        UNIQUE (app, metric, kind, facet, release, os_name, os_version, screen, segment, region)
    );
    INSERT INTO series_with_region
        SELECT id, app, metric, kind, facet, release, os_name, os_version, screen, segment, '', total FROM series;
    DROP TABLE series;
    ALTER TABLE series_with_region RENAME TO series;
    -- The same counts by hours since 1970: what looks back for weeks reads these. metric: see hours.rs; it leads, for
    -- such questions are about one or two metrics each.
    CREATE TABLE hours (
        app INTEGER NOT NULL, metric INTEGER NOT NULL, hour INTEGER NOT NULL, series INTEGER NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (app, metric, hour, series)
    ) WITHOUT ROWID;
    INSERT INTO hours
        SELECT points.app, CASE metric
            WHEN 'amends.failures' THEN 1 WHEN 'amends.opportunities' THEN 2 WHEN 'amends.sessions' THEN 3
            WHEN 'amends.sessions.failed' THEN 4 WHEN 'amends.devices.failed' THEN 5 WHEN 'amends.apologies' THEN 6
            WHEN 'amends.make_goods' THEN 7 WHEN 'amends.responses' THEN 8 WHEN 'amends.aftermath' THEN 9
            WHEN 'amends.questions' THEN 10 WHEN 'amends.feedback' THEN 11 WHEN 'amends.losses' THEN 12
            WHEN 'amends.apology.latency' THEN 13 ELSE 0 END,
            minute / 60, series, sum(value)
        FROM points JOIN series ON series.id = points.series GROUP BY 1, 2, 3, 4;
"];

/// Brings the tables to the newest version.
pub(super) fn migrate(db: &mut Connection) -> Result<(), OpenError> {
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    let owner: i64 = db.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let fresh = version == 0 && tables == 0 && owner == 0;
    if !fresh && owner != APPLICATION_ID {
        return Err(OpenError::Foreign);
    }
    if version > known {
        return Err(OpenError::TooNew { found: version, known });
    }
    if version == known {
        // Nothing is written, so that a full disk does not stop it from starting.
        return Ok(());
    }
    let step = db.transaction()?;
    for sql in STEPS.iter().skip(version as usize) {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "application_id", APPLICATION_ID)?;
    step.pragma_update(None, "user_version", known)?;
    step.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_an_older_version_have_no_region_and_come_by_the_hour_as_well() {
        let mut db = Connection::open_in_memory().unwrap();
        db.execute_batch(STEPS[0]).unwrap();
        db.execute_batch(
            "PRAGMA application_id = 0x616d6e64; PRAGMA user_version = 1;
             INSERT INTO apps VALUES (1, 'shop');
             INSERT INTO series VALUES (7, 1, 'amends.sessions', '', '', '1', 'iOS', '19', '', 'vip', 9);
             INSERT INTO points VALUES (1, 59, 7, 2), (1, 60, 7, 3), (1, 119, 7, 4);",
        )
        .unwrap();
        migrate(&mut db).unwrap();
        let series: (i64, String, String, i64) = db
            .query_row("SELECT id, segment, region, total FROM series", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .unwrap();
        assert_eq!(series, (7, "vip".to_owned(), String::new(), 9));
        let hour = |hour: i64| -> i64 {
            db.query_row(
                "SELECT value FROM hours WHERE app = 1 AND series = 7 AND hour = ?1",
                [hour],
                |row| row.get(0),
            )
            .unwrap()
        };
        assert_eq!((hour(0), hour(1)), (2, 7));
        let points: i64 = db.query_row("SELECT count(*) FROM points", [], |row| row.get(0)).unwrap();
        assert_eq!(points, 3);
    }

    #[test]
    fn a_database_of_this_version_is_not_written() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        db.pragma_update(None, "query_only", "ON").unwrap();
        migrate(&mut db).unwrap();
    }
}

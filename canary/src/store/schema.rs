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
    fn a_database_of_this_version_is_not_written() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        db.pragma_update(None, "query_only", "ON").unwrap();
        migrate(&mut db).unwrap();
    }
}

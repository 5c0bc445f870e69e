//! Deleting what is too old, a little at a time, so that no batch waits long behind it.

use rusqlite::{Connection, params};

use super::batch_keys::KEEP_HOURS;

/// Rows deleted in one step.
const STEP: u32 = 500;

/// One step; true when it found a full step's worth, so there may be more.
pub(super) fn step(db: &mut Connection, now_s: i64, keep_days: u32) -> rusqlite::Result<bool> {
    let oldest_hour = now_s.div_euclid(3_600) - KEEP_HOURS;
    let oldest_minute = now_s.div_euclid(60) - i64::from(keep_days) * 1_440;
    let tx = db.transaction()?;
    let keys = tx
        .prepare_cached(
            "DELETE FROM batches WHERE (scope, key) IN
             (SELECT scope, key FROM batches WHERE hour < ?1 LIMIT ?2)",
        )?
        .execute(params![oldest_hour, STEP])?;
    let mut more = keys == STEP as usize;
    let apps: Vec<i64> = {
        let mut select = tx.prepare_cached("SELECT id FROM apps")?;
        select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    for app in apps {
        let minutes = tx
            .prepare_cached(
                "DELETE FROM points WHERE (app, minute, series) IN
                 (SELECT app, minute, series FROM points WHERE app = ?1 AND minute < ?2 LIMIT ?3)",
            )?
            .execute(params![app, oldest_minute, STEP])?;
        let hours = tx
            .prepare_cached(
                "DELETE FROM hours WHERE (app, metric, hour, series) IN
                 (SELECT app, metric, hour, series FROM hours
                  WHERE app = ?1 AND metric BETWEEN 0 AND 13 AND hour < ?2 LIMIT ?3)",
            )?
            .execute(params![app, oldest_minute.div_euclid(60), STEP])?;
        more |= minutes == STEP as usize || hours == STEP as usize;
    }
    tx.commit()?;
    Ok(more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_old_keys_in_steps_and_keeps_young_ones() {
        let dir = tempfile::tempdir().unwrap();
        let mut db = super::super::open::open(&dir.path().join("db"), None).unwrap();
        let now_s = 1_800_000_000_i64;
        let hour = now_s / 3_600;
        for (number, age) in
            (0..1_200).map(|n| (n, KEEP_HOURS + 1)).chain((1_200..1_210).map(|n| (n, KEEP_HOURS)))
        {
            db.execute(
                "INSERT INTO batches VALUES (x'00', ?1, x'00', 0, '', ?2)",
                params![number.to_string(), hour - age],
            )
            .unwrap();
        }
        assert!(step(&mut db, now_s, 400).unwrap());
        assert!(step(&mut db, now_s, 400).unwrap());
        assert!(!step(&mut db, now_s, 400).unwrap());
        let left: i64 = db.query_row("SELECT count(*) FROM batches", [], |row| row.get(0)).unwrap();
        assert_eq!(left, 10);
    }

    #[test]
    fn forgets_old_minutes_and_keeps_totals() {
        let dir = tempfile::tempdir().unwrap();
        let mut db = super::super::open::open(&dir.path().join("db"), None).unwrap();
        db.execute_batch(
            "INSERT INTO apps VALUES (1, 'shop');
             INSERT INTO series VALUES (1, 1, 'amends.sessions', '', '', '1', '', '', '', '', '', 7);
             INSERT INTO points VALUES (1, 0, 1, 3), (1, 30000000, 1, 4);
             INSERT INTO hours VALUES (1, 3, 0, 1, 3), (1, 3, 500000, 1, 4);",
        )
        .unwrap();
        assert!(!step(&mut db, 1_800_000_000, 400).unwrap());
        let left: (i64, i64, i64) = db
            .query_row(
                "SELECT (SELECT count(*) FROM points), (SELECT count(*) FROM hours), (SELECT total FROM series)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        assert_eq!(left, (1, 1, 7));
    }
}

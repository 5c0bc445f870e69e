//! What must survive a restart: how each alert stands, silences, and messages that were decided but not delivered.
//!
//! A look writes the standings that changed and the messages they cause in one transaction: after a crash an alert was
//! either told and stands as told, or neither. A database of its own beside the counts, so that no batch waits for it.

mod delivery;

use std::path::{Path, PathBuf};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};
use rusqlite::{Connection, params};

use delivery::bound;
pub(crate) use delivery::{Delivery, Outcome, Waiting};

use super::evaluator::Look;
use super::notice::Notice;
use super::silence::Silence;
use super::standing::Standing;

/// Where, in the data directory.
pub(crate) const FILE: &str = "alerts.sqlite3";

const VERSION: u32 = 1;
const TABLES: &str = "
    CREATE TABLE standings (fingerprint TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE silences (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
    -- slot: a newer message replaces one that waits in the same slot. revision: tells it from the one that is on its way.
    -- Times are Unix milliseconds. dead: given up.
    CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        output TEXT NOT NULL, slot TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0,
        notice TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
        created_ms INTEGER NOT NULL, next_ms INTEGER NOT NULL,
        dead INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
        UNIQUE (output, slot)
    );
    CREATE INDEX deliveries_due ON deliveries (output, dead, next_ms);
";

/// Why the book cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BookError {
    #[error("cannot use {}: {source}; check that the data directory is writable and has free space, or move the file away to forget which alerts stand", path.display())]
    Sqlite { path: PathBuf, source: rusqlite::Error },
    #[error("{} has version {found}, this canary knows {VERSION}; use a newer canary", path.display())]
    TooNew { path: PathBuf, found: u32 },
}

impl BookError {
    /// Without the path, for those who ask from elsewhere.
    pub(crate) fn public(&self) -> String {
        match self {
            Self::Sqlite { source, .. } => {
                format!("what is known of alerts cannot be read or written: {source}")
            }
            Self::TooNew { .. } => "what is known of alerts is of a newer canary".to_owned(),
        }
    }
}

/// See the module.
pub(crate) struct Book {
    path: PathBuf,
    db: Mutex<Connection>,
    /// Changes with each message that is queued, so that senders wake.
    news: Mutex<u64>,
    wake: Condvar,
}

/// A message to be queued: for which output, and which one it replaces.
pub(crate) struct Queued<'n> {
    pub(crate) output: String,
    pub(crate) slot: String,
    pub(crate) notice: &'n Notice,
}

impl Book {
    pub(crate) fn open(dir: &Path) -> Result<Self, BookError> {
        let path = dir.join(FILE);
        let fail = |source| BookError::Sqlite { path: path.clone(), source };
        let mut db = Connection::open(&path).map_err(fail)?;
        db.busy_timeout(Duration::from_secs(5)).map_err(fail)?;
        db.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
        // What was told as decided survives a power cut.
        db.pragma_update(None, "synchronous", "FULL").map_err(fail)?;
        let found: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(fail)?;
        if found > VERSION {
            return Err(BookError::TooNew { path, found });
        }
        if found == 0 {
            let tx = db.transaction().map_err(fail)?;
            tx.execute_batch(TABLES).map_err(fail)?;
            tx.pragma_update(None, "user_version", VERSION).map_err(fail)?;
            tx.commit().map_err(fail)?;
        }
        Ok(Self { path, db: Mutex::new(db), news: Mutex::new(0), wake: Condvar::new() })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, BookError> {
        work(&mut self.db.lock()).map_err(|source| BookError::Sqlite { path: self.path.clone(), source })
    }

    /// All standings. One that cannot be read, e.g. of a later version, is left out.
    pub(crate) fn standings(&self) -> Result<Vec<Standing>, BookError> {
        self.with(|db| rows(db, "SELECT json FROM standings"))
    }

    pub(crate) fn silences(&self) -> Result<Vec<Silence>, BookError> {
        self.with(|db| rows(db, "SELECT json FROM silences"))
    }

    /// Writes down a look and the messages it causes, all or nothing.
    pub(crate) fn write(&self, look: &Look, queued: &[Queued<'_>], now_ms: i64) -> Result<(), BookError> {
        if look.changed.is_empty() && look.gone.is_empty() && queued.is_empty() {
            return Ok(());
        }
        self.with(|db| {
            let tx = db.transaction()?;
            for standing in &look.changed {
                tx.prepare_cached("INSERT OR REPLACE INTO standings VALUES (?1, ?2)")?
                    .execute(params![standing.fingerprint, json(standing)])?;
            }
            for fingerprint in &look.gone {
                tx.prepare_cached("DELETE FROM standings WHERE fingerprint = ?1")?.execute([fingerprint])?;
            }
            for Queued { output, slot, notice } in queued {
                tx.prepare_cached(
                    "INSERT INTO deliveries (output, slot, notice, created_ms, next_ms)
                     VALUES (?1, ?2, ?3, ?4, ?4)
                     ON CONFLICT (output, slot) DO UPDATE SET
                         notice = excluded.notice, revision = revision + 1,
                         next_ms = CASE dead WHEN 1 THEN excluded.next_ms ELSE next_ms END,
                         created_ms = CASE dead WHEN 1 THEN excluded.created_ms ELSE created_ms END,
                         attempts = CASE dead WHEN 1 THEN 0 ELSE attempts END, dead = 0",
                )?
                .execute(params![output, slot, json(notice), now_ms])?;
                bound(&tx, output)?;
            }
            tx.commit()
        })?;
        if !queued.is_empty() {
            self.wake_all();
        }
        Ok(())
    }

    pub(crate) fn put_silence(&self, silence: &Silence) -> Result<(), BookError> {
        self.with(|db| {
            db.execute("INSERT OR REPLACE INTO silences VALUES (?1, ?2)", params![silence.id, json(silence)])
        })?;
        Ok(())
    }

    pub(crate) fn delete_silence(&self, id: &str) -> Result<(), BookError> {
        self.with(|db| db.execute("DELETE FROM silences WHERE id = ?1", [id]))?;
        Ok(())
    }

    /// How many messages were queued so far, for [`Book::wait`].
    pub(crate) fn queued(&self) -> u64 {
        *self.news.lock()
    }

    /// Waits until something was queued since `seen`, or for so long.
    pub(crate) fn wait(&self, seen: u64, at_most: Duration) {
        let mut news = self.news.lock();
        if *news == seen {
            self.wake.wait_for(&mut news, at_most);
        }
    }

    pub(crate) fn wake_all(&self) {
        *self.news.lock() += 1;
        self.wake.notify_all();
    }
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn rows<T: serde::de::DeserializeOwned>(db: &Connection, sql: &str) -> rusqlite::Result<Vec<T>> {
    let mut select = db.prepare(sql)?;
    let texts = select.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::definition::Alert;
    use super::super::standing::News;
    use super::delivery::Waiting;
    use super::*;

    pub(super) fn notice(number: u64) -> Notice {
        let mut standing = Standing::new(&Alert::standard(), "shop", Vec::new(), 0);
        standing.number = number;
        Notice::new(News::Firing, &standing, None, None, 0)
    }

    pub(super) fn book() -> (tempfile::TempDir, Book) {
        let dir = tempfile::tempdir().unwrap();
        let book = Book::open(dir.path()).unwrap();
        (dir, book)
    }

    #[test]
    fn what_was_decided_survives_a_restart_and_is_there_once() {
        let (dir, book) = book();
        let standing = Standing::new(&Alert::standard(), "shop", Vec::new(), 7);
        let look = Look { changed: vec![standing.clone()], ..Look::default() };
        let one = notice(1);
        let queued = || Queued { output: "growth".to_owned(), slot: one.id.clone(), notice: &one };
        book.write(&look, &[queued()], 1_000).unwrap();
        book.write(&look, &[queued()], 1_000).unwrap();
        drop(book);
        let book = Book::open(dir.path()).unwrap();
        assert_eq!(book.standings().unwrap(), [standing]);
        let delivery = book.due("growth", 1_000).unwrap().unwrap();
        assert_eq!((&delivery.notice, delivery.attempts), (&one, 0));
        assert_eq!(book.waiting("growth").unwrap(), Waiting { waiting: 1, dead: 0 });
    }
}

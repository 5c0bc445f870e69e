//! Opening the database: durable, checked, migrated.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

use super::schema;

/// Why the store did not open.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("cannot use the data directory {}: {source}; check that --data is right and writable, and that its disk has free space", dir.display())]
    Directory { dir: PathBuf, source: std::io::Error },
    #[error("--data {} is a file; give a directory", dir.display())]
    NoDirectory { dir: PathBuf },
    #[error("another canary is using {}; stop it, or give this one its own --data", dir.display())]
    Locked { dir: PathBuf },
    #[error(
        "the database {} is damaged ({detail}); move it away to start empty, or restore it from a backup",
        path.display()
    )]
    Corrupt { path: PathBuf, detail: String },
    #[error("the database belongs to another program; give the canary its own --data")]
    Foreign,
    #[error("the database has version {found}, this canary knows up to {known}; use a newer canary")]
    TooNew { found: u32, known: u32 },
    #[error("cannot start the writer thread: {0}")]
    Thread(std::io::Error),
    #[error("cannot open the database: {0}; check --data")]
    Sqlite(#[from] rusqlite::Error),
    #[error(
        "cannot write the database in {} ({detail}); free space on the disk of --data, or check that it is writable",
        dir.display()
    )]
    NoRoom { dir: PathBuf, detail: String },
}

/// Files up to this size are checked at each start; for larger ones it would take too long.
const QUICK_CHECK_BYTES: u64 = 256 << 20;

pub(super) fn open(path: &Path, max_bytes: Option<u64>) -> Result<Connection, OpenError> {
    attempt(path, max_bytes).map_err(|error| explain(error, path))
}

/// Says which file or directory it is about, and what to do.
pub(super) fn explain(error: OpenError, path: &Path) -> OpenError {
    let OpenError::Sqlite(rusqlite::Error::SqliteFailure(cause, detail)) = error else { return error };
    let text = detail.clone().unwrap_or_else(|| cause.to_string());
    match cause.code {
        ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => {
            OpenError::Corrupt { path: path.to_owned(), detail: text }
        }
        ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly => {
            OpenError::NoRoom { dir: path.parent().unwrap_or(path).to_owned(), detail: text }
        }
        _ => OpenError::Sqlite(rusqlite::Error::SqliteFailure(cause, detail)),
    }
}

fn attempt(path: &Path, max_bytes: Option<u64>) -> Result<Connection, OpenError> {
    let mut db = Connection::open(path)?;
    db.busy_timeout(std::time::Duration::from_secs(5))?;
    if std::fs::metadata(path).is_ok_and(|file| file.len() <= QUICK_CHECK_BYTES) {
        let finding: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if finding != "ok" {
            return Err(OpenError::Corrupt { path: path.to_owned(), detail: finding });
        }
    }
    db.pragma_update(None, "journal_mode", "WAL")?;
    // An acknowledged batch survives a power cut.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", "ON")?;
    db.set_prepared_statement_cache_capacity(32);
    schema::migrate(&mut db)?;
    if let Some(bytes) = max_bytes {
        let page: i64 = db.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        let pages = (i64::try_from(bytes).unwrap_or(i64::MAX) / page.max(1)).max(1);
        db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_named_with_its_option() {
        let full = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
        let error = OpenError::Sqlite(rusqlite::Error::SqliteFailure(full, None));
        let message = explain(error, Path::new("/var/lib/amends/canary.sqlite3")).to_string();
        for part in ["/var/lib/amends ", "--data", "free space"] {
            assert!(message.contains(part), "{message} does not say {part}");
        }
    }
}

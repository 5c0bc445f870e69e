//! Whether the store can still write.

use rusqlite::Connection;

/// Large enough that it needs pages of its own, so that a full disk shows.
const PAD_BYTES: i64 = 16 * 1_024;

/// Writes a row and takes it away again, both on disk.
pub(super) fn write(db: &mut Connection) -> rusqlite::Result<()> {
    let tx = db.transaction()?;
    tx.execute("INSERT OR REPLACE INTO probe (id, pad) VALUES (1, zeroblob(?1))", [PAD_BYTES])?;
    tx.commit()?;
    let tx = db.transaction()?;
    tx.execute("DELETE FROM probe", [])?;
    tx.commit()
}

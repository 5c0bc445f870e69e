//! Which batches were counted, so that a retry is recognised.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{BatchKey, Receipt};

/// How long a key is remembered: a device gives a batch up after 7 days.
pub(super) const KEEP_HOURS: i64 = 9 * 24;

/// What is known of a key.
pub(super) enum Known {
    New,
    /// Counted before; this is what was answered.
    Same(Receipt),
    /// The key was used for another body.
    Other,
}

pub(super) fn look_up(tx: &Transaction<'_>, key: &BatchKey, digest: &[u8; 32]) -> rusqlite::Result<Known> {
    let mut select =
        tx.prepare_cached("SELECT digest, rejected, message FROM batches WHERE scope = ?1 AND key = ?2")?;
    let found = select
        .query_row(params![key.scope, key.key], |row| {
            let same = row.get_ref(0)?.as_blob()? == digest;
            let rejected = row.get::<_, i64>(1)?.unsigned_abs();
            Ok((same, Receipt { repeated: true, rejected, message: row.get(2)? }))
        })
        .optional()?;
    Ok(match found {
        None => Known::New,
        Some((true, receipt)) => Known::Same(receipt),
        Some((false, _)) => Known::Other,
    })
}

pub(super) fn remember(
    tx: &Transaction<'_>,
    key: &BatchKey,
    digest: &[u8; 32],
    receipt: &Receipt,
    arrival_s: i64,
) -> rusqlite::Result<()> {
    let rejected = i64::try_from(receipt.rejected).unwrap_or(i64::MAX);
    tx.prepare_cached(
        "INSERT INTO batches (scope, key, digest, rejected, message, hour) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        key.scope,
        key.key,
        digest,
        rejected,
        receipt.message,
        arrival_s.div_euclid(3_600)
    ])?;
    Ok(())
}

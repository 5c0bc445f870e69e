//! Messages on their way to their outputs: due, settled, given up and brought back.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Book, BookError};
use crate::alerts::notice::Notice;

/// Messages that wait for one output; beyond, the oldest are given up.
const MOST_WAITING: u32 = 1_000;
/// Messages that were given up and are kept to be looked at; beyond, the oldest are forgotten.
const MOST_DEAD: u32 = 1_000;
/// A message on its way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Delivery {
    pub(crate) id: i64,
    pub(crate) revision: i64,
    pub(crate) output: String,
    pub(crate) notice: Notice,
    /// How often it was tried.
    pub(crate) attempts: u32,
    pub(crate) created_ms: i64,
    /// What went wrong last.
    pub(crate) error: String,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Delivered,
    /// Try again at this time.
    Again {
        next_ms: i64,
        error: String,
    },
    /// Give up.
    Dead {
        error: String,
    },
}

/// Messages of one output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) waiting: u32,
    pub(crate) dead: u32,
}

impl Book {
    /// The message of an output that is due, the oldest first.
    pub(crate) fn due(&self, output: &str, now_ms: i64) -> Result<Option<Delivery>, BookError> {
        let found = self.with(|db| {
            db.prepare_cached(
                "SELECT id, revision, output, notice, attempts, created_ms, error FROM deliveries
                 WHERE output = ?1 AND dead = 0 AND next_ms <= ?2 ORDER BY id LIMIT 1",
            )?
            .query_row(params![output, now_ms], raw)
            .optional()
        })?;
        let Some(raw) = found else { return Ok(None) };
        let delivery = raw.read();
        if delivery.is_none() {
            self.with(|db| db.execute("DELETE FROM deliveries WHERE id = ?1", [raw.id]))?;
        }
        Ok(delivery)
    }

    /// When the next message of an output is due.
    pub(crate) fn next_ms(&self, output: &str) -> Result<Option<i64>, BookError> {
        self.with(|db| {
            db.prepare_cached("SELECT min(next_ms) FROM deliveries WHERE output = ?1 AND dead = 0")?
                .query_row([output], |row| row.get(0))
        })
    }

    /// Writes down what an attempt came to. A message that was replaced meanwhile stays.
    pub(crate) fn settle(&self, delivery: &Delivery, outcome: &Outcome) -> Result<(), BookError> {
        let (id, revision) = (delivery.id, delivery.revision);
        self.with(|db| match outcome {
            Outcome::Delivered => {
                let gone = db
                    .prepare_cached("DELETE FROM deliveries WHERE id = ?1 AND revision = ?2")?
                    .execute([id, revision])?;
                if gone == 0 {
                    db.execute("UPDATE deliveries SET attempts = 0, error = '' WHERE id = ?1", [id])?;
                }
                Ok(())
            }
            Outcome::Again { next_ms, error } => {
                db.prepare_cached(
                    "UPDATE deliveries SET attempts = attempts + 1, next_ms = ?2, error = ?3 WHERE id = ?1",
                )?
                .execute(params![id, next_ms, error])?;
                Ok(())
            }
            Outcome::Dead { error } => {
                db.prepare_cached(
                    "UPDATE deliveries SET attempts = attempts + 1, dead = 1, error = ?3
                     WHERE id = ?1 AND revision = ?2",
                )?
                .execute(params![id, revision, error])?;
                bound(db, &delivery.output)
            }
        })
    }

    /// The messages that were given up, newest first.
    pub(crate) fn dead(&self) -> Result<Vec<Delivery>, BookError> {
        let all: Vec<Raw> = self.with(|db| {
            db.prepare_cached(
                "SELECT id, revision, output, notice, attempts, created_ms, error FROM deliveries
                 WHERE dead = 1 ORDER BY id DESC LIMIT 200",
            )?
            .query_map([], raw)?
            .collect()
        })?;
        Ok(all.iter().filter_map(Raw::read).collect())
    }

    /// Queues a message again that was given up; false if there is none of this id.
    pub(crate) fn retry(&self, id: i64, now_ms: i64) -> Result<bool, BookError> {
        let found = self.with(|db| {
            db.execute(
                "UPDATE deliveries SET dead = 0, attempts = 0, created_ms = ?2, next_ms = ?2
                 WHERE id = ?1 AND dead = 1",
                params![id, now_ms],
            )
        })?;
        self.wake_all();
        Ok(found > 0)
    }

    /// For which output a message was that was given up.
    pub(crate) fn dead_output(&self, id: i64) -> Result<Option<String>, BookError> {
        self.with(|db| {
            db.query_row("SELECT output FROM deliveries WHERE id = ?1 AND dead = 1", [id], |row| row.get(0))
                .optional()
        })
    }

    /// Gives up what waits for outputs that are none of these.
    pub(crate) fn give_up_others(&self, outputs: &[&str]) -> Result<(), BookError> {
        self.with(|db| {
            let waiting: Vec<String> = db
                .prepare("SELECT DISTINCT output FROM deliveries WHERE dead = 0")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for output in waiting.iter().filter(|output| !outputs.contains(&&***output)) {
                db.execute(
                    "UPDATE deliveries SET dead = 1, error = 'its output is no longer configured' WHERE output = ?1",
                    [output],
                )?;
                bound(db, output)?;
            }
            Ok(())
        })
    }

    /// How many messages of an output wait, and how many were given up.
    pub(crate) fn waiting(&self, output: &str) -> Result<Waiting, BookError> {
        self.with(|db| {
            db.prepare_cached(
                "SELECT count(*) FILTER (WHERE dead = 0), count(*) FILTER (WHERE dead = 1)
                 FROM deliveries WHERE output = ?1",
            )?
            .query_row([output], |row| Ok(Waiting { waiting: row.get(0)?, dead: row.get(1)? }))
        })
    }
}

/// A delivery as it is stored.
struct Raw {
    id: i64,
    revision: i64,
    output: String,
    notice: String,
    attempts: u32,
    created_ms: i64,
    error: String,
}

fn raw(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: row.get(0)?,
        revision: row.get(1)?,
        output: row.get(2)?,
        notice: row.get(3)?,
        attempts: row.get(4)?,
        created_ms: row.get(5)?,
        error: row.get(6)?,
    })
}

impl Raw {
    /// `None` for a message that a later version wrote.
    fn read(&self) -> Option<Delivery> {
        let notice = serde_json::from_str(&self.notice).ok()?;
        let Self { id, revision, attempts, created_ms, .. } = *self;
        let (output, error) = (self.output.clone(), self.error.clone());
        Some(Delivery { id, revision, output, notice, attempts, created_ms, error })
    }
}

/// Gives up the oldest of too many waiting messages, and forgets the oldest of too many that were given up.
pub(super) fn bound(db: &Connection, output: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE deliveries SET dead = 1, error = 'too many messages wait for this output'
         WHERE id IN (SELECT id FROM deliveries WHERE output = ?1 AND dead = 0 ORDER BY id DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute(params![output, MOST_WAITING])?;
    db.prepare_cached(
        "DELETE FROM deliveries
         WHERE id IN (SELECT id FROM deliveries WHERE dead = 1 ORDER BY id DESC LIMIT -1 OFFSET ?1)",
    )?
    .execute([MOST_DEAD])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{book, notice};
    use super::super::{Look, Queued};
    use super::*;

    fn queue(book: &Book, slot: &str, notice: &Notice) {
        let queued = Queued { output: "growth".to_owned(), slot: slot.to_owned(), notice };
        book.write(&Look::default(), &[queued], 1_000).unwrap();
    }

    #[test]
    fn a_message_is_tried_again_given_up_and_brought_back() {
        let (_dir, book) = book();
        queue(&book, "a", &notice(1));
        let first = book.due("growth", 1_000).unwrap().unwrap();
        book.settle(&first, &Outcome::Again { next_ms: 6_000, error: "503".to_owned() }).unwrap();
        assert_eq!(book.due("growth", 5_999).unwrap(), None);
        assert_eq!(book.next_ms("growth").unwrap(), Some(6_000));
        let second = book.due("growth", 6_000).unwrap().unwrap();
        assert_eq!((second.attempts, &*second.error), (1, "503"));
        book.settle(&second, &Outcome::Dead { error: "404".to_owned() }).unwrap();
        assert_eq!(book.due("growth", 99_000).unwrap(), None);
        let dead = book.dead().unwrap();
        assert_eq!((dead.len(), &*dead[0].error), (1, "404"));
        assert!(book.retry(dead[0].id, 50_000).unwrap() && !book.retry(dead[0].id, 50_000).unwrap());
        let third = book.due("growth", 50_000).unwrap().unwrap();
        book.settle(&third, &Outcome::Delivered).unwrap();
        assert_eq!(book.waiting("growth").unwrap(), Waiting::default());
    }

    #[test]
    fn what_waits_for_an_output_that_is_gone_is_given_up() {
        let (_dir, book) = book();
        queue(&book, "a", &notice(1));
        book.give_up_others(&["growth", "other"]).unwrap();
        assert_eq!(book.waiting("growth").unwrap(), Waiting { waiting: 1, dead: 0 });
        book.give_up_others(&["other"]).unwrap();
        assert_eq!(book.waiting("growth").unwrap(), Waiting { waiting: 0, dead: 1 });
        assert!(book.dead().unwrap()[0].error.contains("no longer configured"));
    }

    #[test]
    fn a_newer_message_in_the_same_slot_replaces_what_waits_and_outlives_what_is_on_its_way() {
        let (_dir, book) = book();
        queue(&book, "same", &notice(1));
        let on_its_way = book.due("growth", 1_000).unwrap().unwrap();
        queue(&book, "same", &notice(2));
        book.settle(&on_its_way, &Outcome::Delivered).unwrap();
        let next = book.due("growth", 1_000).unwrap().unwrap();
        assert_eq!(next.notice, notice(2));
        book.settle(&next, &Outcome::Delivered).unwrap();
        assert_eq!(book.due("growth", 1_000).unwrap(), None);
    }

    #[test]
    fn the_queue_is_bounded_and_what_falls_out_is_seen() {
        let (_dir, book) = book();
        for number in 0..MOST_WAITING + 5 {
            queue(&book, &number.to_string(), &notice(u64::from(number)));
        }
        let waiting = book.waiting("growth").unwrap();
        assert_eq!((waiting.waiting, waiting.dead), (MOST_WAITING, 5));
        assert!(book.dead().unwrap()[0].error.contains("too many"), "{:?}", book.dead().unwrap()[0]);
    }
}

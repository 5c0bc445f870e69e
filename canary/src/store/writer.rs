//! The one thread that changes the store: takes all that waits into one transaction, answers after the commit.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

use super::batch_keys::{self, Known};
use super::index::{Index, NotPlaced, Placed};
use super::{Batch, Command, Receipt, WriteError, hours, probe, purge};
use crate::live::{Counted, Live};

/// Most batches in one transaction.
const GROUP: usize = 256;

type Reply = oneshot::Sender<Result<Receipt, WriteError>>;

/// See the module.
pub(super) struct Writer {
    db: Connection,
    index: Index,
    live: Arc<Live>,
    keep_days: u32,
}

impl Writer {
    pub(super) fn new(db: Connection, index: Index, live: Arc<Live>, keep_days: u32) -> Self {
        Self { db, index, live, keep_days }
    }

    /// Works until every sender is gone and the queue is empty.
    pub(super) fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut group: Vec<(Box<Batch>, Reply)> = Vec::with_capacity(GROUP);
        while let Some(first) = commands.blocking_recv() {
            let mut next = Some(first);
            let mut chore = None;
            while let Some(command) = next {
                match command {
                    Command::Count(batch, reply) => group.push((batch, reply)),
                    other => {
                        chore = Some(other);
                        break;
                    }
                }
                next = if group.len() < GROUP { commands.try_recv().ok() } else { None };
            }
            self.commit(&mut group);
            match chore {
                Some(Command::Probe(reply)) => {
                    let result = probe::write(&mut self.db).map_err(|error| unavailable(&error));
                    // Whoever asked may have gone away; so below.
                    let _ = reply.send(result);
                }
                Some(Command::Purge(now_s, reply)) => {
                    let more = purge::step(&mut self.db, now_s, self.keep_days).unwrap_or(false);
                    let _ = reply.send(more);
                }
                Some(Command::Count(..)) | None => {}
            }
        }
    }

    fn commit(&mut self, group: &mut Vec<(Box<Batch>, Reply)>) {
        if group.is_empty() {
            return;
        }
        let batches = group.iter_mut().map(|(batch, _)| &mut **batch);
        match transaction(&mut self.db, &mut self.index, batches) {
            Ok((results, counted)) => {
                self.index.keep();
                self.live.add(&counted);
                for ((_, reply), result) in group.drain(..).zip(results) {
                    let _ = reply.send(result);
                }
            }
            Err(error) => {
                self.index.take_back();
                for (_, reply) in group.drain(..) {
                    let _ = reply.send(Err(unavailable(&error)));
                }
            }
        }
    }
}

fn unavailable(error: &rusqlite::Error) -> WriteError {
    WriteError::Unavailable(error.to_string())
}

type Results = Vec<Result<Receipt, WriteError>>;

fn transaction<'b>(
    db: &mut Connection,
    index: &mut Index,
    batches: impl Iterator<Item = &'b mut Batch>,
) -> rusqlite::Result<(Results, Vec<Counted>)> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut cells = Cells::default();
    let mut results = Vec::new();
    for batch in batches {
        results.push(count(&tx, index, batch, &mut cells)?);
    }
    let counted = cells.write(&tx)?;
    tx.commit()?;
    Ok((results, counted))
}

fn count(
    tx: &Transaction<'_>,
    index: &mut Index,
    batch: &mut Batch,
    cells: &mut Cells,
) -> rusqlite::Result<Result<Receipt, WriteError>> {
    if let Some(key) = &batch.key {
        match batch_keys::look_up(tx, key, &batch.digest)? {
            Known::New => {}
            Known::Same(receipt) => return Ok(Ok(receipt)),
            Known::Other => return Ok(Err(WriteError::KeyReused)),
        }
    }
    if let Err((app, most)) = index.room_for(&batch.reading.observations) {
        return Ok(Err(WriteError::TooManyApps { app, most }));
    }
    let mut placed = Vec::new();
    for observation in &batch.reading.observations {
        match index.place(tx, observation, &mut placed) {
            Ok(()) => {
                for cell in placed.drain(..) {
                    cells.add(cell, observation);
                }
            }
            Err(NotPlaced::Rejected(why)) => batch.reading.remarks.reject_point(observation.metric, &why),
            Err(NotPlaced::Sqlite(error)) => return Err(error),
        }
    }
    let remarks = &batch.reading.remarks;
    let receipt = Receipt { repeated: false, rejected: remarks.rejected, message: remarks.message() };
    if let Some(key) = &batch.key {
        batch_keys::remember(tx, key, &batch.digest, &receipt, batch.arrival_s)?;
    }
    Ok(Ok(receipt))
}

/// What a group adds, each cell once, however many of its batches hit it.
#[derive(Default)]
struct Cells {
    sums: HashMap<(i64, i64), Counted>,
    app_ids: HashMap<i64, i64>,
    totals: HashMap<i64, i64>,
}

impl Cells {
    fn add(&mut self, cell: Placed, observation: &crate::count::observation::Observation) {
        self.app_ids.insert(cell.series, cell.app_id);
        self.totals.insert(cell.series, cell.total);
        let (minute, delta) = (observation.minute, cell.delta);
        self.sums
            .entry((cell.series, minute))
            // A minute never exceeds its series' total, which was checked.
            .and_modify(|sum| sum.value = sum.value.saturating_add(delta))
            .or_insert_with(|| Counted {
                app: cell.app,
                release: cell.release,
                screen: cell.screen,
                segment: cell.segment,
                region: cell.region,
                facet: cell.facet,
                metric: observation.metric,
                kind: observation.kind,
                minute,
                value: delta,
            });
    }

    fn write(self, tx: &Transaction<'_>) -> rusqlite::Result<Vec<Counted>> {
        let mut point = tx.prepare_cached(
            "INSERT INTO points (app, minute, series, value) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET value = value + excluded.value",
        )?;
        let mut total = tx.prepare_cached("UPDATE series SET total = ?2 WHERE id = ?1")?;
        let mut by_hour: BTreeMap<(i64, i64, i64, i64), i64> = BTreeMap::new();
        for ((series, minute), counted) in &self.sums {
            let app = self.app_ids.get(series).copied().unwrap_or_default();
            point.execute(params![app, minute, series, counted.value])?;
            let hour = by_hour
                .entry((app, hours::number(counted.metric), minute.div_euclid(60), *series))
                .or_default();
            *hour = hour.saturating_add(counted.value);
        }
        let mut hourly = tx.prepare_cached(
            "INSERT INTO hours (app, metric, hour, series, value) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET value = value + excluded.value",
        )?;
        for ((app, metric, hour, series), value) in by_hour {
            hourly.execute(params![app, metric, hour, series, value])?;
        }
        for (series, sum) in &self.totals {
            total.execute(params![series, sum])?;
        }
        Ok(self.sums.into_values().collect())
    }
}

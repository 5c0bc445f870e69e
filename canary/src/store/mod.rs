//! The store: the one boundary to swap for another engine (`ClickHouse`) later. Nothing outside speaks SQL.
//!
//! One writer thread owns every change and commits in groups; readers have their own connections.

mod at_rest;
mod batch_keys;
mod fold;
mod hours;
mod index;
mod limits;
mod lock;
mod open;
mod probe;
mod purge;
mod reader;
mod rollup;
mod schema;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use parking_lot::Mutex;
use tokio::sync::{mpsc, oneshot};

use crate::count::reading::Reading;
use crate::count::vocabulary::Metric;
use crate::live::Live;
pub(crate) use at_rest::AtRest;
pub(crate) use limits::Limits;
pub(crate) use open::OpenError;
pub(crate) use reader::{ReadError, Row, Scan, Turn};

/// A batch as it goes to the writer.
#[derive(Debug)]
pub(crate) struct Batch {
    /// Absent when the sender gave none: then it is counted every time.
    pub(crate) key: Option<BatchKey>,
    /// SHA-256 over content type and inflated body.
    pub(crate) digest: [u8; 32],
    /// Unix seconds.
    pub(crate) arrival_s: i64,
    pub(crate) reading: Reading,
}

/// An idempotency key within the scope of an ingest key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BatchKey {
    pub(crate) scope: [u8; 8],
    pub(crate) key: String,
}

/// The writer's answer to a batch that was counted, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) repeated: bool,
    pub(crate) rejected: u64,
    pub(crate) message: String,
}

/// Why a batch was not counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("the key was used for another body")]
    KeyReused,
    #[error("the queue to the store is full")]
    Full,
    #[error("app {app:?} is new, and there are {most} apps already")]
    TooManyApps { app: String, most: usize },
    #[error("the store cannot write: {0}")]
    Unavailable(String),
}

enum Command {
    Count(Box<Batch>, oneshot::Sender<Result<Receipt, WriteError>>),
    Probe(oneshot::Sender<Result<(), WriteError>>),
    /// Deletes a small part of what is too old; answers whether there is more.
    Purge(i64, oneshot::Sender<bool>),
}

/// Handle to the store; cheap to share.
pub(crate) struct Store {
    commands: Mutex<Option<mpsc::Sender<Command>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: reader::Readers,
    _lock: lock::DirLock,
}

/// What the store is opened with.
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    /// Largest size of the database file in bytes; `None` for no limit but the disk's.
    pub(crate) max_bytes: Option<u64>,
    /// How long minutes are kept, in days. Totals are kept for ever.
    pub(crate) keep_days: u32,
    /// Batches that may wait for the writer.
    pub(crate) queue: usize,
}

impl Store {
    /// Opens or creates the store in `dir` and starts its writer; `live` is brought up to date and told of commits.
    pub(crate) fn open(dir: &Path, settings: &Settings, live: &Arc<Live>) -> Result<Self, OpenError> {
        let lock = lock::DirLock::take(dir)?;
        let path = dir.join("canary.sqlite3");
        let db = open::open(&path, settings.max_bytes)?;
        let explain = |error: rusqlite::Error| open::explain(error.into(), &path);
        rollup::load(&db, live).map_err(explain)?;
        let index = index::Index::load(&db, settings.limits).map_err(explain)?;
        let readers = reader::Readers::open(&path).map_err(explain)?;
        let (sender, receiver) = mpsc::channel(settings.queue.max(1));
        let writer = writer::Writer::new(db, index, Arc::clone(live), settings.keep_days);
        let thread = std::thread::Builder::new()
            .name("canary-writer".to_owned())
            .spawn(move || writer.run(receiver))
            .map_err(OpenError::Thread)?;
        Ok(Self {
            commands: Mutex::new(Some(sender)),
            writer: Mutex::new(Some(thread)),
            readers,
            _lock: lock,
        })
    }

    /// Counts a batch, once; returns after it is on disk.
    pub(crate) async fn count(&self, batch: Batch) -> Result<Receipt, WriteError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Count(Box::new(batch), reply))?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Writes and removes a few pages.
    pub(crate) async fn probe(&self) -> Result<(), WriteError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Probe(reply))?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Takes one small step of the purge; true when there is more to delete.
    pub(crate) async fn purge(&self, now_s: i64) -> bool {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Purge(now_s, reply)).is_ok() && answer.await.unwrap_or(false)
    }

    /// Waits for a turn to read, which [`Store::scan`] and [`Store::totals`] need; `None` when too many wait.
    pub(crate) async fn turn(&self) -> Option<Turn> {
        self.readers.turn().await
    }

    /// The same for who must not be turned away; `None` once the store stops.
    pub(crate) async fn sure_turn(&self) -> Option<Turn> {
        self.readers.sure_turn().await
    }

    /// Ends what is being read, and all reading.
    pub(crate) fn stop_reading(&self) {
        self.readers.stop();
    }

    /// Calls `row` for each minute of each series that the scan asks for. Blocks.
    pub(crate) fn scan(
        &self,
        turn: &Turn,
        scan: &Scan,
        row: &mut dyn FnMut(i64, &Row, i64),
    ) -> Result<(), ReadError> {
        self.readers.scan(turn, reader::Grain::Minutes, scan, row)
    }

    /// The same for each hour, from and until in hours since 1970, one metric after the other: for what looks back for
    /// weeks. Blocks.
    pub(crate) fn scan_hours(
        &self,
        turn: &Turn,
        scan: &Scan,
        row: &mut dyn FnMut(i64, &Row, i64),
    ) -> Result<(), ReadError> {
        self.readers.scan(turn, reader::Grain::Hours, scan, row)
    }

    /// Calls `row` with each hour since 1970, from the first to before the last, in which the app counted the metric, and all
    /// of it. Blocks.
    pub(crate) fn sum_hours(
        &self,
        turn: &Turn,
        app: &str,
        metric: Metric,
        span: (i64, i64),
        row: &mut dyn FnMut(i64, i64),
    ) -> Result<(), ReadError> {
        self.readers.sum_hours(turn, app, metric, span, row)
    }

    /// Calls `row` with the total of each series. Blocks.
    pub(crate) fn totals(&self, turn: &Turn, row: &mut dyn FnMut(&Row, i64)) -> Result<(), ReadError> {
        self.readers.totals(turn, row)
    }

    /// Commits what waits and stops the writer. Blocks.
    pub(crate) fn close(&self) {
        drop(self.commands.lock().take());
        if let Some(writer) = self.writer.lock().take() {
            // A writer that panicked has nothing left to commit.
            let _ = writer.join();
        }
    }

    fn send(&self, command: Command) -> Result<(), WriteError> {
        let sender = self.commands.lock().clone().ok_or_else(stopped)?;
        sender.try_send(command).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => WriteError::Full,
            mpsc::error::TrySendError::Closed(_) => stopped(),
        })
    }
}

fn stopped() -> WriteError {
    WriteError::Unavailable("it is stopping".to_owned())
}

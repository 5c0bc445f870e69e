//! How much memory all requests together may hold, and how many are parsed at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Refusal;

/// Counted in steps of this size.
const STEP: usize = 1_024;
/// All bodies under way, as sent and inflated.
const TOTAL: usize = 128 << 20;

/// A share of the budget, given back when dropped.
pub(super) type Bytes = OwnedSemaphorePermit;

/// See the module.
pub(crate) struct Budget {
    bytes: Arc<Semaphore>,
    workers: Arc<Semaphore>,
}

impl Budget {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { bytes: Arc::new(Semaphore::new(TOTAL / STEP)), workers: Arc::new(Semaphore::new(cores * 2)) }
    }

    /// Takes a share for `length` bytes, or says that there is none now.
    pub(super) fn take(&self, length: usize) -> Result<Bytes, Refusal> {
        let steps = u32::try_from(length.div_ceil(STEP).max(1)).unwrap_or(u32::MAX);
        Arc::clone(&self.bytes).try_acquire_many_owned(steps).map_err(|_| Refusal::Busy)
    }

    /// Waits for a turn to parse.
    pub(super) async fn worker(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.workers).acquire_owned().await.map_err(|_| Refusal::Busy)
    }
}

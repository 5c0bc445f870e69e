//! How much memory all requests together may hold, and how many are parsed at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Refusal;

/// Counted in steps of this size.
const STEP: usize = 1_024;
/// All bodies under way, as sent and inflated.
const TOTAL: usize = 128 << 20;
/// Kept for bodies of ordinary size, which large ones may not take.
const RESERVED: usize = 32 << 20;
/// What no device sends in one batch.
const LARGE: usize = 256 << 10;

/// A share of the budget, given back when dropped.
#[derive(Debug, Default)]
pub(super) struct Share {
    permit: Option<OwnedSemaphorePermit>,
    steps: usize,
}

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
    pub(super) fn take(&self, length: usize) -> Result<Share, Refusal> {
        let mut share = Share::default();
        self.grow(&mut share, length)?;
        Ok(share)
    }

    /// Makes a share large enough for `length` bytes; as it is when there is no room.
    pub(super) fn grow(&self, share: &mut Share, length: usize) -> Result<(), Refusal> {
        let steps = length.div_ceil(STEP);
        let Some(more) = steps.checked_sub(share.steps).filter(|more| *more > 0) else { return Ok(()) };
        if length > LARGE && self.bytes.available_permits() < more.saturating_add(RESERVED / STEP) {
            return Err(Refusal::Busy);
        }
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.bytes).try_acquire_many_owned(more).map_err(|_| Refusal::Busy)?;
        match &mut share.permit {
            Some(held) => held.merge(permit),
            none => *none = Some(permit),
        }
        share.steps = steps;
        Ok(())
    }

    /// Waits for a turn to parse.
    pub(super) async fn worker(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.workers).acquire_owned().await.map_err(|_| Refusal::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_bodies_leave_room_for_ordinary_ones_and_give_theirs_back() {
        let budget = Budget::new();
        let large: Vec<Share> = std::iter::from_fn(|| budget.take(4 << 20).ok()).collect();
        assert_eq!(large.len(), (TOTAL - RESERVED) / (4 << 20));
        let mut ordinary = budget.take(4 << 10).unwrap();
        budget.grow(&mut ordinary, 64 << 10).unwrap();
        assert_eq!(budget.grow(&mut ordinary, 4 << 20), Err(Refusal::Busy));
        drop((large, ordinary));
        assert_eq!(budget.bytes.available_permits(), TOTAL / STEP);
    }
}

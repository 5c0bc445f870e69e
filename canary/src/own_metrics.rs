//! What the canary counts of itself.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Since the process started.
#[derive(Debug, Default)]
pub(crate) struct OwnMetrics {
    pub(crate) counted: Counter,
    pub(crate) repeated: Counter,
    pub(crate) refused: Counter,
    pub(crate) points_rejected: Counter,
    pub(crate) live_streams: Counter,
}

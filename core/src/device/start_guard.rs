//! A crash loop at start turns the SDK off by itself: whatever the reason, it must not be us.
//!
//! A start is good after 5 s, or when the app goes to the background. After 5 starts in a row that were not, the device
//! stays off for 4 h (bitdrift's guard has the same numbers), then tries again.

use super::window_file::MemoryFile;
use crate::moment::Moment;
use std::time::Duration;

const MOST_FAILED_STARTS: u32 = 5;
const OFF_FOR_MS: u64 = 4 * 3_600_000;
const GOOD_AFTER: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct StartGuard {
    pub(super) failed_starts: u32,
    pub(super) off_since_unix_ms: Option<u64>,
    good_at: Option<Moment>,
}

impl StartGuard {
    /// Counts this start as failed until it proves good.
    pub(super) fn starting(memory: Option<&MemoryFile>, now: Moment, unix_ms: u64) -> Self {
        let before = memory.map_or(0, |m| m.failed_starts);
        let off_since = memory.and_then(|m| m.off_since_unix_ms);
        let guard = |failed_starts, off_since_unix_ms| Self {
            failed_starts,
            off_since_unix_ms,
            good_at: Some(now.plus(GOOD_AFTER)),
        };
        match off_since {
            // A clock set back would keep it off for ever: a time that lies ahead is over.
            Some(since) if unix_ms >= since && unix_ms - since < OFF_FOR_MS => guard(before, Some(since)),
            Some(_) => guard(1, None),
            None if before >= MOST_FAILED_STARTS => guard(before, Some(unix_ms)),
            None => guard(before + 1, None),
        }
    }

    pub(super) const fn is_off(&self) -> bool {
        self.off_since_unix_ms.is_some()
    }

    /// Whether the start has just proved good, so that the memory file should say so.
    pub(super) fn proves_good(&mut self, now: Moment, backgrounded: bool) -> bool {
        let good = self.good_at.is_some_and(|at| at <= now || backgrounded);
        if good {
            self.good_at = None;
            self.failed_starts = 0;
        }
        good
    }

    pub(super) const fn next_deadline(&self) -> Option<Moment> {
        self.good_at
    }
}

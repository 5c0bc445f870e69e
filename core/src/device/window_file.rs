//! The two files that carry a device over a restart: `window` (the open window's counts) and `memory`.

use crate::counts::{Counts, Metric};
use crate::engine::{InFlight, Memory};
use serde::{Deserialize, Serialize};

pub(super) const WINDOW: &str = "window";
pub(super) const MEMORY: &str = "memory";

/// The open window as it stands on disk.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct WindowFile {
    /// Number of the batch that this window will become: if that batch exists, the window is over.
    pub(super) batch: u64,
    pub(super) opened_unix_ms: u64,
    #[serde(default)]
    in_flight: InFlight,
    points: Vec<(String, Option<String>, Option<String>, u32)>,
}

impl WindowFile {
    pub(super) fn new(batch: u64, opened_unix_ms: u64, counts: &Counts, in_flight: InFlight) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let points = counts.points().map(|p| (p.metric.to_key(), owned(p.screen), owned(p.segment), p.value));
        Self { batch, opened_unix_ms, in_flight, points: points.collect() }
    }

    /// Adds its counts to the engine's; returns what was left unresolved.
    pub(super) fn restore(&self, counts: &mut Counts) -> &InFlight {
        for (key, screen, segment, value) in &self.points {
            if let Some(metric) = Metric::from_key(key) {
                let place = counts.place(screen.as_deref(), segment.as_deref());
                counts.count(metric, place, *value);
            }
        }
        &self.in_flight
    }
}

/// What the device remembers as long as the app is installed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MemoryFile {
    pub(super) engine: Memory,
    /// Starts in a row that did not live long enough to be called good.
    #[serde(default)]
    pub(super) failed_starts: u32,
    /// When a crash loop turned the device off.
    #[serde(default)]
    pub(super) off_since_unix_ms: Option<u64>,
}

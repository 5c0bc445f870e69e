//! The one file that carries a device over a restart: what it remembers, and its open window. One file, because a
//! process may die between two.

use super::Identity;
use crate::counts::{Counts, Metric};
use crate::engine::{InFlight, Memory};
use serde::{Deserialize, Serialize};

pub(super) const STATE: &str = "state";

/// A device as it stands on disk.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StateFile {
    pub(super) memory: Memory,
    pub(super) window: WindowState,
    #[serde(default)]
    pub(super) starts: StartsState,
}

/// What is known of earlier starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StartsState {
    /// Starts in a row that did not live long enough to be called good.
    pub(super) failed: u32,
    /// When the latest of them was.
    pub(super) latest_unix_ms: u64,
    /// When a crash loop turned the device off.
    #[serde(default)]
    pub(super) off_since_unix_ms: Option<u64>,
}

/// The open window.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WindowState {
    /// Number of the batch that this window will become: if that batch exists, the window is over.
    pub(super) batch: u64,
    /// Whose counts these are: an update may have come before they were sent.
    pub(super) identity: Identity,
    pub(super) opened_unix_ms: u64,
    #[serde(default)]
    pub(super) in_flight: InFlight,
    points: Vec<(String, Option<String>, Option<String>, u32)>,
}

impl WindowState {
    pub(super) fn new(
        batch: u64,
        identity: &Identity,
        opened_unix_ms: u64,
        counts: &Counts,
        in_flight: InFlight,
    ) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let points = counts.points().map(|p| (p.metric.to_key(), owned(p.screen), owned(p.segment), p.value));
        Self { batch, identity: identity.clone(), opened_unix_ms, in_flight, points: points.collect() }
    }

    /// Adds its counts to others.
    pub(super) fn restore(&self, counts: &mut Counts) {
        for (key, screen, segment, value) in &self.points {
            if let Some(metric) = Metric::from_key(key) {
                let place = counts.place(screen.as_deref(), segment.as_deref());
                counts.count(metric, place, *value);
            }
        }
    }
}

//! Snapshots to every open page: computed once for each app, however many look.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::Live;

/// Least time between two snapshots.
const PACE: Duration = Duration::from_millis(250);
/// The chart moves on even when nothing is counted.
const TICK: Duration = Duration::from_secs(5);

impl Live {
    /// A channel that holds the newest snapshot of an app; `None` when the server stops.
    pub(crate) fn subscribe(&self, app: Option<String>) -> Option<watch::Receiver<Arc<str>>> {
        let first = self.snapshot(app.as_deref());
        let mut channels = self.channels.lock();
        let channels = channels.as_mut()?;
        Some(channels.entry(app).or_insert_with(|| watch::channel(first).0).subscribe())
    }

    /// Publishes after each commit, at most four times a second, until [`Live::stop`].
    pub(crate) async fn publish(&self) {
        loop {
            // Woken or ticked: the work is the same.
            let _ = tokio::time::timeout(TICK, self.changed.notified()).await;
            if !self.send_all() {
                return;
            }
            tokio::time::sleep(PACE).await;
        }
    }

    /// False when the server stops.
    fn send_all(&self) -> bool {
        let mut channels = self.channels.lock();
        let Some(channels) = channels.as_mut() else { return false };
        channels.retain(|_, channel| channel.receiver_count() > 0);
        for (app, channel) in channels.iter() {
            let snapshot = self.snapshot(app.as_deref());
            channel.send_if_modified(|current| {
                let new = *current != snapshot;
                *current = snapshot;
                new
            });
        }
        true
    }

    /// Ends all streams.
    pub(crate) fn stop(&self) {
        drop(self.channels.lock().take());
        self.changed.notify_one();
    }
}

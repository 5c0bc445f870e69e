//! The device: engine, files and outbox as one thing that is stepped from outside.
//!
//! `step(events, now)` says what to do and when to come again. Files are written before effects are returned, so a
//! failure is on disk before its message is on the screen. Nothing here fails loudly: a full disk or a torn file costs
//! at most a count, and that loss is itself counted.

mod backoff;
mod batch;
mod files;
mod frame;
mod memory_files;
mod open;
mod outbox;
mod pace;
mod random;
mod retry_after;
mod start_guard;
mod window_file;

pub use files::{Directory, FileEntry, Files};
pub use memory_files::MemoryFiles;
pub use pace::PaceSettings;
pub use random::{Random, Seeded};
pub use retry_after::retry_after;

use crate::arbiter::Decision;
use crate::counts::{Loss, Metric};
use crate::effect::{Effect, Step, Upload};
use crate::engine::{Engine, Settings};
use crate::event::{Event, Timed};
use crate::moment::{Moment, Now, earliest};
use batch::Span;
use outbox::{Batch, Outbox};
use pace::Pace;
use start_guard::StartGuard;
use std::time::Duration;
use window_file::{MEMORY, MemoryFile, WINDOW, WindowFile};

/// Who sends: the labels that every batch of this install carries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// The app: `service.name`.
    pub service_name: String,
    /// The release: `service.version`.
    pub service_version: String,
    /// `Android`, `iOS`, …
    pub os_name: String,
    /// The system's version; only its first number is sent.
    pub os_version: String,
    /// The host's language: `kotlin`, `swift`, `rust`.
    pub sdk_language: String,
}

/// How a device is set up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// Who sends.
    pub identity: Identity,
    /// The canary's address, without a path: `https://canary.example.com`.
    pub endpoint: String,
    /// The canary's ingest key, if it wants one.
    pub ingest_key: Option<String>,
    /// The engine's settings.
    pub settings: Settings,
    /// How soon and how often counts are sent.
    pub pace: PaceSettings,
}

/// All files of a device together, in bytes.
const QUOTA: u64 = 1_000_000;
/// What of it is not for batches: window, memory, and files set aside.
const RESERVED: u64 = 200_000;
/// Counts other than failures are on disk at most this long after they were counted.
const SAVE_WITHIN: Duration = Duration::from_secs(10);
/// How long to wait before trying a full disk again.
const DISK_RETRY: Duration = Duration::from_secs(60);

/// One install of the app. Stepped by one thread at a time.
pub struct Device {
    config: Config,
    engine: Engine,
    files: Box<dyn Files>,
    random: Box<dyn Random>,
    outbox: Outbox,
    pace: Pace,
    guard: StartGuard,
    lot: u64,
    /// Number of the batch that the open window will become.
    batch: u64,
    opened_unix_ms: u64,
    save_at: Option<Moment>,
    /// A window file that belongs to a closed window may still be there: nothing may be sent until it is gone.
    stale_window: bool,
    losses: Vec<Loss>,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device")
            .field("config", &self.config)
            .field("engine", &self.engine)
            .finish_non_exhaustive()
    }
}

impl Device {
    /// Takes what happened since the last step, in order, and says what to do and when to come again.
    ///
    /// Call it from one background thread, at the latest at the returned deadline. `now` is read after the events were
    /// taken from their queue.
    pub fn step(&mut self, events: &[Timed], now: Now) -> Step {
        if self.guard.is_off() {
            return Step::default();
        }
        let mut backgrounded = false;
        for Timed { at, event } in events {
            match event {
                Event::Uploaded { upload, answer } => self.take_answer(*upload, *answer, now.monotonic),
                Event::QueueDropped { count } => {
                    let here = self.engine.counts.here();
                    self.engine.counts.count(Metric::Losses(Loss::QueueOverflow), here, *count);
                }
                _ => {}
            }
            backgrounded |= matches!(event, Event::Background);
            self.engine.handle(event, *at);
        }
        self.engine.handle_timeout(now);
        let mut step = Step::default();
        while let Some(effect) = self.engine.poll_effect() {
            step.effects.push(effect);
        }
        self.keep(backgrounded);
        step.effects.extend(self.next_upload());
        step.next_deadline = self.next_deadline();
        step
    }

    /// The latest decisions after the one with this number, oldest first; for the app's developer.
    pub fn decisions_after(&self, number: u64) -> impl Iterator<Item = &Decision> {
        self.engine.decisions_after(number)
    }

    /// Whether this device belongs to the silent arm.
    pub const fn is_held_out(&self) -> bool {
        self.engine.is_held_out()
    }

    /// Whether a crash loop at start has turned the SDK off for now.
    pub const fn is_off(&self) -> bool {
        self.guard.is_off()
    }

    /// The body that would be sent if the window closed now, as JSON text: everything that ever leaves the device.
    pub fn what_we_send(&self) -> String {
        let span = Span { start_unix_ms: self.opened_unix_ms, end_unix_ms: self.unix_ms() };
        String::from_utf8(batch::json_body(&self.engine.counts, span, &self.config.identity))
            .unwrap_or_default()
    }

    fn unix_ms(&self) -> u64 {
        self.engine.wall().unix_ms(self.engine.now())
    }

    fn take_answer(&mut self, upload: u64, answer: crate::event::UploadAnswer, now: Moment) {
        let lost = self.outbox.answered(upload, answer, now, &mut *self.files, &mut *self.random);
        self.losses.extend(lost);
    }

    fn count_losses(&mut self) {
        let here = self.engine.counts.here();
        for loss in self.losses.drain(..) {
            self.engine.counts.count(Metric::Losses(loss), here, 1);
        }
    }

    /// Writes what has to be on disk, and closes the window if it is time.
    fn keep(&mut self, backgrounded: bool) {
        let now = self.engine.now();
        self.outbox.handle_timeout(now, &mut *self.random);
        self.count_losses();
        let urgent = self.engine.take_urgent();
        let changed = self.engine.counts.take_changed();
        if changed || urgent {
            self.pace.counted(now, &self.config.pace);
            self.save_at = Some(self.save_at.unwrap_or_else(|| now.plus(SAVE_WITHIN)));
        }
        if urgent {
            self.pace.failed(now, &self.config.pace, &mut *self.random);
        }
        if backgrounded {
            self.pace.backgrounded(now, &self.config.pace);
        }
        let proved_good = self.guard.proves_good(now, backgrounded);
        if urgent || proved_good || backgrounded {
            self.save_memory();
        }
        if self.pace.is_due(now) && self.engine.pending_failures() == 0 {
            self.close_window(now);
        }
        if self.stale_window
            || urgent
            || (backgrounded && changed)
            || self.save_at.is_some_and(|at| at <= now)
        {
            self.save_window(now);
        }
    }

    fn save_memory(&mut self) {
        let memory = MemoryFile {
            engine: self.engine.memory(self.lot),
            failed_starts: self.guard.failed_starts,
            off_since_unix_ms: self.guard.off_since_unix_ms,
        };
        if let Ok(content) = serde_json::to_vec(&memory) {
            // On a full disk the caps of this process still hold; it is tried again with the next failure.
            let _ = self.files.replace(MEMORY, &frame::seal(&content));
        }
    }

    fn save_window(&mut self, now: Moment) {
        let window =
            WindowFile::new(self.batch, self.opened_unix_ms, &self.engine.counts, self.engine.in_flight());
        let Ok(content) = serde_json::to_vec(&window) else { return };
        let saved = self.files.replace(WINDOW, &frame::seal(&content)).is_ok();
        if saved {
            self.save_at = None;
            self.stale_window = false;
            self.outbox.save_unsaved(&mut *self.files);
        } else {
            self.save_at = Some(now.plus(DISK_RETRY));
        }
    }

    fn close_window(&mut self, now: Moment) {
        if self.engine.counts.is_empty() {
            self.pace.closed(now);
            return;
        }
        let span = Span { start_unix_ms: self.opened_unix_ms, end_unix_ms: self.unix_ms() };
        let json = batch::json_body(&self.engine.counts, span, &self.config.identity);
        let batch = Batch {
            number: self.batch,
            key: random::key(&mut *self.random),
            closed_unix_ms: span.end_unix_ms,
            body: batch::gzip(&json),
        };
        if !self.outbox.put(batch, &mut *self.files) {
            self.pace.put_off(now.plus(DISK_RETRY));
            return;
        }
        // From here on the window file, if it is still the old one, repeats what the batch says. Its number tells a
        // restart so; but until it is replaced or removed, the batch must not leave.
        self.stale_window = self.files.remove(WINDOW).is_err();
        self.engine.counts.clear();
        self.batch += 1;
        self.opened_unix_ms = span.end_unix_ms.max(span.start_unix_ms);
        self.save_at = self.outbox.has_unsaved().then(|| now.plus(DISK_RETRY));
        self.pace.closed(now);
        let lost = self.outbox.keep_within(QUOTA - RESERVED, &mut *self.files);
        self.losses.extend(std::iter::repeat_n(Loss::OverQuota, usize::try_from(lost).unwrap_or(0)));
    }

    fn next_upload(&mut self) -> Option<Effect> {
        if self.stale_window {
            return None;
        }
        let (now, unix_ms) = (self.engine.now(), self.unix_ms());
        let (id, batch) = self.outbox.next(now, unix_ms, &mut *self.files, &mut self.losses)?;
        let mut headers = vec![
            ("Content-Type".to_owned(), "application/json".to_owned()),
            ("Content-Encoding".to_owned(), "gzip".to_owned()),
            ("Idempotency-Key".to_owned(), batch.key),
        ];
        if let Some(key) = &self.config.ingest_key {
            headers.push(("Authorization".to_owned(), format!("Bearer {key}")));
        }
        let url = format!("{}/v1/metrics", self.config.endpoint.trim_end_matches('/'));
        Some(Effect::Upload(Upload { id, url, headers, body: batch.body }))
    }

    fn next_deadline(&self) -> Option<Moment> {
        let next = earliest(self.engine.next_deadline(), self.save_at);
        // A window that waits for the answer to a message closes with the event that brings it.
        let closing = self.pace.next_deadline().filter(|_| self.engine.pending_failures() == 0);
        let next = earliest(next, closing);
        let next = earliest(next, self.outbox.next_deadline().filter(|_| !self.stale_window));
        earliest(next, self.guard.next_deadline())
    }
}

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
mod opt_out_file;
mod outbox;
mod pace;
mod random;
mod retry_after;
mod start_guard;
mod state_file;

pub use files::{Directory, FileEntry, Files};
pub use memory_files::MemoryFiles;
pub use pace::PaceSettings;
pub use random::{Random, Seeded};
pub use retry_after::retry_after;

use crate::arbiter::Decision;
use crate::compose::Document;
use crate::counts::{Counts, Loss, Metric};
use crate::effect::{Effect, Step, Upload};
use crate::engine::{Engine, Settings};
use crate::event::{Event, OptOut, Timed};
use crate::moment::{Moment, Now, earliest, ms};
use batch::Span;
use outbox::{Batch, Outbox};
use pace::Pace;
use serde::{Deserialize, Serialize};
use start_guard::StartGuard;
use state_file::{STATE, StateFile, WindowState};
use std::time::Duration;

/// Who sends: the labels that every batch of this install carries.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// Where the app is at home for this person, as the host says it (`eu`, `us-west`): never found out from an address.
    /// Empty where the host names none; cut to 64 bytes.
    #[serde(default)]
    pub region: String,
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
/// What of it is not for batches: the state, and files set aside.
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
    /// The file still has a window that was closed since: nothing may be sent until it is replaced.
    stale: bool,
    /// The files are there, but could not be read: this process leaves them alone.
    unreadable: bool,
    /// Both clocks when the device was opened: by them batches grow old.
    born: Now,
    losses: Vec<Loss>,
    /// What the marker on disk says.
    opt_out_on_disk: OptOut,
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
        if self.is_off() {
            self.hear_while_off(events, now);
            return Step::default();
        }
        let mut backgrounded = false;
        let evidence_is_missing =
            events.iter().any(|timed| matches!(timed.event, Event::QueueDropped { .. }));
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
            // Nothing has happened later than now.
            let at = (*at).min(now.monotonic);
            self.engine.handle(event, at);
            if evidence_is_missing {
                // Nobody knows where in this step it is missing: nothing that begins in it is judged.
                self.engine.handle(&Event::QueueDropped { count: 0 }, at);
            }
        }
        self.engine.handle_timeout(now);
        let mut step = Step::default();
        while let Some(effect) = self.engine.poll_effect() {
            step.effects.push(effect);
        }
        self.respect_opt_out();
        if !self.keep(backgrounded) {
            self.withhold(&mut step.effects);
        }
        step.effects.extend(self.next_upload());
        step.next_deadline = self.next_deadline();
        step
    }

    /// Says what the host wants said, from now on: texts, rules and known incidents. It replaces an earlier one;
    /// `None` goes back to the built-in texts. It is not kept over a restart: hand it in at each start.
    pub fn use_document(&mut self, document: Option<Document>) {
        self.engine.use_document(document);
    }

    /// The latest decisions after the one with this number, oldest first; for the app's developer.
    pub fn decisions_after(&self, number: u64) -> impl Iterator<Item = &Decision> {
        self.engine.decisions_after(number)
    }

    /// Whether this device belongs to the silent arm.
    pub const fn is_held_out(&self) -> bool {
        self.engine.is_held_out()
    }

    /// Whether the SDK is off in this process: a crash loop at start turned it off for now, or its files are there but
    /// cannot be read (a phone that was not unlocked yet).
    pub const fn is_off(&self) -> bool {
        self.unreadable || self.guard.is_off()
    }

    /// The body that would be sent if the window closed now, as JSON text: everything that ever leaves the device.
    pub fn what_we_send(&self) -> String {
        let span = Span { start_unix_ms: self.opened_unix_ms, end_unix_ms: self.unix_ms() };
        String::from_utf8(batch::json_body(&self.engine.counts, span, &self.config.identity))
            .unwrap_or_default()
    }

    /// Who does not want to be counted is not: what was counted is forgotten, here and on disk.
    fn respect_opt_out(&mut self) {
        if self.engine.opted_out() == OptOut::Everything {
            self.engine.counts.clear();
            self.losses.clear();
            self.outbox.forget_all(&mut *self.files);
        }
        if self.engine.take_forgetting() {
            open::remove_aside(&mut *self.files);
        }
        opt_out_file::keep(self.engine.opted_out(), &mut self.opt_out_on_disk, &mut *self.files);
    }

    /// Who is there, and what they do not want, is heard also while a crash loop has turned everything else off.
    fn hear_while_off(&mut self, events: &[Timed], now: Now) {
        let is_heard = |event: &Event| matches!(event, Event::OptOut(_) | Event::Person { .. });
        if self.unreadable || !events.iter().any(|timed| is_heard(&timed.event)) {
            return;
        }
        for timed in events.iter().filter(|timed| is_heard(&timed.event)) {
            self.engine.handle(&timed.event, timed.at.min(now.monotonic));
        }
        while self.engine.poll_effect().is_some() {}
        self.respect_opt_out();
        self.save(self.engine.now());
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

    /// Writes what has to be on disk, and closes the window if it is time. Says whether all that is urgent is there.
    fn keep(&mut self, backgrounded: bool) -> bool {
        let now = self.engine.now();
        self.outbox.handle_timeout(now, &mut *self.random);
        self.count_losses();
        let urgent = self.engine.take_urgent();
        self.plan(urgent);
        if backgrounded {
            self.pace.backgrounded(now, &self.config.pace);
        }
        let proved_good = self.guard.proves_good(now, backgrounded);
        let at_background = backgrounded && self.save_at.is_some();
        let closed = self.pace.is_due(now) && self.engine.pending_failures() == 0 && self.close_window(now);
        let due = self.save_at.is_some_and(|at| at <= now);
        let save = urgent || proved_good || at_background || closed || due;
        !save || self.save(now)
    }

    /// Plans when what was counted is written and sent.
    fn plan(&mut self, urgent: bool) {
        let now = self.engine.now();
        let learnt = self.engine.take_learnt();
        if self.engine.counts.take_changed() || urgent || learnt {
            self.pace.counted(now, &self.config.pace);
            self.save_at = Some(self.save_at.unwrap_or_else(|| now.plus(SAVE_WITHIN)));
        }
        if learnt {
            // Somebody else, or news of an order: rare, and wrong to be forgotten.
            self.save_at = Some(now);
        }
        if urgent {
            self.pace.failed(now, &self.config.pace, &mut *self.random);
        }
    }

    /// The disk did not take what these messages are about: they must not be drawn.
    fn withhold(&mut self, effects: &mut Vec<Effect>) {
        effects.retain(|effect| {
            let id = match effect {
                Effect::Show(message) => message.id,
                Effect::Ask(question) => question.id,
                Effect::Hide { .. } | Effect::Operations(_) | Effect::Upload(_) => return true,
            };
            self.engine.withhold(id);
            false
        });
        let urgent = self.engine.take_urgent();
        self.plan(urgent);
    }

    fn save(&mut self, now: Moment) -> bool {
        let counts = &self.engine.counts;
        let in_flight = self.engine.in_flight();
        let window =
            WindowState::new(self.batch, &self.config.identity, self.opened_unix_ms, counts, in_flight);
        let state = StateFile { memory: self.engine.memory(self.lot), window, starts: self.guard.starts };
        let content = serde_json::to_vec(&state).unwrap_or_default();
        let saved = self.files.replace(STATE, &frame::seal(&content)).is_ok();
        if saved {
            self.save_at = None;
            self.stale = false;
        } else {
            self.save_at = Some(now.plus(DISK_RETRY));
        }
        saved
    }

    /// Makes the window a batch. Says whether the file has to be replaced for it.
    fn close_window(&mut self, now: Moment) -> bool {
        if self.engine.counts.is_empty() {
            self.pace.closed(now);
            return false;
        }
        let span = Span { start_unix_ms: self.opened_unix_ms, end_unix_ms: self.unix_ms() };
        let batch =
            new_batch(self.batch, &self.engine.counts, span, &self.config.identity, &mut *self.random);
        if !self.outbox.put(&batch, &mut *self.files) {
            // Counting goes on; it is sent when the disk takes files again.
            self.pace.put_off(now.plus(DISK_RETRY));
            return false;
        }
        // From here on the file repeats what the batch says. The number tells a restart so; but until the file is
        // replaced, the batch must not leave, or it could be gone when that restart looks for it.
        self.stale = true;
        self.engine.counts.clear();
        self.batch += 1;
        self.opened_unix_ms = span.end_unix_ms.max(span.start_unix_ms);
        self.pace.closed(now);
        let lost = self.outbox.keep_within(QUOTA - RESERVED, &mut *self.files);
        self.losses.extend(std::iter::repeat_n(Loss::OverQuota, usize::try_from(lost).unwrap_or(0)));
        self.count_losses();
        true
    }

    fn next_upload(&mut self) -> Option<Effect> {
        if self.stale {
            return None;
        }
        let now = self.engine.now();
        // By the clock as it was at the start: one that jumps must not make batches old.
        let unix_ms = self.born.unix_ms.saturating_add(ms(now.since(self.born.monotonic)));
        let next = self.outbox.next(now, unix_ms, &mut *self.files, &mut self.losses);
        if !self.losses.is_empty() {
            self.count_losses();
            self.plan(false);
        }
        let (id, batch) = next?;
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
        let next = earliest(next, self.outbox.next_deadline().filter(|_| !self.stale));
        earliest(next, self.guard.next_deadline())
    }
}

/// A window as a batch with a key of its own.
fn new_batch(
    number: u64,
    counts: &Counts,
    span: Span,
    identity: &Identity,
    random: &mut dyn Random,
) -> Batch {
    let body = batch::gzip(&batch::json_body(counts, span, identity));
    Batch { number, key: random::key(random), closed_unix_ms: span.end_unix_ms, body }
}

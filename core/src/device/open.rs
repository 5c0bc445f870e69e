//! Opening a device: what an earlier process left on disk, whole or torn.

use super::batch::Span;
use super::files::{Files, LOCK};
use super::opt_out_file::{self, OPT_OUT};
use super::outbox::{Outbox, batch_number};
use super::pace::Pace;
use super::random::Random;
use super::start_guard::StartGuard;
use super::state_file::{STATE, StartsState, StateFile, WindowState};
use super::{Config, Device, QUOTA, frame, new_batch};
use crate::counts::{Counts, Loss};
use crate::engine::{Engine, Memory};
use crate::event::OptOut;
use crate::moment::{Now, Wall};
use std::io::{self, ErrorKind};

const ASIDE: &str = "aside-";
/// Set-aside files kept for a look, and how large one may be; others are removed.
const MOST_ASIDE: usize = 4;
const LARGEST_ASIDE: u64 = 32_000;

/// What was found in the directory.
#[derive(Default)]
struct Found {
    state: Option<StateFile>,
    /// There was a state, but nobody can read it any more.
    state_lost: bool,
    outbox: Outbox,
    torn: usize,
    aside: usize,
}

impl Device {
    /// Opens the device on its files. Always succeeds: what is torn or foreign is set aside and counted. If files are
    /// there that cannot be read, the device is off in this process and leaves them as they are.
    pub fn open(config: Config, mut files: Box<dyn Files>, mut random: Box<dyn Random>, now: Now) -> Self {
        let (found, unreadable) = match Found::in_directory(&mut *files) {
            Ok(found) => (found, false),
            Err(_) => (Found::default(), true),
        };
        let unix_ms = Wall::new(now).unix_ms(now.monotonic);
        let starts = found.state.as_ref().map_or_else(StartsState::default, |state| state.starts);
        let guard = StartGuard::starting(starts, now.monotonic, unix_ms);
        let opt_out_on_disk = if unreadable { OptOut::Nothing } else { opt_out_file::read(&mut *files) };
        let (memory, window) = match found.state {
            Some(StateFile { memory, window, .. }) => (memory, Some(window)),
            None => (Memory::new(random.next_u64(), found.state_lost).opted_out_of(opt_out_on_disk), None),
        };
        // Who does not want to be counted has no window to go on with.
        let window = window.filter(|_| memory.may_count());
        let release = config.identity.service_version.clone();
        let mut device = Self {
            engine: Engine::with_memory(config.settings.clone(), &release, &memory, now),
            config,
            files,
            random,
            pace: Pace::default(),
            guard,
            lot: memory.lot,
            batch: found.outbox.latest_number().map_or(0, |latest| latest + 1),
            outbox: found.outbox,
            opened_unix_ms: unix_ms,
            save_at: None,
            stale: false,
            unreadable,
            born: Now { unix_ms, ..now },
            losses: vec![Loss::TornFile; found.torn],
            opt_out_on_disk,
        };
        if unreadable {
            return device;
        }
        if let Some(window) = window {
            device.take_over(&window);
        }
        device.count_losses();
        if !device.engine.counts.is_empty() {
            // Whatever it holds has waited long enough.
            device.pace.failed(now.monotonic, &device.config.pace, &mut *device.random);
        }
        device.save(now.monotonic);
        device
    }

    /// Goes on with the window of an earlier process.
    fn take_over(&mut self, window: &WindowState) {
        if window.batch < self.batch {
            // Closed already: only what was still awaited is not in its batch.
            window.in_flight.resolve_aftermath(&mut self.engine.counts);
            self.stale = true;
        } else if window.identity == self.config.identity {
            self.batch = window.batch;
            self.opened_unix_ms = window.opened_unix_ms.min(self.opened_unix_ms);
            window.restore(&mut self.engine.counts);
            self.engine.resolve_left_over(&window.in_flight);
        } else {
            self.close_for_another(window);
        }
    }

    /// An update came before the window was sent: its counts are those of the release that made them.
    fn close_for_another(&mut self, window: &WindowState) {
        let mut counts = Counts::new();
        window.restore(&mut counts);
        let failure = window.in_flight.resolve_failure(&mut counts);
        window.in_flight.resolve_aftermath(&mut counts);
        if counts.is_empty() {
            return;
        }
        let span = Span { start_unix_ms: window.opened_unix_ms, end_unix_ms: self.opened_unix_ms };
        let batch = new_batch(window.batch, &counts, span, &window.identity, &mut *self.random);
        if self.outbox.put(&batch, &mut *self.files) {
            self.batch = window.batch + 1;
            self.stale = true;
        } else {
            // A full disk: better under the new release than not at all.
            self.batch = window.batch;
            window.restore(&mut self.engine.counts);
            window.in_flight.resolve_aftermath(&mut self.engine.counts);
            window.in_flight.resolve_failure(&mut self.engine.counts);
        }
        if let Some((kind, screen)) = failure {
            self.engine.decided_of_the_past(kind, screen);
        }
    }
}

impl Found {
    /// # Errors
    /// If something is there that cannot be read now.
    fn in_directory(files: &mut dyn Files) -> io::Result<Self> {
        let mut found = Self::default();
        let mut entries = files.list()?;
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let state_is_there = entries.iter().any(|entry| entry.name == STATE);
        for entry in entries {
            match entry.name.as_str() {
                LOCK | OPT_OUT => {}
                "new.tmp" => drop(files.remove(&entry.name)),
                name if name.starts_with(ASIDE) => {
                    // Killed between setting it aside and writing a new one.
                    found.state_lost |= !state_is_there && name.strip_prefix(ASIDE) == Some(STATE);
                    found.count_aside(files, name, entry.len);
                }
                name if entry.len > QUOTA => {
                    found.torn += 1;
                    let _ = files.remove(name);
                }
                STATE => {
                    found.state = read_state(files)?;
                    if found.state.is_none() {
                        found.state_lost = true;
                        found.set_aside(files, STATE, entry.len);
                    }
                }
                name => match batch_number(name) {
                    Some(number) => found.outbox.found(number, entry.len),
                    None => found.set_aside(files, name, entry.len),
                },
            }
        }
        Ok(found)
    }

    fn set_aside(&mut self, files: &mut dyn Files, name: &str, len: u64) {
        self.torn += 1;
        let aside = format!("{ASIDE}{name}");
        if files.rename(name, &aside).is_err() {
            let _ = files.remove(name);
        }
        self.count_aside(files, &aside, len);
    }

    fn count_aside(&mut self, files: &mut dyn Files, name: &str, len: u64) {
        self.aside += 1;
        let is_the_state = name.strip_prefix(ASIDE) == Some(STATE);
        if !is_the_state && (self.aside > MOST_ASIDE || len > LARGEST_ASIDE) {
            let _ = files.remove(name);
        }
    }
}

/// Removes what was set aside: it may hold what belonged to a person.
pub(super) fn remove_aside(files: &mut dyn Files) {
    for entry in files.list().unwrap_or_default() {
        if entry.name.starts_with(ASIDE) {
            let _ = files.remove(&entry.name);
        }
    }
}

/// The state; `None` if it is torn, or of a version that this one cannot read.
fn read_state(files: &mut dyn Files) -> io::Result<Option<StateFile>> {
    match files.read(STATE) {
        Ok(sealed) => Ok(frame::open(&sealed).and_then(|content| serde_json::from_slice(content).ok())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

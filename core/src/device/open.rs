//! Opening a device: what an earlier process left on disk, whole or torn.

use super::files::Files;
use super::outbox::{Outbox, batch_number};
use super::pace::Pace;
use super::random::Random;
use super::start_guard::StartGuard;
use super::window_file::{MEMORY, MemoryFile, WINDOW, WindowFile};
use super::{Config, Device, QUOTA, SAVE_WITHIN, frame};
use crate::counts::Loss;
use crate::engine::{Engine, Memory};
use crate::moment::{Now, Wall};
use serde::de::DeserializeOwned;

const ASIDE: &str = "aside-";
/// Set-aside files kept for a look; further ones are removed.
const MOST_ASIDE: usize = 4;

/// What was found in the directory.
#[derive(Default)]
struct Found {
    window: Option<WindowFile>,
    memory: Option<MemoryFile>,
    memory_lost: bool,
    outbox: Outbox,
    torn: usize,
    aside: usize,
}

impl Device {
    /// Opens the device on its files. Always succeeds: what cannot be read is set aside and counted.
    pub fn open(config: Config, mut files: Box<dyn Files>, mut random: Box<dyn Random>, now: Now) -> Self {
        let found = Found::in_directory(&mut *files);
        let unix_ms = Wall::new(now).unix_ms(now.monotonic);
        let guard = StartGuard::starting(found.memory.as_ref(), now.monotonic, unix_ms);
        let memory = found
            .memory
            .map_or_else(|| Memory::new(random.next_u64(), found.memory_lost), |memory| memory.engine);
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
            stale_window: false,
            losses: vec![Loss::TornFile; found.torn],
        };
        device.save_memory();
        if let Some(window) = found.window {
            device.take_over(&window);
        }
        if !device.losses.is_empty() {
            device.save_at = Some(now.monotonic.plus(SAVE_WITHIN));
        }
        device
    }

    /// Goes on with the window of an earlier process, unless its batch already exists.
    fn take_over(&mut self, window: &WindowFile) {
        if window.batch < self.batch {
            // Closed already: only its removal was missed.
            self.stale_window = self.files.remove(WINDOW).is_err();
            return;
        }
        self.batch = window.batch;
        self.opened_unix_ms = window.opened_unix_ms.min(self.opened_unix_ms);
        let left = window.restore(&mut self.engine.counts);
        self.engine.resolve_left_over(left);
        if !self.engine.counts.is_empty() {
            let now = self.engine.now();
            // Whatever it holds has waited long enough.
            self.pace.failed(now, &self.config.pace, &mut *self.random);
            self.save_at = Some(now);
        }
    }
}

impl Found {
    fn in_directory(files: &mut dyn Files) -> Self {
        let mut found = Self::default();
        let mut entries = files.list().unwrap_or_default();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        for entry in entries {
            match entry.name.as_str() {
                "new.tmp" => drop(files.remove(&entry.name)),
                name if name.starts_with(ASIDE) => found.count_aside(files, name),
                name if entry.len > QUOTA => found.set_aside(files, name),
                WINDOW => match read(files, WINDOW) {
                    Some(window) => found.window = Some(window),
                    None => found.set_aside(files, WINDOW),
                },
                MEMORY => {
                    found.memory = read(files, MEMORY);
                    if found.memory.is_none() {
                        found.memory_lost = true;
                        found.set_aside(files, MEMORY);
                    }
                }
                name => match batch_number(name) {
                    Some(number) => found.outbox.found(number, entry.len),
                    None => found.set_aside(files, name),
                },
            }
        }
        found
    }

    fn set_aside(&mut self, files: &mut dyn Files, name: &str) {
        self.torn += 1;
        let aside = format!("{ASIDE}{name}");
        if files.rename(name, &aside).is_err() {
            let _ = files.remove(name);
        }
        self.count_aside(files, &aside);
    }

    fn count_aside(&mut self, files: &mut dyn Files, name: &str) {
        self.aside += 1;
        if self.aside > MOST_ASIDE {
            let _ = files.remove(name);
        }
    }
}

fn read<T: DeserializeOwned>(files: &mut dyn Files, name: &str) -> Option<T> {
    serde_json::from_slice(frame::open(&files.read(name).ok()?)?).ok()
}

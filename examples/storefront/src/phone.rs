//! The phone: a device with the real engine on a real directory, that can be given another release or be made new.

use crate::hook::in_words;
use crate::log::Log;
use crate::news::News;
use crate::page::Page;
use amends_core::driver::{Clock, Driver, Http};
use amends_core::{
    Config, Device, Directory, Document, Event, FeedbackSettings, Identity, KindSettings, Now, PaceSettings,
    Random, Settings, Timed, hang,
};
use parking_lot::Mutex;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What the app says at its start: rules, and no incident yet.
pub(crate) const DOCUMENT: &str = include_str!("../web/document.json");
const DAY_MS: u64 = 86_400_000;

/// The two releases of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Release {
    /// Everything works.
    Good,
    /// Has a fault for every kind of failure.
    Broken,
}

impl Release {
    pub(crate) const fn version(self) -> &'static str {
        match self {
            Self::Good => "2.4.0",
            Self::Broken => "2.5.0",
        }
    }

    pub(crate) fn from_version(version: &str) -> Option<Self> {
        [Self::Good, Self::Broken].into_iter().find(|release| release.version() == version)
    }
}

/// The phone of the demo.
pub(crate) struct Phone {
    directory: PathBuf,
    canary: String,
    pub(crate) log: Arc<Log>,
    clock: Clock,
    running: Mutex<Running>,
}

struct Running {
    /// `None` only while it is being replaced.
    driver: Option<Driver>,
    release: Release,
    /// A document that was read once: its text.
    document: String,
}

/// The operating system's chance.
struct System;

impl Random for System {
    fn next_u64(&mut self) -> u64 {
        getrandom::u64().unwrap_or_default()
    }
}

impl Phone {
    /// A phone that keeps its files in this directory and sends its counts to this canary.
    pub(crate) fn unpack(directory: PathBuf, canary: &str) -> io::Result<Self> {
        let (release, document) = (Release::Broken, DOCUMENT.to_owned());
        let phone = Self {
            directory,
            canary: canary.to_owned(),
            log: Arc::new(Log::new()),
            clock: Clock::start(),
            running: Mutex::new(Running { driver: None, release, document }),
        };
        let mut running = phone.running.lock();
        running.driver = Some(phone.boot(release, &running.document)?);
        drop(running);
        Ok(phone)
    }

    fn config(&self, release: Release) -> Config {
        // A browser's main thread is busy with more than the shop: what is shorter says nothing about the shop.
        let hang = hang::Settings { count_from: Duration::from_secs(1), ..hang::Settings::default() };
        Config {
            identity: Identity {
                service_name: "storefront".into(),
                service_version: release.version().into(),
                os_name: "demo".into(),
                os_version: "1".into(),
                sdk_language: "rust".into(),
                region: String::new(),
            },
            endpoint: self.canary.clone(),
            ingest_key: None,
            settings: Settings {
                // The demo's phone always speaks, and asks only when something has happened.
                holdout: 0.0,
                feedback: FeedbackSettings { pulse: 0.0, ..FeedbackSettings::default() },
                kinds: KindSettings { hang, ..KindSettings::default() },
                ..Settings::default()
            },
            // And its counts are on the page at once, not within a minute.
            pace: PaceSettings {
                failure_within: Duration::from_millis(300),
                at_most_every: Duration::from_secs(1),
                denominators_every: Duration::from_secs(2),
                background_every: Duration::from_secs(1),
            },
        }
    }

    fn open(&self, release: Release, now: Now) -> io::Result<Device> {
        let files = Box::new(Directory::open(&self.directory)?);
        Ok(Device::open(self.config(release), files, Box::new(System), now))
    }

    fn boot(&self, release: Release, document: &str) -> io::Result<Driver> {
        let mut device = self.open(release, self.clock.now())?;
        device.use_document(Document::parse(document).ok());
        let host = Page { log: Arc::clone(&self.log), clock: self.clock };
        Driver::start(device, self.clock, host, Http::new())
    }

    /// Hands what the page reports to the engine.
    pub(crate) fn report(&self, event: Event) {
        if let Some(text) = in_words(&event) {
            self.log.line(self.clock.now().monotonic.as_ms(), "event", text);
        }
        if let Some(driver) = &self.running.lock().driver {
            driver.send(event);
        }
    }

    pub(crate) fn release(&self) -> Release {
        self.running.lock().release
    }

    pub(crate) fn document(&self) -> String {
        self.running.lock().document.clone()
    }

    /// The body that would be sent now.
    pub(crate) fn what_we_send(&self) -> String {
        self.running.lock().driver.as_ref().map(Driver::what_we_send).unwrap_or_default()
    }

    /// Installs a release over the other one, as an update does: what the phone remembers stays.
    pub(crate) fn install(&self, release: Release) -> io::Result<()> {
        self.restart(Some("just installed"), |running| {
            running.release = release;
            Ok(())
        })
    }

    /// Starts the app anew with another document, on the screen where it was.
    pub(crate) fn obey(&self, document: String) -> io::Result<()> {
        self.restart(None, |running| {
            running.document = document;
            Ok(())
        })
    }

    /// A new phone: nothing is remembered. Counts that were not sent yet are sent first.
    pub(crate) fn make_new(&self) -> io::Result<()> {
        self.restart(Some("on a phone that remembers nothing"), |_| {
            for entry in std::fs::read_dir(&self.directory)?.flatten() {
                if !entry.file_name().to_string_lossy().starts_with("batch-") {
                    std::fs::remove_file(entry.path())?;
                }
            }
            self.log.set_operations(Vec::new());
            Ok(())
        })
    }

    /// The same phone a day later: what it remembers becomes a day older.
    ///
    /// The device is opened once by a wall clock that is a day ahead, and goes on by the real one. No cap depends on a
    /// wall clock that jumps, so they keep their new age; and no count is filed under tomorrow.
    pub(crate) fn sleep_a_day(&self) -> io::Result<()> {
        self.restart(Some("a day later"), |running| {
            let now = self.clock.now();
            let tomorrow = Now { unix_ms: now.unix_ms.saturating_add(DAY_MS), ..now };
            let mut device = self.open(running.release, tomorrow)?;
            let away = Timed { at: now.monotonic, event: Event::Background };
            // What it would send is sent by the next start.
            drop(device.step(&[away], self.clock.now()));
            Ok(())
        })
    }

    /// `what`: what is new about it, if the person sees it start.
    fn restart(
        &self,
        what: Option<&str>,
        between: impl FnOnce(&mut Running) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut running = self.running.lock();
        if let Some(driver) = running.driver.take() {
            driver.send(Event::Background);
            driver.stop();
        }
        let done = between(&mut running);
        let release = running.release;
        running.driver = Some(self.boot(release, &running.document)?);
        drop(running);
        if let Some(what) = what {
            let text = format!("release {} starts, {what}", release.version());
            self.log.line(self.clock.now().monotonic.as_ms(), "start", text);
        }
        self.log.tell(News::Restarted { release: release.version(), home: what.is_some() });
        done
    }
}

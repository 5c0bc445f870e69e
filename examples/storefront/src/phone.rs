//! The phone: a device with the real engine on a real directory, that can be given another release or be made new.

use crate::hook::in_words;
use crate::log::{Log, News};
use amends_core::driver::{Clock, Driver, Host, Http};
use amends_core::{
    Config, Decision, Device, Directory, Effect, Event, Identity, PaceSettings, Random, Settings,
};
use parking_lot::Mutex;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The two releases of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Release {
    /// Everything works.
    Good,
    /// The search's Enter does nothing, the catalogue takes 6 s, the checkout answers 503, a button is dead.
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
}

/// The operating system's chance.
struct System;

impl Random for System {
    fn next_u64(&mut self) -> u64 {
        getrandom::u64().unwrap_or_default()
    }
}

/// Tells the page what the engine wants, and the drawer why.
struct Page {
    log: Arc<Log>,
    clock: Clock,
}

impl Host for Page {
    fn carry_out(&mut self, effect: Effect) {
        let at_ms = self.clock.now().monotonic.as_ms();
        match effect {
            Effect::Show(message) => {
                self.log.line(at_ms, "effect", format!("show: “{}”", message.text));
                self.log.show(message);
            }
            Effect::Hide { message } => {
                self.log.line(at_ms, "effect", "take the message away".into());
                self.log.tell(News::Hide { id: message });
            }
            Effect::Upload(_) => {}
        }
    }

    fn decided(&mut self, decision: &Decision) {
        let screen = decision.screen.as_deref().map(|name| format!(" on {name}")).unwrap_or_default();
        let text = format!("{}{screen}: {}", decision.kind.as_str(), decision.reason.as_str());
        self.log.line(decision.at.as_ms(), "decision", text);
    }
}

impl Phone {
    /// A phone that keeps its files in this directory and sends its counts to this canary.
    pub(crate) fn unpack(directory: PathBuf, canary: &str) -> io::Result<Self> {
        let phone = Self {
            directory,
            canary: canary.to_owned(),
            log: Arc::new(Log::new()),
            clock: Clock::start(),
            running: Mutex::new(Running { driver: None, release: Release::Broken }),
        };
        phone.running.lock().driver = Some(phone.boot(Release::Broken)?);
        Ok(phone)
    }

    fn boot(&self, release: Release) -> io::Result<Driver> {
        let config = Config {
            identity: Identity {
                service_name: "storefront".into(),
                service_version: release.version().into(),
                os_name: "demo".into(),
                os_version: "1".into(),
                sdk_language: "rust".into(),
            },
            endpoint: self.canary.clone(),
            ingest_key: None,
            // The demo's phone always speaks.
            settings: Settings { holdout: 0.0, ..Settings::default() },
            // And its counts are on the page at once, not within a minute.
            pace: PaceSettings {
                failure_within: Duration::from_millis(300),
                at_most_every: Duration::from_secs(1),
                denominators_every: Duration::from_secs(2),
                background_every: Duration::from_secs(1),
            },
        };
        let files = Box::new(Directory::open(&self.directory)?);
        let device = Device::open(config, files, Box::new(System), self.clock.now());
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

    /// The body that would be sent now.
    pub(crate) fn what_we_send(&self) -> String {
        self.running.lock().driver.as_ref().map(Driver::what_we_send).unwrap_or_default()
    }

    /// Installs a release over the other one, as an update does: what the phone remembers stays.
    pub(crate) fn install(&self, release: Release) -> io::Result<()> {
        self.restart(release, |_| Ok(()))
    }

    /// A new phone: nothing is remembered. Counts that were not sent yet are sent first.
    pub(crate) fn make_new(&self) -> io::Result<()> {
        let release = self.release();
        self.restart(release, |directory| {
            for entry in std::fs::read_dir(directory)?.flatten() {
                if !entry.file_name().to_string_lossy().starts_with("batch-") {
                    std::fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        })
    }

    fn restart(&self, release: Release, between: impl FnOnce(&PathBuf) -> io::Result<()>) -> io::Result<()> {
        let mut running = self.running.lock();
        if let Some(driver) = running.driver.take() {
            driver.send(Event::Background);
            driver.stop();
        }
        between(&self.directory)?;
        running.driver = Some(self.boot(release)?);
        running.release = release;
        drop(running);
        self.log.tell(News::Restarted { release: release.version() });
        Ok(())
    }
}

//! The only way into the core from Kotlin and Swift: [`Device::step`].
//!
//! The platform's driver hands in what happened and the time, and gets back what to do and when to come again. There
//! are no callbacks and no threads. No logic lives here; the types mirror those of `amends-core`, whose documentation
//! says more. A panic of the core stops here: it arrives as a [`CoreError`], the device is dead from then on, and the
//! platform's driver goes quiet while the app goes on.

mod config;
mod effect;
mod event;
mod random;

pub use config::{Config, OpenError, Pace, Tone};
pub use effect::{
    Action, ActionKind, Decision, Effect, Message, OperationStatus, OperationStep, Purpose, Question, Step,
    Upload,
};
pub use event::{
    Content, Event, Hang, LoadEnd, LoadKind, OperationProgress, OperationReport, OptOut, Playback, Reaction,
    RequestEnd, Response, Role, SubmitVia, Tap, TimedEvent, UploadAnswer,
};

use amends_core as core;
use once_cell::sync::OnceCell;
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

uniffi::setup_scaffolding!();

/// Both clocks of the host, read together.
#[derive(Debug, Clone, Copy, uniffi::Record)]
pub struct Now {
    /// Milliseconds on a clock that never jumps and goes on while the device sleeps (`elapsedRealtime`,
    /// `ContinuousClock`).
    pub monotonic_ms: u64,
    /// Milliseconds since 1970 UTC.
    pub unix_ms: u64,
}

impl From<Now> for core::Now {
    fn from(now: Now) -> Self {
        Self { monotonic: core::Moment::from_ms(now.monotonic_ms), unix_ms: now.unix_ms }
    }
}

/// The core broke: a fault of ours.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum CoreError {
    /// The core panicked, in this call or an earlier one; what it had written to its files stays.
    #[error("the Amends core panicked and is off until the app starts again; please report it")]
    Panicked,
}

/// Why a document of texts, rules and incidents was not taken. What was said before goes on being said.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum DocumentError {
    /// It is not as it should be.
    #[error("{reason}")]
    Invalid {
        /// Where, what, and what to do.
        reason: String,
    },
    /// The core panicked, in this call or an earlier one.
    #[error("the Amends core panicked and is off until the app starts again; please report it")]
    Panicked,
}

/// One install of the app: engine, files and outbox, stepped from outside. Any thread may call it; steps follow one
/// another.
#[derive(uniffi::Object)]
pub struct Device {
    /// `None` once it has panicked: its state is not to be trusted any more.
    device: Mutex<Option<core::Device>>,
}

static SHARED: OnceCell<Arc<Device>> = OnceCell::new();

/// The device of this process, opened at the first call; later calls get the same one, whatever they ask for. Two
/// devices on one directory would count twice.
///
/// # Errors
/// If the directory cannot be made or the configuration is unusable.
#[uniffi::export]
pub fn shared_device(config: Config, now: Now) -> Result<Arc<Device>, OpenError> {
    SHARED.get_or_try_init(|| Device::open(config, now)).cloned()
}

#[uniffi::export]
impl Device {
    /// Opens a device of its own, for tests and previews; apps use `shared_device`.
    ///
    /// # Errors
    /// If the directory cannot be made or the configuration is unusable.
    #[uniffi::constructor]
    pub fn open(config: Config, now: Now) -> Result<Arc<Self>, OpenError> {
        Ok(Arc::new(Self { device: Mutex::new(Some(config.open(now.into())?)) }))
    }

    /// Takes what happened since the last step, in order, and says what to do and when to come again. `now` is read
    /// after the events were taken from their queue. It may write files: never call it on the main thread.
    ///
    /// # Errors
    /// If the core has panicked: do not step it again.
    pub fn step(&self, events: Vec<TimedEvent>, now: Now) -> Result<Step, CoreError> {
        let events: Vec<core::Timed> = events.into_iter().map(Into::into).collect();
        self.guarded(|device| device.step(&events, now.into()).into())
    }

    /// Says what the host wants said, from now on: texts, rules and known incidents, as JSON (docs/messages.md).
    /// `None` goes back to the built-in texts. It is not kept over a restart: hand it in at each start.
    ///
    /// # Errors
    /// If the document is not as it should be, or the core has panicked; what was said before then goes on being said.
    pub fn use_document(&self, json: Option<String>) -> Result<(), DocumentError> {
        let taken = self.guarded(|device| {
            let document = json.as_deref().map(core::Document::parse).transpose()?;
            device.use_document(document);
            Ok::<_, core::DocumentError>(())
        });
        match taken {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(DocumentError::Invalid { reason: error.to_string() }),
            Err(CoreError::Panicked) => Err(DocumentError::Panicked),
        }
    }

    /// The latest decisions after the one with this number, oldest first, at most 32: for the app's developer.
    ///
    /// # Errors
    /// If the core has panicked.
    pub fn decisions_after(&self, number: u64) -> Result<Vec<Decision>, CoreError> {
        self.guarded(|device| device.decisions_after(number).map(Into::into).collect())
    }

    /// The exact body that would be sent if the window closed now, as JSON.
    ///
    /// # Errors
    /// If the core has panicked.
    pub fn what_we_send(&self) -> Result<String, CoreError> {
        self.guarded(|device| device.what_we_send())
    }

    /// Whether a crash loop at start has turned the SDK off for now (5 starts in a row that did not live 5 s; it tries
    /// again after 4 hours).
    ///
    /// # Errors
    /// If the core has panicked.
    pub fn is_off(&self) -> Result<bool, CoreError> {
        self.guarded(|device| device.is_off())
    }
}

impl Device {
    /// Runs a call into the core; a panic ends the device, never the app.
    fn guarded<T>(&self, call: impl FnOnce(&mut core::Device) -> T) -> Result<T, CoreError> {
        let mut slot = self.device.lock();
        let Some(device) = slot.as_mut() else { return Err(CoreError::Panicked) };
        catch_unwind(AssertUnwindSafe(|| call(device))).map_err(|_| {
            *slot = None;
            CoreError::Panicked
        })
    }
}

/// How long to wait by a `Retry-After` header, in milliseconds; `None` if it cannot be understood. For the platform's
/// upload code.
#[uniffi::export]
pub fn retry_after_ms(header: String, now: Now) -> Option<u64> {
    let span = core::retry_after(&header, now.unix_ms)?;
    Some(u64::try_from(span.as_millis()).unwrap_or(u64::MAX))
}

/// The version of the core.
#[uniffi::export]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(directory: &std::path::Path) -> Config {
        Config {
            directory: directory.to_string_lossy().into_owned(),
            endpoint: "http://127.0.0.1:9".into(),
            ingest_key: None,
            service_name: "shop".into(),
            service_version: "1".into(),
            os_name: "Linux".into(),
            os_version: "1".into(),
            sdk_language: "rust".into(),
            region: None,
            holdout: None,
            tone: None,
            pace: None,
            seed: Some(1),
        }
    }

    const NOW: Now = Now { monotonic_ms: 0, unix_ms: 1_700_000_000_000 };

    #[test]
    fn a_panic_of_the_core_is_an_error_and_the_device_is_dead() {
        let directory = tempfile::tempdir().unwrap();
        let device = Device::open(config(directory.path()), NOW).unwrap();
        assert!(device.step(vec![], NOW).is_ok());
        let panicked = device.guarded(|_| panic!("a fault of ours"));
        assert!(matches!(panicked, Err(CoreError::Panicked)) && device.step(vec![], NOW).is_err());
    }

    #[test]
    fn what_cannot_work_is_refused_with_a_reason() {
        let directory = tempfile::tempdir().unwrap();
        let refused = |change: &dyn Fn(&mut Config)| {
            let mut config = config(directory.path());
            change(&mut config);
            Device::open(config, NOW).err().map(|error| error.to_string()).unwrap_or_default()
        };
        assert!(refused(&|c| c.endpoint = "canary.example.com".into()).contains("no http(s) address"));
        assert!(refused(&|c| c.service_name = " ".into()).contains("service_name is empty"));
        assert!(refused(&|c| c.directory = String::new()).contains("absolute"));
        assert!(refused(&|c| c.directory = "amends".into()).contains("absolute"));
        assert!(refused(&|c| c.directory = "/dev/null/amends".into()).contains("/dev/null/amends"));
    }
}

//! The only way into the core from Kotlin and Swift: [`Device::step`].
//!
//! The platform's driver hands in what happened and the time, and gets back what to do and when to come again. There
//! are no callbacks and no threads. No logic lives here; the types mirror those of `amends-core`, whose documentation
//! says more. A panic of the core would arrive as an `InternalException` (Kotlin) or a thrown error (Swift): the driver
//! then stops for good, and the app goes on.

mod config;
mod effect;
mod event;
mod random;

pub use config::{Config, OpenError, Pace};
pub use effect::{Decision, Effect, Message, Step, Upload};
pub use event::{
    Event, LoadEnd, LoadKind, Reaction, RequestEnd, Response, Role, SubmitVia, Tap, TimedEvent, UploadAnswer,
};

use amends_core as core;
use once_cell::sync::OnceCell;
use parking_lot::Mutex;
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

/// One install of the app: engine, files and outbox, stepped from outside. Any thread may call it; steps follow one
/// another.
#[derive(uniffi::Object)]
pub struct Device {
    device: Mutex<core::Device>,
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
        Ok(Arc::new(Self { device: Mutex::new(config.open(now.into())?) }))
    }

    /// Takes what happened since the last step, in order, and says what to do and when to come again. `now` is read
    /// after the events were taken from their queue. It may write files: never call it on the main thread.
    pub fn step(&self, events: Vec<TimedEvent>, now: Now) -> Step {
        let events: Vec<core::Timed> = events.into_iter().map(Into::into).collect();
        self.device.lock().step(&events, now.into()).into()
    }

    /// The latest decisions after the one with this number, oldest first, at most 32: for the app's developer.
    pub fn decisions_after(&self, number: u64) -> Vec<Decision> {
        self.device.lock().decisions_after(number).map(Into::into).collect()
    }

    /// The exact body that would be sent if the window closed now, as JSON.
    pub fn what_we_send(&self) -> String {
        self.device.lock().what_we_send()
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

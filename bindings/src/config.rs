//! How a device is set up from Kotlin or Swift.

use crate::random::System;
use amends_core as core;
use core::{Device, Directory, Files, Identity, PaceSettings, Random, Seeded, Settings};
use std::path::Path;
use std::time::Duration;

/// How a device is set up.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Config {
    /// A directory for the device alone, as an absolute path; made if need be. It grows to 1 MB at most.
    pub directory: String,
    /// The canary's address, without a path: `https://canary.example.com`.
    pub endpoint: String,
    /// The canary's ingest key, if it wants one.
    #[uniffi(default)]
    pub ingest_key: Option<String>,
    /// The app: `service.name`.
    pub service_name: String,
    /// The release: `service.version`.
    pub service_version: String,
    /// `Android`, `iOS`, …
    pub os_name: String,
    /// The system's version; only its first number is sent.
    pub os_version: String,
    /// The host's language: `kotlin`, `swift`.
    pub sdk_language: String,
    /// Where the app is at home for this person, as the app says it (`eu`, `us-west`); at most 64 bytes. Nothing is sent
    /// without it.
    #[uniffi(default)]
    pub region: Option<String>,
    /// The share of devices that stays silent, from 0 to 1; the default is 0.1.
    #[uniffi(default)]
    pub holdout: Option<f64>,
    /// How the built-in texts sound; the default is plain. A document's tone goes before it.
    #[uniffi(default)]
    pub tone: Option<Tone>,
    /// How soon and how often counts are sent; the defaults are the product's.
    #[uniffi(default)]
    pub pace: Option<Pace>,
    /// For tests: makes the device draw the same lots each time. Never set it in an app.
    #[uniffi(default)]
    pub seed: Option<u64>,
}

/// How the built-in texts sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Tone {
    /// "Sorry about that, we are taking a look."
    Plain,
    /// "We are really sorry about this, and we are taking a look right now."
    Warm,
}

/// How soon and how often counts are sent, in milliseconds.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Pace {
    /// The first failure after a quiet spell goes out within this time (default 10 s).
    pub failure_within_ms: u64,
    /// Windows with failures close at most this often (default 60 s).
    pub at_most_every_ms: u64,
    /// Windows without failures close this often (default 15 min).
    #[uniffi(default)]
    pub denominators_every_ms: Option<u64>,
}

/// Why a device could not be opened.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum OpenError {
    /// The directory cannot be made or read.
    #[error("cannot use the directory {directory}: {reason}; give the SDK a writable directory of its own")]
    Directory {
        /// The directory.
        directory: String,
        /// What the system said.
        reason: String,
    },
    /// The endpoint is not an address that counts can be sent to.
    #[error("the endpoint {endpoint:?} is no http(s) address such as https://canary.example.com")]
    Endpoint {
        /// The endpoint.
        endpoint: String,
    },
    /// The app has no name to be counted under.
    #[error("service_name is empty; the canary needs the app's name to count under")]
    ServiceName,
}

impl Config {
    pub(crate) fn open(self, now: core::Now) -> Result<Device, OpenError> {
        if !self.endpoint.starts_with("https://") && !self.endpoint.starts_with("http://") {
            return Err(OpenError::Endpoint { endpoint: self.endpoint });
        }
        if self.service_name.trim().is_empty() {
            return Err(OpenError::ServiceName);
        }
        if !Path::new(&self.directory).is_absolute() {
            // Relative to what? An app's working directory is not its own.
            let reason = "it is not an absolute path".to_owned();
            return Err(OpenError::Directory { directory: self.directory, reason });
        }
        let files: Box<dyn Files> = match Directory::open(&self.directory) {
            Ok(directory) => Box::new(directory),
            Err(error) => {
                return Err(OpenError::Directory { directory: self.directory, reason: error.to_string() });
            }
        };
        let random: Box<dyn Random> = match self.seed {
            Some(seed) => Box::new(Seeded::new(seed)),
            None => Box::new(System),
        };
        let mut settings = Settings::default();
        if let Some(holdout) = self.holdout {
            settings.holdout = holdout;
        }
        if let Some(tone) = self.tone {
            settings.tone = match tone {
                Tone::Plain => core::Tone::Plain,
                Tone::Warm => core::Tone::Warm,
            };
        }
        let config = core::Config {
            identity: Identity {
                service_name: self.service_name,
                service_version: self.service_version,
                os_name: self.os_name,
                os_version: self.os_version,
                sdk_language: self.sdk_language,
                region: self.region.unwrap_or_default(),
            },
            endpoint: self.endpoint,
            ingest_key: self.ingest_key,
            settings,
            pace: self.pace.map_or_else(PaceSettings::default, Into::into),
        };
        Ok(Device::open(config, files, random, now))
    }
}

impl From<Pace> for PaceSettings {
    fn from(pace: Pace) -> Self {
        Self {
            failure_within: Duration::from_millis(pace.failure_within_ms),
            at_most_every: Duration::from_millis(pace.at_most_every_ms),
            denominators_every: pace
                .denominators_every_ms
                .map_or(Self::default().denominators_every, Duration::from_millis),
            ..Self::default()
        }
    }
}

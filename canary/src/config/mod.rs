//! What a canary is started with.

mod file;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

pub use crate::alerts::outputs::Pace;
use crate::alerts::service::Settings;
pub use file::{FileConfig, Problem, Problems, ServeKeys};

/// Settings of one canary. [`Config::new`] gives the defaults.
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// Directory of the database; made if missing. One canary for each directory.
    pub data: PathBuf,
    /// Address to listen on; port 0 for any free one.
    pub listen: SocketAddr,
    /// Keys that may send batches, each `KEY`, or `APP=KEY` for one app only. Empty: anyone who reaches the
    /// address, which then has to be loopback.
    pub ingest_keys: Vec<String>,
    /// Largest body after decompression, in bytes.
    pub body_limit: usize,
    /// File counts under the window's end whatever the clock (from 2000 to 2100): for simulations in virtual time.
    pub accept_any_clock: bool,
    /// Most apps of this instance.
    pub max_apps: usize,
    /// Days for which minutes are kept. Totals are kept for ever.
    pub keep_days: u32,
    /// Fewer devices than these are not shown in a cell of their own: their numbers would be about somebody. 1 shows all.
    pub min_devices: u32,
    /// Largest database in bytes, beyond which batches are refused with 503; `None`: as large as the disk.
    pub max_store_bytes: Option<u64>,
    /// Batches that may wait for the writer before more are refused with 503.
    pub queue: usize,
    /// Names besides those of this machine by which a canary on loopback may be asked, e.g. a proxy's.
    pub allowed_hosts: Vec<String>,
    /// How long a client may stand still.
    pub patience: Patience,
    /// Key that may change things (silences, dead letters), as `Authorization: Bearer`. Without one only this machine may,
    /// and nobody where others come through a proxy: with [`Config::allowed_hosts`].
    pub admin_key: Option<String>,
    /// How soon alerts are judged and told.
    pub pace: Pace,
    /// What is watched and who is told: set by a configuration file.
    pub(crate) alerts: Settings,
}

/// How long a client may stand still before its connection is given up.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Patience {
    /// For a request's head to arrive, also the next one on a connection that is kept.
    pub head: Duration,
    /// For the next part of a body.
    pub body: Duration,
    /// For the client to take the next part of an answer.
    pub write: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), body: Duration::from_secs(10), write: Duration::from_secs(30) }
    }
}

impl Config {
    /// Fewer devices than these are not shown, unless it is set otherwise.
    pub(crate) const MIN_DEVICES: u32 = 5;

    /// Default settings, without ingest keys.
    pub fn new(data: impl Into<PathBuf>, listen: SocketAddr) -> Self {
        Self {
            data: data.into(),
            listen,
            ingest_keys: Vec::new(),
            body_limit: 4 << 20,
            accept_any_clock: false,
            max_apps: 200,
            keep_days: 400,
            min_devices: Self::MIN_DEVICES,
            max_store_bytes: None,
            queue: 1_024,
            allowed_hosts: Vec::new(),
            patience: Patience::default(),
            admin_key: None,
            pace: Pace::default(),
            alerts: Settings::default(),
        }
    }
}

/// Keys stay out of logs.
impl std::fmt::Debug for Config {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Config")
            .field("data", &self.data)
            .field("listen", &self.listen)
            .field("ingest_keys", &self.ingest_keys.len())
            .finish_non_exhaustive()
    }
}

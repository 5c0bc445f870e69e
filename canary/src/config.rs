//! What a canary is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Settings of one canary. [`Config::new`] gives the defaults.
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// Directory of the database; made if missing. One canary for each directory.
    pub data: PathBuf,
    /// Address to listen on; port 0 for any free one.
    pub listen: SocketAddr,
    /// Keys that may send batches. Empty: anyone who reaches the address, which then has to be loopback.
    pub ingest_keys: Vec<String>,
    /// Largest body after decompression, in bytes.
    pub body_limit: usize,
    /// File counts under the window's end whatever the clock (from 2000 to 2100): for simulations in virtual time.
    pub accept_any_clock: bool,
    /// Most apps of this instance.
    pub max_apps: usize,
    /// Days for which minutes are kept. Totals are kept for ever.
    pub keep_days: u32,
    /// Largest database in bytes, beyond which batches are refused with 503; `None`: as large as the disk.
    pub max_store_bytes: Option<u64>,
    /// Batches that may wait for the writer before more are refused with 503.
    pub queue: usize,
}

impl Config {
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
            max_store_bytes: None,
            queue: 1_024,
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

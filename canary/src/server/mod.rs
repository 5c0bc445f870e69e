//! Starting and stopping a canary.

mod accept;
mod admin;
mod hosts;
pub(crate) mod looking;
mod routes;
mod seats;
mod security_headers;
mod stall;

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{Semaphore, watch};

use crate::alerts::Alerts;
use crate::alerts::outputs::Pace;
use crate::config::{Config, Patience};
use crate::count::clock::ClockRule;
use crate::ingest::{Budget, IngestKeys, keys};
use crate::live::{Live, now_s};
use crate::own_metrics::OwnMetrics;
use crate::store::{Limits, OpenError, Settings, Store};

/// Open live streams of all clients together.
const MOST_STREAMS: usize = 512;
/// What the system may hold of an answer that a client does not take.
const SEND_BUFFER: u32 = 128 << 10;
/// For what runs on other threads when the server stops.
const LAST_GRACE: Duration = Duration::from_secs(5);

/// What all requests share.
pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) live: Arc<Live>,
    pub(crate) alerts: Alerts,
    pub(crate) admin: admin::Admin,
    pub(crate) keys: IngestKeys,
    pub(crate) hosts: hosts::Hosts,
    pub(crate) patience: Patience,
    pub(crate) pace: Pace,
    pub(crate) clock: ClockRule,
    pub(crate) body_limit: usize,
    /// Fewer devices than these are not shown in a cell of their own.
    pub(crate) min_devices: i64,
    pub(crate) budget: Budget,
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) own: OwnMetrics,
    pub(crate) readiness: crate::api::health::Readiness,
    pub(crate) room: crate::api::room::Room,
    pub(crate) metrics_page: crate::api::prometheus::Page,
}

impl Shared {
    /// The present of an app in Unix seconds; in virtual time, right behind its newest count.
    pub(crate) fn now_s(&self, app: &str) -> i64 {
        match self.clock {
            ClockRule::Plausible => now_s(),
            ClockRule::Any => self.live.newest_minute(app).map_or_else(now_s, |minute| minute * 60 + 59),
        }
    }
}

/// Why a canary did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Without an ingest key anyone could write, so only this machine may.
    #[error(
        "{0} can be reached from elsewhere, but there is no ingest key; give --ingest-key, AMENDS_INGEST_KEY or ingest_keys in the file, or listen on 127.0.0.1"
    )]
    NoKey(SocketAddr),
    /// An empty ingest key would let anyone in.
    #[error(
        "an ingest key is empty or has fewer than 8 characters, or APP=KEY names no app; give a longer one, e.g. from `openssl rand -hex 16`"
    )]
    WeakKey,
    /// The data directory or the database cannot be used.
    #[error("{0}")]
    Store(String),
    /// An admin key that could be guessed.
    #[error(
        "the admin key is empty or has fewer than 8 characters; give a longer one, e.g. from `openssl rand -hex 16`"
    )]
    WeakAdminKey,
    /// What must survive a restart of the alerts cannot be kept.
    #[error("{0}")]
    Alerts(String),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}; choose another --listen")]
    Listen(SocketAddr, std::io::Error),
    /// The system gave no thread.
    #[error("cannot start the runtime: {0}")]
    Runtime(std::io::Error),
}

impl From<OpenError> for StartError {
    fn from(error: OpenError) -> Self {
        Self::Store(error.to_string())
    }
}

/// A running canary, on threads of its own. Dropping it stops it.
#[derive(Debug)]
pub struct Canary {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Canary {
    /// Opens the store, listens, and returns once requests are answered.
    ///
    /// # Errors
    /// See [`StartError`].
    pub fn start(config: &Config) -> Result<Self, StartError> {
        Self::check_keys(config)?;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(StartError::Runtime)?;
        let cannot_listen = |error| StartError::Listen(config.listen, error);
        let listener = runtime.block_on(async { bind(config.listen) }).map_err(cannot_listen)?;
        let address = listener.local_addr().map_err(cannot_listen)?;
        let shared = Arc::new(shared(config)?);
        let (stop, stopped) = watch::channel(false);
        let thread = std::thread::Builder::new()
            .name("canary".to_owned())
            .spawn(move || {
                runtime.block_on(serve(listener, shared, stopped));
                runtime.shutdown_timeout(LAST_GRACE);
            })
            .map_err(StartError::Runtime)?;
        Ok(Self { address, stop, thread: Some(thread) })
    }

    /// Whether its keys are what this address needs: the first thing that a start checks.
    ///
    /// # Errors
    /// See [`StartError`].
    pub fn check_keys(config: &Config) -> Result<(), StartError> {
        if config.ingest_keys.is_empty() && !config.listen.ip().is_loopback() {
            return Err(StartError::NoKey(config.listen));
        }
        if config.ingest_keys.iter().any(|key| keys::is_weak(key)) {
            return Err(StartError::WeakKey);
        }
        if config.admin_key.as_ref().is_some_and(|key| key.trim().len() < 8) {
            return Err(StartError::WeakAdminKey);
        }
        Ok(())
    }

    /// The address it really listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://` and the address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers what is under way, commits it, and stops. Returns when all is on disk.
    pub fn stop(mut self) {
        self.finish();
    }

    fn finish(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            // A panic in there was reported where it happened.
            let _ = thread.join();
        }
    }
}

impl Drop for Canary {
    fn drop(&mut self) {
        self.finish();
    }
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As tokio binds by itself: a restart need not wait for old connections.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    // Connections inherit it, and a client that never reads is noticed.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(1_024)
}

fn shared(config: &Config) -> Result<Shared, StartError> {
    let clock = if config.accept_any_clock { ClockRule::Any } else { ClockRule::Plausible };
    let live = Arc::new(Live::new(clock, i64::from(config.min_devices)));
    let settings = Settings {
        limits: Limits { apps: config.max_apps, ..Limits::default() },
        max_bytes: config.max_store_bytes,
        keep_days: config.keep_days,
        queue: config.queue,
    };
    // First, for it takes the directory's lock.
    let store = Store::open(&config.data, &settings, &live)?;
    let alerts = Alerts::start(&config.data, &config.alerts, i64::from(config.min_devices), config.pace)
        .map_err(|error| StartError::Alerts(error.to_string()))?;
    Ok(Shared {
        store,
        alerts,
        admin: admin::Admin::new(config.listen.ip(), &config.allowed_hosts, config.admin_key.as_deref()),
        live,
        keys: IngestKeys::new(&config.ingest_keys),
        hosts: hosts::Hosts::new(config.listen.ip(), &config.allowed_hosts),
        patience: config.patience,
        pace: config.pace,
        clock,
        body_limit: config.body_limit,
        min_devices: i64::from(config.min_devices),
        budget: Budget::new(),
        streams: Arc::new(Semaphore::new(MOST_STREAMS)),
        own: OwnMetrics::default(),
        readiness: crate::api::health::Readiness::default(),
        room: crate::api::room::Room::default(),
        metrics_page: crate::api::prometheus::Page::default(),
    })
}

async fn serve(listener: TcpListener, shared: Arc<Shared>, stopped: watch::Receiver<bool>) {
    let publisher = Arc::clone(&shared);
    let publish = tokio::spawn(async move { publisher.live.publish().await });
    let purger = Arc::clone(&shared);
    let purge = tokio::spawn(async move { purge(&purger.store).await });
    let looker = Arc::clone(&shared);
    let pace = looker.pace;
    let look = tokio::spawn(async move { looking::look(&looker, pace).await });
    let router = routes::router(Arc::clone(&shared));
    let on_stop = || {
        shared.live.stop();
        shared.store.stop_reading();
    };
    accept::accept(listener, router, shared.patience, stopped, on_stop).await;
    purge.abort();
    look.abort();
    // It ends by itself, for its streams are closed.
    let _ = publish.await;
    let _ = tokio::task::spawn_blocking(move || {
        shared.store.close();
        shared.alerts.stop();
    })
    .await;
}

/// Small steps, close together only while there is more to delete.
async fn purge(store: &Store) {
    loop {
        let more = store.purge(now_s()).await;
        tokio::time::sleep(Duration::from_secs(if more { 1 } else { 60 })).await;
    }
}

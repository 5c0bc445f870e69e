//! The canary's command line.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use amends_canary::{Canary, Config};
use clap::{Args, Parser, Subcommand};

/// The Amends backend: takes counts, keeps them once, shows them live.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take batches and show them.
    Serve(Serve),
}

#[derive(Debug, Args)]
struct Serve {
    /// Directory of the database; made if missing.
    #[arg(long)]
    data: PathBuf,
    /// Address to listen on; port 0 for any free one.
    #[arg(long, default_value = "127.0.0.1:4390")]
    listen: SocketAddr,
    /// Key that may send batches; give it again for more. Without one only loopback is served.
    #[arg(long = "ingest-key", env = "AMENDS_INGEST_KEY", hide_env_values = true, value_delimiter = ',')]
    ingest_keys: Vec<String>,
    /// Largest body after decompression, in KiB.
    #[arg(long, default_value_t = 4_096, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    body_limit_kib: u32,
    /// File counts under the window's end whatever the clock: for simulations in virtual time.
    #[arg(long)]
    accept_any_clock: bool,
    /// Most apps of this instance.
    #[arg(long, default_value_t = 200)]
    max_apps: usize,
    /// Days for which minutes are kept; totals are kept for ever.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    keep_days: u32,
    /// Largest database in MiB; beyond it batches are refused with 503.
    #[arg(long)]
    max_store_mib: Option<u64>,
}

fn main() -> ExitCode {
    let Command::Serve(options) = Cli::parse().command;
    let mut config = Config::new(options.data, options.listen);
    config.ingest_keys = options.ingest_keys;
    config.body_limit = options.body_limit_kib as usize * 1_024;
    config.accept_any_clock = options.accept_any_clock;
    config.max_apps = options.max_apps;
    config.keep_days = options.keep_days;
    config.max_store_bytes = options.max_store_mib.map(|mib| mib << 20);
    match serve(&config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("amends-canary: {message}");
            ExitCode::from(2)
        }
    }
}

fn serve(config: &Config) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start the runtime: {error}"))?;
    // Before the address is printed: who reads it may send a signal at once.
    let mut signals = runtime.block_on(async { Signals::listen() })?;
    let canary = Canary::start(config).map_err(|error| error.to_string())?;
    say(&format!("amends-canary listening on {}", canary.url()));
    if config.ingest_keys.is_empty() {
        say("No ingest key is set: loopback only, and any program on this machine may send.");
    }
    if config.accept_any_clock {
        say("Any clock is accepted: counts are filed under the sender's time, for simulations.");
    }
    runtime.block_on(signals.wait());
    say("Stopping.");
    canary.stop();
    Ok(())
}

/// A reader that went away is no reason to stop.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> Result<Self, String> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self, String> {
        Ok(Self)
    }

    async fn wait(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

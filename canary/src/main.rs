//! The canary's command line.

mod command;

use std::io::Write;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use amends_canary::{Canary, Config};
use clap::{Args, Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  amends-canary serve --data ./counts
  amends-canary serve --data /var/lib/amends --listen 0.0.0.0:4390 --ingest-key KEY
  amends-canary serve --data /var/lib/amends --ingest-key shop=KEY --ingest-key bank=OTHER-KEY";

/// The Amends backend: takes counts, keeps them once, shows them live.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take batches and show them.
    Serve(Serve),
    /// Wait until a running canary says promote or roll back.
    Gate(command::gate::Gate),
    /// Print what a store's API would be told, by a running canary's verdict.
    StorePlan(command::store_plan::StorePlan),
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Serve {
    /// Directory of the database; made if missing.
    #[arg(long)]
    data: PathBuf,
    /// Address to listen on; port 0 for any free one.
    #[arg(long, default_value = "127.0.0.1:4390", value_parser = address)]
    listen: SocketAddr,
    /// Key that may send batches, KEY or APP=KEY for one app only; give it again for more. Without one only
    /// loopback is served.
    #[arg(long = "ingest-key", env = "AMENDS_INGEST_KEY", hide_env_values = true, value_delimiter = ',')]
    ingest_keys: Vec<String>,
    /// Largest body after decompression, in KiB.
    #[arg(long, default_value_t = 4_096, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    body_limit_kib: u32,
    /// File counts under the window's end whatever the clock: for simulations in virtual time.
    #[arg(long)]
    accept_any_clock: bool,
    /// Most apps of this instance.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    max_apps: u32,
    /// Days for which minutes are kept; totals are kept for ever.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    keep_days: u32,
    /// Fewer devices than these are not shown in a cell of their own: their numbers would be about somebody. 1 shows
    /// all, for demos.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    min_devices: u32,
    /// Largest database in MiB; beyond it batches are refused with 503.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=16_777_216))]
    max_store_mib: Option<u64>,
    /// Name besides localhost by which a canary on loopback may be asked, e.g. a proxy's; give it again for more.
    #[arg(long = "allow-host", value_name = "NAME")]
    allowed_hosts: Vec<String>,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "give an address and a port, e.g. 127.0.0.1:4390, 0.0.0.0:4390 or [::1]:4390".to_owned())
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(options) => run_server(options),
        Command::Gate(options) => command::gate::run(options),
        Command::StorePlan(options) => command::store_plan::run(&options),
    }
}

fn run_server(options: Serve) -> ExitCode {
    let mut config = Config::new(options.data, options.listen);
    config.ingest_keys = options.ingest_keys;
    config.body_limit = options.body_limit_kib as usize * 1_024;
    config.accept_any_clock = options.accept_any_clock;
    config.max_apps = options.max_apps as usize;
    config.allowed_hosts = options.allowed_hosts;
    config.keep_days = options.keep_days;
    config.min_devices = options.min_devices;
    config.max_store_bytes = options.max_store_mib.map(|mib| mib << 20);
    raise_handles();
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
    say(&format!("Open {} in a browser.", browsable(canary.address())));
    if config.ingest_keys.is_empty() {
        say("No ingest key is set: loopback only, and any program on this machine may send.");
    } else {
        say("Reading is open to everyone who can reach this address: put a login in front.");
    }
    if config.accept_any_clock {
        say("Any clock is accepted: counts are filed under the sender's time, for simulations.");
    }
    runtime.block_on(signals.wait());
    say("Stopping.");
    canary.stop();
    Ok(())
}

/// An address that a browser on this machine can open.
fn browsable(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            Ipv6Addr::LOCALHOST.into()
        });
    }
    format!("http://{address}")
}

/// As many file handles as the system allows this user: each connection takes one.
#[cfg(unix)]
fn raise_handles() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Where it cannot be raised there are fewer seats.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
}

#[cfg(not(unix))]
fn raise_handles() {}

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

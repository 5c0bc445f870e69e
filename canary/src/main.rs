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
  amends-canary serve --data /var/lib/amends --listen 0.0.0.0:4390 --ingest-key $KEY
  amends-canary serve --data /var/lib/amends --ingest-key shop=$KEY --ingest-key bank=$OTHER_KEY
  amends-canary serve --config canary.toml
  amends-canary check-config canary.toml
  amends-canary backtest --data ./counts --config canary.toml --from 2026-11-01T00:00:00Z --until 2026-11-22T00:00:00Z";

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
    /// Say everything that is wrong in a configuration file, or that nothing is.
    CheckConfig(command::check_config::CheckConfig),
    /// Run the alerts of a configuration over stored counts, and say when each would have fired and been resolved.
    Backtest(command::backtest::Backtest),
    /// Wait until a running canary says promote or roll back.
    Gate(command::gate::Gate),
    /// Print what a store's API would be told, by a running canary's verdict.
    StorePlan(command::store_plan::StorePlan),
}

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Serve {
    /// TOML file with these settings, and with alerts and who is told; options win over it (docs/canary.toml).
    #[arg(long)]
    config: Option<PathBuf>,
    /// Directory of the database; made if missing.
    #[arg(long, required_unless_present = "config")]
    data: Option<PathBuf>,
    /// Address to listen on; port 0 for any free one [default: 127.0.0.1:4390].
    #[arg(long, value_parser = address)]
    listen: Option<SocketAddr>,
    /// Key that may send batches, of 8 characters or more: KEY, or APP=KEY for one app only; give it again for more.
    /// Without one only loopback is served.
    #[arg(long = "ingest-key", env = "AMENDS_INGEST_KEY", hide_env_values = true, value_delimiter = ',')]
    ingest_keys: Vec<String>,
    /// Largest body after decompression, in KiB [default: 4096].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    body_limit_kib: Option<u32>,
    /// File counts under the window's end whatever the clock: for simulations in virtual time.
    #[arg(long)]
    accept_any_clock: bool,
    /// Most apps of this instance [default: 200].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    max_apps: Option<u32>,
    /// Days for which minutes are kept; totals are kept for ever [default: 400].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    keep_days: Option<u32>,
    /// Fewer devices than these are not shown in a cell of their own: their numbers would be about somebody. 1 shows
    /// all, for demos [default: 5].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    min_devices: Option<u32>,
    /// Largest database in MiB; beyond it batches are refused with 503.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=16_777_216))]
    max_store_mib: Option<u64>,
    /// Name besides localhost by which a canary on loopback may be asked, e.g. a proxy's; give it again for more.
    #[arg(long = "allow-host", value_name = "NAME")]
    allowed_hosts: Vec<String>,
}

fn standard_address() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 4_390).into()
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "give an address and a port, e.g. 127.0.0.1:4390, 0.0.0.0:4390 or [::1]:4390".to_owned())
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(options) => {
            raise_handles();
            ended(settings(options).and_then(|config| serve(&config)))
        }
        Command::CheckConfig(options) => ended(command::check_config::run(&options)),
        Command::Backtest(options) => ended(command::backtest::run(&options)),
        Command::Gate(options) => command::gate::run(options),
        Command::StorePlan(options) => command::store_plan::run(&options),
    }
}

/// 0, or 2 and why.
fn ended(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("amends-canary: {message}");
            ExitCode::from(2)
        }
    }
}

/// What the file says, overridden by what the options say.
fn settings(options: Serve) -> Result<Config, String> {
    let file = options.config.as_deref().map(command::check_config::read).transpose()?;
    let keys = file.as_ref().map(|file| file.serve.clone()).unwrap_or_default();
    let data = options.data.or(keys.data).ok_or("no data directory; give --data, or data in the file")?;
    let listen = options.listen.or(keys.listen);
    let mut config = Config::new(data, listen.unwrap_or_else(standard_address));
    let given = |options: Vec<String>, file: Option<Vec<String>>| {
        if options.is_empty() { file.unwrap_or_default() } else { options }
    };
    config.ingest_keys = given(options.ingest_keys, keys.ingest_keys);
    config.allowed_hosts = given(options.allowed_hosts, keys.allowed_hosts);
    if let Some(kib) = options.body_limit_kib.or(keys.body_limit_kib) {
        config.body_limit = kib as usize * 1_024;
    }
    config.accept_any_clock = options.accept_any_clock || keys.accept_any_clock.unwrap_or(false);
    if let Some(apps) = options.max_apps.or(keys.max_apps) {
        config.max_apps = apps as usize;
    }
    if let Some(days) = options.keep_days.or(keys.keep_days) {
        config.keep_days = days;
    }
    if let Some(devices) = options.min_devices.or(keys.min_devices) {
        config.min_devices = devices;
    }
    config.max_store_bytes = options.max_store_mib.or(keys.max_store_mib).map(|mib| mib << 20);
    config.admin_key = keys.admin_key;
    if let Some(file) = &file {
        file.set_alerts(&mut config);
    }
    Ok(config)
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

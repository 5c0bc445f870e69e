//! The demo: a phone with a small shop that was given faults, beside the canary's live page.
//!
//! What you do to the phone reaches the real engine in this process; it answers with the real message; the count beside
//! it moves. `make demo` starts it.

mod hook;
mod log;
mod news;
mod page;
mod phone;
mod server;
mod shop;

use amends_canary::{Canary, Config};
use clap::Parser;
use phone::Phone;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// A small shop that was given faults, and the engine that says sorry for them.
#[derive(Debug, Parser)]
struct Options {
    /// Where the demo's page is served.
    #[arg(long, default_value = "127.0.0.1:4380")]
    listen: SocketAddr,
    /// Where the canary's page is served.
    #[arg(long, default_value = "127.0.0.1:4390")]
    canary_listen: SocketAddr,
    /// Use a canary that runs already, by its address, instead of starting one.
    #[arg(long)]
    canary: Option<String>,
    /// Keep the phone's and the canary's data here; otherwise each start begins with nothing.
    #[arg(long)]
    data: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("storefront: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<(), String> {
    let keeps_data = options.data.is_some();
    let data = options.data.map_or_else(fresh_directory, Ok)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start the runtime: {error}"))?;
    let (canary, canary_url) = if let Some(url) = options.canary {
        (None, url)
    } else {
        let mut config = Config::new(data.join("canary"), options.canary_listen);
        // The demo has one phone, and its page is to show what it does.
        config.min_devices = 1;
        let canary = Canary::start(&config).map_err(|error| error.to_string())?;
        let url = canary.url();
        (Some(canary), url)
    };
    let phone = Phone::unpack(data.join("phone"), &canary_url)
        .map_err(|error| format!("cannot start the phone: {error}"))?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(options.listen)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}; choose another with --listen", options.listen))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        say(&format!("storefront listening on http://{address}"));
        say(&format!("canary on {canary_url}"));
        say("Open the first address. Press Enter in the shop's search and wait three seconds. Stop with Ctrl-C.");
        let app = server::routes(Arc::new(phone), canary_url.clone());
        tokio::select! {
            served = axum::serve(listener, app) => served.map_err(|error| error.to_string()),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    });
    if let Some(canary) = canary {
        canary.stop();
    }
    // Open event streams would otherwise keep it waiting.
    runtime.shutdown_background();
    if !keeps_data {
        // A rest of it is the system's to clean up, as all that lies there.
        let _ = std::fs::remove_dir_all(&data);
    }
    served
}

/// An empty directory of this user's, emptied at each start, so that every demo begins like the first.
fn fresh_directory() -> Result<PathBuf, String> {
    let directory = std::env::temp_dir().join(format!("amends-demo-{}", std::process::id()));
    let fresh = std::fs::remove_dir_all(&directory).or_else(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    });
    fresh.and_then(|()| std::fs::create_dir_all(&directory)).map_err(|error| {
        format!("cannot use {}: {error}; give a directory with --data", directory.display())
    })?;
    Ok(directory)
}

/// A reader that went away is no reason to stop.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

//! `fleet --devices 100000 --days 1 --seed 1 [--post http://127.0.0.1:4390]`

use clap::Parser;
use fleet::{Drop, Fault, Faults, Outage, Plan, Post, run};
use std::process::ExitCode;
use std::time::Instant;

/// Many devices with the real engine, in virtual time, deterministic by seed.
#[derive(Debug, Parser)]
struct Options {
    /// How many devices.
    #[arg(long, default_value_t = 100_000)]
    devices: u64,
    /// How many days each of them lives.
    #[arg(long, default_value_t = 1)]
    days: u64,
    /// Everything that is drawn follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// When the first day begins, seconds since 1970 UTC.
    #[arg(long, default_value_t = Plan::default().start_unix_s)]
    start: u64,
    /// A release and its share, as 2.5.0=0.1; give it again for more.
    #[arg(long = "release", value_parser = release)]
    releases: Vec<(String, f64)>,
    /// A fault, as 2.5.0/Checkout/error=0.2 (slow, dead, error; * for all); give it again for more.
    #[arg(long = "fault")]
    faults: Vec<Fault>,
    /// A fault that strikes more often for a while, as */Checkout/eu/*/error@22d13h+3h=20
    /// (RELEASE/SCREEN/REGION/SEGMENT/WHAT@START+LASTS=FACTOR); give it again for more.
    #[arg(long = "outage")]
    outages: Vec<Outage>,
    /// The share of silent devices.
    #[arg(long, default_value_t = 0.1)]
    holdout: f64,
    /// Post each batch to this canary, which runs with --accept-any-clock.
    #[arg(long)]
    post: Option<String>,
    /// The canary's ingest key.
    #[arg(long, requires = "post")]
    key: Option<String>,
}

fn release(text: &str) -> Result<(String, f64), String> {
    let parsed =
        text.split_once('=').and_then(|(name, share)| Some((name.to_owned(), share.parse::<f64>().ok()?)));
    parsed
        .filter(|(_, share)| *share >= 0.0)
        .ok_or_else(|| format!("{text:?} is no release; write 2.5.0=0.1"))
}

fn main() -> ExitCode {
    let options = Options::parse();
    let mut plan = Plan {
        devices: options.devices,
        days: options.days,
        seed: options.seed,
        start_unix_s: options.start,
        outages: options.outages,
        holdout: options.holdout,
        ..Plan::default()
    };
    if !options.releases.is_empty() {
        plan.releases = options.releases;
    }
    if !options.faults.is_empty() {
        plan.faults = Faults(options.faults);
    }
    let begun = Instant::now();
    let report = match options.post {
        Some(canary) => run(&plan, || Post::to(&canary, options.key.clone())),
        None => run(&plan, || Drop),
    };
    match report {
        Ok(report) => {
            let seconds = begun.elapsed().as_secs_f64();
            println!("{report}");
            println!(
                "{} device-days in {seconds:.1} s on {} threads",
                plan.devices * plan.days,
                plan.threads
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("fleet: {error}");
            ExitCode::FAILURE
        }
    }
}

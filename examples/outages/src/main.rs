//! How soon alerts see outages, and how often they are wrong: `cargo run --release -p outages` prints the tables of
//! docs/alerts.md.
//!
//! Counts go to a real canary over HTTP; then its `backtest` looks at them minute by minute.

mod post;
mod score;
mod world;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;

use amends_canary::{Canary, Config, FileConfig, Firing, Span, backtest};
use clap::Parser;
use score::{Score, Wanted};
use world::{DAYS, HISTORY_DAYS, START_MIN, World};

const ALERTS: &str = include_str!("../alerts.toml");
const NAMES: [&str; 8] = [
    "rule-3-percent",
    "rule-4-percent",
    "rule-6-percent",
    "rule-4-percent-by-region",
    "burn-rate-98",
    "unusual",
    "unusual-by-region",
    "unusual-by-release",
];

/// Outages, and how alerts see them.
#[derive(Debug, Parser)]
struct Options {
    /// Worlds, each of five weeks.
    #[arg(long, default_value_t = 10)]
    worlds: u64,
    /// Sessions a day.
    #[arg(long, default_value_t = 100_000.0)]
    sessions: f64,
    /// Say which alarms were false.
    #[arg(long)]
    list: bool,
    /// Instead of counts alone, this many simulated phones with the real engine, once.
    #[arg(long)]
    fleet: Option<u64>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("outages: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let mut scores: BTreeMap<&str, Score> = NAMES.into_iter().map(|name| (name, Score::default())).collect();
    let (mut weeks, mut columns) = (0, Vec::new());
    let mut worlds: Vec<(Vec<Firing>, Vec<Wanted>)> = Vec::new();
    if let Some(devices) = options.fleet {
        worlds.push(phones(devices)?);
    } else {
        for seed in 0..options.worlds {
            worlds.push(counts(seed, options.sessions)?);
            eprintln!("world {} of {}", seed + 1, options.worlds);
        }
    }
    for (firings, outages) in &worlds {
        weeks += (DAYS - HISTORY_DAYS) / 7;
        columns = outages.iter().map(|outage| outage.name.clone()).collect();
        for (name, score) in &mut scores {
            let falsely = score.add(name, firings, outages);
            for firing in falsely.iter().filter(|_| options.list) {
                eprintln!("false: {firing}");
            }
        }
    }
    println!("| alert | false alarms a week | {} |", columns.join(" | "));
    println!("|---|---|{}", "---|".repeat(columns.len()));
    for name in NAMES {
        let Some(score) = scores.get(name) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "counts")]
        let rate = score.false_alarms as f64 / weeks as f64;
        let cells: Vec<String> = columns.iter().map(|outage| score.cell(outage)).collect();
        println!("| {name} | {rate:.2} | {} |", cells.join(" | "));
    }
    println!("\n{weeks} weeks in {} worlds, each after three weeks of history", worlds.len());
    Ok(())
}

/// A canary that has counted what `fill` sends, stopped again; and what the alerts say about it.
fn looked_at(fill: impl FnOnce(&str) -> Result<(), String>) -> Result<Vec<Firing>, String> {
    let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut config = Config::new(dir.path(), SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    config.accept_any_clock = true;
    let canary = Canary::start(&config).map_err(|error| error.to_string())?;
    let filled = fill(&canary.url());
    canary.stop();
    filled?;
    judge(dir.path())
}

fn judge(data: &Path) -> Result<Vec<Firing>, String> {
    let file = FileConfig::parse(ALERTS, &|_| None).map_err(|problems| format!("{problems:?}"))?;
    let time = |days: u64| {
        let day = 5 + days;
        let (month, day) = if day <= 31 { (1, day) } else { (2, day - 31) };
        format!("2026-{month:02}-{day:02}T00:00:00Z")
    };
    let span = Span::parse(&time(HISTORY_DAYS), &time(DAYS))?;
    backtest(data, Some(&file), &span, None).map_err(|error| error.to_string())
}

fn counts(seed: u64, sessions: f64) -> Result<(Vec<Firing>, Vec<Wanted>), String> {
    let mut world = World::new(seed, sessions);
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let firings = looked_at(|canary| {
        for hour in 0..DAYS * 24 {
            let cells: Vec<_> = (hour * 60..hour * 60 + 60).flat_map(|minute| world.minute(minute)).collect();
            post::post(&agent, canary, &format!("{seed:016x}{hour:016x}"), &cells)?;
        }
        Ok(())
    })?;
    let wanted = world.wanted().map(|outage| {
        let region = outage.region.map(|region| ("region", region.to_owned()));
        let release = outage.release.map(|release| ("release", release.to_owned()));
        let only: Vec<_> = region.into_iter().chain(release).collect();
        let place = only.first().map_or_else(String::new, |(_, value)| format!(" in {value}"));
        Wanted { name: format!("× {}{place}", outage.factor), from: outage.from, until: outage.until, only }
    });
    Ok((firings, wanted.collect()))
}

/// The outages of the fleet: faults strike so many times as often, each for four hours.
const STRIKES: [(&str, &str); 6] = [
    ("*/*/*/*/slow@22d18h+4h=8", "slow loads everywhere"),
    ("*/Checkout/*/*/error@24d12h+4h=150", "errors at the checkout"),
    ("*/*/eu/*/error@26d19h+4h=20", "errors in eu"),
    ("2.5.0/*/*/*/error@28d15h+4h=20", "errors of 2.5.0"),
    ("*/Search/*/*/dead@30d11h+4h=300", "dead search"),
    ("*/*/*/*/error@32d20h+4h=4", "a few errors everywhere"),
];

fn phones(devices: u64) -> Result<(Vec<Firing>, Vec<Wanted>), String> {
    let outages: Vec<fleet::Outage> =
        STRIKES.iter().map(|(outage, _)| outage.parse()).collect::<Result<_, String>>()?;
    let base = fleet::Faults(
        ["*/*/slow=0.001", "*/*/dead=0.0003", "*/*/error=0.0007"]
            .iter()
            .map(|fault| fault.parse())
            .collect::<Result<_, String>>()?,
    );
    let plan = fleet::Plan {
        devices,
        days: DAYS,
        start_unix_s: START_MIN * 60,
        releases: vec![("2.4.0".to_owned(), 0.8), ("2.5.0".to_owned(), 0.2)],
        faults: base,
        outages: outages.clone(),
        ..fleet::Plan::default()
    };
    let firings = looked_at(|canary| {
        let report =
            fleet::run(&plan, || fleet::Post::to(canary, None)).map_err(|error| error.to_string())?;
        eprintln!("{report}");
        Ok(())
    })?;
    let wanted = outages.iter().zip(STRIKES).map(|(outage, (_, name))| {
        let limit = |label: &'static str, value: &str| (value != "*").then(|| (label, value.to_owned()));
        let only = [limit("region", &outage.region), limit("release", &outage.release)];
        let (from, until) = (outage.start_s / 60, (outage.start_s + outage.lasts_s) / 60);
        Wanted { name: name.to_owned(), from, until, only: only.into_iter().flatten().collect() }
    });
    Ok((firings, wanted.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alert_that_is_scored_is_configured() {
        assert!(FileConfig::parse(ALERTS, &|_| None).is_ok());
        for name in NAMES {
            assert!(ALERTS.contains(&format!("name = \"{name}\"")), "{name}");
        }
        assert_eq!(ALERTS.matches("[[alert]]").count(), NAMES.len());
        assert_eq!(START_MIN * 60, fleet::Plan::default().start_unix_s);
        assert_eq!(START_MIN % world::DAY, 0);
    }
}

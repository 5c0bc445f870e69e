//! Thousands of rollouts, judged every hour: how often a good release is rolled back, and how long a bad one runs.
//!
//! `cargo run --release -p rollouts` prints the tables of docs/verdict.md.

mod judges;
mod rollout;

use clap::Parser;
use judges::{GrowthBook, Judge, MannWhitney, Ours, PeekingZ, RawCounts};
use rollout::{HOURS, World};

/// Rolls releases out and has them judged.
#[derive(Debug, Parser)]
struct Options {
    /// Rollouts of each sort. Mann and Whitney's test is slow and gets a tenth of them.
    #[arg(long, default_value_t = 10_000)]
    rollouts: u64,
    /// Sessions a day.
    #[arg(long, default_value_t = 100_000)]
    sessions: u64,
    /// Share of the control's sessions that fail.
    #[arg(long, default_value_t = 0.02)]
    base: f64,
    /// How often a good release may be rolled back.
    #[arg(long, default_value_t = 0.01)]
    alpha: f64,
}

type MakeJudge = Box<dyn Fn() -> Box<dyn Judge>>;

fn main() {
    let options = Options::parse();
    println!(
        "{} rollouts of a week, {} sessions a day, {} % of them fail, App Store ramp, hourly looks, alpha {}\n",
        options.rollouts,
        options.sessions,
        options.base * 100.0,
        options.alpha
    );
    println!("| judge | rolled back although good | 1.25 | 1.5 | 2 | 3 |\n|---|---|---|---|---|---|");
    for (name, share, make) in judges(options.alpha) {
        let rollouts = (options.rollouts / share).max(1);
        let of = |rate_ratio: f64| {
            let world =
                World { sessions_a_day: options.sessions, base: options.base, rate_ratio, cluster: 3.0 };
            judged(&world, rollouts, &make)
        };
        let good = of(1.0);
        let bad: Vec<String> = [1.25, 1.5, 2.0, 3.0].into_iter().map(|ratio| of(ratio).median()).collect();
        println!("| {name} | {:.1} % | {} |", good.caught() * 100.0, bad.join(" | "));
    }
}

fn judges(alpha: f64) -> Vec<(&'static str, u64, MakeJudge)> {
    vec![
        ("ours: sessions that failed, e-process, strata", 1, Box::new(move || Box::new(Ours::new(alpha)))),
        ("the same on all failures", 1, Box::new(move || Box::new(RawCounts::new(alpha)))),
        ("z-test, looked at every hour", 1, Box::new(move || Box::new(PeekingZ::new(alpha)))),
        ("Mann–Whitney as in Kayenta, 98 %", 10, Box::new(|| Box::new(MannWhitney::default()))),
        ("GrowthBook's sequential interval", 1, Box::new(move || Box::new(GrowthBook::new(alpha)))),
    ]
}

/// When each rollout was rolled back, in hours, with how many sessions of the candidate by then.
struct Outcomes {
    rollouts: usize,
    ends: Vec<(usize, u64)>,
}

impl Outcomes {
    #[allow(clippy::cast_precision_loss)]
    fn caught(&self) -> f64 {
        self.ends.len() as f64 / self.rollouts as f64
    }

    /// Of all rollouts, those that were never caught among them.
    fn median(&self) -> String {
        let mut hours: Vec<usize> = self.ends.iter().map(|(hour, _)| *hour).collect();
        let mut sessions: Vec<u64> = self.ends.iter().map(|(_, sessions)| *sessions).collect();
        hours.sort_unstable();
        sessions.sort_unstable();
        match (hours.get(self.rollouts / 2), sessions.get(self.rollouts / 2)) {
            (Some(hours), Some(sessions)) => format!("{hours} h, {sessions}"),
            _ => format!("caught: {:.0} %", self.caught() * 100.0),
        }
    }
}

fn judged(world: &World, rollouts: u64, make: &MakeJudge) -> Outcomes {
    let mut ends = Vec::new();
    for seed in 0..rollouts {
        let mut judge = make();
        let mut sessions = 0;
        for (index, hour) in world.rollout(seed).iter().enumerate() {
            sessions += hour.windows.iter().map(|window| window.candidate.sessions).sum::<u64>();
            if judge.look(hour) {
                ends.push((index + 1, sessions));
                break;
            }
        }
    }
    debug_assert!(ends.iter().all(|(hour, _)| *hour <= HOURS));
    Outcomes { rollouts: usize::try_from(rollouts).unwrap_or(usize::MAX), ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(rate_ratio: f64, rollouts: u64) -> Outcomes {
        let world = World { sessions_a_day: 20_000, base: 0.02, rate_ratio, cluster: 3.0 };
        let make: MakeJudge = Box::new(|| Box::new(Ours::new(0.05)));
        judged(&world, rollouts, &make)
    }

    /// 300 rollouts, of which 15 would be the limit; more than 28 at 5 % has a chance of 1 in 1,500.
    #[test]
    fn good_releases_are_let_be_at_every_look() {
        let good = outcomes(1.0, 300);
        assert!(good.ends.len() <= 28, "{} of {}", good.ends.len(), good.rollouts);
    }

    #[test]
    fn a_doubled_rate_is_caught() {
        let bad = outcomes(2.0, 60);
        assert_eq!(bad.ends.len(), bad.rollouts, "{}", bad.median());
    }
}

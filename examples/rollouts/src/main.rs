//! Thousands of rollouts, judged every hour: how often a good release is rolled back, and how long a bad one runs.
//!
//! `cargo run --release -p rollouts` prints the tables of docs/verdict.md.

mod judges;
mod late;
mod rollout;

use clap::Parser;
use judges::{GrowthBook, Judge, MannWhitney, Ours, PeekingZ, RawCounts};
use rollout::{HOURS, World};

const LATE: &str = "ours, where three in ten sessions are heard of hours late";

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
    /// Only the judges whose names hold this.
    #[arg(long, default_value = "")]
    judge: String,
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
    let world =
        |rate_ratio| World { sessions_a_day: options.sessions, base: options.base, rate_ratio, cluster: 3.0 };
    let asked = |name: &str| name.contains(&options.judge);
    for (name, share, make) in judges(options.alpha) {
        if !asked(name) {
            continue;
        }
        print_row(name, options.rollouts / share, |world, seed| judged(world, seed, &make), world);
    }
    let late = |world: &World, seed| late::rolled_back(world, seed, options.alpha);
    if asked(LATE) {
        print_row(LATE, options.rollouts, late, world);
    }
}

/// One judge over good and bad releases. `roll_out` says when a rollout ended, if it did.
fn print_row(
    name: &str,
    rollouts: u64,
    roll_out: impl Fn(&World, u64) -> Option<(usize, u64)>,
    world: impl Fn(f64) -> World,
) {
    let rollouts = rollouts.max(1);
    let of = |rate_ratio| Outcomes::of(rollouts, |seed| roll_out(&world(rate_ratio), seed));
    let good = of(1.0);
    let bad: Vec<String> = [1.25, 1.5, 2.0, 3.0].into_iter().map(|ratio| of(ratio).median()).collect();
    println!("| {name} | {:.1} % | {} |", good.caught() * 100.0, bad.join(" | "));
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
    /// Of this many rollouts, one for each seed.
    fn of(rollouts: u64, roll_out: impl Fn(u64) -> Option<(usize, u64)>) -> Self {
        let ends: Vec<_> = (0..rollouts).filter_map(roll_out).collect();
        debug_assert!(ends.iter().all(|(hour, _)| *hour <= HOURS));
        Self { rollouts: usize::try_from(rollouts).unwrap_or(usize::MAX), ends }
    }

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

/// When the judge rolled it back, in hours, with how many sessions of the candidate by then.
fn judged(world: &World, seed: u64, make: &MakeJudge) -> Option<(usize, u64)> {
    let mut judge = make();
    let mut sessions = 0;
    for (index, hour) in world.rollout(seed).iter().enumerate() {
        sessions += hour.windows.iter().map(|window| window.candidate.sessions).sum::<u64>();
        if judge.look(hour) {
            return Some((index + 1, sessions));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn world(rate_ratio: f64) -> World {
        World { sessions_a_day: 20_000, base: 0.02, rate_ratio, cluster: 3.0 }
    }

    fn outcomes(rate_ratio: f64, rollouts: u64, make: &MakeJudge) -> Outcomes {
        Outcomes::of(rollouts, |seed| judged(&world(rate_ratio), seed, make))
    }

    fn ours(alpha: f64) -> MakeJudge {
        Box::new(move || Box::new(Ours::new(alpha)))
    }

    /// At 5 % of 400 there would be 20, and more than 35 with a chance of 1 in 1,700; at 1 % 4, and more than 11 of 1 in
    /// 1,100.
    #[test]
    fn good_releases_are_let_be_at_every_look() {
        for (alpha, most) in [(0.05, 35), (0.01, 11)] {
            let good = outcomes(1.0, 400, &ours(alpha));
            assert!(good.ends.len() <= most, "{alpha}: {} of {}", good.ends.len(), good.rollouts);
        }
    }

    /// What the bound above is worth: the test that is not made for looking breaks it.
    #[test]
    fn who_peeks_breaks_that_bound() {
        let peeking: MakeJudge = Box::new(|| Box::new(PeekingZ::new(0.05)));
        assert!(outcomes(1.0, 400, &peeking).ends.len() > 35);
    }

    #[test]
    fn phones_that_send_late_change_nothing_about_it() {
        let good = Outcomes::of(100, |seed| late::rolled_back(&world(1.0), seed, 0.05));
        // 5 expected at most; more than 13 with a chance of 1 in 2,000.
        assert!(good.ends.len() <= 13, "{} of {}", good.ends.len(), good.rollouts);
        let bad = Outcomes::of(20, |seed| late::rolled_back(&world(2.0), seed, 0.05));
        assert_eq!(bad.ends.len(), 20, "{}", bad.median());
    }

    #[test]
    fn a_doubled_rate_is_caught() {
        let bad = outcomes(2.0, 60, &ours(0.05));
        assert_eq!(bad.ends.len(), bad.rollouts, "{}", bad.median());
    }
}

//! One rollout: a week of a shop with two systems and two segments, hour by hour.

use amends_verdict::{Arm, Window};
use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};
use rand_distr::{Binomial, Distribution as _, Geometric};

/// The App Store's phased release, day by day; on the last day some have not updated yet.
const RAMP: [f64; 7] = [0.01, 0.02, 0.05, 0.10, 0.20, 0.50, 0.95];
/// Looks: one each hour of the week.
pub(crate) const HOURS: usize = 24 * RAMP.len();
/// Share of all sessions, and how often their sessions fail beside all others: a mix that averages 1.
const STRATA: [(f64, f64); 4] = [(0.40, 0.8), (0.10, 0.5), (0.40, 1.3), (0.10, 1.1)];
/// More updates early among some: strata of other rates have other shares of the candidate.
const EAGER: [f64; 4] = [1.4, 1.0, 0.7, 0.6];

/// What is rolled out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World {
    pub(crate) sessions_a_day: u64,
    /// How many of the control's sessions fail, from 0 to 1.
    pub(crate) base: f64,
    /// How many times as many of the candidate's.
    pub(crate) rate_ratio: f64,
    /// How many failures a session that fails has, on average: they come in clusters.
    pub(crate) cluster: f64,
}

/// One hour: a window of each stratum, and all failures of candidate and control.
pub(crate) struct Hour {
    pub(crate) windows: Vec<Window>,
    pub(crate) failures: (u64, u64),
}

impl World {
    /// A week of it.
    pub(crate) fn rollout(&self, seed: u64) -> Vec<Hour> {
        let mut chance = SmallRng::seed_from_u64(seed);
        (0..HOURS).map(|hour| self.hour(hour, &mut chance)).collect()
    }

    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn hour(&self, hour: usize, chance: &mut SmallRng) -> Hour {
        // More people in the evening, and more failures then: the backend is busy.
        let day = ((hour % 24) as f64 / 24.0 * std::f64::consts::TAU).cos();
        let (busy, worse) = (0.6f64.mul_add(-day, 1.0), 0.3f64.mul_add(-day, 1.0));
        let ramp = RAMP[hour / 24];
        let mut failures = (0, 0);
        let windows = STRATA.iter().zip(EAGER).map(|((share, rate), eager)| {
            let sessions =
                (self.sessions_a_day as f64 / 24.0 * busy * share * chance.random_range(0.9..1.1)) as u64;
            let new = draw(sessions, (ramp * eager).min(0.98), chance);
            let base = self.base * rate * worse;
            let candidate =
                Arm { sessions: new, failed: draw(new, (base * self.rate_ratio).min(1.0), chance) };
            let control = Arm { sessions: sessions - new, failed: draw(sessions - new, base, chance) };
            failures.0 += self.clustered(candidate.failed, chance);
            failures.1 += self.clustered(control.failed, chance);
            Window { candidate, control }
        });
        let windows = windows.collect();
        Hour { windows, failures }
    }

    fn clustered(&self, sessions: u64, chance: &mut SmallRng) -> u64 {
        let Ok(more) = Geometric::new(1.0 / self.cluster) else { return sessions };
        (0..sessions).map(|_| 1 + more.sample(chance)).sum()
    }
}

fn draw(of: u64, share: f64, chance: &mut SmallRng) -> u64 {
    Binomial::new(of, share).map_or(0, |binomial| binomial.sample(chance))
}

//! Phones that send late: an hour's window grows after it is over, and each look judges all windows anew, as the canary does.

use amends_verdict::{Arm, Direction, Evidence, Window};
use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};
use rand_distr::{Distribution as _, Geometric};

use crate::rollout::{HOURS, World};

/// Of sessions that failed, so many are not heard of within their hour: no network. The others send within 10 s.
const FAILED_LATE: f64 = 0.1;
/// Of sessions that did not fail: those send when the app goes to the background.
const OTHERS_LATE: f64 = 0.3;
/// How many hours late on average, at least one.
const MEAN_HOURS: f64 = 12.0;

/// When it was rolled back, in hours, and how many sessions of the candidate had been heard of by then.
pub(crate) fn rolled_back(world: &World, seed: u64, alpha: f64) -> Option<(usize, u64)> {
    let mut chance = SmallRng::seed_from_u64(!seed);
    let mut heard: Vec<Window> = Vec::new();
    // What arrives in each hour: which window it is of, and what it adds.
    let mut arrivals: Vec<Vec<(usize, Window)>> = vec![Vec::new(); HOURS];
    for (hour, truth) in world.rollout(seed).iter().enumerate() {
        for window in &truth.windows {
            let place = heard.len();
            heard.push(Window::default());
            for (arrival, part) in parts(window, hour, &mut chance) {
                if let Some(arrivals) = arrivals.get_mut(arrival) {
                    arrivals.push((place, part));
                }
            }
        }
        for (place, part) in arrivals.get_mut(hour).map(std::mem::take).unwrap_or_default() {
            if let Some(window) = heard.get_mut(place) {
                *window = Window {
                    candidate: sum(window.candidate, part.candidate),
                    control: sum(window.control, part.control),
                };
            }
        }
        if Evidence::new(1.0, Direction::Above).over(&heard).log_e() >= -alpha.ln() {
            return Some((hour + 1, heard.iter().map(|window| window.candidate.sessions).sum()));
        }
    }
    None
}

/// The window, by the hour in which each part of it is heard of.
fn parts(window: &Window, hour: usize, chance: &mut SmallRng) -> Vec<(usize, Window)> {
    let mut parts = vec![(hour, *window)];
    let Ok(more) = Geometric::new(1.0 / MEAN_HOURS) else { return parts };
    for is_candidate in [true, false] {
        let arm = if is_candidate { window.candidate } else { window.control };
        for session in 0..arm.sessions {
            let failed = session < arm.failed;
            if !chance.random_bool(if failed { FAILED_LATE } else { OTHERS_LATE }) {
                continue;
            }
            let one = Arm { sessions: 1, failed: u64::from(failed) };
            let late = if is_candidate {
                Window { candidate: one, control: Arm::default() }
            } else {
                Window { candidate: Arm::default(), control: one }
            };
            if let Some((_, at_once)) = parts.first_mut() {
                let from = if is_candidate { &mut at_once.candidate } else { &mut at_once.control };
                *from = Arm { sessions: from.sessions - one.sessions, failed: from.failed - one.failed };
            }
            let delay = usize::try_from(more.sample(chance)).unwrap_or(HOURS);
            parts.push((hour.saturating_add(1).saturating_add(delay), late));
        }
    }
    parts
}

const fn sum(one: Arm, other: Arm) -> Arm {
    Arm { sessions: one.sessions + other.sessions, failed: one.failed + other.failed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_on_the_way() {
        let window = Window {
            candidate: Arm { sessions: 400, failed: 40 },
            control: Arm { sessions: 3_000, failed: 60 },
        };
        let parts = parts(&window, 5, &mut SmallRng::seed_from_u64(1));
        let all = parts.iter().fold(Window::default(), |all, (_, part)| Window {
            candidate: sum(all.candidate, part.candidate),
            control: sum(all.control, part.control),
        });
        assert_eq!(all, window);
        let late: u64 = parts.iter().skip(1).map(|(_, part)| part.control.sessions).sum();
        assert!((700..1_000).contains(&late), "{late}");
        assert!(parts.iter().skip(1).all(|(arrival, _)| *arrival > 5));
    }
}

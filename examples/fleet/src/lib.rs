//! Many devices with the real engine, files and outbox, through days of virtual time.
//!
//! Everything follows from the seed: the same plan gives the same batches, byte for byte, however many threads run it.
//! Each device lives by itself, so that memory does not grow with the fleet.

mod chance;
mod faults;
mod life;
mod outages;
mod post;
mod report;

pub use faults::{Fault, Faults, What};
pub use outages::Outage;
pub use post::{Drop, Post, PostError, Sink};
pub use report::{OfRelease, Report};

use chance::Chance;
use std::thread;

/// What to simulate.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many devices.
    pub devices: u64,
    /// How many days each of them lives.
    pub days: u64,
    /// Everything that is drawn follows from it.
    pub seed: u64,
    /// When the first day begins, seconds since 1970 UTC.
    pub start_unix_s: u64,
    /// The releases and the share of devices that run each; the shares are weights.
    pub releases: Vec<(String, f64)>,
    /// What goes wrong, where.
    pub faults: Faults,
    /// What goes wrong for a while.
    pub outages: Vec<Outage>,
    /// The share of silent devices.
    pub holdout: f64,
    /// Threads to run on.
    pub threads: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            devices: 100_000,
            days: 1,
            seed: 1,
            start_unix_s: 1_767_571_200, // Monday, 5 January 2026
            releases: vec![("2.4.0".into(), 0.9), ("2.5.0".into(), 0.1)],
            faults: Faults::default(),
            outages: Vec::new(),
            holdout: 0.1,
            threads: thread::available_parallelism().map_or(1, Into::into),
        }
    }
}

/// Runs the plan; each batch goes to a sink, one sink a thread.
///
/// # Errors
/// The first error of a sink.
pub fn run<S: Sink + Send>(plan: &Plan, sink: impl Fn() -> S + Sync) -> Result<Report, PostError> {
    let threads = plan.threads.max(1) as u64;
    let parts: Vec<Result<Report, PostError>> = thread::scope(|scope| {
        let sink = &sink;
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                scope.spawn(move || {
                    let (mut report, mut sink) = (Report::default(), sink());
                    for device in (worker..plan.devices).step_by(plan.threads.max(1)) {
                        life::live(plan, Chance::new(plan.seed, device), &mut sink, &mut report)?;
                    }
                    Ok(report)
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(Err(PostError::Broken))).collect()
    });
    let mut whole = Report::default();
    for part in parts {
        whole.add(&part?);
    }
    Ok(whole)
}

//! What a fleet lived through, as its engines decided it.

use amends_core::{Decision, Outcome};
use std::collections::BTreeMap;
use std::fmt;

/// The totals of one release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfRelease {
    /// Devices that ran it.
    pub devices: u64,
    /// Sessions.
    pub sessions: u64,
    /// Failures told to the person.
    pub shown: u64,
    /// Failures counted in silence.
    pub suppressed: u64,
    /// Failures of silent devices.
    pub held_out: u64,
    /// Failures that mended themselves before anything was drawn.
    pub recovered: u64,
}

impl OfRelease {
    /// All failures.
    pub const fn failures(&self) -> u64 {
        self.shown + self.suppressed + self.held_out + self.recovered
    }
}

/// What a fleet lived through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// By release.
    pub releases: BTreeMap<String, OfRelease>,
    /// Batches that were sent.
    pub batches: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Events the engines took.
    pub events: u64,
    /// The same for the same batches, in whatever order they were sent.
    pub digest: u64,
}

impl Report {
    pub(crate) fn release(&mut self, release: &str) -> &mut OfRelease {
        self.releases.entry(release.to_owned()).or_default()
    }

    pub(crate) fn decided(&mut self, release: &str, decision: &Decision) {
        let of = self.release(release);
        match decision.outcome {
            Outcome::Shown => of.shown += 1,
            Outcome::Suppressed => of.suppressed += 1,
            Outcome::HeldOut => of.held_out += 1,
            Outcome::Recovered => of.recovered += 1,
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (name, part) in &other.releases {
            let of = self.release(name);
            of.devices += part.devices;
            of.sessions += part.sessions;
            of.shown += part.shown;
            of.suppressed += part.suppressed;
            of.held_out += part.held_out;
            of.recovered += part.recovered;
        }
        self.batches += other.batches;
        self.bytes += other.bytes;
        self.events += other.events;
        self.digest = self.digest.wrapping_add(other.digest);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<12} {:>9} {:>10} {:>9} {:>8} {:>11} {:>9} {:>10} {:>14}",
            "release",
            "devices",
            "sessions",
            "failures",
            "sorry",
            "suppressed",
            "held out",
            "recovered",
            "a 1,000 sess."
        )?;
        for (name, of) in &self.releases {
            #[expect(clippy::cast_precision_loss, reason = "a rate to one decimal")]
            let rate = of.failures() as f64 * 1_000.0 / of.sessions.max(1) as f64;
            writeln!(
                f,
                "{name:<12} {:>9} {:>10} {:>9} {:>8} {:>11} {:>9} {:>10} {rate:>14.1}",
                of.devices,
                of.sessions,
                of.failures(),
                of.shown,
                of.suppressed,
                of.held_out,
                of.recovered
            )?;
        }
        write!(
            f,
            "{} events, {} batches of {} bytes on average, digest {:016x}",
            self.events,
            self.batches,
            self.bytes / self.batches.max(1),
            self.digest
        )
    }
}

//! When a window closes and its counts are sent.
//!
//! The first failure after a quiet spell is sent within 10 s, at a random moment, so that an outage does not make every
//! phone call at once; then at most once a minute. Denominators ride along; they also go out at backgrounding, and
//! after 15 minutes in an app that never leaves the front.

use super::random::{Random, up_to};
use crate::moment::Moment;
use std::time::Duration;

/// How soon and how often counts are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaceSettings {
    /// The first failure after a quiet spell goes out within this time. Default 10 s.
    pub failure_within: Duration,
    /// Windows with failures close at most this often. Default 60 s.
    pub at_most_every: Duration,
    /// A window without failures closes after this time. Default 15 min.
    pub denominators_every: Duration,
    /// Backgrounding closes a window at most this often, so that flipping between apps does not make a batch each time.
    /// Default 10 s.
    pub background_every: Duration,
}

impl Default for PaceSettings {
    fn default() -> Self {
        Self {
            failure_within: Duration::from_secs(10),
            at_most_every: Duration::from_secs(60),
            denominators_every: Duration::from_secs(15 * 60),
            background_every: Duration::from_secs(10),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Pace {
    last_closed: Option<Moment>,
    /// The last one with a failure in it.
    last_failed: Option<Moment>,
    close_at: Option<Moment>,
    for_failure: bool,
}

impl Pace {
    /// Something was counted.
    pub(super) fn counted(&mut self, now: Moment, settings: &PaceSettings) {
        if self.close_at.is_none() {
            self.close_at = Some(now.plus(settings.denominators_every));
        }
    }

    /// A failure was counted.
    pub(super) fn failed(&mut self, now: Moment, settings: &PaceSettings, random: &mut dyn Random) {
        if self.for_failure {
            return;
        }
        self.for_failure = true;
        let soon = now.plus(up_to(settings.failure_within, random));
        let not_before = self.last_failed.map(|last| last.plus(settings.at_most_every));
        self.close_at = Some(not_before.map_or(soon, |earliest| soon.max(earliest)));
    }

    /// The app went to the background.
    pub(super) fn backgrounded(&mut self, now: Moment, settings: &PaceSettings) {
        if self.last_closed.is_none_or(|last| now.since(last) >= settings.background_every) {
            self.close_at = Some(now);
        }
    }

    pub(super) fn is_due(&self, now: Moment) -> bool {
        self.close_at.is_some_and(|at| at <= now)
    }

    pub(super) const fn next_deadline(&self) -> Option<Moment> {
        self.close_at
    }

    pub(super) fn closed(&mut self, now: Moment) {
        let last_failed = if self.for_failure { Some(now) } else { self.last_failed };
        *self = Self { last_closed: Some(now), last_failed, close_at: None, for_failure: false };
    }

    /// It could not be closed (full disk): try again later.
    pub(super) fn put_off(&mut self, until: Moment) {
        self.close_at = Some(until);
    }
}

//! What a detector is given, and what it says.

use serde::{Deserialize, Serialize};

use crate::usual::{Hour, Usual};

/// Counts of one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Minutes since 1970.
    pub(crate) minute: i64,
    pub(crate) events: i64,
    pub(crate) exposure: i64,
}

/// What is known of one group of an alert.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    /// In the order of time, without minutes that counted nothing.
    pub(crate) minutes: &'a [Cell],
    /// The hours before, in the order of time.
    pub(crate) hours: &'a [Hour],
    pub(crate) usual: &'a Usual,
    /// The first minute that is not judged yet.
    pub(crate) now: i64,
    /// Only what was counted from this minute on is evidence: when this alert was resolved last.
    pub(crate) restart: i64,
    /// Groups that are judged side by side.
    pub(crate) groups: usize,
}

/// What a window counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sum {
    pub(crate) events: i64,
    pub(crate) exposure: i64,
    /// Its length.
    pub(crate) minutes: i64,
}

/// Too much, or quiet, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    High,
    Between,
    Low,
}

/// What a detector says now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    pub(crate) level: Level,
    /// What the sentence is about.
    pub(crate) sum: Sum,
    /// The rate it was measured against: a limit, or what is usual.
    pub(crate) against: Option<f64>,
    /// The minute since which it seems to go on, where the detector knows.
    pub(crate) since: Option<i64>,
}

impl Reading {
    /// Too little to say anything.
    pub(crate) const QUIET: Self = Self {
        level: Level::Low,
        sum: Sum { events: 0, exposure: 0, minutes: 0 },
        against: None,
        since: None,
    };
}

impl Sum {
    /// Events for each exposure; `None` without exposure.
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    pub(crate) fn rate(&self) -> Option<f64> {
        (self.exposure > 0).then(|| self.events as f64 / self.exposure as f64)
    }
}

impl View<'_> {
    /// The last `minutes` before now.
    pub(crate) fn last(&self, minutes: i64) -> Sum {
        self.between(self.now - minutes)
    }

    /// From a minute on to now.
    pub(crate) fn between(&self, from: i64) -> Sum {
        let start = self.minutes.partition_point(|cell| cell.minute < from);
        let mut sum = Sum { minutes: self.now - from, ..Sum::default() };
        for cell in self.minutes.iter().skip(start).take_while(|cell| cell.minute < self.now) {
            sum.events = sum.events.saturating_add(cell.events);
            sum.exposure = sum.exposure.saturating_add(cell.exposure);
        }
        sum
    }
}

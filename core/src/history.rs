//! How often each kind has failed lately, in buckets of an hour: what a rule means by "the third time in 7 days".
//!
//! It belongs to the person, stays on the device, and is forgotten when somebody else comes.

use crate::kinds::Kind;
use serde::{Deserialize, Serialize};

/// Buckets kept: 7 days of hours.
const WEEK_HOURS: u64 = 7 * 24;
/// Buckets read at most: every kind in every hour.
const MOST: usize = Kind::COUNT * 168;

/// Failures by kind and hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct History {
    /// Oldest first.
    buckets: Vec<Bucket>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bucket {
    kind: Kind,
    /// Hours since 1970.
    hour: u64,
    count: u32,
}

/// As it is kept in the state file: kind, hour, count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HistoryState(Vec<(String, u64, u32)>);

const fn hour_of(unix_ms: u64) -> u64 {
    unix_ms / 3_600_000
}

impl History {
    /// Takes note of a failure.
    pub(crate) fn add(&mut self, kind: Kind, unix_ms: u64) {
        let hour = hour_of(unix_ms);
        // A bucket that lies ahead was a wrong clock.
        self.buckets.retain(|b| b.hour <= hour && hour - b.hour < WEEK_HOURS);
        match self.buckets.iter_mut().find(|b| b.kind == kind && b.hour == hour) {
            Some(bucket) => bucket.count = bucket.count.saturating_add(1),
            None => self.buckets.push(Bucket { kind, hour, count: 1 }),
        }
    }

    /// How often it failed in this hour and the 167 before it.
    pub(crate) fn within_week(&self, kind: Kind, unix_ms: u64) -> u32 {
        let hour = hour_of(unix_ms);
        let recent = |b: &&Bucket| b.kind == kind && b.hour <= hour && hour - b.hour < WEEK_HOURS;
        self.buckets.iter().filter(recent).fold(0, |sum, bucket| sum.saturating_add(bucket.count))
    }

    pub(crate) fn forget(&mut self) {
        self.buckets.clear();
    }

    pub(crate) fn state(&self) -> HistoryState {
        HistoryState(self.buckets.iter().map(|b| (b.kind.as_str().to_owned(), b.hour, b.count)).collect())
    }

    pub(crate) fn from_state(state: &HistoryState) -> Self {
        let bucket = |(kind, hour, count): &(String, u64, u32)| {
            Some(Bucket { kind: Kind::from_name(kind)?, hour: *hour, count: *count })
        };
        Self { buckets: state.0.iter().filter_map(bucket).take(MOST).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;

    #[test]
    fn a_week_is_seven_days_of_hours() {
        let mut history = History::default();
        let start = 1_000 * HOUR;
        history.add(Kind::Error, start);
        history.add(Kind::Error, start + 59 * 60_000);
        history.add(Kind::Hang, start);
        history.add(Kind::Error, start + 100 * HOUR);
        assert_eq!(history.within_week(Kind::Error, start + 167 * HOUR), 3);
        assert_eq!(history.within_week(Kind::Error, start + 168 * HOUR), 1);
        assert_eq!(history.within_week(Kind::Hang, start), 1);
        history.forget();
        assert_eq!(history.within_week(Kind::Error, start + 100 * HOUR), 0);
    }

    #[test]
    fn a_clock_that_jumps_back_forgets_what_lies_ahead() {
        let mut history = History::default();
        history.add(Kind::Error, 5_000 * HOUR);
        assert_eq!(history.within_week(Kind::Error, 10 * HOUR), 0);
        history.add(Kind::Error, 10 * HOUR);
        assert_eq!(history.within_week(Kind::Error, 5_000 * HOUR), 0);
    }

    #[test]
    fn it_survives_its_file_and_is_bounded() {
        let mut history = History::default();
        for hour in 0..1_000 {
            for kind in Kind::ALL {
                history.add(*kind, hour * HOUR);
            }
        }
        assert_eq!(history.buckets.len(), Kind::ALL.len() * 7 * 24);
        assert_eq!(History::from_state(&history.state()), history);
        let mut forged = history.state();
        forged.0.extend(history.state().0);
        assert_eq!(History::from_state(&forged), history);
    }
}

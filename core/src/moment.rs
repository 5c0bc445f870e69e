//! Time as the engine knows it: handed in, never read from a clock.

use std::time::Duration;

/// A point on the host's monotonic clock, in milliseconds from an origin the host chooses (boot, process start).
///
/// The clock should go on while the device sleeps (`elapsedRealtime` on Android, `mach_continuous_time` on iOS):
/// caps such as "2 in 24 h" are measured on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Moment(u64);

impl Moment {
    /// The moment `ms` milliseconds after the clock's origin.
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the clock's origin.
    pub const fn as_ms(self) -> u64 {
        self.0
    }

    /// The moment `after` later; stays at the clock's end instead of overflowing.
    #[must_use]
    pub fn plus(self, after: Duration) -> Self {
        Self(self.0.saturating_add(ms(after)))
    }

    /// How long ago `earlier` was; zero if it lies ahead.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

/// Both clocks of the host, read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Drives every deadline and cap.
    pub monotonic: Moment,
    /// Milliseconds since 1970-01-01 UTC; used for the wire's windows, for "first today", and to carry caps over a
    /// restart. It may be wrong and it may jump: no decision inside one process depends on it.
    pub unix_ms: u64,
}

/// Maps monotonic moments to wall time through the latest reading of both clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wall {
    anchor: Now,
}

/// The year 2200: what a wall clock may say at most, so that sums of it cannot overflow anything.
const LATEST_UNIX_MS: u64 = 7_258_118_400_000;

impl Wall {
    pub(crate) fn new(now: Now) -> Self {
        let unix_ms = now.unix_ms.min(LATEST_UNIX_MS);
        Self { anchor: Now { unix_ms, ..now } }
    }

    /// Milliseconds since 1970 at `at`.
    pub(crate) fn unix_ms(&self, at: Moment) -> u64 {
        let (at, anchor) = (at.as_ms(), self.anchor.monotonic.as_ms());
        let shifted = if at >= anchor {
            self.anchor.unix_ms.saturating_add(at - anchor)
        } else {
            self.anchor.unix_ms.saturating_sub(anchor - at)
        };
        shifted.min(LATEST_UNIX_MS)
    }

    /// Days since 1970, UTC: the day of "first today".
    pub(crate) fn day(&self, at: Moment) -> u64 {
        self.unix_ms(at) / 86_400_000
    }
}

/// Whole milliseconds of a duration, saturating.
pub(crate) fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The earlier of two optional deadlines.
pub(crate) fn earliest(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_saturates() {
        let end = Moment::from_ms(u64::MAX);
        assert_eq!(end.plus(Duration::MAX), end);
        assert_eq!(Moment::from_ms(1).since(Moment::from_ms(5)), Duration::ZERO);
    }

    #[test]
    fn wall_time_follows_the_monotonic_clock_in_both_directions() {
        let wall = Wall::new(Now { monotonic: Moment::from_ms(1_000), unix_ms: 50_000 });
        assert_eq!(wall.unix_ms(Moment::from_ms(1_500)), 50_500);
        assert_eq!(wall.unix_ms(Moment::from_ms(400)), 49_400);
        assert_eq!(
            Wall::new(Now { monotonic: Moment::default(), unix_ms: u64::MAX }).unix_ms(Moment::from_ms(9)),
            LATEST_UNIX_MS
        );
    }
}

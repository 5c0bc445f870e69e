//! How long to wait after a try that failed: exponential with full jitter, `Retry-After` honoured.

use super::random::{Random, up_to};
use std::time::Duration;

const FIRST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// A server may ask for patience, but not for for ever.
const LONGEST_ASKED: Duration = Duration::from_secs(24 * 3_600);

/// The wait after `failures` tries in a row, at least what the server asked for.
pub(super) fn wait(failures: u32, asked: Option<Duration>, random: &mut dyn Random) -> Duration {
    let ceiling =
        FIRST.saturating_mul(1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX)).min(LONGEST);
    let jitter = up_to(ceiling, random);
    // On top of what was asked, or all phones would come back at the same moment.
    asked.map_or(jitter, |asked| asked.min(LONGEST_ASKED).saturating_add(jitter))
}

#[cfg(test)]
mod tests {
    use super::super::random::Seeded;
    use super::*;

    #[test]
    fn grows_to_ten_minutes_and_covers_its_whole_range() {
        let mut random = Seeded::new(1);
        let mut longest = |failures| (0..2_000).map(|_| wait(failures, None, &mut random)).max().unwrap();
        let (first, fourth, late) = (longest(1), longest(4), longest(40));
        assert!(first <= FIRST && first > FIRST * 9 / 10, "{first:?}");
        assert!(fourth <= FIRST * 8 && fourth > FIRST * 7, "{fourth:?}");
        assert!(late <= LONGEST && late > LONGEST * 9 / 10, "{late:?}");
    }

    #[test]
    fn what_the_server_asks_for_is_the_least() {
        let mut random = Seeded::new(2);
        let asked = Duration::from_secs(120);
        let wait = wait(1, Some(asked), &mut random);
        assert!((asked..=asked + FIRST).contains(&wait));
    }
}

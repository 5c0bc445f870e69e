//! Which minute a window's counts are filed under.

/// Whether the device's clock is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockRule {
    /// Believed from 8 days ago to 1 hour ahead; otherwise the time of arrival counts.
    Plausible,
    /// Believed from 2000 to 2100: for simulations in virtual time.
    Any,
}

const PAST_S: i64 = 8 * 86_400;
const FUTURE_S: i64 = 3_600;
const YEAR_2000_S: i64 = 946_684_800;
const YEAR_2100_S: i64 = 4_102_444_800;

/// The minute to file under, and whether that is the time of arrival because the clock was absurd.
pub(crate) fn minute_for(end_nanos: u64, arrival_s: i64, rule: ClockRule) -> (i64, bool) {
    let end_s = i64::try_from(end_nanos / 1_000_000_000).unwrap_or(i64::MAX);
    let believed = match rule {
        ClockRule::Plausible => (arrival_s - PAST_S..=arrival_s + FUTURE_S).contains(&end_s),
        ClockRule::Any => (YEAR_2000_S..YEAR_2100_S).contains(&end_s),
    };
    // The end itself is no longer of the window: one that ends on the minute is filed under the minute before.
    let last_s = i64::try_from(end_nanos.saturating_sub(1) / 1_000_000_000).unwrap_or(i64::MAX);
    if believed { (last_s.div_euclid(60), false) } else { (arrival_s.div_euclid(60), true) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const NANOS: u64 = 1_000_000_000;

    fn at(seconds: i64) -> u64 {
        u64::try_from(seconds).unwrap() * NANOS
    }

    #[test]
    fn edges_of_the_plausible_window() {
        for (end, absurd) in
            [(NOW, false), (NOW - PAST_S, false), (NOW - PAST_S - 1, true), (NOW + 3_600, false)]
        {
            let (minute, was) = minute_for(at(end), NOW, ClockRule::Plausible);
            assert_eq!(was, absurd, "end {end}");
            assert_eq!(minute, if absurd { NOW / 60 } else { (end - 1) / 60 });
        }
        assert_eq!(minute_for(at(NOW + 3_601), NOW, ClockRule::Plausible), (NOW / 60, true));
        assert_eq!(minute_for(0, NOW, ClockRule::Plausible), (NOW / 60, true));
        assert_eq!(minute_for(u64::MAX, NOW, ClockRule::Plausible), (NOW / 60, true));
    }

    #[test]
    fn a_window_that_ends_on_the_minute_is_of_the_minute_before() {
        let minute = |nanos| minute_for(nanos, NOW, ClockRule::Plausible).0;
        assert_eq!(NOW % 60, 0);
        assert_eq!(minute(at(NOW)), NOW / 60 - 1);
        assert_eq!(minute(at(NOW) + 1), NOW / 60);
        assert_eq!(minute(at(NOW) - 1), NOW / 60 - 1);
    }

    #[test]
    fn any_clock_still_has_a_sane_range() {
        assert_eq!(minute_for(at(YEAR_2000_S), NOW, ClockRule::Any), (YEAR_2000_S / 60 - 1, false));
        assert_eq!(minute_for(at(YEAR_2100_S), NOW, ClockRule::Any), (NOW / 60, true));
        assert_eq!(minute_for(1, NOW, ClockRule::Any), (NOW / 60, true));
    }
}

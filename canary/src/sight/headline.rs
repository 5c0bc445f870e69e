//! The one sentence that has to be understood in five seconds.

use super::rate::Point;
use super::words::{clock, part_of_week, rate, times};
use crate::usual::Basis;

/// Minutes of an hour that must have gone by before it is spoken of: devices without failures report every 15 minutes, so
/// a young hour has its failures, but not yet what they are counted against.
const SETTLED_MINUTES: i64 = 20;

/// How the hour compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Nothing was counted.
    Nothing,
    /// The history is too short to know what is usual.
    Unknown,
    Less,
    Usual,
    More,
}

impl Level {
    /// The word for it in HTML, CSV and JSON.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Unknown => "unknown",
            Self::Less => "less",
            Self::Usual => "usual",
            Self::More => "more",
        }
    }
}

/// The headline, and the figures that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) level: Level,
    pub(crate) text: String,
    pub(crate) detail: String,
}

/// Speaks of the hour that runs, once it has settled, else of the one before if anything was counted in it.
pub(crate) fn headline(points: &[Point], now_minute: i64) -> Headline {
    let running = now_minute.div_euclid(60);
    let settled = now_minute.rem_euclid(60) >= SETTLED_MINUTES;
    let of = |hour: i64| points.iter().find(|point| point.hour == hour && point.opportunities > 0);
    // An app that has only begun has no hour before.
    let point = if settled { of(running) } else { of(running - 1).or_else(|| of(running)) };
    let Some(point) = point else {
        return Headline {
            level: Level::Nothing,
            text: "Nothing counted in the last hour".to_owned(),
            detail: "No device reported that anything could have failed.".to_owned(),
        };
    };
    let until = if point.hour == running { "now".to_owned() } else { clock(point.hour + 1) };
    let span = format!("between {} and {until} UTC", clock(point.hour));
    let per_1000 = point.per_1000().unwrap_or_default();
    let figures = format!("{} failures per 1,000 chances {span}", rate(per_1000));
    let Some(expected) = point.expected else {
        return Headline {
            level: Level::Unknown,
            text: "Too early to say what is usual".to_owned(),
            detail: format!("{figures}. What is usual is known after a day of counts."),
        };
    };
    let when = match expected.basis {
        Basis::HourOfWeek => format!("for a {}", part_of_week(point.hour)),
        Basis::HourOfDay => "for this time of day".to_owned(),
        Basis::All => "so far".to_owned(),
    };
    let ratio = times(per_1000 / (expected.rate * 1_000.0));
    let (low, high) = (expected.low * 1_000.0, expected.high * 1_000.0);
    let (level, text) = if per_1000 > high {
        (Level::More, format!("Having to say sorry {ratio} times as often as usual {when}"))
    } else if per_1000 < low {
        (Level::Less, format!("Having to say sorry less than usual {when}: {ratio} times as often"))
    } else {
        (Level::Usual, format!("As usual {when}"))
    };
    Headline { level, text, detail: format!("{figures}; usual is {} to {}.", rate(low), rate(high)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usual::Expected;

    const SUNDAY_10: i64 = 1_795_341_600 / 3_600; // 2026-11-22T10:00:00Z

    fn said(failures: i64, basis: Option<Basis>, minute: i64) -> Headline {
        let expected = basis.map(|basis| Expected {
            rate: 0.005,
            low: 0.004,
            high: 0.006,
            error: 0.1,
            basis,
            periods: 4,
        });
        let point = |hour, failures| Point { hour, failures, opportunities: 10_000, expected };
        headline(&[point(SUNDAY_10 - 1, 50), point(SUNDAY_10, failures)], SUNDAY_10 * 60 + minute)
    }

    #[test]
    fn it_says_how_the_hour_compares_with_its_like() {
        let more = said(115, Some(Basis::HourOfWeek), 30);
        assert_eq!(more.level, Level::More);
        assert_eq!(more.text, "Having to say sorry 2.3 times as often as usual for a Sunday morning");
        assert_eq!(
            more.detail,
            "11.5 failures per 1,000 chances between 10:00 and now UTC; usual is 4.0 to 6.0."
        );
        assert_eq!(said(55, Some(Basis::HourOfWeek), 30).text, "As usual for a Sunday morning");
        let less = said(20, Some(Basis::HourOfDay), 30);
        assert_eq!(less.level, Level::Less);
        assert!(less.text.contains("less than usual for this time of day: 0.4 times"), "{less:?}");
        assert_eq!(said(55, None, 30).level, Level::Unknown);
    }

    #[test]
    fn a_young_hour_is_not_spoken_of() {
        let said = said(500, Some(Basis::HourOfWeek), 5);
        assert_eq!(said.level, Level::Usual);
        assert!(said.detail.contains("between 09:00 and 10:00"), "{said:?}");
    }

    #[test]
    fn an_app_that_has_only_begun_is_spoken_of_at_once() {
        let point = Point { hour: SUNDAY_10, failures: 1, opportunities: 10, expected: None };
        let said = headline(&[point], SUNDAY_10 * 60 + 2);
        assert_eq!(said.level, Level::Unknown);
        assert!(said.detail.contains("between 10:00 and now"), "{said:?}");
    }

    #[test]
    fn nothing_counted_is_said() {
        assert_eq!(headline(&[], 0).level, Level::Nothing);
    }
}

//! What an alert says, for someone who leads growth: what, how much more than usual, since when, and where.

use time::OffsetDateTime;

use super::definition::{Alert, Detector, Measure};
use super::standing::{News, Standing};

/// One line, e.g. `shop: 3.1 times as many failed sessions as usual (release 2.5.0)`.
pub(crate) fn title(news: News, standing: &Standing, alert: Option<&Alert>) -> String {
    let what = subject(standing, alert);
    let place = place(standing);
    let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
    let app = &standing.app;
    if news == News::Resolved {
        return format!("{app}: {what} are back to normal{place}");
    }
    match (times(standing), alert.map(|alert| &alert.detector)) {
        (Some(times), Some(Detector::Unusual(_))) => {
            format!("{app}: {times} times as many {what} as usual{place}")
        }
        _ => match standing.sum.rate() {
            Some(rate) => format!("{app}: {} of {}{place}", percent(rate), share_of(alert)),
            None => format!("{app}: too many {what}{place}"),
        },
    }
}

/// A few sentences.
pub(crate) fn text(news: News, standing: &Standing, alert: Option<&Alert>, now_s: i64) -> String {
    let rate = standing.sum.rate();
    if news == News::Resolved {
        let lasted = standing.resolved_s.unwrap_or(now_s) - standing.since_s;
        let now = rate.map(|rate| format!("Now: {} of {}.", percent(rate), share_of(alert)));
        return sentences([Some(format!("It lasted {}.", duration(lasted))), now]);
    }
    let counted = rate.map(|rate| {
        let sum = standing.sum;
        format!(
            "{} of {} in the last {} ({} of {}){}",
            percent(rate),
            share_of(alert),
            duration(sum.minutes * 60),
            number(sum.events),
            number(sum.exposure),
            compared(rate, standing, alert, now_s)
        )
    });
    let since = moment(standing.since_s);
    // Only what is compared with the usual is followed back to when it began.
    let is_dated = matches!(alert.map(|alert| &alert.detector), Some(Detector::Unusual(_)));
    let since = match (is_dated, news == News::Repeated) {
        (true, false) => format!("It began about {since}."),
        (true, true) => format!("It still goes on; it began about {since}."),
        (false, false) => format!("Seen since {since}."),
        (false, true) => format!("It still goes on; seen since {since}."),
    };
    sentences([counted, Some(since)])
}

/// With what the rate is compared, to the end of the sentence.
fn compared(rate: f64, standing: &Standing, alert: Option<&Alert>, now_s: i64) -> String {
    match (standing.against, alert.map(|alert| &alert.detector)) {
        (Some(usual), Some(Detector::Unusual(_))) => {
            let times = times(standing).unwrap_or_default();
            format!(": {times} times the usual {} for {}.", percent(usual), part_of_week(now_s))
        }
        (Some(limit), Some(Detector::BurnRate(burn))) => format!(
            ", more than {}: the budget of {} is spent {:.1} times too fast.",
            percent(limit),
            percent(burn.budget),
            rate / burn.budget
        ),
        (Some(limit), _) => format!(", more than the limit of {}.", percent(limit)),
        (None, _) => ".".to_owned(),
    }
}

fn sentences(parts: [Option<String>; 2]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn subject(standing: &Standing, alert: Option<&Alert>) -> &'static str {
    if alert.is_some_and(|alert| alert.measure == Measure::Sessions) {
        return "failed sessions";
    }
    let kind = standing.labels.iter().find(|(name, _)| name == "kind").map(|(_, value)| &**value);
    match kind {
        Some("slow_load") => "slow loads",
        Some("dead_tap") => "dead taps",
        Some("rage_tap") => "rage taps",
        Some("dead_input") => "dead inputs",
        Some("error") => "errors",
        Some("hang") => "hangs",
        Some("poor_content") => "cases of poor content",
        _ => "failures",
    }
}

/// Of what the rate is a share.
fn share_of(alert: Option<&Alert>) -> &'static str {
    match alert.map(|alert| alert.measure) {
        Some(Measure::Sessions) => "all sessions failed",
        _ => "all opportunities failed",
    }
}

/// Where, e.g. `release 2.5.0, screen Checkout`.
fn place(standing: &Standing) -> String {
    let words =
        standing.labels.iter().filter(|(name, _)| name != "kind").map(|(name, value)| {
            if value.is_empty() { format!("no {name}") } else { format!("{name} {value}") }
        });
    words.collect::<Vec<_>>().join(", ")
}

fn times(standing: &Standing) -> Option<String> {
    let (rate, usual) = (standing.sum.rate()?, standing.against.filter(|usual| *usual > 0.0)?);
    let times = rate / usual;
    Some(if times < 10.0 { format!("{times:.1}") } else { format!("{times:.0}") })
}

fn percent(rate: f64) -> String {
    let percent = rate * 100.0;
    if percent < 1.0 { format!("{percent:.2} %") } else { format!("{percent:.1} %") }
}

fn number(value: i64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digit != '-' {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn duration(seconds: i64) -> String {
    let minutes = (seconds + 30).div_euclid(60).max(1);
    let (count, unit) = match minutes {
        ..=90 => (minutes, "minute"),
        91..=2_880 => ((minutes + 30) / 60, "hour"),
        _ => ((minutes + 720) / 1_440, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn moment(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds).map_or_else(
        |_| "an unknown time".to_owned(),
        |time| format!("{} {:02}:{:02} UTC", time.weekday(), time.hour(), time.minute()),
    )
}

fn part_of_week(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds).map_or_else(
        |_| "this hour".to_owned(),
        |time| {
            let part = match time.hour() {
                0..6 => "night",
                6..12 => "morning",
                12..18 => "afternoon",
                _ => "evening",
            };
            format!("a {} {part}", time.weekday())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::burn_rate::{BurnRate, PAIRS};
    use super::super::reading::Sum;
    use super::super::rule::Rule;
    use super::*;

    /// Sunday, 22 November 2026, 10:35 UTC.
    const NOW: i64 = 1_795_343_700;

    fn standing(alert: &Alert, labels: &[(&str, &str)]) -> Standing {
        let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut standing = Standing::new(alert, "shop", labels, NOW);
        standing.since_s = NOW - 1_800;
        standing.sum = Sum { events: 61, exposure: 1_000, minutes: 30 };
        standing.against = Some(0.0197);
        standing
    }

    #[test]
    fn more_than_usual() {
        let alert = Alert::standard();
        let standing = standing(&alert, &[("release", "2.5.0")]);
        assert_eq!(
            title(News::Firing, &standing, Some(&alert)),
            "shop: 3.1 times as many failed sessions as usual (release 2.5.0)"
        );
        assert_eq!(
            text(News::Firing, &standing, Some(&alert), NOW),
            "6.1 % of all sessions failed in the last 30 minutes (61 of 1,000): 3.1 times the usual 2.0 % for a \
             Sunday morning. It began about Sunday 10:05 UTC."
        );
    }

    #[test]
    fn more_than_a_limit_and_a_budget() {
        let rule = Rule { above: 0.005, quiet_below: 0.004, within_min: 15, least: 1 };
        let alert = Alert { measure: Measure::Failures, detector: Detector::Rule(rule), ..Alert::standard() };
        let mut found = standing(&alert, &[("kind", "error"), ("screen", "Checkout"), ("segment", "")]);
        found.against = Some(0.005);
        assert_eq!(
            title(News::Firing, &found, Some(&alert)),
            "shop: 6.1 % of all opportunities failed (screen Checkout, no segment)"
        );
        let said = text(News::Repeated, &found, Some(&alert), NOW);
        assert!(said.contains("more than the limit of 0.50 %. It still goes on; seen since"), "{said}");
        let burn = BurnRate { budget: 0.02, pairs: PAIRS.to_vec(), least: 1 };
        let alert = Alert { detector: Detector::BurnRate(burn), ..Alert::standard() };
        let said = text(News::Firing, &standing(&alert, &[]), Some(&alert), NOW);
        assert!(said.contains("the budget of 2.0 % is spent 3.0 times too fast. Seen since"), "{said}");
    }

    #[test]
    fn over() {
        let alert = Alert::standard();
        let mut standing = standing(&alert, &[]);
        standing.resolved_s = Some(NOW + 3_600);
        standing.sum.events = 20;
        assert_eq!(
            title(News::Resolved, &standing, Some(&alert)),
            "shop: failed sessions are back to normal"
        );
        let said = text(News::Resolved, &standing, Some(&alert), NOW + 3_600);
        assert!(said.contains("It lasted 90 minutes. Now: 2.0 % of all sessions failed."), "{said}");
    }

    #[test]
    fn numbers_and_durations() {
        assert_eq!([number(7), number(1_234), number(12_345_678)], ["7", "1,234", "12,345,678"]);
        assert_eq!(
            [10, 60, 5_400, 7_200, 180_000].map(duration),
            ["1 minute", "1 minute", "90 minutes", "2 hours", "2 days"]
        );
    }
}

//! Numbers and times as people read them.

use time::OffsetDateTime;

/// With commas between the thousands.
pub(crate) fn whole(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('−');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 session`, `1,200 sessions`.
pub(crate) fn plural(count: i64, one: &str, many: &str) -> String {
    format!("{} {}", whole(count), if count == 1 { one } else { many })
}

/// A rate per thousand: two digits after the point below 1, one below 100, none above.
pub(crate) fn rate(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else if number < 1.0 {
        format!("{number:.2}")
    } else if number < 99.95 {
        format!("{number:.1}")
    } else {
        #[allow(clippy::cast_possible_truncation)] // counts over counts, far below 2^63
        whole(number.round() as i64)
    }
}

/// How many times as often: `2.3`, `0.4`, `12`.
pub(crate) fn times(ratio: f64) -> String {
    if ratio >= 9.95 { format!("{ratio:.0}") } else { format!("{ratio:.1}") }
}

/// A share from 0 to 1: `2.0 %`.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent.abs() >= 9.95 { format!("{percent:.0} %") } else { format!("{percent:.1} %") }
}

/// A difference of shares in points, with its sign: `+3.2`, `−0.4`.
pub(crate) fn points(share: f64) -> String {
    let points = (share * 1_000.0).round() / 10.0;
    let sign = if points > 0.0 {
        "+"
    } else if points < 0.0 {
        "−"
    } else {
        "±"
    };
    format!("{sign}{:.1}", points.abs())
}

/// `14:00` of an hour since 1970, UTC.
pub(crate) fn clock(hour: i64) -> String {
    format!("{:02}:00", hour.rem_euclid(24))
}

/// `Sunday morning`; UTC.
pub(crate) fn part_of_week(hour: i64) -> String {
    format!("{} {}", weekday(hour), part_of_day(hour))
}

/// `morning`; UTC.
const fn part_of_day(hour: i64) -> &'static str {
    match hour.rem_euclid(24) {
        0..=5 => "night",
        6..=11 => "morning",
        12..=17 => "afternoon",
        _ => "evening",
    }
}

/// `Sunday`; UTC.
const fn weekday(hour: i64) -> &'static str {
    // 1 January 1970 was a Thursday.
    match hour.div_euclid(24).rem_euclid(7) {
        0 => "Thursday",
        1 => "Friday",
        2 => "Saturday",
        3 => "Sunday",
        4 => "Monday",
        5 => "Tuesday",
        _ => "Wednesday",
    }
}

/// `22 Nov, 14:00` of an hour since 1970, UTC.
pub(crate) fn date_and_clock(hour: i64) -> String {
    OffsetDateTime::from_unix_timestamp(hour.saturating_mul(3_600)).map_or_else(
        |_| "?".to_owned(),
        |time| {
            let month = time.month().to_string();
            format!("{} {}, {}", time.day(), month.get(..3).unwrap_or("?"), clock(hour))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!((&*whole(1_234_567), &*whole(-1_000), &*whole(0)), ("1,234,567", "−1,000", "0"));
        assert_eq!((&*plural(1, "time", "times"), &*plural(2, "time", "times")), ("1 time", "2 times"));
        assert_eq!(rate(0.0), "0");
        assert_eq!((&*rate(0.123), &*rate(12.34), &*rate(1_234.5)), ("0.12", "12.3", "1,235"));
        assert_eq!((&*times(2.34), &*times(14.2)), ("2.3", "14"));
        assert_eq!((&*percent(0.0204), &*percent(0.25)), ("2.0 %", "25 %"));
        assert_eq!((&*points(0.032), &*points(-0.004), &*points(0.0)), ("+3.2", "−0.4", "±0.0"));
    }

    #[test]
    fn hours_have_their_part_of_the_week() {
        let hour = 1_795_356_300 / 3_600; // 2026-11-22T14:05:00Z
        assert_eq!(part_of_week(hour), "Sunday afternoon");
        assert_eq!(part_of_week(0), "Thursday night");
        assert_eq!(date_and_clock(hour), "22 Nov, 14:00");
        assert_eq!(part_of_week(hour + 17), "Monday morning");
    }
}

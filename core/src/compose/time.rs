//! RFC 3339 times, as people write them into a document.

/// Milliseconds since 1970 of a time such as `2026-11-22T14:05:00Z`, with an offset or a fraction if need be. A leap
/// second counts as the one before it. `None`: not such a time, or before 1970.
pub(crate) fn unix_ms(text: &str) -> Option<u64> {
    let [year, month, day] = [(0, 4), (5, 7), (8, 10)].map(|(from, to)| number(text, from, to));
    let [hour, minute, second] = [(11, 13), (14, 16), (17, 19)].map(|(from, to)| number(text, from, to));
    let signs = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !signs.iter().all(|(at, sign)| text.as_bytes().get(*at) == Some(sign)) {
        return None;
    }
    let (millis, zone) = fraction(text.get(19..)?)?;
    let (year, month, day) = (year?, month?, day?);
    let (hour, minute, second) = (hour?, minute?, second?);
    let valid = (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour <= 23
        && minute <= 59
        && second <= 60;
    if !valid {
        return None;
    }
    let minutes = (days_since_1970(year, month, day) * 24 + hour) * 60 + minute - offset_minutes(zone)?;
    u64::try_from((minutes * 60 + second.min(59)) * 1000 + millis).ok()
}

/// Digits only: `parse` alone would take a sign.
fn number(text: &str, from: usize, to: usize) -> Option<i64> {
    let digits = text.get(from..to)?;
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// Milliseconds of a fraction if there is one, and what follows it.
fn fraction(rest: &str) -> Option<(i64, &str)> {
    let Some(fraction) = rest.strip_prefix('.') else { return Some((0, rest)) };
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=18).contains(&digits) {
        return None;
    }
    let (digits, zone) = fraction.split_at(digits);
    let millis = digits.bytes().chain(*b"00").take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'));
    Some((millis, zone))
}

fn offset_minutes(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = match zone.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = (number(zone, 1, 3)?, number(zone, 4, 6)?);
    let valid = zone.len() == 6 && zone.as_bytes().get(3) == Some(&b':') && hours <= 23 && minutes <= 59;
    valid.then_some(sign * (hours * 60 + minutes))
}

const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `days_from_civil` of <https://howardhinnant.github.io/date_algorithms.html>, for years from 0.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-22T14:05:00Z", 1_795_356_300_000),
            ("2026-11-22T15:05:00+01:00", 1_795_356_300_000),
            ("2026-11-22T08:35:00.5-05:30", 1_795_356_300_500),
            ("2026-11-22T14:05:00.123456789Z", 1_795_356_300_123),
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2016-12-31T23:59:60Z", 1_483_228_799_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ] {
            assert_eq!(unix_ms(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T14:05:00",
            "2026-11-22 14:05:00Z",
            "2026-11-22T14:05Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T14:60:00Z",
            "2026-11-22T14:05:61Z",
            "2026-11-22T14:05:00.Z",
            "2026-11-22T14:05:00+0100",
            "2026-11-22T14:05:00+01:00x",
            "2026-11-22T14:05:00+24:00",
            "+026-11-22T14:05:00Z",
            "1969-12-31T23:59:59Z",
            "20２6-11-22T14:05:00Z",
        ] {
            assert_eq!(unix_ms(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), like in "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,20})?[Z+-][0-9:]{0,6}") {
            let _ = (unix_ms(&text), unix_ms(&like));
        }

        #[test]
        fn days_follow_each_other(year in 1970_i64..3000, month in 1_i64..=12) {
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            prop_assert_eq!(days_since_1970(year, month, days_in(year, month)) + 1, days_since_1970(next_year, next, 1));
        }
    }
}

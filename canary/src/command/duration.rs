//! Durations on the command line.

use std::time::Duration;

/// `500ms`, `90s`, `30m`, `2h` or `7d`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits).unwrap_or((text, ""));
    let millis: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => 0,
    };
    let number = number.parse::<u64>().ok().filter(|_| millis > 0);
    number
        .and_then(|number| number.checked_mul(millis))
        .filter(|millis| *millis <= 400 * 86_400_000)
        .map(Duration::from_millis)
        .ok_or_else(|| "give a number and a unit, e.g. 90s, 30m or 2h; at most 400d".to_owned())
}

/// The same, but what is done again and again is not done without end.
pub(super) fn pause(text: &str) -> Result<Duration, String> {
    duration(text).and_then(|pause| {
        if pause < Duration::from_secs(1) { Err("give 1s or more".to_owned()) } else { Ok(pause) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        for (text, seconds) in [("0s", 0), ("90s", 90), ("30m", 1_800), ("2h", 7_200), ("7d", 604_800)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(pause("1s"), Ok(Duration::from_secs(1)));
        for text in ["0s", "999ms", "soon"] {
            assert!(pause(text).is_err(), "{text}");
        }
        for text in ["", "5", "m", "-5m", "5 m", "1.5h", "5é", "99999999999999999999d", "401d"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}

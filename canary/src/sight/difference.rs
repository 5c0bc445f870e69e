//! The difference of two shares with its interval: score intervals of Wilson (1927), put together by Newcombe.
//!
//! Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998)
//! 873–890, method 10. It keeps its promise of 95 % at small counts and at shares near 0 and 1, where the usual interval does
//! not. People are taken as independent: at most two apologies a day and one a session go to each.

/// The normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) of: i64,
    pub(crate) have: i64,
}

/// A number with the interval that holds it, but for one time in twenty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Share {
    /// The share with Wilson's interval; `None` of nobody.
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    pub(crate) fn wilson(self) -> Option<Estimate> {
        if self.of <= 0 {
            return None;
        }
        let (n, x) = (self.of as f64, self.have.clamp(0, self.of) as f64);
        let (share, square) = (x / n, Z * Z);
        let middle = 2.0_f64.mul_add(x, square);
        let half = Z * 4.0_f64.mul_add(x * (1.0 - share), square).sqrt();
        let below = 2.0 * (n + square);
        // At the ends rounding must not leave the range.
        let low = if x <= 0.0 { 0.0 } else { (middle - half) / below };
        let high = if x >= n { 1.0 } else { (middle + half) / below };
        Some(Estimate { value: share, low, high })
    }
}

/// How much larger the first share is than the second, from −1 to 1; `None` where one is of nobody.
pub(crate) fn difference(one: Share, other: Share) -> Option<Estimate> {
    let (one, other) = (one.wilson()?, other.wilson()?);
    let value = one.value - other.value;
    let below = (one.value - one.low).hypot(other.high - other.value);
    let above = (one.high - one.value).hypot(other.value - other.low);
    Some(Estimate { value, low: value - below, high: value + above })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn share(have: i64, of: i64) -> Share {
        Share { of, have }
    }

    /// Newcombe 1998, table II, row "10. Score, no CC".
    #[test]
    fn as_published() {
        for (one, other, low, high) in [
            (share(56, 70), share(48, 80), 0.0524, 0.3339),
            (share(9, 10), share(3, 10), 0.1705, 0.8090),
            (share(6, 7), share(2, 7), 0.0582, 0.8062),
            (share(5, 56), share(0, 29), -0.0381, 0.1926),
            (share(0, 10), share(0, 20), -0.1611, 0.2775),
            (share(0, 10), share(0, 10), -0.2775, 0.2775),
            (share(10, 10), share(0, 20), 0.6791, 1.0000),
            (share(10, 10), share(0, 10), 0.6075, 1.0000),
        ] {
            let found = difference(one, other).unwrap();
            assert!(
                (found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5,
                "{one:?} {other:?}: {found:?}"
            );
        }
    }

    /// Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
    #[test]
    fn a_single_share_as_published() {
        for (have, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
        {
            let found = share(have, of).wilson().unwrap();
            assert!(
                (found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5,
                "{have}/{of}: {found:?}"
            );
        }
        assert_eq!(share(0, 0).wilson(), None);
    }

    proptest! {
        #[test]
        fn it_holds_the_value_and_turns_around(a in 0..500_i64, m in 0..500_i64, b in 0..500_i64, n in 0..500_i64) {
            prop_assume!(m + n > 0 && a + b > 0);
            let (one, other) = (share(a, a + m.max(1)), share(b, b + n.max(1)));
            let (found, turned) = (difference(one, other).unwrap(), difference(other, one).unwrap());
            prop_assert!(found.low <= found.value && found.value <= found.high);
            prop_assert!(found.low >= -1.0 - 1e-12 && found.high <= 1.0 + 1e-12);
            prop_assert!((found.low + turned.high).abs() < 1e-12 && (found.high + turned.low).abs() < 1e-12);
        }
    }
}

//! What a histogram measures: its buckets and what its sum is.

/// How the values of a histogram are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Seconds: any fraction of one, so the sum is counted beside the buckets.
    Seconds,
    /// Answers from 1 (worst) to 5 (best), a bucket each: the buckets say what the sum is.
    Answers,
}

impl Scale {
    /// Upper bounds of the buckets; a last one without bound follows.
    pub(crate) const fn bounds(self) -> &'static [f64] {
        match self {
            Self::Seconds => &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],
            Self::Answers => &[1.0, 2.0, 3.0, 4.0],
        }
    }
}

/// What the answers in these buckets add up to: the first holds ones, the second twos.
pub(crate) fn sum_of_answers(buckets: impl IntoIterator<Item = i64>) -> i64 {
    (1_i64..).zip(buckets).fold(0, |sum, (answer, count)| sum.saturating_add(answer.saturating_mul(count)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_a_bucket_of_its_own() {
        assert_eq!(Scale::Answers.bounds().len() + 1, 5);
        for (position, worth) in (1..=5).enumerate() {
            let mut buckets = [0; 5];
            buckets[position] = 7;
            assert_eq!(sum_of_answers(buckets), 7 * worth);
        }
        assert_eq!(sum_of_answers([2, 0, 1, 0, 4]), 2 + 3 + 20);
        assert_eq!(sum_of_answers([i64::MAX; 5]), i64::MAX, "a page never fails over a sum");
    }
}

//! Counts by the hour: how a metric is numbered there.

use crate::count::vocabulary::Metric;

/// The number of a metric in the table of hours: it stands on disk, so it never changes. 0 is a metric of a later version.
pub(super) const fn number(metric: Metric) -> i64 {
    match metric {
        Metric::Failures => 1,
        Metric::Opportunities => 2,
        Metric::Sessions => 3,
        Metric::SessionsFailed => 4,
        Metric::DevicesFailed => 5,
        Metric::Apologies => 6,
        Metric::MakeGoods => 7,
        Metric::Responses => 8,
        Metric::Aftermath => 9,
        Metric::Questions => 10,
        Metric::Feedback => 11,
        Metric::Losses => 12,
        Metric::Latency => 13,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_metric_has_a_number_of_its_own() {
        let mut numbers: Vec<i64> =
            Metric::WORDS.iter().filter_map(|word| Metric::from_word(word)).map(number).collect();
        numbers.sort_unstable();
        let all: Vec<i64> = (1..).take(Metric::WORDS.len()).collect();
        assert_eq!(numbers, all);
    }
}

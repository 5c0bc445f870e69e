//! One point of a histogram.

use super::labels::{Labels, MAX_ATTRIBUTES};
use super::observation::{MAX_MICROS, MAX_VALUE, Observation, SUM_MICROS, bucket, cell_facet};
use super::point::{facet, labelled};
use super::reading::{Context, Rejection};
use super::scale::{Scale, sum_of_answers};
use super::vocabulary::Metric;
use crate::otlp::model::HistogramPoint;

/// Reads a point; `None` for one that counts nothing.
pub(super) fn observation(
    context: &mut Context<'_>,
    metric: Metric,
    scale: Scale,
    point: &HistogramPoint,
) -> Result<Option<Observation>, Rejection> {
    let labels = Labels::check(&point.attributes, MAX_ATTRIBUTES)?;
    let cells = cells(scale, point)?;
    let words = facet(context, metric, &labels)?;
    let mut observation = labelled(context, metric, &labels, point.window)?;
    observation.cells.extend(cells.iter().map(|(cell, value)| (cell_facet(&words, cell), *value)));
    Ok((!observation.cells.is_empty()).then_some(observation))
}

/// What the point counts: each bucket that is not empty, and the sum where the buckets do not say it.
fn cells(scale: Scale, point: &HistogramPoint) -> Result<Vec<(String, i64)>, Rejection> {
    let bounds = scale.bounds();
    if point.bounds != bounds || point.bucket_counts.len() != bounds.len() + 1 {
        return Err(Rejection::WrongBounds { scale });
    }
    let total: u128 = point.bucket_counts.iter().copied().map(u128::from).sum();
    if total != u128::from(point.count) {
        return Err(Rejection::BrokenHistogram);
    }
    let sum = point.sum.filter(|sum| sum.is_finite() && *sum >= 0.0).ok_or(Rejection::BrokenHistogram)?;
    let buckets: Vec<i64> =
        point.bucket_counts.iter().copied().map(bucket_count).collect::<Result<_, _>>()?;
    let micros = match scale {
        Scale::Seconds => micros(sum)?,
        Scale::Answers => {
            check_answers(&buckets, sum)?;
            0
        }
    };
    let buckets = buckets.iter().enumerate().map(|(position, count)| (bucket(position), *count));
    Ok(buckets.chain([(SUM_MICROS.to_owned(), micros)]).filter(|(_, value)| *value > 0).collect())
}

fn bucket_count(count: u64) -> Result<i64, Rejection> {
    i64::try_from(count).ok().filter(|count| *count <= MAX_VALUE).ok_or(Rejection::TooLarge)
}

/// Seconds in whole microseconds, so that sums of sums stay exact.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // the range is checked first
fn micros(seconds: f64) -> Result<i64, Rejection> {
    let micros = (seconds * 1e6).round();
    if micros > MAX_MICROS as f64 { Err(Rejection::TooLarge) } else { Ok(micros as i64) }
}

/// Checks the sum of answers, which is not kept: the buckets hold it.
#[allow(clippy::cast_precision_loss, clippy::float_cmp)] // whole and far below 2^53, so exact
fn check_answers(buckets: &[i64], sum: f64) -> Result<(), Rejection> {
    let want = sum_of_answers(buckets.iter().copied());
    if sum == want as f64 { Ok(()) } else { Err(Rejection::WrongSum { want }) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answers(buckets: &[u64], sum: f64) -> HistogramPoint {
        HistogramPoint {
            count: buckets.iter().sum(),
            sum: Some(sum),
            bucket_counts: buckets.to_vec(),
            bounds: vec![1.0, 2.0, 3.0, 4.0],
            ..HistogramPoint::default()
        }
    }

    #[test]
    fn a_sum_of_answers_is_checked_and_not_kept() {
        let cell = |name: &str, value| (name.to_owned(), value);
        let point = answers(&[2, 0, 0, 0, 1], 7.0);
        assert_eq!(cells(Scale::Answers, &point), Ok(vec![cell("bucket_00", 2), cell("bucket_04", 1)]));
        for (sum, why) in [
            (Some(6.0), Rejection::WrongSum { want: 7 }),
            (Some(7.5), Rejection::WrongSum { want: 7 }),
            (Some(f64::NAN), Rejection::BrokenHistogram),
            (Some(f64::INFINITY), Rejection::BrokenHistogram),
            (Some(-7.0), Rejection::BrokenHistogram),
            (None, Rejection::BrokenHistogram),
        ] {
            let point = HistogramPoint { sum, ..answers(&[2, 0, 0, 0, 1], 0.0) };
            assert_eq!(cells(Scale::Answers, &point), Err(why), "{sum:?}");
        }
    }

    #[test]
    fn each_histogram_keeps_its_own_bounds() {
        let point = answers(&[1, 0, 0, 0, 0], 1.0);
        assert!(cells(Scale::Answers, &point).is_ok());
        let scale = Scale::Seconds;
        assert_eq!(cells(scale, &point), Err(Rejection::WrongBounds { scale }));
        let latency = HistogramPoint {
            bounds: scale.bounds().to_vec(),
            ..answers(&[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.001)
        };
        assert!(cells(Scale::Seconds, &latency).is_ok());
        let scale = Scale::Answers;
        assert_eq!(cells(scale, &latency), Err(Rejection::WrongBounds { scale }));
    }

    #[test]
    fn nothing_answered_counts_nothing_and_too_much_is_rejected() {
        assert_eq!(cells(Scale::Answers, &answers(&[0; 5], 0.0)), Ok(Vec::new()));
        assert_eq!(
            cells(Scale::Answers, &answers(&[0, 0, 0, 0, 1_000_001], 5_000_005.0)),
            Err(Rejection::TooLarge)
        );
        assert_eq!(cells(Scale::Answers, &answers(&[u64::MAX, 0, 0, 0, 0], 1.0)), Err(Rejection::TooLarge));
    }

    proptest! {
        #[test]
        fn only_the_one_sum_that_the_buckets_give_counts(
            buckets in proptest::array::uniform5(0..=1_000_000_u64),
            off in -3..=3_i32,
        ) {
            let want: u64 = buckets.iter().zip(1..).map(|(count, answer)| count * answer).sum();
            #[allow(clippy::cast_precision_loss)] // at most 15 million
            let sum = want as f64 + f64::from(off);
            match cells(Scale::Answers, &answers(&buckets, sum)) {
                Ok(cells) => {
                    prop_assert_eq!(off, 0);
                    let kept: i64 = cells.iter().map(|(_, count)| count).sum();
                    prop_assert_eq!(kept.unsigned_abs(), buckets.iter().sum::<u64>());
                }
                Err(_) => prop_assert!(off != 0),
            }
        }
    }
}

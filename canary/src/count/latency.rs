//! One point of the latency histogram.

use super::labels::{Labels, MAX_ATTRIBUTES};
use super::observation::{MAX_MICROS, MAX_VALUE, Observation, SUM_MICROS, bucket_facet};
use super::point::labelled;
use super::reading::{Context, Rejection};
use super::vocabulary::{LATENCY_BOUNDS, Metric};
use crate::otlp::model::HistogramPoint;

/// Reads a point; `None` for one that counts nothing.
pub(super) fn observation(
    context: &mut Context<'_>,
    metric: Metric,
    point: &HistogramPoint,
) -> Result<Option<Observation>, Rejection> {
    let labels = Labels::check(&point.attributes, MAX_ATTRIBUTES)?;
    if point.bounds != LATENCY_BOUNDS || point.bucket_counts.len() != LATENCY_BOUNDS.len() + 1 {
        return Err(Rejection::WrongBounds);
    }
    let total: u128 = point.bucket_counts.iter().copied().map(u128::from).sum();
    if total != u128::from(point.count) {
        return Err(Rejection::BrokenHistogram);
    }
    let micros = micros(point.sum)?;
    let mut observation = labelled(context, metric, &labels, point.window)?;
    for (position, count) in point.bucket_counts.iter().enumerate() {
        let count =
            i64::try_from(*count).ok().filter(|count| *count <= MAX_VALUE).ok_or(Rejection::TooLarge)?;
        if count > 0 {
            observation.cells.push((bucket_facet(position), count));
        }
    }
    if micros > 0 {
        observation.cells.push((SUM_MICROS.to_owned(), micros));
    }
    Ok((!observation.cells.is_empty()).then_some(observation))
}

/// The sum in whole microseconds, so that sums of sums stay exact.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // the range is checked first
fn micros(seconds: Option<f64>) -> Result<i64, Rejection> {
    let micros = (seconds.ok_or(Rejection::BrokenHistogram)? * 1e6).round();
    if !micros.is_finite() || micros < 0.0 {
        return Err(Rejection::BrokenHistogram);
    }
    if micros > MAX_MICROS as f64 { Err(Rejection::TooLarge) } else { Ok(micros as i64) }
}

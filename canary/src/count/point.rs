//! One point of a sum.

use std::sync::Arc;

use super::clock::minute_for;
use super::labels::{Labels, MAX_ATTRIBUTES, own};
use super::observation::{MAX_VALUE, Observation};
use super::reading::{Context, Rejection};
use super::vocabulary::{After, Arm, Asked, First, Kind, Metric, Outcome, Response, key};
use crate::otlp::model::{Number, NumberPoint, Window};

/// Reads a point; `None` for a zero, which counts nothing.
pub(super) fn observation(
    context: &mut Context<'_>,
    metric: Metric,
    point: &NumberPoint,
) -> Result<Option<Observation>, Rejection> {
    let labels = Labels::check(&point.attributes, MAX_ATTRIBUTES)?;
    let value = value(point.value)?;
    let facet = facet(context, metric, &labels)?;
    let mut observation = labelled(context, metric, &labels, point.window)?;
    observation.cells.push((facet, value));
    Ok((value > 0).then_some(observation))
}

/// An observation with its labels and minute, still without cells.
pub(super) fn labelled(
    context: &mut Context<'_>,
    metric: Metric,
    labels: &Labels<'_>,
    window: Window,
) -> Result<Observation, Rejection> {
    let keys = metric.keys();
    let kind = if keys.contains(&key::KIND) {
        Some(labels.word(key::KIND, Kind::WORDS, Kind::from_word)?)
    } else {
        None
    };
    let remarks = &mut context.reading.remarks;
    let mut label = |key: &'static str| {
        if keys.contains(&key) { labels.optional(key, remarks) } else { Ok(String::new()) }
    };
    let (screen, segment) = (label(key::SCREEN)?, label(key::SEGMENT)?);
    if window.end < window.start {
        return Err(Rejection::EndsBeforeStart);
    }
    let (minute, absurd) = minute_for(window.end, context.arrival_s, context.clock);
    let remarks = &mut context.reading.remarks;
    if absurd {
        remarks.warn("a window far from this server's clock was filed under its time of arrival");
    }
    if let Some(unknown) = labels.unknown(keys) {
        remarks.warn(format!("attribute {unknown:?} of {} was ignored", metric.word()));
    }
    Ok(Observation {
        origin: Arc::clone(&context.origin),
        metric,
        kind,
        screen,
        segment,
        minute,
        cells: Vec::with_capacity(1),
    })
}

/// The word that tells the series of one metric apart, beyond kind, screen and segment.
pub(super) fn facet(
    context: &mut Context<'_>,
    metric: Metric,
    labels: &Labels<'_>,
) -> Result<String, Rejection> {
    Ok(match metric {
        Metric::Failures => labels.word(key::OUTCOME, Outcome::WORDS, Outcome::from_word)?.word().to_owned(),
        Metric::DevicesFailed => labels.word(key::FIRST, First::WORDS, First::from_word)?.word().to_owned(),
        Metric::Responses => {
            labels.word(key::RESPONSE, Response::WORDS, Response::from_word)?.word().to_owned()
        }
        Metric::Aftermath => {
            let arm = labels.word(key::ARM, Arm::WORDS, Arm::from_word)?;
            let after = labels.word(key::AFTERMATH, After::WORDS, After::from_word)?;
            format!("{}/{}", arm.word(), after.word())
        }
        Metric::Questions | Metric::Feedback => {
            let arm = labels.word(key::ARM, Arm::WORDS, Arm::from_word)?;
            let asked = labels.word(key::ASKED, Asked::WORDS, Asked::from_word)?;
            format!("{}/{}", arm.word(), asked.word())
        }
        Metric::Losses => {
            let reason = labels.get(key::REASON)?.ok_or(Rejection::MissingLabel { key: key::REASON })?;
            own(key::REASON, reason, &mut context.reading.remarks).to_owned()
        }
        _ => String::new(),
    })
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // exact up to 2^53, which is checked
fn value(number: Number) -> Result<i64, Rejection> {
    let value = match number {
        Number::Missing => return Err(Rejection::NoValue),
        Number::NotInt => return Err(Rejection::NotWhole),
        Number::Int(value) => value,
        Number::Double(value) if !value.is_finite() || value.fract() != 0.0 => {
            return Err(Rejection::NotWhole);
        }
        Number::Double(value) if value > MAX_VALUE as f64 => return Err(Rejection::TooLarge),
        Number::Double(value) if value < 0.0 => return Err(Rejection::Negative),
        Number::Double(value) => value as i64,
    };
    match value {
        ..0 => Err(Rejection::Negative),
        value if value > MAX_VALUE => Err(Rejection::TooLarge),
        value => Ok(value),
    }
}

//! The counts of one place.

use super::{First, LATENCY_BOUNDS_MS, Metric, Outcome, Place};
use crate::aftermath::{Aftermath, Arm};
use crate::event::Response;
use crate::follow_up::Asked;
use crate::kinds::Kind;

const OUTCOMES: usize = Outcome::ALL.len();
const RESPONSES: usize = Response::ALL.len();
const ARMS: usize = Arm::ALL.len();
const AFTERMATHS: usize = Aftermath::ALL.len();
const ASKED: usize = Asked::ALL.len();
pub(crate) const BUCKETS: usize = 11;
/// Answers that a question has.
pub(crate) const ANSWERS: usize = 5;

/// Cells: per kind, then per arm and question, then what has neither.
const OF_KIND: usize = 1 + OUTCOMES + RESPONSES + ARMS * AFTERMATHS + BUCKETS + 2;
const OF_KINDS: usize = Kind::COUNT * OF_KIND;
const OF_QUESTION: usize = 1 + ANSWERS;
const CELLS: usize = OF_KINDS + ARMS * ASKED * OF_QUESTION + 4;

const fn question(arm: Arm, asked: Asked) -> usize {
    OF_KINDS + (arm as usize * ASKED + asked as usize) * OF_QUESTION
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    cells: [u32; CELLS],
}

impl Row {
    pub(super) const fn new(place: Place) -> Self {
        Self { place, cells: [0; CELLS] }
    }

    pub(super) fn add(&mut self, metric: Metric, value: u32) {
        if let Some(cell) = metric.cell().and_then(|at| self.cells.get_mut(at)) {
            *cell = cell.saturating_add(value);
        }
    }

    pub(super) fn get(&self, metric: Metric) -> u32 {
        metric.cell().and_then(|at| self.cells.get(at)).copied().unwrap_or(0)
    }

    pub(super) fn metrics(&self) -> impl Iterator<Item = (Metric, u32)> {
        every_metric().map(|metric| (metric, self.get(metric))).filter(|(_, value)| *value > 0)
    }
}

impl Metric {
    /// Its place in a row; `None` for what belongs to no row.
    const fn cell(self) -> Option<usize> {
        let (kind, offset) = match self {
            Self::Opportunities(kind) => (kind, 0),
            Self::Failures(kind, outcome) => (kind, 1 + outcome as usize),
            Self::Responses(kind, response) => (kind, 1 + OUTCOMES + response as usize),
            Self::Aftermath(kind, arm, after) => {
                (kind, 1 + OUTCOMES + RESPONSES + arm as usize * AFTERMATHS + after as usize)
            }
            Self::Latency(kind, bucket) => (kind, 1 + OUTCOMES + RESPONSES + ARMS * AFTERMATHS + bucket),
            Self::LatencySum(kind) => (kind, OF_KIND - 2),
            Self::MakeGoods(kind) => (kind, OF_KIND - 1),
            Self::Questions(arm, asked) => return Some(question(arm, asked)),
            Self::Answers(arm, asked, answer) => return Some(question(arm, asked) + 1 + answer),
            Self::Sessions => return Some(CELLS - 4),
            Self::SessionsFailed => return Some(CELLS - 3),
            Self::DevicesFailed(First::Today) => return Some(CELLS - 2),
            Self::DevicesFailed(First::Release) => return Some(CELLS - 1),
            Self::Losses(_) => return None,
        };
        Some(kind.index() * OF_KIND + offset)
    }

    /// Whether it is counted by screen.
    pub(super) const fn has_screen(self) -> bool {
        matches!(
            self,
            Self::Failures(..)
                | Self::Opportunities(_)
                | Self::Responses(..)
                | Self::Aftermath(..)
                | Self::MakeGoods(_)
        )
    }

    /// The bucket for a time from failure to message.
    pub(crate) fn latency(kind: Kind, ms: u64) -> Self {
        let bucket = LATENCY_BOUNDS_MS.iter().position(|bound| ms <= *bound);
        Self::Latency(kind, bucket.unwrap_or(BUCKETS - 1))
    }
}

/// Every metric that a row can hold.
pub(super) fn every_metric() -> impl Iterator<Item = Metric> {
    let of_kind = Kind::ALL.iter().copied().flat_map(|kind| {
        let outcomes = Outcome::ALL.iter().map(move |o| Metric::Failures(kind, *o));
        let responses = Response::ALL.iter().map(move |r| Metric::Responses(kind, *r));
        let aftermaths = Arm::ALL.iter().flat_map(move |arm| {
            Aftermath::ALL.iter().map(move |after| Metric::Aftermath(kind, *arm, *after))
        });
        let latencies = (0..BUCKETS).map(move |bucket| Metric::Latency(kind, bucket));
        [Metric::Opportunities(kind), Metric::LatencySum(kind), Metric::MakeGoods(kind)]
            .into_iter()
            .chain(outcomes)
            .chain(responses)
            .chain(aftermaths)
            .chain(latencies)
    });
    let rest = [
        Metric::Sessions,
        Metric::SessionsFailed,
        Metric::DevicesFailed(First::Today),
        Metric::DevicesFailed(First::Release),
    ];
    let of_question = Arm::ALL.iter().copied().flat_map(|arm| {
        Asked::ALL.iter().copied().flat_map(move |asked| {
            let answers = (0..ANSWERS).map(move |answer| Metric::Answers(arm, asked, answer));
            std::iter::once(Metric::Questions(arm, asked)).chain(answers)
        })
    });
    of_kind.chain(of_question).chain(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_has_a_cell_of_its_own() {
        let mut cells: Vec<usize> = every_metric().map(|metric| metric.cell().unwrap()).collect();
        cells.sort_unstable();
        assert_eq!(cells, (0..CELLS).collect::<Vec<_>>());
    }

    #[test]
    fn latency_buckets_have_inclusive_upper_bounds() {
        let bucket =
            |ms| if let Metric::Latency(_, bucket) = Metric::latency(Kind::Error, ms) { bucket } else { 99 };
        assert_eq!([0, 5, 6, 5_000, 5_001].map(bucket), [0, 0, 1, 9, 10]);
    }
}

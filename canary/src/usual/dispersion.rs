//! How much more than by chance counts vary.

/// Share of the largest residuals that is left out: as much of the history may have been outages.
const TRIMMED: f64 = 0.1;
/// The mean of the rest, where residuals vary by chance alone: `(0.9 − 2c·pdf(c)) / 0.9` with `c` = 1.6449.
const MEAN_OF_REST: f64 = 0.622_98;
/// Blocks of fewer events are joined with the next: a normal residual needs some.
const LEAST_MEAN: f64 = 5.0;
/// Fewer blocks than these say nothing.
const LEAST_BLOCKS: usize = 12;

/// What an hour had, and what was to be expected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) events: f64,
    pub(super) mean: f64,
    /// The share of its variance that the fit left in its residual.
    pub(super) kept: f64,
}

/// How much counts vary beyond chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    /// Variance over mean of whole hours: at least 1; the larger of quiet and busy ones.
    pub(super) hours: f64,
    /// The part of it that is the same however much there is: clusters, which minutes have as well. From 1 to `hours`.
    pub(super) clusters: f64,
    /// The rest: the relative standard deviation of the rates of whole hours.
    pub(super) drift: f64,
}

impl Spread {
    /// Chance alone.
    pub(super) const CHANCE: Self = Self { hours: 1.0, clusters: 1.0, drift: 0.0 };
}

/// The spread of blocks in the order of time. Clusters give busy and quiet hours the same dispersion; what moves the rate of a
/// whole hour gives busy ones more: variance over mean is `clusters + drift · mean`, a line through both.
pub(super) fn estimate(blocks: impl Iterator<Item = Block>) -> Spread {
    let mut joined: Vec<(f64, f64)> = Vec::new();
    let mut open = Block { events: 0.0, mean: 0.0, kept: 0.0 };
    for block in blocks {
        open.events += block.events;
        open.mean += block.mean;
        open.kept += block.kept * block.mean;
        if open.mean >= LEAST_MEAN {
            joined.push((open.mean, (open.events - open.mean).powi(2) / open.kept));
            open = Block { events: 0.0, mean: 0.0, kept: 0.0 };
        }
    }
    joined.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let (quiet, busy) = joined.split_at(joined.len() / 2);
    if quiet.len() < LEAST_BLOCKS {
        let hours = if joined.len() < LEAST_BLOCKS { 1.0 } else { trimmed(&joined).max(1.0) };
        return Spread { hours, clusters: hours, drift: 0.0 };
    }
    let (of_quiet, of_busy) = (trimmed(quiet), trimmed(busy));
    let hours = of_quiet.max(of_busy).max(1.0);
    let (less, more) = (mean(quiet), mean(busy));
    // Quiet and busy hours that hardly differ say nothing about the line.
    let slope = if more > 1.5 * less { ((of_busy - of_quiet) / (more - less)).max(0.0) } else { 0.0 };
    let clusters = (of_busy - slope * more).clamp(1.0, hours);
    Spread { hours, clusters, drift: ((hours - clusters) / more).max(0.0).sqrt() }
}

#[allow(clippy::cast_precision_loss)]
fn mean(blocks: &[(f64, f64)]) -> f64 {
    blocks.iter().map(|(mean, _)| *mean).sum::<f64>() / blocks.len().max(1) as f64
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn trimmed(blocks: &[(f64, f64)]) -> f64 {
    let mut sorted: Vec<f64> = blocks.iter().map(|(_, squared)| *squared).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let rest = ((sorted.len() as f64) * (1.0 - TRIMMED)).ceil() as usize;
    let rest = sorted.get(..rest).unwrap_or(&sorted);
    rest.iter().sum::<f64>() / rest.len().max(1) as f64 / MEAN_OF_REST
}

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

/// The dispersion of blocks in the order of time: at least 1; the larger of that of quiet and that of busy ones.
pub(super) fn estimate(blocks: impl Iterator<Item = Block>) -> f64 {
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
    let residuals: Vec<f64> = joined.iter().map(|(_, squared)| *squared).collect();
    let (quiet, busy) = residuals.split_at(residuals.len() / 2);
    if quiet.len() >= LEAST_BLOCKS {
        trimmed(quiet).max(trimmed(busy)).max(1.0)
    } else if residuals.len() >= LEAST_BLOCKS {
        trimmed(&residuals).max(1.0)
    } else {
        1.0
    }
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn trimmed(squared: &[f64]) -> f64 {
    let mut sorted = squared.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let rest = ((sorted.len() as f64) * (1.0 - TRIMMED)).ceil() as usize;
    let rest = sorted.get(..rest).unwrap_or(&sorted);
    rest.iter().sum::<f64>() / rest.len().max(1) as f64 / MEAN_OF_REST
}

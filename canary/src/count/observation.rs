//! A data point that kept every rule, ready to be filed.

use std::sync::Arc;

use super::vocabulary::{Kind, Metric};

/// Largest value of one point: no device counts a million of anything in one window, but a bad sender could spoil
/// a total for ever.
pub(crate) const MAX_VALUE: i64 = 1_000_000;
/// Largest sum of one histogram point, in microseconds: as many seconds.
pub(crate) const MAX_MICROS: i64 = MAX_VALUE * 1_000_000;

/// The label under which everything beyond a cardinality limit is counted.
pub(crate) const OTHER: &str = "_other";

/// What all points of one resource share.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) app: String,
    pub(crate) release: String,
    pub(crate) os_name: String,
    pub(crate) os_version: String,
    /// The host's word; empty where it named none.
    pub(crate) region: String,
}

/// One accepted point. A sum files one cell, a histogram one for each bucket that is not empty and one for its sum.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Observation {
    pub(crate) origin: Arc<Origin>,
    pub(crate) metric: Metric,
    pub(crate) kind: Option<Kind>,
    /// Empty where the host named none.
    pub(crate) screen: String,
    /// Empty where the host named none.
    pub(crate) segment: String,
    /// Minutes since the Unix epoch.
    pub(crate) minute: i64,
    /// What is added, each under its facet.
    pub(crate) cells: Vec<(String, i64)>,
}

/// Name of a histogram's cell that holds the sum; the unit is microseconds.
pub(crate) const SUM_MICROS: &str = "sum_us";

/// Name of a histogram's cell by the position of its bucket.
pub(crate) fn bucket(position: usize) -> String {
    format!("bucket_{position:02}")
}

/// Facet of a histogram's cell: the words that tell its series apart, then the cell's name.
pub(crate) fn cell_facet(words: &str, cell: &str) -> String {
    if words.is_empty() { cell.to_owned() } else { format!("{words}/{cell}") }
}

/// The name of the cell that a facet is of.
pub(crate) fn cell_of(facet: &str) -> &str {
    facet.rsplit_once('/').map_or(facet, |(_, cell)| cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_in_its_facet() {
        for words in ["", "held_out/pulse"] {
            assert_eq!(cell_of(&cell_facet(words, &bucket(4))), "bucket_04", "{words}");
        }
        assert_eq!(cell_facet("", SUM_MICROS), SUM_MICROS, "as it was always stored");
    }
}

//! What people are shown of the counts, before it is drawn: tables with a sentence each, and cells of few devices hidden.
//!
//! Everything here is numbers and words; `page` makes HTML of it, `api::tables` CSV and JSON.

pub(crate) mod aftermath;
pub(crate) mod breakdown;
pub(crate) mod difference;
pub(crate) mod few;
pub(crate) mod headline;
pub(crate) mod rate;
pub(crate) mod releases;
pub(crate) mod sentiment;
pub(crate) mod table;
pub(crate) mod words;

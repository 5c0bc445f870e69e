//! What a count means: the vocabulary of the wire and the rules a data point has to keep.

pub(crate) mod clock;
mod labels;
mod latency;
pub(crate) mod observation;
mod point;
pub(crate) mod reading;
pub(crate) mod vocabulary;

pub(crate) use labels::shorten;

//! What a count means: the vocabulary of the wire and the rules a data point has to keep.

pub(crate) mod clock;
pub(crate) mod device_days;
mod histogram;
pub(crate) mod labels;
pub(crate) mod observation;
mod point;
pub(crate) mod reading;
pub(crate) mod scale;
pub(crate) mod vocabulary;

pub(crate) use labels::shorten;

//! The part of an OTLP `ExportMetricsServiceRequest` that the canary reads, from JSON or protobuf.
//!
//! Both readers are written by hand: they see every duplicate and every wrong type, say where it is, and bound
//! what a small body can grow to in memory.

pub(crate) mod json;
mod json_value;
pub(crate) mod model;
pub(crate) mod protobuf;
mod wire_format;

#[cfg(test)]
mod tests;

/// Why a body is not an OTLP request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotOtlp {
    /// The bytes do not parse, or a known field has a wrong type.
    #[error("{0}")]
    Malformed(String),
    /// It parses, but holds more elements than one batch may.
    #[error("more than {limit} elements in one batch; send smaller batches")]
    TooManyElements {
        /// Most elements accepted.
        limit: usize,
    },
    /// It holds more data points than one batch may.
    #[error("more than {limit} data points in one batch; send smaller batches")]
    TooManyPoints {
        /// Most points accepted.
        limit: usize,
    },
}

/// Most elements (objects, list items, fields) in one batch: keeps the memory a body needs near its own size.
pub(crate) const MAX_ELEMENTS: usize = 250_000;

/// Most data points in one batch: each costs far more memory than its bytes on the wire.
pub(crate) const MAX_POINTS: usize = 5_000;

//! What both readers produce.

/// A request: resources in the order sent.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Request {
    pub(crate) resources: Vec<Resource>,
}

impl Request {
    /// All data points.
    pub(crate) fn points(&self) -> usize {
        self.resources.iter().flat_map(|resource| &resource.metrics).map(|metric| metric.data.points()).sum()
    }
}

/// One resource with the metrics of all its scopes.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Resource {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) metrics: Vec<Metric>,
}

/// An attribute; a value that is no string is kept as `None`, for no key of the contract has one.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Attribute {
    pub(crate) key: String,
    pub(crate) text: Option<String>,
}

/// One metric of a scope.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Metric {
    pub(crate) name: String,
    pub(crate) data: Data,
}

/// The data of a metric.
#[derive(Debug, Default, PartialEq)]
pub(crate) enum Data {
    #[default]
    None,
    Sum {
        temporality: Temporality,
        monotonic: bool,
        points: Vec<NumberPoint>,
    },
    Histogram {
        temporality: Temporality,
        points: Vec<HistogramPoint>,
    },
    /// A type that the contract does not have, with its number of points.
    Other {
        type_name: &'static str,
        points: usize,
    },
}

impl Data {
    pub(crate) fn points(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Sum { points, .. } => points.len(),
            Self::Histogram { points, .. } => points.len(),
            Self::Other { points, .. } => *points,
        }
    }
}

/// How a value relates to those before it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Temporality {
    #[default]
    Unspecified,
    Delta,
    Cumulative,
    Unknown(i64),
}

impl Temporality {
    pub(crate) fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Unspecified,
            1 => Self::Delta,
            2 => Self::Cumulative,
            other => Self::Unknown(other),
        }
    }
}

/// A value as it was sent.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    #[default]
    Missing,
    Int(i64),
    Double(f64),
    /// `asInt` that is no 64-bit whole number.
    NotInt,
}

/// A point of a sum.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct NumberPoint {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) window: Window,
    pub(crate) value: Number,
}

/// A point of a histogram.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct HistogramPoint {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) window: Window,
    pub(crate) count: u64,
    pub(crate) sum: Option<f64>,
    pub(crate) bucket_counts: Vec<u64>,
    pub(crate) bounds: Vec<f64>,
}

/// Start and end in nanoseconds since the Unix epoch; 0 where it was not sent.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

//! `ExportMetricsServiceRequest` from JSON, by proto3's JSON mapping: 64-bit whole numbers as strings or numbers,
//! enums as numbers (names are understood too), unknown fields skipped, `null` for a field that is not there.

use std::fmt;

use super::json_value::{Value, parse};
use super::model::{
    Attribute, Data, HistogramPoint, Metric, Number, NumberPoint, Request, Resource, Temporality, Window,
};
use super::{MAX_POINTS, NotOtlp};

/// Reads a whole body.
pub(crate) fn read(body: &[u8]) -> Result<Request, NotOtlp> {
    let tree = parse(body)?;
    let root = Node::new(&tree, &Path::Root)?;
    if points(&tree) > MAX_POINTS {
        return Err(NotOtlp::TooManyPoints { limit: MAX_POINTS });
    }
    Ok(Request { resources: root.list("resourceMetrics", resource)? })
}

/// All data points, wherever they stand; the tree's depth is bounded.
fn points(value: &Value<'_>) -> usize {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| match value {
                Value::List(items) if key == "dataPoints" => items.len(),
                other => points(other),
            })
            .sum(),
        Value::List(items) => items.iter().map(points).sum(),
        _ => 0,
    }
}

/// Where in the document a value stands.
enum Path<'p> {
    Root,
    Field(&'p Path<'p>, &'static str),
    Item(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Path::Root, name) => formatter.write_str(name),
            Self::Field(parent, name) => write!(formatter, "{parent}.{name}"),
            Self::Item(parent, at) => write!(formatter, "{parent}[{at}]"),
        }
    }
}

fn wrong(path: &Path<'_>, expected: &str) -> NotOtlp {
    let place = path.to_string();
    let place = if place.is_empty() { "the body" } else { &place };
    NotOtlp::Malformed(format!("{place} must be {expected}"))
}

/// An object and where it stands.
struct Node<'v> {
    fields: &'v [(std::borrow::Cow<'v, str>, Value<'v>)],
    path: &'v Path<'v>,
}

impl<'v> Node<'v> {
    fn new(value: &'v Value<'v>, path: &'v Path<'v>) -> Result<Self, NotOtlp> {
        match value {
            Value::Object(fields) => Ok(Self { fields, path }),
            _ => Err(wrong(path, "an object")),
        }
    }

    /// The field's value, unless it is absent or null.
    fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        let found = self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        found.filter(|value| **value != Value::Null)
    }

    /// Reads a list, each item with `item`.
    fn list<T>(
        &self,
        name: &'static str,
        item: impl Fn(&Value<'_>, &Path<'_>) -> Result<T, NotOtlp>,
    ) -> Result<Vec<T>, NotOtlp> {
        let path = Path::Field(self.path, name);
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::List(items)) => {
                items.iter().enumerate().map(|(at, value)| item(value, &Path::Item(&path, at))).collect()
            }
            Some(_) => Err(wrong(&path, "a list")),
        }
    }

    /// Reads a field with `read`, or gives the default where it is absent.
    fn field<T: Default>(
        &self,
        name: &'static str,
        read: impl Fn(&Value<'_>, &Path<'_>) -> Result<T, NotOtlp>,
    ) -> Result<T, NotOtlp> {
        self.get(name).map_or_else(|| Ok(T::default()), |value| read(value, &Path::Field(self.path, name)))
    }
}

fn resource(value: &Value<'_>, path: &Path<'_>) -> Result<Resource, NotOtlp> {
    let node = Node::new(value, path)?;
    let attributes =
        node.field("resource", |value, path| Node::new(value, path)?.list("attributes", attribute))?;
    let scopes = node.list("scopeMetrics", |value, path| Node::new(value, path)?.list("metrics", metric))?;
    Ok(Resource { attributes, metrics: scopes.into_iter().flatten().collect() })
}

fn metric(value: &Value<'_>, path: &Path<'_>) -> Result<Metric, NotOtlp> {
    let node = Node::new(value, path)?;
    let mut result = Metric { name: node.field("name", text)?, data: Data::None };
    for field in ["gauge", "sum", "histogram", "exponentialHistogram", "summary"] {
        let Some(value) = node.get(field) else { continue };
        if result.data != Data::None {
            return Err(wrong(path, "a metric with one type of data"));
        }
        let path = Path::Field(path, field);
        let node = Node::new(value, &path)?;
        result.data = match field {
            "sum" => Data::Sum {
                temporality: node.field("aggregationTemporality", temporality)?,
                monotonic: node.field("isMonotonic", boolean)?,
                points: node.list("dataPoints", number_point)?,
            },
            "histogram" => Data::Histogram {
                temporality: node.field("aggregationTemporality", temporality)?,
                points: node.list("dataPoints", histogram_point)?,
            },
            type_name => Data::Other { type_name, points: node.list("dataPoints", |_, _| Ok(()))?.len() },
        };
    }
    Ok(result)
}

fn number_point(value: &Value<'_>, path: &Path<'_>) -> Result<NumberPoint, NotOtlp> {
    let node = Node::new(value, path)?;
    let value = match (node.get("asInt"), node.get("asDouble")) {
        (Some(_), Some(_)) => return Err(wrong(path, "a point with either asInt or asDouble")),
        (Some(value), None) => signed(value).map_or(Number::NotInt, Number::Int),
        (None, Some(value)) => Number::Double(double(value, &Path::Field(path, "asDouble"))?),
        (None, None) => Number::Missing,
    };
    Ok(NumberPoint { attributes: node.list("attributes", attribute)?, window: window(&node)?, value })
}

fn histogram_point(value: &Value<'_>, path: &Path<'_>) -> Result<HistogramPoint, NotOtlp> {
    let node = Node::new(value, path)?;
    Ok(HistogramPoint {
        attributes: node.list("attributes", attribute)?,
        window: window(&node)?,
        count: node.field("count", unsigned)?,
        sum: node.field("sum", |value, path| double(value, path).map(Some))?,
        bucket_counts: node.list("bucketCounts", unsigned)?,
        bounds: node.list("explicitBounds", double)?,
    })
}

fn window(node: &Node<'_>) -> Result<Window, NotOtlp> {
    Ok(Window {
        start: node.field("startTimeUnixNano", unsigned)?,
        end: node.field("timeUnixNano", unsigned)?,
    })
}

fn attribute(value: &Value<'_>, path: &Path<'_>) -> Result<Attribute, NotOtlp> {
    let node = Node::new(value, path)?;
    let string = |value: &Value<'_>, path: &Path<'_>| {
        Node::new(value, path)?.field("stringValue", |value, path| text(value, path).map(Some))
    };
    Ok(Attribute { key: node.field("key", text)?, text: node.field("value", string)? })
}

fn text(value: &Value<'_>, path: &Path<'_>) -> Result<String, NotOtlp> {
    if let Value::Text(text) = value { Ok(text.clone().into_owned()) } else { Err(wrong(path, "a string")) }
}

fn boolean(value: &Value<'_>, path: &Path<'_>) -> Result<bool, NotOtlp> {
    if let Value::Bool(value) = value { Ok(*value) } else { Err(wrong(path, "true or false")) }
}

fn temporality(value: &Value<'_>, path: &Path<'_>) -> Result<Temporality, NotOtlp> {
    if let Value::Text(name) = value {
        match &**name {
            "AGGREGATION_TEMPORALITY_UNSPECIFIED" => return Ok(Temporality::Unspecified),
            "AGGREGATION_TEMPORALITY_DELTA" => return Ok(Temporality::Delta),
            "AGGREGATION_TEMPORALITY_CUMULATIVE" => return Ok(Temporality::Cumulative),
            _ => {}
        }
    }
    signed(value)
        .map(Temporality::from_number)
        .ok_or_else(|| wrong(path, "an AggregationTemporality (1 for delta)"))
}

/// A 64-bit whole number, as a number or as text.
fn signed(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Signed(number) => Some(*number),
        Value::Unsigned(number) => i64::try_from(*number).ok(),
        Value::Float(number) => whole(*number),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

fn unsigned(value: &Value<'_>, path: &Path<'_>) -> Result<u64, NotOtlp> {
    let number = match value {
        Value::Unsigned(number) => Some(*number),
        Value::Float(number) => whole(*number).and_then(|number| u64::try_from(number).ok()),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| wrong(path, "a whole number from 0 to 2^64 - 1"))
}

/// A float that is a whole number, exactly.
#[allow(clippy::cast_possible_truncation)] // the range is checked first
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

#[allow(clippy::cast_precision_loss)] // a double is what the field is
fn double(value: &Value<'_>, path: &Path<'_>) -> Result<f64, NotOtlp> {
    match value {
        Value::Signed(number) => Some(*number as f64),
        Value::Unsigned(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Text(text) => match &**text {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            text => text.parse().ok(),
        },
        _ => None,
    }
    .ok_or_else(|| wrong(path, "a number"))
}

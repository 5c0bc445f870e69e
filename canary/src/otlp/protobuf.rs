//! `ExportMetricsServiceRequest` from protobuf. Field numbers: opentelemetry/proto/metrics/v1/metrics.proto.

use super::NotOtlp;
use super::model::{
    Attribute, Data, HistogramPoint, Metric, Number, NumberPoint, Request, Resource, Temporality,
};
use super::wire_format::{Allowance, Fields, Value};

/// Reads a whole body.
pub(crate) fn read(body: &[u8]) -> Result<Request, NotOtlp> {
    let mut left = Allowance::new();
    let mut request = Request::default();
    let mut fields = Fields::of("ExportMetricsServiceRequest", body);
    while let Some((number, value)) = fields.next(&mut left)? {
        if number == 1 {
            request.resources.push(resource(fields.bytes(value, "resource_metrics")?, &mut left)?);
        }
    }
    Ok(request)
}

fn resource(bytes: &[u8], left: &mut Allowance) -> Result<Resource, NotOtlp> {
    let mut result = Resource::default();
    let mut seen = false;
    let mut fields = Fields::of("ResourceMetrics", bytes);
    while let Some((number, value)) = fields.next(left)? {
        match number {
            1 if seen => return Err(fields.twice("resource")),
            1 => {
                seen = true;
                result.attributes = resource_attributes(fields.bytes(value, "resource")?, left)?;
            }
            2 => scope(fields.bytes(value, "scope_metrics")?, left, &mut result.metrics)?,
            _ => {}
        }
    }
    Ok(result)
}

fn resource_attributes(bytes: &[u8], left: &mut Allowance) -> Result<Vec<Attribute>, NotOtlp> {
    let mut attributes = Vec::new();
    let mut fields = Fields::of("Resource", bytes);
    while let Some((number, value)) = fields.next(left)? {
        if number == 1 {
            attributes.push(attribute(fields.bytes(value, "attributes")?, left)?);
        }
    }
    Ok(attributes)
}

fn scope(bytes: &[u8], left: &mut Allowance, metrics: &mut Vec<Metric>) -> Result<(), NotOtlp> {
    let mut fields = Fields::of("ScopeMetrics", bytes);
    while let Some((number, value)) = fields.next(left)? {
        if number == 2 {
            metrics.push(metric(fields.bytes(value, "metrics")?, left)?);
        }
    }
    Ok(())
}

fn metric(bytes: &[u8], left: &mut Allowance) -> Result<Metric, NotOtlp> {
    let mut result = Metric::default();
    let mut fields = Fields::of("Metric", bytes);
    while let Some((number, value)) = fields.next(left)? {
        let data = match number {
            1 => {
                result.name = fields.text(value, "name")?;
                continue;
            }
            5 => other("gauge", fields.bytes(value, "gauge")?, left)?,
            7 => sum(fields.bytes(value, "sum")?, left)?,
            9 => histogram(fields.bytes(value, "histogram")?, left)?,
            10 => other("exponential histogram", fields.bytes(value, "exponential_histogram")?, left)?,
            11 => other("summary", fields.bytes(value, "summary")?, left)?,
            _ => continue,
        };
        if result.data != Data::None {
            return Err(fields.twice("data"));
        }
        result.data = data;
    }
    Ok(result)
}

fn other(type_name: &'static str, bytes: &[u8], left: &mut Allowance) -> Result<Data, NotOtlp> {
    let mut points = 0;
    let mut fields = Fields::of(type_name, bytes);
    while let Some((number, value)) = fields.next(left)? {
        if number == 1 {
            fields.bytes(value, "data_points")?;
            left.spend_point()?;
            points += 1;
        }
    }
    Ok(Data::Other { type_name, points })
}

fn temporality(number: u64) -> Temporality {
    Temporality::from_number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn sum(bytes: &[u8], left: &mut Allowance) -> Result<Data, NotOtlp> {
    let (mut when, mut monotonic, mut points) = (Temporality::Unspecified, false, Vec::new());
    let mut fields = Fields::of("Sum", bytes);
    while let Some((number, value)) = fields.next(left)? {
        match number {
            1 => {
                left.spend_point()?;
                points.push(number_point(fields.bytes(value, "data_points")?, left)?);
            }
            2 => when = temporality(fields.varint_of(value, "aggregation_temporality")?),
            3 => monotonic = fields.varint_of(value, "is_monotonic")? != 0,
            _ => {}
        }
    }
    Ok(Data::Sum { temporality: when, monotonic, points })
}

fn histogram(bytes: &[u8], left: &mut Allowance) -> Result<Data, NotOtlp> {
    let (mut when, mut points) = (Temporality::Unspecified, Vec::new());
    let mut fields = Fields::of("Histogram", bytes);
    while let Some((number, value)) = fields.next(left)? {
        match number {
            1 => {
                left.spend_point()?;
                points.push(histogram_point(fields.bytes(value, "data_points")?, left)?);
            }
            2 => when = temporality(fields.varint_of(value, "aggregation_temporality")?),
            _ => {}
        }
    }
    Ok(Data::Histogram { temporality: when, points })
}

fn number_point(bytes: &[u8], left: &mut Allowance) -> Result<NumberPoint, NotOtlp> {
    let mut point = NumberPoint::default();
    let mut fields = Fields::of("NumberDataPoint", bytes);
    while let Some((number, value)) = fields.next(left)? {
        match number {
            2 => point.window.start = fields.fixed64(value, "start_time_unix_nano")?,
            3 => point.window.end = fields.fixed64(value, "time_unix_nano")?,
            4 => point.value = Number::Double(f64::from_bits(fields.fixed64(value, "as_double")?)),
            6 => point.value = Number::Int(fields.fixed64(value, "as_int")?.cast_signed()),
            7 => point.attributes.push(attribute(fields.bytes(value, "attributes")?, left)?),
            _ => {}
        }
    }
    Ok(point)
}

fn histogram_point(bytes: &[u8], left: &mut Allowance) -> Result<HistogramPoint, NotOtlp> {
    let mut point = HistogramPoint::default();
    let mut bounds = Vec::new();
    let mut fields = Fields::of("HistogramDataPoint", bytes);
    while let Some((number, value)) = fields.next(left)? {
        match number {
            2 => point.window.start = fields.fixed64(value, "start_time_unix_nano")?,
            3 => point.window.end = fields.fixed64(value, "time_unix_nano")?,
            4 => point.count = fields.fixed64(value, "count")?,
            5 => point.sum = Some(f64::from_bits(fields.fixed64(value, "sum")?)),
            6 => fields.fixed64_list(value, "bucket_counts", &mut point.bucket_counts)?,
            7 => fields.fixed64_list(value, "explicit_bounds", &mut bounds)?,
            9 => point.attributes.push(attribute(fields.bytes(value, "attributes")?, left)?),
            _ => {}
        }
    }
    point.bounds = bounds.into_iter().map(f64::from_bits).collect();
    Ok(point)
}

fn attribute(bytes: &[u8], left: &mut Allowance) -> Result<Attribute, NotOtlp> {
    let mut result = Attribute::default();
    let mut fields = Fields::of("KeyValue", bytes);
    while let Some((number, value)) = fields.next(left)? {
        match number {
            1 => result.key = fields.text(value, "key")?,
            2 => result.text = any_value(fields.bytes(value, "value")?, left)?,
            _ => {}
        }
    }
    Ok(result)
}

/// The string of an `AnyValue`, or `None` for any other type.
fn any_value(bytes: &[u8], left: &mut Allowance) -> Result<Option<String>, NotOtlp> {
    let mut text = None;
    let mut fields = Fields::of("AnyValue", bytes);
    while let Some((number, value)) = fields.next(left)? {
        match (number, value) {
            (1, value) => text = Some(fields.text(value, "string_value")?),
            (2..=7, Value::Varint(_) | Value::Fixed64(_) | Value::Bytes(_)) => text = None,
            _ => {}
        }
    }
    Ok(text)
}

//! Both readers against any bytes, and the protobuf reader against an independent one.

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::metrics::v1 as wire;
use opentelemetry_proto::tonic::resource::v1::Resource;
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message;

use super::model::{Attribute, Data, Number, Window};
use super::{NotOtlp, json, protobuf};
use crate::count::clock::ClockRule;
use crate::count::reading;

fn attribute() -> impl Strategy<Value = KeyValue> {
    let key = prop_oneof![
        "[a-z.]{0,12}",
        Just("amends.failure.kind".to_owned()),
        Just("amends.outcome".to_owned()),
        Just("service.name".to_owned())
    ];
    let value = prop_oneof![
        ".{0,20}".prop_map(any_value::Value::StringValue),
        Just(any_value::Value::StringValue("hang".to_owned())),
        Just(any_value::Value::StringValue("shown".to_owned())),
        any::<i64>().prop_map(any_value::Value::IntValue),
        any::<bool>().prop_map(any_value::Value::BoolValue),
        any::<f64>().prop_map(any_value::Value::DoubleValue),
    ];
    (key, value).prop_map(|(key, value)| KeyValue {
        key,
        value: Some(AnyValue { value: Some(value) }),
        ..Default::default()
    })
}

fn point() -> impl Strategy<Value = wire::NumberDataPoint> {
    let value = prop_oneof![
        any::<i64>().prop_map(wire::number_data_point::Value::AsInt),
        (-5.0..1e18_f64).prop_map(wire::number_data_point::Value::AsDouble),
    ];
    (vec(attribute(), 0..6), any::<u64>(), any::<u64>(), proptest::option::of(value)).prop_map(
        |(attributes, start, end, value)| wire::NumberDataPoint {
            attributes,
            start_time_unix_nano: start,
            time_unix_nano: end,
            value,
            flags: 1,
            ..Default::default()
        },
    )
}

fn request() -> impl Strategy<Value = ExportMetricsServiceRequest> {
    let sum = (vec(point(), 0..4), 0..4_i32, any::<bool>()).prop_map(|(data_points, when, is_monotonic)| {
        wire::metric::Data::Sum(wire::Sum { data_points, aggregation_temporality: when, is_monotonic })
    });
    let histogram = (vec(any::<u64>(), 0..12), vec(0.0..9.0_f64, 0..12), any::<u64>()).prop_map(
        |(bucket_counts, explicit_bounds, count)| {
            let point = wire::HistogramDataPoint {
                bucket_counts,
                explicit_bounds,
                count,
                sum: Some(1.5),
                ..Default::default()
            };
            wire::metric::Data::Histogram(wire::Histogram {
                data_points: vec![point],
                aggregation_temporality: 1,
            })
        },
    );
    let gauge =
        vec(point(), 0..3).prop_map(|data_points| wire::metric::Data::Gauge(wire::Gauge { data_points }));
    let name = prop_oneof![
        Just("amends.failures".to_owned()),
        Just("amends.sessions".to_owned()),
        Just("amends.apology.latency".to_owned()),
        "[a-z.]{0,9}"
    ];
    let metric = (name, proptest::option::of(prop_oneof![sum, histogram, gauge])).prop_map(|(name, data)| {
        wire::Metric { name, data, unit: "{failure}".to_owned(), ..Default::default() }
    });
    let resource =
        (vec(attribute(), 0..6), vec(metric, 0..5)).prop_map(|(attributes, metrics)| wire::ResourceMetrics {
            resource: Some(Resource { attributes, ..Default::default() }),
            scope_metrics: vec![wire::ScopeMetrics { metrics, ..Default::default() }],
            ..Default::default()
        });
    vec(resource, 0..3).prop_map(|resource_metrics| ExportMetricsServiceRequest { resource_metrics })
}

fn expected(attributes: &[KeyValue]) -> Vec<Attribute> {
    let text = |value: &Option<AnyValue>| match value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(any_value::Value::StringValue(text)) => Some(text.clone()),
        _ => None,
    };
    attributes.iter().map(|one| Attribute { key: one.key.clone(), text: text(&one.value) }).collect()
}

fn bits(number: Number) -> (u8, u64) {
    match number {
        Number::Missing => (0, 0),
        Number::Int(value) => (1, value.cast_unsigned()),
        Number::Double(value) => (2, value.to_bits()),
        Number::NotInt => (3, 0),
    }
}

/// A batch that a device could send, as JSON.
const SAMPLE: &str = r#"{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeMetrics":[{"scope":{"name":"amends"},"metrics":[{"name":"amends.failures","unit":"{failure}","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"startTimeUnixNano":"1","timeUnixNano":"1800000000000000000","asInt":"3","attributes":[{"key":"amends.failure.kind","value":{"stringValue":"hang"}},{"key":"amends.outcome","value":{"stringValue":"shown"}}]}]}}]}]}]}"#;

fn count(request: &super::model::Request) {
    for rule in [ClockRule::Plausible, ClockRule::Any] {
        let reading = reading::read(request, 1_800_000_000, rule, &reading::Apps::Any);
        for observation in &reading.observations {
            assert!(observation.cells.iter().all(|(_, delta)| *delta > 0));
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_give_a_request_or_a_typed_error(bytes in vec(any::<u8>(), 0..400)) {
        let _: Result<_, NotOtlp> = protobuf::read(&bytes).map(|request| count(&request));
        let _: Result<_, NotOtlp> = json::read(&bytes).map(|request| count(&request));
    }

    #[test]
    fn spoiled_json_gives_a_request_or_a_typed_error(
        changes in vec((0..SAMPLE.len(), prop_oneof![any::<u8>(), proptest::sample::select(&b"{}[]\",:0e-.n"[..])]), 1..4),
        cut in proptest::option::of(0..SAMPLE.len()),
    ) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.truncate(cut.unwrap_or(bytes.len()));
        let _: Result<_, NotOtlp> = json::read(&bytes).map(|request| count(&request));
    }

    #[test]
    fn protobuf_is_read_as_prost_reads_it(request in request()) {
        let read = protobuf::read(&request.encode_to_vec()).unwrap();
        prop_assert_eq!(read.resources.len(), request.resource_metrics.len());
        for (mine, sent) in read.resources.iter().zip(&request.resource_metrics) {
            prop_assert_eq!(&mine.attributes, &expected(&sent.resource.as_ref().unwrap().attributes));
            for (mine, sent) in mine.metrics.iter().zip(&sent.scope_metrics[0].metrics) {
                prop_assert_eq!(&mine.name, &sent.name);
                match (&mine.data, &sent.data) {
                    (Data::None, None) => {}
                    (Data::Sum { points, monotonic, .. }, Some(wire::metric::Data::Sum(sum))) => {
                        prop_assert_eq!(*monotonic, sum.is_monotonic);
                        prop_assert_eq!(points.len(), sum.data_points.len());
                        for (mine, sent) in points.iter().zip(&sum.data_points) {
                            let value = match sent.value {
                                None => Number::Missing,
                                Some(wire::number_data_point::Value::AsInt(value)) => Number::Int(value),
                                Some(wire::number_data_point::Value::AsDouble(value)) => Number::Double(value),
                            };
                            prop_assert_eq!(bits(mine.value), bits(value));
                            let window = Window { start: sent.start_time_unix_nano, end: sent.time_unix_nano };
                            prop_assert_eq!(mine.window, window);
                            prop_assert_eq!(&mine.attributes, &expected(&sent.attributes));
                        }
                    }
                    (Data::Histogram { points, .. }, Some(wire::metric::Data::Histogram(histogram))) => {
                        prop_assert_eq!(&points[0].bucket_counts, &histogram.data_points[0].bucket_counts);
                        prop_assert_eq!(&points[0].bounds, &histogram.data_points[0].explicit_bounds);
                        prop_assert_eq!(points[0].count, histogram.data_points[0].count);
                    }
                    (Data::Other { points, .. }, Some(wire::metric::Data::Gauge(gauge))) => {
                        prop_assert_eq!(*points, gauge.data_points.len());
                    }
                    (mine, sent) => prop_assert!(false, "{mine:?} for {sent:?}"),
                }
            }
        }
        count(&read);
    }

    #[test]
    fn spoiled_protobuf_gives_a_request_or_a_typed_error(
        request in request(),
        changes in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = request.encode_to_vec();
        if !bytes.is_empty() {
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        let _: Result<_, NotOtlp> = protobuf::read(&bytes).map(|request| count(&request));
    }
}

#[test]
fn the_sample_counts() {
    let request = json::read(SAMPLE.as_bytes()).unwrap();
    let reading = reading::read(&request, 1_800_000_000, ClockRule::Plausible, &reading::Apps::Any);
    assert_eq!((reading.observations.len(), reading.remarks.message()), (1, String::new()));
}

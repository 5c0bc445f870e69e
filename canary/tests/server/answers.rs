//! Each row of the table of answers in docs/wire.md.

use std::io::Write;

use prost::Message;
use serde_json::json;

use crate::fixture::{JSON, PROTOBUF, Server, batch, failures, fresh_key, gzip, point, sum};

/// `google.rpc.Status`, as an independent reader sees it.
#[derive(Clone, PartialEq, Message)]
struct Status {
    #[prost(int32, tag = "1")]
    code: i32,
    #[prost(string, tag = "2")]
    message: String,
}

#[test]
fn a_good_batch_is_answered_with_an_empty_success() {
    let server = Server::start();
    let answer = server.client.send(&failures("shop", 1));
    assert_eq!((answer.status, &*answer.text(), answer.header("content-type")), (200, "{}", JSON));
}

#[test]
fn gzip_and_content_type_parameters_are_understood() {
    let server = Server::start();
    let body = gzip(failures("shop", 3).to_string().as_bytes());
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("content-encoding", "gzip"),
        ("idempotency-key", &*fresh_key()),
    ];
    assert_eq!(server.client.post(&body, &headers).text(), "{}");
    assert_eq!(server.client.total("amends_failures_total", &[]), 3);
}

#[test]
fn malformed_bodies_are_400_and_say_where() {
    let server = Server::start();
    for (body, place) in [
        (&b"{"[..], "line 1"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "the body must be an object"),
        (br#"{"resourceMetrics":{}}"#, "resourceMetrics must be a list"),
        (br#"{"resourceMetrics":[[]]}"#, "resourceMetrics[0] must be an object"),
        (br#"{"resourceMetrics":[],"resourceMetrics":[]}"#, "twice"),
        (br#"{"unknown":{"a":1,"a":2}}"#, "twice"),
        (
            br#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":7}]}]}]}"#,
            "metrics[0].name must be a string",
        ),
        (br#"{"a":NaN}"#, "not JSON"),
        (b"{} {}", "not JSON"),
    ] {
        let answer = server.client.post(body, &[("content-type", JSON)]);
        assert_eq!(answer.status, 400, "{}", String::from_utf8_lossy(body));
        let status = answer.json();
        assert_eq!(status["code"], 3);
        let message = status["message"].as_str().unwrap();
        assert!(message.contains(place), "{message} does not say {place}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(server.client.post(deep.as_bytes(), &[("content-type", JSON)]).status, 400);
}

#[test]
fn protobuf_errors_are_protobuf() {
    let server = Server::start();
    let answer = server.client.post(&[0x0a, 0x05, 0x01], &[("content-type", PROTOBUF)]);
    assert_eq!((answer.status, answer.header("content-type")), (400, PROTOBUF));
    let status = Status::decode(&*answer.body).unwrap();
    assert_eq!(status.code, 3);
    assert!(status.message.contains("ExportMetricsServiceRequest"), "{}", status.message);
}

#[test]
fn gzip_that_is_cut_or_garbage_is_400() {
    let server = Server::start();
    let whole = gzip(failures("shop", 1).to_string().as_bytes());
    let mut spoiled = whole.clone();
    let at = spoiled.len() - 6;
    spoiled[at] ^= 0xff;
    let mut trailing = whole.clone();
    trailing.extend_from_slice(b"garbage behind it");
    for body in
        [&whole[..whole.len() / 2], &whole[..whole.len() - 1], &whole[..5], b"not gzip", &spoiled, &trailing]
    {
        let answer = server.client.post(body, &[("content-type", JSON), ("content-encoding", "gzip")]);
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert!(answer.json()["message"].as_str().unwrap().contains("gzip"));
    }
    assert_eq!(server.client.total("amends_failures_total", &[]), 0);
}

#[test]
fn a_bomb_is_413_and_a_body_at_the_limit_is_not() {
    let server = Server::with(|config| config.body_limit = 64 << 10);
    let bomb = gzip(&vec![b' '; 200 << 20]);
    assert!(bomb.len() < 1 << 20);
    let headers = [("content-type", JSON), ("content-encoding", "gzip")];
    // The bomb itself is over the limit as sent; a small one is caught while it inflates.
    assert_eq!(server.client.post(&bomb, &headers).status, 413);
    let small_bomb = gzip(&vec![b' '; 20 << 20]);
    assert!(small_bomb.len() < 64 << 10);
    let answer = server.client.post(&small_bomb, &headers);
    assert_eq!((answer.status, answer.json()["code"].as_i64()), (413, Some(8)));

    let mut padded = failures("shop", 1).to_string().into_bytes();
    padded.resize(64 << 10, b' ');
    assert_eq!(server.client.post(&gzip(&padded), &headers).status, 200);
    assert_eq!(server.client.post(&padded, &[("content-type", JSON)]).status, 200);
    padded.push(b' ');
    assert_eq!(server.client.post(&gzip(&padded), &headers).status, 413);
    assert_eq!(server.client.post(&padded, &[("content-type", JSON)]).status, 413);
}

#[test]
fn a_bomb_of_several_gzip_members_is_413_too() {
    let server = Server::with(|config| config.body_limit = 64 << 10);
    let member = gzip(&vec![b' '; 40 << 10]);
    let headers = [("content-type", JSON), ("content-encoding", "gzip")];
    assert_eq!(server.client.post(&[&*member, &*member].concat(), &headers).status, 413);
}

#[test]
fn a_body_of_countless_empty_elements_is_413() {
    let server = Server::start();
    let json = format!("{{\"resourceMetrics\":[{}{{}}]}}", "{},".repeat(1_000_000));
    assert_eq!(server.client.post(json.as_bytes(), &[("content-type", JSON)]).status, 413);
    let protobuf = [0x0a, 0x00].repeat(1_000_000);
    assert_eq!(server.client.post(&protobuf, &[("content-type", PROTOBUF)]).status, 413);
}

#[test]
fn a_body_without_length_is_limited_as_well() {
    let server = Server::with(|config| config.body_limit = 64 << 10);
    let mut stream = std::net::TcpStream::connect(server.client.url.trim_start_matches("http://")).unwrap();
    stream
        .write_all(b"POST /v1/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
        .unwrap();
    // The server may answer and close before all is written.
    for _ in 0..10 {
        let _ = stream
            .write_all(b"4000\r\n")
            .and_then(|()| stream.write_all(&[b' '; 0x4000]))
            .and_then(|()| stream.write_all(b"\r\n"));
    }
    let mut answer = String::new();
    let _ = std::io::Read::read_to_string(&mut std::io::Read::take(&stream, 12), &mut answer);
    assert_eq!(answer, "HTTP/1.1 413");
}

#[test]
fn other_types_and_encodings_are_415() {
    let server = Server::start();
    for headers in [
        &[("content-type", "text/plain")][..],
        &[("content-type", "application/jsonp")],
        &[],
        &[("content-type", JSON), ("content-encoding", "br")],
        &[("content-type", JSON), ("content-encoding", "gzip, gzip")],
    ] {
        let answer = server.client.post(b"{}", headers);
        assert_eq!((answer.status, answer.json()["code"].as_i64()), (415, Some(3)), "{headers:?}");
    }
}

#[test]
fn other_methods_and_paths_are_refused() {
    let server = Server::start();
    assert_eq!(server.client.get("/v1/metrics").status, 405);
    assert_eq!(server.client.get("/v1/nothing").status, 404);
}

#[test]
fn a_batch_without_key_is_counted_and_warned() {
    let server = Server::start();
    let body = failures("shop", 1).to_string();
    for _ in 0..2 {
        let (rejected, message) = server.client.post(body.as_bytes(), &[("content-type", JSON)]).partial();
        assert_eq!(rejected, 0);
        assert!(message.contains("Idempotency-Key"), "{message}");
    }
    assert_eq!(server.client.total("amends_failures_total", &[]), 2);
}

#[test]
fn an_empty_request_is_a_success_with_a_warning() {
    let server = Server::start();
    for empty in [json!({}), json!({ "resourceMetrics": null }), batch("shop", "1", &[])] {
        let (rejected, message) = server.client.send(&empty).partial();
        assert_eq!((rejected, &*message), (0, "warning: no data point in this batch"));
    }
}

#[test]
fn many_points_in_a_small_body_are_413() {
    let server = Server::start();
    let points = |count: usize| vec![point(&json!(1), &[]); count];
    let send = |count| {
        let body = gzip(batch("shop", "1", &[sum("amends.sessions", &points(count))]).to_string().as_bytes());
        server.client.post(&body, &[("content-type", JSON), ("content-encoding", "gzip")])
    };
    let answer = send(5_001);
    assert_eq!((answer.status, answer.json()["code"].as_i64()), (413, Some(8)));
    assert!(answer.json()["message"].as_str().unwrap().contains("5000 data points"), "{}", answer.text());
    assert_eq!(server.client.total("amends_sessions_total", &[]), 0);
    assert_eq!(send(5_000).status, 200);
    // Sum, without points' content: metric { name, sum { 5,001 × data_points } }.
    let mut sum_bytes = [0x0a, 0x00].repeat(5_001);
    let length = |bytes: &[u8]| {
        let length = bytes.len();
        [u8::try_from(length & 0x7f).unwrap() | 0x80, u8::try_from(length >> 7).unwrap()]
    };
    for tag in [0x3a, 0x12, 0x12, 0x0a] {
        sum_bytes = [&[tag], &length(&sum_bytes)[..], &sum_bytes].concat();
    }
    assert_eq!(server.client.post(&sum_bytes, &[("content-type", PROTOBUF)]).status, 413);
}

#[test]
fn countless_gzip_members_are_413() {
    let server = Server::start();
    let headers = [("content-type", JSON), ("content-encoding", "gzip")];
    let body = failures("shop", 1).to_string();
    let members = |spaces: usize| [gzip(body.as_bytes()), gzip(b" ").repeat(spaces)].concat();
    assert_eq!(server.client.post(&members(15), &headers).status, 200);
    let answer = server.client.post(&members(16), &headers);
    assert_eq!((answer.status, answer.json()["code"].as_i64()), (413, Some(8)));
}

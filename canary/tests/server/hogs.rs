//! Clients that take what others need: memory, connections, threads.

use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

use serde_json::json;

use crate::fixture::{JSON, Server, batch, failures, gzip, point, sum, until};
use crate::raw;

const TYPE: &str = "content-type: application/json\r\n";

#[test]
fn bodies_that_do_not_come_hold_no_memory() {
    let server = Server::start();
    let declared = format!("{TYPE}content-length: 4194304");
    let chunked = format!("{TYPE}transfer-encoding: chunked");
    let mut open = Vec::new();
    for headers in [declared, chunked] {
        for _ in 0..40 {
            let mut stream = raw::post(&server, &headers);
            stream.write_all(if headers.contains("chunked") { b"3e8\r\n{" } else { b"{" }).unwrap();
            open.push(stream);
        }
    }
    // Each was taken before this one, or soon after; either way it counts.
    for _ in 0..20 {
        let mut body = failures("shop", 1).to_string().into_bytes();
        // Larger than what memory is reserved for.
        body.resize(512 << 10, b' ');
        assert_eq!(server.client.post(&body, &[("content-type", JSON)]).status, 200);
    }
}

#[test]
fn a_body_that_stands_still_is_503_and_the_connection_ends() {
    let server = Server::with(|config| config.patience.body = Duration::from_millis(50));
    for headers in ["content-length: 1000", "transfer-encoding: chunked"] {
        let mut stream = raw::post(&server, &format!("{TYPE}{headers}"));
        let (status, answer) = raw::rest(&mut stream);
        assert_eq!(status, 503, "{answer}");
        assert!(answer.contains("retry-after") && answer.contains("send it again"), "{answer}");
    }
}

#[test]
fn a_silence_that_stands_still_ends_and_who_may_not_ask_is_told_before_its_body() {
    let asked = |server: &Server| {
        let mut stream = raw::connect(server);
        let head = format!("{TYPE}content-length: 1000");
        write!(stream, "POST /v1/silences HTTP/1.1\r\nhost: localhost\r\n{head}\r\n\r\n{{").unwrap();
        raw::rest(&mut stream)
    };
    let (status, answer) = asked(&Server::with(|config| config.patience.body = Duration::from_millis(50)));
    assert!(status == 400 && answer.contains("did not come within"), "{answer}");
    let (status, answer) = asked(&Server::with(|config| config.admin_key = Some("open-sesame".to_owned())));
    assert!(status == 401 && answer.contains("not_admin"), "{answer}");
}

#[test]
fn a_connection_that_says_nothing_ends() {
    let server = Server::with(|config| config.patience.head = Duration::from_millis(50));
    let mut silent = raw::connect(&server);
    assert_eq!(raw::rest(&mut silent).0, 0);
}

#[test]
fn a_refused_body_is_read_so_that_the_answer_arrives() {
    let server = Server::with(|config| {
        config.body_limit = 16 << 20;
        config.ingest_keys = vec!["a-long-enough-key".to_owned()];
    });
    let body = vec![b' '; 16 << 20];
    for (headers, status) in [
        (format!("{TYPE}content-length: 16777216"), 401),
        ("content-type: text/plain\r\ncontent-length: 16777216".to_owned(), 415),
        (format!("{TYPE}authorization: Bearer a-long-enough-key\r\ncontent-length: 16777217"), 413),
    ] {
        let mut stream = raw::post(&server, &format!("{headers}\r\nconnection: close"));
        stream.write_all(&body).unwrap();
        if status == 413 {
            stream.write_all(b" ").unwrap();
        }
        assert_eq!(raw::rest(&mut stream).0, status);
    }
}

/// Screens with names long enough that an answer does not fit the system's buffers.
fn large(server: &Server) {
    for part in 0..10 {
        let points: Vec<_> = (0..1_000)
            .map(|number| {
                let screen = format!("{:0>120}", number + part * 10_000);
                point(&json!(1), &[("amends.failure.kind", "hang"), ("app.screen.name", &screen)])
            })
            .collect();
        let app = format!("app{part}");
        let body = gzip(batch(&app, "1", &[sum("amends.apologies", &points)]).to_string().as_bytes());
        let headers = [("content-type", JSON), ("content-encoding", "gzip")];
        assert_eq!(server.client.post(&body, &headers).status, 200);
    }
}

#[test]
fn a_client_that_never_reads_loses_its_connection() {
    let server = Server::with(|config| config.patience.write = Duration::from_millis(200));
    large(&server);
    let mut stream = raw::connect(&server);
    // More answers than any buffer between the two holds.
    stream.set_write_timeout(Some(Duration::from_secs(60))).unwrap();
    let broken = (0..1_000_000)
        .find_map(|_| stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n").err())
        .expect("the server went on and on");
    // Not the timeout of this side.
    let cut = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe, ErrorKind::ConnectionAborted];
    assert!(cut.contains(&broken.kind()), "{broken}");
    assert_eq!(server.client.get("/healthz").status, 200);
}

#[test]
fn many_queries_do_not_stop_batches_from_being_counted() {
    let server = Server::start();
    large(&server);
    let mut hogs: Vec<_> = (0..600)
        .map(|_| {
            let mut stream = raw::connect(&server);
            write!(
                stream,
                "GET /v1/counts?app=app1&since=30d HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
            )
            .unwrap();
            stream
        })
        .collect();
    assert_eq!(server.client.send(&failures("shop", 1)).text(), "{}");
    for stream in &mut hogs {
        let (status, answer) = raw::rest(stream);
        match status {
            200 => {}
            503 => assert!(answer.contains("retry-after") && answer.contains("too many queries"), "{answer}"),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn metrics_are_one_rendering_until_something_counts() {
    let server = Server::start();
    assert_eq!(server.client.send(&failures("shop", 1)).text(), "{}");
    assert_eq!(server.client.get("/metrics").text(), server.client.get("/metrics").text());
    for count in 2..30 {
        assert_eq!(server.client.send(&failures("shop", 1)).text(), "{}");
        assert_eq!(
            server.client.total("amends_failures_total", &[]),
            count,
            "what was answered shows at once"
        );
    }
    // A large page is shared for a while, then shows the rest.
    large(&server);
    assert_eq!(server.client.send(&failures("shop", 1)).text(), "{}");
    until("the newest page", || (server.client.total("amends_failures_total", &[]) == 30).then_some(()));
}

#[test]
fn a_stop_does_not_wait_for_readers() {
    let mut server = Server::start();
    large(&server);
    let mut hogs: Vec<_> = (0..40)
        .map(|_| {
            let mut stream = raw::connect(&server);
            write!(stream, "GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
            stream
        })
        .collect();
    server.stop();
    for stream in &mut hogs {
        let _ = stream.read(&mut [0; 1]);
    }
    server.start_again();
    assert_eq!(server.client.total("amends_apologies_total", &[]), 10_000);
}

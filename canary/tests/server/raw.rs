//! Requests byte by byte.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::fixture::Server;

pub(crate) fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.client.url.trim_start_matches("http://")).unwrap();
    // A wait in vain ends.
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// Reads until the server closes.
pub(crate) fn rest(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, text)
}

pub(crate) fn get(server: &Server, path: &str, host: &str) -> (u16, String) {
    let mut stream = connect(server);
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    rest(&mut stream)
}

/// The head of a POST, with these further headers.
pub(crate) fn post(server: &Server, headers: &str) -> TcpStream {
    let mut stream = connect(server);
    write!(stream, "POST /v1/metrics HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n\r\n").unwrap();
    stream
}

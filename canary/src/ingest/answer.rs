//! Answers in the request's own format.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use super::headers::Format;
use super::refusal::Refusal;

/// `ExportMetricsServiceResponse`.
pub(super) fn success(format: Format, rejected: u64, message: &str) -> Response {
    let body = match format {
        Format::Json if message.is_empty() && rejected == 0 => b"{}".to_vec(),
        Format::Json => serde_json::json!({
            "partialSuccess": { "rejectedDataPoints": rejected.to_string(), "errorMessage": message }
        })
        .to_string()
        .into_bytes(),
        Format::Protobuf if message.is_empty() && rejected == 0 => Vec::new(),
        Format::Protobuf => {
            let mut partial = Vec::new();
            put_varint(&mut partial, 1, rejected);
            put_bytes(&mut partial, 2, message.as_bytes());
            let mut response = Vec::new();
            put_bytes(&mut response, 1, &partial);
            response
        }
    };
    answer(StatusCode::OK, format, body)
}

/// `google.rpc.Status`.
pub(super) fn refused(format: Format, refusal: &Refusal) -> Response {
    let (code, message) = (refusal.rpc_code(), refusal.to_string());
    let body = match format {
        Format::Json => serde_json::json!({ "code": code, "message": message }).to_string().into_bytes(),
        Format::Protobuf => {
            let mut status = Vec::new();
            put_varint(&mut status, 1, u64::from(code));
            put_bytes(&mut status, 2, message.as_bytes());
            status
        }
    };
    let mut response = answer(refusal.status(), format, body);
    if let Some(seconds) = refusal.retry_after_s() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if refusal.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn answer(status: StatusCode, format: Format, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    response
}

/// Field numbers here are below 16, so a tag is one byte.
fn put_varint(message: &mut Vec<u8>, field: u8, value: u64) {
    if value > 0 {
        message.push(field << 3);
        varint(message, value);
    }
}

fn put_bytes(message: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    message.push(field << 3 | 2);
    varint(message, bytes.len() as u64);
    message.extend_from_slice(bytes);
}

fn varint(message: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            return message.push(low & 0x7f);
        }
        message.push(low | 0x80);
    }
}

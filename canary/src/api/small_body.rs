//! Bodies of questions: small, and nobody may stand still over them.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};

use super::ApiError;

/// More than any question takes, in bytes.
const LIMIT: usize = 16 * 1_024;

/// The whole body; an error where it is too large, breaks off or takes longer than `patience`.
pub(crate) async fn read(body: Body, patience: Duration) -> Result<Bytes, ApiError> {
    match tokio::time::timeout(patience, to_bytes(body, LIMIT)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(ApiError::parameter("body", format!("broke off, or is larger than {LIMIT} bytes"))),
        Err(_) => Err(ApiError::parameter("body", format!("did not come within {} s", patience.as_secs()))),
    }
}

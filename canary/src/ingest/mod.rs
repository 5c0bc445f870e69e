//! `POST /v1/metrics`: from bytes to a batch that is counted once.

mod answer;
mod budget;
mod headers;
mod inflate;
pub(crate) mod keys;
mod refusal;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use sha2::{Digest, Sha256};
use tokio_stream::StreamExt;

pub(crate) use budget::Budget;
use headers::{Encoding, Format};
pub(crate) use keys::IngestKeys;
use refusal::Refusal;

use crate::count::reading;
use crate::live::now_s;
use crate::otlp;
use crate::server::Shared;
use crate::store::{Batch, BatchKey};

/// A body that takes longer is given up; the device tries again.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Takes one batch.
pub(crate) async fn metrics(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Body) -> Response {
    let format = Format::of(&headers);
    let result = match &format {
        Ok(format) => take(&shared, &headers, *format, body).await,
        Err(refusal) => Err(refusal.clone()),
    };
    let format = format.unwrap_or(Format::Json);
    match result {
        Ok(receipt) => {
            let result = if receipt.repeated { &shared.own.repeated } else { &shared.own.counted };
            result.add(1);
            shared.own.points_rejected.add(if receipt.repeated { 0 } else { receipt.rejected });
            answer::success(format, receipt.rejected, &receipt.message)
        }
        Err(refusal) => {
            shared.own.refused.add(1);
            answer::refused(format, &refusal)
        }
    }
}

async fn take(
    shared: &Arc<Shared>,
    headers: &HeaderMap,
    format: Format,
    body: Body,
) -> Result<crate::store::Receipt, Refusal> {
    let scope = shared.keys.scope_of(headers)?;
    let encoding = Encoding::of(headers)?;
    let key = headers::idempotency_key(headers)?.map(|key| BatchKey { scope, key });
    let limit = shared.body_limit;
    let declared = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > limit) {
        return Err(Refusal::TooLarge { limit });
    }
    let _wire_bytes = shared.budget.take(declared.unwrap_or(limit))?;
    let bytes = tokio::time::timeout(BODY_TIMEOUT, collect(body, limit, declared))
        .await
        .map_err(|_| Refusal::Slow { seconds: BODY_TIMEOUT.as_secs() })??;
    let worker = Arc::clone(shared);
    let permit = shared.budget.worker().await?;
    let parse = move || {
        let _permit = permit;
        read(&worker, &bytes, encoding, format, key)
    };
    let (batch, _inflated_bytes) =
        tokio::task::spawn_blocking(parse).await.map_err(|_| Refusal::Internal)??;
    Ok(shared.store.count(batch).await?)
}

/// The body as sent, never more than the limit.
async fn collect(body: Body, limit: usize, declared: Option<usize>) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(declared.unwrap_or(0).min(limit));
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk: Bytes = chunk.map_err(|_| Refusal::Cut)?;
        if bytes.len() + chunk.len() > limit {
            return Err(Refusal::TooLarge { limit });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn read(
    shared: &Shared,
    bytes: &[u8],
    encoding: Encoding,
    format: Format,
    key: Option<BatchKey>,
) -> Result<(Batch, budget::Bytes), Refusal> {
    let body = inflate::inflate(bytes, encoding, shared.body_limit)?;
    let held = shared.budget.take(body.len())?;
    let request = match format {
        Format::Json => otlp::json::read(&body),
        Format::Protobuf => otlp::protobuf::read(&body),
    }?;
    let digest = Sha256::new().chain_update(format.content_type()).chain_update([0]).chain_update(&body);
    let arrival_s = now_s();
    let mut reading = reading::read(&request, arrival_s, shared.clock);
    if key.is_none() {
        reading.remarks.warn("no Idempotency-Key, so a retry of this batch cannot be recognised; send one");
    }
    Ok((Batch { key, digest: digest.finalize().into(), arrival_s, reading }, held))
}

//! `POST /v1/metrics`: from bytes to a batch that is counted once.

mod answer;
mod body;
mod budget;
mod headers;
mod inflate;
pub(crate) mod keys;
mod refusal;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use sha2::{Digest, Sha256};

pub(crate) use budget::Budget;
use headers::{Encoding, Format};
pub(crate) use keys::IngestKeys;
use refusal::Refusal;

use crate::count::reading::{self, Apps};
use crate::live::now_s;
use crate::otlp;
use crate::server::Shared;
use crate::store::{Batch, BatchKey};

/// What one parsed point may need until it is counted, in bytes.
const POINT_BYTES: usize = 512;

/// Takes one batch.
pub(crate) async fn metrics(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Body) -> Response {
    let format = Format::of(&headers);
    let mut body = body::Incoming::new(&headers, body);
    let result = match &format {
        Ok(format) => take(&shared, &headers, *format, &mut body).await,
        Err(refusal) => Err(refusal.clone()),
    };
    if result.is_err() {
        body.drain(shared.body_limit).await;
    }
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
    body: &mut body::Incoming,
) -> Result<crate::store::Receipt, Refusal> {
    let keys::Grant { scope, apps } = shared.keys.grant(headers)?;
    let encoding = Encoding::of(headers)?;
    let key = headers::idempotency_key(headers)?.map(|key| BatchKey { scope, key });
    let (bytes, _wire_bytes) = body.collect(shared.body_limit, &shared.budget, shared.patience.body).await?;
    let worker = Arc::clone(shared);
    let permit = shared.budget.worker().await?;
    let parse = move || {
        let _permit = permit;
        read(&worker, &bytes, encoding, format, key, &apps)
    };
    let (batch, _parsed_bytes) =
        tokio::task::spawn_blocking(parse).await.map_err(|_| Refusal::Internal)??;
    Ok(shared.store.count(batch).await?)
}

fn read(
    shared: &Shared,
    bytes: &[u8],
    encoding: Encoding,
    format: Format,
    key: Option<BatchKey>,
    apps: &Apps,
) -> Result<(Batch, budget::Share), Refusal> {
    let body = inflate::inflate(bytes, encoding, shared.body_limit)?;
    let mut held = shared.budget.take(body.len())?;
    let request = match format {
        Format::Json => otlp::json::read(&body),
        Format::Protobuf => otlp::protobuf::read(&body),
    }?;
    shared.budget.grow(&mut held, body.len() + request.points() * POINT_BYTES)?;
    let digest = Sha256::new().chain_update(format.content_type()).chain_update([0]).chain_update(&body);
    let arrival_s = now_s();
    let mut reading = reading::read(&request, arrival_s, shared.clock, apps);
    if key.is_none() {
        reading.remarks.warn("no Idempotency-Key, so a retry of this batch cannot be recognised; send one");
    }
    Ok((Batch { key, digest: digest.finalize().into(), arrival_s, reading }, held))
}

//! Ingest keys: who may send, and whose idempotency keys are whose.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use sha2::{Digest, Sha256};

use super::Refusal;

/// The keys that this canary takes batches for; none: it takes them from anyone who reaches it.
pub(crate) struct IngestKeys {
    hashes: Vec<[u8; 32]>,
}

impl IngestKeys {
    pub(crate) fn new(keys: &[String]) -> Self {
        Self { hashes: keys.iter().map(|key| Sha256::digest(key).into()).collect() }
    }

    /// The scope of the request's idempotency keys, if its ingest key is right.
    pub(super) fn scope_of(&self, headers: &HeaderMap) -> Result<[u8; 8], Refusal> {
        if self.hashes.is_empty() {
            return Ok([0; 8]);
        }
        let value = headers.get(AUTHORIZATION).ok_or(Refusal::NoIngestKey)?.to_str().unwrap_or("");
        let (scheme, key) = value.split_once(' ').ok_or(Refusal::WrongIngestKey)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refusal::WrongIngestKey);
        }
        let given: [u8; 32] = Sha256::digest(key.trim()).into();
        // Hashes are compared, and all of them, so that the time taken says nothing about a key.
        let mut scope = None;
        for hash in &self.hashes {
            if given == *hash {
                scope = hash.first_chunk::<8>().copied();
            }
        }
        scope.ok_or(Refusal::WrongIngestKey)
    }
}

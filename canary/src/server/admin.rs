//! Who may change what the canary does: silences, and messages that are tried again.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use sha2::{Digest, Sha256};

use crate::api::ApiError;

/// See the module.
pub(crate) struct Admin {
    /// Only its hash is kept.
    key: Option<[u8; 32]>,
    /// Whether anyone who reaches the canary may: only where that is this machine alone, so without a proxy's name.
    open: bool,
}

impl Admin {
    pub(super) fn new(listen: IpAddr, allowed_hosts: &[String], key: Option<&str>) -> Self {
        let open = listen.is_loopback() && allowed_hosts.is_empty();
        Self { key: key.map(|key| Sha256::digest(key.trim()).into()), open }
    }

    /// Lets a request through that carries the admin key, or needs none.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), ApiError> {
        let Some(key) = self.key else {
            return if self.open { Ok(()) } else { Err(ApiError::NoAdmin) };
        };
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or("");
        let given = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        // Hashes are compared, so that the time taken says nothing about the key.
        match given {
            Some((_, given)) if <[u8; 32]>::from(Sha256::digest(given.trim())) == key => Ok(()),
            _ => Err(ApiError::NotAdmin),
        }
    }
}

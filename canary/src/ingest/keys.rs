//! Ingest keys: who may send for which app, and whose idempotency keys are whose.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::count::reading::Apps;

/// The keys that this canary takes batches for; none: it takes them from anyone who reaches it.
pub(crate) struct IngestKeys {
    keys: Vec<IngestKey>,
}

struct IngestKey {
    hash: [u8; 32],
    /// The one app it may send for; `None` for any.
    app: Option<String>,
}

/// What a key allows.
pub(super) struct Grant {
    /// The scope of the request's idempotency keys.
    pub(super) scope: [u8; 8],
    pub(super) apps: Apps,
}

/// `APP=KEY` or `KEY`, without the space around. Base64 may end in `=`, so that alone parts nothing.
pub(crate) fn split(text: &str) -> (Option<&str>, &str) {
    let text = text.trim();
    match text.split_once('=') {
        Some((app, key)) if key.chars().any(|character| character != '=') => (Some(app.trim()), key.trim()),
        _ => (None, text),
    }
}

/// Whether this key is too easy to guess, or named for no app.
pub(crate) fn is_weak(text: &str) -> bool {
    let (app, key) = split(text);
    key.len() < 8 || app.is_some_and(str::is_empty)
}

impl IngestKeys {
    pub(crate) fn new(keys: &[String]) -> Self {
        let key = |text: &String| {
            let (app, key) = split(text);
            IngestKey { hash: Sha256::digest(key).into(), app: app.map(str::to_owned) }
        };
        Self { keys: keys.iter().map(key).collect() }
    }

    /// Whether a batch needs a key at all.
    pub(crate) fn are_set(&self) -> bool {
        !self.keys.is_empty()
    }

    /// What the request may do, if its ingest key is right.
    pub(super) fn grant(&self, headers: &HeaderMap) -> Result<Grant, Refusal> {
        if self.keys.is_empty() {
            return Ok(Grant { scope: [0; 8], apps: Apps::Any });
        }
        let value = headers.get(AUTHORIZATION).ok_or(Refusal::NoIngestKey)?.to_str().unwrap_or("");
        let (scheme, key) = value.split_once(' ').ok_or(Refusal::WrongIngestKey)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refusal::WrongIngestKey);
        }
        let given: [u8; 32] = Sha256::digest(key.trim()).into();
        // Hashes are compared, and all of them, so that the time taken says nothing about a key.
        let (mut scope, mut any, mut apps) = (None, false, Vec::new());
        for IngestKey { hash, app } in &self.keys {
            if given == *hash {
                scope = hash.first_chunk::<8>().copied();
                match app {
                    Some(app) => apps.push(app.clone()),
                    None => any = true,
                }
            }
        }
        let scope = scope.ok_or(Refusal::WrongIngestKey)?;
        Ok(Grant { scope, apps: if any { Apps::Any } else { Apps::These(apps) } })
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn an_app_stands_before_the_first_equals_sign() {
        assert_eq!(split("shop=0123456789"), (Some("shop"), "0123456789"));
        assert_eq!(split(" shop = 0123456789 "), (Some("shop"), "0123456789"));
        assert_eq!(split("shop=MDEyMzQ1Njc4OQ=="), (Some("shop"), "MDEyMzQ1Njc4OQ=="));
        assert_eq!(split(" MDEyMzQ1Njc4OQ== "), (None, "MDEyMzQ1Njc4OQ=="));
        assert_eq!(split("plain-key"), (None, "plain-key"));
    }
}

//! What `serve` can be told in the file as well as by its options.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::table::Table;
use crate::ingest::keys;

/// See the module. Options win over these.
#[derive(Clone, Default)]
pub struct ServeKeys {
    /// `--data`
    pub data: Option<PathBuf>,
    /// `--listen`
    pub listen: Option<SocketAddr>,
    /// `--ingest-key`
    pub ingest_keys: Option<Vec<String>>,
    /// `--body-limit-kib`
    pub body_limit_kib: Option<u32>,
    /// `--accept-any-clock`
    pub accept_any_clock: Option<bool>,
    /// `--max-apps`
    pub max_apps: Option<u32>,
    /// `--keep-days`
    pub keep_days: Option<u32>,
    /// `--min-devices`
    pub min_devices: Option<u32>,
    /// `--max-store-mib`
    pub max_store_mib: Option<u64>,
    /// `--allow-host`
    pub allowed_hosts: Option<Vec<String>>,
    /// Key that may change things; there is no option for it, for a command line is no place for a secret.
    pub admin_key: Option<String>,
}

/// Keys stay out of logs.
impl std::fmt::Debug for ServeKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ServeKeys").field("data", &self.data).finish_non_exhaustive()
    }
}

pub(super) fn serve(root: &Table<'_>) -> ServeKeys {
    let number = |key, within| root.whole(key, within).and_then(|number| u32::try_from(number).ok());
    let listen = root.text("listen").and_then(|found| {
        let address = found.value.parse().ok();
        if address.is_none() {
            root.report(&found.at, "listen has to be an address and a port, as 127.0.0.1:4390 or [::1]:4390");
        }
        address
    });
    let texts = |key| root.texts(key).map(|all| all.into_iter().map(|found| found.value).collect());
    let ingest_keys = root.texts("ingest_keys");
    for found in ingest_keys.iter().flatten().filter(|found| keys::is_weak(&found.value)) {
        root.report(
            &found.at,
            "an ingest key has fewer than 8 characters, or APP=KEY names no app; take one from `openssl rand -hex 16`",
        );
    }
    let admin_key = root.text("admin_key").map(|found| {
        if found.value.trim().len() < 8 {
            root.report(
                &found.at,
                "admin_key has fewer than 8 characters; take one from `openssl rand -hex 16`",
            );
        }
        found.value
    });
    ServeKeys {
        data: root.text("data").map(|found| found.value.into()),
        listen,
        ingest_keys: ingest_keys.map(|all| all.into_iter().map(|found| found.value).collect()),
        body_limit_kib: number("body_limit_kib", 1..=65_536),
        accept_any_clock: root.flag("accept_any_clock"),
        max_apps: number("max_apps", 1..=100_000),
        keep_days: number("keep_days", 1..=3_650),
        min_devices: number("min_devices", 1..=1_000_000),
        max_store_mib: root
            .whole("max_store_mib", 1..=16_777_216)
            .and_then(|number| u64::try_from(number).ok()),
        allowed_hosts: texts("allowed_hosts"),
        admin_key,
    }
}

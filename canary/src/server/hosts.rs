//! Whose pages may ask: a canary on loopback answers to the names of this machine only, so that no foreign page
//! reaches it through a name of its own that it points here (DNS rebinding).

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::Shared;
use crate::api::ApiError;

/// What the Android emulator calls the machine it runs on.
const EMULATOR_HOST: Ipv4Addr = Ipv4Addr::new(10, 0, 2, 2);

/// The names that a canary answers to.
pub(crate) struct Hosts {
    /// `None`: any, for it listens where others reach it by a name that only they know.
    allowed: Option<Vec<String>>,
}

impl Hosts {
    pub(super) fn new(listen: IpAddr, allowed: &[String]) -> Self {
        Self { allowed: listen.is_loopback().then(|| allowed.to_vec()) }
    }

    fn check(&self, method: &Method, headers: &HeaderMap) -> Result<(), ApiError> {
        let Some(allowed) = &self.allowed else { return Ok(()) };
        let ours =
            |name: &str| this_machine(name) || allowed.iter().any(|own| own.eq_ignore_ascii_case(name));
        // A browser always sends one.
        for host in headers.get_all(HOST) {
            let host = host.to_str().unwrap_or("?");
            if !ours(name(host)) {
                return Err(ApiError::ForeignHost(crate::count::shorten(host)));
            }
        }
        if !method.is_safe() {
            for origin in headers.get_all(ORIGIN) {
                let origin = origin.to_str().unwrap_or("?");
                if !origin.split_once("://").is_some_and(|(_, host)| ours(name(host))) {
                    return Err(ApiError::ForeignOrigin(crate::count::shorten(origin)));
                }
            }
        }
        Ok(())
    }
}

/// A host without its port; all of it where what follows the name is none.
fn name(host: &str) -> &str {
    let end = host.rfind(']').map_or_else(|| host.find(':'), |end| Some(end + 1));
    let (name, port) = host.split_at(end.unwrap_or(host.len()));
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if port.is_empty() || port.strip_prefix(':').is_some_and(is_port) { name } else { host }
}

fn this_machine(name: &str) -> bool {
    if name.trim_end_matches('.').eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback() || address == EMULATOR_HOST)
}

/// Lets through what asks for this machine.
pub(super) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    match shared.hosts.check(request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(error) => error.answer(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for host in
            ["localhost", "LOCALHOST:4390", "127.0.0.1:1", "127.9.9.9", "[::1]:4390", "[::1]", "10.0.2.2:80"]
        {
            assert!(this_machine(name(host)), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:4390",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "0.0.0.0",
            "",
            "[::2]",
            "[::1].evil.example",
            "[::1].evil.example:80",
            "[::1]evil",
            "[::1]:80.evil.example",
            "localhost:80.evil.example",
            "192.168.0.1",
        ] {
            assert!(!this_machine(name(host)), "{host}");
        }
    }
}

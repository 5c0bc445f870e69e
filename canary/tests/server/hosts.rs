//! A canary on loopback is for this machine, whatever name is pointed at it.

use crate::fixture::{JSON, Server, failures};
use crate::raw;

#[test]
fn other_names_are_421() {
    let server = Server::with(|config| config.allowed_hosts = vec!["canary.example".to_owned()]);
    let status = |host: &str| raw::get(&server, "/v1/counts", host).0;
    for host in
        ["evil.example", "evil.example:4390", "127.0.0.1.evil.example", "[::1].evil.example", "192.0.2.7"]
    {
        let (status, answer) = raw::get(&server, "/metrics", host);
        assert_eq!(status, 421, "{host}");
        assert!(answer.contains("--allow-host"), "{answer}");
    }
    for host in ["localhost", "LocalHost:1", "127.0.0.1:80", "127.1.2.3", "[::1]:4390", "canary.example:443"]
    {
        assert_ne!(status(host), 421, "{host}");
    }
}

#[test]
fn who_comes_through_a_proxy_may_not_silence() {
    let status = |hosts: &[&str], key: Option<&str>| {
        let server = Server::with(|config| {
            config.allowed_hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
            config.admin_key = key.map(str::to_owned);
        });
        let body = br#"{"matchers":{"app":"shop"},"for":"1h"}"#;
        server.client.post_to("/v1/silences", body, JSON).status
    };
    assert_eq!(status(&[], None), 201);
    assert_eq!(status(&["canary.example"], None), 403);
    assert_eq!(status(&["canary.example"], Some("open-sesame")), 401);
}

#[test]
fn foreign_pages_may_not_send() {
    let server = Server::start();
    let post = |origin: &str| {
        let headers = [("content-type", JSON), ("origin", origin)];
        server.client.post(failures("shop", 1).to_string().as_bytes(), &headers)
    };
    for origin in ["https://evil.example", "null", "http://localhost.evil.example", "http://192.0.2.7"] {
        let answer = post(origin);
        assert_eq!(answer.status, 403, "{origin}");
        assert!(answer.text().contains("may not send"), "{}", answer.text());
    }
    assert_eq!(server.client.total("amends_failures_total", &[]), 0);
    assert_eq!(post(&server.client.url).status, 200);
    assert_eq!(post("http://localhost:5173").status, 200);
}

//! `[[output]]`.

use std::net::IpAddr;
use std::time::Duration;

use ureq::http::Uri;

use super::alert::name;
use super::table::{Found, Table};
use crate::alerts::outputs::alertmanager::Alertmanager;
use crate::alerts::outputs::slack::Slack;
use crate::alerts::outputs::smtp::{Security, Smtp};
use crate::alerts::outputs::webhook::{self, Webhook};
use crate::alerts::outputs::{Destination, Output};

/// Each has a thread of its own.
const MOST: usize = 16;

#[derive(Clone, Copy)]
enum Type {
    Slack,
    Alertmanager,
    Webhook,
    Smtp,
}

/// All outputs of a file, and the names that were given, also to one in which something is wrong.
pub(super) fn outputs(root: &Table<'_>, public_url: Option<&str>) -> (Vec<Output>, Vec<String>) {
    let mut outputs: Vec<Output> = Vec::new();
    let tables = root.tables("output");
    if let Some(table) = tables.get(MOST) {
        root.report(&table.at, format!("there are more than {MOST} outputs"));
    }
    let mut names: Vec<String> = Vec::new();
    for table in tables.into_iter().take(MOST) {
        let name = name(&table, "growth-channel", |name| names.iter().any(|taken| taken == name));
        names.extend(name.clone());
        let timeout = table.duration("timeout", 1..=60).unwrap_or(10);
        let give_up = table.duration("give_up_after", 60..=7 * 86_400).unwrap_or(86_400);
        let to = destination(&table, public_url);
        table.finish();
        if let (Some(name), Some(to)) = (name, to) {
            let seconds = |seconds: i64| Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
            outputs.push(Output { name, to, timeout: seconds(timeout), give_up: seconds(give_up) });
        }
    }
    (outputs, names)
}

fn destination(table: &Table<'_>, public_url: Option<&str>) -> Option<Destination> {
    let words = [
        ("slack", Type::Slack),
        ("alertmanager", Type::Alertmanager),
        ("webhook", Type::Webhook),
        ("smtp", Type::Smtp),
    ];
    table.needed_text("type", "slack")?;
    Some(match table.word("type", &words)?.value {
        Type::Slack => Destination::Slack(Slack { url: secret_url(table, "${SLACK_WEBHOOK_URL}")? }),
        Type::Alertmanager => {
            let url = table.needed_text("url", "http://alertmanager:9093")?;
            let token = token(table, check_url(table, &url, "url"));
            Destination::Alertmanager(Alertmanager { url: url.value, token })
        }
        Type::Webhook => Destination::Webhook(webhook(table, public_url)?),
        Type::Smtp => Destination::Smtp(Box::new(smtp(table)?)),
    })
}

/// Fits a header, and does not pass through a network in the clear.
fn token(table: &Table<'_>, to: Option<(String, bool)>) -> Option<String> {
    let token = table.text("token")?;
    if token.value.is_empty() || !token.value.bytes().all(|byte| byte.is_ascii_graphic()) {
        table.report(&token.at, "token is empty, or holds a space, a line's end or what no header can");
    }
    if to.is_some_and(|(host, secure)| !secure && !this_machine(&host)) {
        table.report(&token.at, "a token is not sent in the clear; url has to begin with https://");
    }
    Some(token.value)
}

/// An address that is a secret itself: not in the clear through a network.
fn secret_url(table: &Table<'_>, example: &str) -> Option<String> {
    let url = table.needed_text("url", example)?;
    if let Some((host, secure)) = check_url(table, &url, "url")
        && !secure
        && !this_machine(&host)
    {
        table.report(&url.at, "url is a secret, so it has to begin with https://");
    }
    Some(url.value)
}

fn webhook(table: &Table<'_>, public_url: Option<&str>) -> Option<Webhook> {
    let url = table.needed_text("url", "https://example.com/hooks/amends")?;
    check_url(table, &url, "url");
    let secret = table.text("secret").and_then(|secret| {
        let key = webhook::key(&secret.value);
        if key.is_none() {
            table.report(
                &secret.at,
                "secret has to be 24 to 64 bytes in base64, with or without whsec_ before: \
                 `openssl rand -base64 32`",
            );
        }
        key
    });
    let source = table.text("source").map(|source| source.value);
    let source =
        source.or_else(|| public_url.map(str::to_owned)).unwrap_or_else(|| "/amends-canary".to_owned());
    Some(Webhook { url: url.value, secret, source })
}

fn smtp(table: &Table<'_>) -> Option<Smtp> {
    let server = table.needed_text("server", "smtp.example.com");
    let words = [("tls", Security::Tls), ("starttls", Security::StartTls), ("plain", Security::Plain)];
    let security = table.word("security", &words);
    let kind = security.as_ref().map_or(Security::Tls, |found| found.value);
    let standard = match kind {
        Security::Tls => 465,
        Security::StartTls => 587,
        Security::Plain => 25,
    };
    let port = table.whole("port", 1..=65_535).and_then(|port| u16::try_from(port).ok()).unwrap_or(standard);
    let (user, password) = (table.text("username"), table.text("password"));
    let mailbox = |found: &Found<String>| {
        let mailbox = found.value.parse().ok();
        if mailbox.is_none() {
            table.report(&found.at, "this is no mail address, as canary@example.com");
        }
        mailbox
    };
    let from = table.needed_text("from", "canary@example.com");
    let to = table.texts("to");
    if to.as_ref().is_none_or(Vec::is_empty) {
        table.missing("to", "[\"growth@example.com\"]");
    }
    let to: Vec<_> = to.unwrap_or_default().iter().filter_map(mailbox).collect();
    let login = match (user, password) {
        (Some(user), Some(password)) => {
            let host = server.as_ref().map_or("", |server| &*server.value);
            if kind == Security::Plain && !this_machine(host) {
                table.report(
                    &password.at,
                    "a password is not sent in the clear; write security = \"starttls\"",
                );
            }
            Some((user.value, password.value))
        }
        (None, None) => None,
        // One of them is there, and what is wrong with it was said.
        _ if table.contains("username") && table.contains("password") => None,
        (Some(one), None) | (None, Some(one)) => {
            table.report(&one.at, "give both username and password, or neither");
            None
        }
    };
    let from = from.as_ref().and_then(mailbox)?;
    Some(Smtp { server: server?.value, port, security: kind, login, from, to })
}

/// Host, and whether it is `https`; reports anything that is no such address. The address itself is never repeated.
pub(super) fn check_url(table: &Table<'_>, url: &Found<String>, key: &str) -> Option<(String, bool)> {
    let parsed: Option<Uri> = url.value.parse().ok();
    let parts = parsed.as_ref().and_then(|uri| {
        let secure = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        uri.host().filter(|host| !host.is_empty()).map(|host| (host.to_owned(), secure))
    });
    let login = parsed.as_ref().and_then(Uri::authority).is_some_and(|all| all.as_str().contains('@'));
    match &parts {
        None => table.report(&url.at, format!("{key} has to begin with https:// or http:// and a host")),
        Some((host, false)) if login && !this_machine(host) => {
            let clear = format!("{key} holds a user or password, so it has to begin with https://");
            table.report(&url.at, clear);
        }
        Some(_) => {}
    }
    parts
}

fn this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

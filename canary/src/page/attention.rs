//! What somebody has to look at, above the numbers: a release that fails people more often, and alerts that fire.

use maud::{Markup, html};

use crate::alerts::standing::Phase;
use crate::server::Shared;
use crate::sight;
use crate::store::{ReadError, Turn};
use crate::verdict;
use amends_verdict::Verdict;

/// Lines that are shown; the rest is counted.
const MOST: usize = 5;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Attention {
    /// The release to stop.
    release: Option<String>,
    /// What fires, the latest first, each with how it goes on.
    alerts: Vec<(String, String)>,
}

/// Reads what is up with an app. Blocks.
pub(super) fn read(shared: &Shared, turn: &Turn, app: &str, minute: i64) -> Result<Attention, ReadError> {
    let mut firing: Vec<_> = shared
        .alerts
        .standings()
        .into_iter()
        .filter(|standing| standing.app == app && standing.phase == Phase::Firing && !standing.silenced)
        .collect();
    firing.sort_by_key(|standing| std::cmp::Reverse(standing.fired_s));
    let now_s = shared.now_s(app);
    let prefix = format!("{app}: ");
    let told = firing.iter().map(|standing| {
        let notice = shared.alerts.notice(standing, now_s);
        (notice.title.strip_prefix(&prefix).unwrap_or(&notice.title).to_owned(), notice.text)
    });
    let alerts = told.collect();
    Ok(Attention { release: to_stop(shared, turn, app, minute)?, alerts })
}

/// The newest release, where its verdict is to roll it back and the page of releases says so.
fn to_stop(shared: &Shared, turn: &Turn, app: &str, minute: i64) -> Result<Option<String>, ReadError> {
    let releases = sight::releases::read(&shared.store, turn, app, minute)?;
    let Some(candidate) = releases.candidate() else { return Ok(None) };
    let question = sight::releases::question(app, &candidate.name, None, minute);
    let ruling = verdict::rule(&shared.store, turn, &question)?;
    let is_few = |control: &str| {
        releases.is_few(&candidate.name, &super::label(control.to_owned()), shared.min_devices)
    };
    let is_told = !is_few(ruling.control.as_deref().unwrap_or_default());
    Ok((is_told && ruling.verdict == Verdict::Rollback).then_some(ruling.release))
}

/// The lines; nothing where all is calm.
pub(super) fn lines(attention: &Attention, query: &str) -> Markup {
    if attention.release.is_none() && attention.alerts.is_empty() {
        return html! {};
    }
    let more = attention.alerts.len().saturating_sub(MOST);
    html! {
        ul.attention data-testid="attention" aria-label="What needs somebody" {
            @if let Some(release) = &attention.release {
                li { a href={ "/releases" (query) } { "Stop " (release) } ": it fails people more often." }
            }
            @for (title, text) in attention.alerts.iter().take(MOST) {
                li { b { (title) } " " span.attention-text { (text) } }
            }
            @if more > 0 { li { a href="/v1/alerts" { (more) " more" } } }
        }
    }
}

//! How often we say sorry, now: in one sentence, then in numbers. The script keeps it up to date.

use maud::{Markup, html};

use super::attention::{self, Attention};
use super::frame::{Apps, Chart, figure, links, word};
use crate::live::Snapshot;
use crate::sight::breakdown::{By, Line};
use crate::sight::rate::Rate;
use crate::sight::table::FEW;
use crate::sight::words::{percent, plural, rate, whole};

/// What it needs besides the counts.
pub(super) struct Given<'a> {
    pub(super) apps: &'a Apps<'a>,
    /// `None` where no app has counted.
    pub(super) rate: Option<&'a Rate>,
    pub(super) attention: &'a Attention,
    /// Whether a sender needs an ingest key.
    pub(super) needs_key: bool,
}

/// The page's main part.
pub(super) fn main(given: &Given<'_>, view: &Snapshot<'_>) -> Markup {
    let query = given.apps.query();
    let today = &view.today;
    let empty = today.failures == 0 && today.apologies == 0 && today.opportunities == 0;
    html! {
        (usual(given.rate, given.attention, &query))
        section.lead aria-labelledby="lead-title" {
            h2 #lead-title { span #lead-verb { "Sorry today" } }
            p.big .long[whole(today.apologies).len() > 4] {
                span.number data-testid="sorry-today" { (whole(today.apologies)) }
            }
            p #lead-words .words { (lead_words(view)) }
            p #spoken .unseen aria-live="polite" {}
        }
        (facts(view))
        (teach(given, empty))
        (chart(given.rate, &query))
        (outcomes(view))
        section.hour aria-labelledby="hour-title" {
            h2 #hour-title { "Apologies per minute, last hour" }
            p #hour-words .words { (hour_words(view)) }
            svg #chart .chart viewBox="0 0 660 136" role="img" aria-labelledby="hour-title hour-words" {}
        }
        div.tables {
            div.column {
                (table(By::Release, &view.by_release, &query))
                (table(By::Segment, &view.by_segment, &query))
                (table(By::Region, &view.by_region, &query))
            }
            div.column {
                (table(By::Screen, &view.by_screen, &query))
                (table(By::Kind, &view.by_kind, &query))
            }
        }
    }
}

fn usual(rate: Option<&Rate>, attention: &Attention, query: &str) -> Markup {
    html! {
        section #usual .usual .steady {
            @if let Some(rate) = rate {
                h1.headline data-testid="headline" data-level=(rate.headline.level.word()) { (rate.headline.text) }
                p.words data-testid="headline-detail" { (rate.headline.detail) }
            } @else {
                h1.headline data-testid="headline" data-level="nothing" { "Nothing counted yet" }
                p.words { "As soon as an app sends its first counts, this says whether they are as usual." }
            }
            (attention::lines(attention, query))
        }
    }
}

/// The last hours beside what is usual; nothing while there is nothing to draw.
fn chart(rate: Option<&Rate>, query: &str) -> Markup {
    let drawn = rate.filter(|rate| rate.points.iter().any(|point| point.opportunities > 0));
    html! {
        section #usual-chart .wide aria-label="The last hours" {
            @if let Some(rate) = drawn { (figure(&rate.table(), Chart::Band, query)) }
        }
    }
}

fn lead_words(view: &Snapshot<'_>) -> String {
    let today = &view.today;
    if today.failures == 0 {
        return if view.app.is_some() { "No failure noticed today." } else { "Nothing counted yet." }
            .to_owned();
    }
    format!(
        "Said {}, for {} noticed since midnight UTC.",
        plural(today.apologies, "time", "times"),
        plural(today.failures, "failure", "failures")
    )
}

#[allow(clippy::cast_precision_loss)] // a share for people's eyes
fn facts(view: &Snapshot<'_>) -> Markup {
    let today = &view.today;
    let failed = (today.sessions > 0).then(|| today.failed_sessions as f64 / today.sessions as f64);
    html! {
        section.facts aria-label="Today in numbers" {
            dl {
                div {
                    dt { "Failures noticed" }
                    dd data-testid="failures-today" { (whole(today.failures)) }
                    dd.sub #failures-sub { "of " (plural(today.opportunities, "chance", "chances")) " to fail" }
                }
                div {
                    dt { "Failures per 1,000 chances" }
                    dd data-testid="rate" { (today.per_1000.map_or_else(|| "–".to_owned(), rate)) }
                    dd.sub { "today, all kinds" }
                }
                div {
                    dt { "Sessions with a failure" }
                    dd data-testid="failed-sessions" { (failed.map_or_else(|| "–".to_owned(), percent)) }
                    dd.sub #sessions-sub {
                        (whole(today.failed_sessions)) " of " (plural(today.sessions, "session", "sessions"))
                    }
                }
                div {
                    dt { "Devices touched" }
                    dd data-testid="devices-today" { (whole(today.devices)) }
                    dd.sub { "with a failure today" }
                }
            }
        }
    }
}

fn teach(given: &Given<'_>, empty: bool) -> Markup {
    html! {
        section #teach .teach hidden[!empty] aria-labelledby="teach-title" {
            h2 #teach-title { "No apology yet" }
            p { "Start the demo, or point an app at this address. To see a first one, send it from a shell:" }
            pre tabindex="0" { code #curl data-needs-key=[given.needs_key.then_some("yes")] {} }
            p { button #copy type="button" { "Copy the command" } " " span #copied role="status" {} }
        }
    }
}

fn outcomes(view: &Snapshot<'_>) -> Markup {
    let today = &view.today;
    let parts = [
        ("shown", today.shown, "we said sorry"),
        ("suppressed", today.suppressed, "kept silent, not to nag"),
        ("held_out", today.held_out, "held out, to compare"),
        ("recovered", today.recovered, "recovered before we spoke"),
    ];
    html! {
        section.outcomes aria-labelledby="outcomes-title" data-testid="outcomes" {
            h2 #outcomes-title { "What became of each failure" }
            svg #split .split viewBox="0 0 400 10" preserveAspectRatio="none" aria-hidden="true" {
                rect.empty width="400" height="10" {}
                @for (class, _, _) in parts { rect class=(class) height="10" width="0" {} }
            }
            ul {
                @for (class, count, words) in parts {
                    li class=(class) {
                        b data-testid={ "outcome-" (class) } { (whole(count)) } " " span { (words) }
                    }
                }
            }
        }
    }
}

fn hour_words(view: &Snapshot<'_>) -> String {
    let sum: i64 = view.minutes.iter().map(|minute| minute.apologies).sum();
    if sum == 0 { "None in the last hour.".to_owned() } else { format!("{} in the last hour.", whole(sum)) }
}

/// Drawn alike by the script (`drawTable`).
fn table(by: By, lines: &[Line], query: &str) -> Markup {
    html! {
        div.table data-by=(by.table()) {
            table data-testid=(by.table()) {
                caption { "By " (by.title().to_lowercase()) " " small { "today" } }
                thead {
                    tr {
                        th scope="col" { (by.title()) }
                        th scope="col" { "Failures" }
                        th scope="col" { "Said sorry" }
                        th scope="col" { "Per 1,000" }
                        @if by.knows_devices() { th scope="col" { "Devices" } }
                    }
                }
                tbody {
                    @for line in lines { (row(by, line)) }
                    @if lines.is_empty() {
                        tr { td.none colspan=(if by.knows_devices() { 5 } else { 4 }) { "Nothing counted today." } }
                    }
                }
            }
            (links(by.table(), query))
        }
    }
}

fn row(by: By, line: &Line) -> Markup {
    let count = |number: Option<i64>| number.map_or_else(|| "–".to_owned(), whole);
    html! {
        tr {
            th scope="row" { (name(by, line)) }
            @if line.few_devices {
                td.few colspan=(if by.knows_devices() { 4 } else { 3 }) { (FEW) }
            } @else {
                td { (count(line.failures)) }
                td { (count(line.apologies)) }
                td.rate .absent[line.per_1000.is_none()] { (line.per_1000.map_or_else(|| "–".to_owned(), rate)) }
                @if by.knows_devices() { td { (count(line.devices)) } }
            }
        }
    }
}

fn name(by: By, line: &Line) -> String {
    match (line.rest, &*line.name) {
        (Some(others), _) => format!("{others} more"),
        (None, "") => by.unnamed().to_owned(),
        (None, "_other") => "All others".to_owned(),
        // An app may name a screen "hang".
        (None, name) => if by == By::Kind { word(name) } else { name }.to_owned(),
    }
}

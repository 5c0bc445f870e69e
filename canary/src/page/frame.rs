//! What every page has: head, navigation, app, footer; and how a table is drawn.

use std::sync::Arc;

use maud::{DOCTYPE, Markup, html};

use crate::sight::table::{FEW, Reading, Table, Value};
use crate::sight::words::{date_and_clock, percent, rate, whole};

/// Which page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Now,
    Releases,
    Sorry,
    Messages,
}

impl Page {
    const ALL: [Self; 4] = [Self::Now, Self::Releases, Self::Sorry, Self::Messages];

    const fn path(self) -> &'static str {
        match self {
            Self::Now => "/",
            Self::Releases => "/releases",
            Self::Sorry => "/sorry",
            Self::Messages => "/messages",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Now => "Now",
            Self::Releases => "Releases",
            Self::Sorry => "Does sorry help?",
            Self::Messages => "Messages",
        }
    }
}

/// The app that is looked at, among all.
pub(super) struct Apps<'a> {
    pub(super) chosen: Option<&'a str>,
    pub(super) all: &'a [Arc<str>],
}

impl Apps<'_> {
    /// `?app=NAME`, or nothing without one.
    pub(super) fn query(&self) -> String {
        self.chosen.map_or_else(String::new, |app| format!("?{}", pair("app", app)))
    }
}

/// `name=value` as it stands in an address.
pub(super) fn pair(name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

/// A whole page around its `main`.
pub(super) fn frame(page: Page, apps: &Apps<'_>, main: &Markup) -> String {
    let query = apps.query();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if let Some(app) = apps.chosen { (app) " · " } (page.title()) " · Amends canary" }
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/uplot.css";
                @for style in ["/page.css", "/charts.css", "/forms.css"] { link rel="stylesheet" href=(style); }
                script src="/uplot.js" defer {}
                script src="/charts.js" type="module" {}
                @match page {
                    Page::Now => script src="/page.js" defer {} ,
                    Page::Releases | Page::Sorry => script src="/follow.js" type="module" {} ,
                    Page::Messages => {}
                }
            }
            body {
                a.skip href="#main" { "To the numbers" }
                header {
                    p.brand { "Amends " span { "canary" } }
                    @if page != Page::Messages {
                        p.state data-testid="live-state" data-state="connecting" role="status" { "Connecting" }
                    }
                    (choice(page, apps))
                    nav aria-label="Pages" {
                        ul.pages {
                            @for other in Page::ALL {
                                li {
                                    a href={ (other.path()) (query) } aria-current=[(other == page).then_some("page")] {
                                        (other.title())
                                    }
                                }
                            }
                        }
                    }
                }
                main #main tabindex="-1" class=(page.path().trim_start_matches('/')) { (main) }
                footer {
                    p {
                        @if page == Page::Now { span #clock { "Days are UTC." } } @else { "Times are UTC." }
                        " Counts only: nothing here can tell one device from another, and what few devices did is hidden. \
                         The same numbers for machines: "
                        a href="/metrics" { "/metrics" } ", "
                        a #counts-link href={ "/v1/counts" (query) } { "/v1/counts" } "."
                    }
                }
            }
        }
    }
    .into_string()
}

fn choice(page: Page, apps: &Apps<'_>) -> Markup {
    let one = apps.all.len() == 1;
    html! {
        p #one-app .app hidden[!one] { @if let [only] = apps.all { (only) } }
        form #app-choice .app action=(page.path()) hidden[apps.all.len() < 2] {
            label for="app" { "App" } " "
            select #app name="app" {
                @for app in apps.all { option value=(app) selected[apps.chosen == Some(&**app)] { (app) } }
            }
            " "
            button.quiet { "Show" }
        }
    }
}

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chart {
    /// A line, with what is usual and its band.
    Band,
    /// Two lines.
    Pair,
}

/// A chart with its sentence, its table and the table's two links. Without a script the table is all there is.
pub(super) fn figure(table: &Table, chart: Chart, query: &str) -> Markup {
    let (kind, label) = match chart {
        Chart::Band => ("band", "Shows the last hours; the shaded band is what is usual."),
        Chart::Pair => ("pair", "Shows both releases by the hour."),
    };
    html! {
        figure.chart-figure data-chart=(kind) data-testid={ "chart-" (table.name) } {
            h2 { (table.title) }
            div.plot role="img" aria-label={ (label) " " (table.summary) " The numbers are in the table below." } {}
            p.legend aria-hidden="true" {
                @match chart {
                    Chart::Band => {
                        span.key.line { "Now" } span.key.dash { "Usual" } span.key.band { "Usual range" }
                        span.key.mark { "Above it" }
                    }
                    Chart::Pair => { span.key.line { "New release" } span.key.dash { "Beside it" } }
                }
            }
            p.readout aria-hidden="true" {}
            details {
                summary { "As a table" }
                (scroller(table))
            }
            (links(table.name, query))
        }
    }
}

/// The table's links for machines.
pub(super) fn links(name: &str, query: &str) -> Markup {
    html! {
        p.links {
            a href={ "/v1/tables/" (name) ".csv" (query) } aria-label={ (name) " as CSV" } { "CSV" } " "
            a href={ "/v1/tables/" (name) ".json" (query) } aria-label={ (name) " as JSON" } { "JSON" }
        }
    }
}

/// A table that may be wider than the screen.
pub(super) fn scroller(table: &Table) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label={ (table.title) ": table" } {
            table data-testid={ "table-" (table.name) } {
                caption.unseen { (table.title) }
                thead {
                    tr {
                        @for (at, column) in table.columns.iter().enumerate() {
                            @let text = table.rows.first().and_then(|row| row.get(at));
                            th scope="col" .text[matches!(text, Some(Value::Text(_)))] { (column.title) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows { tr { (cells(table, row)) } }
                    @if table.rows.is_empty() {
                        tr { td.none colspan=(table.columns.len()) { "Nothing counted yet." } }
                    }
                }
            }
        }
    }
}

fn cells(table: &Table, row: &[Value]) -> Markup {
    html! {
        @for (at, (column, value)) in table.columns.iter().zip(row).enumerate() {
            @let text = shown(value, column.reading);
            @match (at, value) {
                (0, Value::Text(raw)) => th scope="row" data-v=(raw) { (text) },
                (_, Value::Number(number)) => td data-v=(number) { (text) },
                (_, Value::Few) => td.few { (text) },
                (_, Value::Text(_)) => td.text { (text) },
                _ => td { (text) },
            }
        }
    }
}

/// A value as people read it.
pub(super) fn shown(value: &Value, reading: Reading) -> String {
    match (value, reading) {
        (Value::Text(text), Reading::Hour) => crate::instant::parse(text)
            .map_or_else(|| text.clone(), |seconds| date_and_clock(seconds.div_euclid(3_600))),
        (Value::Text(text), _) => word(text).to_owned(),
        (Value::Count(count), _) => whole(*count),
        (Value::Number(number), Reading::Share) => percent(*number),
        (Value::Number(number), _) => rate(*number),
        (Value::Few, _) => FEW.to_owned(),
        (Value::Nothing, _) => "–".to_owned(),
    }
}

/// A word of the wire as people say it; any other as it is.
pub(super) fn word(text: &str) -> &str {
    match text {
        "_none" => "none named",
        "_other" => "all others",
        "all" => "All kinds",
        "apologised" => "told",
        "held_out" => "held out",
        "after_apology" => "After an apology",
        "after_make_good" => "After a make-good",
        "pulse" => "Any other time",
        "slow_load" => "Slow load",
        "dead_tap" => "Dead tap",
        "rage_tap" => "Rage tap",
        "dead_input" => "Dead input",
        "error" => "Error",
        "hang" => "Hang",
        "poor_content" => "Poor content",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::vocabulary::{Arm, Asked, Kind};

    #[test]
    fn every_word_of_the_wire_has_one_for_people() {
        for wire in Kind::WORDS.iter().chain(Arm::WORDS).chain(Asked::WORDS) {
            assert_ne!(word(wire), *wire);
        }
    }

    #[test]
    fn names_of_apps_are_text() {
        let hostile = "<script>\"&";
        let all: [Arc<str>; 2] = [Arc::from(hostile), Arc::from("b")];
        let apps = Apps { chosen: Some(hostile), all: &all };
        let page = frame(Page::Releases, &apps, &html! {});
        assert!(!page.contains("<script>\"") && page.contains("&lt;script&gt;"), "{page}");
        assert!(page.contains("/sorry?app=%3Cscript%3E%22%26"), "{page}");
    }
}

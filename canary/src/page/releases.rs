//! The new release beside the one before, with the verdict in a sentence.

use maud::{Markup, html};

use super::frame::{Apps, Chart, figure, links, pair, scroller};
use super::interval::{Mark, Scale, interval};
use crate::count::labels::shown;
use crate::sight::releases::Releases;
use crate::sight::table::Table;
use crate::sight::words::{percent, times, whole};
use crate::verdict::{Cause, Ruling};
use amends_verdict::{Reason, Verdict};

/// What there is to show.
pub(super) struct Given<'a> {
    pub(super) apps: &'a Apps<'a>,
    pub(super) releases: &'a Releases,
    /// `None` where there are fewer than two releases.
    pub(super) compared: Option<&'a Compared>,
    /// Fewer devices are hidden.
    pub(super) least: i64,
}

/// Two releases side by side.
pub(super) struct Compared {
    pub(super) ruling: Ruling,
    pub(super) hours: Table,
    /// Whether either has few devices.
    pub(super) is_few: bool,
}

const SCALE: Scale = Scale { from: 0.25, to: 8.0, is_logarithmic: true };

/// The page's main part.
pub(super) fn main(given: &Given<'_>) -> Markup {
    let query = given.apps.query();
    html! {
        @if let Some(compared) = given.compared {
            (verdict(compared))
            (choice(given, compared))
            (evidence(compared))
            (figure(&compared.hours, Chart::Pair, &hours_query(given, compared)))
        } @else {
            section.usual {
                h1.headline data-testid="headline" data-level="unknown" {
                    @if given.releases.0.is_empty() { "No release counted yet" } @else { "Only one release so far" }
                }
                p.words {
                    "As soon as a second release has sessions, the newer one is compared with the other: the same hours, system, \
                     segment and region, and an answer that holds at every look."
                }
            }
        }
        section.wide {
            @let table = given.releases.table(given.least);
            h2 { (table.title) }
            p.words { (table.summary) }
            (scroller(&table))
            (links(table.name, &query))
        }
    }
}

/// Few words: what to do.
fn headline(ruling: &Ruling) -> (String, &'static str) {
    let release = &ruling.release;
    match ruling.verdict {
        Verdict::Rollback => (format!("Stop {release}: it fails people more often"), "more"),
        Verdict::Promote => (format!("{release} is fine: let it go on"), "usual"),
        Verdict::Hold => match ruling.reason {
            Cause::Counts(Reason::WorseWithinMargin) => {
                (format!("{release} is a little worse: for you to weigh"), "unknown")
            }
            Cause::NoApp | Cause::Counts(Reason::NoCandidate) => {
                (format!("Nothing counted of {release} yet"), "unknown")
            }
            Cause::Counts(Reason::NoControl) => (format!("Nothing to compare {release} with yet"), "unknown"),
            Cause::Counts(Reason::NoFailures) => {
                (format!("No failure yet, of {release} or beside it"), "unknown")
            }
            Cause::Counts(_) => (format!("Too early to tell about {release}"), "unknown"),
        },
    }
}

fn verdict(compared: &Compared) -> Markup {
    let ruling = &compared.ruling;
    let (text, level) = headline(ruling);
    html! {
        section.usual {
            h1.headline data-testid="headline" data-level=(level) { (text) }
            p.words data-testid="verdict-sentence" {
                @if compared.is_few {
                    "Few devices have failed on one of the two yet, so the figures are hidden."
                } @else { (ruling.sentence) }
            }
        }
    }
}

fn choice(given: &Given<'_>, compared: &Compared) -> Markup {
    let option = |name: &str, chosen: &str| {
        let name = shown(name).to_owned();
        html! { option value=(name) selected[name == chosen] { (name) } }
    };
    let control = compared.ruling.control.clone().unwrap_or_default();
    html! {
        form.choices action="/releases" aria-label="Which releases" {
            @if let Some(app) = given.apps.chosen { input type="hidden" name="app" value=(app); }
            p {
                label for="release" { "New release" } " "
                select #release name="release" {
                    @for release in &given.releases.0 { (option(&release.name, &compared.ruling.release)) }
                }
            }
            p {
                label for="control" { "Beside" } " "
                select #control name="control" {
                    @for release in &given.releases.0 { (option(&release.name, &control)) }
                }
            }
            button { "Compare" }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // shares for people's eyes
fn evidence(compared: &Compared) -> Markup {
    let ruling = &compared.ruling;
    let arm = |title: &str, name: &str, sessions: u64, failed: u64| {
        let share = (sessions > 0).then(|| failed as f64 / sessions.max(failed) as f64);
        html! {
            div {
                dt { (title) " " strong { (name) } }
                dd {
                    @if compared.is_few { span.few { "few devices" } }
                    @else { (share.map_or_else(|| "–".to_owned(), percent)) }
                }
                dd.sub { "of " (whole(i64::try_from(sessions).unwrap_or(i64::MAX))) " sessions that can be compared had a failure" }
            }
        }
    };
    let control = ruling.control.as_deref().unwrap_or("nothing to compare");
    html! {
        section.facts.wide aria-label="Both releases" {
            dl {
                (arm("New", &ruling.release, ruling.sessions.candidate, ruling.sessions.candidate_failed))
                (arm("Beside", control, ruling.sessions.control, ruling.sessions.control_failed))
            }
        }
        section.wide aria-labelledby="ratio-title" data-testid="ratio" {
            h2 #ratio-title { "How many times as often sessions fail" }
            @if compared.is_few { p.words { "Hidden: few devices." } } @else {
                @let words = ratio_words(ruling);
                p.words { (words) }
                (interval(SCALE, 1.0, (ruling.rate_ratio.low, ruling.rate_ratio.estimate, ruling.rate_ratio.high.unwrap_or(f64::INFINITY)), &marks(), &words))
            }
        }
        section.wide aria-labelledby="advice-title" {
            h2 #advice-title { "What to do" }
            dl.advice {
                dt { "Google Play" } dd { (ruling.advice.android) }
                dt { "App Store" } dd { (ruling.advice.ios) }
            }
            @if !compared.is_few {
                p.links { a href={ "/v1/verdict" (verdict_query(ruling)) } { "The whole verdict as JSON" } }
            }
        }
    }
}

fn ratio_words(ruling: &Ruling) -> String {
    let ratio = &ruling.rate_ratio;
    let sure = percent(1.0 - ruling.alpha);
    let range = match ratio.high {
        Some(high) => format!("between {} and {} times", decimal(ratio.low), decimal(high)),
        None if ratio.low > 0.0 => format!("at least {} times", decimal(ratio.low)),
        None => return "Nothing can be said of it yet.".to_owned(),
    };
    let estimate = ratio
        .estimate
        .map(|estimate| format!("About {} times as often; ", times(estimate)))
        .unwrap_or_default();
    let text = format!("{estimate}{range}, {sure} sure at every look. 1 means no difference.");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn decimal(number: f64) -> String {
    if number < 10.0 { format!("{number:.2}") } else { format!("{number:.0}") }
}

fn marks() -> Vec<Mark> {
    [(0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (4.0, "4"), (8.0, "8 times")]
        .map(|(at, text)| Mark { at, text: text.to_owned() })
        .to_vec()
}

fn verdict_query(ruling: &Ruling) -> String {
    let mut query = String::from("?");
    if let Some(app) = &ruling.app {
        query.push_str(&pair("app", app));
        query.push('&');
    }
    query.push_str(&pair("release", &ruling.release));
    if let Some(control) = &ruling.control {
        query.push('&');
        query.push_str(&pair("control", control));
    }
    query
}

fn hours_query(given: &Given<'_>, compared: &Compared) -> String {
    let mut query = given.apps.query();
    query.push('&');
    query.push_str(&pair("release", &compared.ruling.release));
    if let Some(control) = &compared.ruling.control {
        query.push('&');
        query.push_str(&pair("control", control));
    }
    query
}

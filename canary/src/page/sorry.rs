//! Does saying sorry help? Who was told beside who was not, and how people feel.

use maud::{Markup, html};

use super::frame::{Apps, links, scroller, word};
use super::interval::{Mark, Scale, interval};
use crate::count::vocabulary::{Arm, Asked};
use crate::sight::aftermath::{Aftermath, Did};
use crate::sight::sentiment::{Answers, Sentiment};
use crate::sight::words::{percent, plural, points};

/// What there is to show.
pub(super) struct Given<'a> {
    pub(super) apps: &'a Apps<'a>,
    pub(super) aftermath: &'a Aftermath,
    pub(super) sentiment: &'a Sentiment,
    /// Fewer people are hidden.
    pub(super) least: i64,
    /// Days looked back on.
    pub(super) days: i64,
}

/// Width of a bar's drawing.
const WIDTH: i64 = 400;

/// The page's main part.
pub(super) fn main(given: &Given<'_>) -> Markup {
    let query = given.apps.query();
    let arms = &given.aftermath.all;
    let answer = arms.answer();
    html! {
        section.usual {
            h1.headline data-testid="headline" data-level=(answer.word()) { (answer.text()) }
            p.words data-testid="aftermath-sentence" { (arms.sentence()) }
            p.words.small { "The last " (given.days) " days. A stable share of devices is held out and stays silent, so that \
                the two can be compared." }
        }
        section.wide aria-labelledby="next-title" {
            h2 #next-title { "What people did next" }
            ul.bars {
                (bar(Arm::Apologised, &arms.apologised, given.least))
                (bar(Arm::HeldOut, &arms.held_out, given.least))
            }
            @if let Some(effect) = arms.effect().filter(|_| shows(&arms.apologised, given.least) && shows(&arms.held_out, given.least)) {
                h3 { "Difference: how many more of 100 stay when told" }
                @let words = format!(
                    "{} points; between {} and {}, 95 % sure. 0 means no difference.",
                    points(effect.value), points(effect.low), points(effect.high)
                );
                p.words { (words) }
                (interval(scale(effect.low, effect.high), 0.0, (effect.low, Some(effect.value), effect.high), &marks(effect.low, effect.high), &words))
            }
            details open[!given.aftermath.by_kind.is_empty()] {
                summary { "By kind of failure" }
                (scroller(&given.aftermath.table(given.least)))
            }
            (links("aftermath", &query))
        }
        section.wide aria-labelledby="feel-title" {
            h2 #feel-title { "How people feel" }
            p.words data-testid="sentiment-sentence" { (given.sentiment.sentence(given.least)) }
            @if !given.sentiment.0.is_empty() {
                div.moods {
                    @for ((asked, arm), answers) in &given.sentiment.0 { (mood(*asked, *arm, answers, given.least)) }
                }
            }
            details {
                summary { "As a table" }
                (scroller(&given.sentiment.table(given.least)))
            }
            (links("sentiment", &query))
        }
    }
}

/// Whether its figures may be shown.
const fn shows(did: &Did, least: i64) -> bool {
    least <= 1 || did.people() >= least
}

fn bar(arm: Arm, did: &Did, least: i64) -> Markup {
    let people = did.people();
    let parts = [
        ("continued", did.continued, "went on"),
        ("retried", did.retried, "tried again"),
        ("abandoned", did.abandoned, "left"),
    ];
    let title = match arm {
        Arm::Apologised => "Told",
        Arm::HeldOut => "Held out",
    };
    let mut left = 0;
    let mut rects = Vec::new();
    for (class, count, _) in parts {
        // The last one takes what rounding left.
        let width =
            if class == "abandoned" && count > 0 { WIDTH - left } else { count * WIDTH / people.max(1) };
        rects.push((class, left, width));
        left += width;
    }
    html! {
        li data-testid={ "arm-" (arm.word()) } {
            p.arm { strong { (title) } " " (plural(people, "person", "people")) }
            @if people == 0 { p.words { "Nobody yet." } }
            @else if !shows(did, least) { p.few { "few devices" } }
            @else {
                svg.split viewBox="0 0 400 10" preserveAspectRatio="none" aria-hidden="true" {
                    @for (class, left, width) in rects { rect class=(class) x=(left) width=(width) height="10" {} }
                }
                p.parts {
                    @for (class, count, words) in parts {
                        span.part .(class) { b { (share(count, people)) } " " (words) } " "
                    }
                }
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // a share for people's eyes
fn share(count: i64, of: i64) -> String {
    percent(count as f64 / of.max(1) as f64)
}

/// A scale of points with 0 in its middle that holds both ends.
fn scale(low: f64, high: f64) -> Scale {
    let end = reach(low, high);
    Scale { from: -end, to: end, is_logarithmic: false }
}

fn reach(low: f64, high: f64) -> f64 {
    let most = low.abs().max(high.abs());
    [0.05, 0.1, 0.2, 0.5].into_iter().find(|end| *end >= most).unwrap_or(1.0)
}

fn marks(low: f64, high: f64) -> Vec<Mark> {
    let end = reach(low, high);
    [-end, -end / 2.0, 0.0, end / 2.0, end]
        .into_iter()
        .map(|at| Mark { at, text: if at == 0.0 { "0".to_owned() } else { points(at) } })
        .collect()
}

fn mood(asked: Asked, arm: Arm, answers: &Answers, least: i64) -> Markup {
    let count = answers.count();
    let most = answers.each.iter().copied().max().unwrap_or(0).max(1);
    html! {
        figure.mood {
            figcaption { strong { (word(asked.word())) } " " (word(arm.word())) }
            @if least > 1 && count < least { p.few { "few devices" } }
            @else {
                svg.histogram viewBox="0 0 200 64" role="img" aria-label=(mood_words(answers)) {
                    @for ((answer, count), x) in (1..=5).zip(answers.each).zip((0..).step_by(40)) {
                        @let height = (count * 44 / most).max(i64::from(count > 0));
                        rect.bar x=(x + 3) y=(46 - height) width="34" height=(height) rx="2" {}
                        text x=(x + 20) y="61" text-anchor="middle" { (answer) }
                    }
                }
                p.words.small {
                    (plural(count, "answer", "answers"))
                    @if let Some(mean) = answers.mean() { ", mean " (format!("{mean:.1}")) " of 5" }
                }
            }
        }
    }
}

fn mood_words(answers: &Answers) -> String {
    let each: Vec<String> =
        (1..=5).zip(answers.each).map(|(answer, count)| format!("{count} answered {answer}")).collect();
    each.join(", ")
}

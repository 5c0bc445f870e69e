//! A verdict as a person says it.

use std::fmt::Write;

use amends_verdict::{Arm, Judgement, Reason};

use super::Question;
use super::ruling::Cause;
use crate::count::labels::shown;

/// One or two sentences with the figures that matter.
pub(super) fn sentence(
    question: &Question,
    control: Option<&str>,
    cause: Cause,
    judgement: &Judgement,
) -> String {
    let candidate = shown(&question.release);
    let control = shown(control.unwrap_or_default());
    let margin = percent(question.settings.margin - 1.0);
    let figures = || figures(candidate, control, judgement);
    let Cause::Counts(reason) = cause else {
        return match &question.app {
            Some(app) => format!("Nothing was counted of {app:?} yet: hold."),
            None => "No app has counted anything yet: hold.".to_owned(),
        };
    };
    match reason {
        Reason::NoCandidate => format!("No session of {candidate} was counted yet: hold."),
        Reason::NoControl => format!(
            "Nothing to compare {candidate} with: no session of another release in the same hours and strata. \
             Hold."
        ),
        Reason::NoFailures => format!(
            "No session has failed, neither of {candidate} ({}) nor of {control} ({}): too few to tell. Hold.",
            thousands(judgement.candidate.sessions),
            thousands(judgement.control.sessions)
        ),
        Reason::TooEarly => format!("Too early to tell: {} Hold.", figures()),
        Reason::Worse => format!("{candidate} fails people more often: {} Roll it back.", figures()),
        Reason::GoodEnough => {
            format!("{candidate} is surely not {margin} worse: {} Promote.", figures())
        }
        Reason::WorseWithinMargin => format!(
            "{candidate} is surely worse, and surely by less than {margin}: {} That is for you to weigh; hold.",
            figures()
        ),
    }
}

fn figures(candidate: &str, control: &str, judgement: &Judgement) -> String {
    let mut text = format!(
        "{} of {candidate} against {} of {control} in the same hours",
        share(judgement.candidate),
        share(judgement.control)
    );
    // Writing to a String cannot fail.
    if let Some(ratio) = judgement.rate_ratio {
        let _ = write!(text, ", {ratio:.2} times as often like for like");
    }
    let (low, high) = (judgement.interval.low, judgement.interval.high);
    let _ = match (low > 0.0, high.is_finite()) {
        (true, true) => write!(text, " (between {low:.2} and {high:.2})"),
        (true, false) => write!(text, " (at least {low:.2})"),
        (false, true) => write!(text, " (at most {high:.2})"),
        (false, false) => Ok(()),
    };
    text.push('.');
    text
}

/// `2.0 % of 9,000 sessions`.
#[allow(clippy::cast_precision_loss)] // for reading
fn share(arm: Arm) -> String {
    let share = arm.failed as f64 / arm.sessions.max(1) as f64;
    format!("{} of {} sessions", percent(share.min(1.0)), thousands(arm.sessions))
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent >= 9.95 { format!("{percent:.0} %") } else { format!("{percent:.1} %") }
}

/// With commas between the thousands.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_verdict::{Settings, Window, judge};

    fn said(candidate: (u64, u64), control: (u64, u64)) -> String {
        let arm = |(sessions, failed)| Arm { sessions, failed };
        let judgement =
            judge(&[Window { candidate: arm(candidate), control: arm(control) }], &Settings::default());
        let question = Question {
            app: Some("shop".to_owned()),
            release: "2.0".to_owned(),
            control: None,
            settings: Settings::default(),
            from: 0,
            until: 1,
            app_is_known: true,
        };
        sentence(&question, Some("1.9"), Cause::Counts(judgement.reason), &judgement)
    }

    #[test]
    fn each_verdict_says_what_it_rests_on() {
        assert_eq!(
            said((1_000, 80), (9_000, 180)),
            "2.0 fails people more often: 8.0 % of 1,000 sessions of 2.0 against 2.0 % of 9,000 sessions of 1.9 in the \
             same hours, 4.00 times as often like for like (between 2.36 and 6.55). Roll it back."
        );
        assert!(said((500_000, 10_000), (500_000, 10_000)).starts_with("2.0 is surely not 25 % worse: "));
        assert!(said((100, 2), (900, 18)).starts_with("Too early to tell: 2.0 % of 100 sessions"));
        assert!(said((900_000, 19_800), (900_000, 18_000)).contains("for you to weigh"));
        assert!(said((0, 0), (900, 18)).starts_with("No session of 2.0"));
        assert!(said((900, 9), (0, 0)).starts_with("Nothing to compare 2.0 with"));
        assert!(said((900, 0), (800, 0)).contains("neither of 2.0 (900) nor of 1.9 (800)"));
    }

    #[test]
    fn numbers_are_easy_to_read() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
        assert_eq!((percent(0.25), percent(0.0049)), ("25 %".to_owned(), "0.5 %".to_owned()));
    }
}

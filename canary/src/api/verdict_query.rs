//! What a verdict is asked with, wherever it is asked: a query string, labels of a `PromQL` selector, a webhook's metadata.

use std::sync::Arc;

use amends_verdict::Settings;

use super::ApiError;
use super::counts_query::{NONE, several, time};
use crate::verdict::Question;

/// The names that are understood.
pub(super) const NAMES: [&str; 6] = ["app", "release", "control", "alpha", "margin", "since"];
/// How far back a verdict looks by itself: a phased release of 7 days, paused for the 30 that are allowed, and a week.
const DEFAULT_DAYS: i64 = 45;
/// A device's clock may be ahead by an hour, and its counts are filed there.
const AHEAD_HOURS: i64 = 2;
const LONGEST: usize = 128;

/// Reads names and values; `now_s` gives the present of an app in Unix seconds.
pub(super) fn question<N: AsRef<str>, V: AsRef<str>>(
    pairs: impl IntoIterator<Item = (N, V)>,
    apps: &[Arc<str>],
    now_s: impl Fn(&str) -> i64,
) -> Result<Question, ApiError> {
    let mut values: [Option<String>; 6] = Default::default();
    for (name, value) in pairs {
        let (name, value) = (name.as_ref(), value.as_ref());
        let place = NAMES.iter().position(|known| *known == name).and_then(|at| values.get_mut(at));
        let place = place
            .ok_or_else(|| ApiError::parameter(name, format!("unknown; there are {}", NAMES.join(", "))))?;
        if value.is_empty() {
            return Err(ApiError::parameter(name, "is empty"));
        }
        if value.chars().count() > LONGEST {
            return Err(ApiError::parameter(name, format!("is longer than {LONGEST} characters")));
        }
        if place.replace(value.to_owned()).is_some() {
            return Err(ApiError::parameter(name, "stands twice"));
        }
    }
    let [app, release, control, alpha, margin, since] = values;
    let app = match (app, apps) {
        (Some(app), _) => Some(app),
        (None, []) => None,
        (None, [only]) => Some(only.to_string()),
        (None, _) => return Err(ApiError::parameter("app", several(apps))),
    };
    let release = label(release.ok_or_else(|| {
        ApiError::parameter("release", "is missing; give the candidate's version, e.g. release=4.2.0")
    })?);
    let control = control.map(label);
    if control.as_ref() == Some(&release) {
        return Err(ApiError::parameter("control", "is the release itself; give another, or leave it out"));
    }
    let settings = Settings {
        alpha: number("alpha", alpha, 1e-6..=0.5)?.unwrap_or(Settings::default().alpha),
        margin: number("margin", margin, 1.001..=100.0)?.unwrap_or(Settings::default().margin),
        ..Settings::default()
    };
    let now = now_s(app.as_deref().unwrap_or_default());
    let since = time("since", since.as_deref(), now)?.unwrap_or(now - DEFAULT_DAYS * 86_400);
    if since >= now {
        return Err(ApiError::parameter("since", "is not in the past"));
    }
    Ok(Question {
        app_is_known: apps.iter().any(|known| Some(&**known) == app.as_deref()),
        app,
        release,
        control,
        settings,
        from: since.div_euclid(3_600),
        until: now.div_euclid(3_600) + AHEAD_HOURS,
    })
}

fn label(text: String) -> String {
    if text == NONE { String::new() } else { text }
}

fn number(
    name: &str,
    text: Option<String>,
    allowed: std::ops::RangeInclusive<f64>,
) -> Result<Option<f64>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let number = text.parse::<f64>().ok().filter(|number| allowed.contains(number));
    number.map(Some).ok_or_else(|| {
        let message = format!("is no number from {} to {}", allowed.start(), allowed.end());
        ApiError::parameter(name, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn parse(query: &str, apps: &[&str]) -> Result<Question, ApiError> {
        let apps: Vec<Arc<str>> = apps.iter().map(|app| Arc::from(*app)).collect();
        question(form_urlencoded::parse(query.as_bytes()), &apps, |_| NOW)
    }

    #[test]
    fn a_release_is_enough_where_there_is_one_app() {
        let question = parse("release=2.0", &["shop"]).unwrap();
        assert_eq!((question.app.as_deref(), &*question.release), (Some("shop"), "2.0"));
        assert_eq!((question.control, question.settings), (None, Settings::default()));
        assert_eq!(question.from, NOW / 3_600 - 45 * 24);
        assert!(question.app_is_known);
    }

    #[test]
    fn unknown_apps_are_questions_too() {
        assert!(!parse("release=2.0", &[]).unwrap().app_is_known);
        let question = parse("release=2.0&app=bank", &["shop", "cafe"]).unwrap();
        assert!(!question.app_is_known && question.app.as_deref() == Some("bank"));
    }

    #[test]
    fn settings_and_none_are_read() {
        let question = parse("release=_none&control=1.9&alpha=0.05&margin=1.1&since=7d", &["shop"]).unwrap();
        assert_eq!((&*question.release, question.control.as_deref()), ("", Some("1.9")));
        assert!((question.settings.alpha - 0.05).abs() < 1e-12);
        assert!((question.settings.margin - 1.1).abs() < 1e-12);
        assert_eq!(question.from, NOW / 3_600 - 7 * 24);
    }

    #[test]
    fn names_the_parameter_that_is_wrong() {
        let long = format!("release={}", "x".repeat(129));
        for (query, wrong) in [
            ("", "release"),
            ("release=", "release"),
            (&*long, "release"),
            ("release=2&release=3", "release"),
            ("release=2&control=2", "control"),
            ("release=_none&control=_none", "control"),
            ("release=2&alpha=0", "alpha"),
            ("release=2&alpha=1", "alpha"),
            ("release=2&alpha=NaN", "alpha"),
            ("release=2&alpha=five", "alpha"),
            ("release=2&margin=1", "margin"),
            ("release=2&margin=inf", "margin"),
            ("release=2&since=soon", "since"),
            ("release=2&since=0m", "since"),
            ("release=2&version=3", "version"),
        ] {
            match parse(query, &["shop"]) {
                Err(ApiError::Parameter { parameter, .. }) => assert_eq!(parameter, wrong, "{query}"),
                other => panic!("{query} gave {other:?}"),
            }
        }
        match parse("release=2", &["shop", "bank"]) {
            Err(ApiError::Parameter { parameter, message }) => {
                assert_eq!((&*parameter, message.contains("shop, bank")), ("app", true));
            }
            other => panic!("{other:?}"),
        }
    }
}

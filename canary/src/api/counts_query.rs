//! The parameters of `/v1/counts`.

use std::sync::Arc;

use super::ApiError;
pub(super) use crate::count::labels::NONE;
use crate::count::vocabulary::{Kind, Metric};
use crate::instant::{self, duration_s};
use crate::store::Scan;

const KNOWN: &str = "app, release, kind, screen, segment, region, since, until, step and format";
/// What is answered; the rest need not be read.
const COUNTED: &[Metric] = &[
    Metric::Failures,
    Metric::Opportunities,
    Metric::Sessions,
    Metric::SessionsFailed,
    Metric::Apologies,
    Metric::MakeGoods,
];
/// Points that fit a chart.
const GOOD_POINTS: i64 = 120;
const MOST_POINTS: i64 = 2_000;
/// Steps that people read easily, in minutes.
const STEPS: [i64; 10] = [1, 5, 10, 15, 30, 60, 180, 360, 720, 1_440];

/// See the module. Minutes since the Unix epoch; `from` is counted, `until` no longer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) app: String,
    pub(super) release: Option<String>,
    pub(super) kind: Option<Kind>,
    pub(super) screen: Option<String>,
    pub(super) segment: Option<String>,
    pub(super) region: Option<String>,
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) step: i64,
    /// CSV is asked for, not JSON.
    pub(super) csv: bool,
}

impl Query {
    /// Reads a query string; `now_s` gives the present of an app in Unix seconds.
    pub(super) fn parse(
        query: &str,
        apps: &[Arc<str>],
        now_s: impl Fn(&str) -> i64,
    ) -> Result<Self, ApiError> {
        let mut parts = Parts::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let part = match &*name {
                "app" => &mut parts.app,
                "release" => &mut parts.release,
                "kind" => &mut parts.kind,
                "screen" => &mut parts.screen,
                "segment" => &mut parts.segment,
                "region" => &mut parts.region,
                "since" => &mut parts.since,
                "until" => &mut parts.until,
                "step" => &mut parts.step,
                "format" => &mut parts.format,
                other => return Err(ApiError::parameter(other, format!("unknown; there are {KNOWN}"))),
            };
            if part.replace(value.into_owned()).is_some() {
                return Err(ApiError::parameter(&name, "stands twice"));
            }
        }
        let app = match parts.app {
            Some(app) if !app.is_empty() => app,
            Some(_) => return Err(ApiError::parameter("app", "is empty")),
            None => match apps {
                [only] => only.to_string(),
                [] => return Err(ApiError::parameter("app", "is missing, and no app has counted yet")),
                _ => return Err(ApiError::parameter("app", several(apps))),
            },
        };
        let csv = match parts.format.as_deref() {
            None | Some("json") => false,
            Some("csv") => true,
            Some(_) => return Err(ApiError::parameter("format", "is neither json nor csv")),
        };
        let now = now_s(&app);
        let until = time("until", parts.until.as_deref(), now)?.unwrap_or(now);
        let since = time("since", parts.since.as_deref(), now)?.unwrap_or(until - 3_600);
        if since >= until {
            return Err(ApiError::parameter("since", "is not before until"));
        }
        let kind = parts.kind.map(|word| {
            Kind::from_word(&word)
                .ok_or_else(|| ApiError::parameter("kind", format!("is none of {}", Kind::WORDS.join(", "))))
        });
        let label = |text: Option<String>| text.map(|text| if text == NONE { String::new() } else { text });
        let span = (until - since + 59) / 60;
        let step = step(parts.step.as_deref(), span)?;
        Ok(Self {
            app,
            release: label(parts.release),
            kind: kind.transpose()?,
            screen: label(parts.screen),
            segment: label(parts.segment),
            region: label(parts.region),
            from: since.div_euclid(60),
            // The minute in which it lies is counted, but one that only begins there is not, unless it is now.
            until: if parts.until.is_some() { (until + 59).div_euclid(60) } else { until.div_euclid(60) + 1 },
            step,
            csv,
        })
    }

    /// Where the first step begins: steps lie on round times.
    pub(super) fn first_step(&self) -> i64 {
        self.from.div_euclid(self.step) * self.step
    }

    /// What to read: whole hours from the roll-up where the steps allow it, and minutes around them.
    pub(super) fn scans(&self) -> Vec<Part> {
        let (first, last) =
            (self.from.div_euclid(60) + i64::from(self.from % 60 != 0), self.until.div_euclid(60));
        if self.step % 60 != 0 || first >= last {
            return vec![Part::Minutes(self.scan(self.from, self.until))];
        }
        let mut parts = vec![Part::Hours(self.scan(first, last))];
        for (from, until) in [(self.from, first * 60), (last * 60, self.until)] {
            if from < until {
                parts.push(Part::Minutes(self.scan(from, until)));
            }
        }
        parts
    }

    /// The hours of all days that the range touches, for the devices.
    pub(super) fn devices(&self) -> Scan {
        let (first, last) = (self.from.div_euclid(1_440), (self.until - 1).div_euclid(1_440) + 1);
        Scan { metrics: &[Metric::DevicesFailed], ..self.scan(first * 24, last * 24) }
    }

    /// Those of the whole app: what a filter by label picks is hidden where the list of all such labels hides it.
    pub(super) fn all_devices(&self) -> Scan {
        Scan { release: None, segment: None, region: None, ..self.devices() }
    }

    /// Whether something picks one label of those that know their devices.
    pub(super) fn picks(&self) -> bool {
        self.release.is_some() || self.segment.is_some() || self.region.is_some()
    }

    fn scan(&self, from: i64, until: i64) -> Scan {
        Scan {
            app: self.app.clone(),
            release: self.release.clone(),
            kind: self.kind,
            screen: self.screen.clone(),
            segment: self.segment.clone(),
            region: self.region.clone(),
            metrics: COUNTED,
            from,
            until,
        }
    }
}

/// A part of a range, in the grain that it is read in.
#[derive(Debug)]
pub(super) enum Part {
    Minutes(Scan),
    Hours(Scan),
}

/// Which apps there are, or the first of them.
pub(super) fn several(apps: &[Arc<str>]) -> String {
    let some: Vec<&str> = apps.iter().take(10).map(|app| &**app).collect();
    let more = if apps.len() > some.len() { " and more" } else { "" };
    format!("is missing, and there are several: {}{more}", some.join(", "))
}

#[derive(Default)]
struct Parts {
    app: Option<String>,
    release: Option<String>,
    kind: Option<String>,
    screen: Option<String>,
    segment: Option<String>,
    region: Option<String>,
    since: Option<String>,
    until: Option<String>,
    step: Option<String>,
    format: Option<String>,
}

/// RFC 3339, or how long ago, in Unix seconds.
pub(super) fn time(parameter: &str, text: Option<&str>, now_s: i64) -> Result<Option<i64>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let ago = duration_s(text).filter(|ago| *ago <= 4_000 * 86_400).map(|ago| now_s - ago);
    let time = ago.or_else(|| instant::parse(text)).ok_or_else(|| {
        let how = "is neither RFC 3339 (2026-11-22T18:00:00Z; write + as %2B) nor a time ago (30m, 1h, 7d)";
        ApiError::parameter(parameter, how)
    })?;
    if time < 0 {
        return Err(ApiError::parameter(parameter, "is before 1970"));
    }
    Ok(Some(time))
}

fn step(text: Option<&str>, span: i64) -> Result<i64, ApiError> {
    let step = match text {
        Some(text) => duration_s(text)
            .filter(|seconds| *seconds >= 60 && seconds % 60 == 0)
            .map(|seconds| seconds / 60)
            .ok_or_else(|| ApiError::parameter("step", "is no whole number of minutes (1m, 15m, 1h, 1d)"))?,
        None => STEPS
            .into_iter()
            .find(|step| span / step <= GOOD_POINTS)
            .unwrap_or((span / GOOD_POINTS / 1_440 + 1) * 1_440),
    };
    if span / step > MOST_POINTS {
        return Err(ApiError::parameter(
            "step",
            format!("gives more than {MOST_POINTS} points; make it longer"),
        ));
    }
    Ok(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn parse(query: &str) -> Result<Query, ApiError> {
        Query::parse(query, &[Arc::from("shop")], |_| NOW)
    }

    #[test]
    fn defaults_to_the_only_app_and_the_last_hour_by_the_minute() {
        let query = parse("").unwrap();
        assert_eq!((&*query.app, query.step), ("shop", 1));
        assert_eq!((query.from, query.until), (NOW / 60 - 60, NOW / 60 + 1));
    }

    #[test]
    fn picks_a_step_that_fits_a_chart() {
        for (since, step) in [("30m", 1), ("2h", 1), ("3h", 5), ("1d", 15), ("7d", 180), ("400d", 5_760)] {
            assert_eq!(parse(&format!("since={since}")).unwrap().step, step, "since {since}");
        }
    }

    #[test]
    fn names_the_parameter_that_is_wrong() {
        for (query, wrong) in [
            ("since=yesterday", "since"),
            ("since=-1h", "since"),
            ("since=99999999999999999999d", "since"),
            ("since=0m", "since"),
            ("since=1h&until=2h", "since"),
            ("step=30s", "step"),
            ("step=90s", "step"),
            ("step=0m", "step"),
            ("since=9d&step=1m", "step"),
            ("kind=slow", "kind"),
            ("app=", "app"),
            ("app=a&app=b", "app"),
            ("apps=shop", "apps"),
            ("since=é", "since"),
            ("since=0000-01-01T00:00:00Z", "since"),
            ("since=1969-12-31T23:59:59Z", "since"),
            ("until=1969-12-31T23:59:59Z", "until"),
        ] {
            match parse(query) {
                Err(ApiError::Parameter { parameter, .. }) => assert_eq!(parameter, wrong, "{query}"),
                other => panic!("{query} gave {other:?}"),
            }
        }
    }

    #[test]
    fn understands_offsets() {
        let query = parse("since=2027-01-15T09:00:00%2B01:00&until=2027-01-15T08:30:00Z").unwrap();
        assert_eq!(query.until - query.from, 30);
    }

    #[test]
    fn ranges_that_touch_share_no_minute() {
        let range = |since: &str, until: &str| {
            let query = parse(&format!("since={since}&until={until}&step=15m")).unwrap();
            (query.from, query.until)
        };
        let (a, b, c) = ("2027-01-15T07:01:00Z", "2027-01-15T07:20:00Z", "2027-01-15T07:50:00Z");
        assert_eq!(range(a, b).1, range(b, c).0);
        assert_eq!(range(a, b).1 - range(a, b).0, 19, "not widened to steps");
    }

    #[test]
    fn whole_hours_come_from_the_roll_up_and_the_rest_by_the_minute() {
        let parts = |query: &str| {
            let shown = |part: &Part| match part {
                Part::Hours(scan) => ("hours", scan.from * 60, scan.until * 60),
                Part::Minutes(scan) => ("minutes", scan.from, scan.until),
            };
            parse(query).unwrap().scans().iter().map(shown).collect::<Vec<_>>()
        };
        let minute = |text: &str| instant::parse(&format!("2027-01-15T{text}:00Z")).unwrap() / 60;
        let range = |since: &str, until: &str, step: &str| {
            parts(&format!("since=2027-01-15T{since}:00Z&until=2027-01-15T{until}:00Z&step={step}"))
        };
        let (a, b, c, d) = (minute("01:30"), minute("02:00"), minute("05:00"), minute("05:10"));
        assert_eq!(range("01:30", "05:10", "1h"), [("hours", b, c), ("minutes", a, b), ("minutes", c, d)]);
        assert_eq!(range("02:00", "05:00", "1h"), [("hours", b, c)]);
        assert_eq!(range("01:30", "05:10", "15m"), [("minutes", a, d)]);
        assert_eq!(range("01:30", "02:00", "1h"), [("minutes", a, b)]);
    }

    #[test]
    fn names_the_apps_there_are() {
        let apps: Vec<Arc<str>> = (0..11).map(|n| Arc::from(format!("app{n}"))).collect();
        let message = |apps: &[Arc<str>]| Query::parse("", apps, |_| NOW).unwrap_err().to_string();
        assert_eq!(message(&apps[..2]), "app: is missing, and there are several: app0, app1");
        assert!(message(&apps).ends_with("app9 and more"));
    }
}

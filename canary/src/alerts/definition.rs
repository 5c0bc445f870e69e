//! What is watched, and how: one alert of the configuration.

use crate::alerts::burn_rate::BurnRate;
use crate::alerts::e_detector::Unusual;
use crate::alerts::rule::Rule;
use crate::count::vocabulary::{Kind, Metric};
use crate::store::Row;

/// Which two counts make the rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Sessions with at least one failure, of all sessions.
    Sessions,
    /// Failures of opportunities.
    Failures,
}

/// A label by which an alert is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Release,
    Segment,
    Region,
    System,
    Screen,
    Kind,
}

/// How loud it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// Somebody should look now.
    Page,
    /// Somebody should look today.
    Ticket,
}

/// How it is judged.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Detector {
    Rule(Rule),
    BurnRate(BurnRate),
    Unusual(Unusual),
}

/// See the module. Times are seconds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alert {
    pub(crate) name: String,
    pub(crate) app: Option<String>,
    pub(crate) measure: Measure,
    /// Only counts with all of these labels; an empty label is one that was never given.
    pub(crate) only: Vec<(By, String)>,
    /// One alert for each value of these.
    pub(crate) by: Vec<By>,
    pub(crate) detector: Detector,
    pub(crate) severity: Severity,
    /// It has to hold so long before it fires.
    pub(crate) hold_s: i64,
    /// It has to be quiet so long before it is resolved.
    pub(crate) resolve_after_s: i64,
    /// While it fires it is told again so often.
    pub(crate) repeat_s: i64,
    /// Names of outputs.
    pub(crate) to: Vec<String>,
}

impl By {
    /// Every label with its word in the configuration.
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("release", Self::Release),
        ("segment", Self::Segment),
        ("region", Self::Region),
        ("os", Self::System),
        ("screen", Self::Screen),
        ("kind", Self::Kind),
    ];

    pub(crate) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, by)| *by == self).map_or("", |(word, _)| word)
    }

    /// Whether sessions carry it.
    pub(crate) const fn of_sessions(self) -> bool {
        !matches!(self, Self::Screen | Self::Kind)
    }

    pub(crate) fn of(self, row: &Row) -> &str {
        match self {
            Self::Release => &row.release,
            Self::Segment => &row.segment,
            Self::Region => &row.region,
            Self::System => &row.os_name,
            Self::Screen => &row.screen,
            Self::Kind => row.kind.map_or("", Kind::word),
        }
    }
}

impl Severity {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Ticket => "ticket",
        }
    }
}

impl Alert {
    /// What watches every app when nothing was configured: more failed sessions than usual, told by page and API.
    pub(crate) fn standard() -> Self {
        Self {
            name: "unusual-failed-sessions".to_owned(),
            app: None,
            measure: Measure::Sessions,
            only: Vec::new(),
            by: Vec::new(),
            detector: Detector::Unusual(Unusual::default()),
            severity: Severity::Page,
            hold_s: 0,
            resolve_after_s: 15 * 60,
            repeat_s: 4 * 3_600,
            to: Vec::new(),
        }
    }

    pub(crate) fn watches(&self, app: &str) -> bool {
        self.app.as_ref().is_none_or(|own| own == app)
    }

    /// Whether a row is the numerator (`true`) or the denominator of this alert; `None` if neither.
    pub(crate) fn role(&self, row: &Row) -> Option<bool> {
        let events = match (self.measure, row.metric) {
            (Measure::Sessions, Metric::SessionsFailed) | (Measure::Failures, Metric::Failures) => true,
            (Measure::Sessions, Metric::Sessions) | (Measure::Failures, Metric::Opportunities) => false,
            _ => return None,
        };
        self.only.iter().all(|(by, value)| by.of(row) == value).then_some(events)
    }

    pub(crate) fn group(&self, row: &Row) -> Vec<String> {
        self.by.iter().map(|by| by.of(row).to_owned()).collect()
    }

    /// A new release has no past: it is compared with what is usual for the app.
    pub(crate) fn compares_with_all(&self) -> bool {
        self.by.contains(&By::Release) || self.only.iter().any(|(by, _)| *by == By::Release)
    }

    /// Minutes that its windows reach back.
    pub(crate) fn minutes_back(&self) -> i64 {
        match &self.detector {
            Detector::Rule(rule) => rule.within_min,
            Detector::BurnRate(burn) => burn.longest_min(),
            Detector::Unusual(_) => e_detector_minutes(),
        }
    }
}

const fn e_detector_minutes() -> i64 {
    crate::alerts::e_detector::MINUTES_BACK
}

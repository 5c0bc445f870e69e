//! A whole request, read into observations, rejected points and warnings.

use std::sync::Arc;

use super::clock::ClockRule;
use super::labels::{Labels, MAX_LABEL_CHARS, MAX_RESOURCE_ATTRIBUTES, shorten};
use super::observation::{MAX_VALUE, Observation, Origin};
use super::scale::Scale;
use super::vocabulary::{Metric, key};
use super::{histogram, point};
use crate::otlp::model::{self, Data, Resource, Temporality};

/// Why a point is not counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("unknown metric {0:?}; the canary counts amends.* only")]
    UnknownMetric(String),
    #[error("{metric} came as a {got}; send a {want}")]
    WrongType { metric: &'static str, got: &'static str, want: &'static str },
    #[error("{metric} is {got}; send delta temporality (1)")]
    NotDelta { metric: &'static str, got: &'static str },
    #[error("{metric} is not monotonic; set isMonotonic")]
    NotMonotonic { metric: &'static str },
    #[error("a value that is negative")]
    Negative,
    #[error("a value that is no whole number")]
    NotWhole,
    #[error("a value above {MAX_VALUE}, more than one device counts in one window")]
    TooLarge,
    #[error("a point without a value")]
    NoValue,
    #[error("a window that ends before it starts")]
    EndsBeforeStart,
    #[error("{count} attributes; at most {most}")]
    TooManyAttributes { count: usize, most: usize },
    #[error("attribute {key:?} stands twice")]
    DuplicateAttribute { key: String },
    #[error("attribute {key} is no string")]
    NotText { key: &'static str },
    #[error("attribute {key} is longer than {MAX_LABEL_CHARS} characters")]
    LabelTooLong { key: &'static str },
    #[error("attribute {key} is missing")]
    MissingLabel { key: &'static str },
    #[error("{key} is {word:?}; one of {}", words.join(", "))]
    UnknownWord { key: &'static str, word: String, words: &'static [&'static str] },
    #[error("resource without service.name, so no app to count for")]
    NoApp,
    #[error("histogram bounds other than {:?}", scale.bounds())]
    WrongBounds { scale: Scale },
    #[error("histogram whose buckets do not add up to its count, or that has no finite sum ≥ 0")]
    BrokenHistogram,
    #[error("a sum other than {want}, which the answers in its buckets add up to")]
    WrongSum { want: i64 },
    #[error("service.name {app:?} has control or format characters; leave them out")]
    UnseenInApp { app: String },
    #[error("app {app:?} is not the app of this ingest key; send it with a key of its own")]
    ForeignApp { app: String },
    #[error("a total that would no longer fit 64 bits")]
    Overflow,
}

/// Rejections and warnings of one batch, each reason once, the first few in words.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Remarks {
    pub(crate) rejected: u64,
    reasons: Vec<String>,
    more: bool,
}

/// Reasons spelled out in one answer.
const MOST_REASONS: usize = 5;

impl Remarks {
    /// Takes note of `points` rejected points.
    pub(crate) fn reject(&mut self, points: usize, why: &Rejection) {
        if points > 0 {
            self.rejected = self.rejected.saturating_add(points as u64);
            self.note(why.to_string());
        }
    }

    /// Takes note of one rejected point of a metric.
    pub(crate) fn reject_point(&mut self, metric: Metric, why: &Rejection) {
        self.rejected = self.rejected.saturating_add(1);
        self.note(format!("{}: {why}", metric.word()));
    }

    /// Takes note of something that was counted, but not as sent.
    pub(crate) fn warn(&mut self, what: impl Into<String>) {
        self.note(format!("warning: {}", what.into()));
    }

    fn note(&mut self, text: String) {
        if self.reasons.contains(&text) {
            return;
        }
        if self.reasons.len() < MOST_REASONS { self.reasons.push(text) } else { self.more = true }
    }

    /// The message for `partialSuccess`; empty when there is nothing to say.
    pub(crate) fn message(&self) -> String {
        let mut message = self.reasons.join("; ");
        if self.more {
            message.push_str("; and more");
        }
        message
    }
}

/// The apps that a sender may count for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Apps {
    Any,
    These(Vec<String>),
}

impl Apps {
    fn check(&self, app: &str) -> Result<(), Rejection> {
        match self {
            Self::These(apps) if !apps.iter().any(|own| own == app) => {
                Err(Rejection::ForeignApp { app: shorten(app) })
            }
            _ => Ok(()),
        }
    }
}

/// What a request holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) observations: Vec<Observation>,
    pub(crate) remarks: Remarks,
}

/// Reads a request that arrived at `arrival_s` (Unix seconds).
pub(crate) fn read(request: &model::Request, arrival_s: i64, clock: ClockRule, apps: &Apps) -> Reading {
    let mut reading = Reading::default();
    if request.points() == 0 {
        reading.remarks.warn("no data point in this batch");
    }
    for resource in &request.resources {
        match origin(resource, apps, &mut reading.remarks) {
            Ok(origin) => {
                let mut context =
                    Context { origin: Arc::new(origin), arrival_s, clock, reading: &mut reading };
                for metric in &resource.metrics {
                    context.metric(metric);
                }
            }
            Err(why) => {
                let points = resource.metrics.iter().map(|metric| metric.data.points()).sum();
                reading.remarks.reject(points, &why);
            }
        }
    }
    reading
}

fn origin(resource: &Resource, apps: &Apps, remarks: &mut Remarks) -> Result<Origin, Rejection> {
    let labels = Labels::check(&resource.attributes, MAX_RESOURCE_ATTRIBUTES)?;
    let app = labels.app()?;
    apps.check(&app)?;
    Ok(Origin {
        app,
        release: labels.optional(key::RELEASE, remarks)?,
        os_name: labels.optional(key::OS_NAME, remarks)?,
        os_version: labels.optional(key::OS_VERSION, remarks)?,
        region: labels.optional(key::REGION, remarks)?,
    })
}

/// What the points of one resource are read with.
pub(super) struct Context<'a> {
    pub(super) origin: Arc<Origin>,
    pub(super) arrival_s: i64,
    pub(super) clock: ClockRule,
    pub(super) reading: &'a mut Reading,
}

impl Context<'_> {
    fn metric(&mut self, metric: &model::Metric) {
        let Some(known) = Metric::from_word(&metric.name) else {
            let why = Rejection::UnknownMetric(shorten(&metric.name));
            return self.reading.remarks.reject(metric.data.points(), &why);
        };
        if let Err(why) = fits(known, &metric.data) {
            return self.reading.remarks.reject(metric.data.points(), &why);
        }
        match (&metric.data, known.scale()) {
            (Data::Sum { points, .. }, None) => {
                for point in points {
                    let read = point::observation(self, known, point);
                    self.keep(known, read);
                }
            }
            (Data::Histogram { points, .. }, Some(scale)) => {
                for point in points {
                    let read = histogram::observation(self, known, scale, point);
                    self.keep(known, read);
                }
            }
            // Nothing in it: a sum for a histogram and the like did not fit.
            _ => {}
        }
    }

    fn keep(&mut self, metric: Metric, read: Result<Option<Observation>, Rejection>) {
        match read {
            Ok(observation) => self.reading.observations.extend(observation),
            Err(why) => self.reading.remarks.reject_point(metric, &why),
        }
    }
}

/// Whether data of this type and temporality can be counted for the metric.
fn fits(metric: Metric, data: &Data) -> Result<(), Rejection> {
    let name = metric.word();
    let is_histogram = metric.scale().is_some();
    let want = if is_histogram { "histogram" } else { "sum" };
    let wrong_type = |got| Err(Rejection::WrongType { metric: name, got, want });
    let temporality = match data {
        Data::None => return Ok(()),
        Data::Other { type_name, .. } => return wrong_type(type_name),
        Data::Sum { .. } if is_histogram => return wrong_type("sum"),
        Data::Histogram { .. } if !is_histogram => return wrong_type("histogram"),
        Data::Sum { temporality, monotonic, .. } => {
            if !monotonic {
                return Err(Rejection::NotMonotonic { metric: name });
            }
            temporality
        }
        Data::Histogram { temporality, .. } => temporality,
    };
    match temporality {
        Temporality::Delta => Ok(()),
        Temporality::Cumulative => Err(Rejection::NotDelta { metric: name, got: "cumulative" }),
        Temporality::Unspecified => {
            Err(Rejection::NotDelta { metric: name, got: "of no stated temporality" })
        }
        Temporality::Unknown(_) => {
            Err(Rejection::NotDelta { metric: name, got: "of an unknown temporality" })
        }
    }
}

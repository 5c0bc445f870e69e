//! A verdict as it is answered: words for people, names and numbers for tools.

use amends_verdict::{Arm, Judgement, Reason, Verdict};
use serde::{Serialize, Serializer};

use super::Question;
use super::advice::Advice;
use super::sentence::sentence;
use super::windows::Compared;
use crate::count::labels::shown;
use crate::instant::rfc3339;

/// Why it was ruled so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The app has counted nothing yet.
    NoApp,
    /// The counts say so.
    Counts(Reason),
}

/// A verdict with all that it rests on. Field names are those of docs/verdict.md.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Ruling {
    #[serde(serialize_with = "as_word")]
    pub(crate) verdict: Verdict,
    pub(crate) reason: Cause,
    pub(crate) sentence: String,
    pub(crate) rate_ratio: Ratio,
    /// Evidence that the candidate is worse.
    pub(crate) e_value: f64,
    /// Evidence that it is not worse than the margin.
    pub(crate) e_value_good_enough: f64,
    pub(crate) sessions: Sessions,
    pub(crate) app: Option<String>,
    pub(crate) release: String,
    pub(crate) control: Option<String>,
    pub(crate) alpha: f64,
    pub(crate) margin: f64,
    pub(crate) since: String,
    pub(crate) advice: Advice,
    /// Whether the app has counted anything.
    #[serde(skip)]
    pub(crate) app_is_known: bool,
    /// All sessions of the candidate, whether or not there was anything to compare them with.
    #[serde(skip)]
    candidate: Arm,
}

/// How many times as often the candidate's sessions fail; `None` where it cannot be told, or has no upper end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Ratio {
    pub(crate) estimate: Option<f64>,
    pub(crate) low: f64,
    pub(crate) high: Option<f64>,
}

/// Sessions that could be compared, and how many of them failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Sessions {
    pub(crate) candidate: u64,
    pub(crate) control: u64,
    pub(crate) candidate_failed: u64,
    pub(crate) control_failed: u64,
}

impl Ruling {
    pub(super) fn new(question: &Question, compared: Compared, judgement: &Judgement) -> Self {
        let control = compared.control;
        let cause = if question.app_is_known { Cause::Counts(judgement.reason) } else { Cause::NoApp };
        let finite = |number: f64| number.is_finite().then_some(number);
        Self {
            verdict: judgement.verdict,
            reason: cause,
            sentence: sentence(question, control.as_deref(), cause, judgement),
            rate_ratio: Ratio {
                estimate: judgement.rate_ratio.and_then(finite),
                low: judgement.interval.low,
                high: finite(judgement.interval.high),
            },
            e_value: judgement.e_worse,
            e_value_good_enough: judgement.e_good_enough,
            sessions: Sessions {
                candidate: judgement.candidate.sessions,
                control: judgement.control.sessions,
                candidate_failed: judgement.candidate.failed,
                control_failed: judgement.control.failed,
            },
            app: question.app.clone(),
            release: shown(&question.release).to_owned(),
            control: control.map(|control| shown(&control).to_owned()),
            alpha: question.settings.alpha,
            margin: question.settings.margin,
            since: rfc3339(question.from * 3_600),
            advice: Advice::of(judgement.verdict),
            app_is_known: question.app_is_known,
            candidate: compared.windows.iter().fold(Arm::default(), |sum, window| Arm {
                sessions: sum.sessions.saturating_add(window.candidate.sessions),
                failed: sum.failed.saturating_add(window.candidate.failed),
            }),
        }
    }

    /// Whether anything could be compared.
    pub(crate) fn has_data(&self) -> bool {
        self.sessions.candidate + self.sessions.candidate_failed > 0
    }

    /// The share of the candidate's sessions that failed, from 0 to 1; `None` without sessions.
    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
    pub(crate) fn failure_rate(&self) -> Option<f64> {
        let sessions = self.candidate.sessions.max(self.candidate.failed);
        (sessions > 0).then(|| self.candidate.failed as f64 / sessions as f64)
    }

    /// `{"data": …}`.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(&serde_json::json!({ "data": self })).unwrap_or_default()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks for it
fn as_word<S: Serializer>(verdict: &Verdict, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(word(*verdict))
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A verdict as it is called in answers.
pub(crate) const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Promote => "promote",
        Verdict::Hold => "hold",
        Verdict::Rollback => "rollback",
    }
}

impl Cause {
    const fn word(self) -> &'static str {
        match self {
            Self::NoApp => "no_app",
            Self::Counts(Reason::NoCandidate) => "no_candidate",
            Self::Counts(Reason::NoControl) => "no_control",
            Self::Counts(Reason::NoFailures) => "no_failures",
            Self::Counts(Reason::TooEarly) => "too_early",
            Self::Counts(Reason::Worse) => "worse",
            Self::Counts(Reason::GoodEnough) => "good_enough",
            Self::Counts(Reason::WorseWithinMargin) => "worse_within_margin",
        }
    }
}

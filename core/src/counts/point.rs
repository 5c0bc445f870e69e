//! One number of a window with its labels: what the wire carries and what the files keep.

use super::Outcome;
use crate::aftermath::{Aftermath, Arm};
use crate::event::Response;
use crate::follow_up::Asked;
use crate::kinds::Kind;

/// What a point counts, with the labels that are words of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    Failures(Kind, Outcome),
    Opportunities(Kind),
    Sessions,
    SessionsFailed,
    DevicesFailed(First),
    Responses(Kind, Response),
    Aftermath(Kind, Arm, Aftermath),
    MakeGoods(Kind),
    Questions(Arm, Asked),
    /// How often this answer was given: 0 for the worst, 4 for the best.
    Answers(Arm, Asked, usize),
    Losses(Loss),
    /// One bucket of the time from failure to message.
    Latency(Kind, usize),
    /// The sum of those times, in milliseconds.
    LatencySum(Kind),
}

/// The first failure of this device today, or since it has this release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    Today,
    Release,
}

/// What a device had to give up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Events dropped by the host's full queue.
    QueueOverflow,
    /// A torn or foreign file was set aside.
    TornFile,
    /// A batch grew older than 7 days before it could be sent.
    TooOld,
    /// The oldest batch had to make room.
    OverQuota,
    /// The canary refused a batch for good.
    Refused,
}

macro_rules! words {
    ($vis:vis $name:ident { $($one:ident => $word:literal),+ }) => {
        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$one),+];
            /// The wire's word.
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$one => $word),+ }
            }
        }
    };
}
pub(crate) use words;

words!(pub(crate) First { Today => "today", Release => "release" });
words!(pub Loss {
    QueueOverflow => "queue_overflow", TornFile => "torn_file", TooOld => "too_old",
    OverQuota => "over_quota", Refused => "refused"
});

/// One number with its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point<'a> {
    pub(crate) metric: Metric,
    pub(crate) screen: Option<&'a str>,
    pub(crate) segment: Option<&'a str>,
    pub(crate) value: u32,
}

impl Metric {
    /// A short name that stays readable by later versions: `failures/dead_tap/shown`.
    pub(crate) fn to_key(self) -> String {
        match self {
            Self::Failures(kind, outcome) => format!("failures/{}/{}", kind.as_str(), outcome.as_str()),
            Self::Opportunities(kind) => format!("opportunities/{}", kind.as_str()),
            Self::Sessions => "sessions".into(),
            Self::SessionsFailed => "sessions_failed".into(),
            Self::DevicesFailed(first) => format!("devices_failed/{}", first.as_str()),
            Self::Responses(kind, response) => format!("responses/{}/{}", kind.as_str(), response.as_str()),
            Self::Aftermath(kind, arm, after) => {
                format!("aftermath/{}/{}/{}", kind.as_str(), arm.as_str(), after.as_str())
            }
            Self::MakeGoods(kind) => format!("make_goods/{}", kind.as_str()),
            Self::Questions(arm, asked) => format!("questions/{}/{}", arm.as_str(), asked.as_str()),
            Self::Answers(arm, asked, answer) => {
                format!("answers/{}/{}/{answer}", arm.as_str(), asked.as_str())
            }
            Self::Losses(loss) => format!("losses/{}", loss.as_str()),
            Self::Latency(kind, bucket) => format!("latency/{}/{bucket}", kind.as_str()),
            Self::LatencySum(kind) => format!("latency_sum/{}", kind.as_str()),
        }
    }

    /// The metric of such a name; `None` for one that this version does not know.
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        fn word<T: Copy>(all: &[T], name: Option<&str>, as_str: impl Fn(T) -> &'static str) -> Option<T> {
            all.iter().copied().find(|one| Some(as_str(*one)) == name)
        }
        let mut parts = key.split('/');
        let head = parts.next()?;
        let metric = match head {
            "sessions" => Self::Sessions,
            "sessions_failed" => Self::SessionsFailed,
            "devices_failed" => Self::DevicesFailed(word(First::ALL, parts.next(), First::as_str)?),
            "questions" | "answers" => {
                let arm = word(Arm::ALL, parts.next(), Arm::as_str)?;
                let asked = word(Asked::ALL, parts.next(), Asked::as_str)?;
                if head == "questions" {
                    Self::Questions(arm, asked)
                } else {
                    Self::Answers(arm, asked, parts.next()?.parse().ok().filter(|a| *a < super::ANSWERS)?)
                }
            }
            "losses" => Self::Losses(word(Loss::ALL, parts.next(), Loss::as_str)?),
            _ => {
                let kind = Kind::from_name(parts.next()?)?;
                match head {
                    "failures" => Self::Failures(kind, word(Outcome::ALL, parts.next(), Outcome::as_str)?),
                    "opportunities" => Self::Opportunities(kind),
                    "make_goods" => Self::MakeGoods(kind),
                    "responses" => {
                        Self::Responses(kind, word(Response::ALL, parts.next(), Response::as_str)?)
                    }
                    "aftermath" => Self::Aftermath(
                        kind,
                        word(Arm::ALL, parts.next(), Arm::as_str)?,
                        word(Aftermath::ALL, parts.next(), Aftermath::as_str)?,
                    ),
                    "latency" => {
                        Self::Latency(kind, parts.next()?.parse().ok().filter(|b| *b < super::BUCKETS)?)
                    }
                    "latency_sum" => Self::LatencySum(kind),
                    _ => return None,
                }
            }
        };
        parts.next().is_none().then_some(metric)
    }
}

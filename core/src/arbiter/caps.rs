//! How often a person may be spoken to. Sources: Braze (30 s between messages); Halperin et al. 2022 (repeated and
//! promising apologies can be worse than none): 1 a session, 2 in 24 h, the same kind once in 24 h, and the third of a
//! kind within 7 days stays silent.
//!
//! Measured on the monotonic clock, so that a wall clock that jumps cannot loosen a cap.

use super::Reason;
use crate::kinds::Kind;
use crate::moment::{Moment, ms};
use std::time::Duration;

/// The caps on speaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapSettings {
    /// Between two messages. Default 30 s.
    pub between: Duration,
    /// Messages in one session. Default 1.
    pub a_session: u32,
    /// Messages in 24 h. Default 2.
    pub a_day: usize,
    /// Messages about the same kind in 24 h. Default 1.
    pub of_a_kind_a_day: usize,
    /// Messages about the same kind in 7 days; the next failure of it stays silent. Default 2.
    pub of_a_kind_a_week: usize,
}

impl Default for CapSettings {
    fn default() -> Self {
        Self {
            between: Duration::from_secs(30),
            a_session: 1,
            a_day: 2,
            of_a_kind_a_day: 1,
            of_a_kind_a_week: 2,
        }
    }
}

const DAY_MS: i64 = 86_400_000;
const WEEK_MS: i64 = 7 * DAY_MS;
/// Remembered at most; more than any sane cap asks for.
const MOST: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spoken {
    kind: Kind,
    /// On the monotonic clock of this process; negative for what was said before it started.
    at_ms: i64,
}

/// What was said, and when.
#[derive(Debug, Default)]
pub(crate) struct Caps {
    spoken: Vec<Spoken>,
    in_session: u32,
}

fn signed(at: Moment) -> i64 {
    i64::try_from(at.as_ms()).unwrap_or(i64::MAX)
}

impl Caps {
    pub(crate) fn new_session(&mut self) {
        self.in_session = 0;
    }

    /// The cap that forbids speaking about this kind now. A remedy may come once more in a week than an apology.
    pub(crate) fn forbid(
        &self,
        kind: Kind,
        now: Moment,
        settings: &CapSettings,
        remedy: bool,
    ) -> Option<Reason> {
        let now = signed(now);
        let within = |span: i64| self.spoken.iter().filter(move |s| now.saturating_sub(s.at_ms) < span);
        let of_kind = |span: i64| within(span).filter(|s| s.kind == kind).count();
        let between = i64::try_from(ms(settings.between)).unwrap_or(i64::MAX);
        if within(between).next().is_some() {
            Some(Reason::TooSoon)
        } else if self.in_session >= settings.a_session {
            Some(Reason::SessionCap)
        } else if within(DAY_MS).count() >= settings.a_day {
            Some(Reason::DayCap)
        } else if of_kind(DAY_MS) >= settings.of_a_kind_a_day {
            Some(Reason::KindDayCap)
        } else if of_kind(WEEK_MS) >= settings.of_a_kind_a_week.saturating_add(usize::from(remedy)) {
            Some(Reason::KindWeekCap)
        } else {
            None
        }
    }

    /// Notes that a message about this kind is said (or, on a silent device, would have been).
    pub(crate) fn charge(&mut self, kind: Kind, at: Moment) {
        let at_ms = signed(at);
        self.spoken.retain(|s| at_ms.saturating_sub(s.at_ms) < WEEK_MS);
        if self.spoken.len() == MOST {
            self.spoken.remove(0);
        }
        self.spoken.push(Spoken { kind, at_ms });
        self.in_session = self.in_session.saturating_add(1);
    }

    /// The latest message was drawn only now: the spans run from what the person saw.
    pub(crate) fn restamp(&mut self, at: Moment) {
        if let Some(latest) = self.spoken.last_mut() {
            latest.at_ms = signed(at);
        }
        // A session may have begun while the message was on its way: it is this one's.
        self.in_session = self.in_session.max(1);
    }

    /// Takes back the latest charge: the message was not drawn after all.
    pub(crate) fn refund(&mut self) {
        if self.spoken.pop().is_some() {
            self.in_session = self.in_session.saturating_sub(1);
        }
    }

    /// For the files: kinds and how long ago.
    pub(crate) fn ages_ms(&self, now: Moment) -> Vec<(Kind, u64)> {
        let age = |s: &Spoken| u64::try_from(signed(now).saturating_sub(s.at_ms)).unwrap_or(0);
        self.spoken.iter().map(|s| (s.kind, age(s))).collect()
    }

    /// From the files.
    pub(crate) fn remember(&mut self, kind: Kind, age_ms: u64, now: Moment) {
        let age = i64::try_from(age_ms).unwrap_or(i64::MAX);
        if age < WEEK_MS && self.spoken.len() < MOST {
            self.spoken.push(Spoken { kind, at_ms: signed(now).saturating_sub(age) });
        }
    }

    /// What was said is unknown (a torn file): silence for the longest span of any cap rather than one sorry too many.
    pub(crate) fn assume_full(&mut self, now: Moment, settings: &CapSettings) {
        for kind in Kind::ALL {
            for _ in 0..settings.of_a_kind_a_week.min(MOST / Kind::COUNT) {
                self.remember(*kind, 0, now);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Kind = Kind::DeadTap;
    const B: Kind = Kind::SlowLoad;

    fn forbid(caps: &Caps, kind: Kind, at_s: u64) -> Option<Reason> {
        caps.forbid(kind, Moment::from_ms(at_s * 1_000), &CapSettings::default(), false)
    }

    fn at(s: u64) -> Moment {
        Moment::from_ms(s * 1_000)
    }

    const DAY: u64 = 86_400;

    #[test]
    fn each_cap_in_its_turn() {
        let mut caps = Caps::default();
        assert_eq!(forbid(&caps, A, 0), None);
        caps.charge(A, at(0));
        assert_eq!(forbid(&caps, B, 29), Some(Reason::TooSoon));
        assert_eq!(forbid(&caps, B, 30), Some(Reason::SessionCap));
        caps.new_session();
        assert_eq!(forbid(&caps, A, 31), Some(Reason::KindDayCap));
        assert_eq!(forbid(&caps, B, 31), None);
        caps.charge(B, at(31));
        caps.new_session();
        assert_eq!(forbid(&caps, Kind::Error, 100), Some(Reason::DayCap));
        assert_eq!(forbid(&caps, A, DAY), None, "a day after the first");
        caps.charge(A, at(DAY));
        caps.new_session();
        assert_eq!(forbid(&caps, A, 2 * DAY), Some(Reason::KindWeekCap), "the third of a kind within a week");
        let remedy = |s| caps.forbid(A, at(s), &CapSettings::default(), true);
        assert_eq!(remedy(2 * DAY), None, "a remedy instead");
        assert_eq!(forbid(&caps, A, 7 * DAY), None);
    }

    #[test]
    fn what_was_said_before_the_process_counts() {
        let mut caps = Caps::default();
        caps.remember(A, 3_600_000, at(5));
        assert_eq!(forbid(&caps, A, 6), Some(Reason::KindDayCap));
        assert_eq!(caps.ages_ms(at(6)), [(A, 3_601_000)]);
    }

    #[test]
    fn spans_run_from_what_the_person_saw() {
        let mut caps = Caps::default();
        caps.charge(A, at(0));
        caps.restamp(at(4));
        caps.new_session();
        assert_eq!(forbid(&caps, B, 33), Some(Reason::TooSoon));
        assert_eq!(forbid(&caps, B, 34), None);
    }

    #[test]
    fn what_was_said_days_ago_still_counts_in_the_week() {
        let mut caps = Caps::default();
        caps.remember(A, 2 * DAY * 1_000, at(5));
        caps.remember(A, 3 * DAY * 1_000, at(5));
        assert_eq!(forbid(&caps, A, 6), Some(Reason::KindWeekCap));
    }

    #[test]
    fn a_refund_takes_back_the_latest() {
        let mut caps = Caps::default();
        caps.charge(A, at(0));
        caps.refund();
        assert_eq!(forbid(&caps, A, 0), None);
    }

    #[test]
    fn an_unknown_past_means_silence() {
        let mut caps = Caps::default();
        caps.assume_full(at(100), &CapSettings::default());
        for kind in Kind::ALL {
            assert_eq!(forbid(&caps, *kind, 4_000), Some(Reason::DayCap));
            assert_eq!(forbid(&caps, *kind, DAY + 100), Some(Reason::KindWeekCap));
            assert_eq!(forbid(&caps, *kind, 7 * DAY + 100), None);
        }
    }

    #[test]
    fn what_was_said_a_week_ago_is_forgotten() {
        let mut caps = Caps::default();
        caps.charge(A, at(0));
        caps.charge(B, at(7 * DAY - 1));
        assert_eq!(caps.ages_ms(at(7 * DAY - 1)).len(), 2);
        caps.charge(B, at(7 * DAY));
        assert_eq!(caps.ages_ms(at(7 * DAY)), [(B, 1_000), (B, 0)]);
        let mut caps = Caps::default();
        caps.remember(A, 7 * DAY * 1_000 - 1, at(5));
        caps.remember(A, 7 * DAY * 1_000, at(5));
        assert_eq!(caps.ages_ms(at(5)), [(A, 7 * DAY * 1_000 - 1)]);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut caps = Caps::default();
        for _ in 0..100 {
            caps.remember(A, 0, at(5));
        }
        assert_eq!(caps.ages_ms(at(5)).len(), 64);
        caps.charge(B, at(6));
        assert_eq!((caps.ages_ms(at(6)).len(), caps.ages_ms(at(6)).last()), (64, Some(&(B, 0))));
    }

    #[test]
    fn an_unknown_past_is_one_of_every_kind_alike() {
        let mut caps = Caps::default();
        caps.assume_full(at(100), &CapSettings { of_a_kind_a_week: usize::MAX, ..CapSettings::default() });
        for kind in Kind::ALL {
            let of_kind = caps.ages_ms(at(100)).iter().filter(|(of, _)| of == kind).count();
            assert_eq!(of_kind, 64 / Kind::ALL.len(), "{kind:?}");
        }
    }
}

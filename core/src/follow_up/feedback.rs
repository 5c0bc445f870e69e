//! One question, one tap, at most once in 14 days: "How well is the app working for you today?"
//!
//! It is asked after an apology or a make-good, or, rarely, out of the blue (the pulse), in the same words, so that the
//! answers can be compared. A device of the silent arm is asked after the moment at which it would have apologised.

use crate::counts::words;
use crate::moment::{Moment, ms};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// When people are asked.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackSettings {
    /// Whether to ask after an apology and after a make-good. Default true.
    pub after: bool,
    /// On which share of days a device is asked out of the blue, from 0 to 1. Default 0.01.
    pub pulse: f64,
    /// Between two questions of any sort. Default 14 days.
    pub between: Duration,
}

impl Default for FeedbackSettings {
    fn default() -> Self {
        Self { after: true, pulse: 0.01, between: Duration::from_secs(14 * 86_400) }
    }
}

/// When it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// 30 s after an apology (or the silent moment), if the person has stayed.
    AfterApology,
    /// When a make-good has left the screen.
    AfterMakeGood,
    /// Out of the blue.
    Pulse,
}

words!(pub(crate) Asked {
    AfterApology => "after_apology", AfterMakeGood => "after_make_good", Pulse => "pulse"
});

/// When the latest question was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Feedback {
    /// On the monotonic clock of this process; negative for one before it.
    asked_at_ms: Option<i64>,
    /// Before the one that is on its way to the screen.
    before: Option<i64>,
    /// The UTC day for which the lot of the pulse was drawn.
    drawn_for_day: Option<u64>,
}

/// As it is kept in the state file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FeedbackState {
    asked_unix_ms: Option<u64>,
    drawn_for_day: Option<u64>,
}

fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

impl Feedback {
    /// Whether enough time has passed since the latest question.
    pub(crate) fn may_ask(&self, now: Moment, settings: &FeedbackSettings) -> bool {
        self.asked_at_ms
            .is_none_or(|at| signed(now.as_ms()).saturating_sub(at) >= signed(ms(settings.between)))
    }

    pub(crate) fn asked(&mut self, now: Moment) {
        self.before = self.asked_at_ms.replace(signed(now.as_ms()));
    }

    /// It was not drawn after all.
    pub(crate) fn take_back(&mut self) {
        self.asked_at_ms = self.before;
    }

    /// What was asked is unknown (a torn file): as if just now, on the side of silence.
    pub(crate) fn assume_asked(&mut self, now: Moment) {
        self.asked(now);
    }

    /// Whether this device is asked out of the blue today. One lot a day, drawn from the install's own number.
    pub(crate) fn pulse_today(&mut self, lot: u64, day: u64, settings: &FeedbackSettings) -> bool {
        if self.drawn_for_day == Some(day) {
            return false;
        }
        self.drawn_for_day = Some(day);
        // SplitMix64's finaliser (Steele et al. 2014) spreads the two numbers evenly.
        let mut mixed = lot ^ day.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        #[expect(clippy::cast_precision_loss, reason = "shifted to the 53 bits that fit")]
        let drawn = ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        drawn < settings.pulse
    }

    pub(crate) fn state(&self, now: Moment, unix_ms: u64) -> FeedbackState {
        let unix = |at: i64| {
            let age = u64::try_from(signed(now.as_ms()).saturating_sub(at)).unwrap_or(0);
            unix_ms.saturating_sub(age)
        };
        FeedbackState { asked_unix_ms: self.asked_at_ms.map(unix), drawn_for_day: self.drawn_for_day }
    }

    pub(crate) fn from_state(state: &FeedbackState, now: Moment, unix_ms: u64) -> Self {
        // A time that lies ahead was a wrong clock: as if it were now.
        let at = |asked: u64| signed(now.as_ms()).saturating_sub(signed(unix_ms.saturating_sub(asked)));
        Self { asked_at_ms: state.asked_unix_ms.map(at), before: None, drawn_for_day: state.drawn_for_day }
    }
}

//! What was counted of two releases at the same time, among the same people.

/// The sessions of one release.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arm {
    /// Sessions that began.
    pub sessions: u64,
    /// Sessions with at least one failure.
    pub failed: u64,
}

impl Arm {
    /// A session that began in the window before may fail in this one: there were at least as many as failed.
    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
    pub(crate) fn exposure(self) -> f64 {
        self.sessions.max(self.failed) as f64
    }
}

/// Candidate and control within one stretch of time and one stratum (system, segment).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// The release that is judged.
    pub candidate: Arm,
    /// The one that it is compared with.
    pub control: Arm,
}

impl Window {
    /// The candidate's share of the sessions, from 0 to 1; `None` where it has them all, or none: nothing to compare.
    pub(crate) fn share(&self) -> Option<f64> {
        let (candidate, control) = (self.candidate.exposure(), self.control.exposure());
        (candidate > 0.0 && control > 0.0).then(|| candidate / (candidate + control))
    }
}

/// How many times as often sessions of the candidate fail: the estimate of Mantel and Haenszel over all windows, which
/// weighs each by what it can tell. `None` while no session of the control has failed, or nothing can be compared.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn rate_ratio(windows: &[Window]) -> Option<f64> {
    let (mut above, mut below) = (0.0, 0.0);
    for window in windows {
        let Some(share) = window.share() else { continue };
        above += window.candidate.failed as f64 * (1.0 - share);
        below += window.control.failed as f64 * share;
    }
    (below > 0.0).then(|| above / below)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn window(candidate: (u64, u64), control: (u64, u64)) -> Window {
        Window {
            candidate: Arm { sessions: candidate.0, failed: candidate.1 },
            control: Arm { sessions: control.0, failed: control.1 },
        }
    }

    #[test]
    fn strata_of_other_rates_do_not_look_like_a_difference() {
        // Twice as many failures on old phones, and the candidate is mostly there: no difference within either.
        let windows = [window((900, 90), (100, 10)), window((100, 5), (900, 45))];
        let ratio = rate_ratio(&windows).unwrap();
        assert!((ratio - 1.0).abs() < 1e-12, "{ratio}");
    }

    #[test]
    fn nothing_to_compare_is_no_ratio() {
        assert_eq!(rate_ratio(&[]), None);
        assert_eq!(rate_ratio(&[window((0, 0), (100, 10))]), None);
        assert_eq!(rate_ratio(&[window((100, 10), (100, 0))]), None);
    }

    #[test]
    fn a_session_may_fail_in_the_window_after_it_began() {
        let ratio = rate_ratio(&[window((0, 2), (98, 2))]).unwrap();
        assert!(ratio.is_finite() && ratio > 1.0, "{ratio}");
    }
}

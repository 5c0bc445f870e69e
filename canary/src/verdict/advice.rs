//! What to do on each system: a store takes no release back, so the same verdict is not the same deed.

use amends_verdict::Verdict;
use serde::Serialize;

/// A sentence for each system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Advice {
    pub(crate) android: &'static str,
    pub(crate) ios: &'static str,
}

impl Advice {
    /// What the verdict means there.
    pub(super) const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Promote => Self {
                android: "Raise the rollout's user fraction, or complete it.",
                ios: "Let the phased release go on, or release it to everybody.",
            },
            Verdict::Hold => Self {
                android: "Leave the rollout's user fraction as it is.",
                ios: "Leave the phased release as it is, or pause it for up to 30 days to gain time.",
            },
            Verdict::Rollback => Self {
                android: "Halt the rollout: nobody new gets it. Who has it keeps it until the next release: turn the \
                          feature off by its kill switch, and send the last good code under a higher version code.",
                ios: "The App Store cannot take a release back. Pause the phased release, turn the feature off by its \
                      kill switch, and send a hotfix for expedited review.",
            },
        }
    }
}

//! The closed words of the wire (docs/wire.md): metrics, kinds, outcomes and the rest.

use super::scale::Scale;

/// Gives an enum its wire words: the list of all values, the word of each and the way back.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum $name { $($value),+ }

        impl $name {
            /// The wire word of every value, for messages that say what would have been right.
            #[allow(dead_code)] // not every list is spelled out in one
            pub(crate) const WORDS: &[&str] = &[$($word),+];

            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            pub(crate) fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$value),)+ _ => None }
            }
        }
    };
}

words! {
    /// A metric of the contract.
    Metric {
        Failures = "amends.failures",
        Opportunities = "amends.opportunities",
        Sessions = "amends.sessions",
        SessionsFailed = "amends.sessions.failed",
        DevicesFailed = "amends.devices.failed",
        Apologies = "amends.apologies",
        MakeGoods = "amends.make_goods",
        Responses = "amends.responses",
        Aftermath = "amends.aftermath",
        Questions = "amends.questions",
        Feedback = "amends.feedback",
        Losses = "amends.losses",
        Latency = "amends.apology.latency",
    }
}

words! {
    /// The kind of a micro-failure.
    Kind {
        SlowLoad = "slow_load",
        DeadTap = "dead_tap",
        RageTap = "rage_tap",
        DeadInput = "dead_input",
        Error = "error",
        Hang = "hang",
        PoorContent = "poor_content",
    }
}

words! {
    /// What became of a failure; each has exactly one.
    Outcome { Shown = "shown", Suppressed = "suppressed", HeldOut = "held_out", Recovered = "recovered" }
}

words! {
    /// For what a device failed for the first time.
    First { Today = "today", Release = "release" }
}

words! {
    /// What the person did with a message: let it be, or which of its actions they used (`acted`: the host's own).
    Response {
        Dismissed = "dismissed",
        Expired = "expired",
        Acted = "acted",
        Retry = "retry",
        Status = "status",
        Support = "support",
        TellUs = "tell_us",
    }
}

words! {
    /// Whether the device is among those that are told.
    Arm { Apologised = "apologised", HeldOut = "held_out" }
}

words! {
    /// What the person did next.
    After { Continued = "continued", Retried = "retried", Abandoned = "abandoned" }
}

words! {
    /// When the one-tap question was shown.
    Asked { AfterApology = "after_apology", AfterMakeGood = "after_make_good", Pulse = "pulse" }
}

/// Attribute keys of the contract.
pub(crate) mod key {
    pub(crate) const KIND: &str = "amends.failure.kind";
    pub(crate) const OUTCOME: &str = "amends.outcome";
    pub(crate) const SCREEN: &str = "app.screen.name";
    pub(crate) const SEGMENT: &str = "amends.segment";
    pub(crate) const FIRST: &str = "amends.first";
    pub(crate) const RESPONSE: &str = "amends.response";
    pub(crate) const ARM: &str = "amends.arm";
    pub(crate) const AFTERMATH: &str = "amends.aftermath";
    pub(crate) const ASKED: &str = "amends.asked";
    pub(crate) const REASON: &str = "amends.loss.reason";
    pub(crate) const APP: &str = "service.name";
    pub(crate) const RELEASE: &str = "service.version";
    pub(crate) const OS_NAME: &str = "os.name";
    pub(crate) const OS_VERSION: &str = "os.version";
    pub(crate) const REGION: &str = "amends.region";
}

impl Metric {
    /// The attribute keys that this metric may carry.
    pub(crate) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Failures => &[key::KIND, key::OUTCOME, key::SCREEN, key::SEGMENT],
            Self::Opportunities | Self::Apologies | Self::MakeGoods => {
                &[key::KIND, key::SCREEN, key::SEGMENT]
            }
            Self::Sessions | Self::SessionsFailed => &[key::SEGMENT],
            Self::DevicesFailed => &[key::FIRST, key::SEGMENT],
            Self::Responses => &[key::KIND, key::RESPONSE, key::SCREEN, key::SEGMENT],
            Self::Aftermath => &[key::KIND, key::ARM, key::AFTERMATH, key::SCREEN, key::SEGMENT],
            Self::Questions | Self::Feedback => &[key::ARM, key::ASKED, key::SEGMENT],
            Self::Losses => &[key::REASON],
            Self::Latency => &[key::KIND],
        }
    }

    /// How a histogram is counted; `None` for a sum.
    pub(crate) const fn scale(self) -> Option<Scale> {
        match self {
            Self::Latency => Some(Scale::Seconds),
            Self::Feedback => Some(Scale::Answers),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_value() {
        for word in Metric::WORDS {
            assert_eq!(Metric::from_word(word).map(Metric::word), Some(*word));
        }
        for word in Kind::WORDS {
            assert_eq!(Kind::from_word(word).map(Kind::word), Some(*word));
        }
        for word in Response::WORDS {
            assert_eq!(Response::from_word(word).map(Response::word), Some(*word));
        }
        for word in Asked::WORDS {
            assert_eq!(Asked::from_word(word).map(Asked::word), Some(*word));
        }
        assert_eq!(Kind::from_word("Slow_Load"), None);
    }
}

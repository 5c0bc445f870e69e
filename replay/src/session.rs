//! What is replayed.

use amends_core::Timed;
use serde::{Deserialize, Serialize};

/// A recorded session: timed events, and the circumstances in which they happened.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// What it is called.
    #[serde(default)]
    pub name: Option<String>,
    /// The share of devices that stays silent: 0, the default, is a device that speaks; 1 is one that never does.
    #[serde(default)]
    pub holdout: f64,
    /// What the device's random numbers begin with. Default 1.
    #[serde(default = "one")]
    pub seed: u64,
    /// The host's document (texts, rules, incidents), handed to the device before the first event.
    #[serde(default)]
    pub document: Option<serde_json::Value>,
    /// Whether and when the platform draws what it is asked to.
    #[serde(default)]
    pub draws: Draws,
    /// When the process ends and another one opens the same files.
    #[serde(default)]
    pub restart_at_ms: Vec<u64>,
    /// What happened. An event that is out of order counts as happening at once, as on a device.
    pub events: Vec<Timed>,
    /// Until when to go on; by default 40 s after the last event: as long as a message and what follows it take.
    #[serde(default)]
    pub until_ms: Option<u64>,
}

const fn one() -> u64 {
    1
}

/// How the platform answers to a message or a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Draws {
    /// It draws it in the moment in which it is asked to.
    #[default]
    AtOnce,
    /// It cannot draw: no window, a locked app.
    Never,
    /// It draws it so many milliseconds later.
    AfterMs(u64),
}

/// After the last event, if nothing else is said.
const GOES_ON_MS: u64 = 40_000;

impl Session {
    /// A session of nothing but events.
    pub fn of(events: Vec<Timed>) -> Self {
        Self { seed: one(), events, ..Self::default() }
    }

    /// When the replay ends.
    pub fn ends_at_ms(&self) -> u64 {
        let events = self.events.iter().map(|timed| timed.at.as_ms());
        let last = events.chain(self.restart_at_ms.iter().copied()).max().unwrap_or(0);
        self.until_ms.map_or_else(|| last.saturating_add(GOES_ON_MS), |until| until.max(last))
    }
}

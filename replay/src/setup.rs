//! The device that is replayed on, and its clocks.

use crate::session::Session;
use amends_core::{Config, Device, Identity, MemoryFiles, Moment, Now, PaceSettings, Seeded, Settings};
use std::time::Duration;

/// What the wall clock says when the session begins: 2023-11-14, 22:13:20 UTC.
pub const UNIX_START_MS: u64 = 1_700_000_000_000;
/// So long that windows close only when the app goes to the background.
const NEVER: Duration = Duration::from_secs(10 * 365 * 86_400);

/// A device as all replays have it: nothing but the session makes a difference.
fn config(session: &Session) -> Config {
    Config {
        identity: Identity {
            service_name: "app".to_owned(),
            service_version: "1".to_owned(),
            ..Identity::default()
        },
        endpoint: "http://127.0.0.1:9".to_owned(),
        settings: Settings { holdout: session.holdout, ..Settings::default() },
        pace: PaceSettings {
            failure_within: NEVER,
            at_most_every: NEVER,
            denominators_every: NEVER,
            background_every: NEVER,
        },
        ..Config::default()
    }
}

/// Both clocks; they never part.
pub(crate) fn clocks(at_ms: u64) -> Now {
    Now { monotonic: Moment::from_ms(at_ms), unix_ms: UNIX_START_MS.saturating_add(at_ms) }
}

/// Opens the device on these files, as each process of the session does.
pub(crate) fn open(session: &Session, files: &MemoryFiles, at: u64) -> Device {
    let random = Box::new(Seeded::new(session.seed));
    Device::open(config(session), Box::new(files.clone()), random, clocks(at))
}

//! Is a release worse than the one before it?
//!
//! The unit is the **session with at least one failure**. Failures themselves come in clusters (a broken button is
//! tapped again), and tests that take them for independent are wrong in 15 to 48 % of good releases (docs/verdict.md).
//! Candidate and control are compared within windows (the same hour, system and segment), each with its own sessions, so
//! that a ramp, the time of day and a different mix of people do not look like a difference between releases.
//!
//! Everything here holds **at every look**: whoever asks each minute, and stops at the first answer they like, is wrong
//! no more often than [`Settings::alpha`] says. Nothing is rounded, hidden or decided by counts alone.
//!
//! ```
//! use amends_verdict::{Arm, Settings, Verdict, Window, judge};
//!
//! let window = Window { candidate: Arm { sessions: 400, failed: 40 }, control: Arm { sessions: 9_600, failed: 200 } };
//! let judgement = judge(&[window], &Settings::default());
//! assert_eq!(judgement.verdict, Verdict::Rollback);
//! ```

mod evidence;
mod interval;
mod judge;
mod window;

pub use evidence::{Direction, Evidence, log_likelihood_ratio};
pub use interval::{Interval, interval};
pub use judge::{Judgement, Reason, Settings, Verdict, judge};
pub use window::{Arm, Window, rate_ratio};

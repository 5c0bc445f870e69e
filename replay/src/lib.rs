//! A recorded session, replayed through the real device in virtual time.
//!
//! A [`Session`] is what happened in an app, as timed events. [`replay`] hands it to an [`amends_core::Device`] on files
//! in memory, plays the platform that draws its messages, and says what the device decided, said and counted. The same
//! session always has the same outcome, so a puzzling moment on somebody's phone becomes a test.
//!
//! The conformance vectors in `tests/vectors/` are such sessions with what is expected of them ([`Vector`]); the Kotlin
//! and the Swift library replay the same files.

mod counting;
mod outcome;
mod platform;
mod read;
mod replay;
mod runner;
mod session;
mod setup;
mod text;
mod vector;
mod words;

pub use outcome::{Entry, Happened, Payload, Replay};
pub use read::{ReadError, read, read_vectors};
pub use replay::{ReplayError, replay};
pub use session::{Draws, Session};
pub use setup::UNIX_START_MS;
pub use text::{as_json, explain};
pub use vector::{Expect, Vector};
pub use words::in_words;

//! Memory for large answers: clients that read slowly keep theirs, so all together are bounded.

use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::ApiError;

/// Counted in steps of this size.
const STEP: usize = 1_024;
/// All large answers under way.
const TOTAL: usize = 128 << 20;

/// See the module.
pub(crate) struct Room(Arc<Semaphore>);

/// A text that takes its room until the last client has it.
struct Held {
    text: String,
    _room: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(TOTAL / STEP)))
    }
}

impl Room {
    /// The text as a body that may be shared.
    pub(super) fn hold(&self, text: String) -> Result<Bytes, ApiError> {
        let steps = u32::try_from(text.capacity() / STEP + 1).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.0).try_acquire_many_owned(steps);
        let room = room.map_err(|_| ApiError::Busy("too many clients do not read what they asked for"))?;
        Ok(Bytes::from_owner(Held { text, _room: room }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_nobody_takes_are_bounded_and_give_their_room_back() {
        let room = Room::default();
        let mut held: Vec<Bytes> = Vec::new();
        while let Ok(answer) = room.hold(" ".repeat(10 << 20)) {
            // A share of an answer costs nothing.
            held.push(answer.clone());
            held.push(answer);
        }
        assert_eq!(held.len(), 2 * 12);
        assert!(room.hold(" ".repeat(20 << 20)).is_err());
        held.clear();
        assert!(room.hold(" ".repeat(20 << 20)).is_ok());
    }
}

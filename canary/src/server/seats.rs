//! How many connections there is room for.

/// Connections at once; further ones wait in the system's backlog.
const MOST: usize = 4_096;
/// File handles for everything else: the database, the runtime, the standard streams.
const REST: u64 = 64;

/// Seats for connections, below the system's limit of file handles.
#[cfg(unix)]
pub(super) fn seats() -> usize {
    use rustix::process::{Resource, getrlimit};
    let handles = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    within(handles)
}

#[cfg(not(unix))]
pub(super) fn seats() -> usize {
    within(u64::MAX)
}

fn within(handles: u64) -> usize {
    let room = handles.saturating_sub(REST).max(handles / 2).max(1);
    usize::try_from(room).unwrap_or(MOST).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_never_more_seats_than_handles() {
        for (handles, seats) in [(1_024, 960), (100, 50), (1, 1), (1 << 20, MOST), (u64::MAX, MOST)] {
            assert_eq!(within(handles), seats, "{handles} handles");
        }
    }
}

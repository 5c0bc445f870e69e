//! Chance from the operating system, or from a seed in tests.

use amends_core::Random;
use std::hash::{BuildHasher as _, RandomState};

pub(crate) struct System;

impl Random for System {
    fn next_u64(&mut self) -> u64 {
        // The system's generator does not fail on a phone that runs; if it did, std's keys, seeded at the start of the
        // process, still differ from call to call.
        getrandom::u64().unwrap_or_else(|_| RandomState::new().hash_one(0))
    }
}

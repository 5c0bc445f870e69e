//! Chance, handed in: the operating system's on a device, a seed's in tests and simulations.

use std::time::Duration;

/// A source of random numbers. On a device it must be the operating system's: batch keys made by a guessable
/// generator could be linked to each other.
pub trait Random: Send {
    /// The next 64 random bits.
    fn next_u64(&mut self) -> u64;
}

/// The same numbers for the same seed (`SplitMix64`): for tests and simulations only.
#[derive(Debug, Clone)]
pub struct Seeded(u64);

impl Seeded {
    /// A generator that starts from this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Random for Seeded {
    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// A random span up to `most`: full jitter.
pub(super) fn up_to(most: Duration, random: &mut dyn Random) -> Duration {
    let most = crate::moment::ms(most);
    Duration::from_millis(match most.checked_add(1) {
        Some(sides) => random.next_u64() % sides,
        None => random.next_u64(),
    })
}

/// 128 random bits as 32 hexadecimal digits.
pub(super) fn key(random: &mut dyn Random) -> String {
    format!("{:016x}{:016x}", random.next_u64(), random.next_u64())
}

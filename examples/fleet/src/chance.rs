//! Everything a device draws, from one seed.

use amends_core::{Random, Seeded};

/// The lots of one device.
pub(crate) struct Chance {
    lots: Seeded,
    /// Another stream for the device itself, so that what the engine draws does not change what the person does.
    pub(crate) device_seed: u64,
}

impl Chance {
    pub(crate) fn new(seed: u64, device: u64) -> Self {
        let mut mix = Seeded::new(seed ^ device.wrapping_mul(0xd6e8_feb8_6659_fd93));
        let device_seed = mix.next_u64();
        Self { lots: Seeded::new(mix.next_u64()), device_seed }
    }

    /// A number from 0 to below 1.
    #[expect(clippy::cast_precision_loss, reason = "shifted to the 53 bits that fit")]
    pub(crate) fn share(&mut self) -> f64 {
        (self.lots.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// A whole number from `least` to below `end`.
    pub(crate) fn between(&mut self, least: u64, end: u64) -> u64 {
        least + self.lots.next_u64() % (end - least).max(1)
    }

    /// One of the choices, by weight; the last if the weights run out.
    pub(crate) fn weighted<'a, T>(&mut self, choices: &'a [(T, f64)]) -> Option<&'a T> {
        let whole: f64 = choices.iter().map(|(_, weight)| weight).sum();
        let mut left = self.share() * whole;
        for (choice, weight) in choices {
            left -= weight;
            if left < 0.0 {
                return Some(choice);
            }
        }
        choices.last().map(|(choice, _)| choice)
    }
}

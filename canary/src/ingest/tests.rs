//! Unpacking any bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::*;

use super::headers::Encoding;
use super::inflate::inflate;
use super::refusal::Refusal;

const LIMIT: usize = 2_000;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

proptest! {
    #[test]
    fn any_bytes_unpack_or_are_refused(bytes in vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>(), change in any::<u8>()) {
        let _ = inflate(&bytes, Encoding::Gzip, LIMIT);
        let mut spoiled = gzip(&bytes);
        let at = at.index(spoiled.len());
        spoiled[at] ^= change;
        match inflate(&spoiled, Encoding::Gzip, LIMIT) {
            Ok(body) => prop_assert!(body.len() <= LIMIT),
            Err(Refusal::Gzip(_) | Refusal::TooLarge { .. }) => {}
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn what_was_packed_comes_back_up_to_the_limit(size in 0..2 * LIMIT, split in 0..2 * LIMIT) {
        let bytes: Vec<u8> = (0..=250).cycle().take(size).collect();
        let (head, tail) = bytes.split_at(split.min(size));
        let members = [gzip(head), gzip(tail)].concat();
        match inflate(&members, Encoding::Gzip, LIMIT) {
            Ok(body) => prop_assert!(size <= LIMIT && *body == *bytes),
            Err(Refusal::TooLarge { .. }) => prop_assert!(size > LIMIT),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}

//! The envelope of every file: a mark, a version and a checksum, so that a torn or foreign file is recognised.

/// `AMD` and the version of the files' format.
const MARK: [u8; 4] = *b"AMD\x01";
const HEAD: usize = MARK.len() + 4;

/// The content with its envelope.
pub(super) fn seal(content: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(HEAD + content.len());
    sealed.extend_from_slice(&MARK);
    sealed.extend_from_slice(&crc32fast::hash(content).to_be_bytes());
    sealed.extend_from_slice(content);
    sealed
}

/// The content without its envelope; `None` if it is torn or not ours.
pub(super) fn open(sealed: &[u8]) -> Option<&[u8]> {
    let (mark, rest) = sealed.split_first_chunk::<4>()?;
    let (sum, content) = rest.split_first_chunk::<4>()?;
    (*mark == MARK && u32::from_be_bytes(*sum) == crc32fast::hash(content)).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_or_flipped_anywhere_it_does_not_open() {
        let sealed = seal(b"the counts of an hour");
        assert_eq!(open(&sealed), Some(&b"the counts of an hour"[..]));
        for cut in 0..sealed.len() {
            assert_eq!(open(&sealed[..cut]), None, "cut at {cut}");
        }
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(open(&flipped), None, "bit {bit}");
        }
    }
}

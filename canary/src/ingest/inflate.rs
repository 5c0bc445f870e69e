//! Unpacking a body without ever holding more than the limit.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use flate2::bufread::GzDecoder;

use super::Refusal;
use super::headers::Encoding;

pub(super) fn inflate(bytes: &[u8], encoding: Encoding, limit: usize) -> Result<Cow<'_, [u8]>, Refusal> {
    match encoding {
        Encoding::Identity => Ok(Cow::Borrowed(bytes)),
        Encoding::Gzip => gunzip(bytes, limit).map(Cow::Owned),
    }
}

/// Members of one gzip stream: a packer writes one, a few at most.
const MOST_MEMBERS: usize = 16;

fn gunzip(mut bytes: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut body = Vec::new();
    // A gzip file may have several members; what stands behind the last must be a member too.
    for _ in 0..MOST_MEMBERS {
        let room = (limit - body.len()) as u64;
        let mut member = GzDecoder::new(bytes);
        (&mut member).take(room).read_to_end(&mut body).map_err(|error| Refusal::Gzip(error.to_string()))?;
        if body.len() == limit && member.read(&mut [0]).map_err(|error| Refusal::Gzip(error.to_string()))? > 0
        {
            return Err(Refusal::TooLarge { limit });
        }
        bytes = member.into_inner();
        if bytes.fill_buf().is_ok_and(<[u8]>::is_empty) {
            return Ok(body);
        }
    }
    Err(Refusal::TooManyMembers { limit: MOST_MEMBERS })
}

//! Closed windows that wait to be sent: one file each, one upload at a time.
//!
//! Retried on 429, 502, 503, 504 and when there is no answer (OTLP/HTTP), and when a network in between answers (3xx,
//! 511); everything else is final. Batches older than
//! 7 days or over the quota go, oldest first, and that loss is itself counted.

use super::files::Files;
use super::random::Random;
use super::{backoff, frame};
use crate::counts::Loss;
use crate::event::UploadAnswer;
use crate::moment::Moment;
use std::io::ErrorKind;
use std::time::Duration;

const PREFIX: &str = "batch-";
const KEY_LEN: usize = 32;
const TOO_OLD_MS: u64 = 7 * 86_400_000;
/// A driver that never answers must not stop the outbox.
const NO_ANSWER_AFTER: Duration = Duration::from_secs(120);
/// When a batch that cannot be read now is tried again.
const READ_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// A batch: what is sent, and the key that makes a retry recognisable.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) number: u64,
    pub(super) key: String,
    pub(super) closed_unix_ms: u64,
    pub(super) body: Vec<u8>,
}

#[derive(Debug)]
struct Waiting {
    number: u64,
    len: u64,
}

#[derive(Debug)]
struct UnderWay {
    upload: u64,
    batch: u64,
    since: Moment,
}

#[derive(Debug, Default)]
pub(super) struct Outbox {
    /// Oldest first.
    waiting: Vec<Waiting>,
    under_way: Option<UnderWay>,
    failures: u32,
    not_before: Option<Moment>,
    next_upload: u64,
}

impl Batch {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.key.as_bytes().to_vec();
        bytes.extend_from_slice(&self.closed_unix_ms.to_be_bytes());
        bytes.extend_from_slice(&self.body);
        frame::seal(&bytes)
    }

    fn from_bytes(number: u64, sealed: &[u8]) -> Option<Self> {
        let (key, rest) = frame::open(sealed)?.split_first_chunk::<KEY_LEN>()?;
        let (closed, body) = rest.split_first_chunk::<8>()?;
        let key = std::str::from_utf8(key).ok()?.to_owned();
        Some(Self { number, key, closed_unix_ms: u64::from_be_bytes(*closed), body: body.to_vec() })
    }
}

fn file_name(number: u64) -> String {
    format!("{PREFIX}{number:016x}")
}

/// The number of a batch's file; `None` for any other file.
pub(super) fn batch_number(file: &str) -> Option<u64> {
    let digits = file.strip_prefix(PREFIX).filter(|digits| digits.len() == 16)?;
    u64::from_str_radix(digits, 16).ok().filter(|number| *number < u64::MAX)
}

impl Outbox {
    /// Takes over a batch found on disk.
    pub(super) fn found(&mut self, number: u64, len: u64) {
        let at = self.waiting.partition_point(|w| w.number < number);
        self.waiting.insert(at, Waiting { number, len });
    }

    pub(super) fn latest_number(&self) -> Option<u64> {
        self.waiting.last().map(|w| w.number)
    }

    /// Puts a batch in. Says `false` if it cannot be written (full disk): it is then not in.
    pub(super) fn put(&mut self, batch: &Batch, files: &mut dyn Files) -> bool {
        let bytes = batch.to_bytes();
        let saved = files.replace(&file_name(batch.number), &bytes).is_ok();
        if saved {
            self.waiting.push(Waiting { number: batch.number, len: bytes.len() as u64 });
        }
        saved
    }

    /// Lets go of what is over the quota, oldest first; returns how many batches were lost.
    pub(super) fn keep_within(&mut self, quota: u64, files: &mut dyn Files) -> u32 {
        let mut lost = 0;
        while self.waiting.iter().map(|w| w.len).sum::<u64>() > quota {
            // Not the one on its way: it may be taken, and would then be no loss.
            let under_way = self.under_way.as_ref().map(|u| u.batch);
            let Some(oldest) = self.waiting.iter().map(|w| w.number).find(|n| Some(*n) != under_way) else {
                break;
            };
            self.let_go(oldest, files);
            lost += 1;
        }
        lost
    }

    /// The next batch to send, if it is time. Batches that are torn or too old are let go and reported as losses.
    pub(super) fn next(
        &mut self,
        now: Moment,
        unix_ms: u64,
        files: &mut dyn Files,
        losses: &mut Vec<Loss>,
    ) -> Option<(u64, Batch)> {
        if self.under_way.is_some() || self.not_before.is_some_and(|at| at > now) {
            return None;
        }
        while let Some(number) = self.waiting.first().map(|w| w.number) {
            let loss = match files.read(&file_name(number)) {
                Ok(bytes) => match Batch::from_bytes(number, &bytes) {
                    Some(batch) if unix_ms.saturating_sub(batch.closed_unix_ms) <= TOO_OLD_MS => {
                        self.next_upload += 1;
                        self.under_way =
                            Some(UnderWay { upload: self.next_upload, batch: number, since: now });
                        return Some((self.next_upload, batch));
                    }
                    Some(_) => Loss::TooOld,
                    None => Loss::TornFile,
                },
                Err(error) if error.kind() == ErrorKind::NotFound => Loss::TornFile,
                Err(_) => {
                    // It is there, but not for us now (a locked phone, too many open files).
                    self.not_before = Some(now.plus(READ_AGAIN_AFTER));
                    return None;
                }
            };
            self.let_go(number, files);
            losses.push(loss);
        }
        None
    }

    /// An upload was answered. Returns a loss if the batch was refused for good.
    pub(super) fn answered(
        &mut self,
        upload: u64,
        answer: UploadAnswer,
        now: Moment,
        files: &mut dyn Files,
        random: &mut dyn Random,
    ) -> Option<Loss> {
        let UnderWay { batch, .. } = self.under_way.take_if(|u| u.upload == upload)?;
        match answer {
            // A redirect or a request to log in comes from a network between us and the canary.
            UploadAnswer::Status { code: 300..=399 | 429 | 502..=504 | 511, retry_after } => {
                self.retry(retry_after, now, random);
            }
            UploadAnswer::Unreachable => self.retry(None, now, random),
            UploadAnswer::Status { code, .. } => {
                self.failures = 0;
                self.not_before = None;
                self.let_go(batch, files);
                if !(200..300).contains(&code) {
                    return Some(Loss::Refused);
                }
            }
        }
        None
    }

    /// Gives up on an answer that does not come.
    pub(super) fn handle_timeout(&mut self, now: Moment, random: &mut dyn Random) {
        if self.under_way.take_if(|u| u.since.plus(NO_ANSWER_AFTER) <= now).is_some() {
            self.retry(None, now, random);
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Moment> {
        match (&self.under_way, self.waiting.is_empty()) {
            (Some(under_way), _) => Some(under_way.since.plus(NO_ANSWER_AFTER)),
            (None, true) => None,
            (None, false) => self.not_before.or(Some(Moment::default())),
        }
    }

    /// Lets go of every batch: the person does not want to be counted.
    pub(super) fn forget_all(&mut self, files: &mut dyn Files) {
        for waiting in std::mem::take(&mut self.waiting) {
            let _ = files.remove(&file_name(waiting.number));
        }
    }

    fn retry(&mut self, asked: Option<Duration>, now: Moment, random: &mut dyn Random) {
        self.failures = self.failures.saturating_add(1);
        self.not_before = Some(now.plus(backoff::wait(self.failures, asked, random)));
    }

    fn let_go(&mut self, number: u64, files: &mut dyn Files) {
        // Not being able to remove it is no harm: the canary recognises its key.
        let _ = files.remove(&file_name(number));
        self.waiting.retain(|w| w.number != number);
    }
}

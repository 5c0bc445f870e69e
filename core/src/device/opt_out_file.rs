//! A small file that says what the person does not want, beside the state: if that is ever torn, they are still not
//! counted.

use super::files::Files;
use crate::event::OptOut;

pub(super) const OPT_OUT: &str = "opt-out";

const WORDS: [(OptOut, &[u8]); 2] = [(OptOut::Messages, b"messages"), (OptOut::Everything, b"everything")];

/// What the file says. One that is there, but not to be understood, means everything.
pub(super) fn read(files: &mut dyn Files) -> OptOut {
    let Ok(content) = files.read(OPT_OUT) else { return OptOut::Nothing };
    WORDS.iter().find(|(_, word)| *word == content).map_or(OptOut::Everything, |(of, _)| *of)
}

/// Brings the file up to date.
pub(super) fn keep(of: OptOut, on_disk: &mut OptOut, files: &mut dyn Files) {
    if of == *on_disk {
        return;
    }
    let kept = match WORDS.iter().find(|(word, _)| *word == of) {
        Some((_, word)) => files.replace(OPT_OUT, word),
        None => files.remove(OPT_OUT),
    };
    if kept.is_ok() {
        *on_disk = of;
    }
}

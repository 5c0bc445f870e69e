//! Who asked not to be spoken to: the host for a while, the person until they say otherwise.

use crate::arbiter::Reason;
use crate::event::OptOut;

#[derive(Debug, Default)]
pub(super) struct Quiet {
    pub(super) paused: bool,
    pub(super) opted_out: OptOut,
}

impl Quiet {
    /// Why nobody may be spoken to now.
    pub(super) fn reason(&self) -> Option<Reason> {
        match self.opted_out {
            OptOut::Nothing => self.paused.then_some(Reason::Paused),
            OptOut::Messages | OptOut::Everything => Some(Reason::OptedOut),
        }
    }
}

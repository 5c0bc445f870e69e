//! A session: from coming to the front until 30 minutes away (the usual convention), or until the host says so.

use crate::event::Event;
use crate::moment::Moment;
use std::time::Duration;

const AWAY: Duration = Duration::from_secs(30 * 60);

#[derive(Debug, Default)]
pub(super) struct Session {
    started: bool,
    pub(super) foreground: bool,
    left: Option<Moment>,
    pub(super) failed: bool,
}

impl Session {
    /// Whether this event starts a session.
    pub(super) fn starts_with(&mut self, event: &Event, at: Moment) -> bool {
        let new = match event {
            Event::Background => {
                self.foreground = false;
                self.left = Some(at);
                false
            }
            Event::Foreground => self.come_to_front(at),
            // A host that never says so is in front as soon as somebody touches it.
            Event::Tap(_) | Event::Submit { .. } if !self.foreground => self.come_to_front(at),
            Event::LoadStarted { .. } if !self.started => self.come_to_front(at),
            Event::NewSession => {
                // Coming to the front with it is not a second one.
                self.left = None;
                true
            }
            _ => false,
        };
        if new {
            self.started = true;
            self.failed = false;
        }
        new
    }

    fn come_to_front(&mut self, at: Moment) -> bool {
        self.foreground = true;
        let away = self.left.take().is_some_and(|left| at.since(left) >= AWAY);
        away || !self.started
    }
}

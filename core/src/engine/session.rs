//! A session: from coming to the front until 30 minutes away (the usual convention), or until the host says so.
//!
//! It is counted where it took place: at its first act, or a second after its start, when the host has had time to say
//! who is there. Its failure is counted at the same place, so that the two can be divided.

use crate::counts::Place;
use crate::event::Event;
use crate::moment::Moment;
use std::time::Duration;

const AWAY: Duration = Duration::from_secs(30 * 60);
const SETTLES_AFTER: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct Session {
    started: bool,
    pub(super) foreground: bool,
    left: Option<Moment>,
    pub(super) failed: bool,
    /// Set until the session is counted.
    settles_at: Option<Moment>,
    place: Option<Place>,
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
            self.settles_at = Some(at.plus(SETTLES_AFTER));
        }
        new
    }

    fn come_to_front(&mut self, at: Moment) -> bool {
        self.foreground = true;
        let away = self.left.take().is_some_and(|left| at.since(left) >= AWAY);
        away || !self.started
    }

    pub(super) const fn next_deadline(&self) -> Option<Moment> {
        self.settles_at
    }

    /// Whether this event shows that the host has said who is there: the session is then to be counted.
    pub(super) const fn is_settled_by(event: &Event) -> bool {
        !matches!(
            event,
            Event::Foreground | Event::Screen { .. } | Event::Segment { .. } | Event::Person { .. }
        )
    }

    /// Whether the host has had the time to say who is there.
    pub(super) const fn is_settled(&self) -> bool {
        self.started && self.settles_at.is_none()
    }

    /// Whether the session is to be counted now, here.
    pub(super) fn settle(&mut self, here: Place) -> bool {
        let now = self.settles_at.take().is_some();
        if now {
            self.place = Some(here);
        }
        now
    }

    /// Where the session is counted.
    pub(super) fn place(&self) -> Place {
        self.place.unwrap_or(Place::NOWHERE)
    }
}

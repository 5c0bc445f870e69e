//! The platform that draws: what it was asked to show, and what it will report about it.

use crate::session::Draws;
use amends_core::{Event, Response};
use std::time::Duration;

/// Reports that are still to come, and what is on the screen.
#[derive(Debug)]
pub(crate) struct Platform {
    draws: Draws,
    /// When to report what.
    to_come: Vec<(u64, Event)>,
    /// How long each message that is not drawn yet will stay.
    waiting: Vec<(u64, Duration)>,
}

impl Platform {
    pub(crate) const fn new(draws: Draws) -> Self {
        Self { draws, to_come: Vec::new(), waiting: Vec::new() }
    }

    /// It is asked to draw this. Returns what it reports at once.
    pub(crate) fn asked(&mut self, message: u64, on_screen: Duration, now: u64) -> Option<Event> {
        match self.draws {
            Draws::Never => return Some(Event::NotShown { message }),
            Draws::AtOnce => {}
            Draws::AfterMs(after) => {
                self.waiting.push((message, on_screen));
                self.to_come.push((now.saturating_add(after), Event::Shown { message }));
                return None;
            }
        }
        self.drawn(message, on_screen, now);
        Some(Event::Shown { message })
    }

    fn drawn(&mut self, message: u64, on_screen: Duration, now: u64) {
        let gone = now.saturating_add(u64::try_from(on_screen.as_millis()).unwrap_or(u64::MAX));
        self.to_come.push((gone, Event::Responded { message, response: Response::Expired }));
    }

    /// It is told to take this away. Returns what it reports at once: that it was not drawn, if it was not.
    pub(crate) fn hide(&mut self, message: u64) -> Option<Event> {
        self.forget(message);
        let waiting = self.waiting.iter().position(|(id, _)| *id == message)?;
        self.waiting.remove(waiting);
        Some(Event::NotShown { message })
    }

    /// The person answered: it does not leave by itself any more.
    pub(crate) fn saw(&mut self, event: &Event) {
        match event {
            Event::Responded { message, .. } | Event::Answered { question: message, .. } => {
                self.forget(*message);
            }
            _ => {}
        }
    }

    fn forget(&mut self, message: u64) {
        self.to_come.retain(|(_, event)| {
            !matches!(event,
            Event::Shown { message: of } | Event::Responded { message: of, .. } if *of == message)
        });
    }

    /// When the next report comes.
    pub(crate) fn next(&self) -> Option<u64> {
        self.to_come.iter().map(|(at, _)| *at).min()
    }

    /// The report that is due first, if it is due by `until`.
    pub(crate) fn take(&mut self, until: u64) -> Option<(u64, Event)> {
        let next = self.next().filter(|at| *at <= until)?;
        let found = self.to_come.iter().position(|(at, _)| *at == next)?;
        let (at, event) = self.to_come.remove(found);
        if let Event::Shown { message } = &event
            && let Some(waiting) = self.waiting.iter().position(|(id, _)| id == message)
        {
            let (message, on_screen) = self.waiting.remove(waiting);
            self.drawn(message, on_screen, at);
        }
        Some((at, event))
    }
}

//! The bounded queue between hooks and the device. When full, the oldest evidence goes first.

use crate::{Event, Timed};
use std::collections::VecDeque;

const MOST: usize = 1_024;

#[derive(Default)]
pub(super) struct Queue {
    waiting: VecDeque<Timed>,
    dropped: u32,
    closed: bool,
}

/// What may go when there is no room, the least first: evidence, by which the engine then judges nothing; happenings,
/// which it can do without. Who is there and what became of messages and uploads stays.
const fn worth(event: &Event) -> u8 {
    match event {
        Event::Tap(_) | Event::Reaction(_) | Event::RequestStarted { .. } | Event::LoadProgress { .. } => 0,
        Event::Submit { .. }
        | Event::Screen { .. }
        | Event::LoadStarted { .. }
        | Event::LoadEnded { .. }
        | Event::RequestEnded { .. } => 1,
        _ => 2,
    }
}

impl Queue {
    pub(super) fn push(&mut self, timed: Timed) {
        if self.closed {
            return;
        }
        if self.waiting.len() >= MOST {
            // The first of the least worth is the oldest of them.
            let least = self.waiting.iter().enumerate().min_by_key(|(_, timed)| worth(&timed.event));
            let least = least.map_or(0, |(at, _)| at);
            self.waiting.remove(least);
            self.dropped = self.dropped.saturating_add(1);
        }
        self.waiting.push_back(timed);
    }

    pub(super) fn take_all(&mut self, into: &mut Vec<Timed>) {
        if let (Some(first), 1..) = (self.waiting.front(), self.dropped) {
            into.push(Timed { at: first.at, event: Event::QueueDropped { count: self.dropped } });
            self.dropped = 0;
        }
        into.extend(self.waiting.drain(..));
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    pub(super) const fn is_closed(&self) -> bool {
        self.closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Moment, Reaction};

    #[test]
    fn overflow_drops_evidence_says_so_and_keeps_reports() {
        let mut queue = Queue::default();
        let push = |queue: &mut Queue, event| queue.push(Timed { at: Moment::from_ms(1), event });
        push(&mut queue, Event::ErrorReported);
        for _ in 0..MOST + 9 {
            push(&mut queue, Event::Reaction(Reaction::Frame));
        }
        let mut events = Vec::new();
        queue.take_all(&mut events);
        assert_eq!(events.len(), MOST + 1);
        assert_eq!(events[0].event, Event::QueueDropped { count: 10 });
        assert_eq!(events[1].event, Event::ErrorReported);

        // Also when there is no evidence to give up.
        let mut queue = Queue::default();
        push(&mut queue, Event::Shown { message: 1 });
        for load in 0..MOST as u64 {
            push(&mut queue, Event::LoadProgress { load });
            push(&mut queue, Event::Screen { name: "a".into() });
        }
        let mut events = Vec::new();
        queue.take_all(&mut events);
        assert_eq!(events[1].event, Event::Shown { message: 1 });
    }
}

//! The bounded queue between hooks and the device. When full, the oldest evidence goes, never a failure's report.

use crate::{Event, Timed};
use std::collections::VecDeque;

const MOST: usize = 1_024;

#[derive(Default)]
pub(super) struct Queue {
    waiting: VecDeque<Timed>,
    dropped: u32,
    closed: bool,
}

/// Whether losing it loses only evidence: the engine then judges nothing of that time.
const fn is_evidence(event: &Event) -> bool {
    matches!(
        event,
        Event::Tap(_) | Event::Reaction(_) | Event::RequestStarted { .. } | Event::LoadProgress { .. }
    )
}

impl Queue {
    pub(super) fn push(&mut self, timed: Timed) {
        if self.closed {
            return;
        }
        if self.waiting.len() >= MOST {
            let oldest = self.waiting.iter().position(|t| is_evidence(&t.event)).unwrap_or(0);
            self.waiting.remove(oldest);
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
    }
}

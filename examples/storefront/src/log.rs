//! What the drawer shows: every event, effect and decision, with its time; and the wire to the page.

use crate::news::{News, Operation};
use parking_lot::Mutex;
use serde::Serialize;
use std::collections::VecDeque;
use tokio::sync::broadcast;

/// Lines kept for pages that come later.
const MOST: usize = 500;

/// A line of the drawer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// Counts up.
    pub(crate) number: u64,
    /// Milliseconds on the engine's clock.
    pub(crate) at_ms: u64,
    /// `event`, `decision`, `effect`, `start`.
    pub(crate) sort: &'static str,
    /// In words.
    pub(crate) text: String,
    /// Of a decision: the kind of failure.
    pub(crate) kind: Option<&'static str>,
}

/// The log, and the pages that listen to it.
pub(crate) struct Log {
    lines: Mutex<(u64, VecDeque<Line>)>,
    operations: Mutex<Vec<Operation>>,
    pages: broadcast::Sender<News>,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { lines: Mutex::default(), operations: Mutex::default(), pages: broadcast::Sender::new(1_024) }
    }

    pub(crate) fn line(&self, at_ms: u64, sort: &'static str, text: String) {
        self.add(at_ms, sort, text, None);
    }

    pub(crate) fn decision(&self, at_ms: u64, kind: &'static str, text: String) {
        self.add(at_ms, "decision", text, Some(kind));
    }

    fn add(&self, at_ms: u64, sort: &'static str, text: String, kind: Option<&'static str>) {
        let mut lines = self.lines.lock();
        lines.0 += 1;
        let line = Line { number: lines.0, at_ms, sort, text, kind };
        if lines.1.len() == MOST {
            lines.1.pop_front();
        }
        lines.1.push_back(line.clone());
        self.tell(News::Line(line));
    }

    pub(crate) fn tell(&self, news: News) {
        // Nobody listening is fine: the engine then hears that nothing was drawn.
        let _ = self.pages.send(news);
    }

    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().1.iter().cloned().collect()
    }

    /// What the status view shows from now on, also on pages that come later.
    pub(crate) fn set_operations(&self, list: Vec<Operation>) {
        self.operations.lock().clone_from(&list);
        self.tell(News::Operations { list });
    }

    pub(crate) fn operations(&self) -> Vec<Operation> {
        self.operations.lock().clone()
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<News> {
        self.pages.subscribe()
    }
}

//! What the drawer shows: every event, effect and decision, with its time; and the wire to the page.

use amends_core::Message;
use parking_lot::Mutex;
use serde::Serialize;
use std::collections::VecDeque;
use tokio::sync::broadcast;

/// Lines kept for pages that come later.
const MOST: usize = 500;

/// One thing for the page.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum News {
    /// Draw this message.
    Show { id: u64, kind: &'static str, text: String, on_screen_ms: u64 },
    /// Take it away.
    Hide { id: u64 },
    /// A line for the drawer.
    Line(Line),
    /// Everything begins anew: another release, or a fresh phone.
    Restarted { release: &'static str },
}

/// A line of the drawer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// Counts up.
    pub(crate) number: u64,
    /// Milliseconds on the engine's clock.
    pub(crate) at_ms: u64,
    /// `event`, `decision`, `effect`.
    pub(crate) sort: &'static str,
    /// In words.
    pub(crate) text: String,
}

/// The log, and the pages that listen to it.
pub(crate) struct Log {
    lines: Mutex<(u64, VecDeque<Line>)>,
    pages: broadcast::Sender<News>,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { lines: Mutex::default(), pages: broadcast::Sender::new(1_024) }
    }

    pub(crate) fn line(&self, at_ms: u64, sort: &'static str, text: String) {
        let mut lines = self.lines.lock();
        lines.0 += 1;
        let line = Line { number: lines.0, at_ms, sort, text };
        if lines.1.len() == MOST {
            lines.1.pop_front();
        }
        lines.1.push_back(line.clone());
        self.tell(News::Line(line));
    }

    pub(crate) fn show(&self, message: Message) {
        self.tell(News::Show {
            id: message.id,
            kind: message.kind.as_str(),
            text: message.text,
            on_screen_ms: u64::try_from(message.on_screen.as_millis()).unwrap_or(u64::MAX),
        });
    }

    pub(crate) fn tell(&self, news: News) {
        // Nobody listening is fine: the engine then hears that nothing was drawn.
        let _ = self.pages.send(news);
    }

    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().1.iter().cloned().collect()
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<News> {
        self.pages.subscribe()
    }
}

//! What a replay showed.

use amends_core::{Decision, Event, Kind, Message, OperationStatus, Outcome, Question};

/// Everything that happened, in order, and what was counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Replay {
    /// What happened, in the order in which it did.
    pub timeline: Vec<Entry>,
    /// How often each kind could have happened, over the whole session; kinds that could not are not in it.
    pub opportunities: Vec<(Kind, u64)>,
    /// Everything that would leave the device: the batches that were closed, and the open window as the last one.
    pub payloads: Vec<Payload>,
    /// Whether the device turned itself off in its last process: a crash loop at start.
    pub is_off: bool,
}

/// One batch of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// When it was handed out, in milliseconds.
    pub at_ms: u64,
    /// Whether it is a closed batch; otherwise it is the window that was still open at the end.
    pub closed: bool,
    /// The body as JSON text.
    pub body: String,
}

/// Something that happened, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// In milliseconds of the session's own clock.
    pub at_ms: u64,
    /// What.
    pub what: Happened,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// An event of the session.
    Event(Event),
    /// What the replay's own platform reported: it drew a message, or the message's time was over.
    Reply(Event),
    /// The process ended, and another one opened the same files.
    Restart,
    /// A failure was decided on.
    Decision(Decision),
    /// A message was handed to the platform.
    Message(Message),
    /// A question was handed to the platform.
    Question(Question),
    /// The platform was told to take this message or question away.
    Hidden(u64),
    /// The list of operations changed; latest first.
    Operations(Vec<OperationStatus>),
}

impl Replay {
    fn find<'a, T: 'a>(
        &'a self,
        pick: impl Fn(&'a Happened) -> Option<T> + 'a,
    ) -> impl Iterator<Item = (u64, T)> + 'a {
        self.timeline.iter().filter_map(move |entry| Some((entry.at_ms, pick(&entry.what)?)))
    }

    /// Every decision, with its time.
    pub fn decisions(&self) -> impl Iterator<Item = (u64, &Decision)> {
        self.find(|what| if let Happened::Decision(decision) = what { Some(decision) } else { None })
    }

    /// Every message that was handed to the platform, with its time.
    pub fn messages(&self) -> impl Iterator<Item = (u64, &Message)> {
        self.find(|what| if let Happened::Message(message) = what { Some(message) } else { None })
    }

    /// Every question that was handed to the platform, with its time.
    pub fn questions(&self) -> impl Iterator<Item = (u64, &Question)> {
        self.find(|what| if let Happened::Question(question) = what { Some(question) } else { None })
    }

    /// The numbers of what was hidden, with the time.
    pub fn hidden(&self) -> impl Iterator<Item = (u64, u64)> {
        self.find(|what| if let Happened::Hidden(message) = what { Some(*message) } else { None })
    }

    /// Each list of operations that was handed out, with its time.
    pub fn operations(&self) -> impl Iterator<Item = (u64, &[OperationStatus])> {
        self.find(|what| if let Happened::Operations(list) = what { Some(list.as_slice()) } else { None })
    }

    /// How many failures of a kind ended so.
    pub fn failures(&self, kind: Kind, outcome: Outcome) -> usize {
        self.decisions().filter(|(_, d)| d.kind == kind && d.outcome == outcome).count()
    }

    /// How often a kind could have happened.
    pub fn opportunities_of(&self, kind: Kind) -> u64 {
        self.opportunities.iter().find(|(of, _)| *of == kind).map_or(0, |(_, count)| *count)
    }
}

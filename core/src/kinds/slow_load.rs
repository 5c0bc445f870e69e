//! `slow_load`: something the person waits for takes too long.
//!
//! It speaks while the person waits: a started load carries a deadline, and the failure is found at that deadline, not
//! when the load ends. Without visible progress attention is lost after about 3 s; with it people wait about 10 s
//! (Nielsen 1993; Nah 2004: 2 s are tolerated without feedback). Launches: 5 s cold, 2 s warm, 1.5 s hot (Android
//! vitals' "excessive" start times). A load is watched for 30 s at most (Embrace).

use super::{Detector, Findings, Over, Subject};
use crate::counts::Place;
use crate::event::{Event, LoadEnd, LoadKind};
use crate::moment::{Moment, earliest};
use std::time::Duration;

/// Thresholds of `slow_load`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Without visible progress. Default 3 s.
    pub bare: Duration,
    /// With visible progress. Default 10 s.
    pub with_progress: Duration,
    /// Launch from nothing. Default 5 s.
    pub cold_launch: Duration,
    /// Launch with a live process. Default 2 s.
    pub warm_launch: Duration,
    /// Return with everything in memory. Default 1.5 s.
    pub hot_launch: Duration,
    /// When a load is no longer watched. Default 30 s.
    pub give_up: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bare: Duration::from_secs(3),
            with_progress: Duration::from_secs(10),
            cold_launch: Duration::from_secs(5),
            warm_launch: Duration::from_secs(2),
            hot_launch: Duration::from_millis(1500),
            give_up: Duration::from_secs(30),
        }
    }
}

impl Settings {
    fn threshold(&self, kind: LoadKind, progress: bool) -> Duration {
        match (kind, progress) {
            (LoadKind::Content, false) => self.bare,
            (LoadKind::Content, true) => self.with_progress,
            (LoadKind::ColdLaunch, _) => self.cold_launch,
            (LoadKind::WarmLaunch, _) => self.warm_launch,
            (LoadKind::HotLaunch, _) => self.hot_launch,
        }
    }
}

/// Loads watched at a time; more push out the oldest.
const MOST_LOADS: usize = 16;

#[derive(Debug)]
struct Load {
    id: u64,
    started: Moment,
    kind: LoadKind,
    /// The number of its failure, once it was found slow.
    slow: Option<u64>,
    due: Moment,
    subject: Subject,
    place: Place,
}

/// The detector.
#[derive(Debug)]
pub(crate) struct Watch {
    loads: Vec<Load>,
    next_ticket: u64,
    in_front: bool,
}

impl Default for Watch {
    fn default() -> Self {
        Self { loads: Vec::with_capacity(MOST_LOADS), next_ticket: 0, in_front: false }
    }
}

impl Watch {
    fn take(&mut self, id: u64) -> Option<Load> {
        let at = self.loads.iter().position(|load| load.id == id)?;
        Some(self.loads.remove(at))
    }

    /// Nobody waits for these any more.
    fn leave_all(&mut self, out: &mut Findings) {
        for ticket in self.loads.drain(..).filter_map(|load| load.slow) {
            out.over(ticket, Over::Left);
        }
    }
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            // In the background nobody waits; a launch is on its way to the front.
            Event::LoadStarted { kind: LoadKind::Content, .. } if !self.in_front => {}
            Event::LoadStarted { load, kind, progress, operation } => {
                self.in_front = true;
                if let Some(ticket) = self.take(*load).and_then(|old| old.slow) {
                    out.over(ticket, Over::Left);
                }
                if self.loads.len() == MOST_LOADS {
                    self.loads.remove(0);
                }
                out.opportunity();
                let subject = operation.as_deref().map_or(Subject::Nameless, operation_subject);
                let due = at.plus(settings.threshold(*kind, *progress));
                let place = out.here;
                self.loads.push(Load { id: *load, started: at, kind: *kind, slow: None, due, subject, place });
            }
            Event::LoadProgress { load } => {
                if let Some(load) = self.loads.iter_mut().find(|l| l.id == *load && l.slow.is_none()) {
                    load.due = load.started.plus(settings.threshold(load.kind, true));
                }
            }
            Event::LoadEnded { load, end } => {
                if let Some(ticket) = self.take(*load).and_then(|load| load.slow) {
                    match end {
                        LoadEnd::Succeeded => out.over(ticket, Over::Recovered),
                        LoadEnd::Cancelled => out.over(ticket, Over::Left),
                        // It still stands: the wait was in vain.
                        LoadEnd::Failed => {}
                    }
                }
            }
            Event::Foreground | Event::Tap(_) | Event::Submit { .. } => self.in_front = true,
            Event::Background => {
                self.in_front = false;
                self.leave_all(out);
            }
            // That progress appeared, or that a load ended, may be among what is missing.
            Event::QueueDropped { .. } => self.loads.clear(),
            _ => {}
        }
    }

    fn handle_timeout(&mut self, now: Moment, settings: &Settings, out: &mut Findings) {
        let next_ticket = &mut self.next_ticket;
        self.loads.retain_mut(|load| {
            if load.due > now {
                return true;
            }
            let give_up = load.started.plus(settings.give_up);
            if load.slow.is_none() {
                let ticket = *next_ticket;
                *next_ticket += 1;
                out.failed(ticket, load.subject, load.place);
                load.slow = Some(ticket);
                load.due = give_up;
            }
            give_up > now
        });
    }

    fn next_deadline(&self) -> Option<Moment> {
        self.loads.iter().fold(None, |next, load| earliest(next, Some(load.due)))
    }
}

/// An operation by its name; never leaves the device.
pub(crate) fn operation_subject(operation: &str) -> Subject {
    // FNV-1a: a retry only has to be recognised within seconds, on one device.
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    Subject::Operation(operation.bytes().fold(0xcbf2_9ce4_8422_2325, hash))
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, testing::Bench};
    use super::*;

    fn started(load: u64, kind: LoadKind, progress: bool) -> Event {
        Event::LoadStarted { load, kind, progress, operation: None }
    }

    fn ended(load: u64, end: LoadEnd) -> Event {
        Event::LoadEnded { load, end }
    }

    fn bench() -> Bench<Watch> {
        let mut bench = Bench::new(Kind::SlowLoad);
        bench.at(0, &Event::Foreground);
        bench
    }

    #[test]
    fn each_sort_of_load_has_its_threshold() {
        for (kind, progress, threshold) in [
            (LoadKind::Content, false, 3_000),
            (LoadKind::Content, true, 10_000),
            (LoadKind::ColdLaunch, false, 5_000),
            (LoadKind::WarmLaunch, true, 2_000),
            (LoadKind::HotLaunch, false, 1_500),
        ] {
            let mut b = bench();
            b.at(100, &started(1, kind, progress)).until(100 + threshold - 1);
            assert_eq!((b.failures(), b.opportunities()), (0, 1), "{kind:?} a moment before");
            assert_eq!(b.until(100 + threshold).failures(), 1, "{kind:?} at its threshold");
        }
    }

    #[test]
    fn a_load_that_ends_in_time_is_silent_even_at_the_very_moment() {
        let mut b = bench();
        b.at(0, &started(1, LoadKind::Content, false)).at(3_000, &ended(1, LoadEnd::Succeeded)).until(60_000);
        assert_eq!(b.failures(), 0);
        assert_eq!(b.next_deadline_ms(), None);
    }

    #[test]
    fn progress_in_time_moves_the_deadline() {
        let mut b = bench();
        b.at(0, &started(1, LoadKind::Content, false)).at(2_900, &Event::LoadProgress { load: 1 }).until(9_999);
        assert_eq!(b.failures(), 0);
        assert_eq!(b.until(10_000).failures(), 1);
    }

    #[test]
    fn a_slow_load_that_comes_after_all_recovers_one_that_the_person_left_does_not() {
        let mut b = bench();
        b.at(0, &started(1, LoadKind::Content, false)).at(6_000, &ended(1, LoadEnd::Succeeded));
        b.at(7_000, &started(2, LoadKind::Content, false)).at(11_000, &ended(2, LoadEnd::Cancelled));
        b.at(12_000, &started(3, LoadKind::Content, false)).at(16_000, &Event::Background);
        b.at(16_001, &Event::Foreground);
        b.at(20_000, &started(4, LoadKind::Content, false)).at(24_000, &ended(4, LoadEnd::Failed));
        assert_eq!(b.failures(), 4);
        assert_eq!(b.overs(), [Over::Recovered, Over::Left, Over::Left]);
    }

    #[test]
    fn nothing_is_watched_longer_than_thirty_seconds() {
        let mut b = bench();
        b.at(0, &started(1, LoadKind::Content, false)).until(30_000);
        assert_eq!(b.next_deadline_ms(), None);
        assert!(b.at(31_000, &ended(1, LoadEnd::Succeeded)).overs().is_empty());
    }

    #[test]
    fn in_the_background_nobody_waits() {
        let mut b = bench();
        b.at(0, &started(1, LoadKind::Content, false)).at(1_000, &Event::Background);
        b.at(2_000, &started(2, LoadKind::Content, false)).until(60_000);
        assert_eq!((b.failures(), b.opportunities()), (0, 1));
    }

    #[test]
    fn missing_evidence_is_no_evidence() {
        let mut b = bench();
        b.at(0, &started(1, LoadKind::Content, false)).at(2_000, &Event::QueueDropped { count: 5 }).until(60_000);
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn more_loads_than_fit_push_out_the_oldest() {
        let mut b = bench();
        for load in 0..MOST_LOADS as u64 + 5 {
            b.at(load, &started(load, LoadKind::Content, false));
        }
        assert_eq!(b.until(20_000).failures(), MOST_LOADS);
    }
}

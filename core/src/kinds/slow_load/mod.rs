//! `slow_load`: something the person waits for takes too long.
//!
//! It speaks while the person waits: a started load carries a deadline, and the failure is found at that deadline, not
//! when the load ends. Without visible progress attention is lost after about 3 s; with it people wait about 10 s
//! (Nielsen 1993; Nah 2004: 2 s are tolerated without feedback). Launches: 5 s cold, 2 s warm, 1.5 s hot (Android
//! vitals' "excessive" start times). A load is watched for 30 s at most (Embrace).
//!
//! A launch is judged once the app is in front: systems prepare apps that nobody has opened yet, hours before (iOS
//! prewarming, sentry-cocoa #1897). Content that the person has left for another screen is nobody's wait any more, also
//! where the app lets the load run on.

use super::{Detector, Findings, Subject, is_judged};
use crate::counts::Place;
use crate::event::{Event, LoadEnd, LoadKind, Target};
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

/// A second tap on the same goes nowhere else.
const DOUBLE_TAP_WITHIN: Duration = Duration::from_secs(1);
/// Loads watched at a time; more push out the oldest.
const MOST_LOADS: usize = 16;

#[derive(Debug)]
struct Load {
    id: u64,
    started: Moment,
    kind: LoadKind,
    /// The number of its failure, once it was found slow.
    slow: Option<u64>,
    /// When it is slow.
    judged_at: Moment,
    /// When something is to be done about it.
    due: Moment,
    subject: Subject,
    /// Where it is counted; `None` while a launch is not in front yet.
    place: Option<Place>,
}

/// The detector.
#[derive(Debug)]
pub(crate) struct Watch {
    loads: Vec<Load>,
    in_front: bool,
    /// What the person last touched that leads somewhere, and when.
    touched: Option<(Target, Moment)>,
}

impl Default for Watch {
    fn default() -> Self {
        Self { loads: Vec::with_capacity(MOST_LOADS), in_front: false, touched: None }
    }
}

impl Watch {
    fn take(&mut self, id: u64) -> Option<Load> {
        let at = self.loads.iter().position(|load| load.id == id)?;
        Some(self.loads.remove(at))
    }

    /// Whether nobody would call it slow, nor another load of the same.
    fn is_quick(&self, load: &Load, at: Moment, settings: &Settings) -> bool {
        let waits_still = self.loads.iter().any(|other| other.slow.is_some() && other.subject == load.subject);
        !waits_still && at.since(load.started) < settings.bare
    }

    fn is_launching(&self) -> bool {
        self.loads.iter().any(|load| load.kind != LoadKind::Content)
    }

    fn come_to_front(&mut self, out: &mut Findings) {
        self.in_front = true;
        for load in self.loads.iter_mut().filter(|load| load.place.is_none()) {
            out.opportunity();
            load.place = Some(out.here);
            // Its time may be over already: then it is due now.
            load.due = load.due.min(load.judged_at);
        }
    }

    /// The person went to another screen: they do not wait for what had begun before they did.
    fn leave_screen(&mut self, out: &mut Findings) {
        let Some((_, touched)) = self.touched else { return };
        self.loads.retain(|load| {
            let left = load.kind == LoadKind::Content && load.started < touched;
            if let Some(ticket) = load.slow.filter(|_| left) {
                out.left(ticket);
            }
            !left
        });
    }

    /// Nobody waits for these any more.
    fn leave_all(&mut self, out: &mut Findings) {
        for ticket in self.loads.drain(..).filter_map(|load| load.slow) {
            out.left(ticket);
        }
    }
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            // In the background nobody waits; a launch is on its way to the front, and so is what it loads.
            Event::LoadStarted { kind: LoadKind::Content, .. } if !self.in_front && !self.is_launching() => {}
            Event::LoadStarted { load, kind, progress, operation } => {
                if let Some(ticket) = self.take(*load).and_then(|old| old.slow) {
                    out.left(ticket);
                }
                if self.loads.len() == MOST_LOADS {
                    self.loads.remove(0);
                }
                if self.in_front {
                    out.opportunity();
                }
                let subject = operation.as_deref().map_or(Subject::Nameless, operation_subject);
                let due = at.plus(settings.threshold(*kind, *progress));
                let place = self.in_front.then_some(out.here);
                self.loads.push(Load {
                    id: *load,
                    started: at,
                    kind: *kind,
                    slow: None,
                    judged_at: due,
                    due,
                    subject,
                    place,
                });
            }
            Event::LoadProgress { load } => {
                if let Some(load) = self.loads.iter_mut().find(|l| l.id == *load && l.slow.is_none()) {
                    load.judged_at = load.started.plus(settings.threshold(load.kind, true));
                    load.due = load.judged_at;
                }
            }
            Event::LoadEnded { load, end } => {
                let Some(load) = self.take(*load) else { return };
                match (end, load.slow) {
                    (LoadEnd::Succeeded, Some(ticket)) => out.recovered(ticket),
                    (LoadEnd::Succeeded, None) if self.is_quick(&load, at, settings) => out.worked(load.subject),
                    // Over, but nothing to be glad of.
                    (LoadEnd::Cancelled | LoadEnd::Empty, Some(ticket)) => out.left(ticket),
                    // A slow one still stands: the wait was in vain.
                    (LoadEnd::Failed, _) | (LoadEnd::Succeeded | LoadEnd::Empty | LoadEnd::Cancelled, None) => {}
                }
            }
            Event::Foreground => self.come_to_front(out),
            Event::Tap(tap) => {
                self.come_to_front(out);
                let again = self.touched.is_some_and(|(target, last)| {
                    target == tap.target && at.since(last) <= DOUBLE_TAP_WITHIN
                });
                if is_judged(*tap) && !again {
                    self.touched = Some((tap.target, at));
                }
            }
            Event::Submit { target, .. } => {
                self.come_to_front(out);
                self.touched = Some((*target, at));
            }
            Event::Screen { .. } => self.leave_screen(out),
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
        self.loads.retain_mut(|load| {
            if load.due > now {
                return true;
            }
            let give_up = load.started.plus(settings.give_up);
            if let (None, Some(place)) = (load.slow, load.place) {
                load.slow = Some(out.failed(load.subject, place));
            }
            load.due = give_up;
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
mod tests;

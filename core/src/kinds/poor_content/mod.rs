//! `poor_content`: something is shown, and it is no good.
//!
//! The host's own report (bad text, blurred picture), a broken image, nothing where something is expected (a search
//! without results), a video that stands still for 2 s, or that stutters: 3 stalls within 60 s. 2 s is when viewers
//! begin to leave (Krishnan & Sitaraman 2012); how often it rebuffers moves them as much as how long (Dobrian et al.
//! 2011). What follows the person's own jump or pause is not judged, nor what happens while the app is not in front.
//!
//! A load that ends with nothing is judged a second later: while one types, each letter searches, and "nothing found"
//! flashes by (Uniswap #4531). If the same is loaded again by then, its end decides. Nothing is mended but by the same:
//! a named load that now has content, a playback that goes on.
//!
//! The same sort of report within 10 s on one screen is one moment: a page of broken images, a search that is asked at
//! each letter. The denominator is what was shown: a load that ended with content or without, a playback, a report.

mod playbacks;

use super::{Detector, Findings, Subject, operation_subject};
use crate::counts::Place;
use crate::event::{Content, Event, LoadEnd, LoadKind};
use crate::moment::{Moment, earliest};
use playbacks::Playbacks;
use std::time::Duration;

/// Thresholds of `poor_content`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long a playback may stand still. Default 2 s.
    pub stall: Duration,
    /// How many shorter stalls are too many. Default 3, at most 8.
    pub stalls: usize,
    /// Within how long. Default 60 s.
    pub stalls_within: Duration,
    /// How long "nothing found" has to stand. Default 1 s.
    pub empty_for: Duration,
    /// Reports of one sort on one screen within this time are one moment. Default 10 s.
    pub same_moment: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            stall: Duration::from_secs(2),
            stalls: 3,
            stalls_within: Duration::from_secs(60),
            empty_for: Duration::from_secs(1),
            same_moment: Duration::from_secs(10),
        }
    }
}

/// Where empty results have their place among the sorts of reports.
const EMPTY: usize = 0;
/// Loads remembered at a time.
const MOST_LOADS: usize = 16;

/// The detector.
#[derive(Debug)]
pub(crate) struct Watch {
    /// Loads of content under way, and what they load.
    loads: Vec<(u64, Subject)>,
    playbacks: Playbacks,
    /// When each sort of bad content was last reported on this screen.
    reported: [Option<Moment>; 3],
    /// The latest report that stands, and what it was about.
    standing: Option<(u64, Subject)>,
    /// A load that ended with nothing, until it is judged.
    empty: Option<Empty>,
    in_front: bool,
}

#[derive(Debug)]
struct Empty {
    subject: Subject,
    place: Place,
    /// When it is judged; `None` while the same is loaded again.
    due: Option<Moment>,
}

impl Empty {
    /// What has no name is not known again.
    fn is_of(&self, subject: Subject) -> bool {
        self.subject == subject && subject != Subject::Nameless
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            loads: Vec::with_capacity(MOST_LOADS),
            playbacks: Playbacks::default(),
            reported: [None; 3],
            standing: None,
            empty: None,
            in_front: false,
        }
    }
}

impl Watch {
    /// The host's own report.
    fn reported(&mut self, content: Content, at: Moment, settings: &Settings, out: &mut Findings) {
        let sort = match content {
            Content::Good => return out.opportunity(),
            Content::Empty => EMPTY,
            Content::BrokenImage => 1,
            Content::Poor => 2,
        };
        if self.is_new(sort, at, settings) {
            out.opportunity();
            self.fail(Subject::Nameless, out.here, out);
        }
    }

    /// Whether a report of this sort is a moment of its own.
    fn is_new(&mut self, sort: usize, at: Moment, settings: &Settings) -> bool {
        let Some(last) = self.reported.get_mut(sort) else { return false };
        let is_new = last.is_none_or(|last| at.since(last) >= settings.same_moment);
        if is_new {
            *last = Some(at);
        }
        is_new
    }

    fn fail(&mut self, subject: Subject, place: Place, out: &mut Findings) -> u64 {
        let ticket = out.failed(subject, place);
        self.standing = Some((ticket, subject));
        ticket
    }

    fn load_started(&mut self, load: u64, subject: Subject) {
        self.loads.retain(|(id, _)| *id != load);
        if self.loads.len() == MOST_LOADS {
            self.loads.remove(0);
        }
        self.loads.push((load, subject));
        if let Some(empty) = self.empty.as_mut().filter(|empty| empty.is_of(subject)) {
            empty.due = None;
        }
    }

    fn load_ended(
        &mut self,
        load: u64,
        end: LoadEnd,
        at: Moment,
        settings: &Settings,
        out: &mut Findings,
    ) {
        let Some(found) = self.loads.iter().position(|(id, _)| *id == load) else { return };
        let (_, subject) = self.loads.swap_remove(found);
        let again = self.empty.take_if(|empty| empty.is_of(subject));
        match end {
            LoadEnd::Succeeded => {
                out.opportunity();
                if let Some(empty) = again {
                    let ticket = self.fail(empty.subject, empty.place, out);
                    self.standing = None;
                    out.recovered(ticket);
                }
                self.works(subject, out);
            }
            LoadEnd::Empty => {
                if again.is_none() {
                    self.settle(out);
                    if !self.is_new(EMPTY, at, settings) {
                        return;
                    }
                    out.opportunity();
                }
                let place = again.map_or(out.here, |earlier| earlier.place);
                self.empty = Some(Empty { subject, place, due: Some(at.plus(settings.empty_for)) });
            }
            // What was there before stands.
            LoadEnd::Failed | LoadEnd::Cancelled => {
                if let Some(empty) = again {
                    self.empty = Some(Empty { due: Some(at.plus(settings.empty_for)), ..empty });
                }
            }
        }
    }

    /// The same has content now.
    fn works(&mut self, subject: Subject, out: &mut Findings) {
        out.worked(subject);
        let same = |standing: &mut (u64, Subject)| standing.1 == subject && subject != Subject::Nameless;
        if let Some((ticket, _)) = self.standing.take_if(same) {
            out.recovered(ticket);
        }
    }

    /// What waits to be judged has failed.
    fn settle(&mut self, out: &mut Findings) {
        if let Some(empty) = self.empty.take() {
            self.fail(empty.subject, empty.place, out);
        }
    }

    /// What was bad is not before the person's eyes any more.
    fn leave(&mut self, out: &mut Findings) {
        self.settle(out);
        self.reported = [None; 3];
        if let Some((ticket, _)) = self.standing.take() {
            out.left(ticket);
        }
    }
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            Event::Foreground | Event::Tap(_) | Event::Submit { .. } => self.in_front = true,
            Event::Background => {
                self.in_front = false;
                self.loads.clear();
                self.leave(out);
                self.playbacks.leave(out);
            }
            Event::Screen { .. } => self.leave(out),
            Event::QueueDropped { .. } => {
                self.loads.clear();
                self.empty = None;
                self.playbacks.forget();
            }
            _ if !self.in_front => {}
            Event::LoadStarted { load, kind: LoadKind::Content, operation, .. } => {
                self.load_started(*load, operation.as_deref().map_or(Subject::Nameless, operation_subject));
            }
            Event::LoadEnded { load, end } => self.load_ended(*load, *end, at, settings, out),
            Event::Content(content) => self.reported(*content, at, settings, out),
            Event::Playback { playback, change } => {
                self.playbacks.changed(*playback, *change, at, settings, out);
            }
            _ => {}
        }
    }

    fn handle_timeout(&mut self, now: Moment, _: &Settings, out: &mut Findings) {
        if self.empty.as_ref().is_some_and(|empty| empty.due.is_some_and(|due| due <= now)) {
            self.settle(out);
        }
        self.playbacks.handle_timeout(now, out);
    }

    fn next_deadline(&self) -> Option<Moment> {
        earliest(self.playbacks.next_deadline(), self.empty.as_ref().and_then(|empty| empty.due))
    }
}

#[cfg(test)]
mod tests;

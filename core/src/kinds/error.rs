//! `error`: what the person did failed.
//!
//! A tap or submit opens an action. It stays open while something comes of it: 100 ms of quiet close it, its own
//! requests and loads hold it open, 5 s at most (Datadog Android's action scope). A request that began in the action
//! and fails (5xx, timeout, connection), or an error the host reports while it is open, is one failure of that action.
//! Requests that nobody asked for (polling, prefetch) are not judged: they began outside any action. An impatient second
//! tap on the same element goes on with the action; a tap elsewhere begins another, and what the first one asked for
//! still counts.

use super::{Detector, Findings, Subject};
use crate::counts::Place;
use crate::event::{Event, LoadEnd, Role, Target};
use crate::moment::Moment;
use std::time::Duration;

/// Thresholds of `error`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Quiet that closes an action. Default 100 ms.
    pub quiet: Duration,
    /// How long an action lasts at most. Default 5 s.
    pub longest: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { quiet: Duration::from_millis(100), longest: Duration::from_secs(5) }
    }
}

/// Requests and loads of one action that are watched; more are not.
const MOST_IN_FLIGHT: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InFlight {
    Request(u64),
    Load(u64),
}

#[derive(Debug)]
struct Action {
    target: Target,
    place: Place,
    quiet_at: Moment,
    ends_at: Moment,
    failed: bool,
}

/// The detector.
#[derive(Debug)]
pub(crate) struct Watch {
    action: Option<Action>,
    /// What actions asked for, each with the end of its action.
    in_flight: Vec<(InFlight, Moment)>,
    next_ticket: u64,
}

impl Default for Watch {
    fn default() -> Self {
        Self { action: None, in_flight: Vec::with_capacity(MOST_IN_FLIGHT), next_ticket: 0 }
    }
}

impl Watch {
    fn open(&mut self, target: Target, at: Moment, settings: &Settings, out: &mut Findings) {
        out.opportunity();
        let (quiet_at, ends_at) = (at.plus(settings.quiet), at.plus(settings.longest));
        self.action = Some(Action { target, place: out.here, quiet_at, ends_at, failed: false });
    }

    /// Closes an action whose time is over; says whether one is open.
    fn is_open(&mut self, at: Moment) -> bool {
        self.in_flight.retain(|(_, until)| at <= *until);
        let busy = !self.in_flight.is_empty();
        if self.action.as_ref().is_some_and(|a| at > a.ends_at || (at > a.quiet_at && !busy)) {
            self.action = None;
            self.in_flight.clear();
        }
        self.action.is_some()
    }

    /// Whether this tap only repeats what the open action already waits for.
    fn repeats(&mut self, target: Target, at: Moment) -> bool {
        self.is_open(at) && !self.in_flight.is_empty() && self.action.as_ref().is_some_and(|a| a.target == target)
    }

    /// Something of this action was seen: quiet starts anew.
    fn stir(&mut self, at: Moment, settings: &Settings) {
        if let Some(action) = &mut self.action {
            action.quiet_at = at.plus(settings.quiet);
        }
    }

    fn started(&mut self, what: InFlight) {
        if let Some(action) = self.action.as_ref().filter(|_| self.in_flight.len() < MOST_IN_FLIGHT) {
            self.in_flight.push((what, action.ends_at));
        }
    }

    fn ended(&mut self, what: InFlight) -> bool {
        let at = self.in_flight.iter().position(|(w, _)| *w == what);
        if let Some(at) = at {
            self.in_flight.swap_remove(at);
        }
        at.is_some()
    }

    fn fail(&mut self, out: &mut Findings) {
        if let Some(action) = self.action.as_mut().filter(|action| !action.failed) {
            action.failed = true;
            out.failed(self.next_ticket, Subject::Element(action.target), action.place);
            self.next_ticket += 1;
        }
    }
}

/// Whether a tap on such an element asks the app for something. Typing does not, nor does a tap beside everything.
const fn opens(role: Role) -> bool {
    !matches!(role, Role::Ignored | Role::Keyboard | Role::Plain)
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            Event::Tap(tap) if tap.fingers == 1 && opens(tap.role) && !self.repeats(tap.target, at) => {
                return self.open(tap.target, at, settings, out);
            }
            // A tap and the submit that it makes are one action.
            Event::Submit { target, .. } if !self.is_open(at) => return self.open(*target, at, settings, out),
            Event::Background => {
                self.action = None;
                self.in_flight.clear();
                return;
            }
            _ => {}
        }
        if !self.is_open(at) {
            return;
        }
        match event {
            Event::RequestStarted { request } => self.started(InFlight::Request(*request)),
            Event::LoadStarted { load, .. } => self.started(InFlight::Load(*load)),
            Event::RequestEnded { request, end } => {
                if self.ended(InFlight::Request(*request)) && end.is_failure() {
                    self.fail(out);
                }
            }
            Event::LoadEnded { load, end } => {
                if self.ended(InFlight::Load(*load)) && *end == LoadEnd::Failed {
                    self.fail(out);
                }
            }
            Event::ErrorReported => self.fail(out),
            Event::Tap(_) | Event::Submit { .. } | Event::Reaction(_) | Event::Screen { .. } => {}
            _ => return,
        }
        self.stir(at, settings);
    }

    fn handle_timeout(&mut self, _: Moment, _: &Settings, _: &mut Findings) {}

    fn next_deadline(&self) -> Option<Moment> {
        // An action that is over is closed by the next event: nothing has to wake the device for it.
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, testing::Bench};
    use super::*;
    use crate::event::{Reaction, RequestEnd, SubmitVia, Tap};

    fn bench() -> Bench<Watch> {
        Bench::new(Kind::Error)
    }

    fn tap() -> Event {
        Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 1 })
    }

    fn started(request: u64) -> Event {
        Event::RequestStarted { request }
    }

    fn ended(request: u64, end: RequestEnd) -> Event {
        Event::RequestEnded { request, end }
    }

    #[test]
    fn a_failed_request_of_an_open_action() {
        for (end, failures) in [
            (RequestEnd::Status(503), 1),
            (RequestEnd::Status(500), 1),
            (RequestEnd::TimedOut, 1),
            (RequestEnd::Unreachable, 1),
            (RequestEnd::Status(200), 0),
            (RequestEnd::Status(404), 0),
            (RequestEnd::Status(429), 0),
            (RequestEnd::Cancelled, 0),
        ] {
            let mut b = bench();
            b.at(0, &tap()).at(50, &started(1)).at(4_000, &ended(1, end));
            assert_eq!((b.failures(), b.opportunities()), (failures, 1), "{end:?}");
        }
    }

    #[test]
    fn polling_that_fails_is_not_the_persons_error() {
        let mut b = bench();
        b.at(0, &started(1)).at(10, &tap()).at(20, &ended(1, RequestEnd::Status(503)));
        b.at(500, &started(2)).at(600, &ended(2, RequestEnd::Unreachable));
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn impatience_does_not_hide_an_error() {
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(900, &tap()).at(1_500, &ended(1, RequestEnd::Status(503)));
        assert_eq!((b.failures(), b.opportunities()), (1, 1));
        let elsewhere = Event::Tap(Tap { target: 2, role: Role::Button, enabled: true, fingers: 1 });
        b.at(9_000, &tap()).at(9_050, &started(2)).at(9_500, &elsewhere).at(9_900, &ended(2, RequestEnd::TimedOut));
        assert_eq!((b.failures(), b.opportunities()), (2, 3));
    }

    #[test]
    fn typing_and_what_is_ignored_open_nothing() {
        for role in [Role::Ignored, Role::Keyboard, Role::Plain] {
            let mut b = bench();
            b.at(0, &Event::Tap(Tap { target: 1, role, enabled: true, fingers: 1 }));
            b.at(50, &started(1)).at(100, &ended(1, RequestEnd::Status(503)));
            assert_eq!((b.failures(), b.opportunities()), (0, 0), "{role:?}");
        }
    }

    #[test]
    fn quiet_closes_an_action_and_life_extends_it() {
        let mut b = bench();
        b.at(0, &tap()).at(101, &Event::ErrorReported);
        assert_eq!(b.failures(), 0, "closed by 100 ms of quiet");
        b.at(1_000, &tap()).at(1_090, &Event::Reaction(Reaction::Frame)).at(1_180, &Event::ErrorReported);
        assert_eq!(b.failures(), 1, "extended by what happened");
    }

    #[test]
    fn five_seconds_at_most() {
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(5_001, &ended(1, RequestEnd::Status(503)));
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn one_failure_an_action_however_many_requests_fail() {
        let mut b = bench();
        b.at(0, &tap()).at(1, &started(1)).at(2, &started(2));
        b.at(10, &ended(1, RequestEnd::Status(503))).at(20, &ended(2, RequestEnd::Status(503)));
        b.at(30, &Event::ErrorReported);
        assert_eq!(b.failures(), 1);
    }

    #[test]
    fn a_failed_load_of_the_action_counts_and_a_tap_with_its_submit_is_one_action() {
        let load = Event::LoadStarted { load: 3, kind: crate::event::LoadKind::Content, progress: true, operation: None };
        let mut b = bench();
        b.at(0, &tap()).at(1, &Event::Submit { target: 2, via: SubmitVia::Icon }).at(2, &load);
        b.at(900, &Event::LoadEnded { load: 3, end: LoadEnd::Failed });
        assert_eq!((b.failures(), b.opportunities()), (1, 1));
    }
}

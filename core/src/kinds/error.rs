//! `error`: what the person did failed.
//!
//! A tap or submit opens an action. It stays open while something comes of it: 100 ms of quiet close it, its own
//! requests and loads hold it open, 5 s at most (Datadog Android's action scope). What begins while it stirs belongs to
//! it and is watched for 30 s: people wait longer than 5 s for a checkout that times out. A request of it that fails
//! (5xx, timeout, connection), a load of it that fails, or an error the host reports while it is open, is one failure
//! of that action. A request that the app itself tries again at once and that then works is recovered, not spoken of;
//! that is known only of requests that the host names, the others fail at once.
//! Requests that nobody asked for (polling, prefetch) are not judged: they begin outside any action, or long after
//! anything came of it. An impatient second tap on the same element goes on with the action; a tap elsewhere begins
//! another, and what the first one asked for still counts.

use super::{Detector, Findings, Subject, operation_subject};
use crate::counts::Place;
use crate::event::{Event, LoadEnd, RequestEnd, Role, Target};
use crate::moment::Moment;
use std::time::Duration;

/// Thresholds of `error`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Quiet that closes an action. Default 100 ms.
    pub quiet: Duration,
    /// How long an action takes in what begins, at most. Default 5 s.
    pub longest: Duration,
    /// How long what an action asked for is watched. Default 30 s: people wait for a checkout that times out after
    /// 10 s (`OkHttp`) or fails after 8.
    pub give_up: Duration,
    /// How long the app's own retries may take, all together, to mend a failed request before it is one. The first has
    /// to begin within `quiet`. Default 2 s, what is tolerated without feedback (Nah 2004).
    pub retried_within: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            quiet: Duration::from_millis(100),
            longest: Duration::from_secs(5),
            give_up: Duration::from_secs(30),
            retried_within: Duration::from_secs(2),
        }
    }
}

/// Requests and loads that are watched; more are not.
const MOST_IN_FLIGHT: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InFlight {
    Request(u64),
    Load(u64),
}

/// A tap or submit, and what it asks for. Its number grows with each.
#[derive(Debug, Clone, Copy)]
struct Action {
    number: u64,
    target: Target,
    place: Place,
}

#[derive(Debug)]
struct Open {
    action: Action,
    quiet_at: Moment,
    ends_at: Moment,
}

#[derive(Debug)]
struct Asked {
    what: InFlight,
    /// What a request asks for, if the host says so: by it the app's own retry is known.
    name: Option<Subject>,
    of: Action,
    until: Moment,
}

/// A failed request whose action may still be mended by the app's own retry.
#[derive(Debug)]
struct Held {
    action: Action,
    name: Subject,
    since: Moment,
    /// When it is a failure, unless a retry was begun or has worked by then.
    due: Option<Moment>,
    retry: Option<u64>,
    /// Its number, once it was found a failure.
    ticket: Option<u64>,
}

/// The detector.
#[derive(Debug)]
pub(crate) struct Watch {
    open: Option<Open>,
    in_flight: Vec<Asked>,
    held: Option<Held>,
    /// The latest action that has failed: an action fails once.
    failed: Option<u64>,
    next_action: u64,
    next_ticket: u64,
}

impl Default for Watch {
    fn default() -> Self {
        let in_flight = Vec::with_capacity(MOST_IN_FLIGHT);
        Self { open: None, in_flight, held: None, failed: None, next_action: 0, next_ticket: 0 }
    }
}

impl Watch {
    fn begin(&mut self, target: Target, at: Moment, settings: &Settings, out: &mut Findings) {
        out.opportunity();
        let action = Action { number: self.next_action, target, place: out.here };
        self.next_action += 1;
        let (quiet_at, ends_at) = (at.plus(settings.quiet), at.plus(settings.longest));
        self.open = Some(Open { action, quiet_at, ends_at });
    }

    /// The action that is open, after closing one whose time is over.
    fn open(&mut self, at: Moment) -> Option<Action> {
        self.in_flight.retain(|asked| at <= asked.until);
        let busy = |open: &Open| self.in_flight.iter().any(|asked| asked.of.number == open.action.number);
        if self.open.as_ref().is_some_and(|open| at > open.ends_at || (at > open.quiet_at && !busy(open))) {
            self.open = None;
        }
        self.open.as_ref().map(|open| open.action)
    }

    /// Whether this tap only repeats what is still being waited for.
    fn repeats(&mut self, target: Target, at: Moment) -> bool {
        self.open(at);
        self.in_flight.iter().any(|asked| asked.of.target == target)
    }

    /// Something of the open action was seen: quiet starts anew.
    fn stir(&mut self, at: Moment, settings: &Settings) {
        if let Some(open) = &mut self.open {
            open.quiet_at = at.plus(settings.quiet);
        }
    }

    fn started(&mut self, what: InFlight, name: Option<Subject>, at: Moment, settings: &Settings) {
        // What begins long after anything came of the action is a poll or a prefetch.
        let asking = self.open.as_ref().filter(|open| at <= open.quiet_at).map(|open| open.action);
        let mut of = asking;
        if let (Some(held), InFlight::Request(request)) = (&mut self.held, what)
            && held.retry.is_none()
            && held.due.is_some()
            && name == Some(held.name)
        {
            held.retry = Some(request);
            held.due = Some(held.since.plus(settings.retried_within));
            of = Some(held.action);
        }
        if let Some(of) = of.filter(|_| self.in_flight.len() < MOST_IN_FLIGHT) {
            self.in_flight.push(Asked { what, name, of, until: at.plus(settings.give_up) });
        }
    }

    fn ended(&mut self, what: InFlight) -> Option<Asked> {
        let at = self.in_flight.iter().position(|asked| asked.what == what)?;
        Some(self.in_flight.swap_remove(at))
    }

    fn request_ended(
        &mut self,
        request: u64,
        end: RequestEnd,
        at: Moment,
        settings: &Settings,
        out: &mut Findings,
    ) {
        let Some(Asked { of: action, name, .. }) = self.ended(InFlight::Request(request)) else { return };
        let is_retry = self.held.as_ref().is_some_and(|held| held.retry == Some(request));
        if end.is_failure() {
            match name {
                Some(name) => self.hold((action, name), is_retry, at, settings, out),
                // Nobody could tell its retry from any other request.
                None => self.fail_at_once(action, out),
            }
        } else if end.is_success() && is_retry {
            self.mended(out);
        } else if end.is_success() {
            self.works(action, out);
        }
    }

    /// A request has failed: unless the app tries again by itself at once, its action has.
    fn hold(
        &mut self,
        (action, name): (Action, Subject),
        is_retry: bool,
        at: Moment,
        settings: &Settings,
        out: &mut Findings,
    ) {
        let same = |held: &&mut Held| held.action.number == action.number;
        if let Some(held) = self.held.as_mut().filter(same) {
            if is_retry && held.ticket.is_none() {
                held.retry = None;
                held.due = Some(at.plus(settings.quiet).min(held.since.plus(settings.retried_within)));
            }
            return;
        }
        self.settle(out);
        if self.failed != Some(action.number) {
            let due = Some(at.plus(settings.quiet));
            self.held = Some(Held { action, name, since: at, due, retry: None, ticket: None });
        }
    }

    /// What is held has failed.
    fn settle(&mut self, out: &mut Findings) {
        if let Some(held) = self.held.take().filter(|held| held.ticket.is_none()) {
            self.fail(held.action, out);
        }
    }

    /// The retry has worked.
    fn mended(&mut self, out: &mut Findings) {
        let Some(held) = self.held.take() else { return };
        let ticket = held.ticket.or_else(|| self.fail(held.action, out));
        if let Some(ticket) = ticket {
            out.recovered(ticket);
        }
    }

    /// Says the failure's number, if the action had not failed before.
    fn fail(&mut self, action: Action, out: &mut Findings) -> Option<u64> {
        if self.failed == Some(action.number) {
            return None;
        }
        self.failed = Some(action.number);
        // What else it asked for can fail no second time; its retry may yet mend it.
        let retry = self.held.as_ref().and_then(|held| held.retry).map(InFlight::Request);
        self.in_flight.retain(|asked| asked.of.number != action.number || Some(asked.what) == retry);
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        out.failed(ticket, Subject::Element(action.target), action.place);
        Some(ticket)
    }

    /// All that the action asked for is there, and nothing of it has failed.
    fn works(&self, action: Action, out: &mut Findings) {
        let of = |number| number == action.number;
        let held = self.held.as_ref().is_some_and(|held| of(held.action.number));
        let waits = self.in_flight.iter().any(|asked| of(asked.of.number));
        if !held && !waits && !self.failed.is_some_and(of) {
            out.worked(Subject::Element(action.target));
        }
    }

    /// The host's own word that something failed needs no second thought.
    fn fail_at_once(&mut self, action: Action, out: &mut Findings) {
        self.held = self.held.take().filter(|held| held.action.number != action.number || held.ticket.is_some());
        self.fail(action, out);
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
                return self.begin(tap.target, at, settings, out);
            }
            // A tap and the submit that it makes are one action.
            Event::Submit { target, .. } if self.open(at).is_none() && !self.repeats(*target, at) => {
                return self.begin(*target, at, settings, out);
            }
            // The retry that mended it may be among what is missing.
            Event::QueueDropped { .. } => {
                self.held = None;
                return;
            }
            Event::Background => {
                self.settle(out);
                self.open = None;
                self.in_flight.clear();
                return;
            }
            _ => {}
        }
        let open = self.open(at);
        match event {
            Event::RequestStarted { request, operation } => {
                let name = operation.as_deref().map(operation_subject);
                self.started(InFlight::Request(*request), name, at, settings);
            }
            Event::LoadStarted { load, .. } => self.started(InFlight::Load(*load), None, at, settings),
            Event::RequestEnded { request, end } => self.request_ended(*request, *end, at, settings, out),
            Event::LoadEnded { load, end } => match (self.ended(InFlight::Load(*load)), end) {
                (Some(asked), LoadEnd::Failed) => self.fail_at_once(asked.of, out),
                (Some(asked), LoadEnd::Succeeded) => self.works(asked.of, out),
                _ => {}
            },
            Event::ErrorReported => {
                if let Some(action) = open {
                    self.fail_at_once(action, out);
                }
            }
            Event::Tap(_) | Event::Submit { .. } | Event::Reaction(_) | Event::Screen { .. } => {}
            _ => return,
        }
        self.stir(at, settings);
    }

    fn handle_timeout(&mut self, now: Moment, _: &Settings, out: &mut Findings) {
        let due = |held: &&mut Held| held.due.is_some_and(|due| due <= now);
        let Some(held) = self.held.as_mut().filter(due) else { return };
        held.due = None;
        let action = held.action;
        let ticket = self.fail(action, out);
        // A retry that is still under way may yet mend it.
        self.held = self.held.take().filter(|held| held.retry.is_some()).map(|held| Held { ticket, ..held });
    }

    fn next_deadline(&self) -> Option<Moment> {
        // An action that is over is closed by the next event: nothing has to wake the device for it.
        self.held.as_ref().and_then(|held| held.due)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Over, testing::Bench};
    use super::*;
    use crate::event::{Reaction, SubmitVia, Tap};

    fn bench() -> Bench<Watch> {
        Bench::new(Kind::Error)
    }

    fn tap() -> Event {
        Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
    }

    fn started(request: u64) -> Event {
        Event::RequestStarted { request, operation: Some("POST /orders".into()) }
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
            assert_eq!((b.until(5_000).failures(), b.opportunities()), (failures, 1), "{end:?}");
        }
    }

    #[test]
    fn an_action_works_if_what_it_asked_for_came_and_nothing_of_it_failed() {
        let worked = |ends: &[RequestEnd]| {
            let mut b = bench();
            b.at(0, &tap());
            for (n, end) in (1..).zip(ends) {
                b.at(n, &started(n)).at(n, &ended(n, *end));
            }
            b.worked()
        };
        assert_eq!(worked(&[RequestEnd::Status(200)]), 1);
        assert_eq!(worked(&[RequestEnd::Status(404)]), 0);
        assert_eq!(worked(&[RequestEnd::Cancelled]), 0);
        assert_eq!(worked(&[RequestEnd::Status(503), RequestEnd::Status(200)]), 0);
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
        assert_eq!((b.until(2_000).failures(), b.opportunities()), (1, 1));
        let elsewhere = Event::Tap(Tap { target: 2, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 });
        b.at(9_000, &tap()).at(9_050, &started(2)).at(9_500, &elsewhere).at(9_900, &ended(2, RequestEnd::TimedOut));
        assert_eq!((b.until(12_000).failures(), b.opportunities()), (2, 3));
    }

    #[test]
    fn typing_and_what_is_ignored_open_nothing() {
        for role in [Role::Ignored, Role::Keyboard, Role::Plain] {
            let mut b = bench();
            b.at(0, &Event::Tap(Tap { target: 1, role, enabled: true, fingers: 1, x: 0, y: 0 }));
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
        b.at(0, &tap()).at(50, &started(1));
        for at in (100..=5_100).step_by(100) {
            b.at(at, &Event::Reaction(Reaction::Frame));
        }
        b.at(5_120, &started(2)).at(5_200, &ended(2, RequestEnd::Status(503))).until(6_000);
        assert_eq!(b.failures(), 0, "it takes nothing in after 5 s");
        b.at(30_050, &ended(1, RequestEnd::TimedOut)).until(40_000);
        assert_eq!(b.failures(), 1, "but waits for what it asked for");
        b.at(50_000, &tap()).at(50_050, &started(3)).at(80_051, &ended(3, RequestEnd::TimedOut)).until(90_000);
        assert_eq!(b.failures(), 1, "for 30 s");
    }

    #[test]
    fn a_poll_that_begins_long_after_anything_came_of_the_action_is_not_its_own() {
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(151, &started(9)).at(300, &ended(9, RequestEnd::Status(503)));
        assert_eq!(b.until(9_000).failures(), 0);
    }

    #[test]
    fn a_failed_request_is_a_failure_after_a_moment_of_grace() {
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
        assert_eq!(b.until(399).failures(), 0);
        assert_eq!(b.until(400).failures(), 1);
        assert_eq!(b.next_deadline_ms(), None);
    }

    #[test]
    fn the_apps_own_retry_mends_it() {
        let failed_at_300 = || {
            let mut b = bench();
            b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503)));
            b.at(400, &started(2));
            b
        };
        let mut b = failed_at_300();
        b.at(1_000, &ended(2, RequestEnd::Status(200))).until(9_000);
        assert_eq!((b.failures(), b.overs()), (1, vec![Over::Recovered]));
        let mut b = failed_at_300();
        b.at(1_000, &ended(2, RequestEnd::Status(503)));
        assert_eq!((b.until(1_099).failures(), b.until(1_100).failures()), (0, 1));
        let mut b = failed_at_300();
        assert_eq!((b.until(2_299).failures(), b.until(2_300).failures()), (0, 1), "it took too long");
        b.at(5_000, &ended(2, RequestEnd::Status(200)));
        assert_eq!((b.failures(), b.overs()), (1, vec![Over::Recovered]), "but mends it after all");
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(60, &started(2)).at(300, &ended(1, RequestEnd::Status(503)));
        b.at(350, &ended(2, RequestEnd::Status(200))).until(9_000);
        assert_eq!((b.failures(), b.overs()), (1, vec![]), "another request of it is no retry");
    }

    #[test]
    fn leaving_within_the_moment_of_grace_loses_no_failure() {
        let mut b = bench();
        b.at(0, &tap()).at(50, &started(1)).at(300, &ended(1, RequestEnd::Status(503))).at(310, &Event::Background);
        assert_eq!((b.failures(), b.next_deadline_ms()), (1, None));
    }

    #[test]
    fn one_failure_an_action_however_many_requests_fail() {
        let mut b = bench();
        b.at(0, &tap()).at(1, &started(1)).at(2, &started(2));
        b.at(10, &ended(1, RequestEnd::Status(503))).at(20, &ended(2, RequestEnd::Status(503)));
        b.at(30, &Event::ErrorReported);
        assert_eq!(b.until(9_000).failures(), 1);
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

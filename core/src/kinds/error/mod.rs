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

/// A tap or submit, and what it asks for. Each has its number.
#[derive(Debug, Clone, Copy)]
struct Action {
    number: u64,
    target: Target,
    place: Place,
    /// An action fails once.
    failed: bool,
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
    next_action: u64,
}

impl Default for Watch {
    fn default() -> Self {
        let in_flight = Vec::with_capacity(MOST_IN_FLIGHT);
        Self { open: None, in_flight, held: None, next_action: 0 }
    }
}

impl Watch {
    fn begin(&mut self, target: Target, at: Moment, settings: &Settings, out: &mut Findings) {
        out.opportunity();
        let action = Action { number: self.next_action, target, place: out.here, failed: false };
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
        if !action.failed {
            self.settle(out);
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
        if action.failed {
            return None;
        }
        // What else it asked for can fail no second time; its retry may yet mend it.
        let retry = self.held.as_ref().and_then(|held| held.retry).map(InFlight::Request);
        self.in_flight.retain(|asked| asked.of.number != action.number || Some(asked.what) == retry);
        let open = self.open.iter_mut().map(|open| &mut open.action);
        let retries = self.in_flight.iter_mut().map(|asked| &mut asked.of);
        for of in open.chain(retries).filter(|of| of.number == action.number) {
            of.failed = true;
        }
        Some(out.failed(Subject::Element(action.target), action.place))
    }

    /// All that the action asked for is there, and nothing of it has failed.
    fn works(&self, action: Action, out: &mut Findings) {
        let of = |number| number == action.number;
        let held = self.held.as_ref().is_some_and(|held| of(held.action.number));
        let waits = self.in_flight.iter().any(|asked| of(asked.of.number));
        if !held && !waits && !action.failed {
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
mod tests;

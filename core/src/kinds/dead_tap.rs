//! `dead_tap`: a tap on something that should react, and nothing happens.
//!
//! A tap is judged if its target is enabled, says it can be tapped, and is of a sort whose reaction hooks can see
//! (exclusions as `PostHog` iOS and Datadog have them). It is dead after 3 s (Amplitude, Sentry; `PostHog` 2.5 s) without
//! frame change, navigation, request, load, scroll, focus or keyboard change, dialog, or leaving the app. Each wait is
//! judged by the events' own times, so a late step changes nothing. Repeated taps on a target that waits, or that the
//! app is busy with, are one act.

use super::reaction_watch::ReactionWatch;
use super::{Detector, Findings, is_judged};
use crate::event::Event;
use crate::moment::Moment;
use std::time::Duration;

/// Thresholds of `dead_tap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long a reaction may take. Default 3 s.
    pub wait: Duration,
    /// How long before the tap its reaction may come: menus and prefetches begin as the finger comes down, and a tap is
    /// known when it lifts (sentry-javascript #9755). Default 100 ms.
    pub lead: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { wait: Duration::from_secs(3), lead: Duration::from_millis(100) }
    }
}

/// The detector.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    taps: ReactionWatch,
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            Event::Tap(tap) => {
                self.taps.turns_to(Some((tap.target, None)));
                let repeats = self.taps.waits_on(tap.target).is_some() || self.taps.is_busy_with(tap.target, at);
                if !is_judged(*tap) || repeats {
                    return;
                }
                if self.taps.reacted_within(settings.lead, at) {
                    out.opportunity();
                } else {
                    self.taps.start((tap.target, None), at, settings.wait, out);
                }
            }
            // A tap that submits has done something; whether the submit works is dead_input's question.
            Event::Submit { .. } => self.taps.reacted(event, at, out),
            Event::Background => self.taps.left(out),
            Event::QueueDropped { .. } => self.taps.forget(),
            Event::RequestEnded { .. } | Event::LoadEnded { .. } => self.taps.ended(event),
            event if event.is_reaction() => self.taps.reacted(event, at, out),
            _ => {}
        }
    }

    fn handle_timeout(&mut self, now: Moment, _: &Settings, out: &mut Findings) {
        self.taps.handle_timeout(now, out);
    }

    fn next_deadline(&self) -> Option<Moment> {
        self.taps.next_deadline()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Over, testing::Bench};
    use super::*;
    use crate::event::{LoadKind, Reaction, Role, SubmitVia, Tap};

    fn bench() -> Bench<Watch> {
        Bench::new(Kind::DeadTap)
    }

    fn tap(target: u64) -> Event {
        Event::Tap(Tap { target, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
    }

    #[test]
    fn dead_after_three_seconds_of_nothing() {
        let mut b = bench();
        assert_eq!(b.at(500, &tap(1)).until(3_499).failures(), 0);
        assert_eq!((b.until(3_500).failures(), b.opportunities()), (1, 1));
        assert_eq!(b.next_deadline_ms(), None);
    }

    #[test]
    fn any_reaction_in_time_is_a_sign_of_life() {
        let load = Event::LoadStarted { load: 1, kind: LoadKind::Content, progress: true, operation: None };
        for reaction in [
            Event::Reaction(Reaction::Frame),
            Event::Reaction(Reaction::Navigation),
            Event::Reaction(Reaction::Scroll),
            Event::Reaction(Reaction::Focus),
            Event::Reaction(Reaction::Keyboard),
            Event::Reaction(Reaction::Dialog),
            Event::Reaction(Reaction::LeftApp),
            Event::Screen { name: "Next".into() },
            Event::RequestStarted { request: 1, operation: None },
            Event::Submit { target: 9, via: SubmitVia::Icon },
            Event::Background,
            load,
        ] {
            let mut b = bench();
            b.at(0, &tap(1)).at(3_000, &reaction).until(10_000);
            assert_eq!(b.failures(), 0, "{reaction:?}");
            // Leaving shows nothing about whether it works.
            assert_eq!(b.worked(), usize::from(reaction != Event::Background), "{reaction:?}");
        }
    }

    #[test]
    fn what_cannot_be_judged_is_neither_failure_nor_opportunity() {
        let never = [
            Role::TextField,
            Role::Stepper,
            Role::Slider,
            Role::Picker,
            Role::Segmented,
            Role::Keyboard,
            Role::Surface,
            Role::Ignored,
            Role::Plain,
        ];
        let mut b = bench();
        for (at, role) in (0..).zip(never) {
            b.at(at, &Event::Tap(Tap { target: at, role, enabled: true, fingers: 1, x: 0, y: 0 }));
        }
        b.at(20, &Event::Tap(Tap { target: 1, role: Role::Button, enabled: false, fingers: 1, x: 0, y: 0 }));
        b.at(21, &Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 2, x: 0, y: 0 }));
        b.until(60_000);
        assert_eq!((b.failures(), b.opportunities()), (0, 0));
    }

    #[test]
    fn repeated_taps_on_a_waiting_target_are_one_act() {
        let mut b = bench();
        b.at(0, &tap(1)).at(400, &tap(1)).at(800, &tap(1)).at(900, &tap(2)).until(10_000);
        assert_eq!((b.failures(), b.opportunities()), (2, 2));
    }

    #[test]
    fn a_reaction_just_before_the_tap_is_its_own() {
        for (lead, failures) in [(100, 0), (101, 1)] {
            let mut b = bench();
            b.at(1_000, &Event::Reaction(Reaction::Frame)).at(1_000 + lead, &tap(1)).until(10_000);
            assert_eq!((b.failures(), b.opportunities()), (failures, 1), "{lead}");
        }
    }

    #[test]
    fn focus_and_keyboard_before_the_tap_are_the_fingers_doing() {
        for reaction in [Reaction::Focus, Reaction::Keyboard, Reaction::Scroll] {
            let mut b = bench();
            b.at(1_000, &Event::Reaction(reaction)).at(1_050, &tap(1)).until(10_000);
            assert_eq!(b.failures(), 1, "{reaction:?}");
        }
    }

    #[test]
    fn a_tap_while_the_app_is_busy_with_the_same_is_the_same_act() {
        let started = Event::RequestStarted { request: 1, operation: None };
        let ended = Event::RequestEnded { request: 1, end: crate::event::RequestEnd::Status(200) };
        let mut b = bench();
        b.at(0, &tap(1)).at(50, &started).at(1_000, &tap(1)).at(5_000, &ended).at(5_000, &tap(1)).until(9_000);
        assert_eq!((b.failures(), b.opportunities()), (1, 2), "the last one came when nothing was under way");
        let mut b = bench();
        b.at(0, &tap(1)).at(50, &started).at(1_000, &tap(2)).until(9_000);
        assert_eq!(b.failures(), 1, "another target is another act");
        let mut b = bench();
        b.at(0, &tap(1)).at(50, &started).at(30_050, &tap(1)).until(40_000);
        assert_eq!(b.failures(), 1, "an end that nobody reports does not hide it for good");
    }

    #[test]
    fn what_another_button_does_mends_nothing() {
        let mut b = bench();
        b.at(0, &tap(1)).at(4_000, &tap(2)).at(4_100, &Event::Reaction(Reaction::Frame));
        assert_eq!((b.failures(), b.worked()), (1, 1));
        assert!(b.overs().is_empty());
    }

    #[test]
    fn what_nobody_sees_mends_nothing() {
        let mut b = bench();
        b.at(0, &tap(1)).at(4_000, &Event::RequestStarted { request: 1, operation: None }).at(4_100, &Event::Reaction(Reaction::Scroll));
        assert!(b.overs().is_empty());
        b.at(4_200, &Event::Reaction(Reaction::Frame));
        assert_eq!(b.overs(), [Over::Recovered]);
    }

    #[test]
    fn a_late_reaction_is_a_recovery() {
        let mut b = bench();
        b.at(0, &tap(1)).at(4_000, &Event::Reaction(Reaction::Frame));
        assert_eq!(b.overs(), [Over::Recovered]);
    }

    #[test]
    fn leaving_is_no_recovery() {
        let mut b = bench();
        b.at(0, &tap(1)).at(4_000, &Event::Background);
        assert_eq!(b.overs(), [Over::Left]);
    }

    #[test]
    fn missing_evidence_is_no_evidence() {
        let mut b = bench();
        b.at(0, &tap(1)).at(10, &Event::QueueDropped { count: 3 }).until(10_000);
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn a_load_that_has_ended_keeps_the_app_busy_no_more() {
        let load = Event::LoadStarted { load: 1, kind: LoadKind::Content, progress: true, operation: None };
        let ended = Event::LoadEnded { load: 1, end: crate::event::LoadEnd::Succeeded };
        let mut b = bench();
        b.at(0, &tap(1)).at(50, &load).at(1_000, &tap(1)).at(2_000, &ended).at(3_000, &tap(1)).until(9_000);
        assert_eq!((b.failures(), b.opportunities()), (1, 2));
    }
}

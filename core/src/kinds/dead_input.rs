//! `dead_input`: a submitted input, and nothing happens.
//!
//! The founding example of this product: Enter in a search box does nothing until the icon is tapped. A submit (Enter,
//! search or editor action, icon) without a reaction for 3 s is dead, as for a tap. If the person submits the same
//! field another way while it waits, the first way was dead: that is counted at once. A search that returns nothing is
//! not this kind but `poor_content`.

use super::reaction_watch::ReactionWatch;
use super::{Detector, Findings};
use crate::event::Event;
use crate::moment::Moment;
use std::time::Duration;

/// Thresholds of `dead_input`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long a reaction may take. Default 3 s, as for a tap.
    pub wait: Duration,
    /// From when on another way of submitting means that the first did not work; sooner it is one hasty gesture.
    /// Default 500 ms, twice a slow double tap (300 ms is the platforms' double-tap time).
    pub another_way_after: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { wait: Duration::from_secs(3), another_way_after: Duration::from_millis(500) }
    }
}

/// The detector.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    submits: ReactionWatch,
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            Event::Submit { target, via } => {
                self.submits.turns_to(Some((*target, Some(*via))));
                if self.submits.is_busy_with(*target, at) {
                    return;
                }
                if let Some((earlier, way)) = self.submits.waits_on(*target) {
                    let another_way = way != Some(*via);
                    if !another_way || at.since(earlier) < settings.another_way_after {
                        return;
                    }
                    self.submits.give_up_on(*target, out);
                }
                self.submits.start((*target, Some(*via)), at, settings.wait, out);
            }
            Event::Tap(_) => self.submits.turns_to(None),
            Event::Background => self.submits.left(out),
            Event::QueueDropped { .. } => self.submits.forget(),
            Event::RequestEnded { .. } | Event::LoadEnded { .. } => self.submits.ended(event),
            event if event.is_reaction() => self.submits.reacted(event, at, out),
            _ => {}
        }
    }

    fn handle_timeout(&mut self, now: Moment, _: &Settings, out: &mut Findings) {
        self.submits.handle_timeout(now, out);
    }

    fn next_deadline(&self) -> Option<Moment> {
        self.submits.next_deadline()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Over, testing::Bench};
    use super::*;
    use crate::event::{Reaction, SubmitVia};

    fn bench() -> Bench<Watch> {
        Bench::new(Kind::DeadInput)
    }

    fn submit(via: SubmitVia) -> Event {
        Event::Submit { target: 7, via }
    }

    #[test]
    fn enter_that_does_nothing_for_three_seconds() {
        let mut b = bench();
        assert_eq!(b.at(0, &submit(SubmitVia::Enter)).until(2_999).failures(), 0);
        assert_eq!((b.until(3_000).failures(), b.opportunities()), (1, 1));
    }

    #[test]
    fn a_reaction_in_time_is_a_sign_of_life() {
        let mut b = bench();
        b.at(0, &submit(SubmitVia::EditorAction)).at(2_999, &Event::RequestStarted { request: 1, operation: None }).until(9_000);
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn enter_dead_until_the_icon_is_tapped() {
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(1_200, &submit(SubmitVia::Icon));
        assert_eq!((b.failures(), b.opportunities()), (1, 2));
        b.at(1_300, &Event::Reaction(Reaction::Frame)).until(20_000);
        assert_eq!(b.failures(), 1);
        assert_eq!(b.overs(), [Over::Left], "Enter is as dead as before");
    }

    #[test]
    fn the_same_way_that_works_at_last_is_a_recovery() {
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(4_000, &submit(SubmitVia::Enter));
        b.at(4_100, &Event::Reaction(Reaction::Frame));
        assert_eq!((b.failures(), b.overs(), b.worked()), (1, vec![Over::Recovered], 1));
        b.at(9_000, &Event::Submit { target: 8, via: SubmitVia::Icon });
        assert_eq!(b.at(9_100, &Event::Reaction(Reaction::Frame)).worked(), 2, "another field's icon is no other way");
    }

    #[test]
    fn what_comes_of_a_tap_elsewhere_mends_nothing() {
        let elsewhere = crate::event::Tap {
            target: 9,
            role: crate::event::Role::TextField,
            enabled: true,
            fingers: 1,
            x: 0,
            y: 0,
        };
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(4_000, &Event::Tap(elsewhere));
        b.at(4_100, &Event::Reaction(Reaction::Frame));
        assert!(b.overs().is_empty());
    }

    #[test]
    fn enter_again_while_it_searches_is_the_same_act() {
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(100, &Event::RequestStarted { request: 1, operation: None });
        b.at(1_000, &submit(SubmitVia::Enter)).until(9_000);
        assert_eq!((b.failures(), b.opportunities()), (0, 1));
    }

    #[test]
    fn impatience_is_not_another_way() {
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(200, &submit(SubmitVia::Icon)).at(900, &submit(SubmitVia::Enter));
        assert_eq!((b.failures(), b.opportunities()), (0, 1));
    }

    #[test]
    fn another_field_between_is_not_another_way() {
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(600, &Event::Submit { target: 8, via: SubmitVia::Icon });
        b.at(1_200, &submit(SubmitVia::Enter)).at(1_300, &Event::Reaction(Reaction::Frame));
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn enter_again_after_it_has_searched_is_another_act() {
        let ended = Event::RequestEnded { request: 1, end: crate::event::RequestEnd::Status(200) };
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(100, &Event::RequestStarted { request: 1, operation: None });
        b.at(1_000, &ended).at(2_000, &submit(SubmitVia::Enter)).until(9_000);
        assert_eq!((b.failures(), b.opportunities()), (1, 2));
    }

    #[test]
    fn what_is_no_reaction_is_no_sign_of_life() {
        for event in [Event::ErrorReported, Event::Foreground, Event::LoadProgress { load: 1 }] {
            let mut b = bench();
            b.at(0, &submit(SubmitVia::Enter)).at(100, &event);
            assert_eq!((b.until(3_000).failures(), b.worked()), (1, 0), "{event:?}");
        }
    }

    #[test]
    fn from_half_a_second_on_it_is_another_way() {
        for (again_at, failures) in [(499, 0), (500, 1)] {
            let mut b = bench();
            b.at(0, &submit(SubmitVia::Enter)).at(again_at, &submit(SubmitVia::Icon));
            assert_eq!(b.failures(), failures, "{again_at}");
        }
    }

    #[test]
    fn another_way_on_one_field_judges_no_other_field() {
        let icon = |target| Event::Submit { target, via: SubmitVia::Icon };
        let mut b = bench();
        b.at(0, &submit(SubmitVia::Enter)).at(100, &Event::Submit { target: 8, via: SubmitVia::Enter });
        assert_eq!(b.at(1_000, &icon(8)).failures(), 1);
        assert_eq!((b.until(2_999).failures(), b.until(3_000).failures()), (1, 2), "the first one has its time");
    }
}

//! `rage_tap`: the same element tapped again and again, because nothing seems to come of it.
//!
//! Four taps within 1 s and 50 dp/pt of each other on one element (Amplitude); 3 taps in 1 s are known for false
//! positives (posthog-js #4886). A tap that comes within 150 ms of one that counts does not count itself: nobody has seen
//! by then that nothing came of it, and lists hold clicks back for as long (Android's until a row has looked pressed, for
//! 125 ms, and drop those that another tap follows; `UIScrollView` delays touches by 150 ms). One burst is one failure,
//! however long it goes on. A tap that the app visibly answers is no part of a burst: "like", "next" and a home-made "+"
//! are tapped fast because they work. A request or a load without progress is no such answer, since nobody sees it. What
//! is never judged is as for `dead_tap`, and so are elements that say they are disabled.

use super::reaction_watch::is_seen as is_an_answer;
use super::{Detector, Findings, Subject, is_judged};
use crate::counts::Place;
use crate::event::{Event, Tap, Target};
use crate::moment::Moment;
use std::time::Duration;

/// Thresholds of `rage_tap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Taps that make a burst, from 2 to 16; those within 150 ms are one. Default 4.
    pub taps: usize,
    /// Within how long. Default 1 s.
    pub within: Duration,
    /// How far from the latest tap the others may lie, in dp or pt. Default 50.
    pub radius: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { taps: 4, within: Duration::from_secs(1), radius: 50 }
    }
}

/// Taps that are closer together are one try.
const ONE_TRY: Duration = Duration::from_millis(150);
/// How long after the last tap something that is seen still counts as what came of it.
const RECOVERS_WITHIN: Duration = Duration::from_secs(10);
/// Taps remembered at most.
const MOST_TAPS: usize = 16;

#[derive(Debug, Clone, Copy)]
struct Touch {
    at: Moment,
    x: i32,
    y: i32,
}

/// The detector.
#[derive(Debug)]
pub(crate) struct Watch {
    target: Target,
    /// Unanswered taps on the target.
    touches: Vec<Touch>,
    place: Place,
    /// The number of this burst's failure, once it is one.
    raging: Option<u64>,
}

impl Default for Watch {
    fn default() -> Self {
        let touches = Vec::with_capacity(MOST_TAPS);
        Self { target: 0, touches, place: Place::NOWHERE, raging: None }
    }
}

impl Watch {
    fn tapped(&mut self, tap: Tap, at: Moment, settings: &Settings, out: &mut Findings) {
        let goes_on = self.touches.last().is_some_and(|last| at.since(last.at) <= settings.within);
        if tap.target != self.target || !goes_on {
            self.touches.clear();
            self.raging = None;
        }
        let far = |touch: &Touch| {
            let (dx, dy) = (i64::from(tap.x) - i64::from(touch.x), i64::from(tap.y) - i64::from(touch.y));
            let square = dx.saturating_mul(dx).saturating_add(dy.saturating_mul(dy));
            square > i64::from(settings.radius) * i64::from(settings.radius)
        };
        self.touches.retain(|touch| at.since(touch.at) <= settings.within && !far(touch));
        if self.touches.last().is_some_and(|last| at.since(last.at) < ONE_TRY) {
            return;
        }
        if self.touches.is_empty() && self.raging.is_none() {
            out.opportunity();
            self.place = out.here;
        }
        if self.touches.len() == MOST_TAPS {
            self.touches.remove(0);
        }
        self.target = tap.target;
        self.touches.push(Touch { at, x: tap.x, y: tap.y });
        if self.touches.len() >= settings.taps.clamp(2, MOST_TAPS) && self.raging.is_none() {
            self.raging = Some(out.failed(Subject::Element(tap.target), self.place));
        }
    }

    fn calm(&mut self) -> Option<u64> {
        self.touches.clear();
        self.raging.take()
    }
}

/// Whether the person can see that the app answered.
const fn is_seen(event: &Event) -> bool {
    matches!(
        event,
        Event::Reaction(_)
            | Event::Screen { .. }
            | Event::LoadProgress { .. }
            | Event::LoadStarted { progress: true, .. }
    )
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            Event::Tap(tap) if is_judged(*tap) => self.tapped(*tap, at, settings, out),
            // Pinching, selecting, tapping elsewhere: no burst goes on through it.
            Event::Tap(_) | Event::QueueDropped { .. } => drop(self.calm()),
            Event::Background => {
                if let Some(ticket) = self.calm() {
                    out.left(ticket);
                }
            }
            event if is_seen(event) => {
                let in_time = self.touches.last().is_some_and(|last| at.since(last.at) <= RECOVERS_WITHIN);
                if let Some(ticket) = self.calm() {
                    if is_an_answer(event) && in_time { out.recovered(ticket) } else { out.left(ticket) }
                }
            }
            _ => {}
        }
    }

    fn handle_timeout(&mut self, _: Moment, _: &Settings, _: &mut Findings) {}

    fn next_deadline(&self) -> Option<Moment> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Over, testing::Bench};
    use super::*;
    use crate::event::{Reaction, Role};

    fn bench() -> Bench<Watch> {
        Bench::new(Kind::RageTap)
    }

    fn tap(target: u64, x: i32) -> Event {
        Event::Tap(Tap { target, role: Role::Button, enabled: true, fingers: 1, x, y: 0 })
    }

    fn taps(b: &mut Bench<Watch>, times: impl IntoIterator<Item = u64>) {
        for at in times {
            b.at(at, &tap(1, 0));
        }
    }

    #[test]
    fn the_fourth_tap_within_a_second_and_not_again_in_the_same_burst() {
        let mut b = bench();
        taps(&mut b, [0, 300, 600]);
        assert_eq!(b.failures(), 0);
        taps(&mut b, [1_000]);
        assert_eq!((b.failures(), b.opportunities()), (1, 1));
        taps(&mut b, (1_200..5_000).step_by(200));
        assert_eq!((b.failures(), b.opportunities()), (1, 1));
    }

    #[test]
    fn the_next_burst_is_another() {
        let mut b = bench();
        taps(&mut b, [0, 200, 400, 600, 1_601, 1_800, 2_000, 2_200]);
        assert_eq!((b.tickets(), b.opportunities()), (vec![0, 1], 2));
    }

    #[test]
    fn taps_that_nobody_can_have_waited_between_are_one_try() {
        let mut b = bench();
        taps(&mut b, [0, 149, 298, 447, 596]); // 0, 298 and 596 count
        assert_eq!(b.failures(), 0);
        taps(&mut b, [745]);
        assert_eq!((b.failures(), b.opportunities()), (0, 1));
        taps(&mut b, [746]); // 150 ms after the one that counted
        assert_eq!((b.failures(), b.opportunities()), (1, 1));
        let mut b = bench();
        taps(&mut b, (0..600).step_by(10));
        assert_eq!(b.failures(), 1, "a finger that drums goes on for long enough");
    }

    #[test]
    fn slow_taps_are_none() {
        let mut b = bench();
        taps(&mut b, (0..10_000).step_by(334));
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn fifty_points_are_near_and_fifty_one_are_not() {
        for (far, failures) in [(50, 1), (51, 0), (i32::MIN, 0)] {
            let mut b = bench();
            taps(&mut b, [0, 200, 400]);
            b.at(600, &tap(1, far));
            assert_eq!(b.failures(), failures, "{far}");
        }
    }

    #[test]
    fn another_element_begins_anew() {
        let mut b = bench();
        taps(&mut b, [0, 200, 400]);
        b.at(600, &tap(2, 0)).at(800, &tap(1, 0));
        assert_eq!((b.failures(), b.opportunities()), (0, 3));
    }

    #[test]
    fn taps_that_are_answered_are_no_rage() {
        let mut b = bench();
        for at in (0..2_000).step_by(100) {
            b.at(at, &tap(1, 0)).at(at + 50, &Event::Reaction(Reaction::Frame));
        }
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn a_request_that_nobody_sees_answers_nothing() {
        let mut b = bench();
        for at in (0..800).step_by(200) {
            b.at(at, &tap(1, 0)).at(at + 50, &Event::RequestStarted { request: at, operation: None });
        }
        assert_eq!(b.failures(), 1);
    }

    #[test]
    fn two_fingers_and_missing_evidence_end_a_burst() {
        let pinch = Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 2, x: 0, y: 0 });
        for between in [pinch, Event::QueueDropped { count: 1 }] {
            let mut b = bench();
            taps(&mut b, [0, 200, 400]);
            b.at(500, &between);
            taps(&mut b, [600]);
            assert_eq!(b.failures(), 0, "{between:?}");
        }
    }

    #[test]
    fn it_is_over_when_the_app_answers_or_the_person_leaves() {
        for (event, over) in [
            (Event::Reaction(Reaction::Navigation), Over::Recovered),
            (Event::Screen { name: "Next".into() }, Over::Left),
            (Event::Reaction(Reaction::Scroll), Over::Left),
            (Event::Background, Over::Left),
        ] {
            let mut b = bench();
            taps(&mut b, [0, 200, 400, 600]);
            b.at(2_000, &event);
            assert_eq!(b.overs(), [over]);
        }
    }

    #[test]
    fn never_more_taps_than_fit() {
        let settings = Settings { taps: 99, within: Duration::from_secs(100), radius: 50 };
        let mut b = Bench::<Watch>::with(Kind::RageTap, settings);
        taps(&mut b, (0..15).map(|n| n * 200));
        assert_eq!(b.failures(), 0);
        taps(&mut b, (15..40).map(|n| n * 200));
        assert_eq!(b.failures(), 1);
    }
}

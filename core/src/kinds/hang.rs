//! `hang`: the main thread did not answer, so the app stood still under the finger.
//!
//! Counted from 250 ms (Apple's threshold for a hang that is noticed), spoken of from 2 s (Sentry), once it is over:
//! a thread that hangs cannot draw. What looks like a hang and is none is dropped: the whole process was suspended
//! (the watchdog itself woke more than 1.5 times late, Datadog; suspensions read as 816 s hangs, sentry-cocoa #8899),
//! longer than 30 s (Datadog), not in front all the while, a debugger, or a system prompt that came up meanwhile
//! (permission dialogs, sentry-cocoa #3472),
//! or within 100 ms of it.
//!
//! The denominator is visits: each time a screen is in front and something happens on it. One visit may hang more than
//! once, and each is counted.

use super::{Detector, Findings, Subject};
use crate::counts::Place;
use crate::event::{Event, Hang, Reaction};
use crate::moment::Moment;
use std::time::Duration;

/// Thresholds of `hang`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// From when on it is counted. Default 250 ms.
    pub count_from: Duration,
    /// From when on it is spoken of. Default 2 s.
    pub speak_from: Duration,
    /// Longer than this is no hang. Default 30 s.
    pub longest: Duration,
    /// How far from the hang a prompt or dialog may come up or go and still be what stopped the thread: the hook hears of
    /// it just before, or just after. Default 100 ms.
    pub prompt_within: Duration,
    /// How late the watchdog may wake, in percent of the sleep it asked for. Default 150.
    pub latest_wake_percent: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            count_from: Duration::from_millis(250),
            speak_from: Duration::from_secs(2),
            longest: Duration::from_secs(30),
            prompt_within: Duration::from_millis(100),
            latest_wake_percent: 150,
        }
    }
}

#[derive(Debug, Default)]
enum Visit {
    /// Not in front.
    #[default]
    Away,
    /// In front, and nothing has happened yet: the host may still be saying who and where.
    Began,
    /// Counted, here.
    Counted(Place),
}

/// The detector.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    visit: Visit,
    in_front_since: Moment,
    prompt: Option<Moment>,
    /// A hang that is real unless a prompt turns out to have been its reason.
    pending: Option<Pending>,
}

#[derive(Debug)]
struct Pending {
    place: Place,
    worth_saying: bool,
    due: Moment,
}

impl Watch {
    fn came_to_front(&mut self, at: Moment) {
        if matches!(self.visit, Visit::Away) {
            self.visit = Visit::Began;
            self.in_front_since = at;
        }
    }

    /// Where the visit is counted; it is, with the first thing that happens in it.
    fn place(&mut self, out: &mut Findings) -> Option<Place> {
        match self.visit {
            Visit::Away => None,
            Visit::Began => {
                out.opportunity();
                self.visit = Visit::Counted(out.here);
                Some(out.here)
            }
            Visit::Counted(place) => Some(place),
        }
    }

    fn is_real(&self, hang: &Hang, at: Moment, settings: &Settings) -> bool {
        let began = Moment::from_ms(at.as_ms().saturating_sub(crate::moment::ms(hang.blocked)));
        let latest_wake = hang.sleep_asked.saturating_mul(settings.latest_wake_percent) / 100;
        let woke_in_time = hang.sleep_asked.is_zero() || hang.sleep_took <= latest_wake;
        (settings.count_from..=settings.longest).contains(&hang.blocked)
            && woke_in_time
            && !hang.debugger
            && self.in_front_since <= began
            && self.prompt.is_none_or(|prompt| prompt.plus(settings.prompt_within) < began)
    }

    fn settle(&mut self, out: &mut Findings) {
        if let Some(pending) = self.pending.take() {
            out.found(Subject::Nameless, pending.place, pending.worth_saying);
        }
    }
}

impl Detector for Watch {
    type Settings = Settings;

    fn handle(&mut self, event: &Event, at: Moment, settings: &Settings, out: &mut Findings) {
        match event {
            Event::Foreground => self.came_to_front(at),
            Event::Background => {
                self.settle(out);
                self.visit = Visit::Away;
            }
            // The prompt that was its reason may be among what is missing.
            Event::QueueDropped { .. } => self.pending = None,
            Event::Screen { .. } if !matches!(self.visit, Visit::Away) => self.visit = Visit::Began,
            Event::Hang(hang) => {
                self.settle(out);
                if let Some(place) = self.place(out).filter(|_| self.is_real(hang, at, settings)) {
                    let (due, worth_saying) =
                        (at.plus(settings.prompt_within), hang.blocked >= settings.speak_from);
                    self.pending = Some(Pending { place, worth_saying, due });
                }
            }
            Event::Tap(_) | Event::Submit { .. } => {
                // A host that never says so is in front as soon as somebody touches it.
                self.came_to_front(at);
                self.place(out);
            }
            Event::Reaction(reaction) => {
                if *reaction == Reaction::Dialog {
                    self.prompt = Some(at);
                    self.pending = None;
                }
                self.place(out);
            }
            Event::LoadStarted { .. } | Event::RequestStarted { .. } => drop(self.place(out)),
            _ => {}
        }
    }

    fn handle_timeout(&mut self, now: Moment, _: &Settings, out: &mut Findings) {
        if self.pending.as_ref().is_some_and(|pending| pending.due <= now) {
            self.settle(out);
        }
    }

    fn next_deadline(&self) -> Option<Moment> {
        self.pending.as_ref().map(|pending| pending.due)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, testing::Bench};
    use super::*;
    use crate::event::{Role, Tap};

    fn bench() -> Bench<Watch> {
        let mut bench = Bench::new(Kind::Hang);
        bench.at(0, &Event::Foreground);
        bench
    }

    fn hang(blocked_ms: u64) -> Hang {
        let sleep = Duration::from_millis(50);
        let blocked = Duration::from_millis(blocked_ms);
        Hang { blocked, sleep_asked: sleep, sleep_took: sleep, debugger: false }
    }

    #[test]
    fn counted_from_a_quarter_second_spoken_of_from_two() {
        for (blocked, failures, worth) in [
            (249, 0, 0),
            (250, 1, 0),
            (1_999, 1, 0),
            (2_000, 1, 1),
            (30_000, 1, 1),
            (30_001, 0, 0),
        ] {
            let mut b = bench();
            b.at(60_000, &Event::Hang(hang(blocked))).until(61_000);
            assert_eq!((b.failures(), b.worth_saying(), b.opportunities()), (failures, worth, 1), "{blocked}");
        }
    }

    #[test]
    fn a_watchdog_that_slept_too_long_saw_a_suspension() {
        for (took, failures) in [(75, 1), (76, 0), (816_000, 0)] {
            let mut b = bench();
            b.at(900_000, &Event::Hang(Hang { sleep_took: Duration::from_millis(took), ..hang(3_000) })).until(999_000);
            assert_eq!(b.failures(), failures, "{took}");
        }
        let mut b = bench();
        let (none, late) = (Duration::ZERO, Duration::from_secs(1));
        b.at(9_000, &Event::Hang(Hang { sleep_asked: none, sleep_took: late, ..hang(3_000) })).until(999_000);
        assert_eq!(b.failures(), 1, "a watchdog that never sleeps cannot oversleep");
    }

    #[test]
    fn a_debugger_holds_the_thread_on_purpose() {
        let mut b = bench();
        b.at(9_000, &Event::Hang(Hang { debugger: true, ..hang(3_000) })).until(999_000);
        assert_eq!(b.failures(), 0);
    }

    #[test]
    fn only_what_was_in_front_all_the_while() {
        let mut b = bench();
        b.at(10_000, &Event::Background).at(12_000, &Event::Hang(hang(3_000)));
        assert_eq!((b.failures(), b.opportunities()), (0, 0));
        b.at(20_000, &Event::Foreground).at(22_000, &Event::Hang(hang(2_001)));
        assert_eq!((b.failures(), b.opportunities()), (0, 1), "it began before it came to the front");
        b.at(23_000, &Event::Hang(hang(3_000))).until(24_000);
        assert_eq!(b.failures(), 1, "it began with it");
    }

    #[test]
    fn a_prompt_meanwhile_or_next_to_it_is_no_hang() {
        for (prompt, failures) in [(5_899, 1), (5_900, 0), (8_999, 0), (9_000, 0), (9_100, 0), (9_101, 1)] {
            let mut b = bench();
            let dialog = Event::Reaction(Reaction::Dialog);
            if prompt < 9_000 {
                b.at(prompt, &dialog).at(9_000, &Event::Hang(hang(3_000)));
            } else {
                b.at(9_000, &Event::Hang(hang(3_000))).at(prompt, &dialog);
            }
            assert_eq!(b.until(20_000).failures(), failures, "{prompt}");
        }
    }

    #[test]
    fn one_hang_after_another_and_leaving_at_once_lose_none() {
        let mut b = bench();
        b.at(9_000, &Event::Hang(hang(3_000))).at(9_050, &Event::Hang(hang(300))).at(9_060, &Event::Background);
        assert_eq!((b.failures(), b.worth_saying(), b.next_deadline_ms()), (2, 1, None));
    }

    #[test]
    fn a_visit_is_counted_once_with_the_first_thing_that_happens_in_it() {
        let tap = Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 });
        let screen = Event::Screen { name: "A".into() };
        let mut b = bench();
        b.at(1, &screen);
        assert_eq!(b.opportunities(), 0);
        b.at(2, &tap).at(3, &Event::RequestStarted { request: 1, operation: None }).at(4, &Event::Reaction(Reaction::Frame));
        assert_eq!(b.opportunities(), 1);
        b.at(5, &screen).at(6, &tap);
        assert_eq!(b.opportunities(), 2);
        b.at(7, &Event::Background).at(8, &screen).at(9, &Event::RequestStarted { request: 2, operation: None });
        assert_eq!(b.opportunities(), 2, "nobody visits what is not in front");
        b.at(10, &tap);
        assert_eq!(b.opportunities(), 3, "a touch is in front");
    }

    #[test]
    fn what_begins_to_load_or_to_be_asked_for_is_a_visit() {
        let kind = crate::event::LoadKind::Content;
        for began in [
            Event::LoadStarted { load: 1, kind, progress: false, operation: None },
            Event::RequestStarted { request: 1, operation: None },
        ] {
            let mut b = bench();
            assert_eq!((b.opportunities(), b.at(5, &began).opportunities()), (0, 1), "{began:?}");
        }
    }

    #[test]
    fn missing_evidence_is_no_evidence() {
        let mut b = bench();
        b.at(9_000, &Event::Hang(hang(3_000))).at(9_050, &Event::QueueDropped { count: 1 });
        assert_eq!((b.until(20_000).failures(), b.next_deadline_ms()), (0, None));
    }
}

//! The wait, in virtual time.

use super::*;

/// Sleeps at once, and counts it.
#[derive(Default)]
struct VirtualClock(Duration);

impl Clock for VirtualClock {
    fn elapsed(&self) -> Duration {
        self.0
    }

    fn sleep(&mut self, time: Duration) {
        assert!(time > Duration::ZERO, "asks without a pause");
        self.0 += time;
    }
}

#[allow(clippy::unnecessary_wraps)] // as it is asked for
fn answer(verdict: Word, reason: &str) -> Result<Answer, AskError> {
    let sentence = format!("because {reason}.");
    Ok(Answer { verdict, reason: reason.to_owned(), sentence, data: json!({}) })
}

#[allow(clippy::unnecessary_wraps)]
fn away() -> Result<Answer, AskError> {
    Err(AskError::Away("gone".to_owned()))
}

/// The end, why, the lines, how long it took in seconds, and how often it asked.
fn wait(
    timeout_s: u64,
    mut ask: impl FnMut(usize) -> Result<Answer, AskError>,
) -> (End, String, Vec<String>, u64, usize) {
    let interval = Duration::from_secs(60);
    let mut waiting = Waiting { timeout: Duration::from_secs(timeout_s), interval, answer: None };
    let (mut clock, mut out, mut asked) = (VirtualClock::default(), Vec::new(), 0);
    let counted = || {
        asked += 1;
        ask(asked)
    };
    let (end, why) = waiting.wait(&mut clock, counted, &mut out);
    let lines = String::from_utf8(out).unwrap().lines().map(str::to_owned).collect();
    (end, why, lines, clock.0.as_secs(), asked)
}

#[test]
fn it_waits_for_a_verdict_and_says_each_change_once() {
    let (end, _, lines, seconds, asked) = wait(1_800, |asked| match asked {
        1 | 2 => answer(Word::Hold, "no_candidate"),
        3..=5 => answer(Word::Hold, "too_early"),
        _ => answer(Word::Promote, "good_enough"),
    });
    assert_eq!((end.code(), seconds, asked), (0, 300, 6));
    assert_eq!(
        lines,
        ["hold: because no_candidate.", "hold: because too_early.", "promote: because good_enough."]
    );
}

#[test]
fn a_rollback_ends_it_at_once() {
    let (end, why, lines, seconds, _) = wait(1_800, |_| answer(Word::Rollback, "worse"));
    assert_eq!((end.code(), &*why, seconds), (1, "because worse.", 0));
    assert_eq!(lines, ["rollback: because worse."]);
}

#[test]
fn it_asks_a_last_time_when_the_time_is_over() {
    let (end, why, _, seconds, asked) = wait(150, |_| answer(Word::Hold, "too_early"));
    assert_eq!((end.code(), seconds, asked), (3, 150, 4));
    assert!(why.starts_with("Held for 150 s: because too_early."), "{why}");
    let (end, ..) = wait(150, |asked| answer(if asked == 4 { Word::Promote } else { Word::Hold }, "x"));
    assert_eq!(end.code(), 0);
    let (end, _, _, seconds, asked) = wait(0, |_| answer(Word::Hold, "too_early"));
    assert_eq!((end.code(), seconds, asked), (3, 0, 1), "asks once");
}

#[test]
fn a_canary_that_is_away_is_asked_again_a_few_times() {
    let (end, why, _, seconds, asked) = wait(1_800, |_| away());
    assert_eq!((end.code(), seconds, asked), (2, 1 + 2 + 4 + 8, 5));
    assert!(why.contains("gone; gave up after 5 attempts"), "{why}");
    // Only attempts in a row count.
    let (end, ..) = wait(1_800, |asked| match asked {
        20 => answer(Word::Promote, "good_enough"),
        asked if asked % 5 == 0 => answer(Word::Hold, "too_early"),
        _ => away(),
    });
    assert_eq!(end.code(), 0);
}

#[test]
fn what_is_wrong_is_not_asked_again() {
    let (end, why, _, _, asked) = wait(1_800, |_| Err(AskError::Wrong("alpha: is no number".to_owned())));
    assert_eq!((end.code(), &*why, asked), (2, "alpha: is no number", 1));
}

#[test]
fn annotations_are_one_command_whatever_is_in_them() {
    let line = annotation(End::Rollback, "2.0,x:y", "80 % fail\n::set-env name=A::b");
    assert_eq!(line, "::error title=Amends%3A roll back 2.0%2Cx%3Ay::80 %25 fail%0A::set-env name=A::b");
    assert!(annotation(End::Promote, "2", "ok").starts_with("::notice "));
    assert!(annotation(End::TimedOut, "2", "ok").starts_with("::error "));
}

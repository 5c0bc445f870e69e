use super::*;

fn at(s: u64) -> Moment {
    Moment::from_ms(s * 1_000)
}

fn failure(ticket: u64) -> Failure {
    let (kind, subject, place) = (Kind::DeadTap, Subject::Nameless, Place::NOWHERE);
    Failure { kind, ticket, subject, place, at: at(100), person: 1 }
}

/// With the first failure in its slot.
fn offered() -> Arbiter {
    let mut arbiter = Arbiter::new(Caps::default());
    assert_eq!(arbiter.offer(failure(1)), None);
    arbiter
}

fn decide(arbiter: &mut Arbiter, now: Moment) -> Option<Verdict> {
    let caps = CapSettings::default();
    let (foreground, person, held_out, quiet, remedy) = (true, 1, false, None, false);
    arbiter.decide(Circumstances { now, foreground, person, held_out, quiet, remedy, caps: &caps })
}

/// With the first failure handed to the platform as the first message.
fn drawing() -> Arbiter {
    let mut arbiter = offered();
    assert_eq!(decide(&mut arbiter, at(100)), Some(Verdict::Speak { failure: failure(1), message: 1 }));
    arbiter
}

fn resolved(ticket: u64, outcome: Outcome, reason: Reason) -> Resolved {
    Resolved { failure: failure(ticket), outcome, reason }
}

#[test]
fn it_is_free_when_nothing_is_decided_on_or_drawn() {
    assert!(Arbiter::new(Caps::default()).is_free());
    assert!(!offered().is_free());
    let mut arbiter = drawing();
    assert!(!arbiter.is_free());
    assert!(arbiter.shown(1, at(101)).is_some() && arbiter.is_free());
}

#[test]
fn one_failure_at_a_time() {
    let taken = resolved(2, Outcome::Suppressed, Reason::SlotTaken);
    assert_eq!(offered().offer(failure(2)), Some(taken));
    assert_eq!(drawing().offer(failure(2)), Some(taken));
}

#[test]
fn only_the_failure_that_is_meant_is_withdrawn() {
    let withdraw = |arbiter: &mut Arbiter, ticket| {
        arbiter.withdraw(|failure| failure.ticket == ticket, Outcome::Recovered, Reason::Recovered)
    };
    let recovered = resolved(1, Outcome::Recovered, Reason::Recovered);
    let mut arbiter = offered();
    assert_eq!(withdraw(&mut arbiter, 2), (None, None));
    assert_eq!(withdraw(&mut arbiter, 1), (Some(recovered), None));
    assert_eq!(arbiter.pending(), None);
    let mut arbiter = drawing();
    assert_eq!(withdraw(&mut arbiter, 2), (None, None));
    assert_eq!(withdraw(&mut arbiter, 1), (None, Some(1)));
    assert_eq!(withdraw(&mut arbiter, 1), (None, None), "hidden once");
    assert_eq!(arbiter.not_shown(1, Reason::CouldNotDraw), Some(recovered));
}

#[test]
fn after_ten_seconds_the_moment_is_gone() {
    for (now, is_too_late) in [(109_999, false), (110_000, false), (110_001, true), (200_000, true)] {
        let too_late =
            Resolved { failure: failure(1), outcome: Outcome::Suppressed, reason: Reason::TooLate };
        let verdict = decide(&mut offered(), Moment::from_ms(now));
        assert_eq!(verdict == Some(Verdict::Count(too_late)), is_too_late, "{now}");
    }
}

#[test]
fn what_is_drawn_too_late_keeps_its_outcome_but_was_seen_then() {
    let mut arbiter = drawing();
    assert_eq!(arbiter.handle_timeout(Moment::from_ms(104_999)), None);
    let (resolved, hidden) = arbiter.handle_timeout(at(105)).unwrap();
    assert_eq!((resolved.reason, hidden), (Reason::NoAnswer, 1));
    assert_eq!(arbiter.shown(2, at(107)), None, "another message");
    assert_eq!(arbiter.caps.ages_ms(at(120)), [(Kind::DeadTap, 20_000)]);
    assert_eq!(arbiter.shown(1, at(108)), None);
    assert_eq!(arbiter.caps.ages_ms(at(120)), [(Kind::DeadTap, 12_000)]);
    assert_eq!(arbiter.shown(1, at(110)), None);
    assert_eq!(arbiter.caps.ages_ms(at(120)), [(Kind::DeadTap, 12_000)], "seen once");
}

#[test]
fn a_late_answer_about_one_message_is_none_about_the_next() {
    let mut arbiter = drawing();
    assert!(arbiter.handle_timeout(at(105)).is_some());
    arbiter.caps = Caps::default();
    let next = Failure { at: at(106), ..failure(2) };
    assert_eq!(arbiter.offer(next), None);
    assert_eq!(decide(&mut arbiter, at(106)), Some(Verdict::Speak { failure: next, message: 2 }));
    assert_eq!(arbiter.shown(1, at(107)), None);
    let drawn = Resolved { failure: next, outcome: Outcome::Shown, reason: Reason::Drawn };
    assert_eq!(arbiter.shown(2, at(108)), Some(drawn));
}

use super::*;
use crate::counts::Place;

fn at(s: u64) -> Moment {
    Moment::from_ms(s * 1_000)
}

fn owed(drawn_s: u64) -> Owed {
    Owed::new(Kind::SlowLoad, (7, Subject::Operation(1)), Place::NOWHERE, at(drawn_s), 0)
}

/// What is said at this moment.
fn due(stage: &mut FollowUps, s: u64) -> Option<FollowUp> {
    stage.handle_timeout(at(s));
    stage.take_ready()
}

#[test]
fn a_make_good_waits_until_the_apology_was_read() {
    let mut stage = FollowUps::default();
    stage.owe(owed(10));
    stage.recovered(Kind::SlowLoad, 7, at(11));
    assert_eq!(stage.next_deadline(), Some(at(12)));
    assert_eq!(due(&mut stage, 11), None);
    assert!(matches!(due(&mut stage, 12), Some(FollowUp::MakeGood(_))));
    assert_eq!(due(&mut stage, 13), None, "due once");
}

#[test]
fn only_the_same_thing_makes_good() {
    for (kind, subject, is_due) in [
        (Kind::SlowLoad, Subject::Operation(1), true),
        (Kind::SlowLoad, Subject::Operation(2), false),
        (Kind::SlowLoad, Subject::Element(1), false),
        (Kind::Error, Subject::Operation(1), false),
        (Kind::SlowLoad, Subject::Nameless, false),
    ] {
        let mut stage = FollowUps::default();
        stage.owe(owed(0));
        stage.worked(kind, subject, at(20));
        assert_eq!(due(&mut stage, 20).is_some(), is_due, "{kind:?} {subject:?}");
    }
    let mut stage = FollowUps::default();
    stage.owe(Owed::new(Kind::Hang, (7, Subject::Nameless), Place::NOWHERE, at(0), 0));
    stage.worked(Kind::Hang, Subject::Nameless, at(20));
    assert_eq!(due(&mut stage, 20), None, "what has no name is not known again");
    let mut stage = FollowUps::default();
    stage.owe(owed(0));
    stage.recovered(Kind::SlowLoad, 8, at(20));
    stage.recovered(Kind::Error, 7, at(20));
    assert_eq!(due(&mut stage, 20), None);
}

#[test]
fn of_an_earlier_process_it_is_known_again_for_seven_days() {
    const DAY: u64 = 86_400_000;
    let mut counts = crate::counts::Counts::new();
    for subject in [Subject::Operation(1), Subject::Element(1)] {
        let kept = Owed::new(Kind::SlowLoad, (7, subject), Place::NOWHERE, at(0), 0).state(&counts);
        assert!(Owed::from_state(&kept, &mut counts, 7 * DAY).is_none());
        let earlier = Owed::from_state(&kept, &mut counts, 7 * DAY - 1).unwrap();
        for (now_works, is_due) in [(subject, true), (Subject::Operation(2), false)] {
            let mut stage = FollowUps::default();
            stage.owe(earlier);
            stage.recovered(Kind::SlowLoad, 7, at(1)); // another process, another failure of that number
            stage.worked(Kind::SlowLoad, now_works, at(1));
            assert_eq!(due(&mut stage, 1).is_some(), is_due);
        }
    }
    let nameless = Owed::new(Kind::Hang, (7, Subject::Nameless), Place::NOWHERE, at(0), 0).state(&counts);
    assert!(Owed::from_state(&nameless, &mut counts, 1).is_none());
}

#[test]
fn a_question_does_not_push_a_make_good_away() {
    let mut stage = FollowUps::default();
    stage.owe(owed(0));
    stage.recovered(Kind::SlowLoad, 7, at(5));
    stage.plan_question(Arm::Apologised, Asked::AfterApology, at(5));
    assert!(matches!(due(&mut stage, 5), Some(FollowUp::MakeGood(_))));
    assert_eq!(due(&mut stage, 5), None);
}

#[test]
fn a_platform_that_does_not_answer_is_given_up() {
    let mut stage = FollowUps::default();
    stage.enter(3, FollowUp::Question(Arm::Apologised, Asked::Pulse), at(0));
    assert_eq!(stage.next_deadline(), Some(at(5)));
    assert_eq!(stage.handle_timeout(at(4)), None);
    assert_eq!(stage.handle_timeout(at(5)).map(|left| left.id), Some(3));
    stage.enter(4, FollowUp::Question(Arm::Apologised, Asked::Pulse), at(0));
    assert!(stage.shown(4).is_some() && stage.shown(4).is_none() && stage.shown(3).is_none());
    assert_eq!((stage.next_deadline(), stage.handle_timeout(at(99))), (None, None));
    assert!(stage.leave(3).is_none() && stage.leave(4).is_some_and(|left| left.drawn));
}

#[test]
fn one_question_in_fourteen_days_also_over_a_restart() {
    const DAY: u64 = 86_400;
    let settings = FeedbackSettings::default();
    let mut feedback = Feedback::default();
    assert!(feedback.may_ask(at(0), &settings));
    feedback.asked(at(100));
    assert!(!feedback.may_ask(at(14 * DAY + 99), &settings));
    assert!(feedback.may_ask(at(14 * DAY + 100), &settings));
    let state = feedback.state(at(100 + DAY), 1_700_000_000_000);
    let again = Feedback::from_state(&state, at(5), 1_700_000_000_000 + DAY * 1_000);
    assert!(!again.may_ask(at(5 + 12 * DAY - 1), &settings));
    assert!(again.may_ask(at(5 + 12 * DAY), &settings));
    feedback.asked(at(200));
    feedback.take_back();
    assert!(feedback.may_ask(at(14 * DAY + 100), &settings), "not drawn, not asked");
}

#[test]
fn the_pulse_is_one_lot_a_day_with_the_share_that_was_set() {
    let settings = FeedbackSettings { pulse: 0.1, ..FeedbackSettings::default() };
    let mut asked = 0;
    for lot in 0..2_000_u64 {
        let mut feedback = Feedback::default();
        asked += u32::from(feedback.pulse_today(lot, 19_000, &settings));
        assert!(!feedback.pulse_today(lot, 19_000, &settings), "drawn for today");
    }
    // 2,000 lots at 10 %: 200 ± 5 standard deviations.
    assert!((133..=267).contains(&asked), "{asked}");
    let never = FeedbackSettings { pulse: 0.0, ..settings };
    assert!((0..100).all(|day| !Feedback::default().pulse_today(1, day, &never)));
}

#[test]
fn what_was_asked_is_unknown_means_as_if_just_now() {
    const DAY: u64 = 86_400;
    let settings = FeedbackSettings::default();
    let mut feedback = Feedback::default();
    feedback.assume_asked(at(100));
    assert!(
        !feedback.may_ask(at(14 * DAY + 99), &settings) && feedback.may_ask(at(14 * DAY + 100), &settings)
    );
}

#[test]
fn the_lot_is_splitmix64() {
    // The generator's state goes up by this for each number; here the day does.
    const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    // Its first numbers from the seed 1234567, as they are published for checking.
    let published = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    let mut state = 1_234_567_u64;
    for (day, number) in (0..).zip(published) {
        state = state.wrapping_add(GAMMA);
        let lot = state ^ GAMMA.wrapping_mul(day);
        let asked = |share: f64| {
            let settings = FeedbackSettings { pulse: share, ..FeedbackSettings::default() };
            Feedback::default().pulse_today(lot, day, &settings)
        };
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let share = |drawn: u64| drawn as f64 / (1_u64 << 53) as f64;
        let drawn = number >> 11;
        assert_eq!((asked(share(drawn)), asked(share(drawn + 1))), (false, true), "{number}");
    }
    let never = FeedbackSettings { pulse: 0.0, ..FeedbackSettings::default() };
    assert!(!Feedback::default().pulse_today(0, 0, &never), "the lowest lot of all");
}

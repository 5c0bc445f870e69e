use super::*;
use crate::moment::Now;
use std::time::Duration;

const T0: u64 = 1_700_000_000_000;

fn wall() -> Wall {
    Wall::new(Now { monotonic: Moment::from_ms(0), unix_ms: T0 })
}

fn at(s: u64) -> Moment {
    Moment::from_ms(s * 1_000)
}

fn order(progress: OperationProgress, expected_s: Option<u64>) -> OperationReport {
    OperationReport {
        id: "order-1".into(),
        title: Some("Order 1".into()),
        progress,
        expected_within: expected_s.map(Duration::from_secs),
        faq_url: Some("https://example.com/faq".into()),
    }
}

fn steps(operations: &mut Operations) -> Vec<(OperationProgress, u64)> {
    let list = operations.take_changed(str::to_owned).unwrap();
    list[0].steps.iter().map(|step| (step.progress, (step.unix_ms - T0) / 1_000)).collect()
}

#[test]
fn it_becomes_delayed_by_itself_and_then_is_sent() {
    let mut all = Operations::default();
    all.report(&order(OperationProgress::Scheduled, None), at(0), &wall());
    all.report(&order(OperationProgress::Processing, Some(60)), at(10), &wall());
    assert_eq!(all.next_deadline(), Some(at(70)));
    all.handle_timeout(at(69), &wall());
    assert_eq!(steps(&mut all), [(OperationProgress::Scheduled, 0), (OperationProgress::Processing, 10)]);
    assert_eq!(all.take_changed(str::to_owned), None);
    all.handle_timeout(at(500), &wall());
    all.report(&order(OperationProgress::Sent, None), at(600), &wall());
    let wanted = [
        (OperationProgress::Scheduled, 0),
        (OperationProgress::Processing, 10),
        (OperationProgress::Delayed, 70),
        (OperationProgress::Sent, 600),
    ];
    assert_eq!(steps(&mut all), wanted);
    assert_eq!(all.next_deadline(), None);
}

#[test]
fn what_is_late_stays_so_until_there_is_a_new_expectation() {
    let mut all = Operations::default();
    all.report(&order(OperationProgress::Processing, Some(60)), at(0), &wall());
    all.handle_timeout(at(60), &wall());
    all.report(&order(OperationProgress::Processing, None), at(70), &wall());
    assert_eq!(all.take_changed(str::to_owned).unwrap()[0].progress, OperationProgress::Delayed);
    all.report(&order(OperationProgress::Processing, Some(60)), at(80), &wall());
    assert_eq!(all.take_changed(str::to_owned).unwrap()[0].progress, OperationProgress::Processing);
    assert_eq!(all.next_deadline(), Some(at(140)));
}

#[test]
fn what_ended_in_time_is_never_delayed() {
    for end in [OperationProgress::Sent, OperationProgress::Failed] {
        let mut all = Operations::default();
        all.report(&order(OperationProgress::Processing, Some(60)), at(0), &wall());
        all.report(&order(end, None), at(59), &wall());
        all.handle_timeout(at(600), &wall());
        assert_eq!(all.take_changed(str::to_owned).unwrap()[0].progress, end);
    }
}

#[test]
fn it_survives_a_restart_and_becomes_delayed_there() {
    let mut all = Operations::default();
    all.report(&order(OperationProgress::Processing, Some(60)), at(0), &wall());
    let mut again = Operations::from_state(&all.state(), at(5), T0 + 50_000);
    assert!(again.take_changed(str::to_owned).is_some(), "the view hears of it at once");
    assert_eq!(again.next_deadline(), Some(at(15)));
    let later = Operations::from_state(&all.state(), at(5), T0 + 31 * 86_400_000);
    assert!(later.list.is_empty(), "a month old");
}

#[test]
fn texts_are_cut_and_only_https_is_linked() {
    let mut all = Operations::default();
    let mut report = order(OperationProgress::Sent, None);
    report.title = Some("x".repeat(500));
    report.faq_url = Some("javascript:alert(1)".into());
    all.report(&report, at(0), &wall());
    let list = all.take_changed(str::to_owned).unwrap();
    assert_eq!((list[0].title.as_ref().unwrap().len(), &list[0].faq_url), (64, &None));
    report.id = " ".into();
    all.report(&report, at(0), &wall());
    assert_eq!(all.take_changed(str::to_owned), None);
}

#[test]
fn the_list_is_bounded_and_old_ones_go() {
    let mut all = Operations::default();
    for n in 0..100 {
        let id = format!("order-{n}");
        all.report(&OperationReport { id, ..order(OperationProgress::Processing, None) }, at(n), &wall());
    }
    assert_eq!(all.take_changed(str::to_owned).unwrap().len(), MOST);
    all.forget();
    assert_eq!(all.take_changed(str::to_owned).unwrap(), []);
    all.report(&order(OperationProgress::Sent, None), at(0), &wall());
    let next_day = OperationReport { id: "order-2".into(), ..order(OperationProgress::Processing, None) };
    all.report(&next_day, at(86_400), &wall());
    assert_eq!(all.take_changed(str::to_owned).unwrap().len(), 1, "what was sent a day ago is gone");
}

#[test]
fn late_news_do_not_undo_what_is_done_but_what_failed_may_be_tried_again() {
    for (end, wanted) in [
        (OperationProgress::Sent, OperationProgress::Sent),
        (OperationProgress::Failed, OperationProgress::Processing),
    ] {
        let mut all = Operations::default();
        all.report(&order(end, None), at(0), &wall());
        all.report(&order(OperationProgress::Processing, Some(60)), at(5), &wall());
        assert_eq!(all.take_changed(str::to_owned).unwrap()[0].progress, wanted);
    }
}

#[test]
fn what_does_not_end_stays_for_a_month_and_what_has_ended_for_a_day() {
    const DAY_S: u64 = 86_400;
    for (progress, days) in [(OperationProgress::Processing, 30), (OperationProgress::Failed, 1)] {
        let mut all = Operations::default();
        all.report(&order(progress, None), at(0), &wall());
        let kept = |s: u64| Operations::from_state(&all.state(), at(5), T0 + s * 1_000).list.len();
        assert_eq!((kept(days * DAY_S - 1), kept(days * DAY_S)), (1, 0), "{progress:?}");
    }
}

#[test]
fn an_address_is_linked_if_it_is_not_too_long() {
    let link = |length: usize| {
        let mut all = Operations::default();
        let mut report = order(OperationProgress::Processing, None);
        report.faq_url = Some(format!("{:x<length$}", "https://example.com/"));
        all.report(&report, at(0), &wall());
        all.take_changed(str::to_owned).unwrap()[0].faq_url.as_ref().map(String::len)
    };
    assert_eq!([30, 2_000, 2_001].map(link), [Some(30), Some(2_000), None]);
}

#[test]
fn it_is_late_from_the_moment_at_which_it_was_expected() {
    for (again_at, wanted) in [
        (30, OperationProgress::Processing),
        (59, OperationProgress::Processing),
        (60, OperationProgress::Delayed),
        (61, OperationProgress::Delayed),
    ] {
        let mut all = Operations::default();
        all.report(&order(OperationProgress::Scheduled, Some(60)), at(0), &wall());
        all.report(&order(OperationProgress::Processing, None), at(again_at), &wall());
        assert_eq!(all.take_changed(str::to_owned).unwrap()[0].progress, wanted, "{again_at}");
    }
}

#[test]
fn it_is_never_delayed_before_the_time_it_was_expected_by() {
    let mut all = Operations::default();
    all.report(&order(OperationProgress::Scheduled, Some(8)), at(0), &wall());
    // The wall clock has been set back by two seconds since.
    let wall = Wall::new(Now { monotonic: at(4), unix_ms: T0 + 2_000 });
    all.handle_timeout(at(8), &wall);
    assert_eq!(steps(&mut all), [(OperationProgress::Scheduled, 0), (OperationProgress::Delayed, 8)]);
}

//! Looks over counts in memory, in virtual time.

use std::cell::RefCell;

use super::*;
use crate::alerts::definition::By;
use crate::alerts::rule::Rule;
use crate::count::vocabulary::Metric;
use crate::store::{Row, Scan};

/// Monday, 5 January 2026, 00:00 UTC, in minutes.
const START: i64 = 29_459_520;

/// Counts by minute, release and metric.
#[derive(Default)]
struct Memory(RefCell<Vec<(i64, String, Metric, i64)>>);

impl Memory {
    fn add(&self, minute: i64, release: &str, sessions: i64, failed: i64) {
        let mut all = self.0.borrow_mut();
        all.push((minute, release.to_owned(), Metric::Sessions, sessions));
        all.push((minute, release.to_owned(), Metric::SessionsFailed, failed));
        drop(all);
        self.devices(minute, release, failed);
    }

    fn devices(&self, minute: i64, release: &str, devices: i64) {
        self.0.borrow_mut().push((minute, release.to_owned(), Metric::DevicesFailed, devices));
    }

    fn read(&self, unit: i64, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) {
        for (minute, release, metric, value) in &*self.0.borrow() {
            let at = minute.div_euclid(unit);
            if (scan.from..scan.until).contains(&at) && scan.metrics.contains(metric) {
                let labels = Row {
                    app: "shop".to_owned(),
                    metric: *metric,
                    kind: None,
                    facet: if *metric == Metric::DevicesFailed { "today".to_owned() } else { String::new() },
                    release: release.clone(),
                    os_name: String::new(),
                    screen: String::new(),
                    segment: String::new(),
                    region: String::new(),
                };
                row(at, &labels, *value);
            }
        }
    }
}

impl Counts for Memory {
    fn minutes(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        self.read(1, scan, row);
        Ok(())
    }

    fn hours(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        self.read(60, scan, row);
        Ok(())
    }
}

fn rule(by: &[By]) -> Alert {
    let rule = Rule { above: 0.05, quiet_below: 0.04, within_min: 15, least: 20 };
    Alert { by: by.to_vec(), detector: Detector::Rule(rule), resolve_after_s: 0, ..Alert::standard() }
}

fn look(evaluator: &mut Evaluator, counts: &Memory, minute: i64) -> Vec<(News, String)> {
    let look = evaluator.look(counts, "shop", &[], minute * 60).unwrap();
    let release = |standing: &Standing| standing.labels.first().map_or_else(String::new, |one| one.1.clone());
    look.news.iter().map(|(news, standing)| (*news, release(standing))).collect()
}

#[test]
fn each_release_stands_for_itself() {
    let counts = Memory::default();
    counts.add(START, "1", 1_000, 20);
    counts.add(START, "2", 100, 20);
    let mut evaluator = Evaluator::new(vec![rule(&[By::Release])], 0, 5, Vec::new());
    assert_eq!(look(&mut evaluator, &counts, START + 1), [(News::Firing, "2".to_owned())]);
    assert_eq!(look(&mut evaluator, &counts, START + 2), []);
    // Its counts go out of the window: nothing is known of it any more, so it is over.
    assert_eq!(look(&mut evaluator, &counts, START + 15), [(News::Resolved, "2".to_owned())]);
}

#[test]
fn what_comes_late_is_seen_soon_and_what_comes_very_late_within_the_hour() {
    let counts = Memory::default();
    let slow = Rule { above: 0.05, quiet_below: 0.04, within_min: 300, least: 20 };
    let slow = Alert { name: "slow".to_owned(), detector: Detector::Rule(slow), ..rule(&[]) };
    let mut evaluator = Evaluator::new(vec![rule(&[]), slow], 0, 5, Vec::new());
    counts.add(START, "1", 1_000, 10);
    assert_eq!(look(&mut evaluator, &counts, START + 5), []);
    counts.add(START + 1, "1", 0, 60);
    assert_eq!(look(&mut evaluator, &counts, START + 6).len(), 2);
    let counts = Memory::default();
    counts.add(START, "1", 1_000, 10);
    let mut evaluator = Evaluator::new(evaluator.alerts, 0, 5, Vec::new());
    assert_eq!(look(&mut evaluator, &counts, START + 50), []);
    counts.add(START + 1, "1", 0, 60);
    assert_eq!(look(&mut evaluator, &counts, START + 55), [], "older than what is read again");
    assert_eq!(look(&mut evaluator, &counts, START + 60), [(News::Firing, String::new())]);
}

#[test]
fn who_was_told_is_not_told_again_after_a_restart() {
    let counts = Memory::default();
    counts.add(START, "1", 1_000, 100);
    let mut evaluator = Evaluator::new(vec![rule(&[])], 0, 5, Vec::new());
    assert_eq!(look(&mut evaluator, &counts, START + 1).len(), 1);
    let standings: Vec<Standing> = evaluator.standings().cloned().collect();
    let mut again = Evaluator::new(vec![rule(&[])], 0, 5, standings);
    assert_eq!(look(&mut again, &counts, START + 2), []);
    assert_eq!(look(&mut again, &counts, START + 20), [(News::Resolved, String::new())]);
}

#[test]
fn a_new_release_is_compared_with_what_is_usual_for_the_app() {
    let counts = Memory::default();
    let days = 10 * 1_440;
    for minute in (0..days).step_by(10) {
        counts.add(START + minute, "1", 100, 1 + minute / 10 % 3);
    }
    for minute in days - 60..days {
        counts.add(START + minute, "2", 10, 1);
    }
    let alert = Alert { by: vec![By::Release], ..Alert::standard() };
    let mut evaluator = Evaluator::new(vec![alert], 0, 5, Vec::new());
    assert_eq!(look(&mut evaluator, &counts, START + days), [(News::Firing, "2".to_owned())]);
}

#[test]
fn the_groups_of_an_alert_are_bounded() {
    let counts = Memory::default();
    for release in 0..150 {
        counts.add(START, &release.to_string(), 100 + release, 50);
    }
    let mut evaluator = Evaluator::new(vec![rule(&[By::Release])], 0, 5, Vec::new());
    let told = look(&mut evaluator, &counts, START + 1);
    assert_eq!(told.len(), 100);
    assert!(told.iter().any(|(_, release)| release == "149"), "those with most counts");
    assert!(!told.iter().any(|(_, release)| release == "0"));
}

#[test]
fn what_fires_is_not_over_because_others_grow_larger() {
    let counts = Memory::default();
    counts.add(START, "small", 100, 20);
    let mut evaluator = Evaluator::new(vec![rule(&[By::Release])], 0, 5, Vec::new());
    assert_eq!(look(&mut evaluator, &counts, START + 1), [(News::Firing, "small".to_owned())]);
    for release in 0..150 {
        counts.add(START + 1, &release.to_string(), 1_000, 0);
    }
    assert_eq!(look(&mut evaluator, &counts, START + 2), []);
    assert_eq!(look(&mut evaluator, &counts, START + 15), [(News::Resolved, "small".to_owned())]);
}

#[test]
fn a_few_people_are_not_told_of() {
    let counts = Memory::default();
    counts.add(START, "1", 40, 4);
    let mut evaluator = Evaluator::new(vec![rule(&[])], 0, 5, Vec::new());
    assert_eq!(look(&mut evaluator, &counts, START + 1), []);
    counts.add(START + 1, "1", 0, 1);
    assert_eq!(look(&mut evaluator, &counts, START + 2).len(), 1);
}

#[test]
fn a_release_that_fails_few_devices_often_is_not_told_of() {
    let counts = Memory::default();
    let many = |release: &str, devices: i64| {
        counts.add(START + 600, release, 100, 0);
        counts.0.borrow_mut().push((START + 600, release.to_owned(), Metric::SessionsFailed, 50));
        // They failed for the first time long before the window.
        counts.devices(START + 5, release, devices);
    };
    many("1", 4);
    many("2", 5);
    counts.devices(START - 5, "1", 50);
    let mut evaluator = Evaluator::new(vec![rule(&[By::Release])], 0, 5, Vec::new());
    assert_eq!(look(&mut evaluator, &counts, START + 601), [(News::Firing, "2".to_owned())]);
    counts.devices(START + 601, "1", 1);
    assert_eq!(look(&mut evaluator, &counts, START + 602), [(News::Firing, "1".to_owned())]);
    // All are many, and a threshold of one hides nothing.
    let mut all = Evaluator::new(vec![rule(&[])], 0, 5, Vec::new());
    assert_eq!(look(&mut all, &counts, START + 602).len(), 1);
    many("3", 0);
    let mut open = Evaluator::new(vec![rule(&[By::Release])], 0, 1, Vec::new());
    assert_eq!(look(&mut open, &counts, START + 602).len(), 3);
}

#[test]
fn what_no_alert_watches_any_more_is_over_or_gone() {
    let counts = Memory::default();
    counts.add(START, "1", 1_000, 100);
    let slow = Alert { name: "slow".to_owned(), hold_s: 600, ..rule(&[]) };
    let mut evaluator = Evaluator::new(vec![rule(&[]), slow], 0, 5, Vec::new());
    look(&mut evaluator, &counts, START + 1);
    let standings: Vec<Standing> = evaluator.standings().cloned().collect();
    let phases = |evaluator: &Evaluator| {
        let mut phases: Vec<_> = evaluator.standings().map(|one| (one.alert.clone(), one.phase)).collect();
        phases.sort_by(|one, other| one.0.cmp(&other.0));
        phases
    };
    let name = rule(&[]).name;
    assert_eq!(phases(&evaluator), [("slow".to_owned(), Phase::Pending), (name.clone(), Phase::Firing)]);
    // One is narrowed to another app, one removed.
    let bank = Alert { app: Some("bank".to_owned()), ..rule(&[]) };
    let mut evaluator = Evaluator::new(vec![bank], 0, 5, standings);
    let tidied = evaluator.tidy((START + 2) * 60);
    let told: Vec<_> = tidied.news.iter().map(|(news, standing)| (*news, &standing.alert)).collect();
    assert_eq!(told, [(News::Resolved, &name)]);
    assert_eq!((tidied.changed.len(), tidied.gone.len()), (1, 1));
    assert_eq!(phases(&evaluator), [(name, Phase::Resolved)]);
}

#[test]
fn resolved_ones_are_shown_for_a_week() {
    let counts = Memory::default();
    counts.add(START, "1", 1_000, 100);
    let mut evaluator = Evaluator::new(vec![rule(&[])], 0, 5, Vec::new());
    look(&mut evaluator, &counts, START + 1);
    look(&mut evaluator, &counts, START + 20);
    let days = |days: i64| (START + 20) * 60 + days * 86_400;
    assert!(evaluator.tidy(days(6)).gone.is_empty());
    assert_eq!(evaluator.tidy(days(8)).gone.len(), 1);
    assert_eq!(evaluator.standings().count(), 0);
}

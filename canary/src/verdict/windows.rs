//! From the store's counts to windows: candidate and control within an hour, a system and a segment.

use std::collections::{BTreeMap, HashMap, HashSet};

use amends_verdict::{Arm, Window};

use super::Question;
use crate::count::observation::OTHER;
use crate::count::vocabulary::Metric;
use crate::store::{ReadError, Row, Scan, Store, Turn};

/// Minutes in a window.
const HOUR: i64 = 60;

/// What there is to judge.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// The control that was named or found; `None` where no other release had sessions in the candidate's hours.
    pub(super) control: Option<String>,
    /// Those in which the candidate had sessions, in the order of time.
    pub(super) windows: Vec<Window>,
}

/// Reads the app's sessions: twice where the control has yet to be found.
pub(super) fn compare(
    store: &Store,
    turn: &Turn,
    app: &str,
    question: &Question,
) -> Result<Compared, ReadError> {
    let scan = Scan { app: app.to_owned(), from: question.from, until: question.until, ..Scan::default() };
    let control = if let Some(named) = &question.control {
        Some(named.clone())
    } else {
        let mut rivals = Rivals::new(&question.release);
        store.scan(turn, &scan, &mut |minute, row, value| rivals.add(minute, row, value))?;
        rivals.busiest()
    };
    let mut cells = Cells::new(&question.release, control.as_deref());
    store.scan(turn, &scan, &mut |minute, row, value| cells.add(minute, row, value))?;
    Ok(Compared { windows: cells.windows(), control })
}

/// Sessions, or failed ones; nothing else is compared.
const fn is_session(metric: Metric) -> bool {
    matches!(metric, Metric::Sessions | Metric::SessionsFailed)
}

/// All releases' sessions by the hour, to find the control among them.
struct Rivals<'q> {
    candidate: &'q str,
    hours: HashSet<i64>,
    numbers: HashMap<String, usize>,
    sessions: HashMap<(i64, usize), u64>,
}

impl<'q> Rivals<'q> {
    fn new(candidate: &'q str) -> Self {
        Self { candidate, hours: HashSet::new(), numbers: HashMap::new(), sessions: HashMap::new() }
    }

    fn add(&mut self, minute: i64, row: &Row, value: i64) {
        if !is_session(row.metric) {
            return;
        }
        let hour = minute.div_euclid(HOUR);
        if row.release == self.candidate {
            self.hours.insert(hour);
            return;
        }
        // What was folded together, or named no release, is a control only where somebody says so.
        if row.metric != Metric::Sessions || row.release.is_empty() || row.release == OTHER {
            return;
        }
        let next = self.numbers.len();
        let number = if let Some(number) = self.numbers.get(&row.release) {
            *number
        } else {
            self.numbers.insert(row.release.clone(), next);
            next
        };
        let sum = self.sessions.entry((hour, number)).or_default();
        *sum = sum.saturating_add(value.unsigned_abs());
    }

    /// The one with most sessions in the candidate's hours; of equals the first by name.
    fn busiest(self) -> Option<String> {
        let mut sums = vec![0_u64; self.numbers.len()];
        for ((hour, number), sessions) in &self.sessions {
            if let Some(sum) = sums.get_mut(*number).filter(|_| self.hours.contains(hour)) {
                *sum = sum.saturating_add(*sessions);
            }
        }
        let sessions = |number: usize| sums.get(number).copied().unwrap_or(0);
        let all = self.numbers.into_iter().map(|(release, number)| (sessions(number), release));
        all.filter(|(sessions, _)| *sessions > 0)
            .max_by(|one, other| one.0.cmp(&other.0).then_with(|| other.1.cmp(&one.1)))
            .map(|(_, release)| release)
    }
}

/// Windows by hour and stratum.
struct Cells<'q> {
    candidate: &'q str,
    control: Option<&'q str>,
    strata: HashMap<(String, String), usize>,
    windows: BTreeMap<(i64, usize), Window>,
}

impl<'q> Cells<'q> {
    fn new(candidate: &'q str, control: Option<&'q str>) -> Self {
        Self { candidate, control, strata: HashMap::new(), windows: BTreeMap::new() }
    }

    fn add(&mut self, minute: i64, row: &Row, value: i64) {
        let is_candidate = row.release == self.candidate;
        if !is_session(row.metric) || !(is_candidate || self.control == Some(&row.release)) {
            return;
        }
        let next = self.strata.len();
        let stratum = *self.strata.entry((row.os_name.clone(), row.segment.clone())).or_insert(next);
        let window = self.windows.entry((minute.div_euclid(HOUR), stratum)).or_default();
        let arm = if is_candidate { &mut window.candidate } else { &mut window.control };
        let count = if row.metric == Metric::Sessions { &mut arm.sessions } else { &mut arm.failed };
        *count = count.saturating_add(value.unsigned_abs());
    }

    fn windows(self) -> Vec<Window> {
        self.windows.into_values().filter(|window| window.candidate != Arm::default()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(metric: Metric, release: &str, os_name: &str, segment: &str) -> Row {
        Row {
            app: "shop".to_owned(),
            metric,
            kind: None,
            facet: String::new(),
            release: release.to_owned(),
            os_name: os_name.to_owned(),
            screen: String::new(),
            segment: segment.to_owned(),
        }
    }

    fn busiest(rows: &[(i64, &str, i64)]) -> Option<String> {
        let mut rivals = Rivals::new("2.0");
        for (minute, release, sessions) in rows {
            rivals.add(*minute, &row(Metric::Sessions, release, "iOS", ""), *sessions);
        }
        rivals.busiest()
    }

    #[test]
    fn the_control_is_the_busiest_release_in_the_candidates_hours() {
        let candidate = (61, "2.0", 1);
        assert_eq!(busiest(&[candidate]), None);
        assert_eq!(busiest(&[candidate, (119, "1.9", 5), (60, "1.8", 4)]).as_deref(), Some("1.9"));
        // An hour earlier there were more of 1.8, but none of the candidate.
        assert_eq!(busiest(&[(59, "1.8", 900), candidate, (62, "1.9", 5)]).as_deref(), Some("1.9"));
        assert_eq!(busiest(&[(59, "1.8", 900), candidate]), None);
    }

    #[test]
    fn of_equals_the_first_by_name_whatever_the_order() {
        let (a, b, candidate) = ((61, "1.8", 5), (62, "1.9", 5), (63, "2.0", 1));
        assert_eq!(busiest(&[a, b, candidate]).as_deref(), Some("1.8"));
        assert_eq!(busiest(&[candidate, b, a]).as_deref(), Some("1.8"));
    }

    #[test]
    fn what_was_folded_or_not_named_is_no_control_by_itself() {
        assert_eq!(busiest(&[(61, "2.0", 1), (61, OTHER, 900), (61, "", 900)]), None);
    }

    #[test]
    fn windows_keep_hours_systems_and_segments_apart() {
        let mut cells = Cells::new("2.0", Some("1.9"));
        let mut add = |minute, metric, release, os_name, segment, value| {
            cells.add(minute, &row(metric, release, os_name, segment), value);
        };
        add(60, Metric::Sessions, "2.0", "iOS", "", 3);
        add(119, Metric::Sessions, "2.0", "iOS", "", 4);
        add(119, Metric::SessionsFailed, "2.0", "iOS", "", 2);
        add(61, Metric::Sessions, "1.9", "iOS", "", 50);
        add(61, Metric::Sessions, "1.7", "iOS", "", 90);
        add(61, Metric::Sessions, "2.0", "Android", "", 5);
        add(61, Metric::Sessions, "2.0", "iOS", "gold", 6);
        add(120, Metric::Sessions, "2.0", "iOS", "", 7);
        add(59, Metric::Sessions, "1.9", "iOS", "", 70);
        add(61, Metric::Failures, "2.0", "iOS", "", 1_000);
        let found: Vec<_> = cells
            .windows()
            .iter()
            .map(|window| (window.candidate.sessions, window.candidate.failed, window.control.sessions))
            .collect();
        assert_eq!(found, [(7, 2, 50), (5, 0, 0), (6, 0, 0), (7, 0, 0)]);
    }
}

//! From the store's counts to windows: candidate and control within an hour, a system, a segment and a region.

use std::collections::{BTreeMap, HashMap, HashSet};

use amends_verdict::{Arm, Window};

use super::Question;
use crate::count::observation::OTHER;
use crate::count::vocabulary::Metric;
use crate::store::{ReadError, Row, Scan, Store, Turn};

/// Nothing else is compared.
const METRICS: &[Metric] = &[Metric::Sessions, Metric::SessionsFailed];

/// Most windows told apart by stratum. What comes beyond is one stratum more in its hour: less fine, still in its own time.
const MOST_WINDOWS: usize = 200_000;
/// The stratum of all that is beyond.
const REST: usize = usize::MAX;

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
    let scan = Scan {
        app: app.to_owned(),
        metrics: METRICS,
        from: question.from,
        until: question.until,
        ..Scan::default()
    };
    let control = if let Some(named) = &question.control {
        Some(named.clone())
    } else {
        let mut rivals = Rivals::new(&question.release);
        store.scan_hours(turn, &scan, &mut |hour, row, value| rivals.add(hour, row, value))?;
        rivals.busiest()
    };
    let mut cells = Cells::new(&question.release, control.as_deref(), MOST_WINDOWS);
    store.scan_hours(turn, &scan, &mut |hour, row, value| cells.add(hour, row, value))?;
    Ok(Compared { windows: cells.windows(), control })
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

    fn add(&mut self, hour: i64, row: &Row, value: i64) {
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
    strata: HashMap<[String; 3], usize>,
    windows: BTreeMap<(i64, usize), Window>,
    most: usize,
}

impl<'q> Cells<'q> {
    fn new(candidate: &'q str, control: Option<&'q str>, most: usize) -> Self {
        Self { candidate, control, strata: HashMap::new(), windows: BTreeMap::new(), most }
    }

    fn add(&mut self, hour: i64, row: &Row, value: i64) {
        let is_candidate = row.release == self.candidate;
        if !(is_candidate || self.control == Some(&row.release)) {
            return;
        }
        let next = self.strata.len();
        let stratum = [&row.os_name, &row.segment, &row.region].map(String::clone);
        let mut place = (hour, *self.strata.entry(stratum).or_insert(next));
        if self.windows.len() >= self.most && !self.windows.contains_key(&place) {
            place.1 = REST;
        }
        let window = self.windows.entry(place).or_default();
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
            region: String::new(),
        }
    }

    fn busiest(rows: &[(i64, &str, i64)]) -> Option<String> {
        let mut rivals = Rivals::new("2.0");
        for (hour, release, sessions) in rows {
            rivals.add(*hour, &row(Metric::Sessions, release, "iOS", ""), *sessions);
        }
        rivals.busiest()
    }

    #[test]
    fn the_control_is_the_busiest_release_in_the_candidates_hours() {
        let candidate = (1, "2.0", 1);
        assert_eq!(busiest(&[candidate]), None);
        assert_eq!(busiest(&[candidate, (1, "1.9", 5), (1, "1.8", 4)]).as_deref(), Some("1.9"));
        // An hour earlier there were more of 1.8, but none of the candidate.
        assert_eq!(busiest(&[(0, "1.8", 900), candidate, (1, "1.9", 5)]).as_deref(), Some("1.9"));
        assert_eq!(busiest(&[(0, "1.8", 900), candidate]), None);
    }

    #[test]
    fn of_equals_the_first_by_name_whatever_the_order() {
        let (a, b, candidate) = ((1, "1.8", 5), (1, "1.9", 5), (1, "2.0", 1));
        assert_eq!(busiest(&[a, b, candidate]).as_deref(), Some("1.8"));
        assert_eq!(busiest(&[candidate, b, a]).as_deref(), Some("1.8"));
    }

    #[test]
    fn what_was_folded_or_not_named_is_no_control_by_itself() {
        assert_eq!(busiest(&[(1, "2.0", 1), (1, OTHER, 900), (1, "", 900)]), None);
    }

    #[test]
    fn windows_keep_hours_systems_segments_and_regions_apart() {
        let mut cells = Cells::new("2.0", Some("1.9"), MOST_WINDOWS);
        let mut add = |hour, metric, release, os_name, segment, region: &str, value| {
            let row = Row { region: region.to_owned(), ..row(metric, release, os_name, segment) };
            cells.add(hour, &row, value);
        };
        add(1, Metric::Sessions, "2.0", "iOS", "", "", 3);
        add(1, Metric::Sessions, "2.0", "iOS", "", "", 4);
        add(1, Metric::SessionsFailed, "2.0", "iOS", "", "", 2);
        add(1, Metric::Sessions, "1.9", "iOS", "", "", 50);
        add(1, Metric::Sessions, "1.7", "iOS", "", "", 90);
        add(1, Metric::Sessions, "2.0", "Android", "", "", 5);
        add(1, Metric::Sessions, "2.0", "iOS", "gold", "", 6);
        add(1, Metric::Sessions, "2.0", "iOS", "", "south", 8);
        add(2, Metric::Sessions, "2.0", "iOS", "", "", 7);
        add(0, Metric::Sessions, "1.9", "iOS", "", "", 70);
        let found: Vec<_> = cells
            .windows()
            .iter()
            .map(|window| (window.candidate.sessions, window.candidate.failed, window.control.sessions))
            .collect();
        assert_eq!(found, [(7, 2, 50), (5, 0, 0), (6, 0, 0), (8, 0, 0), (7, 0, 0)]);
    }

    #[test]
    fn too_many_strata_are_one_in_their_hour() {
        let mut cells = Cells::new("2.0", Some("1.9"), 3);
        for hour in 0..3 {
            for segment in ["a", "b", "c"] {
                cells.add(hour, &row(Metric::Sessions, "2.0", "iOS", segment), 1);
                cells.add(hour, &row(Metric::Sessions, "1.9", "iOS", segment), 10);
            }
        }
        let found: Vec<_> = cells
            .windows()
            .iter()
            .map(|window| (window.candidate.sessions, window.control.sessions))
            .collect();
        assert_eq!(found, [(1, 10), (1, 10), (1, 10), (3, 30), (3, 30)]);
    }
}

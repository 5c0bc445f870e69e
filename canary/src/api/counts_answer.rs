//! The answer of `/v1/counts`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::counts_query::Query;
use crate::count::device_days::DeviceDays;
use crate::count::labels::shown;
use crate::count::vocabulary::{Kind, Metric};
use crate::instant::rfc3339;
use crate::sight::breakdown::By;
use crate::sight::few::{Touched, hidden};
use crate::sight::table::{Table, Value, column};
use crate::store::Row;

/// Collects cells into steps and totals.
pub(super) struct Answer<'q> {
    query: &'q Query,
    least: i64,
    steps: Vec<Sums>,
    totals: Totals,
    notes: Vec<&'static str>,
    /// What is asked for is hidden elsewhere.
    is_hidden: bool,
}

#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    failures: i64,
    apologies: i64,
    make_goods: i64,
    opportunities: i64,
    sessions: i64,
    failed_sessions: i64,
}

/// What is kept for a label.
#[derive(Debug, Default)]
struct Group {
    sums: Sums,
    devices: DeviceDays,
}

impl Group {
    fn touched(&self, by: By, all: i64) -> Touched {
        if by.knows_devices() {
            Touched { failures: self.sums.failures, devices: self.devices.busiest() }
        } else {
            Touched::at_most(self.sums.failures, all)
        }
    }
}

type Groups = BTreeMap<String, Group>;

/// Adds to the group of a label. Without a new text for each of many thousand rows.
fn add_to(groups: &mut Groups, label: &str, metric: Metric, value: i64) {
    let name = shown(label);
    if let Some(group) = groups.get_mut(name) {
        group.sums.add(metric, value);
    } else {
        let mut group = Group::default();
        group.sums.add(metric, value);
        groups.insert(name.to_owned(), group);
    }
}

#[derive(Default)]
struct Totals {
    all: Group,
    by_kind: Groups,
    by_release: Groups,
    by_screen: Groups,
    by_segment: Groups,
    by_region: Groups,
    by_outcome: BTreeMap<String, i64>,
}

impl Sums {
    fn add(&mut self, metric: Metric, value: i64) {
        let sum = match metric {
            Metric::Failures => &mut self.failures,
            Metric::Apologies => &mut self.apologies,
            Metric::MakeGoods => &mut self.make_goods,
            Metric::Opportunities => &mut self.opportunities,
            Metric::Sessions => &mut self.sessions,
            Metric::SessionsFailed => &mut self.failed_sessions,
            _ => return,
        };
        *sum = sum.saturating_add(value);
    }
}

/// Numbers are null where they are of few devices; sessions also where the filter is by what they do not carry.
#[derive(Serialize, Default)]
struct Shown {
    failures: Option<i64>,
    apologies: Option<i64>,
    make_goods: Option<i64>,
    opportunities: Option<i64>,
    sessions: Option<i64>,
    failed_sessions: Option<i64>,
    #[serde(skip_serializing_if = "is_false")]
    few_devices: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks for it
const fn is_false(flag: &bool) -> bool {
    !*flag
}

#[derive(Serialize)]
struct Step {
    t: String,
    #[serde(flatten)]
    sums: Shown,
}

#[derive(Serialize)]
struct ShownTotals {
    #[serde(flatten)]
    sums: Shown,
    by_outcome: BTreeMap<String, i64>,
    by_kind: BTreeMap<String, Shown>,
    by_release: BTreeMap<String, Shown>,
    by_screen: BTreeMap<String, Shown>,
    by_segment: BTreeMap<String, Shown>,
    by_region: BTreeMap<String, Shown>,
}

#[derive(Serialize)]
struct Data<'q> {
    app: &'q str,
    since: String,
    until: String,
    step_s: i64,
    series: Vec<Step>,
    totals: ShownTotals,
    notes: Vec<&'static str>,
}

impl<'q> Answer<'q> {
    /// `least`: fewer devices are hidden.
    pub(super) fn new(query: &'q Query, least: i64) -> Self {
        let steps = (query.until - query.first_step() + query.step - 1) / query.step;
        let steps = usize::try_from(steps).unwrap_or(0);
        Self {
            query,
            least,
            steps: vec![Sums::default(); steps],
            totals: Totals::default(),
            notes: Vec::new(),
            is_hidden: false,
        }
    }

    /// Hides all numbers.
    pub(super) fn hide(&mut self) {
        self.is_hidden = true;
    }

    pub(super) fn note(&mut self, note: &'static str) {
        self.notes.push(note);
    }

    pub(super) fn add(&mut self, minute: i64, row: &Row, value: i64) {
        let at = usize::try_from((minute - self.query.first_step()) / self.query.step).unwrap_or(usize::MAX);
        let Some(step) = self.steps.get_mut(at) else { return };
        step.add(row.metric, value);
        let totals = &mut self.totals;
        let add = |groups: &mut Groups, label: &str| add_to(groups, label, row.metric, value);
        match row.metric {
            Metric::Failures | Metric::Apologies | Metric::MakeGoods | Metric::Opportunities => {
                add(&mut totals.by_kind, row.kind.map_or("", Kind::word));
                add(&mut totals.by_screen, &row.screen);
            }
            Metric::Sessions | Metric::SessionsFailed => {}
            _ => return,
        }
        totals.all.sums.add(row.metric, value);
        add(&mut totals.by_release, &row.release);
        add(&mut totals.by_segment, &row.segment);
        add(&mut totals.by_region, &row.region);
        if row.metric == Metric::Failures {
            if let Some(sum) = totals.by_outcome.get_mut(&row.facet) {
                *sum = sum.saturating_add(value);
            } else {
                totals.by_outcome.insert(row.facet.clone(), value);
            }
        }
    }

    /// Devices of the days that the range touches. They say how many a group has, whatever part of a day is asked for: when a
    /// device fails again is not told.
    pub(super) fn add_devices(&mut self, hour: i64, row: &Row, value: i64) {
        if !DeviceDays::count(&row.facet) {
            return;
        }
        let add = |group: &mut Group| group.devices.add(hour, value);
        let totals = &mut self.totals;
        add(&mut totals.all);
        for (groups, label) in [
            (&mut totals.by_release, &row.release),
            (&mut totals.by_segment, &row.segment),
            (&mut totals.by_region, &row.region),
        ] {
            // A group that counted nothing in the range is none of the answer.
            if let Some(group) = groups.get_mut(shown(label)) {
                add(group);
            }
        }
    }

    /// Whether the whole answer is of few devices: it is about a group of people only where something filters it.
    fn is_few(&self) -> bool {
        let query = self.query;
        let by_labels = query.picks();
        let by_place = query.kind.is_some() || query.screen.is_some();
        let by = if by_place { By::Screen } else { By::Release };
        let devices = self.totals.all.devices.busiest();
        self.is_hidden || (by_labels || by_place) && self.totals.all.touched(by, devices).is_few(self.least)
    }

    /// The steps as CSV.
    pub(super) fn csv(self) -> String {
        let data = self.data();
        let count = |count: Option<i64>, few: bool| match (count, few) {
            (_, true) => Value::Few,
            (Some(count), false) => Value::Count(count),
            (None, false) => Value::Nothing,
        };
        let rows = data.series.iter().map(|step| {
            let Shown { few_devices: few, .. } = step.sums;
            let sums = &step.sums;
            vec![
                Value::Text(step.t.clone()),
                count(sums.failures, few),
                count(sums.apologies, few),
                count(sums.make_goods, few),
                count(sums.opportunities, few),
                count(sums.sessions, few),
                count(sums.failed_sessions, few),
            ]
        });
        let titles =
            ["t", "failures", "apologies", "make_goods", "opportunities", "sessions", "failed_sessions"];
        let columns = titles.map(|title| column(title, title)).to_vec();
        let (title, summary) = (String::new(), String::new());
        Table { name: "counts", title, summary, columns, rows: rows.collect() }.csv()
    }

    pub(super) fn json(self) -> String {
        serde_json::to_string(&serde_json::json!({ "data": self.data() })).unwrap_or_default()
    }

    fn data(self) -> Data<'q> {
        let query = self.query;
        let sessions = query.kind.is_none() && query.screen.is_none();
        let (few, least, all) = (self.is_few(), self.least, self.totals.all.devices.busiest());
        let shown = |sums: Sums, sessions: bool, few: bool| {
            if few {
                return Shown { few_devices: true, ..Shown::default() };
            }
            Shown {
                failures: Some(sums.failures),
                apologies: Some(sums.apologies),
                make_goods: Some(sums.make_goods),
                opportunities: Some(sums.opportunities),
                sessions: sessions.then_some(sums.sessions),
                failed_sessions: sessions.then_some(sums.failed_sessions),
                few_devices: false,
            }
        };
        let groups = |by: By, groups: Groups, sessions: bool| {
            let cells: Vec<Touched> = groups.values().map(|group| group.touched(by, all)).collect();
            let hidden = hidden(&cells, least).into_iter();
            let named = groups.into_iter().zip(hidden);
            named.map(|((name, group), hidden)| (name, shown(group.sums, sessions, few || hidden))).collect()
        };
        let steps = self
            .steps
            .into_iter()
            .zip((query.first_step()..).step_by(usize::try_from(query.step).unwrap_or(1)));
        let mut notes = self.notes;
        if query.from != query.first_step() {
            notes.push("since lies within the first step: that step counts only from since on");
        }
        if !sessions {
            notes.push("sessions carry neither kind nor screen, so they are null under these filters");
        }
        if few {
            notes.push("few devices: the numbers are hidden (--min-devices)");
        }
        Data {
            app: &query.app,
            since: rfc3339(query.from * 60),
            until: rfc3339(query.until * 60),
            step_s: query.step * 60,
            series: steps
                .map(|(sums, minute)| Step { t: rfc3339(minute * 60), sums: shown(sums, sessions, few) })
                .collect(),
            totals: ShownTotals {
                sums: shown(self.totals.all.sums, sessions, few),
                by_outcome: if few { BTreeMap::new() } else { self.totals.by_outcome },
                by_kind: groups(By::Kind, self.totals.by_kind, false),
                by_release: groups(By::Release, self.totals.by_release, sessions),
                by_screen: groups(By::Screen, self.totals.by_screen, false),
                by_segment: groups(By::Segment, self.totals.by_segment, sessions),
                by_region: groups(By::Region, self.totals.by_region, sessions),
            },
            notes,
        }
    }
}

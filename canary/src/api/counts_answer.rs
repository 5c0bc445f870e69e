//! The answer of `/v1/counts`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::counts_query::{NONE, Query};
use crate::count::vocabulary::{Kind, Metric};
use crate::instant::rfc3339;
use crate::store::Row;

/// Collects cells into steps and totals.
pub(super) struct Answer<'q> {
    query: &'q Query,
    steps: Vec<Sums>,
    totals: Totals,
    notes: Vec<&'static str>,
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

#[derive(Default)]
struct Totals {
    all: Sums,
    by_kind: BTreeMap<String, Sums>,
    by_release: BTreeMap<String, Sums>,
    by_screen: BTreeMap<String, Sums>,
    by_segment: BTreeMap<String, Sums>,
    by_region: BTreeMap<String, Sums>,
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

/// Sessions are null where the filter is by what they do not carry.
#[derive(Serialize)]
struct Shown {
    failures: i64,
    apologies: i64,
    make_goods: i64,
    opportunities: i64,
    sessions: Option<i64>,
    failed_sessions: Option<i64>,
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
    pub(super) fn new(query: &'q Query) -> Self {
        let steps = (query.until - query.first_step() + query.step - 1) / query.step;
        let steps = usize::try_from(steps).unwrap_or(0);
        Self { query, steps: vec![Sums::default(); steps], totals: Totals::default(), notes: Vec::new() }
    }

    pub(super) fn note(&mut self, note: &'static str) {
        self.notes.push(note);
    }

    pub(super) fn add(&mut self, minute: i64, row: &Row, value: i64) {
        let at = usize::try_from((minute - self.query.first_step()) / self.query.step).unwrap_or(usize::MAX);
        let Some(step) = self.steps.get_mut(at) else { return };
        step.add(row.metric, value);
        let totals = &mut self.totals;
        totals.all.add(row.metric, value);
        let name = |text: &str| if text.is_empty() { NONE.to_owned() } else { text.to_owned() };
        match row.metric {
            Metric::Failures | Metric::Apologies | Metric::MakeGoods | Metric::Opportunities => {
                let kind = row.kind.map_or("", Kind::word);
                totals.by_kind.entry(name(kind)).or_default().add(row.metric, value);
                totals.by_screen.entry(name(&row.screen)).or_default().add(row.metric, value);
            }
            Metric::Sessions | Metric::SessionsFailed => {}
            _ => return,
        }
        totals.by_release.entry(name(&row.release)).or_default().add(row.metric, value);
        totals.by_segment.entry(name(&row.segment)).or_default().add(row.metric, value);
        totals.by_region.entry(name(&row.region)).or_default().add(row.metric, value);
        if row.metric == Metric::Failures {
            let sum = totals.by_outcome.entry(row.facet.clone()).or_default();
            *sum = sum.saturating_add(value);
        }
    }

    pub(super) fn json(self) -> String {
        let query = self.query;
        let sessions = query.kind.is_none() && query.screen.is_none();
        let shown = |sums: Sums, sessions: bool| Shown {
            failures: sums.failures,
            apologies: sums.apologies,
            make_goods: sums.make_goods,
            opportunities: sums.opportunities,
            sessions: sessions.then_some(sums.sessions),
            failed_sessions: sessions.then_some(sums.failed_sessions),
        };
        let all_shown = |sums: BTreeMap<String, Sums>, sessions: bool| {
            sums.into_iter().map(|(name, sums)| (name, shown(sums, sessions))).collect()
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
        let data = Data {
            app: &query.app,
            since: rfc3339(query.from * 60),
            until: rfc3339(query.until * 60),
            step_s: query.step * 60,
            series: steps
                .map(|(sums, minute)| Step { t: rfc3339(minute * 60), sums: shown(sums, sessions) })
                .collect(),
            totals: ShownTotals {
                sums: shown(self.totals.all, sessions),
                by_outcome: self.totals.by_outcome,
                by_kind: all_shown(self.totals.by_kind, false),
                by_release: all_shown(self.totals.by_release, sessions),
                by_screen: all_shown(self.totals.by_screen, false),
                by_segment: all_shown(self.totals.by_segment, sessions),
                by_region: all_shown(self.totals.by_region, sessions),
            },
            notes,
        };
        serde_json::to_string(&serde_json::json!({ "data": data })).unwrap_or_default()
    }
}

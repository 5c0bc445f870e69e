//! Whether a filter of `/v1/counts` picks a label that the list of all its like hides: else what the list does not say could
//! be asked for one by one, and the smallest had by subtraction.

use std::collections::BTreeMap;

use super::counts_query::Query;
use crate::count::vocabulary::First;
use crate::sight::few::{Touched, hidden};
use crate::store::Row;

/// Devices of each day by label; the busiest day is the least that a label touched.
type Devices = BTreeMap<String, BTreeMap<i64, i64>>;

/// Collects the devices of the whole app.
pub(super) struct Picked<'q> {
    query: &'q Query,
    releases: Devices,
    segments: Devices,
    regions: Devices,
}

impl<'q> Picked<'q> {
    pub(super) fn new(query: &'q Query) -> Self {
        Self { query, releases: Devices::new(), segments: Devices::new(), regions: Devices::new() }
    }

    pub(super) fn add(&mut self, hour: i64, row: &Row, value: i64) {
        if row.facet != First::Today.word() {
            return;
        }
        for (all, label) in [
            (&mut self.releases, &row.release),
            (&mut self.segments, &row.segment),
            (&mut self.regions, &row.region),
        ] {
            if !all.contains_key(label) {
                all.insert(label.clone(), BTreeMap::new());
            }
            if let Some(days) = all.get_mut(label) {
                let devices = days.entry(hour.div_euclid(24)).or_default();
                *devices = devices.saturating_add(value);
            }
        }
    }

    /// Whether any of the labels that are picked is hidden among its like.
    pub(super) fn is_hidden(&self, least: i64) -> bool {
        [
            (&self.releases, &self.query.release),
            (&self.segments, &self.query.segment),
            (&self.regions, &self.query.region),
        ]
        .into_iter()
        .any(|(all, picked)| picked.as_ref().is_some_and(|picked| hides(all, picked, least)))
    }
}

fn hides(all: &Devices, picked: &str, least: i64) -> bool {
    let cells: Vec<Touched> = all
        .values()
        .map(|days| {
            let devices = days.values().copied().max().unwrap_or(0);
            Touched { failures: devices, devices }
        })
        .collect();
    all.keys().zip(hidden(&cells, least)).any(|(label, hidden)| hidden && label == picked)
}

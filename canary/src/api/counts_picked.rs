//! Whether a filter of `/v1/counts` picks a label that the list of all its like hides: else what the list does not say could
//! be asked for one by one, and the smallest had by subtraction.

use std::collections::BTreeMap;

use super::counts_query::Query;
use crate::count::device_days::DeviceDays;
use crate::sight::few::{Touched, hidden};
use crate::store::Row;

/// Devices by label.
type Devices = BTreeMap<String, DeviceDays>;

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
        if !DeviceDays::count(&row.facet) {
            return;
        }
        for (all, label) in [
            (&mut self.releases, &row.release),
            (&mut self.segments, &row.segment),
            (&mut self.regions, &row.region),
        ] {
            if !all.contains_key(label) {
                all.insert(label.clone(), DeviceDays::default());
            }
            if let Some(days) = all.get_mut(label) {
                days.add(hour, value);
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
            let devices = days.busiest();
            Touched { failures: devices, devices }
        })
        .collect();
    all.keys().zip(hidden(&cells, least)).any(|(label, hidden)| hidden && label == picked)
}

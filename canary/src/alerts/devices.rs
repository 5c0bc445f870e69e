//! How many devices a group touched: alerts publish nothing of a few people, as the tables do not.

use std::collections::BTreeMap;

use super::counts::{Counts, scan_devices};
use super::definition::{Alert, By};
use crate::count::device_days::DeviceDays;
use crate::store::ReadError;

const DAY: i64 = 1_440;
/// The labels that devices know.
const KNOWN: [By; 4] = [By::Release, By::Segment, By::Region, By::System];

/// Devices that failed by day, for each set of labels.
#[derive(Debug)]
pub(super) struct Devices(BTreeMap<[String; KNOWN.len()], DeviceDays>);

impl Devices {
    /// Whether the groups of an alert know their devices.
    pub(super) fn are_known(alert: &Alert) -> bool {
        alert.only.iter().map(|(by, _)| by).chain(&alert.by).any(|by| KNOWN.contains(by))
    }

    /// Reads the whole days that these minutes touch.
    pub(super) fn read(counts: &dyn Counts, app: &str, from: i64, until: i64) -> Result<Self, ReadError> {
        let mut all: BTreeMap<_, DeviceDays> = BTreeMap::new();
        let hours = (from.div_euclid(DAY) * 24, (until - 1).div_euclid(60) + 1);
        counts.hours(&scan_devices(app, hours.0, hours.1), &mut |hour, row, value| {
            if DeviceDays::count(&row.facet) {
                all.entry(KNOWN.map(|by| by.of(row).to_owned())).or_default().add(hour, value);
            }
        })?;
        Ok(Self(all))
    }

    /// Those of a group on its busiest day from a minute on: at least so many it touched.
    pub(super) fn of(&self, alert: &Alert, key: &[String], from: i64) -> i64 {
        let only = alert.only.iter().map(|(by, value)| (*by, value));
        let labels: Vec<(By, &String)> = only.chain(alert.by.iter().copied().zip(key)).collect();
        let mut sums = DeviceDays::default();
        for (own, days) in &self.0 {
            let is = |by: By, value: &String| {
                KNOWN.iter().zip(own).all(|(known, own)| *known != by || own == value)
            };
            if labels.iter().all(|(by, value)| is(*by, value)) {
                sums.join(days, from.div_euclid(DAY));
            }
        }
        sums.busiest()
    }
}

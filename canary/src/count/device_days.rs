//! Devices that failed, by the day. A device is counted on each day that it failed, so the busiest day is the least that a
//! label touched: who comes again is not told.

use std::collections::BTreeMap;

use super::vocabulary::First;

/// See the module. Days and hours since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DeviceDays(BTreeMap<i64, i64>);

impl DeviceDays {
    /// Whether this facet of `amends.devices.failed` is what is counted by the day.
    pub(crate) fn count(facet: &str) -> bool {
        facet == First::Today.word()
    }

    pub(crate) fn add(&mut self, hour: i64, devices: i64) {
        self.add_to(hour.div_euclid(24), devices);
    }

    /// Adds those of others, from a day on.
    pub(crate) fn join(&mut self, others: &Self, from_day: i64) {
        for (day, devices) in others.0.range(from_day..) {
            self.add_to(*day, *devices);
        }
    }

    /// Those of the busiest day.
    pub(crate) fn busiest(&self) -> i64 {
        self.0.values().copied().max().unwrap_or(0)
    }

    fn add_to(&mut self, day: i64, devices: i64) {
        let sum = self.0.entry(day).or_default();
        *sum = sum.saturating_add(devices);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_day_counts_and_days_of_several_are_added_up() {
        let (mut one, mut other) = (DeviceDays::default(), DeviceDays::default());
        for (hour, devices) in [(23, 2), (24, 3), (25, 4), (48, 6)] {
            one.add(hour, devices);
        }
        assert_eq!((one.busiest(), other.busiest()), (7, 0));
        other.add(50, 5);
        other.join(&one, 2);
        assert_eq!(other.busiest(), 11);
        assert_eq!(other, DeviceDays([(2, 11)].into()), "the days before are left out");
    }
}

//! The counts that alerts look at, and where they come from.

use crate::count::vocabulary::Metric;
use crate::store::{ReadError, Row, Scan};

/// What alerts are about.
const METRICS: &[Metric] =
    &[Metric::Failures, Metric::Opportunities, Metric::Sessions, Metric::SessionsFailed];

/// The store of a running canary, or one at rest.
pub(crate) trait Counts {
    /// Calls `row` for each minute of each series in the scan, whose span is in minutes.
    fn minutes(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError>;

    /// The same by the hour.
    fn hours(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError>;
}

/// All that alerts are about, of an app.
pub(super) fn scan(app: &str, from: i64, until: i64) -> Scan {
    Scan { app: app.to_owned(), metrics: METRICS, from, until, ..Scan::default() }
}

/// The devices that failed.
pub(super) fn scan_devices(app: &str, from: i64, until: i64) -> Scan {
    Scan { metrics: &[Metric::DevicesFailed], ..scan(app, from, until) }
}

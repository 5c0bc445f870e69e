//! Looking at the counts for the alerts, again and again.

use std::sync::Arc;

use super::Shared;
use crate::alerts::counts::Counts;
use crate::alerts::outputs::{Pace, now_ms};
use crate::count::clock::ClockRule;
use crate::live::now_s;
use crate::store::{ReadError, Row, Scan, Turn};

/// Looks now, and then at each pace, until it is aborted.
pub(super) async fn look(shared: &Arc<Shared>, pace: Pace) {
    loop {
        // However many others read: a look that is left out is a minute in which nobody is told.
        let Some(turn) = shared.store.sure_turn().await else { return };
        let own = Arc::clone(shared);
        let looked = tokio::task::spawn_blocking(move || once(&own, &turn));
        // A look that failed has said so in the status.
        let _ = looked.await;
        tokio::time::sleep(pace.look).await;
    }
}

fn once(shared: &Shared, turn: &Turn) {
    let settled = shared.alerts.settle_min() * 60;
    let now = |app: &str| match shared.clock {
        ClockRule::Plausible => now_s(),
        // In virtual time, now is right behind the newest count.
        ClockRule::Any => {
            shared.live.newest_minute(app).map_or_else(now_s, |minute| minute * 60 + 59 + settled)
        }
    };
    let apps: Vec<(Arc<str>, i64)> =
        shared.live.apps().into_iter().map(|app| (Arc::clone(&app), now(&app))).collect();
    shared.alerts.look(&Reading { shared, turn }, &apps, now_ms());
}

struct Reading<'s> {
    shared: &'s Shared,
    turn: &'s Turn,
}

impl Counts for Reading<'_> {
    fn minutes(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        self.shared.store.scan(self.turn, scan, row)
    }

    fn hours(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        self.shared.store.scan_hours(self.turn, scan, row)
    }
}

//! Which releases there are, how their sessions fare, and two of them side by side.

use std::collections::BTreeMap;

use super::few::{Touched, hidden};
use super::table::{Reading, Table, Value, column};
use crate::count::labels::shown;
use crate::count::observation::OTHER;
use crate::count::vocabulary::{First, Metric};
use crate::instant::rfc3339;
use crate::store::{ReadError, Scan, Store, Turn};
use crate::verdict::Question;
use amends_verdict::Settings;

/// Hours that are looked back on: as far as the verdict does.
pub(crate) const BACK: i64 = 45 * 24;
/// Hours of the chart: the week of a phased release.
const SHOWN: i64 = 7 * 24;

/// One release.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Release {
    pub(crate) name: String,
    pub(crate) sessions: i64,
    pub(crate) failed: i64,
    /// Devices that failed on it for the first time.
    pub(crate) devices: i64,
    /// The first hour with sessions, since 1970.
    pub(crate) since: i64,
    /// Sessions and failed ones by the hour.
    hours: BTreeMap<i64, (i64, i64)>,
}

/// See the module. Newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Releases(pub(crate) Vec<Release>);

/// Reads an app's releases of the last 45 days. Blocks.
pub(crate) fn read(store: &Store, turn: &Turn, app: &str, now_minute: i64) -> Result<Releases, ReadError> {
    let running = now_minute.div_euclid(60);
    let metrics: &[Metric] = &[Metric::Sessions, Metric::SessionsFailed, Metric::DevicesFailed];
    let scan =
        Scan { app: app.to_owned(), metrics, from: running - BACK, until: running + 2, ..Scan::default() };
    let mut found: BTreeMap<String, Release> = BTreeMap::new();
    store.scan_hours(turn, &scan, &mut |hour, row, value| {
        if !found.contains_key(&row.release) {
            found.insert(
                row.release.clone(),
                Release { name: row.release.clone(), since: i64::MAX, ..Release::default() },
            );
        }
        if let Some(release) = found.get_mut(&row.release) {
            release.add(hour, row.metric, &row.facet, value);
        }
    })?;
    Ok(Releases::newest_first(found.into_values()))
}

impl Release {
    fn add(&mut self, hour: i64, metric: Metric, facet: &str, value: i64) {
        let (sessions, failed) = self.hours.entry(hour).or_default();
        match metric {
            Metric::Sessions => {
                *sessions = sessions.saturating_add(value);
                self.sessions = self.sessions.saturating_add(value);
                self.since = self.since.min(hour);
            }
            Metric::SessionsFailed => {
                *failed = failed.saturating_add(value);
                self.failed = self.failed.saturating_add(value);
            }
            Metric::DevicesFailed if facet == First::Release.word() => {
                self.devices = self.devices.saturating_add(value);
            }
            _ => {}
        }
    }

    /// The share of sessions with a failure; `None` without sessions.
    #[allow(clippy::cast_precision_loss)] // counts far below 2^53
    pub(crate) fn share(&self) -> Option<f64> {
        (self.sessions > 0).then(|| self.failed as f64 / self.sessions.max(self.failed) as f64)
    }

    const fn touched(&self) -> Touched {
        Touched { failures: self.failed, devices: self.devices }
    }

    /// Whether its figures must not be shown.
    pub(crate) const fn is_few(&self, least: i64) -> bool {
        self.touched().is_few(least)
    }
}

impl Releases {
    /// Whether what is said of these two would be about few devices.
    pub(crate) fn is_few(&self, candidate: &str, control: &str, least: i64) -> bool {
        [candidate, control]
            .into_iter()
            .filter_map(|name| self.named(name))
            .any(|release| release.is_few(least))
    }

    fn newest_first(releases: impl Iterator<Item = Release>) -> Self {
        // One that was only folded, or never had a session, is none to compare.
        let mut releases: Vec<Release> =
            releases.filter(|release| release.sessions > 0 && release.name != OTHER).collect();
        releases
            .sort_by(|one, other| other.since.cmp(&one.since).then_with(|| natural(&other.name, &one.name)));
        Self(releases)
    }

    /// The one that came out last; `None` where there is only one.
    pub(crate) fn candidate(&self) -> Option<&Release> {
        if self.0.len() > 1 { self.0.first() } else { None }
    }

    /// The one of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Release> {
        self.0.iter().find(|release| release.name == name)
    }

    /// A row for each release, newest first.
    pub(crate) fn table(&self, least: i64) -> Table {
        let cells: Vec<Touched> = self.0.iter().map(Release::touched).collect();
        let rows = self.0.iter().zip(hidden(&cells, least)).map(|(release, few)| {
            let count = |count: i64| if few { Value::Few } else { Value::Count(count) };
            vec![
                Value::Text(shown(&release.name).to_owned()),
                Value::Text(rfc3339(release.since * 3_600)),
                Value::Count(release.sessions),
                count(release.failed),
                if few { Value::Few } else { Value::number(release.share()) },
                count(release.devices),
            ]
        });
        Table {
            name: "releases",
            title: "Releases of the last 45 days".to_owned(),
            summary: "Sessions in which something failed, by release, newest first.".to_owned(),
            columns: vec![
                column("release", "Release"),
                column("since", "Since").read_as(Reading::Hour),
                column("sessions", "Sessions"),
                column("failed_sessions", "Failed"),
                column("share", "Share").read_as(Reading::Share),
                column("devices", "Devices"),
            ],
            rows: rows.collect(),
        }
    }

    /// The shares of two releases by the hour, over the last week or since the candidate is out. Hidden altogether where
    /// either has few devices.
    pub(crate) fn side_by_side(&self, candidate: &str, control: &str, now_hour: i64, least: i64) -> Table {
        let (one, other) = (self.named(candidate), self.named(control));
        let few = self.is_few(candidate, control, least);
        let first = one.map_or(now_hour, |release| release.since.max(now_hour - SHOWN + 1));
        let share = |release: Option<&Release>, hour: i64| {
            if few {
                return Value::Few;
            }
            let (sessions, failed) =
                release.and_then(|release| release.hours.get(&hour)).copied().unwrap_or_default();
            #[allow(clippy::cast_precision_loss)] // counts far below 2^53
            Value::number((sessions > 0).then(|| failed as f64 / sessions.max(failed) as f64))
        };
        let rows = (first..=now_hour)
            .map(|hour| vec![Value::Text(rfc3339(hour * 3_600)), share(one, hour), share(other, hour)]);
        Table {
            name: "release-hours",
            title: "Share of sessions with a failure, by the hour".to_owned(),
            summary: format!("{} beside {}.", shown(candidate), shown(control)),
            columns: vec![
                column("hour", "Hour (UTC)").read_as(Reading::Hour),
                column("candidate", "New release").read_as(Reading::Share),
                column("control", "Beside it").read_as(Reading::Share),
            ],
            rows: rows.collect(),
        }
    }
}

/// What the verdict is asked of two releases; without a control it finds one.
pub(crate) fn question(app: &str, candidate: &str, control: Option<String>, now_minute: i64) -> Question {
    let running = now_minute.div_euclid(60);
    Question {
        app: Some(app.to_owned()),
        release: candidate.to_owned(),
        control: control.filter(|control| control != candidate),
        settings: Settings::default(),
        from: running - BACK,
        until: running + 2,
        app_is_known: true,
    }
}

/// Numbers within names by their value: 1.10 comes after 1.9.
fn natural(one: &str, other: &str) -> std::cmp::Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        text.split(['.', '-', '+', '_'])
            .map(|part| (part.parse().unwrap_or(u64::MAX), part.to_owned()))
            .collect()
    };
    parts(one).cmp(&parts(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(name: &str, since: i64, sessions: i64, failed: i64, devices: i64) -> Release {
        let mut release = Release { name: name.to_owned(), since: i64::MAX, ..Release::default() };
        release.add(since, Metric::Sessions, "", sessions);
        release.add(since, Metric::SessionsFailed, "", failed);
        release.add(since, Metric::DevicesFailed, "release", devices);
        release.add(since, Metric::DevicesFailed, "today", 1_000);
        release
    }

    #[test]
    fn the_newest_is_the_candidate() {
        let all = [release("1.9", 5, 10, 1, 1), release("1.10", 5, 10, 1, 1), release("1.8", 1, 10, 1, 1)];
        let releases = Releases::newest_first(all.into_iter());
        let names: Vec<&str> = releases.0.iter().map(|release| &*release.name).collect();
        assert_eq!(names, ["1.10", "1.9", "1.8"]);
        assert_eq!(releases.candidate().map(|release| &*release.name), Some("1.10"));
        let one = Releases::newest_first([release("1", 1, 10, 1, 1), release("2", 2, 0, 1, 1)].into_iter());
        assert_eq!((one.0.len(), one.candidate()), (1, None));
    }

    #[test]
    fn few_devices_have_sessions_and_no_failures() {
        let releases =
            Releases::newest_first([release("1", 1, 900, 90, 80), release("2", 9, 100, 9, 2)].into_iter());
        let csv = releases.table(5).csv();
        assert!(csv.contains("2,1970-01-01T09:00:00Z,100,few devices,few devices,few devices"), "{csv}");
        assert!(releases.table(1).csv().contains(",900,90,0.1,80"));
        let hours = releases.side_by_side("2", "1", 10, 5);
        assert_eq!(hours.rows.first().map(|row| row.get(1)), Some(Some(&Value::Few)));
        let hours = releases.side_by_side("2", "1", 10, 1);
        assert_eq!((hours.rows.len(), &hours.rows[0][1]), (2, &Value::Number(0.09)));
    }
}

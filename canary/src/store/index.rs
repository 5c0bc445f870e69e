//! Every app, label and series in the writer's memory: where a point goes, and what is still allowed.
//!
//! All changes can be taken back, for a transaction that does not commit.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::{Connection, Transaction};

use super::fold::{Class, Fold, LABELS, classes};
use super::limits::Limits;
use crate::count::observation::{OTHER, Observation};
use crate::count::reading::Rejection;
use crate::count::vocabulary::{Kind, Metric};

/// A series of an app; labels by their number in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SeriesKey {
    pub(super) metric: Metric,
    pub(super) labels: [u32; LABELS],
}

/// Where a series is and what it has counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) id: i64,
    pub(super) total: i64,
}

/// An app's labels and series.
#[derive(Debug)]
pub(super) struct App {
    pub(super) id: i64,
    labels: HashMap<Class, HashMap<Arc<str>, u32>>,
    next_number: u32,
    pub(super) series: HashMap<SeriesKey, Slot>,
}

/// What to take back.
pub(super) enum Undo {
    App(Arc<str>),
    Label(Arc<str>, Class, Arc<str>),
    Series(Arc<str>, SeriesKey),
    Total(Arc<str>, SeriesKey, i64),
}

/// One cell that was counted, with its labels after folding.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) app_id: i64,
    pub(super) series: i64,
    pub(super) total: i64,
    pub(super) delta: i64,
    pub(super) app: Arc<str>,
    pub(super) release: Arc<str>,
    pub(super) screen: Arc<str>,
    pub(super) segment: Arc<str>,
    pub(super) region: Arc<str>,
    pub(super) facet: Arc<str>,
}

/// Why an observation was not placed.
pub(super) enum NotPlaced {
    Rejected(Rejection),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for NotPlaced {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// See the module.
pub(super) struct Index {
    apps: HashMap<Arc<str>, App>,
    limits: Limits,
    undo: Vec<Undo>,
}

impl App {
    fn new(id: i64) -> Self {
        Self { id, labels: HashMap::new(), next_number: 0, series: HashMap::new() }
    }

    pub(super) fn number(&self, class: Class, text: &str) -> Option<(u32, Arc<str>)> {
        let (text, number) = self.labels.get(&class)?.get_key_value(text)?;
        Some((*number, Arc::clone(text)))
    }

    pub(super) fn add_label(&mut self, class: Class, text: Arc<str>) -> u32 {
        let number = self.next_number;
        self.next_number = number.wrapping_add(1);
        self.labels.entry(class).or_default().insert(text, number);
        number
    }

    /// Labels of a class that count against its limit: all but the empty one and `_other`.
    pub(super) fn size(&self, class: Class) -> usize {
        let Some(labels) = self.labels.get(&class) else { return 0 };
        let free = ["", OTHER].iter().filter(|text| labels.contains_key(**text)).count();
        labels.len().saturating_sub(free)
    }
}

impl Index {
    /// Reads all apps and series.
    pub(super) fn load(db: &Connection, limits: Limits) -> rusqlite::Result<Self> {
        let mut index = Self { apps: HashMap::new(), limits, undo: Vec::new() };
        let mut names: HashMap<i64, Arc<str>> = HashMap::new();
        let mut select = db.prepare("SELECT id, name FROM apps")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, name): (i64, Arc<str>) = (row.get(0)?, row.get(1)?);
            names.insert(id, Arc::clone(&name));
            index.apps.insert(name, App::new(id));
        }
        let mut select = db.prepare(
            "SELECT app, id, total, metric, facet, release, os_name, os_version, screen, segment, kind, region
             FROM series",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let metric: String = row.get(3)?;
            // A metric of a later version is left alone.
            let Some(metric) = Metric::from_word(&metric) else { continue };
            let Some(app) = names.get(&row.get(0)?).and_then(|name| index.apps.get_mut(name)) else {
                continue;
            };
            let mut labels = [0; LABELS];
            for ((label, class), column) in labels.iter_mut().zip(classes(metric)).zip(4..) {
                let text: Arc<str> = row.get(column)?;
                *label = match app.number(class, &text) {
                    Some((number, _)) => number,
                    None => app.add_label(class, text),
                };
            }
            app.series.insert(SeriesKey { metric, labels }, Slot { id: row.get(1)?, total: row.get(2)? });
        }
        Ok(index)
    }

    /// Checks that there is room for all apps of a batch; gives a new one and the limit if not.
    pub(super) fn room_for(&self, observations: &[Observation]) -> Result<(), (String, usize)> {
        let new: HashSet<&str> = observations
            .iter()
            .map(|observation| &*observation.origin.app)
            .filter(|app| !self.apps.contains_key(*app))
            .collect();
        match new.iter().min() {
            Some(app) if self.apps.len() + new.len() > self.limits.apps => {
                Err((crate::count::shorten(app), self.limits.apps))
            }
            _ => Ok(()),
        }
    }

    /// Finds or makes the series of each cell and adds the deltas to their totals; all cells or none.
    pub(super) fn place(
        &mut self,
        tx: &Transaction<'_>,
        observation: &Observation,
        placed: &mut Vec<Placed>,
    ) -> Result<(), NotPlaced> {
        let app = self.app(tx, &observation.origin.app)?;
        let (before, steps) = (placed.len(), self.undo.len());
        for (facet, delta) in &observation.cells {
            let slot = self.cell(tx, &app, observation, facet, *delta)?;
            let Some(cell) = slot else {
                // Totals go back; series made for the other cells stay, empty and harmless.
                self.take_back_totals(steps);
                placed.truncate(before);
                return Err(NotPlaced::Rejected(Rejection::Overflow));
            };
            placed.push(cell);
        }
        Ok(())
    }

    fn app(&mut self, tx: &Transaction<'_>, name: &str) -> Result<Arc<str>, NotPlaced> {
        if let Some((known, _)) = self.apps.get_key_value(name) {
            return Ok(Arc::clone(known));
        }
        tx.prepare_cached("INSERT INTO apps (name) VALUES (?1)")?.execute([name])?;
        let name: Arc<str> = Arc::from(name);
        self.apps.insert(Arc::clone(&name), App::new(tx.last_insert_rowid()));
        self.undo.push(Undo::App(Arc::clone(&name)));
        Ok(name)
    }

    /// `None` when the total would overflow.
    fn cell(
        &mut self,
        tx: &Transaction<'_>,
        app_name: &Arc<str>,
        observation: &Observation,
        facet: &str,
        delta: i64,
    ) -> Result<Option<Placed>, NotPlaced> {
        let Some(app) = self.apps.get_mut(app_name) else { return Ok(None) };
        let origin = &observation.origin;
        let kind = observation.kind.map_or("", Kind::word);
        let wanted = [
            facet,
            &origin.release,
            &origin.os_name,
            &origin.os_version,
            &observation.screen,
            &observation.segment,
            kind,
            &origin.region,
        ];
        let mut fold = Fold { app, name: app_name, limits: &self.limits, undo: &mut self.undo };
        let (key, texts) = fold.key(observation.metric, wanted);
        if !fold.app.series.contains_key(&key) {
            fold.insert(tx, key, &texts)?;
        }
        let Some(slot) = app.series.get_mut(&key) else { return Ok(None) };
        let Some(total) = slot.total.checked_add(delta) else { return Ok(None) };
        self.undo.push(Undo::Total(Arc::clone(app_name), key, slot.total));
        slot.total = total;
        let series = slot.id;
        let [facet, release, _, _, screen, segment, _, region] = texts;
        Ok(Some(Placed {
            app_id: app.id,
            series,
            total,
            delta,
            app: Arc::clone(app_name),
            release,
            screen,
            segment,
            region,
            facet,
        }))
    }

    /// The transaction is on disk.
    pub(super) fn keep(&mut self) {
        self.undo.clear();
    }

    /// The transaction is gone: back to how it was.
    pub(super) fn take_back(&mut self) {
        while let Some(undo) = self.undo.pop() {
            self.apply(undo);
        }
    }

    fn take_back_totals(&mut self, steps: usize) {
        let later = self.undo.split_off(steps);
        for undo in later.into_iter().rev() {
            if matches!(undo, Undo::Total(..)) { self.apply(undo) } else { self.undo.push(undo) }
        }
    }

    fn apply(&mut self, undo: Undo) {
        match undo {
            Undo::App(name) => {
                self.apps.remove(&name);
            }
            Undo::Label(name, class, text) => {
                if let Some(labels) = self.apps.get_mut(&name).and_then(|app| app.labels.get_mut(&class)) {
                    labels.remove(&text);
                }
            }
            Undo::Series(name, key) => {
                if let Some(app) = self.apps.get_mut(&name) {
                    app.series.remove(&key);
                }
            }
            Undo::Total(name, key, total) => {
                if let Some(slot) = self.apps.get_mut(&name).and_then(|app| app.series.get_mut(&key)) {
                    slot.total = total;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::observation::Origin;

    fn observation(screen: &str, delta: i64) -> Observation {
        let text = |text: &str| text.to_owned();
        let origin = Origin {
            app: text("shop"),
            release: text("1"),
            os_name: text("Android"),
            os_version: text("15"),
            region: String::new(),
        };
        Observation {
            origin: Arc::new(origin),
            metric: Metric::Apologies,
            kind: Some(Kind::Hang),
            screen: text(screen),
            segment: String::new(),
            minute: 1,
            cells: vec![(String::new(), delta)],
        }
    }

    /// The screen under which it was counted, and the series' total; `None` when it was rejected.
    fn place(index: &mut Index, tx: &Transaction<'_>, screen: &str, delta: i64) -> Option<(String, i64)> {
        let mut placed = Vec::new();
        match index.place(tx, &observation(screen, delta), &mut placed) {
            Ok(()) => placed.pop().map(|cell| (cell.screen.to_string(), cell.total)),
            Err(NotPlaced::Rejected(_)) => None,
            Err(NotPlaced::Sqlite(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn too_many_series_fold_whatever_the_labels() {
        let dir = tempfile::tempdir().unwrap();
        let mut db = super::super::open::open(&dir.path().join("db"), None).unwrap();
        let limits = Limits { series: 3, ..Limits::default() };
        let mut index = Index::load(&db, limits).unwrap();
        let tx = db.transaction().unwrap();
        for screen in ["a", "b", "c"] {
            assert_eq!(place(&mut index, &tx, screen, 1), Some((screen.to_owned(), 1)));
        }
        assert_eq!(place(&mut index, &tx, "d", 1), Some((OTHER.to_owned(), 1)));
        assert_eq!(place(&mut index, &tx, "e", 1), Some((OTHER.to_owned(), 2)));
        assert_eq!(place(&mut index, &tx, "a", 1), Some(("a".to_owned(), 2)), "known series go on");
    }

    #[test]
    fn what_did_not_commit_never_was() {
        let dir = tempfile::tempdir().unwrap();
        let mut db = super::super::open::open(&dir.path().join("db"), None).unwrap();
        let mut index = Index::load(&db, Limits { screens: 2, ..Limits::default() }).unwrap();
        let tx = db.transaction().unwrap();
        assert_eq!(place(&mut index, &tx, "a", 5), Some(("a".to_owned(), 5)));
        tx.commit().unwrap();
        index.keep();

        let tx = db.transaction().unwrap();
        assert_eq!(place(&mut index, &tx, "a", 7), Some(("a".to_owned(), 12)));
        assert_eq!(place(&mut index, &tx, "b", 1), Some(("b".to_owned(), 1)));
        tx.rollback().unwrap();
        index.take_back();

        let tx = db.transaction().unwrap();
        assert_eq!(place(&mut index, &tx, "a", 1), Some(("a".to_owned(), 6)));
        assert_eq!(place(&mut index, &tx, "c", 1), Some(("c".to_owned(), 1)), "b took no place");
        assert_eq!(place(&mut index, &tx, "d", 1), Some((OTHER.to_owned(), 1)));
        assert_eq!(place(&mut index, &tx, "a", i64::MAX), None, "a total never overflows");
        assert_eq!(place(&mut index, &tx, "a", 1), Some(("a".to_owned(), 7)));
    }
}

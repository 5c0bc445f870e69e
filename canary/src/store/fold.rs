//! Folding an app's labels to `_other` where they go beyond a limit.

use std::sync::Arc;

use rusqlite::{Transaction, params};

use super::index::{App, SeriesKey, Slot, Undo};
use super::limits::Limits;
use crate::count::observation::OTHER;
use crate::count::vocabulary::Metric;

/// Classes of labels, each with its own limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Facet,
    /// The facet of losses: the one whose words are free.
    Reason,
    Release,
    OsName,
    OsVersion,
    Screen,
    Segment,
    Kind,
    Region,
}

/// Labels of a series.
pub(super) const LABELS: usize = 8;

/// The classes of a series' labels, in their order.
pub(super) const fn classes(metric: Metric) -> [Class; LABELS] {
    let facet = if matches!(metric, Metric::Losses) { Class::Reason } else { Class::Facet };
    [
        facet,
        Class::Release,
        Class::OsName,
        Class::OsVersion,
        Class::Screen,
        Class::Segment,
        Class::Kind,
        Class::Region,
    ]
}

/// See the module.
pub(super) struct Fold<'a> {
    pub(super) app: &'a mut App,
    pub(super) name: &'a Arc<str>,
    pub(super) limits: &'a Limits,
    pub(super) undo: &'a mut Vec<Undo>,
}

/// A series' labels, folded.
pub(super) type Texts = [Arc<str>; LABELS];

impl Fold<'_> {
    /// The key for these labels: as they are, or with those beyond a limit folded.
    pub(super) fn key(&mut self, metric: Metric, mut wanted: [&str; LABELS]) -> (SeriesKey, Texts) {
        for (text, class) in wanted.iter_mut().zip(classes(metric)) {
            let full = self.app.size(class) >= self.limit(class);
            if full && !text.is_empty() && self.app.number(class, text).is_none() {
                *text = OTHER;
            }
        }
        if self.app.series.len() >= self.limits.series && !self.exists(metric, wanted) {
            // Too many combinations: keep the release, which the verdict needs, as long as twice the room lasts.
            let all = self.app.series.len() >= self.limits.series.saturating_mul(2);
            for (text, class) in wanted.iter_mut().zip(classes(metric)) {
                let detail = matches!(
                    class,
                    Class::OsName | Class::OsVersion | Class::Screen | Class::Segment | Class::Region
                );
                let last = all && (matches!(class, Class::Release | Class::Reason));
                if (detail || last) && !text.is_empty() {
                    *text = OTHER;
                }
            }
        }
        let mut labels = [0; LABELS];
        let mut place = labels.iter_mut();
        let mut class = classes(metric).into_iter();
        let texts = wanted.map(|text| {
            let (number, text) = self.intern(class.next().unwrap_or(Class::Kind), text);
            if let Some(label) = place.next() {
                *label = number;
            }
            text
        });
        (SeriesKey { metric, labels }, texts)
    }

    fn exists(&self, metric: Metric, wanted: [&str; LABELS]) -> bool {
        let mut labels = [0; LABELS];
        for ((label, text), class) in labels.iter_mut().zip(wanted).zip(classes(metric)) {
            let Some((number, _)) = self.app.number(class, text) else { return false };
            *label = number;
        }
        self.app.series.contains_key(&SeriesKey { metric, labels })
    }

    fn intern(&mut self, class: Class, text: &str) -> (u32, Arc<str>) {
        if let Some(known) = self.app.number(class, text) {
            return known;
        }
        let text: Arc<str> = Arc::from(text);
        let number = self.app.add_label(class, Arc::clone(&text));
        self.undo.push(Undo::Label(Arc::clone(self.name), class, Arc::clone(&text)));
        (number, text)
    }

    fn limit(&self, class: Class) -> usize {
        match class {
            // Words of closed lists.
            Class::Facet | Class::Kind => usize::MAX,
            Class::Reason => self.limits.reasons,
            Class::Release => self.limits.releases,
            Class::OsName => self.limits.os_names,
            Class::OsVersion => self.limits.os_versions,
            Class::Screen => self.limits.screens,
            Class::Segment => self.limits.segments,
            Class::Region => self.limits.regions,
        }
    }

    /// Makes the series, with nothing counted.
    pub(super) fn insert(
        &mut self,
        tx: &Transaction<'_>,
        key: SeriesKey,
        texts: &Texts,
    ) -> rusqlite::Result<()> {
        let [facet, release, os_name, os_version, screen, segment, kind, region] = texts;
        tx.prepare_cached(
            "INSERT INTO series
             (app, metric, facet, release, os_name, os_version, screen, segment, kind, region, total)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)",
        )?
        .execute(params![
            self.app.id,
            key.metric.word(),
            facet,
            release,
            os_name,
            os_version,
            screen,
            segment,
            kind,
            region
        ])?;
        self.undo.push(Undo::Series(Arc::clone(self.name), key));
        self.app.series.insert(key, Slot { id: tx.last_insert_rowid(), total: 0 });
        Ok(())
    }
}

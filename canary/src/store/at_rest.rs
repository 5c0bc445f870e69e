//! A store that is only read, also while a canary runs on it.

use std::path::Path;

use super::reader::{Grain, ReadError, Readers, Row, Scan, Turn};
use super::{OpenError, open};

/// See the module.
pub(crate) struct AtRest {
    readers: Readers,
    turn: Turn,
}

impl AtRest {
    /// Opens the database in `dir`, which has to be one of this version.
    pub(crate) fn open(dir: &Path) -> Result<Self, OpenError> {
        let path = dir.join("canary.sqlite3");
        let readers = Readers::open(&path).map_err(|error| open::explain(error.into(), &path))?;
        let turn = readers.turn_now().ok_or_else(|| OpenError::Directory {
            dir: dir.to_owned(),
            source: std::io::ErrorKind::ResourceBusy.into(),
        })?;
        Ok(Self { readers, turn })
    }

    /// Every app that has counted.
    pub(crate) fn apps(&self) -> Result<Vec<String>, ReadError> {
        self.readers.apps(&self.turn)
    }

    /// As [`Store::scan`](super::Store::scan).
    pub(crate) fn scan(&self, scan: &Scan, row: &mut dyn FnMut(i64, &Row, i64)) -> Result<(), ReadError> {
        self.readers.scan(&self.turn, Grain::Minutes, scan, row)
    }

    /// As [`Store::scan_hours`](super::Store::scan_hours).
    pub(crate) fn scan_hours(
        &self,
        scan: &Scan,
        row: &mut dyn FnMut(i64, &Row, i64),
    ) -> Result<(), ReadError> {
        self.readers.scan(&self.turn, Grain::Hours, scan, row)
    }
}

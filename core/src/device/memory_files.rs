//! A disk in memory, for tests and simulations: it can be cut, garbled, filled up, and shared with a next process.

use super::files::{FileEntry, Files};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
struct Disk {
    files: BTreeMap<String, Vec<u8>>,
    full: bool,
}

/// Files in memory. Clones share the same disk.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles {
    disk: Arc<Mutex<Disk>>,
}

impl MemoryFiles {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on (`true`) every write fails as on a full disk, until `false`.
    pub fn fill_up(&self, full: bool) {
        self.lock().full = full;
    }

    /// Puts bytes in place of a file, as a broken disk would.
    pub fn garble(&self, name: &str, content: Vec<u8>) {
        self.lock().files.insert(name.to_owned(), content);
    }

    /// Everything on the disk.
    pub fn content(&self) -> BTreeMap<String, Vec<u8>> {
        self.lock().files.clone()
    }

    /// A disk of its own with the same content: what a process killed now would leave behind.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        let disk = Disk { files: self.content(), full: false };
        Self { disk: Arc::new(Mutex::new(disk)) }
    }

    fn lock(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_found() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Files for MemoryFiles {
    fn list(&mut self) -> io::Result<Vec<FileEntry>> {
        let entry = |(name, content): (&String, &Vec<u8>)| FileEntry {
            name: name.clone(),
            len: content.len() as u64,
        };
        Ok(self.lock().files.iter().map(entry).collect())
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        self.lock().files.get(name).cloned().ok_or_else(not_found)
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut disk = self.lock();
        if disk.full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        disk.files.insert(name.to_owned(), content.to_vec());
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let mut disk = self.lock();
        let content = disk.files.remove(from).ok_or_else(not_found)?;
        disk.files.insert(to.to_owned(), content);
        Ok(())
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.lock().files.remove(name);
        Ok(())
    }
}

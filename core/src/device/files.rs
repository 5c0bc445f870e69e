//! Where the device keeps its files: handed in, so that every test and simulation has its own disk.

use std::fs::{self, TryLockError};
use std::io::{self, Write as _};
use std::path::PathBuf;

/// One file of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its name in the directory.
    pub name: String,
    /// Its size in bytes.
    pub len: u64,
}

/// A directory that belongs to the device alone. Called from the driver's thread only.
///
/// Any call may fail; the device goes on without the file and tries again later.
pub trait Files: Send {
    /// The files in the directory.
    ///
    /// # Errors
    /// If the directory cannot be read.
    fn list(&mut self) -> io::Result<Vec<FileEntry>>;

    /// The whole content of a file.
    ///
    /// # Errors
    /// If it does not exist or cannot be read.
    fn read(&mut self, name: &str) -> io::Result<Vec<u8>>;

    /// Makes or replaces a file as a whole: after a crash it has its old content or its new one, never a part.
    ///
    /// # Errors
    /// If it cannot be written (full disk); the old content then still stands.
    fn replace(&mut self, name: &str, content: &[u8]) -> io::Result<()>;

    /// Gives a file another name, over whatever had it.
    ///
    /// # Errors
    /// If it cannot be renamed.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// If it is there and stays.
    fn remove(&mut self, name: &str) -> io::Result<()>;
}

/// A real directory.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    /// Held as long as this lives; the system lets go of it when the process dies, however it dies.
    _lock: fs::File,
}

const TEMPORARY: &str = "new.tmp";
pub(super) const LOCK: &str = "lock";

impl Directory {
    /// Opens the directory, making it if need be. Give it a directory of its own.
    ///
    /// # Errors
    /// If it cannot be made, or is in use already: two devices on one directory would count twice.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        fs::create_dir_all(&path)?;
        let lock = fs::File::create(path.join(LOCK))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => {
                Err(io::Error::new(io::ErrorKind::ResourceBusy, "another Amends device uses this directory"))
            }
            // A file system that knows no locks is no reason to stay away.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { path, _lock: lock }),
        }
    }
}

impl Files for Directory {
    fn list(&mut self) -> io::Result<Vec<FileEntry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            let about = entry.metadata()?;
            if let (true, Ok(name)) = (about.is_file(), entry.file_name().into_string()) {
                entries.push(FileEntry { name, len: about.len() });
            }
        }
        Ok(entries)
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path.join(name))
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let temporary = self.path.join(TEMPORARY);
        let mut file = fs::File::create(&temporary)?;
        file.write_all(content)?;
        // Without this a power cut could leave the new name on an empty file.
        file.sync_data()?;
        fs::rename(&temporary, self.path.join(name))
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.path.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_directory_does_what_it_says() {
        let path = std::env::temp_dir().join(format!("amends-files-{}", std::process::id()));
        let mut files = Directory::open(&path).unwrap();
        files.replace("a", b"one").unwrap();
        files.replace("a", b"two").unwrap();
        assert_eq!(files.read("a").unwrap(), b"two");
        files.rename("a", "b").unwrap();
        let entries = files.list().unwrap();
        assert!(
            entries.contains(&FileEntry { name: "b".into(), len: 3 }) && entries.len() == 2,
            "{entries:?}"
        );
        assert_eq!(Directory::open(&path).unwrap_err().kind(), io::ErrorKind::ResourceBusy);
        files.remove("b").unwrap();
        files.remove("b").unwrap();
        assert!(files.read("b").is_err());
        fs::remove_dir_all(path).unwrap();
    }
}

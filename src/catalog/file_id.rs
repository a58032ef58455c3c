//! Whether two paths lead to one file, whichever links are on the way.

use std::path::Path;

/// Which file something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileId(
    #[cfg(unix)] (u64, u64),
    #[cfg(not(unix))] std::path::PathBuf,
);

#[cfg(unix)]
impl FileId {
    /// The file at a path, if there is one.
    pub fn of(path: &Path) -> Option<FileId> {
        std::fs::metadata(path).ok().map(FileId::from)
    }

    /// The file that standard input reads.
    pub fn of_stdin() -> Option<FileId> {
        FileId::opened(std::io::stdin())
    }

    /// The file that standard output writes.
    pub fn of_stdout() -> Option<FileId> {
        FileId::opened(std::io::stdout())
    }

    fn opened(stream: impl std::os::fd::AsFd) -> Option<FileId> {
        let file = std::fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
        file.metadata().ok().map(FileId::from)
    }
}

#[cfg(unix)]
impl From<std::fs::Metadata> for FileId {
    fn from(metadata: std::fs::Metadata) -> FileId {
        use std::os::unix::fs::MetadataExt;
        FileId((metadata.dev(), metadata.ino()))
    }
}

#[cfg(not(unix))]
impl FileId {
    /// The file at a path, if there is one.
    pub fn of(path: &Path) -> Option<FileId> {
        path.canonicalize().ok().map(FileId)
    }

    /// The file that standard input reads: not known on this system.
    pub fn of_stdin() -> Option<FileId> {
        None
    }

    /// The file that standard output writes: not known on this system.
    pub fn of_stdout() -> Option<FileId> {
        None
    }
}

//! FileId of files: whether two paths lead to one file, whichever links are on the way.

use std::path::Path;

/// Which file something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileId(Own);

#[cfg(unix)]
type Own = (u64, u64);
#[cfg(not(unix))]
type Own = std::path::PathBuf;

impl FileId {
    /// That of the file at a path, if there is one.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<FileId> {
        std::fs::metadata(path).ok().as_ref().map(FileId::known)
    }

    /// That of the file at a path, if there is one.
    #[cfg(not(unix))]
    pub fn of(path: &Path) -> Option<FileId> {
        path.canonicalize().ok().map(FileId)
    }

    /// That of the file which standard input reads.
    #[cfg(unix)]
    pub fn of_stdin() -> Option<FileId> {
        FileId::opened(std::io::stdin())
    }

    /// That of the file which standard output writes.
    #[cfg(unix)]
    pub fn of_stdout() -> Option<FileId> {
        FileId::opened(std::io::stdout())
    }

    /// That of the file which standard input reads: not known here.
    #[cfg(not(unix))]
    pub fn of_stdin() -> Option<FileId> {
        None
    }

    /// That of the file which standard output writes: not known here.
    #[cfg(not(unix))]
    pub fn of_stdout() -> Option<FileId> {
        None
    }

    #[cfg(unix)]
    fn opened(stream: impl std::os::fd::AsFd) -> Option<FileId> {
        let file = std::fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
        file.metadata().ok().as_ref().map(FileId::known)
    }

    #[cfg(unix)]
    fn known(metadata: &std::fs::Metadata) -> FileId {
        use std::os::unix::fs::MetadataExt;
        FileId((metadata.dev(), metadata.ino()))
    }
}

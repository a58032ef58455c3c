//! Identity of files: whether two paths lead to one file, whichever links are on the way.

use std::path::Path;

/// Which file something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity(Own);

#[cfg(unix)]
type Own = (u64, u64);
#[cfg(not(unix))]
type Own = std::path::PathBuf;

impl Identity {
    /// That of the file at a path, if there is one.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Identity> {
        std::fs::metadata(path).ok().as_ref().map(Identity::known)
    }

    /// That of the file at a path, if there is one.
    #[cfg(not(unix))]
    pub fn of(path: &Path) -> Option<Identity> {
        path.canonicalize().ok().map(Identity)
    }

    /// That of the file which standard input reads.
    #[cfg(unix)]
    pub fn of_stdin() -> Option<Identity> {
        Identity::opened(std::io::stdin())
    }

    /// That of the file which standard output writes.
    #[cfg(unix)]
    pub fn of_stdout() -> Option<Identity> {
        Identity::opened(std::io::stdout())
    }

    /// That of the file which standard input reads: not known here.
    #[cfg(not(unix))]
    pub fn of_stdin() -> Option<Identity> {
        None
    }

    /// That of the file which standard output writes: not known here.
    #[cfg(not(unix))]
    pub fn of_stdout() -> Option<Identity> {
        None
    }

    #[cfg(unix)]
    fn opened(stream: impl std::os::fd::AsFd) -> Option<Identity> {
        let file = std::fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
        file.metadata().ok().as_ref().map(Identity::known)
    }

    #[cfg(unix)]
    fn known(metadata: &std::fs::Metadata) -> Identity {
        use std::os::unix::fs::MetadataExt;
        Identity((metadata.dev(), metadata.ino()))
    }
}

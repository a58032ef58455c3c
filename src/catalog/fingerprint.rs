//! Fingerprints: which catalogs an answer rests on, so that it can be made again.

use super::Catalog;
use crate::catalog::embedded::SHA256;
use crate::catalog::source::Source;
use crate::model::month::Month;
use crate::text::shell_word;
use std::fs::File;
use std::io::Read;
use std::path::Path;

impl Catalog {
    /// The month that the catalogs say they are of, the latest if there are several.
    pub(crate) fn updated(&self) -> Option<Month> {
        let abouts = self.sources.iter().filter_map(Source::about);
        abouts.filter_map(|about| about.updated).max()
    }

    /// The flags that read the same catalogs in the same view.
    pub(crate) fn flags(&self) -> String {
        let files = self.paths.iter();
        let files = files.map(|path| format!(" --catalog {}", shell_word(path.as_os_str())));
        let is_built_in = self.sources.iter().any(Source::is_embedded);
        let alone = if is_built_in { "" } else { " --no-embedded" };
        files.collect::<String>() + alone + &self.view().flag()
    }

    /// The month of the built-in catalog, and `digits` hexadecimal digits of the SHA-256 of its file
    /// and of each other file. What cannot be read twice, such as standard input, has none.
    pub(crate) fn fingerprint(&self, digits: usize) -> String {
        let mut sources = self.sources.iter();
        let built_in = sources.find(|source| source.is_embedded());
        let built_in = built_in.map(|source| {
            let month = Source::about(source).and_then(|about| about.updated);
            let month = month.map_or(String::new(), |month| format!(" of {month}"));
            format!("built-in catalog{month}, sha256 {}", &SHA256[..digits])
        });
        let files = self.paths.iter().map(|path| of_file(path, digits));
        let all: Vec<String> = built_in.into_iter().chain(files).collect();
        all.join("; ")
    }
}

/// The name of a file, and so many hexadecimal digits of its SHA-256.
pub(crate) fn of_file(path: &Path, digits: usize) -> String {
    match sha256(path) {
        Some(hash) => format!("{}, sha256 {}", path.display(), &hash[..digits]),
        None if path.as_os_str() == "-" => "standard input, without a hash".to_owned(),
        None => format!("{}, without a hash", path.display()),
    }
}

/// The SHA-256 of a file, in hexadecimal digits; nothing for a pipe, a folder, or what cannot be read.
fn sha256(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let (mut hash, mut buffer) = (hmac_sha256::Hash::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            length => hash.update(&buffer[..length]),
        }
    }
    let digest = hash.finalize();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

//! Versions, credits and fingerprints: which catalogs an answer rests on, how recent they are, and
//! whose work they are.

use super::Catalog;
use crate::catalog::document::{Credit, file_name};
use crate::catalog::embedded::{self, SHA256};
use crate::catalog::record_reader::View;
use crate::catalog::source::Source;
use crate::model::month::Month;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The version of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    /// The number, and the month of the catalog.
    pub short: String,
    /// The same, and whose work the catalog rests on.
    pub long: String,
}

impl Version {
    /// The version of this program; the embedded catalog is read for it. `tables`: whose tables are
    /// read too.
    pub(crate) fn of_this(tables: Vec<Credit>) -> Version {
        let about = Source::Embedded.about();
        let mut short = env!("CARGO_PKG_VERSION").to_owned();
        if let Some(month) = about.as_ref().and_then(|about| about.updated) {
            let models = embedded::count();
            short += &format!(" (catalog of {month}: {models} models)");
        }
        let credits = about.map(|about| about.origin.into_iter().chain(about.credits));
        let credits = credits.into_iter().flatten().chain(tables);
        let long = credits.fold(short.clone(), |long, credit| format!("{long}\n{credit}"));
        Version { short, long }
    }
}

/// Whose work the catalogs rest on, each once; of the list alone if that is all that is read.
pub(crate) fn credits(sources: &[Source], view: View) -> Vec<Credit> {
    let mut credits: Vec<Credit> = Vec::new();
    for about in sources.iter().filter_map(Source::about) {
        let others = about.credits.into_iter();
        let others = others.filter(|_| view != View::AsListed);
        for credit in about.origin.into_iter().chain(others) {
            if !credits.contains(&credit) {
                credits.push(credit);
            }
        }
    }
    credits
}

/// Where the entries come from, for use outside of a terminal: the list and the other
/// work that they rest on, or a file's name, and their month.
pub(crate) fn credit(sources: &[Source], view: View) -> String {
    let credits = sources.iter().map(|source| {
        let (mut names, mut updated) = (Vec::new(), None);
        if let Some(about) = source.about() {
            let origin = about.origin.map(|origin| origin.name);
            match view {
                View::AsListed => names.extend(origin),
                View::Full | View::Stated | View::Sure(_) => {
                    names.extend(origin.or(about.title));
                    names.extend(about.credits.iter().map(|credit| credit.with_license()));
                }
            }
            updated = about.updated;
        }
        if names.is_empty() {
            names.push(file_name(source.name()).to_owned());
        }
        names.extend(updated.map(|month| format!("catalog of {month}")));
        names.join("; ")
    });
    credits.collect::<Vec<_>>().join("; ")
}

/// The months of the catalogs, such as `, catalog of 2023-04`, and the publishers of tables; empty where
/// they are unknown. The month after which models are left out, if there is one, and which figures.
#[derive(Debug, Clone, Copy)]
pub struct Freshness<'c>(pub &'c [Source], pub Option<Month>, pub View);

impl fmt::Display for Freshness<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for source in self.0 {
            let Some(about) = source.about() else {
                continue;
            };
            match (about.updated, source.is_embedded(), self.0.len()) {
                (Some(month), true, 1) => write!(f, ", catalog of {month}")?,
                (Some(month), true, _) => write!(f, ", built-in catalog of {month}")?,
                (Some(month), false, _) => write!(f, ", {} of {month}", source.name())?,
                // A table has a publisher.
                (None, false, _) => {
                    for credit in about.credits {
                        write!(f, ", {}", credit.with_license())?;
                    }
                }
                (None, true, _) => {}
            }
        }
        if let Some(month) = self.1 {
            write!(f, ", as of {month} with today's figures")?;
        }
        if let Some(view) = self.2.words() {
            write!(f, ", {view}")?;
        }
        Ok(())
    }
}

impl Catalog {
    /// The month that the catalogs say they are of, the latest if there are several.
    pub(crate) fn updated(&self) -> Option<Month> {
        let abouts = self.sources.iter().filter_map(Source::about);
        abouts.filter_map(|about| about.updated).max()
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

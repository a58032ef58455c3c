//! Versions and credits: of which month the catalogs are, and whose work an answer rests on.

use crate::catalog::document::About;
use crate::catalog::embedded;
use crate::catalog::record_reader::View;
use crate::catalog::source::Source;
use std::fmt;

/// What there is to say of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    /// The number, and how fresh the catalog is.
    pub short: String,
    /// The same, and whose work the catalog rests on.
    pub long: String,
}

impl Version {
    /// The version of this program; the embedded catalog is read for it.
    pub(crate) fn of_this() -> Version {
        let number = env!("CARGO_PKG_VERSION");
        let catalog = Source::Embedded;
        let about = catalog.about();
        let updated = about.as_ref().and_then(|about| about.updated);
        let models = embedded::count();
        let short = match updated {
            Some(month) => {
                format!("{number} (catalog of {month}: {models} models)")
            }
            // A catalog without a month still leaves the number.
            _ => number.to_owned(),
        };
        let mut long = short.clone();
        if let Some(About {
            origin, credits, ..
        }) = about
        {
            for credit in origin.iter().chain(&credits) {
                long += &format!("\n{credit}");
            }
        }
        Version { short, long }
    }
}

/// Where the entries come from, for use outside of a terminal: the list and the other
/// work that they rest on, or a file's name, and their month.
pub(crate) fn credit(sources: &[Source], view: View) -> String {
    let mut credits = Vec::new();
    for source in sources {
        // The path means nothing on another machine.
        let file = source.name().trim_matches('`').rsplit(['/', '\\']).next();
        let about = source.about();
        let updated = about.as_ref().and_then(|about| about.updated);
        let mut names: Vec<String> = match about {
            // The list is all that is asked then.
            Some(about) if view == View::AsListed => {
                about.origin.into_iter().map(|origin| origin.name).collect()
            }
            Some(about) => {
                let others = about
                    .credits
                    .into_iter()
                    .map(|credit| match credit.license {
                        Some(license) => format!("{} ({license})", credit.name),
                        None => credit.name,
                    });
                let own = about.origin.map(|origin| origin.name).or(about.title);
                own.into_iter().chain(others).collect()
            }
            None => Vec::new(),
        };
        if names.is_empty() {
            names.extend(file.map(str::to_owned));
        }
        names.extend(updated.map(|month| month.to_string()));
        credits.push(names.join(", "));
    }
    let reading = match view {
        View::Full => "",
        View::Stated => "; as stated",
        View::Sure(least) => return format!("{}; at least {}", credits.join("; "), least.word()),
        View::AsListed => "; as listed",
    };
    format!("{}{reading}", credits.join("; "))
}

/// The months of which the catalogs are, `, catalog of 2023-04`; nothing where none says so.
#[derive(Debug, Clone, Copy)]
pub struct Freshness<'c>(pub &'c [Source]);

impl fmt::Display for Freshness<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for source in self.0 {
            let Some(month) = source.about().and_then(|about| about.updated) else {
                continue;
            };
            match (source.is_embedded(), self.0.len()) {
                (true, 1) => write!(f, ", catalog of {month}")?,
                (true, _) => write!(f, ", built-in catalog of {month}")?,
                (false, _) => write!(f, ", {} of {month}", source.name())?,
            }
        }
        Ok(())
    }
}

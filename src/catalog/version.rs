//! The version: of the program and of the catalog in it.

use crate::catalog::about::About;
use crate::catalog::embedded;
use crate::catalog::source::Source;

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
        let models = embedded::models().count();
        let short = match updated {
            Some(month) => {
                format!("{number} (catalog of {month}: {models} models)")
            }
            // Whoever builds it with another catalog still has a number.
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

//! The version: of the program and of the catalog in it.

use std::marker::PhantomData;

use serde::de::IgnoredAny;

use crate::about::About;
use crate::source::Source;

/// What there is to say of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The number, and how fresh the catalog is.
    pub short: String,
    /// The same, and whose work the catalog rests on.
    pub long: String,
}

impl Version {
    /// The version of this program; the embedded catalog is read for it.
    pub fn of_this() -> Version {
        let number = env!("CARGO_PKG_VERSION");
        let catalog = Source::embedded();
        let about = catalog.about();
        let updated = about.as_ref().and_then(|about| about.updated);
        let short = match (updated, models(&catalog)) {
            (Some(month), Some(models)) => {
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

/// How many models a catalog has.
fn models(catalog: &Source) -> Option<usize> {
    let mut models = 0;
    let read = catalog.models(|_| Some(PhantomData::<IgnoredAny>), |_, _| models += 1);
    read.is_ok().then_some(models)
}

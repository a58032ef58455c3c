//! Whom a catalog rests on.

use super::Catalog;
use crate::catalog::reading::Reading;

impl Catalog {
    /// Where the entries come from, for whoever reads of them elsewhere: the list and the other
    /// work that they rest on, or a file's name, and their month.
    pub fn credit(&self) -> String {
        let mut credits = Vec::new();
        for source in &self.sources {
            // Whoever reads of a file elsewhere has no use for the way to it.
            let file = source.name().trim_matches('`').rsplit(['/', '\\']).next();
            let about = source.about();
            let updated = about.as_ref().and_then(|about| about.updated);
            let mut names: Vec<String> = match about {
                // The list is all that is asked then.
                Some(about) if self.reading == Reading::AsListed => {
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
        let reading = match self.reading {
            Reading::Whole => "",
            Reading::Stated => "; as stated",
            Reading::AsListed => "; as listed",
        };
        format!("{}{reading}", credits.join("; "))
    }
}

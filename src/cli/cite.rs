//! `ahm cite`: models for a bibliography.

use crate::catalog::Catalog;
use crate::cli::name_args::{self, NameArgs};
use crate::error::{Error, Found};
use crate::output::{Output, bibtex};
use clap::Args;
use std::io::Write;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Cites the model's paper with its authors, or the model itself if it has none, under the model's id:
@inproceedings or @article where the paper appeared at a venue, else @misc with the arXiv number.

Examples:
  ahm cite llama
  ahm cite gpt-3 palm chinchilla >> references.bib
")]
pub(crate) struct Cite {
    #[command(flatten)]
    names: NameArgs,
}

impl Cite {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let found = self.names.find(catalog, out)?;
        let models = catalog.models(&found.records)?;
        // Entries need different keys.
        let mut cited: Vec<&str> = Vec::new();
        for model in &models {
            if cited.contains(&&*model.id) {
                out.note(format_args!("`{}` is cited once", model.name));
                continue;
            }
            if !cited.is_empty() {
                writeln!(out)?;
            }
            cited.push(&model.id);
            out.write_all(bibtex(model).as_bytes())?;
        }
        out.finish()?;
        name_args::report_failures(found.failures)?;
        Ok(Found::Some)
    }
}

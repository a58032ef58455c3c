//! `ahm cite`: models for a bibliography.

use crate::catalog::Catalog;
use crate::error::{Error, Found};
use crate::output::Output;
use crate::output::bibtex;
use crate::output::citation::Citation;
use clap::Args;
use std::io::Write;

/// Cite models in BibTeX
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Names are understood as by `ahm show`. A model's paper is cited, or the model itself if it has
none, under the model's id; its organizations stand for the authors.

Examples:
  ahm cite llama
  ahm cite gpt-3 palm chinchilla >> references.bib
")]
pub(crate) struct Cite {
    /// Models to cite, named as in `ahm show`
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
}

impl Cite {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Cite { names } = self;
        let (named, originals) = catalog.named(&names)?;
        let models = catalog.whole(&originals)?;
        out.notes(named.iter().filter_map(|named| named.note.as_ref()));
        for (i, model) in models.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            bibtex(&Citation::of(model), out)?;
        }
        Ok(Found::Some)
    }
}

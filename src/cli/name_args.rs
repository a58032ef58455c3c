//! The names of models, as arguments or from standard input.

use crate::catalog::Catalog;
use crate::catalog::lookup::NamedModels;
use crate::catalog::raw_record::RawRecord;
use crate::error::Error;
use crate::output::{Output, print_error};
use clap::Args;
use std::io::{BufRead, stdin};

/// Which models.
#[derive(Debug, Clone, Args)]
pub(super) struct NameArgs {
    /// Model names, ids or aliases, Hugging Face ids, or arXiv ids; `-` reads names from standard
    /// input, one a line
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
}

impl NameArgs {
    /// The models that the names mean, at least one.
    pub(super) fn find(self, catalog: &Catalog, out: &mut Output) -> Result<NamedModels, Error> {
        let mut names = self.names;
        let are_lines = names.iter().any(|name| name == "-");
        match names.iter().filter(|name| *name == "-").count() {
            0 => {}
            1 if !catalog.reads_stdin() => {
                let at = names
                    .iter()
                    .position(|name| name == "-")
                    .unwrap_or_default();
                names.splice(at..=at, names_in(stdin().lock())?);
            }
            1 => {
                let what = "`-` cannot be both the catalog and the names: standard input can be read only once";
                return Err(Error::Misuse(what.to_owned()));
            }
            _ => {
                let what = "`-` is given twice, but standard input can be read only once";
                return Err(Error::Misuse(what.to_owned()));
            }
        }
        if names.is_empty() {
            let what = "no names on standard input (one per line)";
            return Err(Error::Unknown(what.to_owned()));
        }
        let mut found = catalog.named(&names, are_lines)?;
        out.notes(std::mem::take(&mut found.notes));
        if found.records.is_empty() {
            report_failures(std::mem::take(&mut found.failures))?;
        }
        Ok(found)
    }
}

/// The models that all of these names mean, of which each must mean one.
pub(super) fn find_all(
    names: &[String],
    catalog: &Catalog,
    out: &mut Output,
) -> Result<Vec<RawRecord<'static>>, Error> {
    let found = catalog.named(names, false)?;
    report_failures(found.failures)?;
    out.notes(found.notes);
    Ok(found.records)
}

/// Fails if names mean no model: with the failure that has the highest exit code, after printing the
/// others. What was found is written before.
pub(super) fn report_failures(mut failures: Vec<Error>) -> Result<(), Error> {
    failures.sort_by_key(Error::exit_code);
    let last = failures.pop();
    failures.iter().for_each(|error| print_error(error));
    last.map_or(Ok(()), Err)
}

/// Names, one a line; empty lines are none.
fn names_in(input: impl BufRead) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for line in input.lines() {
        let line =
            line.map_err(|error| Error::Misuse(format!("standard input cannot be read: {error}")))?;
        let name = line.trim();
        if !name.is_empty() {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

//! The names of models, as arguments or from standard input.

use crate::catalog::Catalog;
use crate::catalog::named_models::NamedModels;
use crate::catalog::raw_record::RawRecord;
use crate::error::Error;
use crate::output::{Output, print_error};
use clap::Args;
use std::io::{BufRead, Read, stdin};

/// The longest name that is read from standard input, in bytes.
const LONGEST: u64 = 1 << 16;

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
                let what = "`-` is the catalog and the names; standard input can be read once";
                return Err(Error::Misuse(what.to_owned()));
            }
            _ => {
                let what = "`-` is given twice; standard input can be read once";
                return Err(Error::Misuse(what.to_owned()));
            }
        }
        if names.is_empty() {
            let what = "standard input has no names, which are read one a line";
            return Err(Error::Unknown(what.to_owned()));
        }
        let mut found = catalog.named(&names)?;
        out.notes(std::mem::take(&mut found.notes));
        if found.records.is_empty() {
            check(std::mem::take(&mut found.failures))?;
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
    let found = catalog.named(names)?;
    check(found.failures)?;
    out.notes(found.notes);
    Ok(found.records)
}

/// Fails if names mean no model: with the failure that has the highest exit code, after printing the
/// others. What was found is written before.
pub(super) fn check(mut failures: Vec<Error>) -> Result<(), Error> {
    failures.sort_by_key(Error::exit_code);
    let last = failures.pop();
    failures.iter().for_each(|error| print_error(error));
    last.map_or(Ok(()), Err)
}

/// Names, one a line; empty lines are none.
fn names_in(mut input: impl BufRead) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        let read =
            read.map_err(|error| Error::Misuse(format!("standard input cannot be read: {error}")))?;
        if read == 0 {
            return Ok(names);
        }
        let number = names.len() + 1;
        let name = String::from_utf8(line)
            .ok()
            .filter(|_| (read as u64) < LONGEST);
        let name = name.ok_or_else(|| {
            Error::Misuse(format!(
                "name {number} of standard input is no line of UTF-8"
            ))
        })?;
        let name = name.trim();
        if !name.is_empty() {
            names.push(name.to_owned());
        }
    }
}

//! `ahm terms`: the words of the list, explained.

use crate::catalog::Catalog;
use crate::cli::display::Display;
use crate::error::{Error, Found};
use crate::model::name::{nearest, quoted};
use crate::model::term::Term;
use crate::output::Output;
use crate::output::{Card, Fact, Format};
use clap::Args;
use std::io::Write;

/// Explain the words of the list, or one of them
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
A word is a term or another spelling of it; case, accents and punctuation do not count.

Examples:
  ahm terms
  ahm terms MLM
  ahm terms en-de -f json
")]
pub struct Terms {
    /// The word to explain; all of them if none is named
    #[arg(value_name = "TERM")]
    term: Option<String>,

    #[command(flatten)]
    display: Display<Term<'static>>,
}

impl Terms {
    /// Answers.
    ///
    /// # Errors
    /// When nobody explains the word, or the answer cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Terms { term, mut display } = self;
        let terms = catalog.terms()?;
        let Some(typed) = term else {
            return display.list(&terms, out);
        };
        let called = |term: &&Term<'_>| term.is_called(&typed);
        let meant: Vec<Term<'_>> = terms.iter().filter(called).cloned().collect();
        if meant.is_empty() {
            return Err(unknown(&typed, &terms));
        }
        match display.look.format {
            Format::Table | Format::Markdown if display.named_columns().is_empty() => {
                for (i, term) in meant.iter().enumerate() {
                    if i > 0 {
                        writeln!(out)?;
                    }
                    card(term).write(display.look.format, out)?;
                }
                return Ok(Found::Some);
            }
            // One word is one object.
            Format::Json if meant.len() == 1 => display.look.format = Format::Jsonl,
            _ => {}
        }
        display.list(&meant, out)
    }
}

fn card(term: &Term<'_>) -> Card {
    let aliases = term.aliases.iter().map(|alias| alias.to_string());
    let facts = [
        ("Meaning", Some(term.meaning.to_string())),
        ("Also", Some(aliases.collect::<Vec<_>>().join(", "))),
        ("See", term.see.as_ref().map(|see| see.to_string())),
        ("Source", term.source.as_ref().map(|from| from.to_string())),
    ];
    let known = facts.into_iter().filter_map(|(label, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        let label = label.to_owned();
        Some(Fact { label, value })
    });
    Card {
        title: term.term.to_string(),
        subtitle: term.kind.as_deref().unwrap_or_default().to_owned(),
        groups: vec![known.collect()],
    }
}

fn unknown(typed: &str, terms: &[Term<'_>]) -> Error {
    let letters = |spelling: &&str| spelling.contains(char::is_alphanumeric);
    if !letters(&typed) {
        return Error::Misuse(format!("`{typed}` has no letter or digit to look for"));
    }
    let spellings = terms.iter().flat_map(Term::spellings).filter(letters);
    let mut near: Vec<&str> = Vec::new();
    for spelling in nearest(typed, spellings) {
        let own = terms.iter().find(|term| term.is_called(spelling));
        near.extend(own.map(|term| &*term.term));
    }
    near.dedup();
    Error::Unknown(match near.as_slice() {
        [] => format!("no term is called `{typed}`; `ahm terms -f names` names them all"),
        near => format!(
            "no term is called `{typed}`; did you mean {}?",
            quoted(near.iter().copied())
        ),
    })
}

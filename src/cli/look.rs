//! The output flags that every command of rows has.

use crate::model::Key;
use crate::model::keys::Keys;
use crate::output::Output;
use crate::output::{Format, Header, escaped};
use crate::text::{capitalized, printable};
use clap::Args;
use std::io::{self, Write};

/// How rows look, whatever they are of.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Look {
    /// How to write the answer
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t
    )]
    pub format: Format,

    /// Leave out the line of titles
    #[arg(long)]
    no_header: bool,
}

impl Look {
    /// Whether titles stand over the rows.
    pub(crate) fn header(&self) -> Header {
        match self.no_header {
            true => Header::Hidden,
            false => Header::Shown,
        }
    }

    /// Writes sentences about the whole answer: for a person on a terminal as remarks, else below
    /// a table that nobody chose the parts of. Machine formats have none.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn captions(
        &self,
        sentences: &[String],
        chosen: bool,
        out: &mut Output,
    ) -> io::Result<()> {
        if !self.format.is_for_people() {
            return Ok(());
        }
        if out.width().is_some() {
            sentences.iter().for_each(|sentence| out.remark(sentence));
            return Ok(());
        }
        if chosen || self.no_header {
            return Ok(());
        }
        for (i, sentence) in sentences.iter().enumerate() {
            let sentence = capitalized(sentence);
            let sentence = match self.format {
                Format::Markdown => escaped(&sentence),
                _ => printable(&sentence).into_owned(),
            };
            let gap = if i == 0 { "\n" } else { "" };
            writeln!(out, "{gap}{sentence}.")?;
        }
        Ok(())
    }

    /// The keys of a model that the marks behind its figures need, where a person reads them.
    pub(crate) fn marks(&self) -> Keys {
        match self.format.is_for_people() {
            true => Keys::of(&[Key::sources]),
            false => Keys::default(),
        }
    }
}

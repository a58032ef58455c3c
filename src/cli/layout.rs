//! The output flags of commands whose rows are not models.

use crate::cli::look::Look;
use crate::cli::trimmed::trimmed;
use crate::error::Error;
use crate::model::column::Heading;
use crate::model::columns;
use crate::model::name::{Folded, nearest, quoted};
use crate::model::value::Value;
use crate::output::Output;
use crate::output::{Format, Sheet};
use clap::Args;
use clap::builder::StringValueParser;

/// How rows under headings of their own look.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Layout {
    /// What all rows have in common.
    #[command(flatten)]
    pub look: Look,

    /// Keys to show, in this order; machine formats have them in their first line
    #[arg(
        id = "headings",
        long = "columns",
        short = 'c',
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(StringValueParser::new())
    )]
    columns: Vec<String>,
}

impl Layout {
    /// Writes rows, of each the values under the headings that somebody named.
    ///
    /// # Errors
    /// When a named key is none of theirs, or they cannot be written.
    pub(crate) fn write<'v>(
        &self,
        headings: &[Heading<'_>],
        rows: &mut dyn Iterator<Item = Vec<Value<'v>>>,
        out: &mut Output,
    ) -> Result<(), Error> {
        let places = self.places(headings)?;
        let headings: Vec<Heading<'_>> = places.iter().map(|&i| headings[i]).collect();
        let mut rows = rows.map(|row| places.iter().map(|&i| row[i].clone()).collect::<Vec<_>>());
        let header = self.look.header();
        let sheet = Sheet {
            headings: &headings,
            rows: &mut rows,
        };
        self.look.format.write(sheet, header, out)
    }

    /// Whether a picture stands below: under a table that nobody chose the columns of.
    pub(crate) fn has_picture(&self) -> bool {
        self.look.format == Format::Table && !self.names_keys()
    }

    /// Whether somebody named keys to show.
    pub(crate) fn names_keys(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Which of the headings are shown, in their order.
    fn places(&self, headings: &[Heading<'_>]) -> Result<Vec<usize>, Error> {
        let mut places = Vec::new();
        for name in &self.columns {
            let typed = Folded::new(name);
            // The short names of models' keys do here, too.
            let key = columns::named(name).map_or("", |column| column.heading.key);
            match headings
                .iter()
                .position(|heading| typed.is(heading.key) || heading.key == key)
            {
                Some(place) if places.contains(&place) => {}
                Some(place) => places.push(place),
                None if name.eq_ignore_ascii_case("all") => places.extend(0..headings.len()),
                None => {
                    let keys: Vec<&str> = headings.iter().map(|heading| heading.key).collect();
                    let near = nearest(name, keys.iter().copied());
                    let text = match near.as_slice() {
                        [] => format!("unknown key `{name}`; expected {}", quoted(keys)),
                        near => {
                            let near = quoted(near.iter().copied());
                            format!("unknown key `{name}`; did you mean {near}?")
                        }
                    };
                    return Err(Error::Misuse(text));
                }
            }
        }
        Ok(match places.is_empty() {
            true => (0..headings.len()).collect(),
            false => places,
        })
    }
}

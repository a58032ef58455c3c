//! The flags that say how an answer looks.

use std::str::FromStr;

use clap::Args;

use crate::column::{ColumnRef, Heading};
use crate::columns::{self, COLUMNS, defaults};
use crate::error::Error;
use crate::model::Model;
use crate::output::Output;
use crate::reader::Keys;
use crate::render::{Format, Header, Sheet};

/// How an answer looks.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct Display {
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

    /// Keys to show, in this order; `all` for every key
    #[arg(long, short, value_name = "KEY,…", value_delimiter = ',')]
    columns: Vec<Pick>,

    /// Leave out the line of titles
    #[arg(long)]
    no_header: bool,
}

/// One word of `--columns`.
#[derive(Debug, Clone, PartialEq)]
enum Pick {
    All,
    One(ColumnRef),
}

impl Display {
    /// The columns that somebody named; none if nobody did.
    pub fn named_columns(&self) -> Vec<ColumnRef> {
        let expand = |pick: &Pick| match pick {
            Pick::All => COLUMNS.iter().collect(),
            Pick::One(column) => vec![*column],
        };
        let mut named: Vec<ColumnRef> = Vec::new();
        for column in self.columns.iter().flat_map(expand) {
            // Twice the same key would be no JSON that anybody reads whole.
            if !named.contains(&column) {
                named.push(column);
            }
        }
        named
    }

    /// The columns to show: those named, else the format's own; `asked` are those that the
    /// question is about, which a table shows too and gives up last.
    pub fn columns(&self, asked: &[ColumnRef]) -> Vec<(ColumnRef, Heading<'static>)> {
        let named = self.named_columns();
        let columns = match self.format {
            Format::Names => vec![*named.first().unwrap_or(&columns::known("name"))],
            _ if !named.is_empty() => named,
            format if format.is_for_people() => COLUMNS
                .iter()
                .filter(|column| defaults().contains(column) || asked.contains(column))
                .collect(),
            _ => COLUMNS.iter().collect(),
        };
        let heading = |column: ColumnRef| match asked.contains(&column) {
            true => Heading {
                rank: column.heading.rank.min(1),
                ..column.heading
            },
            false => column.heading,
        };
        columns.into_iter().map(|c| (c, heading(c))).collect()
    }

    /// Whether titles stand over the rows.
    pub fn header(&self) -> Header {
        match self.no_header {
            true => Header::Hidden,
            false => Header::Shown,
        }
    }

    /// Writes models under columns.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(
        &self,
        columns: &[(ColumnRef, Heading<'static>)],
        models: &[Model<'_>],
        out: &mut Output,
    ) -> Result<(), Error> {
        let headings: Vec<Heading<'_>> = columns.iter().map(|(_, heading)| *heading).collect();
        let mut rows = models.iter().map(|model| {
            let values = columns.iter().map(|(column, _)| (column.read)(model));
            values.collect()
        });
        let sheet = Sheet {
            headings: &headings,
            rows: &mut rows,
        };
        self.format.write(sheet, self.header(), out)
    }
}

/// The keys of a model that columns read.
pub fn needs(columns: &[(ColumnRef, Heading<'static>)]) -> Keys {
    let needs = columns.iter().map(|(column, _)| column.needs);
    needs.fold(Keys::default(), Keys::and)
}

impl FromStr for Pick {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Pick::All),
            text => columns::named(text).map(Pick::One),
        }
    }
}

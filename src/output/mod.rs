//! How answers are written, and where they go.
//!
//! A command makes a `Report` and does not ask for the format. A format is a file here, a variant
//! of [`Format`], and a line in `RowWriter::row`; in `RowWriter::write` too if it has a header, and in
//! `write_captions` if it is for people. A page (`html`) has all of it in an order of its own.

mod bibtex;
mod card;
mod charset;
mod csv;
mod figure_note;
mod finding;
mod github;
mod html;
mod html_text;
mod json;
mod json_schema;
mod latex;
mod markdown;
mod output_args;
mod pager;
pub(crate) mod progress;
mod receipt;
mod report;
mod row_writer;
mod sarif;
pub(crate) mod sql;
mod table;
mod terminal;

use crate::error::Error;
use crate::model::{Key, Keys};
use clap::{Args, ValueEnum};

pub(crate) use bibtex::bibtex;
pub(crate) use card::{Card, Fact};
pub use charset::Charset;
pub(crate) use charset::bar;
pub(crate) use figure_note::FigureNote;
pub(crate) use finding::{Finding, Level};
pub(crate) use json::write_json;
pub(crate) use json_schema::json_schema;
pub(crate) use output_args::{ModelWriter, OutputArgs, SheetColumn};
pub(crate) use receipt::Receipt;
pub(crate) use report::{Picture, Report, ReportPart};
pub(crate) use row_writer::{Row, RowWriter};
pub(crate) use table::ILLUSTRATION;
pub use terminal::{Output, print_error};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Aligned columns with human units
    #[default]
    Table,
    /// One JSON array, an object a line
    Json,
    /// JSON objects, one a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// A table in Markdown, with human units
    #[value(alias = "md")]
    Markdown,
    /// A table for LaTeX with the package booktabs, with human units
    #[value(alias = "tex")]
    Latex,
    /// A page for a browser: tables to sort and filter, sources, the chart
    Html,
    /// BibTeX entries; on list, sort and show
    Bibtex,
    /// The ids alone, one a line
    Ids,
    /// The names alone, one a line
    Names,
    /// Models as entries of a catalog, in JSON; on list, sort and show
    Entry,
    /// Annotations of a GitHub workflow; on audit and check
    Github,
    /// A SARIF 2.1.0 document, as code scanners write it; on audit and check
    Sarif,
}

impl Format {
    /// Whether it is written for people: with human units, the usual columns and remarks.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(
            self,
            Format::Table | Format::Markdown | Format::Latex | Format::Html
        )
    }

    /// Whether it writes findings, each with its place in a file.
    pub(crate) fn is_of_findings(self) -> bool {
        matches!(self, Format::Github | Format::Sarif)
    }

    /// Whether it writes models whole, whatever the columns.
    pub(crate) fn is_of_models(self) -> bool {
        matches!(self, Format::Entry | Format::Bibtex)
    }

    /// What `--format` calls it.
    pub(crate) fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// The format of an answer.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct FormatArgs {
    /// Output format
    #[arg(
        long = "format",
        short = 'f',
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t
    )]
    chosen: Format,

    /// The same as `--format json`
    #[arg(long, conflicts_with = "chosen")]
    json: bool,

    /// Leave out keys without a value; in json and jsonl
    #[arg(long)]
    omit_null: bool,

    /// Leave out the header
    #[arg(long)]
    pub no_header: bool,
}

impl FormatArgs {
    /// Of a format, with a header.
    pub(crate) fn of(format: Format) -> FormatArgs {
        FormatArgs {
            chosen: format,
            json: false,
            omit_null: false,
            no_header: false,
        }
    }

    /// The format.
    pub(crate) fn format(&self) -> Format {
        match self.json {
            true => Format::Json,
            false => self.chosen,
        }
    }

    /// Refuses what the format cannot do.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.format() {
            Format::Json | Format::Jsonl => Ok(()),
            format if self.omit_null => Err(Error::Misuse(format!(
                "`--omit-null` is for `json` and `jsonl`; `{}` has no keys to leave out",
                format.name()
            ))),
            _ => Ok(()),
        }
    }

    /// The keys to read so that figures can be marked as not stated by the makers; none if the format
    /// shows no marks.
    pub(crate) fn marks(&self) -> Keys {
        match self.format().is_for_people() {
            true => Keys::of(&[Key::sources]),
            false => Keys::default(),
        }
    }

    /// The keys to read so that names are links; none if the format has no links.
    pub(crate) fn links(&self) -> Keys {
        match self.format() {
            Format::Html => Keys::of(&[Key::paper, Key::links]),
            _ => Keys::default(),
        }
    }
}

//! The output flags: format, columns, and the file of the chart.

use crate::catalog::Catalog;
use crate::catalog::same_file::FileId;
use crate::chart::Chart;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::column::Record;
use crate::model::column::{Column, ColumnRef, Heading, distinct};
use crate::model::name::{NormalizedName, nearest, quoted};
use crate::model::schema;
use crate::model::value::Value;
use crate::model::{Key, Model};
use crate::output::{Format, Output, Rows, Sheet};
use clap::Args;
use clap::builder::{OsStringValueParser, StringValueParser, TypedValueParser};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The format of an answer.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct FormatArgs {
    /// Output format
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t
    )]
    pub format: Format,

    /// Leave out the header
    #[arg(long)]
    no_header: bool,
}

impl FormatArgs {
    /// Writes sentences about the whole answer for people, in a pipe only if the columns are not
    /// `chosen`.
    pub(crate) fn captions(
        &self,
        sentences: &[String],
        chosen: bool,
        out: &mut Output,
    ) -> io::Result<()> {
        let is_whole = !chosen && !self.no_header;
        self.format.captions(sentences, is_whole, out)
    }

    /// The keys of a model that the marks of its figures need, where they are shown.
    pub(crate) fn marks(&self) -> Keys {
        match self.format.is_for_people() {
            true => Keys::of(&[Key::sources]),
            false => Keys::default(),
        }
    }

    fn write(
        &self,
        headings: &[Heading<'_>],
        rows: &mut dyn Rows,
        out: &mut Output,
    ) -> Result<(), Error> {
        let sheet = Sheet {
            headings,
            rows,
            has_header: !self.no_header,
        };
        self.format.write(sheet, out)
    }
}

/// The format and columns of an answer whose rows are records.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ColumnArgs<R: Record = Model<'static>> {
    #[command(flatten)]
    pub look: FormatArgs,

    /// Columns to show, in this order; `all` for every key
    #[arg(
        id = R::FLAG,
        long = "columns",
        short = 'c',
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(str::parse::<Pick<R>>)
    )]
    columns: Vec<Pick<R>>,
}

/// A value of `--columns`.
#[derive(Debug, Clone, PartialEq)]
enum Pick<R: Record> {
    All,
    One(ColumnRef<R>),
}

impl<R: Record> FromStr for Pick<R> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.eq_ignore_ascii_case("all") {
            true => Ok(Pick::All),
            false => Column::named(text).map(Pick::One),
        }
    }
}

impl<R: Record> ColumnArgs<R> {
    /// The columns of `--columns`, each once: JSON objects must not have a key twice.
    pub(crate) fn named_columns(&self) -> Vec<ColumnRef<R>> {
        let expand = |pick: &Pick<R>| match pick {
            Pick::All => R::columns().iter().collect(),
            Pick::One(column) => vec![*column],
        };
        distinct(self.columns.iter().flat_map(expand))
    }

    /// Refuses `--columns`, for a format that has every key.
    pub(crate) fn no_columns(&self) -> Result<(), Error> {
        match self.columns.is_empty() {
            true => Ok(()),
            false => Err(Error::Misuse(
                "`entry` has every key; leave out `--columns`".to_owned(),
            )),
        }
    }

    /// The columns to show: those of `--columns`, else the format's own. Tables also show the
    /// `asked` columns, which the question is about, and drop them last.
    pub(crate) fn columns(&self, asked: &[ColumnRef<R>]) -> Vec<(ColumnRef<R>, Heading<'static>)> {
        let named = self.named_columns();
        let format = self.look.format;
        let is_default = |column: &ColumnRef<R>| match format {
            Format::Names => column.heading.key == R::NAME,
            format if format.is_for_people() => column.is_default() || asked.contains(column),
            _ => true,
        };
        let columns: Vec<ColumnRef<R>> = match named.is_empty() {
            true => R::columns().iter().filter(is_default).collect(),
            false => named,
        };
        let heading = |column: ColumnRef<R>| match asked.contains(&column) {
            true => Heading {
                rank: column.heading.rank.min(1),
                ..column.heading
            },
            false => column.heading,
        };
        columns.into_iter().map(|c| (c, heading(c))).collect()
    }

    /// Writes records under columns.
    pub(crate) fn write<'r>(
        &self,
        columns: &[(ColumnRef<R>, Heading<'static>)],
        records: &'r [R::Of<'r>],
        out: &mut Output,
    ) -> Result<(), Error> {
        let mut rows = records.iter().map(|record| {
            let values = columns.iter().map(|(column, _)| R::marked(column, record));
            values.collect::<Vec<_>>()
        });
        self.write_rows(columns, &mut rows, out)
    }

    /// Writes rows with a value for each of the columns.
    pub(crate) fn write_rows(
        &self,
        columns: &[(ColumnRef<R>, Heading<'static>)],
        rows: &mut dyn Rows,
        out: &mut Output,
    ) -> Result<(), Error> {
        let headings: Vec<Heading<'_>> = columns.iter().map(|(_, heading)| *heading).collect();
        self.look.write(&headings, rows, out)
    }

    /// Writes records under the columns of the flags.
    pub(crate) fn list<'r>(
        &self,
        records: &'r [R::Of<'r>],
        out: &mut Output,
    ) -> Result<Found, Error> {
        self.write(&self.columns(&[]), records, out)?;
        Ok(Found::count(records.len()))
    }
}

/// The keys of a model that columns read.
pub(crate) fn needs(columns: &[(ColumnRef, Heading<'static>)]) -> Keys {
    let needs = columns.iter().map(|(column, _)| column.needs);
    needs.fold(Keys::default(), Keys::and)
}

/// The format and columns of an answer whose rows are no records: its command has the headings.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct HeadingArgs {
    #[command(flatten)]
    pub look: FormatArgs,

    /// Columns to show, in this order; `-f csv` has their keys in its first line
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

impl HeadingArgs {
    /// Writes rows, of each the values under the headings of `--columns`.
    pub(crate) fn write<'v>(
        &self,
        headings: &[Heading<'_>],
        rows: &mut dyn Iterator<Item = Vec<Value<'v>>>,
        out: &mut Output,
    ) -> Result<(), Error> {
        let shown = self.indices(headings)?;
        let headings: Vec<Heading<'_>> = shown.iter().map(|&i| headings[i]).collect();
        let mut rows = rows.map(|row| shown.iter().map(|&i| row[i].clone()).collect::<Vec<_>>());
        self.look.write(&headings, &mut rows, out)
    }

    /// Whether a chart is drawn below: under a table with its usual columns.
    pub(crate) fn has_picture(&self) -> bool {
        self.look.format == Format::Table && !self.names_keys()
    }

    /// Whether there is a `--columns`.
    pub(crate) fn names_keys(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The numbers of the shown headings, in their order.
    fn indices(&self, headings: &[Heading<'_>]) -> Result<Vec<usize>, Error> {
        let mut indices = Vec::new();
        for name in &self.columns {
            let typed = NormalizedName::new(name);
            // The short names of a model's keys are understood, too.
            let key = schema::named(name).map_or("", |column| column.heading.key);
            let is_named = |heading: &Heading<'_>| typed.is(heading.key) || heading.key == key;
            let named = match headings.iter().position(is_named) {
                Some(index) => index..index + 1,
                None if name.eq_ignore_ascii_case("all") => 0..headings.len(),
                None => return Err(Error::Misuse(unknown_key(name, headings))),
            };
            for index in named {
                if !indices.contains(&index) {
                    indices.push(index);
                }
            }
        }
        Ok(match indices.is_empty() {
            true => (0..headings.len()).collect(),
            false => indices,
        })
    }
}

fn unknown_key(name: &str, headings: &[Heading<'_>]) -> String {
    let keys: Vec<&str> = headings.iter().map(|heading| heading.key).collect();
    match nearest(name, keys.iter().copied()) {
        near if near.is_empty() => format!("unknown key `{name}`; expected {}", quoted(keys)),
        near => format!("unknown key `{name}`; did you mean {}?", quoted(near)),
    }
}

/// The file of the chart.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ChartArgs {
    /// Also write the chart as SVG; `-` writes only the SVG to standard output
    #[arg(
        long,
        value_name = "FILE",
        value_parser = OsStringValueParser::new().try_map(svg_path)
    )]
    svg: Option<PathBuf>,
}

/// What is written besides the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing: the chart is the answer.
    Nothing,
    /// The answer in words.
    Words,
}

impl ChartArgs {
    /// Whether there is a `--svg`.
    pub(crate) fn is_asked(&self) -> bool {
        self.svg.is_some()
    }

    /// Writes the chart to the file of `--svg`, if there is one.
    pub(crate) fn draw(
        &self,
        chart: &Chart,
        catalog: &Catalog,
        out: &mut Output,
    ) -> Result<Rest, Error> {
        let Some(path) = &self.svg else {
            return Ok(Rest::Words);
        };
        if chart.is_empty() {
            let key = chart.figure.key;
            let what = format!("nothing to draw: no model that matches has a date and {key}");
            return Err(Error::TooLittle(what));
        }
        let svg = crate::chart::svg(chart)?;
        if path.as_os_str() == "-" {
            out.write_all(svg.as_bytes())?;
            return Ok(Rest::Nothing);
        }
        let identity = FileId::of(path);
        if identity.is_some() && identity == FileId::of_stdout() {
            // The answer would overwrite it if it was opened again.
            out.write_all(svg.as_bytes())?;
        } else if identity.is_some_and(|file| catalog.reads(&file)) {
            let what = format!("`{}` is a catalog that this command reads", path.display());
            return Err(Error::Misuse(what));
        } else {
            write_file(path, svg.as_bytes())?;
        }
        Ok(Rest::Words)
    }
}

/// The path of a file with the extension `.svg` or none, or of a device.
fn svg_path(path: OsString) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let is_device = fs::metadata(&path).is_ok_and(|own| !own.is_file() && !own.is_dir());
    match path.extension() {
        Some(ending) if !is_device && !ending.eq_ignore_ascii_case("svg") => {
            let file = path.with_extension("svg");
            let file = file.display();
            Err(format!("the chart is SVG; did you mean `{file}`?"))
        }
        _ => Ok(path),
    }
}

/// Writes a file in place: one that exists keeps its mode, owner and links. A new file that cannot
/// be written whole is removed.
fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let existed = path.exists();
    let written = File::create(path).and_then(|mut file| {
        let written = file.write_all(bytes).and_then(|()| file.flush());
        if written.is_err() && !existed {
            // The error of writing is reported, not one of removing.
            let _ = fs::canonicalize(path).and_then(fs::remove_file);
        }
        written
    });
    written.map_err(|error| {
        let why = match error.kind() {
            _ if path.is_dir() => "it is a directory".to_owned(),
            ErrorKind::NotFound if path.as_os_str().is_empty() => "its name is empty".to_owned(),
            ErrorKind::NotFound => "its directory does not exist".to_owned(),
            _ => error.to_string(),
        };
        Error::Misuse(format!("cannot write `{}`: {why}", path.display()))
    })
}

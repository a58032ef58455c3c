//! The output flags: the format, and the columns that an answer shows, of models and others.

use super::{Format, FormatArgs, Output, Row, RowWriter, bibtex};
use crate::error::Error;
use crate::model::column::{Column, ColumnRef, Record};
use crate::model::heading::Heading;
use crate::model::name::{NormalizedName, did_you_mean, quoted};
use crate::model::schema::{self, COLUMNS};
use crate::model::value::{Kind, Value};
use crate::model::{Keys, Model};
use clap::Args;
use std::collections::HashSet;
use std::convert::Infallible;

/// The format of an answer, and its columns.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    #[command(flatten)]
    pub look: FormatArgs,

    /// Columns to show: keys, or expressions such as `active_params/params`; `all` for every key,
    /// `+key` to add one to the usual columns
    #[arg(
        long = "columns",
        short = 'c',
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = |text: &str| Ok::<_, Infallible>(text.trim().to_owned())
    )]
    pub(super) columns: Vec<String>,
}

/// A column of an answer, and who reads it where no columns are chosen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SheetColumn<'a> {
    pub heading: Heading<'a>,
    /// Other keys that people type for it.
    aliases: &'a [&'static str],
    audience: Audience,
}

/// The key of the column that `ids` shows.
const ID: &str = "id";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    Both,
    /// People alone, even where all columns are chosen: bars and intervals.
    People,
    /// Tables alone: what only illustrates other columns.
    Tables,
    /// Machines, and people who choose it.
    Machines,
}

impl<'a> SheetColumn<'a> {
    /// A column of bars.
    pub(crate) fn bar(key: &'a str, drop_order: u8) -> SheetColumn<'a> {
        SheetColumn {
            audience: Audience::Tables,
            ..Heading::new(key, "", Kind::Word, drop_order).into()
        }
    }

    /// A column of what machines have in others.
    pub(crate) fn for_people(heading: Heading<'a>) -> SheetColumn<'a> {
        let audience = Audience::People;
        SheetColumn {
            audience,
            ..heading.into()
        }
    }

    /// A column that people see if they choose it.
    pub(crate) fn for_machines(heading: Heading<'a>) -> SheetColumn<'a> {
        let audience = Audience::Machines;
        SheetColumn {
            audience,
            ..heading.into()
        }
    }
}

impl SheetColumn<'_> {
    fn is_named(&self, typed: &str) -> bool {
        // `-params` or `+params` is how other tools write an order.
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        let is_key = typed.starts_with(char::is_alphanumeric) && typed.chars().all(plain);
        let name = NormalizedName::new(typed);
        let is_own = |own: &&str| name.is(own);
        // Other people's keys have any signs.
        typed == self.heading.key
            || is_key && (is_own(&self.heading.key) || self.aliases.iter().any(is_own))
    }
}

impl<'a> From<Heading<'a>> for SheetColumn<'a> {
    fn from(heading: Heading<'a>) -> Self {
        // The aliases of a model's keys are understood everywhere.
        let column = COLUMNS.iter().find(|own| own.heading.key == heading.key);
        SheetColumn {
            heading,
            aliases: column.map_or(&[], |column| column.aliases),
            audience: Audience::Both,
        }
    }
}

impl<R: Record> From<&Column<R>> for SheetColumn<'_> {
    fn from(column: &Column<R>) -> Self {
        SheetColumn {
            heading: column.heading,
            aliases: column.aliases,
            audience: match column.is_default() {
                true => Audience::Both,
                false => Audience::Machines,
            },
        }
    }
}

impl OutputArgs {
    /// Entries of a catalog.
    pub(crate) fn entries() -> OutputArgs {
        OutputArgs {
            look: FormatArgs::of(Format::Entry),
            columns: Vec::new(),
        }
    }

    /// Whether there is a `--columns`.
    pub(crate) fn names_keys(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The keys of `--columns`, as typed.
    pub(crate) fn typed_keys(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(String::as_str)
    }

    /// Whether `+key` adds this column.
    fn adds(&self, column: ColumnRef) -> bool {
        let mut added = self
            .columns
            .iter()
            .filter_map(|typed| typed.strip_prefix('+'));
        added.any(|typed| schema::parse_column(typed) == Ok(column))
    }

    /// Refuses `--columns`, for a format that has every key.
    pub(crate) fn no_columns(&self) -> Result<(), Error> {
        match self.names_keys() {
            true => Err(Error::Misuse(format!(
                "`{}` has every key; leave out `--columns`",
                self.look.format().name()
            ))),
            false => Ok(()),
        }
    }

    /// Whether the answer is a page.
    pub(crate) fn is_page(&self) -> bool {
        self.look.format() == Format::Html
    }

    /// Whether a chart is drawn below: under a table with its usual columns.
    pub(crate) fn has_picture(&self) -> bool {
        matches!(self.look.format(), Format::Table | Format::Html) && !self.names_keys()
    }

    /// The numbers of the columns to show, and what writes them. The column with the key `name` is
    /// the one that the format of names shows.
    pub(crate) fn select<'a>(
        &self,
        columns: &[SheetColumn<'a>],
        name: &str,
        out: &Output,
    ) -> Result<(Vec<usize>, RowWriter<'a>), Error> {
        if self.look.format().is_of_findings() {
            return Err(Error::Misuse(format!(
                "`{}` is a format of findings: use it with `audit` or `check`",
                self.look.format().name()
            )));
        }
        let has_id = columns.iter().any(|column| column.heading.key == ID);
        if self.look.format() == Format::Ids && !has_id && !self.names_keys() {
            let what = "`ids` is a format of models, and this answer has none";
            return Err(Error::Misuse(what.to_owned()));
        }
        let is_usual = |column: &SheetColumn<'_>| match (self.look.format(), column.audience) {
            (Format::Names, _) => column.heading.key == name,
            (Format::Ids, _) => column.heading.key == ID,
            (format, Audience::People) => format.is_for_people(),
            (format, Audience::Tables) => format == Format::Table,
            (format, Audience::Machines) => !format.is_for_people(),
            (_, Audience::Both) => true,
        };
        let is_for_others = |column: &SheetColumn<'_>| match column.audience {
            Audience::People => !self.look.format().is_for_people(),
            Audience::Tables => self.look.format() != Format::Table,
            Audience::Both | Audience::Machines => false,
        };
        let mut shown: Vec<usize> = (0..columns.len()).collect();
        shown.retain(|index| match self.names_keys() {
            true => !is_for_others(&columns[*index]),
            false => is_usual(&columns[*index]),
        });
        if self.names_keys() {
            // `+key` adds to the usual columns.
            let adds = self.columns.iter().any(|typed| typed.starts_with('+'));
            let usual = shown.iter().copied();
            let usual = usual.filter(|index| adds && is_usual(&columns[*index]));
            let mut chosen: Vec<usize> = usual.collect();
            for typed in &self.columns {
                let typed = typed.strip_prefix('+').unwrap_or(typed).trim_start();
                let is_named = |index: &&usize| columns[**index].is_named(typed);
                let is_exact = |index: &&usize| columns[**index].heading.key == typed;
                match shown
                    .iter()
                    .find(is_exact)
                    .or_else(|| shown.iter().find(is_named))
                {
                    Some(index) => chosen.push(*index),
                    None if typed.eq_ignore_ascii_case("all") => chosen.extend(&shown),
                    None => {
                        let columns = shown.iter().map(|index| columns[*index]);
                        return Err(unknown_key(typed, &columns.collect::<Vec<_>>()));
                    }
                }
            }
            // Each once: JSON objects must not have a key twice.
            let mut seen = HashSet::new();
            chosen.retain(|index| seen.insert(*index));
            shown = chosen;
        }
        let headings = shown.iter().map(|index| columns[*index].heading);
        let writer = RowWriter::new(&self.look, headings.collect(), out);
        Ok((shown, writer))
    }
}

fn unknown_key(typed: &str, columns: &[SheetColumn<'_>]) -> Error {
    let keys = || columns.iter().map(|column| column.heading.key);
    let aliases = columns.iter().flat_map(|column| column.aliases).copied();
    let hint = match did_you_mean(typed, keys().chain(aliases)) {
        _ if typed.is_empty() => return Error::Misuse("a key of `--columns` is empty".to_owned()),
        hint if !hint.is_empty() => hint,
        // The keys of models are too many for a message.
        _ if columns.len() >= COLUMNS.len() => "; `ahm columns` lists them".to_owned(),
        _ => format!("; expected {}", quoted(keys())),
    };
    Error::Misuse(format!("unknown key `{typed}`{hint}"))
}

/// The columns of models, with those that `--columns` computes, which it then names by their keys.
fn with_computed(args: &OutputArgs) -> Result<(OutputArgs, Vec<ColumnRef>), Error> {
    let mut args = args.clone();
    let mut all: Vec<ColumnRef> = schema::columns().iter().collect();
    for typed in &mut args.columns {
        let (sign, name) = match typed.strip_prefix('+') {
            Some(name) => ("+", name),
            None => ("", &**typed),
        };
        let named = Column::named(name).ok().map(Ok);
        // Of an unknown key, `select` names those that the answer has.
        let Some(column) = named.or_else(|| schema::parse_expression(name)) else {
            continue;
        };
        let column = column.map_err(Error::Misuse)?;
        *typed = format!("{sign}{}", column.heading.key);
        if !all.contains(&column) {
            all.push(column);
        }
    }
    Ok((args, all))
}

/// Makes a row of a model, on any thread.
#[derive(Debug)]
pub(crate) struct ModelWriter {
    /// What a row shows of a model.
    pub columns: Vec<ColumnRef>,
    look: FormatArgs,
    pub writer: RowWriter<'static>,
}

impl ModelWriter {
    /// Under the columns of the flags. Tables also show the `asked` columns, which the question is
    /// about, and drop them last.
    pub(crate) fn new(
        args: &OutputArgs,
        asked: &[ColumnRef],
        out: &Output,
    ) -> Result<ModelWriter, Error> {
        if args.look.format().is_of_models() {
            args.no_columns()?;
        }
        let (args, mut all) = with_computed(args)?;
        let known = all.len();
        for column in asked.iter().filter(|column| column.is_expression()) {
            if !all.contains(column) {
                all.push(column);
            }
        }
        let mut columns: Vec<SheetColumn<'_>> =
            all.iter().copied().map(SheetColumn::from).collect();
        for (index, (own, column)) in columns.iter_mut().zip(&all).enumerate() {
            if index >= known {
                // Machines have it if `--columns` names it.
                own.audience = Audience::People;
            } else if asked.contains(column) || args.adds(column) {
                let drop_order = own.heading.drop_order.min(1);
                *own = SheetColumn::from(Heading {
                    drop_order,
                    ..own.heading
                });
            }
        }
        let (shown, writer) = args.select(&columns, <Model as Record>::NAME, out)?;
        Ok(ModelWriter {
            columns: shown.into_iter().map(|index| all[index]).collect(),
            look: args.look.clone(),
            writer,
        })
    }

    /// The row of a model.
    pub(crate) fn row(&self, model: &Model<'_>) -> Row {
        let columns = self.columns.iter();
        let values: Vec<Value<'_>> = match self.look.format() {
            Format::Entry => return RowWriter::entry(&model.clone().into_entry()),
            Format::Bibtex => return RowWriter::text(bibtex(model)),
            format if format.is_for_people() => columns.map(|c| c.marked(model)).collect(),
            _ => columns.map(|column| column.value(model)).collect(),
        };
        self.writer.row(&values)
    }

    /// The keys of a model that a row reads, with those of the marks where they are shown.
    pub(crate) fn needs(&self) -> Keys {
        let needs = self.columns.iter().map(|column| column.needs);
        match self.look.format() {
            format if format.is_of_models() => Keys::ALL,
            _ => needs.fold(self.look.marks().union(self.look.links()), Keys::union),
        }
    }
}

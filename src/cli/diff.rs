//! `ahm diff`: where two catalogs differ.

use crate::analysis::diff::{Change, Diff, DiffRow, DiffRules, DiffSide, compared_columns, diff};
use crate::catalog::Catalog;
use crate::catalog::document::file_name;
use crate::cli::filter_args::Filters;
use crate::cli::limit_args::LimitArgs;
use crate::cli::receipt::credits;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::{ColumnRef, distinct};
use crate::model::figure::grouped;
use crate::model::heading::Heading;
use crate::model::name::quoted;
use crate::model::unit::{Unit, factor};
use crate::model::value::{Kind, Value};
use crate::model::{Key, Keys, schema};
use crate::output::{Output, OutputArgs, Report, ReportPart, SheetColumn};
use crate::query::Query;
use crate::query::condition::Condition;
use clap::Args;
use clap::builder::EnumValueParser;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Debug, Clone, Args)]
#[command(
    override_usage = "ahm diff [OPTIONS] [OLD] <NEW>",
    after_help = "\
Compares NEW with the catalogs in use, or with OLD. Figures differ if they are more than 5 % apart and
the coarser one is not the other one rounded, months if they are more than one apart. A value that only
one of the two has is no difference. Models are the same if their ids are; those of tables if address or
name are and organization, month or size do not contradict it, else they are apart. The exit code is 1 if
anything differs.

Examples:
  ahm diff notable_ai_models.csv          a table against the built-in catalog
  ahm diff old.json new.json --only new
  ahm diff models.csv --of params,compute --tolerance 20%
"
)]
pub(crate) struct DiffArgs {
    /// The catalog or table to compare, or the old and the new one; `-` is standard input
    #[arg(value_name = "FILE", required = true, num_args = 1..=2)]
    files: Vec<PathBuf>,

    /// Keys to compare [default: all figures and the facts that can be compared]
    #[arg(long, value_name = "KEY,…", value_delimiter = ',', value_parser = trimmed(compared))]
    of: Vec<ColumnRef>,

    /// Show only these changes
    #[arg(
        long,
        value_name = "CHANGE,…",
        value_parser = trimmed(EnumValueParser::<Change>::new()),
        ignore_case = true,
        value_delimiter = ','
    )]
    only: Vec<Change>,

    /// By how much figures may differ [default: 5%, or what the coarser one rounds away]
    #[arg(long, value_name = "SHARE", value_parser = tolerance, allow_negative_numbers = true)]
    tolerance: Option<f64>,

    #[command(flatten)]
    filters: Filters,

    #[command(flatten)]
    limit: LimitArgs,

    #[command(flatten)]
    output: OutputArgs,
}

const ID: Heading<'static> = Heading::new("id", "Id", Kind::Word, 9);

const HEADINGS: [Heading<'static>; 7] = [
    Heading::new("model", "Model", Kind::Word, 0),
    Heading::new("change", "Change", Kind::Word, 1),
    Heading::new("key", "Key", Kind::Word, 1),
    Heading::new("old", "Old", Kind::Mixed, 2),
    Heading::new("new", "New", Kind::Mixed, 2),
    Heading::new("ratio", "Ratio", Kind::Number, 4),
    Heading::new("cause", "Likely cause", Kind::Sentence, 3),
];

impl DiffArgs {
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }

    /// Whether both catalogs are files.
    pub(crate) fn has_old(&self) -> bool {
        self.files.len() > 1
    }

    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let DiffArgs {
            files,
            of,
            only,
            tolerance,
            filters,
            limit,
            output,
        } = self;
        let inputs = files.iter().filter(|path| path.as_os_str() == "-");
        if inputs.count() + usize::from(catalog.reads_stdin()) > 1 {
            let what = "`-` is given twice; standard input can be read once";
            return Err(Error::Misuse(what.to_owned()));
        }
        let names = files
            .iter()
            .map(|path| file_name(&path.to_string_lossy()).to_owned());
        let mut names: Vec<String> = names.collect();
        if names.len() < 2 {
            names.insert(0, "the catalog".to_owned());
        }
        let files = files.iter().map(|path| catalog.of_file(path));
        let files = files.collect::<Result<Vec<Catalog>, Error>>()?;
        let sides = match &*files {
            [old, new] => [old, new],
            files => [catalog, &files[0]],
        };
        for file in &files {
            out.credit(credits(file));
            out.notes(file.table_notes());
        }
        let [old, new] = matching(filters.condition(), sides)?;
        let columns = match of.is_empty() {
            true => compared_columns(),
            false => distinct(of),
        };
        let mut diff = diff(&old, &new, &DiffRules { columns, tolerance })?;
        files
            .iter()
            .for_each(|file| out.notes(file.unread().note()));
        let summary = summary(&diff);
        diff.rows
            .retain(|row| only.is_empty() || only.contains(&row.change));
        let found = diff.rows.len();
        diff.rows.truncate(limit.rows.unwrap_or(usize::MAX));
        let columns = HEADINGS.map(SheetColumn::from).into_iter();
        let columns = columns.chain([SheetColumn::for_machines(ID)]);
        let is_first = |at: usize| at == 0 || diff.rows[at].id != diff.rows[at - 1].id;
        let rows = diff
            .rows
            .iter()
            .enumerate()
            .map(|(at, own)| row(own, is_first(at)));
        let title = format!("Differences between {}", names.join(" and "));
        let mut report = Report::new(ReportPart::sheet(columns, rows)).titled(title);
        report.captions.push(summary);
        report.write(&output, out)?;
        Ok(match found {
            0 => Found::Some,
            _ => Found::Nothing,
        })
    }
}

/// The two sides with the models for which the condition is true. A word may be known to one side only;
/// what is broken is reported when it is compared.
fn matching(condition: Condition, sides: [&Catalog; 2]) -> Result<[DiffSide<'_>; 2], Error> {
    if matches!(&condition, Condition::All(all) if all.is_empty()) {
        return Ok(sides.map(|catalog| DiffSide {
            catalog,
            among: None,
        }));
    }
    let query = Query {
        pattern: None,
        searches: Vec::new(),
        condition,
        order: Vec::new(),
        limit: None,
    };
    let answers = sides.map(|catalog| {
        let keys = Keys::of(&[Key::id]);
        query.scan((catalog, keys), BTreeSet::new(), |ids, model, _| {
            ids.insert(model.id.to_string());
        })
    });
    match answers {
        [Err(error), Err(_)] => Err(error),
        [old, new] => {
            let mut among = [old, new]
                .into_iter()
                .map(|answer| answer.map(|own| own.result));
            Ok(sides.map(|catalog| DiffSide {
                catalog,
                among: Some(among.next().and_then(Result::ok).unwrap_or_default()),
            }))
        }
    }
}

/// How many models were compared, and what became of them.
fn summary(diff: &Diff) -> String {
    let count = |change| diff.rows.iter().filter(|row| row.change == change).count();
    let verb = if diff.differing == 1 {
        "differs"
    } else {
        "differ"
    };
    let values = match count(Change::Differs) {
        1 => format!("{verb} in 1 value"),
        values => format!("{verb} in {} values", grouped(values as f64)),
    };
    let parts = [
        (diff.differing, &*values),
        (diff.new, "new"),
        (diff.gone, "gone"),
        (
            count(Change::Apart),
            "of these apart from a model of their name",
        ),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, what)| format!("{} {what}", grouped(*count as f64)));
    let parts = match parts.collect::<Vec<_>>().join(", ") {
        parts if parts.is_empty() => "no difference".to_owned(),
        parts => parts,
    };
    format!("{} compared; {parts}", grouped(diff.compared as f64))
}

/// A row; people read the name of a model once.
fn row(row: &DiffRow, is_first: bool) -> Vec<Value<'_>> {
    let (name, heading) = (
        Value::from(&*row.name),
        row.column.map(|column| column.heading),
    );
    let ratio = row
        .ratio
        .map(|ratio| Value::shown(factor(ratio), Value::Number(ratio)));
    vec![
        if is_first {
            name
        } else {
            Value::shown("", name)
        },
        Value::from(row.change.word()),
        heading.map_or(Value::Missing, |own| Value::shown(own.title, own.key)),
        row.old.clone(),
        row.new.clone(),
        ratio.unwrap_or(Value::Missing),
        Value::from(row.cause.as_deref()),
        Value::from(&*row.id),
    ]
}

/// Reads a key that is compared.
fn compared(name: &str) -> Result<ColumnRef, String> {
    let (column, columns) = (schema::parse_column(name)?, compared_columns());
    let keys = || quoted(columns.iter().map(|own| own.heading.key));
    let is_compared = columns.contains(&column).then_some(column);
    is_compared.ok_or_else(|| format!("`{name}` is not compared; compared are {}", keys()))
}

/// Reads the share by which figures may differ.
fn tolerance(text: &str) -> Result<f64, String> {
    match Unit::Ratio.parse(text)? {
        share if share < 1.0 => Ok(share),
        _ => Err(format!(
            "`{text}` is not below 1; expected a share such as `5%`"
        )),
    }
}

//! `ahm compare`: models side by side.

mod chart;

use crate::catalog::Catalog;
use crate::cli::chart_args::ChartArgs;
use crate::cli::name_args::{self, NameArgs};
use crate::cli::picture::footer;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::{ColumnRef, distinct};
use crate::model::heading::Heading;
use crate::model::schema::{self, COLUMNS};
use crate::model::unit::three;
use crate::model::value::{Kind, Value};
use crate::model::{Keys, Model};
use crate::output::{
    Charset, ILLUSTRATION, Output, OutputArgs, Report, ReportPart, SheetColumn, bar,
};
use crate::query::evidence::{self, Units};
use crate::text::first_few;
use clap::Args;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  ahm compare gpt-3 palm llama
  ahm compare gpt-3 llama --of params,tokens,compute -f markdown
  ahm compare gpt-3 palm --svg ratios.svg
")]
pub(crate) struct Compare {
    #[command(flatten)]
    names: NameArgs,

    /// Keys to compare [default: those that one of the models has]
    #[arg(long, value_name = "KEY,…", value_delimiter = ',', value_parser = trimmed(schema::parse_column))]
    of: Vec<ColumnRef>,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten)]
    svg: ChartArgs,
}

/// Width of the bar of the largest figure.
const BAR: usize = 8;

/// Facts that are compared, before the figures.
const FACTS: [ColumnRef; 7] = [
    schema::column("organizations"),
    schema::column("announced"),
    schema::column("access"),
    schema::column("fields"),
    schema::column("architecture"),
    schema::column("objective"),
    schema::column("training_framework"),
];

impl Compare {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Compare {
            names,
            of,
            output,
            svg,
        } = self;
        let mut typed = output.typed_keys();
        if let Some(key) = typed.find(|key| *key != "key" && schema::parse_column(key).is_ok()) {
            return Err(Error::Misuse(format!(
                "`-c` chooses models here, by id; choose keys with `--of {key}`"
            )));
        }
        let found = names.find(catalog, out)?;
        let models = catalog.models(&found.records)?;
        for (i, name) in found.names.iter().enumerate() {
            let same = |earlier: &usize| models[*earlier].id == models[i].id;
            if let Some(earlier) = (0..i).find(same) {
                let other = &found.names[earlier];
                let what = format!("`{other}` and `{name}` are the same model");
                return Err(Error::Misuse(what));
            }
        }
        if models.len() < 2 {
            name_args::report_failures(found.failures)?;
            let what = format!("`{}` is one model; compare it with another", found.names[0]);
            return Err(Error::Misuse(what));
        }
        let asked = distinct(of);
        let rows = match asked.is_empty() {
            true => known(usual(), &models),
            false => asked.clone(),
        };
        let charset = out.charset();
        let keys = |what: &str| -> Vec<String> {
            let keys = models.iter().map(|model| format!("{}_{what}", model.id));
            keys.collect()
        };
        let (bars, ratios) = (keys("bar"), keys("ratio"));
        let title = format!("× {}", models[0].name);
        let mut columns = vec![SheetColumn::from(Heading::new("key", "", Kind::Word, 0))];
        for (i, model) in models.iter().enumerate() {
            columns.push(Heading::new(&model.id, &model.name, Kind::Mixed, 0).into());
            columns.push(SheetColumn::bar(&bars[i], ILLUSTRATION + 1));
            if i > 0 {
                columns.push(Heading::new(&ratios[i], &title, Kind::Mixed, ILLUSTRATION).into());
            }
        }
        let figures = rows.iter().map(|column| column.needs);
        let figures = figures.fold(Keys::default(), Keys::union);
        let turned = turned(&rows, &asked, &models);
        let rows = rows.into_iter().map(|column| row(column, &models, charset));
        let names = models.iter().map(|model| &*model.name);
        let title = format!("{} side by side", first_few(names, models.len()));
        let mut report = Report::new(ReportPart::sheet(columns, rows)).titled(title);
        report.turned = Some((turned, "--of"));
        report.notes = evidence::notes(&models, figures);
        let draw = || chart::chart(&asked, &models, footer(catalog, &[]));
        svg.write(false, report, draw, (catalog, &output), out)?;
        out.finish()?;
        name_args::report_failures(found.failures)?;
        Ok(Found::Some)
    }
}

/// The facts and figures that are compared.
fn usual() -> Vec<ColumnRef> {
    let figures = COLUMNS.iter().filter(|c| c.heading.kind.is_measured());
    FACTS.into_iter().chain(figures).collect()
}

/// Those that at least one of the models has.
fn known(mut columns: Vec<ColumnRef>, models: &[Model<'_>]) -> Vec<ColumnRef> {
    columns.retain(|column| models.iter().any(|model| !column.value(model).is_missing()));
    columns
}

/// A model a row: a terminal that is too narrow for a column a model loses figures, not models.
/// Figures that were asked for go from the right.
fn turned<'m>(
    columns: &[ColumnRef],
    asked: &[ColumnRef],
    models: &'m [Model<'m>],
) -> ReportPart<'m> {
    let columns = [schema::column("name")].into_iter().chain(columns.to_vec());
    let columns = distinct(columns);
    let headings = columns.iter().map(|column| match asked.contains(column) {
        true => Heading {
            drop_order: 1,
            ..column.heading
        },
        false => column.heading,
    });
    let row = |model| columns.iter().map(|column| column.marked(model)).collect();
    ReportPart::sheet(headings, models.iter().map(row))
}

/// The values of a column, each figure with its share of the largest and its ratio to the first.
fn row<'m>(column: ColumnRef, models: &'m [Model<'m>], charset: Charset) -> Vec<Value<'m>> {
    let figures = comparable(column, models);
    let largest = figures.iter().flatten().copied().fold(0.0, f64::max);
    let first = figures[0];
    let mut row = vec![Value::shown(column.heading.title, column.heading.key)];
    for ((i, model), own) in models.iter().enumerate().zip(figures) {
        let value = match (column.value(model), column.heading.kind) {
            (Value::Number(number), _) if column.has_units() => {
                Value::shown(column.words_of(model), Value::Number(number))
            }
            (Value::Number(number), Kind::Quantity(unit)) => Value::Quantity(number, unit),
            // The columns of models have no unit that would shorten them.
            (Value::Numbers(list), kind) => {
                let value = Value::Numbers(list);
                Value::shown(value.human(kind), value)
            }
            (value, _) => value,
        };
        row.push(column.linked(column.mark(value, model), model));
        row.push(own.map_or(Value::Missing, |own| {
            Value::Text(bar(own / largest, BAR, charset).into())
        }));
        if i > 0 {
            let ratio = own.zip(first).map(|(own, first)| own / first);
            let ratio = ratio.filter(|ratio| ratio.is_finite());
            row.push(ratio.map_or(Value::Missing, |ratio| {
                Value::shown(format!("{}×", three(ratio)), Value::Number(ratio))
            }));
        }
    }
    row
}

/// The figures of the models, if those of the column can be compared: all in one unit.
fn comparable(column: ColumnRef, models: &[Model<'_>]) -> Vec<Option<f64>> {
    let mut units = Units::default();
    models.iter().for_each(|model| units.note(column, model));
    let can_be = column.heading.kind.is_measured() && units != Units::Several;
    let figures = models.iter().map(|model| column.value(model).number());
    figures.map(|figure| figure.filter(|_| can_be)).collect()
}

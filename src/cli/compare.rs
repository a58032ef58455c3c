//! `ahm compare`: models side by side.

use crate::catalog::Catalog;
use crate::cli::output_args::HeadingArgs;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::Model;
use crate::model::column::{ColumnRef, Heading, distinct};
use crate::model::schema::{self, COLUMNS};
use crate::model::unit::three;
use crate::model::value::{Kind, Value};
use crate::output::Output;
use crate::output::{Charset, bar};
use crate::query::evidence;
use clap::Args;
use std::borrow::Cow;

/// Compare models side by side
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  ahm compare gpt-3 palm llama
  ahm compare gpt-3 llama --of params,tokens,compute -f markdown
")]
pub(crate) struct Compare {
    /// Model names, ids or aliases, Hugging Face ids, or arXiv ids
    #[arg(value_name = "NAME", required = true, num_args = 2..)]
    names: Vec<String>,

    /// Keys to compare [default: those that one of the models has]
    #[arg(long, value_name = "KEY,…", value_delimiter = ',', value_parser = trimmed(schema::named))]
    of: Vec<ColumnRef>,

    #[command(flatten)]
    layout: HeadingArgs,
}

/// Width of the bar of the largest figure.
const BAR: usize = 8;

/// Facts that are compared, before the figures.
const FACTS: [ColumnRef; 7] = [
    schema::known("organizations"),
    schema::known("announced"),
    schema::known("access"),
    schema::known("fields"),
    schema::known("architecture"),
    schema::known("objective"),
    schema::known("training_framework"),
];

impl Compare {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Compare { names, of, layout } = self;
        let (records, notes) = catalog.named(&names)?;
        let models = catalog.models(&records)?;
        for (i, name) in names.iter().enumerate() {
            let same = |earlier: &usize| models[*earlier].id == models[i].id;
            if let Some(earlier) = (0..i).find(same) {
                let other = &names[earlier];
                let what = format!("`{other}` and `{name}` are the same model");
                return Err(Error::Misuse(what));
            }
        }
        out.notes(notes);
        let rows = match of.is_empty() {
            true => known(&models),
            false => distinct(of),
        };
        let people = layout.look.format.is_for_people();
        let of_model = models.iter().map(|model| {
            let ratio = (
                format!("{}_ratio", model.id),
                format!("× {}", models[0].name),
            );
            (model, ratio, format!("{}_bar", model.id))
        });
        let of_model: Vec<(&Model<'_>, (String, String), String)> = of_model.collect();
        let mut headings = vec![Heading::new("key", "", Kind::Word, 0)];
        for (i, (model, (ratio_key, ratio_title), bar_key)) in of_model.iter().enumerate() {
            let order = u8::try_from(i).unwrap_or(u8::MAX);
            headings.push(Heading::new(&model.id, &model.name, Kind::Number, order));
            if people {
                headings.push(Heading::new(bar_key, "", Kind::Word, u8::MAX));
            }
            if i > 0 {
                // Ratios are dropped before models.
                headings.push(Heading::new(
                    ratio_key,
                    ratio_title,
                    Kind::Number,
                    u8::MAX - 1,
                ));
            }
        }
        let bars = people.then(|| out.charset());
        let figures = rows.iter().map(|column| column.needs);
        let figures = figures.fold(Keys::default(), Keys::and);
        let mut rows = rows.into_iter().map(|column| row(column, &models, bars));
        layout.write(&headings, &mut rows, out)?;
        if let Some(remark) = evidence::remark(&models, figures).filter(|_| people) {
            out.remark(remark);
        }
        Ok(Found::Some)
    }
}

/// The facts and figures that at least one of the models has.
fn known(models: &[Model<'_>]) -> Vec<ColumnRef> {
    let figures = COLUMNS.iter().filter(|c| c.heading.kind.is_measured());
    let has = |column: &ColumnRef| models.iter().any(|m| !(column.read)(m).is_missing());
    FACTS.into_iter().chain(figures).filter(has).collect()
}

/// The values of a column, each figure after the first with its ratio to the first. People, who have
/// `bars` of these characters, see each figure's share of the largest.
fn row<'m>(column: ColumnRef, models: &'m [Model<'m>], bars: Option<Charset>) -> Vec<Value<'m>> {
    let people = bars.is_some();
    let figures = models.iter().filter_map(|model| figure(column, model));
    let largest = figures.fold(0.0, f64::max);
    let label = match people {
        true => column.heading.title,
        false => column.heading.key,
    };
    let first = figure(column, &models[0]);
    let mut row = vec![Value::from(label)];
    for (i, model) in models.iter().enumerate() {
        let value = (column.read)(model);
        let own = figure(column, model);
        let value = match (value, column.heading.kind) {
            (Value::Number(number), Kind::Quantity(unit)) => Value::Quantity(number, unit),
            // The columns of models have no unit that would shorten them.
            (Value::Numbers(list), kind) if people => {
                Value::Text(Cow::Owned(Value::Numbers(list).human(kind).into_owned()))
            }
            (value, _) => value,
        };
        row.push(column.mark(value, model));
        if let Some(charset) = bars {
            let bar = own.map(|own| bar(own / largest, BAR, charset));
            row.push(bar.map_or(Value::Missing, |bar| Value::Text(Cow::Owned(bar))));
        }
        if i > 0 {
            let ratio = own.zip(first).map(|(own, first)| own / first);
            row.push(match ratio.filter(|ratio| ratio.is_finite()) {
                None => Value::Missing,
                Some(ratio) if people => Value::Text(Cow::Owned(format!("{}×", three(ratio)))),
                Some(ratio) => Value::Number(ratio),
            });
        }
    }
    row
}

/// The model's figure, if figures of the column can be compared.
fn figure(column: ColumnRef, model: &Model<'_>) -> Option<f64> {
    let is_figure = column.heading.kind.is_measured();
    (column.read)(model).number().filter(|_| is_figure)
}

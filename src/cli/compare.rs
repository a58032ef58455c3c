//! `ahm compare`: models side by side.

use crate::catalog::Catalog;
use crate::cli::layout::Layout;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Model;
use crate::model::column::{ColumnRef, Heading, distinct};
use crate::model::columns::{self, COLUMNS};
use crate::model::keys::Keys;
use crate::model::value::{Kind, Value};
use crate::output::Output;
use crate::output::{Letters, bar};
use crate::query::caveat;
use clap::Args;
use std::borrow::Cow;

/// Compare models side by side, with ratios to the first
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  ahm compare gpt-3 palm llama
  ahm compare gpt-3 llama --of params,tokens,compute -f markdown
")]
pub(crate) struct Compare {
    /// Models to compare, named as in `ahm show`
    #[arg(value_name = "NAME", required = true, num_args = 2..)]
    names: Vec<String>,

    /// Keys to compare; those that one of the models has unless named
    #[arg(long, value_name = "KEY,…", value_delimiter = ',', value_parser = trimmed(columns::named))]
    of: Vec<ColumnRef>,

    #[command(flatten)]
    layout: Layout,
}

/// How wide the bar of the largest figure is.
const BAR: usize = 8;

/// The facts that are compared beside the figures.
const FACTS: [ColumnRef; 7] = [
    columns::known("organizations"),
    columns::known("announced"),
    columns::known("access"),
    columns::known("fields"),
    columns::known("architecture"),
    columns::known("objective"),
    columns::known("training_framework"),
];

impl Compare {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Compare { names, of, layout } = self;
        let (named, originals) = catalog.named(&names)?;
        let models = catalog.whole(&originals)?;
        for (i, name) in names.iter().enumerate() {
            let same = |earlier: &usize| named[*earlier].place == named[i].place;
            if let Some(earlier) = (0..i).find(same) {
                let other = &names[earlier];
                let what = format!("`{other}` and `{name}` are the same model");
                return Err(Error::Misuse(what));
            }
        }
        out.notes(named.iter().filter_map(|named| named.note.as_ref()));
        let rows = match of.is_empty() {
            true => known(&models),
            false => distinct(of),
        };
        let titles: Vec<(String, String)> = models
            .iter()
            .map(|model| {
                (
                    format!("{}_ratio", model.id),
                    format!("× {}", models[0].name),
                )
            })
            .collect();
        let bar_keys = models.iter().map(|model| format!("{}_bar", model.id));
        let bar_keys: Vec<String> = bar_keys.collect();
        let people = layout.look.format.is_for_people();
        let mut headings = vec![Heading::new("key", "", Kind::Word, 0)];
        for (i, model) in models.iter().enumerate() {
            let rank = u8::try_from(i).unwrap_or(u8::MAX);
            headings.push(Heading::new(&model.id, &model.name, Kind::Number, rank));
            if people {
                headings.push(Heading::new(&bar_keys[i], "", Kind::Word, u8::MAX));
            }
            if i > 0 {
                let (key, title) = &titles[i];
                // The models are what was asked for.
                headings.push(Heading::new(key, title, Kind::Number, u8::MAX - 1));
            }
        }
        let bars = people.then(|| out.letters());
        let figures = rows.iter().map(|column| column.needs);
        let figures = figures.fold(Keys::default(), Keys::and);
        let mut rows = rows.into_iter().map(|column| row(column, &models, bars));
        layout.write(&headings, &mut rows, out)?;
        if let Some(remark) = caveat::remark(&models, figures).filter(|_| people) {
            out.remark(remark);
        }
        Ok(Found::Some)
    }
}

/// The facts, then the figures, of which one of the models has something.
fn known(models: &[Model<'_>]) -> Vec<ColumnRef> {
    let figures = COLUMNS.iter().filter(|c| c.heading.kind.is_measured());
    let has = |column: &ColumnRef| models.iter().any(|m| !(column.read)(m).is_missing());
    FACTS.into_iter().chain(figures).filter(has).collect()
}

/// The values of a column, each figure after the first with its ratio to the first; for people, who
/// have bars of these letters, each with a bar to the largest.
fn row<'m>(column: ColumnRef, models: &'m [Model<'m>], bars: Option<Letters>) -> Vec<Value<'m>> {
    let people = bars.is_some();
    let figures = models.iter().filter_map(|model| figure(column, model));
    let largest = figures.fold(0.0, f64::max);
    let label = match people {
        true => column.heading.title,
        false => column.heading.key,
    };
    let mut row = vec![Value::from(label)];
    for (i, model) in models.iter().enumerate() {
        let value = (column.read)(model);
        let ratio = figure(column, model).zip(figure(column, &models[0]));
        let ratio = ratio.map(|(own, first)| own / first);
        let ratio = ratio.filter(|ratio| ratio.is_finite());
        let ratio = ratio.map_or(Value::Missing, |own| self::ratio(own, people));
        let value = match (value, column.heading.kind) {
            (Value::Number(number), Kind::Quantity(unit)) => Value::Quantity(number, unit),
            // The columns of models have no unit that would shorten them.
            (Value::Numbers(list), kind) if people => {
                Value::Text(Cow::Owned(Value::Numbers(list).human(kind).into_owned()))
            }
            (value, _) => value,
        };
        let bar = figure(column, model)
            .zip(bars)
            .map(|(figure, letters)| Value::Text(Cow::Owned(bar(figure / largest, BAR, letters))));
        row.push(column.mark(value, model));
        row.extend(people.then_some(bar.unwrap_or(Value::Missing)));
        if i > 0 {
            row.push(ratio);
        }
    }
    row
}

/// The model's figure, if the column has figures that can be measured against each other.
fn figure(column: ColumnRef, model: &Model<'_>) -> Option<f64> {
    let is_figure = column.heading.kind.is_measured();
    (column.read)(model).number().filter(|_| is_figure)
}

/// A ratio in three digits for people.
fn ratio<'v>(ratio: f64, people: bool) -> Value<'v> {
    match people {
        true => Value::Text(Cow::Owned(format!(
            "{}×",
            crate::model::quantity::three(ratio)
        ))),
        false => Value::Number(ratio),
    }
}

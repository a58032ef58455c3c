//! A comparison as a chart: figures as ratios to those of the first model.

use super::{comparable, known, usual};
use crate::chart::{ChartKind, Drawing, RatioChart, RatioRow, RatioValue};
use crate::cli::observation::source_of;
use crate::model::column::ColumnRef;
use crate::model::unit::three;
use crate::model::{Model, SourceKind};
use crate::text::first_few;

/// The chart of these columns, or of the figures of the catalog that one of the models has.
pub(super) fn chart(asked: &[ColumnRef], models: &[Model<'_>], footer: Vec<String>) -> Drawing {
    let columns = match asked {
        [] => {
            let figures = usual().into_iter().filter(|column| column.figure.is_some());
            known(figures.collect(), models)
        }
        asked => asked.to_vec(),
    };
    let columns = columns
        .into_iter()
        .filter(|own| own.heading.kind.is_measured());
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for column in columns {
        let values = values(column, models);
        match values.iter().flatten().count() {
            2.. => rows.push(RatioRow {
                name: column.in_title(),
                values,
            }),
            _ => left_out.push(column.in_title()),
        }
    }
    let names: Vec<String> = models.iter().map(|model| model.name.to_string()).collect();
    let note = (!left_out.is_empty()).then(|| {
        let (first, left_out) = (&names[0], left_out.join(", "));
        format!(
            "Not drawn, because {first} or all others have none, or in different units: {left_out}."
        )
    });
    let is_hollow = |row: &RatioRow| row.values.iter().flatten().any(|value| value.is_hollow);
    Drawing {
        title: finding(&rows, &names),
        subtitle: format!(
            "{}: figures as ratios to those of {}.",
            names.join(", "),
            names[0]
        ),
        chart: ChartKind::Ratios(RatioChart {
            axis: format!("Ratio to {}, logarithmic", names[0]),
            hollow: match rows.iter().any(is_hollow) {
                true => "not stated by the makers (hollow)".to_owned(),
                false => String::new(),
            },
            models: names,
            rows,
        }),
        notes: note.into_iter().collect(),
        footer,
    }
}

/// The figures of the models, if the first has one.
fn values(column: ColumnRef, models: &[Model<'_>]) -> Vec<Option<RatioValue>> {
    let figures = comparable(column, models);
    let first = figures[0];
    let values = models.iter().zip(figures).map(|(model, own)| {
        let ratio = own? / first?;
        let kind = column.figure.map(|key| model.kind_of(key));
        (ratio.is_finite() && ratio > 0.0).then(|| RatioValue {
            ratio,
            text: column.words_of(model),
            source: source_of(column, model),
            is_hollow: kind.is_none_or(|kind| kind != SourceKind::Stated),
        })
    });
    values.collect()
}

/// The ratios of the first figure, in a sentence.
fn finding(rows: &[RatioRow], names: &[String]) -> String {
    let Some(row) = rows.first() else {
        return format!(
            "{} have no figure in common",
            first_few(names.iter().map(|n| &**n), 3)
        );
    };
    let ratios = names.iter().zip(&row.values).skip(1);
    let ratios = ratios
        .filter_map(|(name, value)| Some(format!("{name} has {}×", three(value.as_ref()?.ratio))));
    let ratios = ratios.collect::<Vec<_>>().join(", ");
    format!("{ratios} the {} of {}", row.name, names[0])
}

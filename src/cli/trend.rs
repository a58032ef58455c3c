//! `ahm trend`: how fast a figure grows.

mod chart;

use crate::analysis::fit::{Fit, Influence, LEAST, NoFit, portable};
use crate::analysis::frontier::Records;
use crate::catalog::Catalog;
use crate::catalog::raw_record::RawRecord;
use crate::catalog::record_reader::RecordReader;
use crate::cli::chart_args::ChartArgs;
use crate::cli::filter_args::FilterArgs;
use crate::cli::observation::{Holder, Measure, Observation, footer};
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::figure::{Figure, exact};
use crate::model::heading::Heading;
use crate::model::month::Point;
use crate::model::physics::Interval;
use crate::model::unit::{Unit, factor, three};
use crate::model::value::{Kind, Value};
use crate::model::{Keys, Model, schema};
use crate::output::{Output, OutputArgs, Report, ReportPart, SheetColumn};
use crate::query::group::{Group, Groups};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::json;
use std::fmt::Display;

/// Fit growth over time, and show the most influential models
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Ordinary least squares of the logarithm of the figure on the month of the announcement. The 95 %
interval is Student's t with n - 2 degrees of freedom: it describes the uncertainty of the fit if
models were a random sample, which a list of huge ones is not. Models without the figure or a date
are left out. There is no rate for fewer than eight models, or if the interval includes 1. Below the
table are the three most influential models, with the growth without each and its distance from the
line through the others.

Examples:
  ahm trend --by compute                  the growth of training compute
  ahm trend --split access --since 2019   of parameters, open and closed models separately
  ahm trend --by compute --svg trend.svg  the same as a chart
  ahm trend --by compute --as-listed      the effect of two errors in the original list
")]
pub(crate) struct Trend {
    /// The figure; the largest where a model has several
    #[arg(long, value_name = "KEY", value_parser = schema::parse_figure, default_value = "params")]
    by: ColumnRef,

    /// Fit each group separately
    #[arg(long, value_name = "KEY", value_parser = split_key(), ignore_case = true)]
    split: Option<ColumnRef>,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten)]
    chart: ChartArgs,
}

/// The observations of a group, with their records.
type Observations = Vec<(Observation, RawRecord<'static>)>;

/// How fast the figure grows, in all or in each group.
struct Growth<'a> {
    measure: Measure,
    split: Option<ColumnRef>,
    fits: Vec<GroupFit<'a>>,
}

/// The fit of a group, and its models that are shown by name.
struct GroupFit<'a> {
    group: &'a Group<Observations>,
    fit: Result<Fit, NoFit>,
    influential: Vec<(Point, Model<'a>, Influence)>,
    /// The models that held a record.
    holders: Vec<Holder<'a>>,
}

const ANNOUNCED: ColumnRef = schema::column("announced");
/// How many influential models are shown for each group.
const INFLUENTIAL: usize = 3;
/// A number without a unit, in three digits for people.
const RATIO: Kind = Kind::Quantity(Unit::Ratio);
/// In place of an uncertain growth.
const NO_RATE: &str = "no rate";

impl Trend {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Trend {
            by,
            split,
            filters,
            output,
            chart,
        } = self;
        let measure = Measure {
            by,
            estimate: None,
            by_access: false,
        };
        let keys = split.map_or(Keys::default(), |split| split.needs);
        let (query, initial) = (filters.query(out), Groups::default());
        let answer = measure.observe(
            &query,
            (catalog, keys),
            initial,
            |groups, model, own, raw| {
                let add = |group: &mut Observations| {
                    group.extend(own.map(|own| (own, raw.to_owned())));
                };
                match split {
                    Some(split) => groups.add(split, model, add),
                    None => groups.add_to_all(add),
                }
            },
        )?;
        out.notes(&answer.note);
        let (evidence, groups) = answer.result;
        let mut groups = groups.in_order(split.unwrap_or(by));
        groups.retain(|group| !group.result.is_empty());
        let reader = measure.reader(catalog)?;
        let fits = groups.iter().map(|group| GroupFit::of(group, &reader));
        let growth = Growth {
            measure,
            split,
            fits: fits.collect::<Result<_, _>>()?,
        };
        let mut report = Report::new(growth.sheet());
        if growth.fits.is_empty() {
            report.write(&output, out)?;
            out.finish()?;
            let figure = by.in_sentence();
            return Err(Error::TooLittle(format!(
                "no model that matches has a month and known {figure}"
            )));
        }
        report.summary = vec![growth.sheet(), growth.influences()];
        let captions = |fresh: &dyn Display| {
            let among = evidence.sentences(("based on", ""), answer.matches, fresh);
            let no_rate = growth.no_rate().into_iter();
            no_rate.chain(among).collect::<Vec<String>>()
        };
        report.captions = captions(&catalog.freshness());
        if growth.fits.iter().any(|own| own.fit.is_ok()) {
            report = report.remark(
                "growth is by least squares of the logarithm, its interval by Student's t with \
                 n - 2 degrees of freedom",
            );
        }
        let draw = || chart::chart(&growth, footer(catalog, &captions(&""), &filters));
        chart.write(report, draw, (catalog, &output), out)
    }
}

impl<'a> GroupFit<'a> {
    fn of(group: &'a Group<Observations>, reader: &RecordReader<'_>) -> Result<Self, Error> {
        let points: Vec<Point> = group.result.iter().map(|(own, _)| own.point).collect();
        let fit = Fit::of(&points);
        let influences = fit.map_or(Vec::new(), |fit| fit.most_influential(&points, INFLUENTIAL));
        let influential = influences.into_iter().map(|influence| {
            let (own, record) = &group.result[influence.index];
            Ok((own.point, reader.model(record)?, influence))
        });
        let mut records = Records::default();
        for (own, record) in &group.result {
            records.push(own.point, || record);
        }
        Ok(GroupFit {
            group,
            fit,
            influential: influential.collect::<Result<_, Error>>()?,
            holders: Holder::all(&records, |record| reader.model(record))?,
        })
    }

    /// The value that the group has in common.
    fn label(&self) -> Value<'static> {
        match self.group.value.is_missing() {
            true => Value::shown("not stated", Value::Missing),
            false => self.group.value.clone(),
        }
    }

    /// The models that a chart names, the most important first.
    fn named(&self) -> impl Iterator<Item = (Point, &Model<'a>)> {
        let influential = self.influential.iter();
        let influential = influential.map(|(point, model, _)| (*point, model));
        let holders = self.holders.iter().rev();
        influential.chain(holders.map(|holder| (holder.point, &holder.model)))
    }

    /// The most influential models as one value, `GPT-NeoX, 2022-04, without it 9.77×; …` as text.
    fn influence(&self) -> Value<'static> {
        let figure = |number: Option<f64>| number.map(|number| Figure(portable(number)));
        let text = |number: fn(f64) -> String| {
            let texts = self.influential.iter().map(|(point, model, influence)| {
                let without = match figure(influence.growth) {
                    Some(growth) => format!("without it {}", number(growth.0)),
                    None => "no rate without it".to_owned(),
                };
                format!("{}, {}, {without}", model.name, point.month)
            });
            texts.collect::<Vec<_>>().join("; ")
        };
        let list = self.influential.iter().map(|(point, model, influence)| {
            json!({
                "name": model.name,
                "id": model.id,
                "announced": point.month,
                "value": Figure(point.value),
                "growth_without": figure(influence.growth),
                "over_line": figure(influence.over_line),
                "residual": figure(influence.residual),
            })
        });
        let json = list.collect();
        Value::shown(text(factor), Value::Json(text(exact), json))
    }
}

impl Growth<'_> {
    /// A sheet with the groups in its first column, if there are several.
    fn part<'s>(
        &self,
        columns: impl IntoIterator<Item = SheetColumn<'s>>,
        rows: impl Iterator<Item = (&'s GroupFit<'s>, Vec<Value<'s>>)>,
    ) -> ReportPart<'s> {
        let group = self.split.map(|split| Heading {
            kind: Kind::Word,
            drop_order: 0,
            ..split.heading
        });
        let label = |own: &GroupFit<'_>| group.map(|_| own.label());
        let rows = rows.map(|(own, row)| label(own).into_iter().chain(row).collect());
        let group = group.into_iter().map(SheetColumn::from);
        ReportPart::sheet(group.chain(columns), rows)
    }

    /// The fit of each group.
    fn sheet(&self) -> ReportPart<'_> {
        let machines = |key, title, kind, rank| {
            SheetColumn::for_machines(Heading::new(key, title, kind, rank))
        };
        let people =
            |key, title, rank| SheetColumn::for_people(Heading::new(key, title, Kind::Word, rank));
        let columns = [
            machines("by", "Figure", Kind::Word, 1),
            Heading::new("n", "n", Kind::Number, 1).into(),
            Heading::new("growth_per_year", "Growth per year", Kind::Number, 0).into(),
            people("growth_interval", "95 % interval", 2),
            machines("growth_low", "Growth, min", RATIO, 3),
            machines("growth_high", "Growth, max", RATIO, 3),
            Heading::new("doubling_months", "Doubling time", Kind::Word, 1).into(),
            people("doubling_interval", "95 % (months)", 3),
            machines("doubling_low", "Doubling, min", RATIO, 4),
            machines("doubling_high", "Doubling, max", RATIO, 4),
            machines("halving_months", "Halving time (months)", RATIO, 5),
            machines("halving_low", "Halving, min", RATIO, 5),
            machines("halving_high", "Halving, max", RATIO, 5),
            Heading::new("r2", "R²", Kind::Number, 4).into(),
            Heading::new("first", "First", Kind::Month, 5).into(),
            Heading::new("last", "Last", Kind::Month, 5).into(),
            machines("influence", "Most influential", Kind::Compound, 6),
        ];
        let rows = self.fits.iter().map(|own| {
            let mut row = vec![
                Value::from(self.measure.by.heading.key),
                Value::Number(own.group.result.len() as f64),
            ];
            match &own.fit {
                Ok(fit) => row.extend(figures(fit)),
                Err(_) => row.push(Value::shown(NO_RATE, Value::Missing)),
            }
            row.resize(columns.len() - 1, Value::Missing);
            row.push(own.influence());
            (own, row)
        });
        self.part(columns, rows)
    }

    /// The models whose absence moves each growth most.
    fn influences(&self) -> ReportPart<'_> {
        let by = self.measure.by.heading;
        let columns = [
            Heading::new("without", "Without", Kind::Word, 0),
            Heading::new("announced", "Announced", Kind::Month, 2),
            Heading {
                drop_order: 3,
                ..by
            },
            Heading::new("growth_per_year", "Growth per year", Kind::Number, 0),
            Heading::new("residual", "Residual", Kind::Word, 4),
        ];
        let rows = self.fits.iter().flat_map(|own| {
            own.influential.iter().map(move |(_, model, influence)| {
                let growth = influence.growth.map(|growth| factor(portable(growth)));
                let over_line = influence.over_line.map(portable);
                let row = vec![
                    Value::from(&*model.name),
                    ANNOUNCED.marked(model),
                    self.measure.value(model),
                    growth.map_or(NO_RATE.into(), text),
                    over_line.map_or(Value::Missing, |over| text(residual(over))),
                ];
                (own, row)
            })
        });
        self.part(columns.map(SheetColumn::from), rows)
    }

    /// Why groups have no growth rate, if any have none.
    fn no_rate(&self) -> Option<String> {
        let none = self.fits.iter().find_map(|own| own.fit.err())?;
        Some(match self.split {
            None => format!("{none}: {}", none.reason()),
            Some(_) => format!(
                "no growth rate from fewer than {LEAST} models, from one month, or where its \
                 95 % interval includes 1"
            ),
        })
    }
}

/// A fit in figures, from its growth to its last month.
fn figures(fit: &Fit) -> Vec<Value<'static>> {
    let number = |number: f64| match number.is_finite() {
        true => Value::Number(portable(number)),
        false => Value::Missing,
    };
    let ratio = |ratio| Value::shown(factor(ratio), number(ratio));
    let growth = fit.growth();
    let months = fit.doubling_months();
    let none = Interval::new(f64::NAN, f64::NAN, f64::NAN);
    let (verb, doubling, halving) = match fit.is_growing() {
        true => ("", months, none),
        false => ("halves in ", none, months),
    };
    let time = format!("{verb}{} months", three(months.mid));
    let r2 = |r2| Value::shown(format!("{r2:.2}"), number(r2));
    vec![
        ratio(growth.mid),
        text(format!("{} to {}", factor(growth.low), factor(growth.high))),
        ratio(growth.low),
        ratio(growth.high),
        Value::shown(time, number(doubling.mid)),
        text(format!("{} to {}", three(months.low), three(months.high))),
        number(doubling.low),
        number(doubling.high),
        number(halving.mid),
        number(halving.low),
        number(halving.high),
        fit.r2.map_or(Value::Missing, r2),
        Value::Month(fit.first),
        Value::Month(fit.last),
    ]
}

fn text(text: String) -> Value<'static> {
    Value::Text(text.into())
}

/// How far a point is from the line through the others.
fn residual(over: f64) -> String {
    match over >= 1.0 {
        true => format!("{} above", factor(over)),
        false => format!("{} below", factor(1.0 / over)),
    }
}

/// A column that trends can be split by.
fn split_key() -> impl TypedValueParser<Value = ColumnRef> {
    let keys = [
        PossibleValue::new("field").alias("fields"),
        PossibleValue::new("access"),
        PossibleValue::new("organization").aliases(["org", "organizations"]),
        PossibleValue::new("section").alias("sections"),
    ];
    PossibleValuesParser::new(keys).try_map(|key| schema::parse_column(&key))
}

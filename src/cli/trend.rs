//! `ahm trend`: how fast a figure grows.

mod chart;
mod table;

use crate::analysis::frontier::Records;
use crate::analysis::trend::{self, Influence, NoTrend};
use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::catalog::record_reader::RecordReader;
use crate::chart::PointName;
use crate::cli::filter_args::FilterArgs;
use crate::cli::observation::{Names, Observation, footer};
use crate::cli::output_args::HeadingArgs;
use crate::cli::output_args::{ChartArgs, Rest};
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::column::ColumnRef;
use crate::model::month::Point;
use crate::model::schema;
use crate::model::value::Value;
use crate::model::{Key, Model};
use crate::output::Output;
use crate::query::evidence::Evidence;
use crate::query::group::{Group, Groups};
use crate::text::by_letters;
use chart::TrendChart;
use clap::{Args, ValueEnum};
use std::fmt;
use std::io::Write;
use table::TrendTable;

/// Fit growth over time, and show the most influential models
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Ordinary least squares of the logarithm of the figure on the month of the announcement. The 95 %
interval is Student's t with n - 2 degrees of freedom. It says how well the line is known if models
were drawn at random, which a list of huge ones is not. Models without the figure or without a date
are left out. There is no rate from fewer than eight models or where the interval includes 1. Below
are the three most influential models, with the growth without each and its distance from the line
through the others.

Examples:
  ahm trend --by compute                  the growth of training compute
  ahm trend --split access --since 2019   of parameters, open and closed models separately
  ahm trend --by compute --svg trend.svg  the same as a picture
  ahm trend --by compute --as-listed      the effect of two errors in the original list
")]
pub struct Trend {
    /// The figure; the largest where a model has several
    #[arg(long, value_name = "KEY", value_parser = schema::figure, default_value = "params")]
    by: ColumnRef,

    /// Fit each group separately
    #[arg(long, value_name = "KEY", value_enum, ignore_case = true)]
    split: Option<Split>,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    layout: HeadingArgs,

    #[command(flatten)]
    picture: ChartArgs,
}

/// What trends can be split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Split {
    #[value(alias = "fields")]
    Field,
    Access,
    #[value(aliases = ["org", "organizations"])]
    Organization,
    #[value(alias = "sections")]
    Section,
}

impl Split {
    fn column(self) -> ColumnRef {
        match self {
            Split::Field => const { schema::known("fields") },
            Split::Access => const { schema::known("access") },
            Split::Organization => const { schema::known("organizations") },
            Split::Section => const { schema::known("sections") },
        }
    }
}

/// The observations of each group, with their records.
#[derive(Debug, Clone, Default)]
struct Observed {
    groups: Groups<Vec<(Observation, RawRecord<'static>)>>,
    evidence: Evidence,
}

impl Merge for Observed {
    fn merge(&mut self, later: Observed) {
        self.groups.merge(later.groups);
        self.evidence.merge(later.evidence);
    }
}

/// How many influential models are shown for each group.
const INFLUENTIAL: usize = 3;

/// The trend of a group.
struct Fit {
    /// The value that the group shares.
    value: Value<'static>,
    observations: Vec<(Observation, RawRecord<'static>)>,
    trend: Result<trend::Trend, NoTrend>,
    influences: Vec<Influence>,
}

/// The trend of a group, and its models that are shown by name.
struct NamedFit<'f> {
    fit: &'f Fit,
    /// The most influential models.
    influential: Vec<(Model<'f>, Observation, Influence)>,
    /// The models that held a record, the latest first; for a chart.
    holders: Vec<(Model<'f>, Observation)>,
}

impl Fit {
    fn of(group: Group<Vec<(Observation, RawRecord<'static>)>>) -> Fit {
        let points: Vec<Point> = group.result.iter().map(|(o, _)| o.point).collect();
        let trend = trend::Trend::of(&points);
        Fit {
            value: group.value,
            influences: trend.as_ref().map_or(Vec::new(), |trend| {
                trend.most_influential(&points, INFLUENTIAL)
            }),
            observations: group.result,
            trend,
        }
    }

    /// The value of the group for people.
    fn label(&self) -> Value<'static> {
        match &self.value {
            Value::Missing => Value::from("not stated"),
            value => value.clone(),
        }
    }
}

impl<'f> NamedFit<'f> {
    fn of(fit: &'f Fit, reader: &RecordReader<'_>, has_chart: bool) -> Result<Self, Error> {
        let model = |index: usize| {
            let (observation, record) = &fit.observations[index];
            Ok((reader.model(record)?, *observation))
        };
        let mut records = Records::default();
        if has_chart {
            for (index, (observation, _)) in fit.observations.iter().enumerate() {
                records.push(observation.point, || index);
            }
        }
        let holders = records.tied().map(|tied| {
            let tied = tied.iter().map(|(_, index)| model(*index));
            let tied = tied.collect::<Result<Vec<_>, Error>>()?.into_iter();
            Ok(tied.min_by(|(a, _), (b, _)| by_letters(&a.name, &b.name)))
        });
        let holders = holders.collect::<Result<Vec<_>, Error>>()?;
        let influential = fit.influences.iter().map(|influence| {
            let (model, observation) = model(influence.index)?;
            Ok((model, observation, *influence))
        });
        Ok(NamedFit {
            fit,
            influential: influential.collect::<Result<_, Error>>()?,
            holders: holders.into_iter().flatten().rev().collect(),
        })
    }

    /// The names of points, the most important first.
    fn names(&self) -> Names {
        let influential = self.influential.iter();
        let influential = influential.map(|(model, observation, _)| (model, observation));
        let holders = self.holders.iter();
        let holders = holders.map(|(model, observation)| (model, observation));
        let mut names = Names::new();
        for (rank, (model, observation)) in influential.chain(holders).enumerate() {
            let text = model.name.to_string();
            let is_known =
                |(own, name): &(Observation, PointName)| own == observation && name.text == text;
            if !names.iter().any(is_known) {
                names.push((*observation, PointName { text, rank }));
            }
        }
        names
    }
}

impl Trend {
    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, no model has the figure and a date, or the answer
    /// cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Trend {
            by,
            split,
            filters,
            layout,
            picture,
        } = self;
        let split = split.map(Split::column);
        let query = filters.query(out);
        let reads = Keys::of(&[Key::announced, Key::access]).and(by.needs);
        let initial = Observed {
            evidence: Evidence::of([by]),
            ..Observed::default()
        };
        let fold = |observed: &mut Observed, model: &Model<'_>, record: &RawRecord<'_>| {
            let value = figure(by, model);
            let point = value.zip(model.announced);
            let observation = point.map(|(value, month)| Observation {
                point: Point { month, value },
                access: model.access,
            });
            observed.evidence.note(model, |_| observation.is_some());
            if value.is_some() && observation.is_none() {
                observed.evidence.lacks("month");
            }
            let add = |observations: &mut Vec<_>| {
                observations.extend(observation.map(|o| (o, record.to_owned())));
            };
            match split {
                Some(split) => observed.groups.add(split, model, add),
                None => observed.groups.add_to_all(add),
            }
        };
        let keys = split.map_or(reads, |split| reads.and(split.needs));
        let answer = query.scan((catalog, keys), initial, fold)?;
        out.notes(&answer.note);
        let matches = answer.matches;
        let Observed { groups, evidence } = answer.result;
        let draws = picture.is_asked() || layout.has_picture();
        let groups = groups.in_order(split.unwrap_or(by)).into_iter();
        let groups = groups.filter(|group| !group.result.is_empty());
        let whole: Vec<Fit> = groups.map(Fit::of).collect();
        let needs = reads.and(Keys::of(&[Key::id, Key::name]));
        let reader = catalog.reader(needs.and(layout.look.marks()))?;
        let fits = whole.iter();
        let fits = fits.map(|fit| NamedFit::of(fit, &reader, draws));
        let fits: Vec<NamedFit<'_>> = fits.collect::<Result<_, _>>()?;
        let table = TrendTable {
            by,
            split,
            layout,
            fits: &fits,
        };
        let no_rate = table.no_rate();
        let captions = |fresh: &dyn fmt::Display| -> Vec<String> {
            let among = evidence.sentences(("based on", ""), matches, fresh);
            no_rate.iter().cloned().chain(among).collect()
        };
        let chart = (draws && !fits.is_empty()).then(|| {
            let chart = TrendChart {
                by,
                split,
                fits: &fits,
                among: evidence.models(matches),
                footer: footer(&catalog.credit(), &captions(&""), &filters.words()),
            };
            chart.chart()
        });
        if let Some(chart) = &chart
            && picture.draw(chart, catalog, out)? == Rest::Nothing
        {
            return Ok(Found::Some);
        }
        let look = &table.layout.look;
        if !fits.is_empty() || !look.format.is_for_people() {
            table.write(out)?;
        }
        if fits.is_empty() {
            out.finish()?;
            let figure = by.in_sentence();
            return Err(Error::TooLittle(format!(
                "no model that matches has a month and known {figure}"
            )));
        }
        look.captions(
            &captions(&catalog.freshness()),
            table.layout.names_keys(),
            out,
        )?;
        if let Some(chart) = chart.filter(|_| table.layout.has_picture()) {
            writeln!(out)?;
            crate::chart::terminal(&chart, out)?;
        }
        if fits.iter().any(|named| named.fit.trend.is_ok()) {
            out.remark(
                "growth is by least squares of the logarithm, its interval by Student's t with \
                 n - 2 degrees of freedom",
            );
        }
        Ok(Found::Some)
    }
}

/// The model's figure; the largest where it has several.
fn figure(by: ColumnRef, model: &Model<'_>) -> Option<f64> {
    let value = match (by.read)(model) {
        Value::Numbers(list) => list.iter().map(|figure| figure.0).reduce(f64::max),
        value => value.number(),
    };
    // What is not positive has no logarithm.
    value.filter(|value| *value > 0.0)
}

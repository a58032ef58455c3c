//! `ahm trend`: how fast a figure grows.

mod chart;
mod table;

use crate::analysis::frontier::records;
use crate::analysis::trend::{self, Influence, NoTrend};
use crate::catalog::Catalog;
use crate::catalog::parallel::Gather;
use crate::catalog::source::RecordRef;
use crate::chart::PointName;
use crate::cli::filter_args::FilterArgs;
use crate::cli::observation::{Observation, footer};
use crate::cli::output_args::HeadingArgs;
use crate::cli::output_args::{ChartArgs, Rest};
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::keys::Keys;
use crate::model::point::Point;
use crate::model::schema;
use crate::model::value::{Value, by_letters};
use crate::model::{Key, Model};
use crate::output::Output;
use crate::query::evidence::Evidence;
use crate::query::group::{Group, Groups};
use chart::TrendChart;
use clap::{Args, ValueEnum};
use std::collections::HashMap;
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

/// What one pass over the models collects.
#[derive(Debug, Default)]
struct Observed {
    groups: Groups<Vec<Observation>>,
    /// How many models have a point, those of several groups counted once.
    evidence: Evidence,
}

impl Gather for Observed {
    fn append(&mut self, later: Observed) {
        self.groups.append(later.groups);
        self.evidence.append(later.evidence);
    }
}

/// How many of the most influential models are shown.
const INFLUENTIAL: usize = 3;

/// A group of models and its trend.
struct Fit {
    /// What they have in common, if they are split.
    value: Value<'static>,
    observations: Vec<Observation>,
    trend: Result<trend::Trend, NoTrend>,
    influences: Vec<Influence>,
    /// The indices of those that held the record, with those that tied; for a chart alone.
    records: Vec<Vec<usize>>,
}

/// The models that are named, by where they are in the catalog.
type NamedModels<'m> = HashMap<RecordRef, &'m Model<'m>>;

impl Fit {
    fn of(group: Group<Vec<Observation>>, has_chart: bool) -> Fit {
        let points: Vec<Point> = group.made.iter().map(|o| o.point).collect();
        let trend = trend::Trend::of(&points);
        Fit {
            value: group.value,
            influences: trend.as_ref().map_or(Vec::new(), |trend| {
                trend.most_influential(&points, INFLUENTIAL)
            }),
            records: match has_chart {
                true => records(&points),
                false => Vec::new(),
            },
            observations: group.made,
            trend,
        }
    }

    /// The group's name for people.
    fn label(&self) -> Value<'static> {
        match &self.value {
            Value::Missing => Value::from("not stated"),
            value => value.clone(),
        }
    }

    /// Where the models are that may be named.
    fn places(&self) -> impl Iterator<Item = RecordRef> {
        let influential = self.influences.iter().map(|influence| influence.index);
        let named = influential.chain(self.records.iter().flatten().copied());
        named.map(|index| self.observations[index].place)
    }

    /// The most influential models and what the trend is without each.
    fn influential<'m>(
        &self,
        named: &NamedModels<'m>,
    ) -> impl Iterator<Item = (&'m Model<'m>, &Observation, &Influence)> {
        self.influences.iter().filter_map(|influence| {
            let observation = &self.observations[influence.index];
            let model = named.get(&observation.place)?;
            Some((*model, observation, influence))
        })
    }

    /// The names in a chart: the most influential models, then the holders of the record, the last
    /// first.
    fn names(&self, named: &NamedModels<'_>) -> HashMap<RecordRef, PointName> {
        let influential = self.influential(named);
        let influential = influential.map(|(model, observation, _)| (model, observation.place));
        let holders = self.records.iter().rev().filter_map(|tied| {
            let places = tied.iter().map(|index| self.observations[*index].place);
            let models = places.filter_map(|place| Some((*named.get(&place)?, place)));
            models.min_by(|(a, _), (b, _)| by_letters(&a.name, &b.name))
        });
        let mut names = HashMap::new();
        for (rank, (model, place)) in influential.chain(holders).enumerate() {
            let text = model.name.to_string();
            names.entry(place).or_insert(PointName { text, rank });
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
        let fresh = || Observed {
            evidence: Evidence::of([by]),
            ..Observed::default()
        };
        let take = |scan: &mut Observed, place, model: &Model<'_>| {
            let value = figure(by, model);
            let point = value.zip(model.announced);
            let observation = point.map(|(value, month)| Observation {
                point: Point { month, value },
                access: model.access,
                place,
            });
            scan.evidence.note(model, |_| observation.is_some());
            if value.is_some() && observation.is_none() {
                scan.evidence.lacks("month");
            }
            let add = |observations: &mut Vec<Observation>| observations.extend(observation);
            match split {
                Some(split) => scan.groups.add(split, model, add),
                None => scan.groups.add_to_all(add),
            }
        };
        let keys = split.map_or(reads, |split| reads.and(split.needs));
        let answer = query.gather((catalog, keys), fresh, take)?;
        answer.note.iter().for_each(|note| out.note(note));
        let matches = answer.matches();
        let Observed { groups, evidence } = answer.made;
        let draws = picture.is_asked() || layout.has_picture();
        let groups = groups.in_order(split.unwrap_or(by)).into_iter();
        let groups = groups.filter(|group| !group.made.is_empty());
        let fits: Vec<Fit> = groups.map(|group| Fit::of(group, draws)).collect();

        let places: Vec<RecordRef> = fits.iter().flat_map(Fit::places).collect();
        let raw_records = catalog.raw_records(&places)?;
        let needs = reads.and(Keys::of(&[Key::id, Key::name]));
        let models = catalog.models(&raw_records, needs.and(layout.look.marks()))?;
        let named: NamedModels<'_> = places.into_iter().zip(&models).collect();

        let table = TrendTable {
            by,
            split,
            layout,
            fits: &fits,
            named: &named,
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
                named: &named,
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
        if fits.iter().any(|fit| fit.trend.is_ok()) {
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

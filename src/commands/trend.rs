//! `ahm trend`: how fast a figure grows.

mod drawn;
mod row;
mod told;

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::catalog::Catalog;
use crate::column::ColumnRef;
use crate::columns;
use crate::error::{Error, Found};
use crate::filters::Filters;
use crate::group::Group;
use crate::layout::Layout;
use crate::model::{Key, Model};
use crate::output::Output;
use crate::picture::{Picture, Rest};
use crate::query::Query;
use crate::reader::Keys;
use crate::render::plot;
use crate::trend::{self, Influence, NoTrend, Point};
use crate::value::Value;
use drawn::Drawn;
use told::Told;

/// Fit the growth of a figure over time, and tell which models it rests on
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Ordinary least squares of the logarithm of the figure on the month of the announcement. The 95 %
interval is Student's t with n - 2 degrees of freedom. It tells how well the line is known if models
were drawn at random, which a list of huge ones is not. Models without the figure or without a date
are left out. The three models whose absence moves the growth most stand below, with what the growth
is without each, and by what factor each is off the line of the others.

Examples:
  ahm trend --by compute                  the growth of training compute
  ahm trend --split access --since 2019   of parameters, open and closed models apart
  ahm trend --by compute --svg trend.svg  the same as a picture
  ahm trend --by compute --as-listed      what two figures of the list do to it
")]
pub struct Trend {
    /// The figure; the largest where a model has several
    #[arg(long, value_name = "KEY", value_parser = columns::figure, default_value = "params")]
    by: ColumnRef,

    /// Fit the models of each of these apart
    #[arg(long, value_name = "KEY", value_enum, ignore_case = true)]
    split: Option<Split>,

    #[command(flatten)]
    filters: Filters,

    #[command(flatten)]
    layout: Layout,

    #[command(flatten)]
    picture: Picture,
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

/// How many points are told that a trend leans on.
const TOLD: usize = 3;

const ANNOUNCED: ColumnRef = columns::known("announced");

/// A group of models and its trend.
struct Fitted<'m> {
    /// What they have in common, if they are split.
    value: Value<'m>,
    trend: Result<trend::Trend, NoTrend>,
    /// The models that have a date and the figure, and where they stand.
    models: Vec<&'m Model<'m>>,
    points: Vec<Point>,
    leans_on: Vec<&'m Model<'m>>,
    influence: Vec<Influence>,
}

impl Split {
    fn column(self) -> ColumnRef {
        match self {
            Split::Field => columns::known("fields"),
            Split::Access => columns::known("access"),
            Split::Organization => columns::known("organizations"),
            Split::Section => columns::known("sections"),
        }
    }
}

impl Trend {
    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, no group has a trend, or the answer cannot be
    /// written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Trend {
            by,
            split,
            filters,
            layout,
            picture,
        } = self;
        let asked = filters.words();
        let split = split.map(Split::column);
        let query = Query {
            condition: filters.condition(),
            pattern: filters.pattern,
            order: Vec::new(),
            limit: None,
        };
        let needs = Keys::of(&[Key::id, Key::name, Key::announced, Key::access]).and(by.needs);
        let needs = needs.and(layout.look.marks());
        let needs = split.map_or(needs, |split| needs.and(split.needs));
        let answer = query.places(catalog)?;
        let originals = catalog.originals(&answer.made)?;
        let models = catalog.models(&originals, needs)?;
        let groups = match split {
            Some(split) => Group::all(split, &models),
            None => vec![Group {
                value: Value::Missing,
                models: models.iter().collect(),
            }],
        };
        let fitted: Vec<Fitted<'_>> = groups
            .into_iter()
            .map(|group| Fitted::of(by, group))
            // A group without a point says nothing of the figure.
            .filter(|fitted| fitted.count() > 0)
            .collect();
        let none = fitted.iter().all(|fitted| fitted.trend.is_err());
        let drawn = Drawn {
            by,
            split,
            fitted: &fitted,
        };
        // A picture of a million points takes its time, and is drawn for who sees it.
        let seen = !none && (picture.is_asked() || layout.has_picture());
        let chart = match seen {
            true => Some(drawn.chart(&catalog.credit()?, &asked)),
            false => None,
        };
        if let Some(chart) = &chart
            && picture.draw(chart, out)? == Rest::Nothing
        {
            return Ok(Found::Some);
        }
        let told = Told { by, split, layout };
        if !none || !told.layout.look.format.is_for_people() {
            told.write(&fitted, out)?;
        }
        if none {
            out.finish()?;
            return Err(Error::TooLittle(told.why_none(&fitted)));
        }
        if let Some(chart) = chart.filter(|_| told.layout.has_picture()) {
            writeln!(out)?;
            plot::terminal(&chart, out)?;
        }
        let has = |model: &&Model<'_>| point(by, model).is_some();
        let points = models.iter().filter(has).count();
        out.remark(format_args!(
            "{points} of {} models that match have a date and {}; least squares of the logarithm, \
             95 % by Student's t with n - 2 degrees of freedom",
            models.len(),
            by.heading.key,
        ));
        Ok(Found::Some)
    }
}

impl<'m> Fitted<'m> {
    fn of(by: ColumnRef, group: Group<'m>) -> Fitted<'m> {
        let Group { value, models } = group;
        let known = models
            .into_iter()
            .filter_map(|model| point(by, model).map(|point| (model, point)));
        let (models, points): (Vec<&'m Model<'m>>, Vec<Point>) = known.unzip();
        let trend = trend::Trend::of(&points);
        let leans_on = match &trend {
            Ok(trend) => trend.leans_on(&points, TOLD),
            Err(_) => Vec::new(),
        };
        let influence = leans_on.iter().map(|without| {
            let (model, point) = (models[without.place], points[without.place]);
            Influence {
                name: model.name.to_string(),
                id: model.id.to_string(),
                announced: point.month,
                value: point.value,
                growth_without: trend::agreed(without.growth),
                over_line: trend::agreed(without.over_line),
                residual: without.residual.map(trend::agreed),
            }
        });
        Fitted {
            value,
            influence: influence.collect(),
            leans_on: leans_on
                .iter()
                .map(|without| models[without.place])
                .collect(),
            trend,
            models,
            points,
        }
    }

    fn count(&self) -> usize {
        match self.trend {
            Ok(trend) => trend.count,
            Err(NoTrend::TooFew(count) | NoTrend::OneMonth(count, _)) => count,
        }
    }
}

/// The model's place in the picture; none if its date or its figure is unknown.
fn point(by: ColumnRef, model: &Model<'_>) -> Option<Point> {
    let value = match (by.read)(model) {
        Value::Numbers(list) => list.iter().map(|figure| figure.0).reduce(f64::max),
        value => value.number(),
    };
    // What is not positive has no logarithm.
    let value = value.filter(|value| *value > 0.0)?;
    let month = model.announced?;
    Some(Point { month, value })
}

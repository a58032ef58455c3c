//! `ahm trend`: how fast a figure grows.

mod drawn;
mod fitted;
mod row;
mod spots;
mod told;

use crate::catalog::Catalog;
use crate::cli::filters::Filters;
use crate::cli::layout::Layout;
use crate::cli::picture::{Picture, Rest};
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::columns;
use crate::model::keys::Keys;
use crate::model::{Key, Model};
use crate::output::Output;
use crate::query::evidence::Evidence;
use crate::query::group::Groups;
use clap::{Args, ValueEnum};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::Write;

use crate::analysis::trend::Point;
use crate::catalog::source::Place;
use crate::model::value::Value;
use drawn::Drawn;
use fitted::{Fit, Fitted};
use spots::{Known, Spots};
use told::Told;

/// Fit the growth of a figure over time, and show which models it rests on
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Ordinary least squares of the logarithm of the figure on the month of the announcement. The 95 %
interval is Student's t with n - 2 degrees of freedom. It tells how well the line is known if models
were drawn at random, which a list of huge ones is not. Models without the figure or without a date
are left out. No growth is told from fewer than eight models, nor where the interval holds 1. The
three models whose absence moves the growth most are shown below, with the growth without each and by
what factor each is off the line of the others.

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

const ANNOUNCED: ColumnRef = columns::known("announced");

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
        let asked = filters.words();
        let split = split.map(Split::column);
        let query = filters.query(out);
        let reads = Keys::of(&[Key::announced, Key::access]).and(by.needs);
        let note = |known: &mut Known<Groups<Spots>>, place, model: &Model<'_>| {
            let value = figure(by, model);
            let point = value.zip(model.announced);
            let point = point.map(|(value, month)| Point { month, value });
            known.evidence.note(model, |_| point.is_some());
            if value.is_some() && point.is_none() {
                known.evidence.lacks("month");
            }
            let add = |spots: &mut Spots| {
                if let Some(point) = point {
                    spots.add(point, (place, model.access));
                }
            };
            match split {
                Some(split) => known.groups.add(split, model, add),
                None => known.groups.add_to_all(add),
            }
        };
        let gathered = split.map_or(reads, |split| reads.and(split.needs));
        let fresh = || Known {
            evidence: Evidence::of([by]),
            ..Known::default()
        };
        let answer = query.gather((catalog, gathered), fresh, note)?;
        answer.note.iter().for_each(|note| out.note(note));
        let matches = answer.matches();
        let Known { groups, evidence } = answer.made;
        let groups = groups.in_order(split.unwrap_or(by)).into_iter();
        // A group without a point says nothing of the figure.
        let groups = groups.filter(|group| !group.made.points.is_empty());
        let mut fits: Vec<Fit> = groups.map(Fit::of).collect();
        let none = fits.is_empty();
        // A picture of a million points takes its time, and is drawn for who sees it.
        let seen = !none && (picture.is_asked() || layout.has_picture());
        if seen {
            fits.iter_mut().for_each(Fit::note_records);
        }
        let needs = reads.and(Keys::of(&[Key::id, Key::name]));
        let needs = needs.and(layout.look.marks());
        let places: HashSet<Place> = fits.iter().flat_map(Fit::places).collect();
        let originals = catalog.originals(&Vec::from_iter(places))?;
        let models = catalog.models(&originals, needs)?;
        let models = originals.iter().zip(&models);
        let models = models.map(|(original, model)| (original.place, model));
        let models: HashMap<Place, &Model<'_>> = models.collect();
        let fitted: Vec<Fitted<'_>> = fits.into_iter().map(|fit| fit.told(&models)).collect();
        let told = Told { by, split, layout };
        let untold = told.untold(&fitted);
        let among = |fresh: &dyn fmt::Display| evidence.sentences(("based on", ""), matches, fresh);
        let chart = seen.then(|| {
            let drawn = Drawn {
                by,
                split,
                fitted: &fitted,
                among: evidence.models(matches),
                captions: &untold.iter().cloned().chain(among(&"")).collect::<Vec<_>>(),
            };
            drawn.chart(&catalog.credit(), &asked)
        });
        if let Some(chart) = &chart
            && picture.draw(chart, catalog, out)? == Rest::Nothing
        {
            return Ok(Found::Some);
        }
        let look = &told.layout.look;
        if !none || !look.format.is_for_people() {
            told.write(&fitted, out)?;
        }
        if none {
            out.finish()?;
            let figure = by.in_sentence();
            return Err(Error::TooLittle(format!(
                "no model that matches has a month and known {figure}"
            )));
        }
        let captions: Vec<String> = untold
            .iter()
            .cloned()
            .chain(among(&catalog.freshness()))
            .collect();
        look.captions(&captions, told.layout.names_keys(), out)?;
        if let Some(chart) = chart.filter(|_| told.layout.has_picture()) {
            writeln!(out)?;
            crate::chart::terminal(&chart, out)?;
        }
        if fitted.iter().any(|fitted| fitted.trend.is_ok()) {
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

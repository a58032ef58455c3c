//! `ahm frontier`: who held a record, and for how long.

mod drawn;
mod entrants;
mod lag;
mod measure;
mod remarks;
mod row;

use std::borrow::Cow;
use std::io::Write;

use clap::Args;

use crate::candidates::Candidates;
use crate::catalog::Catalog;
use crate::chart::Chart;
use crate::column::{ColumnRef, Heading};
use crate::columns;
use crate::dots::ByAccess;
use crate::error::{Error, Found};
use crate::filters::Filters;
use crate::frontier::{Holder, holders as records};
use crate::layout::Layout;
use crate::model::{Access, Model};
use crate::output::Output;
use crate::picture::{Picture, Rest};
use crate::quantity::three;
use crate::query::Query;
use crate::render::plot;
use crate::value::{Kind, Value};

use drawn::Drawn;
use entrants::{Contest, Entrants};
use measure::{Known, Measure};
use remarks::{remark, ties};

/// Show who held the record of a figure: when, by what factor, for how long
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Of a month the largest value takes the record, of equal ones the first by name; an equal value of a
later month takes nothing. The last record is counted until the latest month of the catalog, or
that of --until. Models without a month or the figure do not count.

With --lag: the records of closed models among themselves, and the first open model that has as
much; the lag is below zero where the open model came first.

Examples:
  ahm frontier                                     the largest models
  ahm frontier --by compute --estimated --open     the open models of most compute
  ahm frontier --lag --field language              how far open models are behind
  ahm frontier --svg frontier.svg                  the same as a picture
")]
pub struct Frontier {
    /// The figure whose records are told
    #[arg(long, value_name = "KEY", value_parser = columns::figure, default_value = "params")]
    by: ColumnRef,

    /// Let an estimate stand in where compute, cost or energy is not stated; marked ≈
    #[arg(long)]
    estimated: bool,

    /// For each record of a closed model: when an open model reached it
    #[arg(long, conflicts_with_all = ["open", "closed", "access"])]
    lag: bool,

    #[command(flatten)]
    filters: Filters,

    #[command(flatten)]
    layout: Layout,

    #[command(flatten)]
    picture: Picture,
}

/// What a table or a file has beside the columns of models.
const MONTHS: Heading<'_> = Heading::new("months", "Months", Kind::Number, 2);
const FACTOR: Heading<'_> = Heading::new("factor", "Factor", Kind::Number, 3);
const LOST_TO: Heading<'_> = Heading::new("lost_to", "Lost to", Kind::Word, 4);

impl Frontier {
    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let measure = match self.estimated {
            true => Measure::estimated(self.by)?,
            false => Measure {
                stated: self.by,
                estimate: None,
            },
        };
        let until = self.filters.last_month();
        let query = Query {
            condition: self.filters.condition(),
            pattern: self.filters.pattern.clone(),
            order: Vec::new(),
            limit: None,
        };
        let draws = self.picture.is_asked() || self.layout.has_picture();
        let contest = match self.lag {
            true => Contest::ByAccess,
            false => Contest::OfAll,
        };
        let fresh = || Entrants {
            dots: draws.then(ByAccess::default),
            ..Entrants::default()
        };
        let see = |entrants: &mut Entrants, model: &Model<'_>| {
            entrants.latest = entrants.latest.max(model.announced);
        };
        let take = |entrants: &mut Entrants, place, model: &Model<'_>| {
            entrants.note(place, model, (&measure, contest));
        };
        let answer = query.gather_beside((catalog, measure.reads()), fresh, (see, take))?;
        let mut entrants = answer.made;
        let latest = entrants.latest;
        let originals = catalog.originals(&entrants.places())?;
        let models = catalog.models(&originals, measure.needs().and(self.layout.look.marks()))?;
        // What a filter leaves out later has not happened yet.
        let until = until.into_iter().chain(latest).min();
        let of = |access| {
            let wanted = move |m: &Model<'_>| m.access == Some(access);
            Known::of(measure, wanted, &models)
        };
        let known = match self.lag {
            true => of(Access::Closed),
            false => Known::of(measure, |_| true, &models),
        };
        // A catalog without months has no records either.
        let holders = until.map_or_else(Vec::new, |until| records(&known.points, until));
        let open = of(Access::Open);
        let rivals = until.filter(|_| self.lag);
        let rivals = rivals.map_or_else(Vec::new, |until| records(&open.points, until));
        let mut told = vec![(&known, &*holders)];
        told.extend(self.lag.then_some((&open, &*rivals)));
        let count = entrants.contests.iter().map(Candidates::count).sum();
        let chart = match entrants.dots.take() {
            Some(dots) => {
                let drawn = Drawn {
                    measure,
                    told,
                    count,
                    until,
                };
                Some(drawn.chart(dots, (&catalog.credit(), &self.filters.words())))
            }
            None => None,
        };
        if let Some(chart) = &chart
            && self.picture.draw(chart, catalog, out)? == Rest::Nothing
        {
            return Ok(Found::count(holders.len()));
        }
        let found = match self.lag {
            true => self.behind(&measure, (&known, &holders, &open), out)?,
            false => self.succession(&measure, (&known, &holders), out)?,
        };
        let shown = |chart: &Chart| self.layout.has_picture() && !chart.is_empty();
        if let Some(chart) = chart.filter(shown) {
            writeln!(out)?;
            plot::terminal(&chart, out)?;
        }
        if self.layout.look.format.is_for_people() {
            let counts = (&entrants, answer.matched, answer.asked);
            remark(&measure, counts, catalog.freshness(), out);
            ties(&known, &holders, out);
            if let (false, Some(until), [_, ..]) = (self.lag, until, &holders[..]) {
                let what = match Some(until) == latest {
                    true => "the latest month of the catalog",
                    false => "the last month asked about",
                };
                out.remark(format_args!(
                    "the last record is counted until {until}, {what}"
                ));
            }
        }
        Ok(found)
    }

    /// Writes who took each record and who took it away.
    fn succession(
        &self,
        measure: &Measure,
        (known, holders): (&Known<'_>, &[Holder]),
        out: &mut Output,
    ) -> Result<Found, Error> {
        let people = self.layout.look.format.is_for_people();
        let mut headings = self.headings(measure);
        headings.extend([FACTOR, MONTHS, LOST_TO]);
        let mut rows = holders.iter().map(|holder| {
            let mut row = self.values(measure, known.models[holder.place]);
            row.push(match holder.factor {
                Some(factor) if people => Value::Text(Cow::Owned(format!("{}×", three(factor)))),
                factor => factor.map_or(Value::Missing, Value::Number),
            });
            row.push(Value::Number(f64::from(holder.months)));
            row.push(match holder.lost_to {
                Some(place) => Value::from(&*known.models[place].name),
                None if people => Value::from("still stands"),
                None => Value::Missing,
            });
            row
        });
        self.layout.write(&headings, &mut rows, out)?;
        Ok(Found::count(holders.len()))
    }
}

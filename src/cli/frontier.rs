//! `ahm frontier`: who held a record, and for how long.

mod drawn;
mod entrants;
mod lag;
mod measure;
mod remarks;
mod row;

use crate::analysis::frontier::{Holder, holders as records, taken_before};
use crate::catalog::Catalog;
use crate::chart::Chart;
use crate::chart::dots::ByAccess;
use crate::cli::filters::Filters;
use crate::cli::layout::Layout;
use crate::cli::picture::{Picture, Rest};
use crate::error::{Error, Found};
use crate::model::column::{ColumnRef, Heading};
use crate::model::columns;
use crate::model::keys::Keys;
use crate::model::month::Month;
use crate::model::quantity;
use crate::model::{Access, Key, Model};
use crate::output::Output;
use crate::query::caveat;
use crate::query::evidence::Evidence;
use clap::Args;
use std::borrow::Cow;
use std::fmt;
use std::io::Write;

use crate::model::value::{Kind, Value};
use drawn::Drawn;
use entrants::{Contest, Entrants};
use measure::{Known, Measure};
use remarks::{end, ties};

/// Show who held the record of a figure: when, by what factor, for how long
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Of a month the largest value takes the record, of equal ones the first by name; an equal value of a
later month takes nothing. A record is one among the models whose figure is known. The last one is
counted until the last month in the catalog, or that of --until.

--since cuts what is printed: earlier models still decide what a record is. --until ends history:
later models do not count. Other filters choose who competes.

With --lag: the records of closed models among themselves, and the first open model that has as
much; the lag is below zero where the open model came first.

Examples:
  ahm frontier                                     the largest models
  ahm frontier --by compute --estimated --open     the open models of most compute
  ahm frontier --lag --field language              how far open models are behind
  ahm frontier --svg frontier.svg                  the same as a picture
")]
pub struct Frontier {
    /// The figure whose records are shown
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
const LOST_TO: Heading<'_> = Heading::new("lost_to", "Succeeded by", Kind::Word, 4);

impl Frontier {
    /// Answers.
    ///
    /// # Errors
    /// When the question cannot be understood, or the answer not written.
    pub fn run(mut self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let measure = match self.estimated {
            true => Measure::estimated(self.by)?,
            false => Measure {
                stated: self.by,
                estimate: None,
            },
        };
        let until = self.filters.last_month();
        // Earlier models decide what a record is: only what is printed begins then.
        let since = self.filters.take_first_month();
        let query = self.filters.query(out);
        let draws = self.picture.is_asked() || self.layout.has_picture();
        let contest = match self.lag {
            true => Contest::ByAccess,
            false => Contest::OfAll,
        };
        let fresh = || Entrants {
            evidence: Evidence::of([measure.stated]),
            dots: draws.then(ByAccess::default),
            ..Entrants::default()
        };
        let see = |entrants: &mut Entrants, model: &Model<'_>| {
            entrants.latest = entrants.latest.max(model.announced);
        };
        let take = |entrants: &mut Entrants, place, model: &Model<'_>| {
            entrants.note((place, model), (&measure, contest), since);
        };
        let answer = query.gather_beside((catalog, measure.reads()), fresh, (see, take))?;
        let matches = answer.matches();
        answer.note.iter().for_each(|note| out.note(note));
        let mut entrants = answer.made;
        let latest = entrants.latest;
        let originals = catalog.originals(&entrants.places())?;
        let shown = self.layout.look.marks().and(Keys::of(&[Key::notes]));
        let models = catalog.models(&originals, measure.needs().and(shown))?;
        // What a filter leaves out later has not happened yet.
        let until = until.into_iter().chain(latest).min();
        let is_now = until == latest;
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
        let (before, shown) = holders.split_at(taken_before(&holders, &known.points, since));
        let open = of(Access::Open);
        let rivals = until.filter(|_| self.lag);
        let rivals = rivals.map_or_else(Vec::new, |until| records(&open.points, until));
        let among = |fresh: &dyn fmt::Display| {
            let evidence = &entrants.evidence;
            evidence.sentences(self.lead(&measure), matches, fresh)
        };
        let (mut captions, footer) = (among(&catalog.freshness()), among(&""));
        let chart = entrants.dots.take().map(|dots| {
            let mut told = vec![(&known, &*holders)];
            told.extend(self.lag.then_some((&open, &*rivals)));
            let drawn = Drawn {
                measure,
                told,
                among: entrants.evidence.models(matches),
                captions: &footer,
                since,
                until,
            };
            drawn.chart(dots, (&catalog.credit(), &self.filters.words()))
        });
        if let Some(chart) = &chart
            && self.picture.draw(chart, catalog, out)? == Rest::Nothing
        {
            return Ok(Found::Some);
        }
        match self.lag {
            true => self.behind(&measure, (&known, shown, &open), out)?,
            false => self.succession(&measure, (&known, shown), (until, is_now), out)?,
        }
        let standing = before.last().zip(since);
        captions.extend(
            standing.map(|(holder, since)| remarks::standing(&measure, &known, holder, since)),
        );
        let look = &self.layout.look;
        look.captions(&captions, self.layout.names_keys(), out)?;
        let shows = |chart: &Chart| self.layout.has_picture() && !chart.is_empty();
        if let Some(chart) = chart.filter(shows) {
            writeln!(out)?;
            crate::chart::terminal(&chart, out)?;
        }
        if look.format.is_for_people() {
            ties(&known, shown, out);
            let holders = shown.iter().map(|holder| known.models[holder.place]);
            if let Some(remark) = caveat::remark(holders, measure.reads()) {
                out.remark(remark);
            }
            if let (false, Some(until), [_, ..]) = (self.lag, until, shown) {
                end(until, is_now, out);
            }
        }
        Ok(Found::count(shown.len()))
    }

    /// How a sentence about the models begins among which a record is one, and what it says of
    /// the figure.
    fn lead(&self, measure: &Measure) -> (&'static str, &'static str) {
        let lead = match self.lag {
            true => "records of closed and of open models among",
            false => "records among",
        };
        let even = match measure.estimate {
            Some(_) => ", even estimated,",
            None => "",
        };
        (lead, even)
    }

    /// Writes who took each record and who took it away.
    fn succession(
        &self,
        measure: &Measure,
        (known, holders): (&Known<'_>, &[Holder]),
        (until, is_now): (Option<Month>, bool),
        out: &mut Output,
    ) -> Result<(), Error> {
        let people = self.layout.look.format.is_for_people();
        let mut headings = self.headings(measure);
        headings.extend([FACTOR, MONTHS, LOST_TO]);
        let current = match until.filter(|_| !is_now) {
            Some(until) => format!("current in {until}"),
            None => "current".to_owned(),
        };
        let mut rows = holders.iter().map(|holder| {
            let mut row = self.values(measure, known.models[holder.place]);
            row.push(match holder.factor {
                Some(factor) if people => Value::Text(Cow::Owned(quantity::factor(factor))),
                factor => factor.map_or(Value::Missing, Value::Number),
            });
            row.push(Value::Number(f64::from(holder.months)));
            row.push(match holder.lost_to {
                Some(place) => Value::from(&*known.models[place].name),
                None if people => Value::from(&*current),
                None => Value::Missing,
            });
            row
        });
        self.layout.write(&headings, &mut rows, out)
    }
}

//! `ahm frontier`: who held a record, and for how long.

mod chart;
mod measure;
mod table;

use crate::analysis::frontier::records;
use crate::catalog::Catalog;
use crate::catalog::parallel::Gather;
use crate::catalog::source::RecordRef;
use crate::chart::Chart;
use crate::cli::filter_args::FilterArgs;
use crate::cli::observation::{Observation, footer};
use crate::cli::output_args::HeadingArgs;
use crate::cli::output_args::{ChartArgs, Rest};
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::keys::Keys;
use crate::model::month::Month;
use crate::model::point::Point;
use crate::model::schema;
use crate::model::value::by_letters;
use crate::model::{Access, Key, Model};
use crate::output::Output;
use crate::query::evidence;
use crate::query::evidence::Evidence;
use chart::RecordChart;
use clap::Args;
use measure::Measure;
use std::fmt;
use std::io::Write;
use table::RecordTable;

/// Show who held the record, when, and by how much
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
    #[arg(long, value_name = "KEY", value_parser = schema::figure, default_value = "params")]
    by: ColumnRef,

    /// Use estimates where compute, cost or energy is missing (marked ≈)
    #[arg(long)]
    estimated: bool,

    /// For each closed record, show when an open model matched it
    #[arg(long, conflicts_with_all = ["open", "closed", "access"])]
    lag: bool,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    layout: HeadingArgs,

    #[command(flatten)]
    picture: ChartArgs,
}

/// What one pass over the models collects.
#[derive(Debug, Default)]
struct Contest {
    /// The latest month in which any model of the catalog was announced.
    latest: Option<Month>,
    evidence: Evidence,
    observations: Vec<Observation>,
}

impl Gather for Contest {
    fn append(&mut self, later: Contest) {
        self.latest = self.latest.max(later.latest);
        self.evidence.append(later.evidence);
        self.observations.extend(later.observations);
    }
}

/// A model that held the record.
struct Holder<'m> {
    point: Point,
    place: RecordRef,
    model: &'m Model<'m>,
    /// Over the record before, if there was one and the factor is a number.
    factor: Option<f64>,
    /// For how many months it held the record, or has held it so far.
    months: i32,
    successor: Option<&'m Model<'m>>,
    /// Models that reached the same in the same month, later by name.
    tied: Vec<&'m Model<'m>>,
}

impl<'m> Holder<'m> {
    /// The holders of records, each record given with the models that tied for it.
    fn succession(
        records: impl Iterator<Item = Vec<(Observation, &'m Model<'m>)>>,
        until: Option<Month>,
    ) -> Vec<Holder<'m>> {
        let mut holders: Vec<Holder<'_>> = Vec::new();
        for mut tied in records {
            tied.sort_by(|(_, a), (_, b)| by_letters(&a.name, &b.name));
            let mut tied = tied.into_iter();
            let Some((Observation { point, place, .. }, model)) = tied.next() else {
                continue;
            };
            let mut factor = None;
            if let Some(last) = holders.last_mut() {
                last.months = point.month.months_since(last.point.month);
                last.successor = Some(model);
                factor = Some(point.value / last.point.value).filter(|f| f.is_finite());
            }
            holders.push(Holder {
                point,
                place,
                model,
                factor,
                months: until.map_or(0, |until| until.months_since(point.month)),
                successor: None,
                tied: tied.map(|(_, model)| model).collect(),
            });
        }
        holders
    }
}

/// How many of the records were taken before a month; of none, 0.
fn taken_before(holders: &[Holder<'_>], month: Option<Month>) -> usize {
    holders.partition_point(|holder| Some(holder.point.month) < month)
}

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
        let fresh = || Contest {
            evidence: Evidence::of([measure.stated]),
            ..Contest::default()
        };
        let see = |scan: &mut Contest, model: &Model<'_>| {
            scan.latest = scan.latest.max(model.announced);
        };
        let take = |scan: &mut Contest, place, model: &Model<'_>| {
            let Some(value) = measure.number(model) else {
                return;
            };
            let Some(month) = model.announced else {
                return scan.evidence.lacks("month");
            };
            if self.lag && model.access.is_none() {
                return scan.evidence.lacks("access");
            }
            scan.evidence.note(model, |_| true);
            scan.observations.push(Observation {
                point: Point { month, value },
                access: model.access,
                place,
            });
        };
        let answer = query.scan_all((catalog, measure.reads()), fresh, (see, take))?;
        let matches = answer.matches();
        answer.note.iter().for_each(|note| out.note(note));
        let Contest {
            latest,
            evidence,
            observations,
        } = answer.made;
        // What a filter leaves out later has not happened yet.
        let until = until.into_iter().chain(latest).min();
        let is_now = until == latest;

        let contests = match self.lag {
            true => vec![Some(Access::Closed), Some(Access::Open)],
            false => vec![None],
        };
        let contests = contests.into_iter().map(|access| {
            let competes = |o: &&Observation| access.is_none() || o.access == access;
            let own: Vec<Observation> = observations.iter().filter(competes).copied().collect();
            let points: Vec<Point> = own.iter().map(|o| o.point).collect();
            let records = records(&points).into_iter();
            records
                .map(|tied| tied.into_iter().map(|i| own[i]).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        });
        let contests: Vec<Vec<Vec<Observation>>> = contests.collect();
        let places = contests.iter().flatten().flatten();
        let places: Vec<RecordRef> = places.map(|observation| observation.place).collect();
        let raw_records = catalog.raw_records(&places)?;
        let shown = self.layout.look.marks();
        let needs = measure.reads().and(shown);
        let needs = needs.and(Keys::of(&[Key::id, Key::name, Key::notes]));
        let models = catalog.models(&raw_records, needs)?;
        let mut models = models.iter();
        let successions = contests.into_iter().map(|records| {
            let records = records.into_iter();
            let with_models = records.map(|tied| tied.into_iter().zip(models.by_ref()).collect());
            Holder::succession(with_models, until)
        });
        let successions: Vec<Vec<Holder<'_>>> = successions.collect();
        let holders = &*successions[0];
        let (before, shown) = holders.split_at(taken_before(holders, since));

        let among =
            |fresh: &dyn fmt::Display| evidence.sentences(self.lead(measure), matches, fresh);
        let draws = self.picture.is_asked() || self.layout.has_picture();
        let chart = draws.then(|| {
            let chart = RecordChart {
                measure,
                observations: &observations,
                successions: &successions,
                among: evidence.models(matches),
                footer: footer(&catalog.credit(), &among(&""), &self.filters.words()),
                since,
                until,
            };
            chart.chart()
        });
        if let Some(chart) = &chart
            && self.picture.draw(chart, catalog, out)? == Rest::Nothing
        {
            return Ok(Found::Some);
        }
        let table = RecordTable {
            measure,
            layout: &self.layout,
        };
        match successions.get(1) {
            Some(open) => table.write_lags(shown, open, out)?,
            None => table.write_succession(shown, until.filter(|_| !is_now), out)?,
        }
        let mut captions = among(&catalog.freshness());
        captions.extend(before.last().zip(since).map(|(holder, since)| {
            let value = measure.to_text(holder.model);
            let (name, month) = (&holder.model.name, holder.point.month);
            format!("the record before {since} was {value}, by {name} ({month})")
        }));
        let look = &self.layout.look;
        look.captions(&captions, self.layout.names_keys(), out)?;
        let shows = |chart: &Chart| self.layout.has_picture() && !chart.is_empty();
        if let Some(chart) = chart.filter(shows) {
            writeln!(out)?;
            crate::chart::terminal(&chart, out)?;
        }
        if look.format.is_for_people() {
            remark_ties(shown, out);
            let holders = shown.iter().map(|holder| holder.model);
            if let Some(remark) = evidence::remark(holders, measure.reads()) {
                out.remark(remark);
            }
            if let (false, Some(until), [_, ..]) = (self.lag, until, shown) {
                let what = match is_now {
                    true => "the last month in the catalog",
                    false => "the last month asked about",
                };
                out.remark(format_args!("durations end at {until}, {what}"));
            }
        }
        Ok(Found::count(shown.len()))
    }

    /// How a sentence about the models begins among which a record is one, and what it says of
    /// the figure.
    fn lead(&self, measure: Measure) -> (&'static str, &'static str) {
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
}

/// Says which models reached a record in the month in which another took it.
fn remark_ties(holders: &[Holder<'_>], out: &mut Output) {
    for holder in holders.iter().filter(|holder| !holder.tied.is_empty()) {
        let names: Vec<&str> = holder.tied.iter().map(|model| &*model.name).collect();
        let (name, month) = (&holder.model.name, holder.point.month);
        let names = names.join(", ");
        out.remark(format_args!(
            "{name} tied with {names} in {month}; the first by name is shown"
        ));
    }
}

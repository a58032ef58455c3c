//! `ahm frontier`: who held a record, and for how long.

mod chart;
mod measure;
mod table;

use crate::analysis::frontier::Records;
use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::catalog::record_reader::RecordReader;
use crate::chart::Chart;
use crate::cli::filter_args::FilterArgs;
use crate::cli::observation::{Observation, footer};
use crate::cli::output_args::HeadingArgs;
use crate::cli::output_args::{ChartArgs, Rest};
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::column::ColumnRef;
use crate::model::month::Month;
use crate::model::month::Point;
use crate::model::schema;
use crate::model::{Access, Key, Model};
use crate::output::Output;
use crate::query::evidence;
use crate::query::evidence::Evidence;
use crate::text::by_letters;
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

/// The observations of the figure, and who held the records.
#[derive(Debug, Clone, Default)]
struct Contest {
    evidence: Evidence,
    observations: Vec<Observation>,
    /// Of all models, or of closed and of open models.
    records: Vec<Records<RawRecord<'static>>>,
}

impl Merge for Contest {
    fn merge(&mut self, later: Contest) {
        self.evidence.merge(later.evidence);
        self.observations.merge(later.observations);
        for (own, later) in self.records.iter_mut().zip(later.records) {
            own.merge(later);
        }
    }
}

/// A model that held a record.
struct Holder<'m> {
    point: Point,
    model: Model<'m>,
    /// The ratio to the record before it.
    factor: Option<f64>,
    /// How many months it held the record.
    months: i32,
    /// The name of the next holder.
    successor: Option<String>,
    /// The names of models that reached the same value in the same month.
    tied: Vec<String>,
}

impl<'m> Holder<'m> {
    /// The holders in the order of time; the last one counts `until` this month.
    fn succession(
        records: &'m Records<RawRecord<'static>>,
        reader: &RecordReader<'_>,
        until: Option<Month>,
    ) -> Result<Vec<Holder<'m>>, Error> {
        let mut holders: Vec<Holder<'_>> = Vec::new();
        for tied in records.tied() {
            let models = tied.iter().map(|(_, record)| reader.model(record));
            let mut models: Vec<Model<'_>> = models.collect::<Result<_, _>>()?;
            models.sort_by(|a, b| by_letters(&a.name, &b.name));
            let (point, mut models) = (tied[0].0, models.into_iter());
            let Some(model) = models.next() else { continue };
            let mut factor = None;
            if let Some(last) = holders.last_mut() {
                last.months = point.month.months_since(last.point.month);
                last.successor = Some(model.name.to_string());
                factor = Some(point.value / last.point.value).filter(|f| f.is_finite());
            }
            holders.push(Holder {
                point,
                model,
                factor,
                months: until.map_or(0, |until| until.months_since(point.month)),
                successor: None,
                tied: models.map(|model| model.name.to_string()).collect(),
            });
        }
        Ok(holders)
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
        let contests = match self.lag {
            true => vec![Some(Access::Closed), Some(Access::Open)],
            false => vec![None],
        };
        let initial = Contest {
            evidence: Evidence::of([measure.stated]),
            observations: Vec::new(),
            records: vec![Records::default(); contests.len()],
        };
        let fold = |contest: &mut Contest, model: &Model<'_>, record: &RawRecord<'_>| {
            let Some(value) = measure.number(model) else {
                return;
            };
            let Some(month) = model.announced else {
                return contest.evidence.lacks("month");
            };
            if self.lag && model.access.is_none() {
                return contest.evidence.lacks("access");
            }
            contest.evidence.note(model, |_| true);
            let (point, access) = (Point { month, value }, model.access);
            contest.observations.push(Observation { point, access });
            let records = contests.iter().zip(&mut contest.records);
            for (_, records) in records.filter(|(own, _)| own.is_none() || **own == access) {
                records.push(point, || record.to_owned());
            }
        };
        let answer = query.scan((catalog, measure.reads()), initial, fold)?;
        let (matches, latest) = (answer.matches, answer.latest);
        out.notes(&answer.note);
        let Contest {
            evidence,
            observations,
            records,
        } = answer.result;
        let until = until.into_iter().chain(latest).min();
        let is_now = until == latest;
        let needs = measure.reads().and(self.layout.look.marks());
        let reader = catalog.reader(needs.and(Keys::of(&[Key::id, Key::name, Key::notes])))?;
        let successions = records.iter();
        let successions = successions.map(|records| Holder::succession(records, &reader, until));
        let successions: Vec<Vec<Holder<'_>>> = successions.collect::<Result<_, _>>()?;
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
            let value = measure.to_text(&holder.model);
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
            let holders = shown.iter().map(|holder| &holder.model);
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
        let (name, month) = (&holder.model.name, holder.point.month);
        let names = holder.tied.join(", ");
        out.remark(format_args!(
            "{name} tied with {names} in {month}; the first by name is shown"
        ));
    }
}

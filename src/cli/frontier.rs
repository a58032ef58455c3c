//! `ahm frontier`: who held a record, and for how long.

mod chart;
mod measure;

use crate::analysis::frontier::records;
use crate::catalog::Catalog;
use crate::catalog::gather::Gather;
use crate::catalog::source::Place;
use crate::chart::Chart;
use crate::cli::filters::Filters;
use crate::cli::layout::Layout;
use crate::cli::observation::{Observation, footer};
use crate::cli::picture::{Picture, Rest};
use crate::error::{Error, Found};
use crate::model::column::{ColumnRef, Heading};
use crate::model::columns;
use crate::model::keys::Keys;
use crate::model::month::Month;
use crate::model::point::Point;
use crate::model::quantity;
use crate::model::value::{Kind, Value, by_letters};
use crate::model::{Access, Key, Model};
use crate::output::Output;
use crate::query::caveat;
use crate::query::evidence::Evidence;
use chart::RecordChart;
use clap::Args;
use measure::Measure;
use std::borrow::Cow;
use std::fmt;
use std::io::Write;

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

const NAME: ColumnRef = columns::known("name");
const ID: ColumnRef = columns::known("id");
const ANNOUNCED: ColumnRef = columns::known("announced");

const MONTHS: Heading<'_> = Heading::new("months", "Months", Kind::Number, 2);
const FACTOR: Heading<'_> = Heading::new("factor", "Factor", Kind::Number, 3);
const LOST_TO: Heading<'_> = Heading::new("lost_to", "Succeeded by", Kind::Word, 4);

const LAG: Heading<'_> = Heading::new("lag", "Lag (months)", Kind::Number, 1);
const REACHED: Heading<'_> = Heading::new("reached", "Reached", Kind::Month, 3);
const REACHED_BY: Heading<'_> = Heading::new("reached_by", "Reached by", Kind::Word, 2);
const REACHED_BY_ID: Heading<'_> = Heading::new("reached_by_id", "Its id", Kind::Word, 5);

/// What one pass over the models collects.
#[derive(Debug, Default)]
struct Scan {
    /// The latest month in which any model of the catalog was announced.
    latest: Option<Month>,
    evidence: Evidence,
    observations: Vec<Observation>,
}

impl Gather for Scan {
    fn append(&mut self, later: Scan) {
        self.latest = self.latest.max(later.latest);
        self.evidence.append(later.evidence);
        self.observations.append(&mut { later.observations });
    }
}

/// A model that held the record.
struct Holder<'m> {
    point: Point,
    place: Place,
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
        let fresh = || Scan {
            evidence: Evidence::of([measure.stated]),
            ..Scan::default()
        };
        let see = |scan: &mut Scan, model: &Model<'_>| {
            scan.latest = scan.latest.max(model.announced);
        };
        let take = |scan: &mut Scan, place, model: &Model<'_>| {
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
        let answer = query.gather_beside((catalog, measure.reads()), fresh, (see, take))?;
        let matches = answer.matches();
        answer.note.iter().for_each(|note| out.note(note));
        let Scan {
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
        let places: Vec<Place> = places.map(|observation| observation.place).collect();
        let originals = catalog.originals(&places)?;
        let shown = self.layout.look.marks();
        let needs = measure.reads().and(shown);
        let needs = needs.and(Keys::of(&[Key::id, Key::name, Key::notes]));
        let models = catalog.models(&originals, needs)?;
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
        match successions.get(1) {
            Some(open) => self.write_lags(measure, (shown, open), out)?,
            None => self.write_succession(measure, shown, (until, is_now), out)?,
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
            if let Some(remark) = caveat::remark(holders, measure.reads()) {
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

    /// Writes who took each record and who took it away.
    fn write_succession(
        &self,
        measure: Measure,
        holders: &[Holder<'_>],
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
            let mut row = self.values(measure, holder.model);
            row.push(match holder.factor {
                Some(factor) if people => Value::Text(Cow::Owned(quantity::factor(factor))),
                factor => factor.map_or(Value::Missing, Value::Number),
            });
            row.push(Value::Number(f64::from(holder.months)));
            row.push(match holder.successor {
                Some(model) => Value::from(&*model.name),
                None if people => Value::from(&*current),
                None => Value::Missing,
            });
            row
        });
        self.layout.write(&headings, &mut rows, out)
    }

    /// Writes which open model reached each record, and how much later.
    fn write_lags(
        &self,
        measure: Measure,
        (closed, open): (&[Holder<'_>], &[Holder<'_>]),
        out: &mut Output,
    ) -> Result<(), Error> {
        let people = self.layout.look.format.is_for_people();
        let columns = self.columns(measure);
        let keys = columns.iter().map(|c| format!("reached_{}", c.heading.key));
        let keys: Vec<String> = keys.collect();
        let mut headings = self.headings(measure);
        headings.extend([LAG, REACHED_BY]);
        headings.extend(self.has_ids().then_some(REACHED_BY_ID));
        headings.push(REACHED);
        // The unit is in the title of the record's own column.
        let with = columns.iter().zip(&keys);
        headings.extend(with.map(|(c, key)| Heading::new(key, "With", c.heading.kind, 4)));
        // The first model with as much as a record took the open record itself.
        let reached_by =
            |record: &Holder<'_>| open.iter().find(|o| o.point.value >= record.point.value);
        let mut rows = closed.iter().map(|record| {
            let by = reached_by(record);
            let lag = by.map(|by| by.point.month.months_since(record.point.month));
            let mut row = self.values(measure, record.model);
            row.push(lag.map_or(Value::Missing, |lag| Value::Number(f64::from(lag))));
            row.push(match by {
                Some(by) => Value::from(&*by.model.name),
                None if people => Value::from("none yet"),
                None => Value::Missing,
            });
            if self.has_ids() {
                row.push(Value::from(by.map(|by| &*by.model.id)));
            }
            row.push(by.map(|by| by.point.month).into());
            match by {
                Some(by) => row.extend(self.figures(measure, by.model)),
                None => row.extend(columns.iter().map(|_| Value::Missing)),
            }
            row
        });
        self.layout.write(&headings, &mut rows, out)?;
        if people && open.is_empty() {
            out.remark(format_args!(
                "no open model among those asked has known {}",
                measure.stated.in_sentence()
            ));
        } else if people {
            let reached = closed.iter().filter(|record| reached_by(record).is_some());
            out.remark(format_args!(
                "open models have reached {} of {} records of closed ones",
                reached.count(),
                closed.len()
            ));
        }
        Ok(())
    }

    /// Whether rows have all keys, of which `--columns` may choose.
    fn has_ids(&self) -> bool {
        !self.layout.look.format.is_for_people() || self.layout.names_keys()
    }

    /// The headings of a model's own values.
    fn headings(&self, measure: Measure) -> Vec<Heading<'static>> {
        let mut headings = vec![NAME.heading];
        headings.extend(self.has_ids().then_some(ID.heading));
        headings.push(ANNOUNCED.heading);
        headings.extend(self.columns(measure).iter().map(|column| Heading {
            rank: 1,
            ..column.heading
        }));
        headings
    }

    /// The values under them.
    fn values<'m>(&self, measure: Measure, model: &'m Model<'m>) -> Vec<Value<'m>> {
        let mut row = vec![NAME.marked(model)];
        row.extend(self.has_ids().then(|| ID.marked(model)));
        row.push(ANNOUNCED.marked(model));
        row.extend(self.figures(measure, model));
        row
    }

    /// The columns of the figure: people read the estimate in that of what is stated, by its
    /// mark; machines have a key for each.
    fn columns(&self, measure: Measure) -> Vec<ColumnRef> {
        let people = self.layout.look.format.is_for_people();
        let estimate = measure.estimate.filter(|_| !people);
        [measure.stated].into_iter().chain(estimate).collect()
    }

    /// A model's values in them.
    fn figures<'m>(&self, measure: Measure, model: &'m Model<'m>) -> Vec<Value<'m>> {
        match self.layout.look.format.is_for_people() {
            true => vec![measure.value(model)],
            false => {
                let columns = self.columns(measure).into_iter();
                columns.map(|column| column.marked(model)).collect()
            }
        }
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

//! `ahm trend`: how fast a figure grows.

mod chart;
mod group_fit;
mod sheet;

use crate::analysis::fit::MIN_POINTS;
use crate::analysis::frontier::Records;
use crate::analysis::slope_change::SlopeChange;
use crate::catalog::Catalog;
use crate::catalog::raw_record::RawRecord;
use crate::cli::chart_args::ChartArgs;
use crate::cli::filter_args::FilterArgs;
use crate::cli::limit_args::LimitArgs;
use crate::cli::observation::{Measure, Observation, parse_top, top_lead};
use crate::cli::picture::footer;
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::month::{Month, Period};
use crate::model::schema;
use crate::model::value::Kind;
use crate::output::{Output, OutputArgs, Report};
use crate::query::group::Groups;
use clap::Args;
use group_fit::{GroupFit, Sample};
use std::cmp::Reverse;
use std::fmt::Display;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Fits the logarithm of the figure against the month of announcement by ordinary least squares. The
95 % interval (Student's t, n - 2 degrees of freedom) assumes that models are a random sample, which
a list of huge models is not. Models without the figure or a date are left out. No rate is given for
fewer than eight models, or if the interval includes 1. A second table shows the three most
influential models: the growth without each, and its distance from the line through the others.

--break DATE fits the models before DATE and those from DATE on, and tests whether their growth
differs: Welch's t test (1947) of the two slopes, which lets early models scatter more than late
ones. It does not test for a jump of the level at DATE, as Chow's test does. Its p is too small if
DATE was chosen after looking at the data.

--top K fits only models that were among the K largest in the month of their announcement, of their
group with --split; --top 10 is how Epoch AI (2024) selects frontier models. The interval does not
account for that selection. With --top, --since limits what is fitted; earlier models still count in
the ranking.

--split leaves out models whose KEY is not stated; a model with several values counts in each group.
-n shows the first N groups.

Examples:
  ahm trend --by compute                  the growth of training compute
  ahm trend --by compute --break 2018     before and since 2018, and whether it differs
  ahm trend --by compute --top 10         of the frontier models
  ahm trend --split access --since 2019   of parameters, open and closed models separately
  ahm trend --by compute --svg trend.svg  the same as a chart
  ahm trend --by compute --as-listed      the effect of two errors in the original list
")]
pub(crate) struct Trend {
    /// Figure to use; of several figures of a model, the largest
    #[arg(long, value_name = "KEY", value_parser = schema::parse_figure, default_value = "params")]
    by: ColumnRef,

    /// Use estimates where compute, cost or energy is missing
    #[arg(long)]
    estimated: bool,

    /// Fit only models that were among the K largest when they were announced
    #[arg(
        long,
        value_name = "K",
        value_parser = parse_top,
        allow_negative_numbers = true
    )]
    top: Option<u16>,

    /// Fit each group separately, by any key that `stats --by` takes
    #[arg(long, value_name = "KEY", value_parser = schema::parse_group_key)]
    split: Option<ColumnRef>,

    /// Fit two periods, the second from DATE on, and test whether growth changed
    #[arg(long = "break", value_name = "DATE", conflicts_with = "split")]
    break_at: Option<Period>,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    limit: LimitArgs,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten)]
    chart: ChartArgs,
}

/// The observations of a group, with their records.
type Observations = Vec<(Observation, RawRecord<'static>)>;

/// How models are divided.
#[derive(Debug, Clone, Copy)]
enum Partition {
    Whole,
    /// By the values of a column.
    Groups(ColumnRef),
    /// By time; the second period begins with this date.
    Eras(Period),
}

/// How fast the figure grows, in all, in each group or in each period.
struct Growth<'a> {
    measure: Measure,
    partition: Partition,
    fits: Vec<GroupFit<'a>>,
    /// How the growth of the second period differs, if there are periods and both have a line.
    change: Option<SlopeChange>,
    /// How many models are fitted; one that is in several groups may count in each.
    models: usize,
    /// How many models are the largest at a time, if only those are fitted.
    top: Option<u16>,
    /// How many groups are shown, the first ones.
    limit: usize,
}

impl Trend {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Trend {
            by,
            estimated,
            top,
            split,
            break_at,
            mut filters,
            limit,
            output,
            chart,
        } = self;
        let partition = match (split, break_at) {
            (None, None) => Partition::Whole,
            (Some(split), _) => Partition::Groups(split),
            (None, Some(date)) => Partition::Eras(date),
        };
        let mut measure = Measure::new(by, estimated, split)?;
        measure.has_tooltips = chart.has_page(&output);
        // Earlier models decide which are the largest.
        let since = top.and_then(|_| filters.take_first_month());
        let (query, initial) = (filters.query(out), Groups::default());
        let sources = (catalog, chart.marks(&output));
        let answer = measure.observe(&query, sources, initial, |groups, model, own, raw| {
            let Some(own) = own else { return };
            let add = |group: &mut Observations| group.push((own.clone(), raw.to_owned()));
            match split {
                Some(split) => groups.add(split, model, add),
                None => groups.add_to_all(add),
            }
        })?;
        out.notes(&answer.note);
        let (evidence, groups) = answer.result;
        let mut samples: Vec<Sample> = groups
            .in_order(split.unwrap_or(by))
            .into_iter()
            .map(|group| Sample {
                label: group.value,
                observations: leaders(group.result, top, since),
            })
            .filter(|sample| !sample.observations.is_empty())
            .collect();
        if let (Some(_), Some(split)) = (top, split)
            && !split.heading.kind.descends()
        {
            samples.sort_by_key(|sample| Reverse(sample.observations.len()));
        }
        if let Partition::Eras(date) = partition
            && let Some(whole) = samples.pop()
        {
            samples = whole.divide(date)?.into();
        }
        let reader = measure.reader(catalog)?;
        let fits = samples.iter().map(|sample| GroupFit::of(sample, &reader));
        let mut growth = Growth {
            measure,
            partition,
            fits: fits.collect::<Result<_, _>>()?,
            change: None,
            models: match top {
                None => evidence.known(),
                Some(_) => samples.iter().map(|own| own.observations.len()).sum(),
            },
            top,
            limit: limit.rows.unwrap_or(usize::MAX),
        };
        growth.change = growth.test();
        let subject = filters.subject(true);
        let title = format!("Growth of {} among {subject}", by.in_title());
        let mut report = Report::new(growth.sheet()).titled(title);
        if samples.is_empty() {
            report
                .captions
                .extend(answer.matches.may_match(&query.condition));
            let figure = by.in_sentence();
            let why = format!("no matching model has both a date and {figure}");
            report.nothing = Some(why.clone());
            report.write(&output, out)?;
            out.finish()?;
            return Err(Error::TooLittle(why));
        }
        report.summary = vec![growth.sheet(), growth.influences()];
        report.part_titles = &["Growth", "The most influential models"];
        let lead = match top {
            None => "based on".to_owned(),
            Some(top) => top_lead(top, split.map_or("", |_| " of each group")),
        };
        let captions = |fresh: &dyn Display| {
            let mut captions = growth.conclusion();
            captions.extend(growth.no_rate());
            captions.extend(evidence.sentences(&lead, answer.matches, fresh));
            captions.extend(answer.matches.may_match(&query.condition));
            captions.extend(since.map(|since| {
                format!("models before {since} count in the ranking but are not fitted")
            }));
            captions.extend(top.and_then(|_| growth.estimates()));
            if split.is_some_and(|split| split.heading.kind == Kind::Tags) {
                captions.push("a model with several values counts in each group".to_owned());
            }
            captions.extend(growth.limited());
            captions
        };
        report.captions = captions(&catalog.freshness());
        if growth.fits.iter().any(|own| own.fit.is_ok()) {
            report = report.remark(
                "growth: least squares on the logarithm; interval: Student's t with n - 2 degrees \
                 of freedom",
            );
        }
        let draw = || {
            let footer = footer(catalog, &captions(&""));
            let about = (answer.matches.matched, catalog.view());
            chart::chart(&growth, &filters, about, footer)
        };
        chart.write(true, report, draw, (catalog, &output), out)?;
        Ok(Found::Some)
    }
}

/// Those that were among the `top` largest when they came, from a month on; all without `top`.
fn leaders(observations: Observations, top: Option<u16>, since: Option<Month>) -> Observations {
    let Some(top) = top else {
        return observations;
    };
    let mut records = Records::new(usize::from(top));
    for (own, record) in observations {
        records.push(own.point, || (own, record));
    }
    let records = records.into_ranked().into_iter();
    let records = records.filter(|own| since.is_none_or(|since| since <= own.point.month));
    records.map(|own| own.item).collect()
}

impl<'a> Growth<'a> {
    /// The groups that are shown.
    fn shown(&self) -> &[GroupFit<'a>] {
        &self.fits[..self.limit.min(self.fits.len())]
    }

    /// A sentence about groups that are not shown.
    fn limited(&self) -> Option<String> {
        let (limit, count) = (self.limit, self.fits.len());
        (limit < count).then(|| format!("{limit} of {count} groups shown"))
    }

    /// Why groups have no growth rate, if any have none.
    fn no_rate(&self) -> Vec<String> {
        let none = self.shown().iter();
        let mut none = none.filter_map(|own| Some((own, own.fit.err()?)));
        match self.partition {
            Partition::Whole => none
                .map(|(_, none)| format!("{none}: {}", none.reason()))
                .collect(),
            Partition::Eras(_) => none
                .map(|(own, none)| {
                    let era = own.sample.label.human(Kind::Word);
                    format!("{none} {era}: {}", none.reason())
                })
                .collect(),
            Partition::Groups(_) => none.next().map_or(Vec::new(), |_| {
                vec![format!(
                    "no rate: fewer than {MIN_POINTS} models, all of one month, or a 95 % interval \
                     that includes 1"
                )]
            }),
        }
    }

    /// How many of the figures are estimates.
    fn estimates(&self) -> Option<String> {
        self.measure.estimate?;
        let count = |count: fn(&Sample) -> usize| -> usize {
            self.shown().iter().map(|own| count(own.sample)).sum()
        };
        let (estimates, all) = (
            count(Sample::estimates),
            count(|own| own.observations.len()),
        );
        Some(format!("{estimates} of the {all} figures are estimates"))
    }
}

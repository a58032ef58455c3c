//! `ahm threshold`: which models are above a figure, and how we know.

mod captions;
mod ranking;

use crate::analysis::threshold::{Calibration, Estimator, Verdict};
use crate::catalog::Catalog;
use crate::cli::filter_args::FilterArgs;
use crate::cli::limit_args::LimitArgs;
use crate::cli::threshold::ranking::Ranking;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::figure::Literal;
use crate::model::schema;
use crate::output::{Output, OutputArgs, Report};
use crate::query::evidence::Evidence;
use clap::Args;
use clap::builder::EnumValueParser;

/// Show which models are above a figure, and how we know
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
A model is above if both bounds of its figure are at least VALUE, and below if both are less;
otherwise it cannot be told. The bounds depend on where the figure comes from:

  stated by the makers     exact
  by a third party         within a factor of 3 (confident) or 10 (likely)
  speculative or unrated   none: its value decides, and the verdict says so
  derived by the catalog   a factor of 3
  6 × params × tokens, chip-hours × price, chip-hours × power
                           the 5th to 95th percentile of known figures over such estimates, or a
                           factor of 3 if fewer than 20 models have both
  chip-hours × utilization
                           15 % to 55 % of the chips' peak speed

Estimates, the last two, are used where nothing is given. They also narrow the bounds of what others
than the makers give if they rest on figures that the makers state; if the two contradict each
other, the bounds hold both. There is no estimate for a mixture of experts without active
parameters, nor of the compute of a model that was trained from another.

Tables leave out the models below; machine formats have all that have a basis. `value` is the best
estimate, `low` and `high` are its bounds.

Examples:
  ahm threshold 1e25                      training compute of at least 1e25 FLOP
  ahm threshold 1e25 --stated             by the makers' own figures alone
  ahm threshold 1T --by params --open     open models of at least a trillion parameters
  ahm threshold 1e25 --verdict above -f names
")]
pub(crate) struct Threshold {
    /// The threshold, such as `1e25`, `100B` or `$10M`
    #[arg(allow_negative_numbers = true)]
    value: String,

    /// Figure to use; of several figures of a model, the largest
    #[arg(
        long,
        value_name = "KEY",
        value_parser = schema::parse_figure,
        default_value = "compute_flop"
    )]
    by: ColumnRef,

    /// Only models with these verdicts
    #[arg(
        long,
        value_name = "VERDICT",
        value_parser = trimmed(EnumValueParser::<Verdict>::new()),
        ignore_case = true,
        value_delimiter = ','
    )]
    verdict: Vec<Verdict>,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    limit: LimitArgs,

    #[command(flatten)]
    output: OutputArgs,
}

/// Digits of the hash of a catalog, enough to tell two apart.
const DIGITS: usize = 12;

impl Threshold {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Threshold {
            value,
            by,
            verdict,
            filters,
            limit,
            output,
        } = self;
        let threshold = threshold(&value, by)?;
        let chips = catalog.known_chips()?;
        let mut estimator = Estimator {
            by,
            chips: &chips,
            calibration: None,
        };
        let keys = estimator.keys();
        if estimator.field().is_some() {
            let ratios = catalog.scan(keys, Vec::new(), |ratios, model, _| {
                ratios.extend(estimator.ratio(model));
            })?;
            estimator.calibration = Some(Calibration::of(ratios));
        }
        let initial = (Evidence::of([by]), Vec::new());
        let query = filters.query(out);
        let answer = query.scan((catalog, keys), initial, |(evidence, found), model, raw| {
            if let Some(figure) = estimator.bounds(model) {
                evidence.note(model, |_| true);
                found.push((figure, raw.to_owned()));
            }
        })?;
        out.notes(&answer.note);
        let (evidence, found) = answer.result;
        let ranking = Ranking::new(&found, threshold, estimator, catalog)?;
        let is_asked = |own: Verdict| verdict.is_empty() || verdict.contains(&own);
        let limit = limit.rows.unwrap_or(usize::MAX);
        let mut rows: Vec<_> = ranking.judged.iter().collect();
        rows.retain(|own| is_asked(own.verdict));
        let found = Found::count(rows.len());
        // People see those below only if they ask for them.
        let mut printed = rows.clone();
        printed.retain(|own| own.verdict != Verdict::Below || !verdict.is_empty());
        let all = printed.len();
        rows.truncate(limit);
        printed.truncate(limit);
        let mut report = Report::new(ranking.sheet(&rows));
        report.summary = ranking.groups(&printed);
        report.captions = ranking.captions(&printed, answer.matches.matched);
        // The first sentence says how many models have the figure, which the summary does too.
        let units = evidence.sentences("", answer.matches, &"");
        report.captions.extend(units.into_iter().skip(1));
        report
            .captions
            .extend(answer.matches.may_match(&query.condition));
        report
            .captions
            .push(format!("source: {}", catalog.fingerprint(DIGITS)));
        report.remarks = ranking.notes(&printed);
        if printed.len() < all {
            report = report.remark(format_args!("{} of {all} rows", printed.len()));
        }
        report.write(&output, out)?;
        Ok(found)
    }
}

/// The threshold in the unit of the figure.
fn threshold(typed: &str, by: ColumnRef) -> Result<Literal, Error> {
    let literal = by.unit().literal(typed).map_err(Error::Misuse)?;
    match literal.value > 0.0 {
        true => Ok(literal),
        false => Err(Error::Misuse(format!(
            "`{}` is not a threshold, since every figure is more; expected one such as `1e25`",
            typed.trim()
        ))),
    }
}

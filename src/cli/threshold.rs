//! `ahm threshold`: which models are above a figure, and how we know.

mod captions;
mod ranking;

use crate::analysis::threshold::{Calibration, Estimator, Verdict};
use crate::catalog::Catalog;
use crate::cli::filter_args::FilterArgs;
use crate::cli::limit_args::{LimitArgs, shown_of};
use crate::cli::threshold::ranking::{Question, Ranking};
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::ColumnRef;
use crate::model::figure::Literal;
use crate::model::schema;
use crate::output::{Output, OutputArgs, Report};
use crate::query::evidence::Evidence;
use crate::text::capitalized;
use clap::builder::{EnumValueParser, PossibleValue};
use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
A model is above if both bounds of its figure are at least VALUE, below if both are less, and
undecidable otherwise. The bounds depend on the source of the figure:

  stated by the makers     exact
  third party, confident   a factor of 3 either way
  third party, likely      a factor of 10 either way
  speculative or unrated   none: judged by its value, and marked so
  derived by the source    a factor of 3 either way

Where no source gives the figure, ahm estimates it: compute as 6 × params × tokens, cost as
chip-hours × price, energy as chip-hours × power. The bounds are the 5th to 95th percentile of known
figures over such estimates, or a factor of 3 if fewer than 20 models have both. Compute also follows
from chip-hours at 15 % to 55 % of peak speed. An estimate from the makers' figures also narrows the
bounds of other sources; if the two disagree, the bounds cover both. There is no estimate for a
mixture of experts without active parameters, nor of the compute of a model that was trained from
another.

Figures are compared at the digits typed, at least three: 9.996e24 reaches 1e25, but not 1.000e25. Tables leave out models below the threshold. Machine formats list every model with a basis: `value`
is the best estimate, `low` and `high` its bounds.

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
        if by.is_expression() {
            return Err(Error::Misuse(format!(
                "`{}` is computed; a threshold takes a figure of the catalog, such as `compute_flop`",
                by.heading.key
            )));
        }
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
        let question = Question {
            threshold,
            typed: value,
            as_of: catalog.last_month(),
            lists_below: !verdict.is_empty(),
        };
        let ranking = Ranking::new(&found, question, estimator, (catalog, output.look.links()))?;
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
        let subject = capitalized(&filters.subject(true));
        let title = format!("{subject} by {}", ranking.title());
        let mut report = Report::new(ranking.sheet(&rows)).titled(title);
        report.summary = ranking.groups(&printed, out.width());
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
        report.notes = ranking.notes(&printed);
        report
            .remarks
            .extend(shown_of(printed.len(), all, "models"));
        report.write(&output, out)?;
        Ok(found)
    }
}

/// The threshold in the unit of the figure.
fn threshold(typed: &str, by: ColumnRef) -> Result<Literal, Error> {
    let literal = by.unit().literal(typed).map_err(Error::Misuse)?;
    match literal.value > 0.0 {
        true => Ok(literal),
        false => {
            let what = "the threshold must be greater than 0, such as `1e25`";
            Err(Error::Misuse(what.to_owned()))
        }
    }
}

impl ValueEnum for Verdict {
    fn value_variants<'a>() -> &'a [Verdict] {
        &Verdict::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(match self {
            Verdict::Above => {
                "At least the threshold, by both bounds, or by a figure that has none"
            }
            Verdict::Undecidable => "The bounds enclose the threshold",
            Verdict::Below => {
                "Less than the threshold, by both bounds, or by a figure that has none"
            }
        }))
    }
}

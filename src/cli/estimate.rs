//! `ahm estimate`: a planned training run.

mod report;

use crate::analysis::training_run::{RunInput, TrainingRun};
use crate::catalog::Catalog;
use crate::cli::name_args;
use crate::error::{Error, Found};
use crate::model::figure::grouped;
use crate::model::unit::Unit;
use crate::model::{Key, Keys, hardware};
use crate::output::{Output, OutputArgs};
use crate::query::evidence;
use clap::Args;
use report::{EstimateReport, SimilarModel};

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
With MODEL, the figures come from the catalog, and flags override them. Without it, two of --params,
--tokens and --compute (or --budget) determine the third; one alone determines the others at 20
tokens per parameter. Compute is 6 × parameters × tokens. `≈` marks derived figures, with the bounds
that the assumptions allow; given figures are exact. The most similar models are those whose
parameters and tokens differ by the smallest factor.

Examples:
  ahm estimate --params 70B --tokens 1.4T --chip h100 --count 1024
  ahm estimate gpt-3 --chip h100 --price 2.5
  ahm estimate --budget 1M --chip a100        the size and tokens that it pays for
")]
pub(crate) struct Estimate {
    /// Model to take the figures from
    #[arg(value_name = "MODEL", conflicts_with_all = ["budget", "tokens_per_param"])]
    name: Option<String>,

    /// Number of parameters, including all experts, such as 70B
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    params: Option<f64>,

    /// Parameters active per token, of a mixture of experts
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    active_params: Option<f64>,

    /// Tokens seen in training, including repetitions, such as 1.4T
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    tokens: Option<f64>,

    /// Training compute, such as 1e24 or `310M PF`
    #[arg(long, value_name = "FLOP", value_parser = flop, allow_negative_numbers = true)]
    compute: Option<f64>,

    /// Tokens per parameter, where one of them is not given [default: 20]
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    tokens_per_param: Option<f64>,

    #[command(flatten)]
    hardware: HardwareArgs,

    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Hardware")]
#[group(requires = "chip")]
struct HardwareArgs {
    /// Chip to train on (see `ahm chips`)
    #[arg(long, value_name = "CHIP")]
    chip: Option<String>,

    /// US dollars to spend on chips, such as 1M
    #[arg(long, value_name = "USD", value_parser = dollars, allow_negative_numbers = true)]
    budget: Option<f64>,

    /// Number of chips, to estimate the days
    #[arg(long, value_name = "N", value_parser = whole, allow_negative_numbers = true)]
    count: Option<f64>,

    /// Utilization, as a share of the chip's peak: 0.4 or 40% [default: 0.4]
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    mfu: Option<f64>,

    /// US dollars per hour of one chip, not of a device of several [default: the newest in `ahm chips`]
    #[arg(long, value_name = "USD", value_parser = dollars, allow_negative_numbers = true)]
    price: Option<f64>,

    /// Power usage effectiveness: energy of the data center over that of its chips [default: 1.1]
    #[arg(long, value_name = "FACTOR", value_parser = factor, allow_negative_numbers = true)]
    pue: Option<f64>,
}

/// The figures of a model that an estimate uses.
const SIZE: Keys = Keys::of(&[
    Key::params,
    Key::active_params,
    Key::tokens,
    Key::epochs,
    Key::compute_flop,
]);

impl Estimate {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let is_sized = self.params.is_some() && self.tokens.is_some();
        if self.hardware.budget.is_some() && (self.compute.is_some() || is_sized) {
            let hint = "leave out `--compute`, and one of `--params` and `--tokens`";
            return Err(Error::Misuse(format!(
                "`--budget` determines the compute; {hint}"
            )));
        }
        let chips = catalog.known_chips()?;
        let chip = self.hardware.chip.as_deref();
        let chip = chip.map(|name| hardware::named(name, &chips));
        let chip = chip.transpose().map_err(Error::Misuse)?;
        let records = name_args::find_all(self.name.as_slice(), catalog, out)?;
        let models = catalog.models(&records)?;
        let model = models.first();
        let input = RunInput {
            params: self.params,
            active_params: self.active_params,
            tokens: self.tokens,
            compute: self.compute,
            tokens_per_param: self.tokens_per_param,
            budget: self.hardware.budget,
            count: self.hardware.count,
            utilization: self.hardware.mfu,
            price: self.hardware.price,
            pue: self.hardware.pue,
        };
        let run = TrainingRun::estimate(&input, model, chip).map_err(Error::Misuse)?;
        let report = EstimateReport {
            model,
            hardware: chip.map(|chip| match input.count {
                Some(count) => format!("{} × {}", grouped(count), chip.chip),
                None => chip.chip.to_string(),
            }),
            similar: SimilarModel::find(&run, model, catalog)?,
            run,
        };
        let mut written = report.report();
        written.notes = evidence::notes(model, SIZE);
        if chip.is_none() {
            written = written.remark("`--chip` adds hours, cost and energy");
        }
        written.write(&self.output, out)
    }
}

fn count(text: &str) -> Result<f64, String> {
    positive(Unit::Count, text)
}

fn flop(text: &str) -> Result<f64, String> {
    positive(Unit::Flop, text)
}

fn dollars(text: &str) -> Result<f64, String> {
    positive(Unit::Usd, text)
}

fn whole(text: &str) -> Result<f64, String> {
    let whole = count(text).ok().filter(|number| number.fract() == 0.0);
    whole.ok_or_else(|| "expected a whole number of chips, such as `1024`".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    let share = positive(Unit::Ratio, text)?;
    let expected = || "expected a share of the peak, at most 1, such as `0.4` or `40%`".to_owned();
    (share <= 1.0).then_some(share).ok_or_else(expected)
}

fn factor(text: &str) -> Result<f64, String> {
    let factor = positive(Unit::Ratio, text)?;
    let expected = || "expected a factor of at least 1, such as `1.1`".to_owned();
    (factor >= 1.0).then_some(factor).ok_or_else(expected)
}

fn positive(unit: Unit, text: &str) -> Result<f64, String> {
    match unit.parse(text).map_err(|error| error.to_string())? {
        number if number > 0.0 => Ok(number),
        _ => Err("expected a number above 0".to_owned()),
    }
}

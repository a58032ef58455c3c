//! `ahm estimate`: a training run on paper.

mod nearest;
mod paper;
mod typed;

use crate::analysis::machine::{self, Machine};
use crate::analysis::run::Known;
use crate::analysis::size::{self, Size};
use crate::catalog::Catalog;
use crate::cli::layout::Layout;
use crate::error::{Error, Found};
use crate::model::Key;
use crate::model::chip::{self, Chip};
use crate::model::keys::Keys;
use crate::output::Output;
use crate::query::caveat;
use clap::Args;
use nearest::Nearest;
use paper::Paper;
use typed::{count, dollars, effectiveness, flop, share, whole};

/// Estimate a training run: compute, hours, cost, energy, and the models nearest to it
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Of a MODEL the catalog's own figures are taken, and flags override them. Without one, two of
--params, --tokens and --compute (or --budget) tell the third; from one alone the others follow at
20 tokens a parameter. Compute is 6 × parameters × tokens. `≈` marks what follows from others, with
the least and the most that the assumptions allow; what a flag gives is taken as exact. How near a
model is, is how many times larger or smaller it is, in parameters and tokens together.

Examples:
  ahm estimate --params 70B --tokens 1.4T --chip h100 --count 1024
  ahm estimate gpt-3 --chip h100 --price 2.5
  ahm estimate --budget 1M --chip a100        which size and tokens that pays for
")]
pub struct Estimate {
    /// A model to take the figures of
    #[arg(value_name = "MODEL")]
    name: Option<String>,

    /// Parameters, all experts included, such as 70B
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    params: Option<f64>,

    /// Parameters that take part in each step of a mixture of experts
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    active_params: Option<f64>,

    /// Tokens seen in training, repetitions included, such as 1.4T
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    tokens: Option<f64>,

    /// Training compute, such as 1e24 or `310M PF`
    #[arg(long, value_name = "FLOP", value_parser = flop, allow_negative_numbers = true)]
    compute: Option<f64>,

    /// Money for chips, US dollars, such as 1M: what it trains is estimated
    #[arg(long, value_name = "USD", value_parser = dollars, allow_negative_numbers = true)]
    budget: Option<f64>,

    /// Tokens a parameter where parameters or tokens are not given [default: 20]
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    tokens_per_param: Option<f64>,

    /// The chip to train on; `ahm chips` names them all
    #[arg(long, value_name = "CHIP", help_heading = "Machine")]
    chip: Option<String>,

    /// How many chips run at once: tells the days
    #[arg(
        long,
        value_name = "N",
        value_parser = whole,
        allow_negative_numbers = true,
        help_heading = "Machine"
    )]
    count: Option<f64>,

    /// Utilization: the share of the chip's peak that the run reaches, 0.4 or 40% [default: 0.4]
    #[arg(
        long,
        value_name = "SHARE",
        value_parser = share,
        allow_negative_numbers = true,
        help_heading = "Machine"
    )]
    mfu: Option<f64>,

    /// Price of an hour of one chip, US dollars, even where the catalog has a price of a device of
    /// several chips [default: the catalog's]
    #[arg(
        long,
        value_name = "USD",
        value_parser = dollars,
        allow_negative_numbers = true,
        help_heading = "Machine"
    )]
    price: Option<f64>,

    /// Power usage effectiveness: energy of the data centre over that of its chips [default: 1.1]
    #[arg(
        long,
        value_name = "FACTOR",
        value_parser = effectiveness,
        allow_negative_numbers = true,
        help_heading = "Machine"
    )]
    pue: Option<f64>,

    #[command(flatten)]
    layout: Layout,
}

/// The figures of a model that its run is estimated from.
const SIZE: Keys = Keys::of(&[
    Key::params,
    Key::active_params,
    Key::tokens,
    Key::epochs,
    Key::compute_flop,
]);

impl Estimate {
    /// Answers.
    ///
    /// # Errors
    /// When what is given contradicts itself or does not suffice, when a name means no model, or
    /// the answer cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        self.agrees().map_err(Error::Misuse)?;
        let machine = match &self.chip {
            Some(chip) => Some(self.machine(chip, &catalog.known_chips()?)?),
            None => None,
        };
        let bought = match (self.budget, &machine) {
            (Some(usd), Some(machine)) => Some(machine.bought(usd).map_err(Error::Misuse)?),
            _ => None,
        };
        let given = size::Given {
            params: self.params,
            active_params: self.active_params,
            tokens: self.tokens,
            compute: bought.or_else(|| self.compute.map(Known::given)),
            tokens_per_param: self.tokens_per_param,
        };
        let named = self.name.iter().cloned().collect::<Vec<String>>();
        let (named, originals) = catalog.named(&named)?;
        let models = catalog.whole(&originals)?;
        out.notes(named.iter().filter_map(|named| named.note.as_ref()));
        let model = models.first();
        let size = match model {
            Some(model) => Size::of(model, given),
            None => Size::solve(given),
        };
        let size = size.map_err(Error::Misuse)?;

        let of_machine = match (&machine, self.budget) {
            (Some(machine), Some(usd)) => machine.figures_bought(usd),
            (Some(machine), None) => machine.figures(&size.compute),
            (None, _) => Vec::new(),
        };
        let mut assumptions = size.assumptions();
        if let Some(machine) = &machine {
            assumptions.extend(machine.assumptions(&of_machine));
        }
        let mut figures = size.figures();
        figures.extend(of_machine);
        figures.push(size.weights());
        for line in figures.iter().chain(&assumptions) {
            line.check().map_err(Error::Misuse)?;
        }
        let paper = Paper {
            title: match model {
                Some(model) => format!("{} on paper", model.name),
                None => "A run on paper".to_owned(),
            },
            machine: machine.as_ref(),
            figures,
            assumptions,
            nearest: Nearest::to(&size, model, catalog)?,
        };
        paper.write(&self.layout, out)?;
        for told in paper.marks().told() {
            out.remark(told);
        }
        if let Some(remark) = caveat::remark(model, SIZE) {
            out.remark(remark);
        }
        if machine.is_none() {
            out.remark("`--chip` adds hours, cost and energy");
        }
        Ok(Found::Some)
    }

    /// Whether the flags make one question.
    fn agrees(&self) -> Result<(), String> {
        let machine = [
            ("--budget", self.budget),
            ("--count", self.count),
            ("--mfu", self.mfu),
            ("--price", self.price),
            ("--pue", self.pue),
        ];
        let lone = machine.into_iter().find(|(_, value)| value.is_some());
        if let (None, Some((flag, _))) = (&self.chip, lone) {
            return Err(format!(
                "`{flag}` wants `--chip`: it says nothing without one"
            ));
        }
        let contradiction = match (&self.name, self.budget) {
            (Some(name), Some(_)) => Some((
                format!("`{name}`"),
                "--budget",
                "a model's compute is its own",
            )),
            (Some(name), None) if self.tokens_per_param.is_some() => Some((
                format!("`{name}`"),
                "--tokens-per-param",
                "a model's parameters and tokens are its own",
            )),
            (None, Some(_)) if self.compute.is_some() => Some((
                "`--compute`".to_owned(),
                "--budget",
                "money tells the compute",
            )),
            (None, Some(_)) if self.params.is_some() && self.tokens.is_some() => Some((
                "`--params` with `--tokens`".to_owned(),
                "--budget",
                "they tell what the run costs; leave one out",
            )),
            _ => None,
        };
        match contradiction {
            Some((one, other, why)) => {
                Err(format!("{one} and `{other}` contradict each other: {why}"))
            }
            None => Ok(()),
        }
    }

    fn machine(&self, name: &str, chips: &[Chip<'_>]) -> Result<Machine, Error> {
        let given = machine::Given {
            count: self.count,
            utilization: self.mfu,
            price: self.price,
            pue: self.pue,
        };
        let chip = chip::named(name, chips).map_err(Error::Misuse)?;
        Ok(Machine::of(chip, given))
    }
}

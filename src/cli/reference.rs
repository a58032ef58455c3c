//! `ahm frameworks`, `surveys`, `terms` and `chips`: the catalog's reference lists.

use crate::catalog::Catalog;
use crate::cli::filter_args::pattern_note;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::column::{Column, Record};
use crate::model::hardware::{self, Chip};
use crate::model::month::Month;
use crate::model::name::{NormalizedName, did_you_mean, quoted};
use crate::model::reference::{Framework, Survey, Term};
use crate::model::{Access, price};
use crate::output::{Card, Fact, Output, OutputArgs, Report, ReportPart};
use crate::query::pattern::Pattern;
use clap::Args;
use clap::builder::StringValueParser;
use std::slice;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
In the order of the list: by section, newest first.

Examples:
  ahm frameworks --distributed                those marked as training on many machines
  ahm frameworks --section inference --open   open-source inference frameworks
  ahm frameworks google -f csv
")]
pub(crate) struct Frameworks {
    /// Regular expression to match against names, aliases, organizations and paper titles
    /// (case-insensitive)
    #[arg(value_name = "PATTERN", help_heading = "Filters")]
    pattern: Option<Pattern>,

    /// Only frameworks in this section, such as pytorch or inference
    #[arg(
        id = "framework_section",
        long = "section",
        value_name = "SECTION",
        value_delimiter = ',',
        value_parser = trimmed(StringValueParser::new()),
        help_heading = "Filters"
    )]
    section: Vec<String>,

    /// Only frameworks that the list marks as training on many machines
    #[arg(long, help_heading = "Filters")]
    distributed: bool,

    /// Only frameworks with open code
    #[arg(long, help_heading = "Filters")]
    open: bool,

    /// Only frameworks without open code
    #[arg(long, help_heading = "Filters")]
    closed: bool,

    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Surveys {
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
A term is matched by its aliases too, ignoring case, accents and punctuation.

Examples:
  ahm terms
  ahm terms MLM
  ahm terms en-de -f json
")]
pub(crate) struct Terms {
    /// Term to define; all of them if omitted
    #[arg(value_name = "TERM")]
    term: Option<String>,

    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The price is the newest: of a chip, or of a device, which may hold several chips (see `Priced per`).
`prices`, and the card of a chip, have all of them. `ahm estimate` takes the newest price, the estimated
cost of a model the one nearest to its announcement.

Examples:
  ahm chips
  ahm chips a100
  ahm chips -f json
")]
pub(crate) struct Chips {
    /// Chip to show; all of them if omitted
    #[arg(value_name = "CHIP")]
    chip: Option<String>,

    #[command(flatten)]
    output: OutputArgs,
}

/// The answer of a list.
fn report<'r, R: Record>(title: &str, records: &'r [R::Of<'r>]) -> Report<'r> {
    Report::new(ReportPart::records::<R>(records)).titled(title)
}

impl Surveys {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        report::<Survey<'_>>("Surveys", &catalog.surveys()?).write(&self.output, out)
    }
}

impl Chips {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Chips { chip, output } = self;
        let chips = catalog.chips()?;
        let chip = chip.map(|typed| hardware::named(&typed, &chips));
        let chip = chip.transpose().map_err(Error::Unknown)?;
        let mut report = report::<Chip<'_>>("Chips", chip.map_or(&chips, slice::from_ref));
        report.is_single = chip.is_some();
        report
            .summary
            .extend(chip.map(chip_card).map(ReportPart::Card));
        report.write(&output, out)
    }
}

impl Frameworks {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        if let Some(note) = self.pattern.as_ref().and_then(pattern_note) {
            out.note(note);
        }
        let mut frameworks = catalog.frameworks()?;
        let total = frameworks.len();
        let sections = frameworks.iter().filter_map(|own| own.section.as_deref());
        let mut known: Vec<&str> = sections.collect();
        known.dedup();
        for typed in &self.section {
            let typed_name = NormalizedName::new(typed);
            if !known.iter().any(|section| typed_name.is(section)) {
                let mut hint = did_you_mean(typed, known.iter().copied());
                if hint.is_empty() {
                    hint = format!("; expected {}", quoted(known));
                }
                return Err(Error::Misuse(format!("unknown section `{typed}`{hint}")));
            }
        }
        frameworks.retain(|framework| self.matches(framework));
        report::<Framework<'_>>("Frameworks", &frameworks)
            .remark(format_args!("{} of {total} frameworks", frameworks.len()))
            .write(&self.output, out)
    }

    fn matches(&self, framework: &Framework<'_>) -> bool {
        let is_in = |typed: &String| {
            let section = framework.section.as_deref();
            section.is_some_and(|section| NormalizedName::new(typed).is(section))
        };
        let paper = framework.paper.as_ref();
        let title = paper.and_then(|paper| paper.title.as_ref());
        let mut texts = [&framework.name]
            .into_iter()
            .chain(&framework.aliases)
            .chain(&framework.organizations)
            .chain(title);
        let access = match framework.access {
            Some(Access::Open) => self.open,
            Some(Access::Closed) => self.closed,
            None => false,
        };
        let pattern = self.pattern.as_ref();
        (self.section.is_empty() || self.section.iter().any(is_in))
            && (access || !(self.open || self.closed))
            && (!self.distributed || framework.distributed == Some(true))
            && pattern.is_none_or(|pattern| texts.any(|text| pattern.is_match(text)))
    }
}

impl Terms {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Terms { term, output } = self;
        let mut terms = catalog.terms()?;
        if let Some(typed) = &term {
            let names: Vec<String> = terms.iter().map(|term| term.term.to_string()).collect();
            terms.retain(|term| term.is_called(typed));
            if terms.is_empty() && !typed.contains(char::is_alphanumeric) {
                return Err(Error::Misuse(format!("`{typed}` is not a term")));
            } else if terms.is_empty() {
                let near = did_you_mean(typed, names.iter().map(String::as_str));
                return Err(Error::Unknown(format!("no term named `{typed}`{near}")));
            }
        }
        let mut report = report::<Term<'_>>("Terms", &terms);
        if term.is_some() {
            let cards = terms.iter().map(|term| ReportPart::Card(term_card(term)));
            report.summary = cards.collect();
            report.is_single = terms.len() == 1;
        }
        report.write(&output, out)
    }
}

/// What a chip can do, then every price, the newest first.
fn chip_card(chip: &Chip<'_>) -> Card {
    let facts = |keys: &[&str]| {
        let columns = Chip::columns().iter();
        let columns = columns.filter(|column| keys.contains(&column.heading.key));
        let facts = columns.map(|column| {
            let value = column.value(chip);
            Fact::new(column.heading.title, value.human(column.heading.kind))
        });
        facts.collect()
    };
    let prices = price::newest_first(&chip.prices).into_iter();
    let released = chip.released.map(Month::words);
    let subtitle = [chip.maker.as_deref(), released.as_deref()];
    Card {
        title: chip.chip.to_string(),
        subtitle: Vec::from_iter(subtitle.into_iter().flatten()).join(" · "),
        groups: vec![
            facts(&["aliases", "chips_per_device", "cores_per_chip"]),
            facts(&["peak_flops", "tdp_w", "memory_bytes", "source"]),
            prices.map(|own| Fact::new("Price", own.words())).collect(),
        ],
    }
}

fn term_card(term: &Term<'_>) -> Card {
    let is_fact = |column: &&Column<_>| !["term", "kind"].contains(&column.heading.key);
    let mut facts: Vec<_> = Term::columns().iter().filter(is_fact).collect();
    // What it means comes first.
    facts.sort_by_key(|column| column.heading.key != "meaning");
    let facts = facts.into_iter().map(|column| {
        let value = column.value(term);
        Fact::new(column.name(), value.human(column.heading.kind))
    });
    Card {
        title: term.term.to_string(),
        subtitle: term.kind.as_deref().unwrap_or_default().to_owned(),
        groups: vec![facts.collect()],
    }
}

//! The filter flags, and the condition that they spell.

use crate::cli::trimmed::trimmed;
use crate::model::column::ColumnRef;
use crate::model::figure::Literal;
use crate::model::month::{Month, Period};
use crate::model::schema;
use crate::model::unit::Unit;
use crate::output::Output;
use crate::query::Query;
use crate::query::comparison::{Bound, Comparison};
use crate::query::condition::Condition;
use crate::query::pattern::Pattern;
use clap::builder::{EnumValueParser, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Command, ValueEnum};
use std::ffi::OsStr;
use std::path::Path;

const FIELDS: ColumnRef = schema::column("fields");
const SECTIONS: ColumnRef = schema::column("sections");
const ORGANIZATIONS: ColumnRef = schema::column("organizations");
const COUNTRY: ColumnRef = schema::column("country");
const LICENSE: ColumnRef = schema::column("license");
const ACCESS: ColumnRef = schema::column("access");
const ARCHITECTURE: ColumnRef = schema::column("architecture");
const OBJECTIVE: ColumnRef = schema::column("objective");
const FRAMEWORK: ColumnRef = schema::column("training_framework");
const PARAMS: ColumnRef = schema::column("params");
const ANNOUNCED: ColumnRef = schema::column("announced");

/// Which models: by a pattern and by flags.
#[derive(Debug, Clone, Args)]
pub(crate) struct FilterArgs {
    /// Regular expression to match against names and aliases (case-insensitive)
    #[arg(value_name = "PATTERN", help_heading = "Filters")]
    pattern: Option<Pattern>,

    /// Regular expression to match against names, organizations, paper titles and notes; if
    /// repeated, models must match all
    #[arg(long = "search", value_name = "TEXT", value_parser = search, help_heading = "Filters")]
    searches: Vec<Pattern>,

    #[command(flatten)]
    pub(super) flags: Filters,
}

/// Which models: the values of one flag are alternatives, different flags must all match.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Condition, such as `params>=100B and open and has tokens`; if repeated, models must match all
    #[arg(long = "where", value_name = "CONDITION", value_parser = ConditionParser)]
    pub(super) conditions: Vec<Condition>,

    /// Only models for this field, such as `vision` (includes `vision-language`)
    #[arg(long, value_name = "FIELD", value_parser = word(), value_delimiter = ',')]
    pub(super) field: Vec<String>,

    /// Only models in this section
    #[arg(long, value_name = "SECTION", value_parser = word(), value_delimiter = ',')]
    pub(super) section: Vec<String>,

    /// Only models by this organization (Google and Google DeepMind are two)
    #[arg(long, value_name = "NAME", value_parser = word(), value_delimiter = ',')]
    pub(super) org: Vec<String>,

    /// Only models by an organization of this country
    #[arg(long, value_name = "COUNTRY", value_parser = word(), value_delimiter = ',')]
    pub(super) country: Vec<String>,

    /// Only models with this license or license class: open-source, conditions, non-commercial, closed
    #[arg(long, value_name = "LICENSE", value_parser = word(), value_delimiter = ',')]
    pub(super) license: Vec<String>,

    /// Only models whose weights or code can be downloaded
    #[arg(long)]
    pub(super) open: bool,

    /// Only models whose weights or code cannot be downloaded
    #[arg(long)]
    pub(super) closed: bool,

    /// Only models with this access
    #[arg(
        long,
        value_name = "ACCESS",
        value_parser = trimmed(EnumValueParser::<AccessChoice>::new()),
        ignore_case = true,
        value_delimiter = ','
    )]
    pub(super) access: Vec<AccessChoice>,

    /// Only models with this architecture: decoder, encoder, moe, …
    #[arg(long, value_name = "TAG", value_parser = word(), value_delimiter = ',')]
    pub(super) architecture: Vec<String>,

    /// Only models with this training objective: mlm, ltr, …
    #[arg(long, value_name = "TAG", value_parser = word(), value_delimiter = ',')]
    pub(super) objective: Vec<String>,

    /// Only models trained with this framework
    #[arg(long, value_name = "NAME", value_parser = word(), value_delimiter = ',')]
    pub(super) framework: Vec<String>,

    /// Minimum number of parameters, such as 100B
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    min_params: Option<Literal>,

    /// Maximum number of parameters
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    max_params: Option<Literal>,

    /// Announced in or after this year or month
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<Period>,

    /// Announced in or before this year or month
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<Period>,

    /// Only models where these keys are known
    #[arg(long, value_name = "KEY", value_parser = trimmed(schema::parse_column), value_delimiter = ',')]
    pub(super) has: Vec<ColumnRef>,

    /// Only models where these keys are unknown
    #[arg(long, value_name = "KEY", value_parser = trimmed(schema::parse_column), value_delimiter = ',')]
    missing: Vec<ColumnRef>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AccessChoice {
    Open,
    Closed,
    Unstated,
}

impl FilterArgs {
    /// The last month of `--until`.
    pub(crate) fn last_month(&self) -> Option<Month> {
        self.flags.until.map(|period| period.last)
    }

    /// Takes `--since` out of the condition, for an answer that depends on earlier models too.
    pub(crate) fn take_first_month(&mut self) -> Option<Month> {
        self.flags.since.take().map(|period| period.first)
    }

    /// The query that the flags spell, without an order. Notes on `out` if the pattern looks like
    /// something else.
    pub(crate) fn query(&self, out: &mut Output) -> Query {
        if let Some(note) = self.pattern.as_ref().and_then(pattern_note) {
            out.note(note);
        }
        Query {
            condition: self.flags.condition(),
            pattern: self.pattern.clone(),
            searches: self.searches.clone(),
            order: Vec::new(),
            limit: None,
        }
    }

    /// The filters as text; empty if there are none.
    pub(super) fn words(&self) -> String {
        let expression = |verb: &str, own: &Pattern| format!("{verb} /{}/", own.as_str());
        let pattern = self
            .pattern
            .iter()
            .map(|own| expression("name matches", own));
        let searches = self
            .searches
            .iter()
            .map(|own| expression("text mentions", own));
        let mut parts: Vec<String> = pattern.chain(searches).collect();
        let condition = match self.flags.condition() {
            Condition::All(all) if all.is_empty() => None,
            // Alternatives need parentheses only beside other conditions.
            Condition::All(all) if all.len() == 1 && parts.is_empty() => Some(all[0].to_string()),
            condition => Some(condition.to_string()),
        };
        parts.extend(condition);
        parts.join(" and ")
    }
}

impl Filters {
    /// The condition that the flags spell.
    pub(crate) fn condition(&self) -> Condition {
        // Destructured, so that an unused flag does not compile.
        let Filters {
            conditions,
            field,
            section,
            org,
            country,
            license,
            open,
            closed,
            access,
            architecture,
            objective,
            framework,
            min_params,
            max_params,
            since,
            until,
            has,
            missing,
        } = self;
        let mut all = Vec::new();
        for condition in conditions {
            match condition {
                Condition::All(parts) => all.extend_from_slice(parts),
                condition => all.push(condition.clone()),
            }
        }
        for (column, words) in [
            (FIELDS, field),
            (SECTIONS, section),
            (ORGANIZATIONS, org),
            (COUNTRY, country),
            (LICENSE, license),
            (ARCHITECTURE, architecture),
            (OBJECTIVE, objective),
            (FRAMEWORK, framework),
        ] {
            if !words.is_empty() {
                all.push(Condition::any_word(column, words));
            }
        }
        let mut choices = access.clone();
        choices.extend(open.then_some(AccessChoice::Open));
        choices.extend(closed.then_some(AccessChoice::Closed));
        if !choices.is_empty() {
            let choices = choices.into_iter().map(AccessChoice::condition);
            all.push(Condition::any(choices.collect()));
        }
        let number = |how, bound: &Option<Literal>| {
            bound.map(|n| Condition::Compare(PARAMS, how, Bound::Number(n)))
        };
        let period = |how, bound: &Option<Period>| {
            bound.map(|p| Condition::Compare(ANNOUNCED, how, Bound::Period(p)))
        };
        all.extend(number(Comparison::AtLeast, min_params));
        all.extend(number(Comparison::AtMost, max_params));
        all.extend(period(Comparison::AtLeast, since));
        all.extend(period(Comparison::AtMost, until));
        all.extend(has.iter().map(|column| Condition::Has(column)));
        let without = |column: &ColumnRef| Condition::Not(Box::new(Condition::Has(column)));
        all.extend(missing.iter().map(without));
        Condition::All(all)
    }
}

impl AccessChoice {
    fn condition(self) -> Condition {
        match self {
            AccessChoice::Open => Condition::any_word(ACCESS, &["open".to_owned()]),
            AccessChoice::Closed => Condition::any_word(ACCESS, &["closed".to_owned()]),
            AccessChoice::Unstated => Condition::Not(Box::new(Condition::Has(ACCESS))),
        }
    }
}

/// Reads a condition that was typed for a flag. A mistake is shown where it is: the value is not
/// repeated before it.
#[derive(Debug, Clone)]
pub(crate) struct ConditionParser;

impl TypedValueParser for ConditionParser {
    type Value = Condition;

    fn parse_ref(
        &self,
        _: &Command,
        _: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Condition, clap::Error> {
        let condition = value.to_string_lossy().parse::<Condition>();
        condition
            .map_err(|mistake| clap::Error::raw(ErrorKind::ValueValidation, format!("{mistake}\n")))
    }
}

fn search(text: &str) -> Result<Pattern, String> {
    match text.trim().is_empty() {
        true => Err("expected a text to look for, such as `scaling laws`".to_owned()),
        false => text.parse(),
    }
}

fn count(text: &str) -> Result<Literal, String> {
    Unit::Count.literal(text)
}

fn word() -> impl TypedValueParser<Value = String> {
    trimmed(StringValueParser::new())
}

/// A note where a pattern looks like a flag, a catalog or a condition that was meant.
pub(super) fn pattern_note(pattern: &Pattern) -> Option<String> {
    let typed = pattern.as_str();
    let flag = typed.trim_start_matches(is_dash);
    let meant = match flag.chars().nth(1) {
        _ if flag.len() == typed.len() => match Path::new(typed).is_file() {
            true => format!("--catalog {typed}"),
            false if is_comparison(typed) => format!("--where '{typed}'"),
            false => return None,
        },
        Some(_) => format!("--{flag}"),
        None => format!("-{flag}"),
    };
    Some(format!(
        "`{typed}` was read as a pattern (did you mean `{meant}`?)"
    ))
}

/// Whether a text reads as a condition, and not only as a word of one.
fn is_comparison(text: &str) -> bool {
    text.contains(['=', '<', '>', '~']) && !text.contains('\'') && text.parse::<Condition>().is_ok()
}

/// The dashes that editors and web pages make of `-` and `--`.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

//! `ahm frameworks`: the software of the list.

use crate::catalog::Catalog;
use crate::cli::display::Display;
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Access;
use crate::model::framework::Framework;
use crate::model::name::{Folded, nearest, quoted};
use crate::output::Output;
use crate::query::pattern::Pattern;
use clap::Args;
use clap::builder::StringValueParser;

/// List the software that models are trained and run with
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
In the order of the list: by section, then the newest first.

Examples:
  ahm frameworks --distributed                those marked as training on many machines
  ahm frameworks --section inference --open   what runs models and can be had
  ahm frameworks google -f csv
")]
pub struct Frameworks {
    /// Regular expression over names, aliases, organizations and paper titles; case is ignored
    #[arg(value_name = "PATTERN", help_heading = "Filters")]
    pattern: Option<Pattern>,

    /// Only frameworks of this section, such as pytorch or inference
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

    /// Only frameworks whose code can be had
    #[arg(long, help_heading = "Filters")]
    open: bool,

    /// Only frameworks whose code cannot be had
    #[arg(long, help_heading = "Filters")]
    closed: bool,

    #[command(flatten)]
    display: Display<Framework<'static>>,
}

impl Frameworks {
    /// Answers.
    ///
    /// # Errors
    /// When nobody has the section, or the answer cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Frameworks {
            pattern,
            section,
            distributed,
            open,
            closed,
            display,
        } = self;
        if let Some(note) = pattern.as_ref().and_then(Pattern::note) {
            out.note(note);
        }
        let mut frameworks = catalog.frameworks()?;
        let asked = frameworks.len();
        let sections = section.iter().map(|typed| known(typed, &frameworks));
        let sections = sections.collect::<Result<Vec<Folded>, Error>>()?;
        let access: Vec<Access> = [(open, Access::Open), (closed, Access::Closed)]
            .into_iter()
            .filter_map(|(wanted, access)| wanted.then_some(access))
            .collect();
        frameworks.retain(|framework| {
            let section = framework.section.as_deref().unwrap_or_default();
            (sections.is_empty() || sections.iter().any(|wanted| wanted.is(section)))
                && (access.is_empty() || framework.access.is_some_and(|a| access.contains(&a)))
                && (!distributed || framework.distributed == Some(true))
                && pattern.as_ref().is_none_or(|p| matches(p, framework))
        });
        let found = display.list(&frameworks, out)?;
        if display.look.format.is_for_people() {
            out.remark(match frameworks.len() {
                0 => format!("none of {asked} frameworks matches"),
                shown => format!("{shown} of {asked} frameworks"),
            });
        }
        Ok(found)
    }
}

fn matches(pattern: &Pattern, framework: &Framework<'_>) -> bool {
    let title = framework
        .paper
        .as_ref()
        .and_then(|paper| paper.title.as_ref());
    [&framework.name]
        .into_iter()
        .chain(&framework.aliases)
        .chain(&framework.organizations)
        .chain(title)
        .any(|text| pattern.is_match(text))
}

/// The section as the catalog spells it.
fn known(typed: &str, frameworks: &[Framework<'_>]) -> Result<Folded, Error> {
    let section = Folded::new(typed);
    let mut sections: Vec<&str> = frameworks
        .iter()
        .filter_map(|f| f.section.as_deref())
        .collect();
    sections.dedup();
    if sections.iter().any(|own| section.is(own)) {
        return Ok(section);
    }
    Err(Error::Misuse(
        match nearest(typed, sections.iter().copied()).as_slice() {
            [] => format!("unknown section `{typed}`; expected {}", quoted(sections)),
            near => format!(
                "unknown section `{typed}`; did you mean {}?",
                quoted(near.iter().copied())
            ),
        },
    ))
}

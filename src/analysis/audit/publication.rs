//! Months, papers and links against each other, the organization and the access.

use super::{Context, Contradiction, Severity};
use crate::catalog::lists::Host;
use crate::model::arxiv::ArxivId;
use crate::model::month::Month;
use crate::model::{Access, Key, Model, Source};

/// Venues and the month in which they end.
const VENUES: [(&str, u8); 10] = [
    ("PPoPP", 4),
    ("ICLR", 5),
    ("NAACL", 6),
    ("CVPR", 6),
    ("ICML", 7),
    ("ACL", 7),
    ("KDD", 8),
    ("EMNLP", 12),
    ("NeurIPS", 12),
    ("AAAI", 3),
];

/// The announcement against the arXiv id of the paper.
pub(super) fn of_papers(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let (announced, paper) = (model.announced?, paper(model)?.month);
    let late = announced.months_since(paper);
    // A correction of the month has taken the paper into account. Reports often follow within a year.
    if model.is_corrected(Key::announced) || (-11..4).contains(&late) {
        return None;
    }
    let severity = match late.abs() {
        12.. => Severity::Error,
        _ => Severity::Doubt,
    };
    let cause = match late {
        12 => "exactly a year: the year is wrong, or the paper is another model's".to_owned(),
        late if late > 0 => format!("{late} months after its paper"),
        late => format!("{} months before its paper", -late),
    };
    let inputs = format!("announced {announced}, paper of {paper}");
    Some(Contradiction::new(severity, "announced", inputs, cause))
}

/// The year of the venue against the month of the paper.
pub(super) fn of_venues(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    let appeared = paper(model).map(|paper| paper.month).or(model.announced)?;
    let (venue, ended) = venue(model, appeared)?;
    let wait = ended.months_since(appeared);
    let cause = match wait {
        -1..15 => return None,
        ..-1 => "the venue took place before the paper: a year too early?".to_owned(),
        15.. => format!("the venue took place {wait} months after the paper: a year too late?"),
    };
    let inputs = format!("{venue} ended in {ended}, paper of {appeared}");
    Some(Contradiction::new(Severity::Error, "paper", inputs, cause))
}

/// The arXiv id of a model's paper.
pub(super) fn paper(model: &Model<'_>) -> Option<ArxivId> {
    ArxivId::parse(model.paper.as_ref()?.url.as_deref()?)
}

/// A venue such as `ICML'23`, of the century that is nearer to the paper.
fn venue<'m>(model: &'m Model<'m>, appeared: Month) -> Option<(&'m str, Month)> {
    let venue = model.paper.as_ref()?.venue.as_deref()?;
    let (name, year) = venue.split_once('\'')?;
    let (_, month) = VENUES.iter().find(|(known, _)| *known == name)?;
    let year: u16 = year.get(..2)?.parse().ok()?;
    let years = [1900 + year, 2000 + year];
    let year = years
        .into_iter()
        .min_by_key(|year| year.abs_diff(appeared.year()))?;
    Some((venue, format!("{year}-{month:02}").parse().ok()?))
}

/// A paper that another organization's model has too.
pub(super) fn shared_papers(
    model: &Model<'_>,
    context: &Context<'_>,
) -> impl Iterator<Item = Contradiction> {
    let months_off = |model: &Model<'_>| {
        let late = model.announced?.months_since(paper(model)?.month);
        Some(late.abs())
    };
    let id = paper(model).map(|paper| paper.id).unwrap_or_default();
    let others = context.by_paper.get(&id).into_iter().flatten();
    let others = others.filter(move |other| {
        let mut organizations = other.organizations.iter();
        other.id != model.id
            && !organizations.any(|name| model.organizations.contains(name))
            // The model announced nearest to the paper is the one it describes.
            && months_off(other) < months_off(model)
    });
    others.map(move |other| {
        let inputs = format!("arXiv {id} is also the paper of {}", other.name);
        let cause = format!("the paper is that of {}", other.name);
        Contradiction::new(Severity::Error, "paper", inputs, cause)
    })
}

/// A link to a site of another organization.
pub(super) fn of_organizations(model: &Model<'_>, context: &Context<'_>) -> Option<Contradiction> {
    let organization = model.organizations.first()?;
    model.links.values().find_map(|link| {
        let link = link.as_str()?;
        let address = link.split_once("://").map_or(link, |(_, address)| address);
        let is_host = |host: &&Host| {
            let parts = address.split_at_checked(host.address.len());
            parts.is_some_and(|(own, rest)| {
                own.eq_ignore_ascii_case(&host.address)
                    && (rest.is_empty() || rest.starts_with('/'))
            })
        };
        // Tables may call an organization by its account.
        let is_own = |host: &Host| {
            let account = host.address.rsplit('/').next().unwrap_or_default();
            let mut names = model.organizations.iter();
            names.any(|name| **name == *host.organization || name.eq_ignore_ascii_case(account))
        };
        // Organizations may share a host, as Google and Google DeepMind do.
        let mut hosts = context.hosts.iter().filter(is_host);
        let host = hosts.clone().next().filter(|_| !hosts.any(is_own))?;
        let inputs = format!("{organization}; {link}");
        let cause = format!("`{}` is {}", host.address, host.organization);
        let found = Contradiction::new(Severity::Doubt, "organizations", inputs, cause);
        Some(found)
    })
}

/// A closed model with links, or an open one without.
pub(super) fn of_access(model: &Model<'_>, _: &Context<'_>) -> Option<Contradiction> {
    // A correction has checked the links.
    if model.is_corrected(Key::access) {
        return None;
    }
    // So has a source for the access; code alone does not make a model open.
    let is_about = |source: &Source<'_>| source.keys.iter().any(|key| **key == *"access");
    let is_sourced = model.sources.iter().any(is_about);
    let keys = match is_sourced {
        true => &["weights"][..],
        false => &["code", "weights"],
    };
    let link = keys.iter().find_map(|key| model.links.get(*key));
    let is_linked = |key: &str| model.links.contains_key(key);
    let (inputs, cause) = match (model.access?, link) {
        (Access::Closed, Some(link)) => (
            format!("closed; {}", link.as_str().unwrap_or_default()),
            "the linked model is open, or is another model",
        ),
        (Access::Open, None) if !is_sourced && !is_linked("home") && !is_linked("code") => (
            "open; no link".to_owned(),
            "no link shows where to download it",
        ),
        _ => return None,
    };
    Some(Contradiction::new(Severity::Doubt, "access", inputs, cause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Keys;
    use crate::model::reader::tests::read;

    #[test]
    fn two_digits_are_a_year_near_the_paper() {
        let found = |year, month| {
            let paper = format!(r#""paper":{{"venue":"NeurIPS'{year}"}}"#);
            let model = format!(r#"{{"announced":"{month}",{paper}}}"#);
            let model: Model<'_> = read(&model, Keys::ALL);
            of_venues(&model, &Context::default()).is_some()
        };
        assert!(!found("94", "1994-11") && !found("00", "1999-12") && !found("23", "2023-05"));
        assert!(found("94", "1997-11") && found("23", "2025-01"));
    }

    #[test]
    fn an_account_may_be_the_name_of_an_organization() {
        for (name, expected) in [("StepFun", false), ("stepfun-ai", false), ("Step", true)] {
            let links = r#""links":{"weights":"https://huggingface.co/stepfun-ai/m"}"#;
            let model = format!(r#"{{"organizations":["{name}"],{links}}}"#);
            let model: Model<'_> = read(&model, Keys::ALL);
            let context = Context {
                hosts: vec![Host {
                    address: "huggingface.co/stepfun-ai".to_owned(),
                    organization: "StepFun".to_owned(),
                }],
                ..Context::default()
            };
            let found = of_organizations(&model, &context);
            assert_eq!(found.is_some(), expected, "{name}");
        }
    }

    #[test]
    fn a_report_may_follow_within_a_year() {
        for (month, expected) in [("2022-06", false), ("2022-01", true), ("2023-06", true)] {
            let paper = r#""paper":{"url":"https://arxiv.org/abs/2301.00001"}"#;
            let model = format!(r#"{{"announced":"{month}",{paper}}}"#);
            let model: Model<'_> = read(&model, Keys::ALL);
            let found = of_papers(&model, &Context::default());
            assert_eq!(found.is_some(), expected, "{month}");
        }
    }
}

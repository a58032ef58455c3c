//! Whether an entry with the id of a known model can be about that model.

use crate::catalog::document::Document;
use crate::catalog::raw_entry::RawEntry;
use crate::catalog::section::Each;
use crate::model::figure::{Figure, exact};
use crate::model::month::Month;
use crate::model::name::NormalizedName;
use crate::model::text::Text;
use crate::model::unit::Unit;
use crate::model::{Correction, Key, Model};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The keys of a model, with their JSON.
pub(crate) type Values = BTreeMap<String, String>;

/// Months by which two dates of one model may differ, and the factor by which two sizes may.
const MONTHS: i32 = 6;
const FACTOR: f64 = 3.0;

/// The first spelling of each organization, by every spelling of it.
#[derive(Debug, Default)]
pub(crate) struct Organizations(BTreeMap<NormalizedName, String>);

/// An organization as a catalog lists it.
#[derive(Deserialize)]
struct Organization {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

/// What distinguishes models.
struct Identity {
    name: String,
    organizations: Vec<String>,
    announced: Option<Month>,
    params: Option<f64>,
}

/// Applies corrections.
pub(crate) fn correct(values: &mut Values, corrections: Option<&str>) {
    let corrections = corrections.and_then(|json| serde_json::from_str(json).ok());
    let corrections: Vec<Correction<'_>> = corrections.unwrap_or_default();
    for Correction { key, value, .. } in corrections {
        let Some(value) = value else {
            values.remove(&*key);
            continue;
        };
        let number = value.as_f64().map(exact);
        let json = number.unwrap_or_else(|| value.to_string());
        values.insert(key.to_string(), json);
    }
}

/// The values of a known model that an entry replaces, each with a note. Sources and corrections
/// are merged.
pub(crate) fn replaced<'e>(
    entry: &RawEntry<'e>,
    known: &Values,
) -> Vec<(Text<'e>, &'e RawValue, String)> {
    let values = entry.values.iter();
    let values = values.filter(|(name, _)| !["id", "sources", "corrections"].contains(&&**name));
    let replaced = values.filter_map(|(name, json)| {
        let old = known.get(&**name)?;
        let old = replaces(name, old, json.get()).then_some(old)?;
        Some((name.clone(), *json, format!("replaces {}", short(old))))
    });
    replaced.collect()
}

/// Whether a value differs from an earlier one, however both are written.
fn replaces(name: &str, old: &str, new: &str) -> bool {
    let Some(key) = Key::named(name) else {
        return old != new;
    };
    let read = |json| {
        let mut model = Model::default();
        let read = model.read_json(key, json);
        read.ok().and_then(|()| model.get(key))
    };
    read(new).is_some_and(|new| read(old) != Some(new))
}

/// The beginning of some JSON, for a message.
fn short(json: &str) -> String {
    let line = json.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}

impl Organizations {
    /// Adds those that a source lists.
    pub(crate) fn add(&mut self, source: &Document) {
        let mut add = |organization: Organization| {
            let Organization { name, aliases } = organization;
            for spelling in std::iter::once(&name).chain(&aliases) {
                self.0
                    .entry(NormalizedName::new(spelling))
                    .or_insert(name.clone());
            }
        };
        // A broken list is reported elsewhere.
        let _ = source.section("organizations", Each::new(&mut add));
    }

    /// Whether two names mean one organization, or one and a part of it: `Google` and
    /// `Google Research`.
    fn are_one(&self, one: &str, other: &str) -> bool {
        let words = |name: &str| -> Vec<NormalizedName> {
            let spelled = self
                .0
                .get(&NormalizedName::new(name))
                .map_or(name, String::as_str);
            spelled
                .split_whitespace()
                .map(NormalizedName::new)
                .collect()
        };
        let (one, other) = (words(one), words(other));
        one.starts_with(&other) || other.starts_with(&one)
    }

    /// Reports an entry that has the id of a known model but neither its organizations, date nor
    /// size. A single differing key, without another name, is a correction.
    pub(crate) fn stranger(&self, id: &str, entry: &Values, known: &Values) -> Option<String> {
        let named = entry.contains_key("name") && entry.get("name") != known.get("name");
        let (entry, known) = (Identity::of(entry), Identity::of(known));
        let organizations = (!entry.organizations.is_empty() && !known.organizations.is_empty())
            .then(|| {
                let mut own = entry.organizations.iter();
                own.any(|one| known.organizations.iter().any(|k| self.are_one(one, k)))
            });
        let date = entry.announced.zip(known.announced);
        let date = date.map(|(own, known)| own.months_since(known).abs() <= MONTHS);
        let size = entry.params.zip(known.params);
        let size = size.map(|(own, known)| (1.0 / FACTOR..=FACTOR).contains(&(own / known)));
        let compared: Vec<bool> = [organizations, date, size].into_iter().flatten().collect();
        let enough = compared.len() > usize::from(!named);
        (enough && !compared.contains(&true)).then(|| {
            format!(
                "`{id}` is the id of {}, which differs in everything: use another id",
                known.words()
            )
        })
    }
}

impl Identity {
    fn of(values: &Values) -> Identity {
        fn read<'v, T: Deserialize<'v>>(values: &'v Values, key: &str) -> Option<T> {
            serde_json::from_str(values.get(key)?).ok()
        }
        Identity {
            name: read(values, "name").unwrap_or_default(),
            organizations: read(values, "organizations").unwrap_or_default(),
            announced: read(values, "announced"),
            params: read(values, "params").map(|params: Figure| params.0),
        }
    }

    /// The name, with organizations, date and size.
    fn words(&self) -> String {
        let params = self
            .params
            .map(|n| format!("{} parameters", Unit::Count.human(n)));
        let date = self.announced.map(|month| month.to_string());
        let parts = self.organizations.iter().cloned().chain(date).chain(params);
        let parts: Vec<String> = parts.collect();
        match self.name.as_str() {
            "" => parts.join(", "),
            name => format!("{name} ({})", parts.join(", ")),
        }
    }
}

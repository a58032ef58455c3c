//! Whether an entry with the id of a known model can be about that model, and what it replaces.

use crate::model::column::Slot;
use crate::model::json_type::{JsonField, JsonType, JsonTyped, ObjectType};
use crate::model::known::{self, Known};
use crate::model::name::NormalizedName;
use crate::model::object::{Text, object};
use crate::model::reader::ModelReader;
use crate::model::unit::Unit;
use crate::model::{Key, Keys, Model, schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Deref;

/// Months by which two dates of one model may differ, and the factor by which two sizes may.
const MONTHS: i32 = 6;
const FACTOR: f64 = 3.0;

/// The first spelling of each organization, by every spelling of it.
#[derive(Debug, Default)]
pub(crate) struct Organizations(BTreeMap<NormalizedName, String>);

object! {
    /// An organization as a catalog lists it.
    "an organization: a name, aliases, hosts, a country, a kind"
    Organization {
        /// The name as models have it.
        name: Text<'a>,
        /// Other spellings.
        aliases: Vec<Text<'a>> = default,
        /// Hosts of its addresses.
        hosts: Vec<Text<'a>> = default,
        /// The country where it is based.
        country: Option<Text<'a>> = default,
        /// Industry, academia, government or collective.
        kind: Option<Text<'a>> = default,
    }
}

/// Reads the entries of a model, each over those before it.
pub(crate) fn read<'e>(
    entries: impl IntoIterator<Item = &'e str>,
) -> (Model<'e>, serde_json::Result<()>) {
    let (mut model, mut all) = (Model::default(), Ok(()));
    for json in entries {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let read = ModelReader(Keys::ALL).onto(&mut model, &mut deserializer);
        all = all.and(read);
    }
    (model, all)
}

/// The value of a known model that an entry replaces under a key, for a message. Sources and
/// corrections are merged.
pub(crate) fn replaced(name: &str, entry: &Model<'_>, known: &Model<'_>) -> Option<String> {
    let read = |model: &Model<'_>| match (Key::named(name), schema::slot(name)) {
        (Some(Key::id | Key::sources | Key::corrections), _) => None,
        (Some(key), _) => model.get(key),
        (None, Some(Slot::Part(key, part))) => model.get(key)?.get(part).cloned(),
        (None, _) => model.extra.get(name).cloned(),
    };
    let (new, old) = (read(entry)?, read(known)?);
    (new != old).then(|| short(&old))
}

/// The beginning of a value as JSON.
fn short(value: &Value) -> String {
    let json = value.to_string();
    match json.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &json[..end]),
        None => format!("`{json}`"),
    }
}

impl Organizations {
    pub(crate) fn add(&mut self, organization: Organization<'_>) {
        let Organization { name, aliases, .. } = organization;
        for spelling in std::iter::once(&name).chain(&aliases) {
            let known = self.0.entry(NormalizedName::new(spelling));
            known.or_insert_with(|| name.to_string());
        }
    }

    /// Whether two names mean one organization, or one and a part of it: `Google` and
    /// `Google Research`.
    pub(crate) fn are_one(&self, one: &str, other: &str) -> bool {
        let words = |name: &str| -> Vec<NormalizedName> {
            let known = self.0.get(&NormalizedName::new(name));
            let words = known.map_or(name, String::as_str).split_whitespace();
            words.map(NormalizedName::new).collect()
        };
        let (one, other) = (words(one), words(other));
        let is_part = |one: &[NormalizedName], other: &[NormalizedName]| {
            one.starts_with(other) || one.ends_with(other)
        };
        is_part(&one, &other) || is_part(&other, &one)
    }

    /// Whether two models have an organization in common; nothing if those of one are unknown.
    pub(crate) fn have_one<T: Deref<Target = str>>(&self, own: &[T], others: &[T]) -> Option<bool> {
        let has = |one: &T| others.iter().any(|other| self.are_one(one, other));
        (!own.is_empty() && !others.is_empty()).then(|| own.iter().any(has))
    }

    /// The first spelling of an organization that is listed.
    pub(crate) fn spelling(&self, name: &str) -> Option<&str> {
        self.0.get(&NormalizedName::new(name)).map(String::as_str)
    }

    /// Reports an entry that has the id of a known model but neither its organizations, date nor
    /// size. A single differing key, without another name, is a correction.
    pub(crate) fn stranger(&self, entry: &Model<'_>, known: &Model<'_>) -> Option<String> {
        let is_named = !entry.name.is_empty() && entry.name != known.name;
        let (own, others) = (&entry.organizations, &known.organizations);
        let organizations = self.have_one(own, others);
        let date = entry.announced.zip(known.announced);
        let date = date.map(|(own, known)| own.months_since(known).abs() <= MONTHS);
        let size = entry.params.zip(known.params);
        let size = size.map(|(own, known)| (1.0 / FACTOR..=FACTOR).contains(&(own.0 / known.0)));
        let compared: Vec<bool> = [organizations, date, size].into_iter().flatten().collect();
        let is_enough = compared.len() > usize::from(!is_named);
        (is_enough && !compared.contains(&true)).then(|| {
            format!(
                "`{}` is the id of {}, which differs in everything: use another id",
                entry.id,
                summary(known)
            )
        })
    }
}

/// The name of a model, with organizations, date and size.
fn summary(model: &Model<'_>) -> String {
    let organizations = model.organizations.iter().map(|name| name.to_string());
    let date = model.announced.map(|month| month.to_string());
    let params = model.params.map(|n| Unit::Count.human(n.0));
    let params = params.map(|n| format!("{n} parameters"));
    let parts: Vec<String> = organizations.chain(date).chain(params).collect();
    match (&*model.name, parts.join(", ")) {
        ("", parts) => parts,
        (name, parts) => format!("{name} ({parts})"),
    }
}

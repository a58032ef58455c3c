//! Which known model a row of a table is about: by an identifier, else by name, if nothing that is
//! known of both contradicts it.

use crate::catalog::identity::Organizations;
use crate::catalog::names::Identifier;
use crate::model::Map;
use crate::model::month::Month;
use crate::model::name::Words;
use crate::model::unit::three;
use serde_json::Value;
use std::collections::HashMap;

/// Months by which two dates of one model may differ, and the factor by which two sizes may.
const MONTHS: i32 = 6;
const FACTOR: f64 = 3.0;

/// By what a row names a model, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Match {
    /// As a row of the table that the model's entry cites.
    Row,
    /// An identifier on Hugging Face.
    Hub,
    /// Its name, to the letter or in words.
    Name,
    /// Another spelling of it.
    Alias,
    /// Its paper, which no other model has.
    Paper,
}

/// What tells a model from others.
#[derive(Debug, Default)]
pub(crate) struct Identity {
    /// Rows of tables, each with the address of the table.
    rows: Vec<String>,
    names: Vec<String>,
    hubs: Vec<String>,
    papers: Vec<String>,
    organizations: Vec<String>,
    announced: Option<Month>,
    params: Option<f64>,
}

/// The models of a catalog, by what names them.
#[derive(Debug, Default)]
pub(crate) struct KnownModels {
    models: Vec<(Map, Identity)>,
    by: HashMap<(Match, String), Vec<usize>>,
}

impl Identity {
    /// The identity of an entry, its paper and links in keys of their own or not.
    pub(crate) fn of(entry: &Map) -> Identity {
        let text = |key: &str| entry.get(key).and_then(Value::as_str);
        let texts = |key: &str| {
            let list = entry
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            list.filter_map(Value::as_str).map(str::to_owned)
        };
        let part = |whole: &str, part: &str| entry.get(whole)?.get(part)?.as_str();
        let links = [
            text("weights"),
            text("paper_url"),
            part("links", "weights"),
            part("paper", "url"),
        ];
        let (mut hubs, mut papers) = (Vec::new(), Vec::new());
        for identifier in links.into_iter().flatten().flat_map(Identifier::linked) {
            match identifier {
                Identifier::Hub(hub) => hubs.push(hub),
                Identifier::Arxiv(paper) => papers.push(paper),
                Identifier::Page(_) | Identifier::Code(_) => {}
            }
        }
        let sources = entry.get("sources").and_then(Value::as_array);
        let rows = sources.into_iter().flatten().filter_map(|source| {
            let text = |key: &str| source.get(key)?.as_str();
            Some(row_key(text("url")?, text("row")?))
        });
        Identity {
            rows: rows.collect(),
            names: text("name")
                .map(str::to_owned)
                .into_iter()
                .chain(texts("aliases"))
                .collect(),
            hubs,
            papers,
            organizations: texts("organizations").collect(),
            announced: text("announced").and_then(|month| month.parse().ok()),
            params: entry.get("params").and_then(Value::as_f64),
        }
    }

    /// Whether its name ends in a date: `GPT-4-0613`, `gpt-4o-2024-08-06`.
    fn is_dated(&self) -> bool {
        let name = self.names.first().map_or("", String::as_str);
        let digits = name.trim_end_matches([')', ' ']);
        let last = digits.rsplit(['-', ' ', '_', '@', '(']).next();
        let is_day = |text: &str| {
            let number = text.parse::<u32>().ok();
            let number = number.filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
            number.is_some_and(|number| match text.len() {
                4 => (1..=12).contains(&(number / 100)) && (1..=31).contains(&(number % 100)),
                6 | 8 => true,
                _ => false,
            })
        };
        let parts: Vec<&str> = digits.rsplitn(4, '-').collect();
        let is_written_out = parts.len() == 4 && parts[2].len() == 4 && is_year(parts[2]);
        last.is_some_and(is_day) || is_written_out
    }

    /// Adds the row of a table that it is.
    pub(super) fn add_row(&mut self, url: &str, row: &str) {
        self.rows.push(row_key(url, row));
    }

    /// Its own names, of which the first is the name and others are spellings of it.
    fn keys(&self) -> impl Iterator<Item = (Match, String)> {
        let rows = self.rows.iter().map(|row| (Match::Row, row.clone()));
        let hubs = self.hubs.iter().map(|hub| (Match::Hub, hub.clone()));
        let names = self.names.iter().enumerate().map(|(at, name)| {
            let kind = if at == 0 { Match::Name } else { Match::Alias };
            (kind, name_key(name))
        });
        let papers = self
            .papers
            .iter()
            .map(|paper| (Match::Paper, paper.clone()));
        rows.chain(hubs).chain(names).chain(papers)
    }
}

fn is_year(text: &str) -> bool {
    text.parse::<u16>()
        .is_ok_and(|year| (1990..2100).contains(&year))
}

/// A row of a table by the address of the table.
fn row_key(url: &str, row: &str) -> String {
    format!("{url} {row}")
}

/// What names have in common that are one: their words and numbers, whatever separates them.
fn name_key(name: &str) -> String {
    let words = Words::new(name);
    let mut key = String::new();
    for word in words.iter() {
        // `2 5` is not `25`, and `2.5` is neither.
        let are_digits = |a: Option<char>, b: Option<char>| {
            a.is_some_and(|a| a.is_ascii_digit()) && b.is_some_and(|b| b.is_ascii_digit())
        };
        if are_digits(key.chars().last(), word.text.chars().next()) {
            key.push(' ');
        }
        key += &word.text.to_lowercase();
    }
    match key.is_empty() {
        true => name.trim().to_owned(),
        false => key,
    }
}

impl KnownModels {
    /// The models of these entries.
    pub(crate) fn of(entries: Vec<Map>) -> KnownModels {
        let mut known = KnownModels::default();
        for (number, entry) in entries.into_iter().enumerate() {
            let mut identity = Identity::of(&entry);
            let id = entry.get("id").and_then(Value::as_str);
            identity.names.extend(id.map(str::to_owned));
            for (kind, key) in identity.keys() {
                let models = known.by.entry((kind, key)).or_default();
                if models.last() != Some(&number) {
                    models.push(number);
                }
            }
            known.models.push((entry, identity));
        }
        known
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.models.is_empty()
    }

    /// The id of a model.
    pub(crate) fn id(&self, number: usize) -> &str {
        let id = self.models[number].0.get("id").and_then(Value::as_str);
        id.unwrap_or_default()
    }

    /// The name of a model.
    pub(crate) fn name(&self, number: usize) -> &str {
        let (_, identity) = &self.models[number];
        identity.names.first().map_or("", String::as_str)
    }

    /// The entry of a model.
    pub(crate) fn entry(&self, number: usize) -> &Map {
        &self.models[number].0
    }

    /// Whether two texts, of ids or names, mean different models. One may have a maker, variants or other
    /// models besides.
    pub(crate) fn are_different(&self, one: &str, other: &str) -> bool {
        let [ones, others] = [one, other].map(|text| {
            let names = text
                .split([',', ';'])
                .map(|name| self.spelling(name.trim()));
            names.collect::<Vec<String>>()
        });
        let has = |one: &str, other: &str| one.starts_with(other) || one.ends_with(other);
        let is_other = |one: &String| others.iter().all(|own| !has(one, own) && !has(own, one));
        ones.iter().all(is_other)
    }

    /// What all spellings of a name have in common, and the id of the model.
    fn spelling(&self, name: &str) -> String {
        let key = name_key(name);
        let kinds = [Match::Name, Match::Alias].into_iter();
        let mut models = kinds.filter_map(|kind| self.by.get(&(kind, key.clone()))?.first());
        models
            .next()
            .map_or(key.clone(), |model| name_key(self.name(*model)))
    }

    /// The model that a row is about, and by what it names it; nothing if there is none.
    ///
    /// # Errors
    /// When a model is called so but is another one: which, and why.
    pub(crate) fn find(
        &self,
        row: &Identity,
        organizations: &Organizations,
    ) -> Result<Option<(usize, Match)>, (usize, String)> {
        let mut refused = None;
        let mut found: Option<(usize, Match)> = None;
        for (kind, key) in row.keys() {
            let kinds: &[Match] = match kind {
                Match::Name | Match::Alias => &[Match::Name, Match::Alias],
                Match::Row => &[Match::Row],
                Match::Hub => &[Match::Hub],
                Match::Paper => &[Match::Paper],
            };
            for own in kinds {
                let kind = kind.max(*own);
                let models = self
                    .by
                    .get(&(*own, key.clone()))
                    .map_or(&[][..], Vec::as_slice);
                if kind == Match::Paper && models.len() > 1 {
                    continue;
                }
                // A dated version is a model of its own.
                if kind == Match::Alias && row.is_dated() {
                    continue;
                }
                for number in models {
                    match self.contradiction(*number, row, kind, organizations) {
                        None if found.is_none_or(|(_, best)| kind < best) => {
                            found = Some((*number, kind));
                        }
                        None => {}
                        Some(why) if kind != Match::Paper => {
                            refused = refused.or(Some((*number, why)));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        match (found, refused) {
            (Some(found), _) => Ok(Some(found)),
            (None, Some(refused)) => Err(refused),
            (None, None) => Ok(None),
        }
    }

    /// How far a row is from a model: in months, and in size.
    pub(crate) fn distance(&self, number: usize, row: &Identity) -> (i32, u64) {
        let (_, known) = &self.models[number];
        let months = row.announced.zip(known.announced);
        let months = months.map_or(MONTHS, |(own, known)| own.months_since(known).abs());
        let ratio = row
            .params
            .zip(known.params)
            .map_or(FACTOR, |(own, known)| own / known);
        (months, (ratio.ln().abs() * 1e6) as u64)
    }

    /// What says that a row is not about a model of its name.
    fn contradiction(
        &self,
        number: usize,
        row: &Identity,
        kind: Match,
        organizations: &Organizations,
    ) -> Option<String> {
        if kind == Match::Row {
            return None;
        }
        let (_, known) = &self.models[number];
        let (own, theirs) = (&row.organizations, &known.organizations);
        let share = organizations.have_one(own, theirs);
        let months = row.announced.zip(known.announced);
        let months = months.map(|(own, known)| own.months_since(known).abs());
        let ratio = row.params.zip(known.params).map(|(own, known)| own / known);
        match (share, months, ratio) {
            (Some(false), ..) => Some(format!("by {}, not {}", own.join(", "), theirs.join(", "))),
            (_, Some(months), _) if months > MONTHS => Some(format!("{months} months apart")),
            (.., Some(ratio)) if !(1.0 / FACTOR..=FACTOR).contains(&ratio) => {
                Some(format!("{} times its size", three(ratio)))
            }
            (None, None, _) if kind != Match::Hub => {
                Some("neither organization nor date is known of both".to_owned())
            }
            // A paper has models of several sizes.
            (.., ratio)
                if kind == Match::Paper
                    && !ratio.is_some_and(|ratio| (0.95..1.05).contains(&ratio)) =>
            {
                Some("another size of its paper".to_owned())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_separates_their_words() {
        for (one, other, is_same) in [
            ("GPT-4", "gpt 4", true),
            ("DALL·E 3", "dalle3", true),
            ("Qwen2.5", "Qwen 25", false),
            ("Llama 2 7B", "Llama 27B", false),
            ("Command R", "Command R+", false),
            ("GPT-4", "GPT-4o", false),
        ] {
            assert_eq!(name_key(one) == name_key(other), is_same, "{one}, {other}");
        }
    }
}

//! Joins a table to the catalogs before it: its rows as entries, those of known models under their ids.

use super::convert::{Converter, Entry};
use super::filling;
use super::known_models::{Identity, KnownModels, Match};
use super::options::{MergeMode, RowPart, TableOptions};
use super::origin::{Joined, TableOrigin};
use super::plan::Plan;
use super::rows::Table;
use crate::catalog::document::{Document, Unread, file_name};
use crate::catalog::identity::Organizations;
use crate::error::Error;
use crate::model::hardware::Chip;
use crate::model::slug::slug;
use crate::model::{Map, SourceKind};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What is known before a table is read.
pub(crate) struct Registry<'k> {
    /// The models; none where the table stays apart.
    pub models: KnownModels,
    /// Every id that a model has.
    pub ids: HashSet<String>,
    pub organizations: Organizations,
    pub chips: Vec<Chip<'k>>,
}

/// The entries of a table as a document, joined to the models that are known.
///
/// # Errors
/// When its columns do not say what its rows are, or a value cannot be read and that is an error.
pub(crate) fn join(
    table: Table,
    name: &str,
    known: Registry<'_>,
    options: &TableOptions,
) -> Result<Document, Error> {
    let plan = Plan::of(&table, name, options)?;
    let converter = Converter {
        plan,
        organizations: &known.organizations,
        chips: &known.chips,
    };
    let mode = match converter.plan.is_own {
        true => MergeMode::Apart,
        false => options.merge,
    };
    let joining = Joining {
        table: &table,
        converter: &converter,
        organizations: &known.organizations,
        known: &known.models,
        mode,
        part: options.part,
        ids: known.ids,
        numbers: HashMap::new(),
    };
    let Written {
        text,
        marks,
        unread,
        joined,
    } = joining.write();
    if let (true, Some(unread)) = (options.is_strict, unread.first()) {
        return Err(Error::Broken {
            source: unread.source.clone(),
            place: unread.position,
            what: format!("{}: {}", unread.key, unread.why),
        });
    }
    let plan = converter.plan;
    let origin = TableOrigin {
        table,
        plan,
        marks,
        unread,
        joined,
    };
    Ok(Document::of_table(name, text, Arc::new(origin)))
}

/// For each known model the row that joins it, and how near it is: by what it names the model, in months,
/// in size.
type Winners = HashMap<usize, ((Match, (i32, u64)), usize)>;

/// The joining of a table to the models before it.
struct Joining<'j> {
    table: &'j Table,
    converter: &'j Converter<'j>,
    organizations: &'j Organizations,
    known: &'j KnownModels,
    mode: MergeMode,
    part: Option<RowPart>,
    /// The ids of the models before it.
    ids: HashSet<String>,
    /// The last number behind each id that several rows want.
    numbers: HashMap<String, usize>,
}

/// The entries of a table as text.
#[derive(Default)]
struct Written {
    text: String,
    marks: Vec<(usize, usize)>,
    unread: Vec<Unread>,
    joined: Joined,
}

impl Joining<'_> {
    fn write(mut self) -> Written {
        let (mut written, mut names) = (Written::default(), HashSet::new());
        let winners = self.winners();
        for (number, row) in self.table.rows.iter().enumerate() {
            let Some(mut entry) = self.converter.entry(self.table, row) else {
                continue;
            };
            written.joined.rows += 1;
            let name = text_of(&entry.members, "name");
            for (column, why) in std::mem::take(&mut entry.unread) {
                self.unread(number, Some(column), &name, why, &mut written);
            }
            let is_own = self.converter.plan.is_own;
            if name.is_empty() && !is_own {
                self.unread(
                    number,
                    None,
                    "",
                    "a row without a name".to_owned(),
                    &mut written,
                );
                continue;
            }
            let profile = self.converter.plan.profile;
            if profile.is_some_and(|profile| profile.has_repeated_names)
                && !names.insert(slug(&name))
            {
                written.joined.repeated += 1;
                continue;
            }
            let members = match is_own {
                true => self.own(entry, number, &mut written),
                false => self.join(entry, number, &name, &winners, &mut written),
            };
            if let Some(members) = members {
                written.marks.push((written.text.len(), number));
                written.text += &Value::Object(members).to_string();
                written.text.push('\n');
            }
        }
        written
    }

    /// An entry under the keys of a catalog.
    fn own(&mut self, mut entry: Entry, row: usize, written: &mut Written) -> Option<Map> {
        let id = text_of(&entry.members, "id");
        if id.is_empty() {
            let name = text_of(&entry.members, "name");
            if name.is_empty() {
                let what = "a row without an id and a name";
                self.unread(row, None, "", what.to_owned(), written);
                return None;
            }
            entry
                .members
                .insert("id".to_owned(), Value::from(slug(&name)));
        }
        Some(entry.members)
    }

    /// An entry of the table's own, or what it adds to a known model.
    fn join(
        &mut self,
        mut entry: Entry,
        row: usize,
        name: &str,
        winners: &Winners,
        written: &mut Written,
    ) -> Option<Map> {
        let sources = self.sources(&entry, name, row);
        let identity = self.identity(&entry, row);
        let found = self.known.find(&identity, self.organizations);
        let mut why = None;
        if let Some((known, _)) = found.as_ref().ok().copied().flatten() {
            match winners.get(&known) {
                Some((_, winner)) if *winner != row => {
                    why = Some((known, "another row is nearer to it".to_owned()));
                }
                _ => {
                    written.joined.known += 1;
                    return match self.part {
                        Some(RowPart::New) => None,
                        _ => filling::filled(
                            entry.members,
                            self.known.entry(known),
                            (self.mode, sources),
                        ),
                    };
                }
            }
        }
        let why = why.or_else(|| found.err());
        let is_new = why.is_none() && self.mode != MergeMode::Apart;
        written.joined.new += usize::from(is_new);
        if let Some((known, why)) = why {
            let (name, id) = (self.known.name(known), self.known.id(known));
            let text = format!("Not joined to {name} (`{id}`): {why}.");
            let notes = entry.members.entry("notes").or_insert(json!([]));
            if let Value::Array(notes) = notes {
                notes.push(json!({ "text": text }));
            }
            written.joined.apart += 1;
        }
        if self.part.is_some_and(|part| part != RowPart::New) {
            return None;
        }
        let id = self.free_id(name);
        entry
            .members
            .insert("sources".to_owned(), Value::Array(sources));
        // An id of the table is none of the catalog.
        entry.members.remove("id");
        let mut members = Map::new();
        members.insert("id".to_owned(), Value::from(id));
        members.append(&mut entry.members);
        Some(members)
    }

    /// What tells the model of a row from others.
    fn identity(&self, entry: &Entry, row: usize) -> Identity {
        let mut identity = Identity::of(&entry.members);
        let name = text_of(&entry.members, "name");
        identity.add_row(&self.url(row), &name);
        identity
    }

    /// The address of the table; the name of the file where no profile says it.
    fn url(&self, row: usize) -> String {
        let file = self.table.file_of(&self.table.rows[row]);
        let profile = self.converter.plan.profile;
        profile.map_or_else(|| file_name(file).to_owned(), |own| own.url.clone())
    }

    /// The row that joins each known model: the one whose name or identifier is nearest to its own.
    fn winners(&self) -> Winners {
        let mut winners = Winners::new();
        if self.known.is_empty() {
            return winners;
        }
        for (number, row) in self.table.rows.iter().enumerate() {
            let Some(entry) = self.converter.entry(self.table, row) else {
                continue;
            };
            let identity = self.identity(&entry, number);
            if let Ok(Some((known, kind))) = self.known.find(&identity, self.organizations) {
                let nearness = (kind, self.known.distance(known, &identity));
                let winner = winners.entry(known).or_insert((nearness, number));
                *winner = (*winner).min((nearness, number));
            }
        }
        winners
    }

    /// Where the values of a row come from.
    fn sources(&self, entry: &Entry, name: &str, row: usize) -> Vec<Value> {
        let profile = self.converter.plan.profile;
        let kind = profile.map_or(SourceKind::ThirdParty, |profile| profile.kind);
        filling::sources(entry, (&self.url(row), name, kind))
    }

    /// An id that no model has, made of a name.
    fn free_id(&mut self, name: &str) -> String {
        let plain = slug(name);
        let number = self.numbers.entry(plain.clone()).or_insert(0);
        loop {
            *number += 1;
            let id = match *number {
                1 => plain.clone(),
                number => format!("{plain}-{number}"),
            };
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Notes that a cell, or a row, cannot be read.
    fn unread(
        &self,
        row: usize,
        column: Option<usize>,
        name: &str,
        why: String,
        written: &mut Written,
    ) {
        let (table, row) = (self.table, &self.table.rows[row]);
        written.unread.push(Unread {
            source: table.file_of(row).to_owned(),
            position: table.position(row, column),
            key: column.map_or_else(String::new, |column| table.headers[column].clone()),
            name: name.to_owned(),
            why,
        });
    }
}

fn text_of(members: &Map, key: &str) -> String {
    members
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

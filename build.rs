//! Embeds the catalog: checks `catalog.json` as `ahm check` does, and writes it without blanks, with
//! an index of where its entries and their values are.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "the modules of the program are used in part"
)]

#[path = "src/catalog"]
mod catalog {
    pub(crate) mod cell;
    pub(crate) mod check;
    pub(crate) mod check_value;
    pub(crate) mod document;
    pub(crate) mod identity;
    pub(crate) mod loose;
    pub(crate) mod shape;
}
#[path = "src/error.rs"]
mod error;
#[path = "src/model/mod.rs"]
mod model;
#[path = "src/text.rs"]
mod text;

use catalog::check::{Check, DiagnosticKind};
use catalog::document::Document;
use catalog::identity;
use catalog::shape::{MODELS, members};
use model::Model;
use model::column::{Slot, Vocabulary};
use model::month::Month;
use model::name::{NormalizedName, name_prefix};
use model::schema::COLUMNS;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::{env, fs};

const CATALOG: &str = "catalog.json";

/// What the index and the checks are made of.
const INPUTS: [&str; 6] = [
    CATALOG,
    "build.rs",
    "src/catalog",
    "src/error.rs",
    "src/model",
    "src/text.rs",
];

/// The compact text and its index, as Rust source.
#[derive(Default)]
struct Embedded {
    text: String,
    keys: Vec<String>,
    sections: String,
    models: String,
    spans: String,
    span_count: usize,
    names: BTreeSet<(String, usize)>,
    words: BTreeMap<(&'static str, String), Vec<usize>>,
    spellings: BTreeMap<(String, String), BTreeSet<String>>,
    affiliations: BTreeMap<String, [Option<String>; 2]>,
    latest: Option<Month>,
}

fn main() {
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
    }
    let mistakes = match embed() {
        Ok(mistakes) => mistakes,
        Err(error) => vec![format!("{CATALOG}: {error}")],
    };
    // Cargo fails for an error that is printed; an exit code would make it print all of the output.
    for mistake in &mistakes {
        println!("cargo::error={}", text::printable(mistake));
    }
}

/// Writes the catalog for the program, unless it has mistakes, which are returned.
fn embed() -> Result<Vec<String>, Box<dyn Error>> {
    let text = fs::read_to_string(CATALOG)?.leak();
    let mut check = Check::default();
    check.source(&Document::built_in(CATALOG, text));
    let mistakes = check.diagnostics.into_iter();
    let mistakes = mistakes.filter(|diagnostic| diagnostic.severity == DiagnosticKind::Mistake);
    let mistakes: Vec<String> = mistakes
        .map(|mistake| {
            let (position, what) = (mistake.position, mistake.message);
            format!("{CATALOG}:{}:{}: {what}", position.line, position.column)
        })
        .collect();
    if mistakes.is_empty() {
        let embedded = Embedded::of(text)?;
        let out = env::var("OUT_DIR")?;
        fs::write(Path::new(&out).join("catalog.json"), &embedded.text)?;
        fs::write(
            Path::new(&out).join("catalog.rs"),
            embedded.source(&sha256(text)),
        )?;
    }
    Ok(mistakes)
}

impl Embedded {
    fn of(text: &str) -> serde_json::Result<Embedded> {
        let mut embedded = Embedded::default();
        embedded.text.push('{');
        for (name, json) in members(text)? {
            embedded.comma();
            let _ = write!(embedded.text, "{name:?}:");
            let start = embedded.text.len();
            match &*name {
                MODELS => embedded.models(json)?,
                _ => {
                    let value: Value = serde_json::from_str(json)?;
                    embedded.spellings(&name, &value);
                    embedded.text += &value.to_string();
                }
            }
            let end = embedded.text.len();
            let _ = writeln!(embedded.sections, "    ({name:?}, {start}, {end}),");
        }
        embedded.text.push('}');
        Ok(embedded)
    }

    fn models(&mut self, json: &str) -> serde_json::Result<()> {
        self.text.push('[');
        let models = serde_json::from_str::<Vec<&RawValue>>(json)?;
        for (number, model) in models.into_iter().enumerate() {
            self.comma();
            let (start, first) = (self.text.len(), self.span_count);
            self.text.push('{');
            for (name, json) in members(model.get())? {
                let value: Value = serde_json::from_str(json)?;
                if ["id", "name", "aliases", "family"].contains(&&*name) {
                    let prefixes = texts(&value).map(name_prefix);
                    self.names.extend(prefixes.map(|prefix| (prefix, number)));
                }
                self.comma();
                let _ = write!(self.text, "{name:?}:");
                let value_start = self.text.len() - start;
                self.text += &value.to_string();
                self.span(name, value_start..self.text.len() - start);
            }
            self.text.push('}');
            let (mut listed, read) = identity::read([model.get()]);
            read?;
            self.words(number, &listed);
            listed.correct()?;
            self.words(number, &listed);
            self.latest = self.latest.max(listed.announced);
            let end = self.text.len();
            let _ = writeln!(self.models, "    ({start}, {end}, {first}),");
        }
        self.text.push(']');
        Ok(())
    }

    /// Notes where a value is in the text of its model.
    fn span(&mut self, name: String, Range { start, end }: Range<usize>) {
        let known = self.keys.iter().position(|key| *key == name);
        let key = known.unwrap_or(self.keys.len());
        if known.is_none() {
            self.keys.push(name);
        }
        self.span_count += 1;
        let _ = writeln!(self.spans, "    ({key}, {start}, {end}),");
    }

    /// Adds the words that a condition finds in a model to the index.
    fn words(&mut self, number: usize, model: &Model<'_>) {
        for column in COLUMNS {
            let is_free = matches!(column.vocabulary, Vocabulary::Free | Vocabulary::Parts);
            if is_free || column.slot == Slot::Computed {
                continue;
            }
            column.any_word(model, |word| {
                let key = (
                    column.heading.key,
                    NormalizedName::new(word).as_str().to_owned(),
                );
                let models = self.words.entry(key).or_default();
                if models.last() != Some(&number) {
                    models.push(number);
                }
                false
            });
        }
    }

    /// Adds the other spellings of each word of a section, and the affiliations of organizations.
    fn spellings(&mut self, section: &str, entries: &Value) {
        for entry in entries.as_array().into_iter().flatten() {
            let text = |key: &str| entry.get(key).and_then(Value::as_str);
            let name = text("name").or(text("term")).into_iter();
            let names = name.chain(entry.get("aliases").into_iter().flat_map(texts));
            let names = names.map(|name| NormalizedName::new(name).as_str().to_owned());
            let names: BTreeSet<String> = names.collect();
            for name in &names {
                let key = (section.to_owned(), name.clone());
                self.spellings
                    .entry(key)
                    .or_default()
                    .extend(names.iter().cloned());
                if section == "organizations" {
                    let own = ["country", "kind"].map(|key| text(key).map(str::to_owned));
                    self.affiliations.insert(name.clone(), own);
                }
            }
        }
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn source(&self, sha256: &str) -> String {
        let Embedded {
            keys,
            sections,
            models,
            spans,
            names,
            words,
            spellings,
            affiliations,
            latest,
            ..
        } = self;
        let mut pool = Pool::default();
        let names: String = names
            .iter()
            .map(|(name, model)| format!("    ({:?}, {model}),\n", pool.at(name)))
            .collect();
        let words: String = words
            .iter()
            .map(|((column, word), models)| {
                let models = pool.numbers(models);
                format!(
                    "    ({:?}, {:?}, {models:?}),\n",
                    pool.at(column),
                    pool.at(word)
                )
            })
            .collect();
        let spellings: String = spellings
            .iter()
            .map(|((section, word), all)| {
                // Spellings are letters and digits alone.
                let all = all.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
                let [section, word, all] = [section, word, &all].map(|text| pool.at(text));
                format!("    ({section:?}, {word:?}, {all:?}),\n")
            })
            .collect();
        let affiliations: String = affiliations
            .iter()
            .map(|(name, own)| {
                let own = own
                    .each_ref()
                    .map(|own| pool.at(own.as_deref().unwrap_or("")));
                format!("    ({:?}, {own:?}),\n", pool.at(name))
            })
            .collect();
        let latest = latest.map_or(0, Month::index);
        let Pool { text, numbers, .. } = pool;
        // Places in one text instead of many texts: no address has to be filled in when the
        // program starts.
        format!(
            "/// Names of keys, by their number in `SPANS`.\n\
             static KEYS: &[&str] = &{keys:?};\n\
             /// Name, start and end of each member of the catalog.\n\
             static SECTIONS: &[(&str, u32, u32)] = &[\n{sections}];\n\
             /// Start, end and first span of each model.\n\
             static MODELS: &[(u32, u32, u32)] = &[\n{models}];\n\
             /// Key of each value of a model, and its start and end in the text of the model.\n\
             static SPANS: &[(u8, u16, u16)] = &[\n{spans}];\n\
             /// What the index has texts of.\n\
             static TEXTS: &str = {text:?};\n\
             /// What the index has numbers of models of.\n\
             static NUMBERS: &[u16] = &{numbers:?};\n\
             /// Prefixes of names and the models that have them, sorted.\n\
             static NAMES: &[(At, u32)] = &[\n{names}];\n\
             /// Keys of columns, words in them and the models that have them, sorted.\n\
             static WORDS: &[(At, At, At)] = &[\n{words}];\n\
             /// Sections, words that they list and all their spellings, sorted.\n\
             static SPELLINGS: &[(At, At, At)] = &[\n{spellings}];\n\
             /// Spellings of organizations, their country and kind, sorted.\n\
             static AFFILIATIONS: &[(At, [At; 2])] = &[\n{affiliations}];\n\
             /// The month of the latest model, as a number of months.\n\
             const LATEST: i32 = {latest};\n\
             /// The SHA-256 of `catalog.json`.\n\
             pub(crate) const SHA256: &str = {sha256:?};\n"
        )
    }
}

/// The SHA-256 of a text, in hexadecimal digits.
fn sha256(text: &str) -> String {
    let digest = hmac_sha256::Hash::hash(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Texts and numbers of the index, one after another.
#[derive(Default)]
struct Pool {
    text: String,
    places: HashMap<String, (usize, usize)>,
    numbers: Vec<usize>,
}

impl Pool {
    /// Where a text is.
    fn at(&mut self, text: &str) -> (usize, usize) {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let start = self.text.len();
        self.text += text;
        let place = (start, self.text.len());
        self.places.insert(text.to_owned(), place);
        place
    }

    /// Where numbers are.
    fn numbers(&mut self, numbers: &[usize]) -> (usize, usize) {
        let start = self.numbers.len();
        self.numbers.extend(numbers);
        (start, self.numbers.len())
    }
}

/// A text, or the texts of a list.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().into_iter().flatten();
    value
        .as_str()
        .into_iter()
        .chain(list.filter_map(Value::as_str))
}

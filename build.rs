//! Embeds the catalog: checks that `catalog.json` is JSON of the catalog's structure, and writes
//! it without blanks, with an index of where its entries and their values are.

#[path = "src/catalog/name_prefix.rs"]
mod name_prefix;

use name_prefix::name_prefix;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

const CATALOG: &str = "catalog.json";

/// The members of an object in order, repeated ones too.
struct Members<'a>(Vec<(String, &'a RawValue)>);

/// What is wrong with the catalog, and where its text begins there.
type Mistake<'a> = (&'a str, String);

/// The compact text and its index, as Rust source.
#[derive(Default)]
struct Embedded {
    text: String,
    keys: Vec<String>,
    sections: String,
    models: String,
    spans: String,
    span_count: usize,
    names: Vec<(String, usize)>,
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={CATALOG}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/catalog/name_prefix.rs");
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn embed() -> Result<(), String> {
    let unreadable = |error| format!("{CATALOG}: {error}");
    let text = fs::read_to_string(CATALOG).map_err(unreadable)?;
    let embedded = Embedded::of(&text).map_err(|(part, what)| {
        let before = &text[..part.as_ptr() as usize - text.as_ptr() as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1) + 1;
        format!("{CATALOG}:{line}:{column}: {what}")
    })?;
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let out = Path::new(&out);
    fs::write(out.join("catalog.json"), &embedded.text).map_err(unreadable)?;
    fs::write(out.join("catalog.rs"), embedded.source()).map_err(unreadable)
}

impl Embedded {
    fn of(text: &str) -> Result<Embedded, Mistake<'_>> {
        let mut embedded = Embedded::default();
        embedded.text.push('{');
        for (name, json) in members(text, text)? {
            embedded.comma();
            let _ = write!(embedded.text, "{name:?}:");
            let start = embedded.text.len();
            match &*name {
                "models" => embedded.models(text, json.get())?,
                _ => embedded.text += &parse::<Value>(text, json.get())?.to_string(),
            }
            let end = embedded.text.len();
            let _ = writeln!(embedded.sections, "    ({name:?}, {start}, {end}),");
        }
        embedded.text.push('}');
        embedded.names.sort_unstable();
        embedded.names.dedup();
        Ok(embedded)
    }

    fn models<'a>(&mut self, whole: &'a str, json: &'a str) -> Result<(), Mistake<'a>> {
        self.text.push('[');
        let models = parse::<Vec<&RawValue>>(whole, json)?;
        for (number, model) in models.into_iter().enumerate() {
            self.comma();
            let (start, first) = (self.text.len(), self.span_count);
            self.text.push('{');
            for (name, json) in members(whole, model.get())? {
                let value = parse::<Value>(whole, json.get())?;
                self.name(number, &name, &value);
                self.comma();
                let _ = write!(self.text, "{name:?}:");
                let start = self.text.len();
                self.text += &value.to_string();
                self.span(name, start);
            }
            self.text.push('}');
            let end = self.text.len();
            let _ = writeln!(self.models, "    ({start}, {end}, {first}),");
        }
        self.text.push(']');
        Ok(())
    }

    /// Notes where a value is.
    fn span(&mut self, name: String, start: usize) {
        let known = self.keys.iter().position(|key| *key == name);
        let key = known.unwrap_or(self.keys.len());
        if known.is_none() {
            self.keys.push(name);
        }
        self.span_count += 1;
        let _ = writeln!(self.spans, "    ({key}, {start}, {}),", self.text.len());
    }

    /// Adds what names a model to the name index.
    fn name(&mut self, number: usize, key: &str, value: &Value) {
        if !["id", "name", "aliases", "family"].contains(&key) {
            return;
        }
        let aliases = value.as_array().into_iter().flatten();
        let names = value
            .as_str()
            .into_iter()
            .chain(aliases.filter_map(Value::as_str));
        let prefixes = names.map(|name| (name_prefix(name).unwrap_or_default(), number));
        self.names.extend(prefixes);
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn source(&self) -> String {
        let Embedded {
            keys,
            sections,
            models,
            spans,
            names,
            ..
        } = self;
        let names: Vec<String> = names
            .iter()
            .map(|name| format!("    {name:?},\n"))
            .collect();
        format!(
            "/// Names of keys, by their number in `SPANS`.\n\
             static KEYS: &[&str] = &{keys:?};\n\
             /// Name, start and end of each member of the catalog.\n\
             static SECTIONS: &[(&str, u32, u32)] = &[\n{sections}];\n\
             /// Start, end and first span of each model.\n\
             static MODELS: &[(u32, u32, u32)] = &[\n{models}];\n\
             /// Key, start and end of each value of a model.\n\
             static SPANS: &[(u8, u32, u32)] = &[\n{spans}];\n\
             /// Prefixes of names and the models that have them, sorted.\n\
             static NAMES: &[(&str, u32)] = &[\n{}];\n",
            names.concat()
        )
    }
}

/// The members of an object that is a part of the whole text; a repeated one is a mistake.
fn members<'a>(whole: &'a str, json: &'a str) -> Result<Vec<(String, &'a RawValue)>, Mistake<'a>> {
    let Members(members) = parse(whole, json)?;
    for (at, (name, json)) in members.iter().enumerate() {
        if members[..at].iter().any(|(earlier, _)| earlier == name) {
            return Err((json.get(), "this key stands twice".to_owned()));
        }
    }
    Ok(members)
}

/// Parses a part of the whole text.
fn parse<'a, T: Deserialize<'a>>(whole: &'a str, json: &'a str) -> Result<T, Mistake<'a>> {
    serde_json::from_str(json).map_err(|error| {
        let lines = json
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1));
        let start = json.as_ptr() as usize - whole.as_ptr() as usize;
        let at = start + lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let what = error.to_string();
        let what = what
            .rsplit_once(" at line ")
            .map_or(&*what, |(what, _)| what);
        (whole.get(at..).unwrap_or_default(), what.to_owned())
    })
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

//! Profiles: which columns of a well-known table are which keys of a model.

use crate::catalog::document::{About, Credit};
use crate::model::{Map, SourceKind};
use once_cell::sync::Lazy;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// How a table that others publish is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    /// What `--as` calls it.
    pub name: String,
    /// What it is called in a credit.
    pub title: String,
    /// Its address.
    pub url: String,
    /// SPDX identifier of its license, if it has one.
    pub license: Option<String>,
    /// Whose claims its figures are.
    pub kind: SourceKind,
    /// The columns by which it is recognized: all of them.
    recognized_by: Vec<String>,
    /// The rows that are models: those with one of these words in each of these columns.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    /// Whether rows of one name are one model, of which the first counts.
    #[serde(default)]
    pub has_repeated_names: bool,
    /// What each column is read as: a key, a target, or several.
    columns: BTreeMap<String, Value>,
}

/// A key that a column is read as.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Target {
    /// The key of a column of models, or `confidence`.
    pub key: String,
    /// What numbers are multiplied by.
    pub factor: Option<f64>,
    /// What separates the parts of a list.
    pub separator: Option<char>,
    /// What its words mean; `null` leaves a word out. Others stay as they are.
    #[serde(default)]
    pub words: Map,
    /// Put before the value.
    #[serde(default)]
    pub prefix: String,
    /// Only what is behind the last of this sign counts.
    pub after: Option<char>,
}

/// Profiles by their names, in the order in which they are tried.
const TEXTS: [(&str, &str); 5] = [
    ("epoch", include_str!("../profiles/epoch.json")),
    ("llmfit", include_str!("../profiles/llmfit.json")),
    ("models-dev", include_str!("../profiles/models-dev.json")),
    ("llm-stats", include_str!("../profiles/llm-stats.json")),
    (
        "ecosystem-graphs",
        include_str!("../profiles/ecosystem-graphs.json"),
    ),
];

static PROFILES: Lazy<Vec<Profile>> = Lazy::new(|| {
    let profiles = TEXTS
        .iter()
        .filter_map(|(_, text)| serde_json::from_str(text).ok());
    profiles.collect()
});

impl Profile {
    /// The profile of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Profile> {
        PROFILES.iter().find(|profile| profile.name == name)
    }

    /// The names of all profiles.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        TEXTS.iter().map(|(name, _)| *name)
    }

    /// The profile of a table with these columns.
    pub(crate) fn of<'h>(
        headers: impl Iterator<Item = &'h str> + Clone,
    ) -> Option<&'static Profile> {
        PROFILES.iter().find(|profile| {
            let mut expected = profile.recognized_by.iter();
            expected.all(|name| headers.clone().any(|header| header == name))
        })
    }

    /// The targets of a column; none if the profile does not name it.
    pub(crate) fn targets(&self, header: &str) -> Option<Vec<Target>> {
        let target = |value: &Value| match value {
            Value::String(key) => Some(Target {
                key: key.clone(),
                ..Target::default()
            }),
            value => serde_json::from_value(value.clone()).ok(),
        };
        match self.columns.get(header)? {
            // The column is not what it is called.
            Value::Null => Some(Vec::new()),
            Value::Array(targets) => targets.iter().map(target).collect(),
            value => Some(vec![target(value)?]),
        }
    }

    /// What it says of itself, as a catalog does.
    pub(crate) fn about(&self) -> About {
        About {
            title: None,
            updated: None,
            origin: None,
            credits: vec![Credit {
                name: self.title.clone(),
                url: self.url.clone(),
                license: self.license.clone(),
            }],
        }
    }
}

impl Target {
    /// The value of a cell in the words of a catalog.
    pub(crate) fn translate(&self, value: &Value) -> Value {
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(parts) => {
                let parts = parts.iter().map(|part| self.translate(part));
                let parts = parts.flat_map(|part| match part {
                    Value::Array(parts) => parts,
                    Value::Null => Vec::new(),
                    part => vec![part],
                });
                return Value::Array(parts.collect());
            }
            Value::Null | Value::Object(_) => return value.clone(),
        };
        if let Some(word) = self.words.get(&text) {
            return word.clone();
        }
        let separator = self
            .separator
            .filter(|sign| text.contains(*sign) && !text.starts_with('['));
        if let Some(separator) = separator {
            let parts = text.split(separator).map(|part| Value::from(part.trim()));
            return self.translate(&Value::Array(parts.collect()));
        }
        let is_text = value.is_string();
        let text = match self.after.and_then(|sign| text.rsplit_once(sign)) {
            Some((_, rest)) => rest.to_owned(),
            None => text,
        };
        match (is_text, self.prefix.is_empty()) {
            (_, false) => Value::from(self.prefix.clone() + &text),
            (true, true) => Value::from(text),
            (false, true) => value.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::COLUMNS;

    #[test]
    fn profiles_name_keys_of_models() {
        assert_eq!(PROFILES.len(), TEXTS.len());
        for (profile, (name, _)) in PROFILES.iter().zip(TEXTS) {
            assert_eq!(profile.name, name);
            for header in profile.columns.keys() {
                let targets = profile.targets(header).expect("targets");
                for Target { key, .. } in targets {
                    let is_key = COLUMNS.iter().any(|own| own.heading.key == key);
                    assert!(is_key || key == "confidence", "{key}");
                }
            }
        }
    }
}

//! The embedded catalog: compact JSON and the index that the build script makes of it.

use crate::catalog::document::Document;
use crate::model::column::ColumnRef;
use crate::model::month::Month;
use crate::model::name::{NormalizedName, name_prefix};
use crate::model::{Key, Keys, Model};
use once_cell::sync::Lazy;
use std::collections::BTreeSet;
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// Where a text of the index is in `TEXTS`, or a list of numbers in `NUMBERS`: start and end.
type At = (u32, u32);

/// The text of the catalog, without blanks.
pub(crate) const EMBEDDED: &str = include_str!(concat!(env!("OUT_DIR"), "/catalog.json"));

/// What the keys of the catalog are, by their number.
static KNOWN_KEYS: Lazy<Vec<Option<Key>>> =
    Lazy::new(|| KEYS.iter().map(|name| Key::named(name)).collect());

impl Document {
    /// The catalog that is part of the program.
    pub fn embedded() -> Document {
        Document::built_in("the built-in catalog", EMBEDDED)
    }
}

/// The list or object of this name; an empty list if there is none.
pub(crate) fn section(name: &str) -> &'static str {
    let section = SECTIONS.iter().find(|(own, ..)| *own == name);
    section.map_or("[]", |(_, start, end)| {
        &EMBEDDED[*start as usize..*end as usize]
    })
}

/// The number of models.
pub fn count() -> usize {
    MODELS.len()
}

/// Where the text of one model is.
pub(crate) fn model(number: usize) -> Range<usize> {
    let (start, end, _) = MODELS[number];
    start as usize..end as usize
}

/// The models that one of these texts can name, in order; `None` where the index cannot say.
pub(crate) fn named<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<BTreeSet<usize>> {
    // Names without letters in front may be alike to any other such name.
    let mut found: BTreeSet<usize> = starting_with("")
        .take_while(|(key, _)| key.is_empty())
        .map(|(_, number)| number)
        .collect();
    for name in names {
        let prefix = name_prefix(name);
        if prefix.is_empty() {
            return None;
        }
        let longer = starting_with(&prefix).take_while(|(key, _)| key.starts_with(&*prefix));
        found.extend(longer.map(|(_, number)| number));
    }
    Some(found)
}

/// The models that may have a word in a column, in order; `None` where the index does not have the
/// column. It has the listed values and the corrected ones.
pub fn with_word(column: ColumnRef, word: &NormalizedName) -> Option<&'static [u16]> {
    let key = column.heading.key;
    let of_column = WORDS.partition_point(|(own, ..)| text(*own) < key);
    WORDS.get(of_column).filter(|(own, ..)| text(*own) == key)?;
    let models = find(WORDS, (key, word.as_str())).unwrap_or_default();
    Some(&NUMBERS[models.0 as usize..models.1 as usize])
}

/// All spellings of a word that a section lists; none if it does not list the word.
pub(crate) fn spellings(
    section: &str,
    word: &NormalizedName,
) -> impl Iterator<Item = &'static str> {
    let all = find(SPELLINGS, (section, word.as_str())).unwrap_or_default();
    text(all).split_whitespace()
}

/// The country and the kind of an organization.
pub(crate) fn affiliation(name: &NormalizedName) -> [Option<&'static str>; 2] {
    let found = AFFILIATIONS.binary_search_by_key(&name.as_str(), |(own, _)| text(*own));
    let own = found.map_or([At::default(); 2], |at| AFFILIATIONS[at].1);
    own.map(|at| Some(text(at)).filter(|text| !text.is_empty()))
}

/// What a sorted table has under a pair of texts.
fn find(table: &'static [(At, At, At)], key: (&str, &str)) -> Option<At> {
    let found =
        table.binary_search_by_key(&key, |(first, second, _)| (text(*first), text(*second)));
    Some(table[found.ok()?].2)
}

fn text((start, end): At) -> &'static str {
    &TEXTS[start as usize..end as usize]
}

/// The month of the latest model.
pub(crate) fn latest() -> Option<Month> {
    Month::at(LATEST).filter(|_| LATEST > 0)
}

/// The index from the first name on that is not before a prefix.
fn starting_with(prefix: &str) -> impl Iterator<Item = (&'static str, usize)> {
    let start = NAMES.partition_point(|(key, _)| text(*key) < prefix);
    let names = NAMES[start..].iter();
    names.map(|(key, number)| (text(*key), *number as usize))
}

/// Reads these keys of a model.
pub(crate) fn read<'r>(
    number: usize,
    keys: Keys,
    model: &mut Model<'r>,
) -> Result<(), serde_json::Error> {
    let (text, first) = (&EMBEDDED[self::model(number)], MODELS[number].2 as usize);
    let end = MODELS
        .get(number + 1)
        .map_or(SPANS.len(), |(_, _, next)| *next as usize);
    for (key, start, end) in &SPANS[first..end] {
        if let Some(key) = KNOWN_KEYS[*key as usize].filter(|key| keys.has(*key)) {
            model.read_json(key, &text[*start as usize..*end as usize])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::COLUMNS;

    #[test]
    fn words_lead_to_every_model_that_has_them() {
        let mut found = 0;
        for number in 0..MODELS.len() {
            let mut model = Model::default();
            read(number, Keys::ALL, &mut model).expect("a model");
            for corrected in [false, true] {
                if corrected {
                    model.correct().expect("corrections");
                }
                for column in COLUMNS {
                    column.any_word(&model, |word| {
                        if let Some(models) = with_word(column, &NormalizedName::new(word)) {
                            assert!(models.contains(&(number as u16)), "{} {word}", model.id);
                            found += 1;
                        }
                        false
                    });
                }
            }
        }
        assert!(found > MODELS.len());
    }
}

//! A test for words: whether a model has one of them in a column, and what to say of those that no
//! model has.

use crate::catalog::Catalog;
use crate::catalog::raw_record::RawRecord;
use crate::error::{ConditionError, Error};
use crate::model::Model;
use crate::model::column::ColumnRef;
use crate::model::name::{NormalizedName, did_you_mean, is_typo, quoted};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// Words, of which a model may have one in a column.
#[derive(Debug, Clone, PartialEq)]
pub struct WordSet {
    /// Where to look.
    pub column: ColumnRef,
    pub(super) words: Vec<SoughtWord>,
    /// The words by their spellings.
    index: HashMap<NormalizedName, Vec<usize>>,
}

/// A word to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct SoughtWord {
    /// The word as typed.
    pub typed: String,
    /// The spellings of it that are compared: what was typed, and others that mean the same.
    pub spellings: Vec<NormalizedName>,
    /// Where it was typed, if in a condition.
    pub place: Typed,
}

/// The condition that a word was typed in and its bytes there. It is not what the word means:
/// tests that differ in it alone are the same.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Option<(Arc<str>, Range<usize>)>);

impl PartialEq for Typed {
    fn eq(&self, _: &Typed) -> bool {
        true
    }
}

/// To compare so many words is faster than to look one up.
const FEW: usize = 8;

impl WordSet {
    /// A test for one of these words.
    pub fn new(column: ColumnRef, words: Vec<SoughtWord>) -> WordSet {
        let mut set = WordSet {
            column,
            words: Vec::new(),
            index: HashMap::new(),
        };
        set.extend(words);
        set
    }

    /// The words, in the order in which they were typed.
    pub fn words(&self) -> &[SoughtWord] {
        &self.words
    }

    /// Looks for these words, too.
    pub fn extend(&mut self, words: Vec<SoughtWord>) {
        for word in words {
            for spelling in &word.spellings {
                let places = self.index.entry(spelling.clone()).or_default();
                places.push(self.words.len());
            }
            self.words.push(word);
        }
    }

    /// The same test with words that are spelled in other ways, too.
    pub fn change(
        &mut self,
        change: impl FnOnce(&mut [SoughtWord]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut words = std::mem::take(&mut self.words);
        let changed = change(&mut words);
        self.index.clear();
        self.extend(words);
        changed
    }

    /// Whether the model has one of the words; nothing if it has no words at all.
    pub fn test(&self, model: &Model<'_>) -> Option<bool> {
        self.column.any_word(model, |own| match self.is_short() {
            true => self.words.iter().any(|word| word.is(own)),
            false => self.found(own).next().is_some(),
        })
    }

    /// Marks the words that the model has.
    pub fn mark(&self, model: &Model<'_>, seen: &mut [bool]) {
        self.column.any_word(model, |own| {
            match self.is_short() {
                true => {
                    for (word, seen) in self.words.iter().zip(&mut *seen) {
                        *seen = *seen || word.is(own);
                    }
                }
                false => self.found(own).for_each(|word| seen[word] = true),
            }
            false
        });
    }

    /// The numbers of the words that are this one.
    fn found(&self, own: &str) -> impl Iterator<Item = usize> {
        self.index
            .get(&NormalizedName::new(own))
            .into_iter()
            .flatten()
            .copied()
    }

    fn is_short(&self) -> bool {
        self.words.len() <= FEW
    }
}

impl SoughtWord {
    /// A word as typed.
    pub fn new(typed: &str, place: Typed) -> SoughtWord {
        SoughtWord {
            typed: typed.to_owned(),
            spellings: vec![NormalizedName::new(typed)],
            place,
        }
    }

    fn is(&self, own: &str) -> bool {
        self.spellings.iter().any(|spelling| spelling.is(own))
    }
}
/// Every word that some model has in a column, each once, sorted.
pub(super) fn words(column: ColumnRef, catalog: &Catalog) -> Result<Vec<String>, Error> {
    let add = |words: &mut BTreeSet<String>, model: &Model<'_>, _: &RawRecord<'_>| {
        words.extend(column.words(model));
    };
    // Words of models that `--as-of` leaves out are no mistakes.
    let words = catalog.scan_until(None, (None, column.word_needs()), BTreeSet::new(), add)?;
    Ok(words.into_iter().collect())
}

/// Whether only models that `--as-of` leaves out have a word.
pub(super) fn is_left_out(word: &SoughtWord, known: &[String], catalog: &Catalog) -> bool {
    let is_own = |own: &String| word.spellings.iter().any(|spelling| spelling.is(own));
    catalog.last_month().is_some() && known.iter().any(is_own)
}

/// The error for a word that no model has in a column, with suggestions of those that models have.
pub(super) fn unknown_word_error(column: ColumnRef, word: &SoughtWord, words: &[String]) -> Error {
    let what = format!("unknown {} `{}`", column.noun(), word.typed);
    let words = words.iter().map(String::as_str);
    let hint = match did_you_mean(&word.typed, words.clone()) {
        hint if !hint.is_empty() || words.len() == 0 => hint,
        _ if words.len() <= 32 => format!("; expected {}", quoted(words)),
        _ => format!("; `ahm stats --by {}` lists them", column.heading.key),
    };
    let message = what + &hint;
    match &word.place {
        Typed(Some((condition, at))) => Error::Condition(ConditionError {
            condition: condition.to_string(),
            at: at.clone(),
            message,
        }),
        Typed(None) => Error::Misuse(message),
    }
}

/// The note that no model has a word in a column of free text, with likely corrections.
pub(super) fn no_such_word_note(
    column: ColumnRef,
    word: &SoughtWord,
    catalog: &Catalog,
) -> Result<String, Error> {
    let (key, typed) = (column.heading.key, &word.typed);
    let mut words = words(column, catalog)?;
    // Suggest misspellings only: a name that merely resembles it is no correction.
    words.retain(|word| is_typo(typed, word));
    let hint = did_you_mean(typed, words.iter().map(String::as_str));
    Ok(format!("no model has `{key}` equal to `{typed}`{hint}"))
}

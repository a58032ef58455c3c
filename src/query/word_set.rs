//! A test for words: whether a model has one of them in a column.

use crate::error::Error;
use crate::model::Model;
use crate::model::column::ColumnRef;
use crate::model::name::NormalizedName;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Words, of which a model may have one in a column.
#[derive(Debug, Clone, PartialEq)]
pub struct WordSet {
    /// Where to look.
    pub column: ColumnRef,
    words: Vec<SoughtWord>,
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

    /// Looks for the words of another test of the same column, too.
    pub fn append(&mut self, other: WordSet) {
        self.extend(other.words);
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

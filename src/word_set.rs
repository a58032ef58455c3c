//! A test for words: whether a model has one of them in a column.

use std::ops::Range;
use std::sync::Arc;

use crate::column::ColumnRef;
use crate::model::Model;
use crate::name::Folded;

/// Words, of which a model may have one in a column.
#[derive(Debug, Clone, PartialEq)]
pub struct WordSet {
    /// Where to look.
    pub column: ColumnRef,
    words: Vec<Word>,
    /// The hash of each spelling and its word, sorted; empty where the words are few.
    index: Vec<(u64, usize)>,
}

/// A word to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word as typed.
    pub typed: String,
    /// The spellings of it that are compared: what was typed, and others that mean the same.
    pub spellings: Vec<Folded>,
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

/// To compare so many spellings is faster than to look one up.
const FEW: usize = 8;

impl WordSet {
    /// A test for one of these words.
    pub fn new(column: ColumnRef, words: Vec<Word>) -> WordSet {
        let mut set = WordSet {
            column,
            words,
            index: Vec::new(),
        };
        set.reindex();
        set
    }

    /// The words, in the order in which they were typed.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The words of two tests of one column, of which one is enough.
    #[must_use]
    pub fn or(mut self, later: WordSet) -> WordSet {
        self.words.extend(later.words);
        self
    }

    /// Changes words, and then looks for what they have become.
    pub fn change(&mut self, change: impl FnOnce(&mut [Word])) {
        change(&mut self.words);
        self.reindex();
    }

    /// Whether the model has one of the words; nothing if it has no words at all.
    pub fn test(&self, model: &Model<'_>) -> Option<bool> {
        self.column
            .any_word(model, |own| match self.index.is_empty() {
                true => self.words.iter().any(|word| word.is(own)),
                false => self.found(own).next().is_some(),
            })
    }

    /// Marks the words that the model has.
    pub fn mark(&self, model: &Model<'_>, seen: &mut [bool]) {
        self.column.any_word(model, |own| {
            match self.index.is_empty() {
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
    fn found<'s>(&'s self, own: &'s str) -> impl Iterator<Item = usize> + 's {
        let hash = Folded::number(own);
        let start = self.index.partition_point(|(known, _)| *known < hash);
        let alike = self.index[start..].iter();
        alike
            .take_while(move |(known, _)| *known == hash)
            .map(|(_, word)| *word)
            .filter(|word| self.words[*word].is(own))
    }

    /// Makes the index. Tests put together are indexed once, when they are complete.
    pub fn reindex(&mut self) {
        self.index.clear();
        let spellings = self.words.iter().map(|word| word.spellings.len());
        if spellings.sum::<usize>() > FEW {
            for (number, word) in self.words.iter().enumerate() {
                let hashes = word.spellings.iter().map(|s| Folded::number(s.as_str()));
                self.index.extend(hashes.map(|hash| (hash, number)));
            }
            self.index.sort_unstable();
        }
    }
}

impl Word {
    /// A word as typed.
    pub fn new(typed: &str, place: Typed) -> Word {
        Word {
            typed: typed.to_owned(),
            spellings: vec![Folded::new(typed)],
            place,
        }
    }

    fn is(&self, own: &str) -> bool {
        self.spellings.iter().any(|spelling| spelling.is(own))
    }
}

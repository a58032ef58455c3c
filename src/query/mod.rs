//! A question about models as plain data, and the scan of the catalog that answers it.

pub mod comparison;
pub mod condition;
pub(crate) mod coverage;
pub(crate) mod evidence;
pub(crate) mod first_of;
pub(crate) mod group;
pub(crate) mod parser;
pub mod pattern;
pub(crate) mod sql;
pub(crate) mod top;
pub(crate) mod word_set;

use crate::catalog::parallel::{Fold, Merge, Part};
use crate::catalog::raw_record::RawRecord;
use crate::catalog::{Catalog, embedded};
use crate::error::Error;
use crate::model::column::{ColumnRef, Vocabulary};
use crate::model::month::Month;
use crate::model::value::Kind;
use crate::model::{Key, Keys, Model, schema};
use crate::query::condition::Condition;
use crate::query::evidence::Matches;
use crate::query::pattern::Pattern;
use crate::query::word_set::{
    SoughtWord, WordSet, is_left_out, no_such_word_note, unknown_word_error, words,
};
use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

/// Which models, in which order, and at most how many. `scan` applies the pattern and the condition;
/// the order and the limit are for the caller, which ranks with `Top`.
#[derive(Debug, Clone)]
pub struct Query {
    /// What a name or alias must match.
    pub pattern: Option<Pattern>,
    /// What a name, alias, organization, paper title or note must match, each of these.
    pub searches: Vec<Pattern>,
    /// What else must hold.
    pub condition: Condition,
    /// Sort keys, most significant first; ties are ordered by name and id.
    pub order: Vec<SortKey>,
    /// The largest number of models in the answer.
    pub limit: Option<usize>,
}

/// The keys whose values the pattern is matched against.
const NAMES: Keys = Keys::of(&[Key::name, Key::aliases]);

/// The same of searches.
const SEARCHED: Keys = NAMES.union(Keys::of(&[Key::organizations, Key::paper, Key::notes]));

/// The result of a query.
#[derive(Debug, Clone)]
pub struct Answer<G> {
    /// The result of the caller's `add` over the models that match.
    pub result: G,
    /// How many models match, and how many there are.
    pub matches: Matches,
    /// The month of the latest model, matching or not, if the query reads months.
    pub latest: Option<Month>,
    /// A sentence for the user if nothing matches because no model at all has a name or title that
    /// the condition asks for.
    pub note: Option<String>,
}

/// What a query counts of the models that it tests.
#[derive(Clone, Default)]
struct Tested {
    matches: Matches,
    latest: Option<Month>,
    /// For each set of words in the condition, and each word: whether some model has it.
    seen: Vec<Vec<bool>>,
}

impl Merge for Tested {
    fn merge(&mut self, later: Self) {
        self.matches.merge(later.matches);
        self.latest = self.latest.max(later.latest);
        let later = later.seen.iter().flatten();
        for (seen, later) in self.seen.iter_mut().flatten().zip(later) {
            *seen |= later;
        }
    }
}

/// Tests the models of a part, and hands on those that match.
struct TestPart<'q> {
    /// Tests and counts a model.
    test: &'q (dyn Fn(&mut Tested, &Model<'_>) -> bool + Sync),
    tested: Tested,
    /// What is counted of all parts.
    all: &'q Mutex<Tested>,
    matching: Box<dyn Part + 'q>,
}

impl Part for TestPart<'_> {
    fn add(&mut self, model: &Model<'_>, record: &RawRecord<'_>) {
        if (self.test)(&mut self.tested, model) {
            self.matching.add(model, record);
        }
    }

    fn finish(self: Box<Self>, source: usize) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.merge(self.tested);
        self.matching.finish(source);
    }
}

/// A column to sort by, and which way.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// The column.
    pub column: ColumnRef,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl SortKey {
    /// The latest first.
    pub(crate) const LATEST: SortKey = SortKey {
        column: schema::column("announced"),
        descending: true,
    };
}

impl Query {
    /// Scans the catalog once and calls `add` with each model that matches. Of a model, the
    /// keys that the pattern and the condition read, and `keys`, are filled in; others may not be.
    ///
    /// # Errors
    /// When the catalog is broken, or when no model has a word of the condition in a column of known
    /// words such as `organizations`. Words of free text, such as names, are only noted.
    pub fn scan<G: Merge>(
        &self,
        (catalog, keys): (&Catalog, Keys),
        initial: G,
        add: impl Fn(&mut G, &Model<'_>, &RawRecord<'_>) + Sync,
    ) -> Result<Answer<G>, Error> {
        let fold = Fold::new(initial, add);
        let answer = self.scan_parts((catalog, keys), &|| fold.begin())?;
        Ok(Answer {
            result: fold.into_result(),
            matches: answer.matches,
            latest: answer.latest,
            note: answer.note,
        })
    }

    /// Adds the models that match to parts.
    fn scan_parts<'p>(
        &self,
        (catalog, keys): (&Catalog, Keys),
        begin: &(dyn Fn() -> Box<dyn Part + 'p> + Sync),
    ) -> Result<Answer<()>, Error> {
        let keys = keys.union(self.condition.keys()).union(match self.pattern {
            _ if !self.searches.is_empty() => SEARCHED,
            Some(_) => NAMES,
            None => Keys::default(),
        });
        let mut condition = self.condition.clone();
        add_spellings(&mut condition, catalog)?;
        let sets = condition.words();
        let none = Tested {
            seen: unseen(&sets),
            ..Tested::default()
        };
        let test = |tested: &mut Tested, model: &Model<'_>| {
            tested.matches.scanned += 1;
            tested.latest = tested.latest.max(model.announced);
            for (set, seen) in sets.iter().zip(&mut tested.seen) {
                if seen.contains(&false) {
                    set.mark(model, seen);
                }
            }
            let is_found = self.pattern.as_ref().is_none_or(|p| matches_name(p, model))
                && self
                    .searches
                    .iter()
                    .all(|search| matches_text(search, model));
            let holds = is_found.then(|| condition.test(model));
            match holds {
                Some(Some(true)) => tested.matches.matched += 1,
                Some(None) if condition.lacks_a_figure(model) => tested.matches.undecided += 1,
                _ => {}
            }
            holds == Some(Some(true))
        };
        // The index knows the embedded models only. It saves reading models that cannot match; what
        // the scan then does not see (words, counts, the latest month) is taken from the index too.
        let index = seen_in_index(&sets).filter(|_| catalog.is_embedded_alone());
        let among = index.as_ref().and_then(|_| candidates(&condition));
        let all = Mutex::new(none.clone());
        catalog.scan_parts(catalog.last_month(), (among.as_ref(), keys), &|| {
            Box::new(TestPart {
                test: &test,
                tested: none.clone(),
                all: &all,
                matching: begin(),
            })
        })?;
        let all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut answer = Answer {
            result: (),
            matches: all.matches,
            latest: all.latest,
            note: None,
        };
        let seen = match (index, &among) {
            (Some(index), Some(_)) => {
                answer.matches.scanned = embedded::count();
                answer.latest = embedded::latest();
                index
            }
            _ => all.seen,
        };
        let sought = sets.iter().zip(&seen).flat_map(|(set, seen)| {
            let words = set.words().iter().zip(seen);
            words.map(|(word, seen)| (set.column, word, *seen))
        });
        let mut unseen = sought.filter(|(_, _, seen)| !seen);
        let is_free = |column: ColumnRef| column.vocabulary == Vocabulary::Free;
        for (column, word, _) in unseen.clone().filter(|(column, ..)| !is_free(column)) {
            let known = words(column, catalog)?;
            if !is_left_out(word, &known, catalog) {
                return Err(unknown_word_error(column, word, &known));
            }
        }
        if answer.matches.matched == 0 {
            let first = unseen.find(|(column, ..)| is_free(column));
            let note = first.map(|(column, word, _)| no_such_word_note(column, word, catalog));
            answer.note = note.transpose()?;
        }
        Ok(answer)
    }

    /// The keys that sorting reads, with those that order ties.
    pub fn order_keys(&self) -> Keys {
        let needs = self.order.iter().map(|key| key.column.needs);
        needs.fold(Keys::of(&[Key::id, Key::name]), Keys::union)
    }
}

/// Whether the name or an alias of the model matches.
fn matches_name(pattern: &Pattern, model: &Model<'_>) -> bool {
    let mut names = std::iter::once(&model.name).chain(&model.aliases);
    names.any(|name| pattern.is_match(name))
}

/// Whether a name, an organization, the title of the paper or a note of the model matches.
fn matches_text(search: &Pattern, model: &Model<'_>) -> bool {
    let title = model.paper.as_ref().and_then(|paper| paper.title.as_ref());
    let mut texts = model.organizations.iter().chain(title);
    matches_name(search, model)
        || texts.any(|text| search.is_match(text))
        || model.notes.iter().any(|note| search.is_match(&note.text))
}

/// For each set of words, `false` for each word: no model that has it has been seen. Sets of a column
/// with a fixed vocabulary have no flags, since its words are valid even if no model has them.
fn unseen(sets: &[&WordSet]) -> Vec<Vec<bool>> {
    let asked = sets.iter().map(|set| match set.column.vocabulary {
        Vocabulary::Only(_) => Vec::new(),
        _ => vec![false; set.words().len()],
    });
    asked.collect()
}

/// Adds to each word the other spellings that the catalog lists for it.
fn add_spellings(condition: &mut Condition, catalog: &Catalog) -> Result<(), Error> {
    for set in condition.words_mut() {
        let section = match set.column.vocabulary {
            Vocabulary::Used(section) | Vocabulary::Wide(section) => section,
            Vocabulary::Licenses => "terms",
            _ => continue,
        };
        set.change(|words| {
            for word in words {
                let Some(typed) = word.spellings.first() else {
                    continue;
                };
                for other in catalog.spellings(section, typed)? {
                    if !word.spellings.contains(&other) {
                        word.spellings.push(other);
                    }
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// The numbers of the embedded models that may satisfy a condition, according to the index of words;
/// `None` if the index cannot exclude any.
fn candidates(condition: &Condition) -> Option<BTreeSet<usize>> {
    match condition {
        Condition::All(parts) => {
            let sets = parts.iter().filter_map(candidates);
            sets.reduce(|all, own| &all & &own)
        }
        Condition::Any(parts) => {
            let sets: Option<Vec<BTreeSet<usize>>> = parts.iter().map(candidates).collect();
            sets.map(|sets| sets.into_iter().flatten().collect())
        }
        Condition::Words(set) => {
            let spellings = set.words().iter().flat_map(|word| &word.spellings);
            let models = spellings.map(|spelling| embedded::with_word(set.column, spelling));
            let models: Option<Vec<&[u16]>> = models.collect();
            models.map(|models| {
                models
                    .concat()
                    .into_iter()
                    .map(|own| own as usize)
                    .collect()
            })
        }
        Condition::Not(_) | Condition::Has(_) | Condition::Compare(..) | Condition::Match(..) => {
            None
        }
    }
}

/// For each word of each set, whether some embedded model may have it; `None` if a column of the sets
/// is not in the index.
fn seen_in_index(sets: &[&WordSet]) -> Option<Vec<Vec<bool>>> {
    let has = |column: ColumnRef, word: &SoughtWord| -> Option<bool> {
        let spellings = word.spellings.iter();
        let models = spellings.map(|spelling| embedded::with_word(column, spelling));
        let models: Option<Vec<&[u16]>> = models.collect();
        models.map(|models| models.iter().any(|own| !own.is_empty()))
    };
    let seen = sets.iter().map(|set| {
        let words = set.words().iter().map(|word| has(set.column, word));
        words.collect()
    });
    seen.collect()
}

impl FromStr for SortKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, direction) = direction(text)?;
        let column = schema::parse_column(name)?;
        if column.heading.kind == Kind::Compound {
            return Err(format!("{name} has no order"));
        }
        let descending = direction.unwrap_or(column.heading.kind.descends());
        Ok(SortKey { column, descending })
    }
}

/// A sort key without its `:asc` or `:desc`, and whether that says that the largest come first.
pub(crate) fn direction(text: &str) -> Result<(&str, Option<bool>), String> {
    let Some((name, direction)) = text.split_once(':') else {
        return Ok((text.trim(), None));
    };
    match &*direction.trim().to_ascii_lowercase() {
        "asc" => Ok((name.trim(), Some(false))),
        "desc" => Ok((name.trim(), Some(true))),
        other => Err(format!(
            "unknown direction `{other}`; expected `asc` or `desc`"
        )),
    }
}

//! Names: which models are meant by what was typed.

mod candidates;
mod identifier;
mod size;

use crate::catalog::embedded;
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::error::Error;
use crate::model::name::{MatchKind, Words};
use crate::model::{Key, Keys, Model};
use candidates::{By, Candidate, Candidates, Kind, Level, Rank, Spelling};
pub(crate) use identifier::Identifier;
use size::{Size, are_details, is_variant};
use std::collections::{BTreeMap, BTreeSet};

/// The model that a name means.
#[derive(Debug)]
pub struct Named {
    /// Its record.
    pub record: RawRecord<'static>,
    /// What the name was read as, unless it is a name, an id, an alias or an identifier.
    pub note: Option<String>,
}

/// Why a name means no model.
#[derive(Debug)]
pub enum Nameless {
    /// No model matches.
    Unknown(String),
    /// It is the beginning of a name, and more than sizes and variants follow.
    Begun(String),
    /// Several do.
    Several(String, Error),
    /// It cannot be a name.
    Misuse(Error),
}

/// Names to look up, all of them in one pass over the models.
#[derive(Debug, Default)]
pub struct Search {
    typed: Vec<String>,
    forms: Vec<Form>,
    /// The forms by the numbers of their words, sorted.
    numbers: Vec<(u64, usize)>,
    /// The bytes with which the forms begin.
    firsts: Vec<u8>,
    /// Identifiers and whose they are, sorted.
    identifiers: Vec<(Identifier, usize)>,
    /// Names without a letter or digit.
    signs: Vec<usize>,
}

/// What a name may be read as: all of it, or a part and a size.
#[derive(Debug)]
struct Form {
    /// Which name.
    name: usize,
    spelling: Spelling,
    text: String,
    words: Words<'static>,
    /// The size behind the words.
    size: Option<Size>,
}

/// The models that each name could mean.
#[derive(Debug, Clone, Default)]
pub struct NameMatches(BTreeMap<usize, Candidates>);

/// How a model is one that a name could mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hit {
    /// It is called so.
    Ranked(Rank),
    /// A name of it begins so; whether only sizes and variants follow.
    Begun { has_details: bool },
}

impl Search {
    /// A search for what was typed.
    pub fn new(typed: &[&str]) -> Search {
        let mut search = Search::default();
        for (name, text) in typed.iter().enumerate() {
            search.typed.push((*text).to_owned());
            if Words::new(text).is_empty() {
                search.signs.push(name);
                continue;
            }
            let identifiers = Identifier::typed(text);
            let identifiers = identifiers.into_iter().map(|own| (own, name));
            search.identifiers.extend(identifiers);
            search.form(name, Spelling::Typed, Spelling::Short, text);
            if let Some(tail) = Identifier::name_in(text) {
                search.form(name, Spelling::Tail, Spelling::ShortTail, &tail);
            }
        }
        search.numbers.sort_unstable();
        search.firsts.sort_unstable();
        search.firsts.dedup();
        search.identifiers.sort_unstable();
        search
    }

    /// Adds what a text may be read as, with the variant words at its end and without.
    fn form(&mut self, name: usize, whole: Spelling, short: Spelling, text: &str) {
        if is_pattern(text) {
            return self.add(name, whole, text, None);
        }
        self.with_size(name, whole, text);
        let words = Words::new(text);
        let all: Vec<&str> = words.iter().map(|word| word.text).collect();
        let variants = all.iter().rev().take_while(|word| is_variant(word)).count();
        if (1..all.len()).contains(&variants) {
            self.with_size(name, short, &all[..all.len() - variants].join(" "));
        }
    }

    /// Adds a text, and the family and the size in it.
    fn with_size(&mut self, name: usize, spelling: Spelling, text: &str) {
        let words = Words::owned(text);
        let all: Vec<&str> = words.iter().map(|word| word.text).collect();
        let parts = all.split_last().filter(|(_, family)| !family.is_empty());
        let sized = parts.and_then(|(size, family)| Some((Size::of(size)?, family.join(" "))));
        if let Some((size, family)) = sized {
            self.add(name, spelling, &family, Some(size));
        }
        self.add(name, spelling, text, None);
    }

    fn add(&mut self, name: usize, spelling: Spelling, text: &str, size: Option<Size>) {
        let words = Words::owned(text);
        let number = words.hash();
        self.firsts.extend(words.first());
        self.numbers
            .extend(number.map(|number| (number, self.forms.len())));
        self.forms.push(Form {
            name,
            spelling,
            text: text.to_owned(),
            words,
            size,
        });
    }

    /// The keys of a model that [`Search::fold`] reads.
    pub fn keys(&self) -> Keys {
        const KEYS: Keys = Keys::of(&[
            Key::id,
            Key::name,
            Key::aliases,
            Key::family,
            Key::announced,
            Key::params,
            Key::sizes,
        ]);
        match self.identifiers.is_empty() {
            true => KEYS,
            false => KEYS.union(Keys::of(&[Key::links, Key::paper])),
        }
    }

    /// The embedded models that could be meant, where the index of their names can say.
    pub(super) fn in_index(&self) -> Option<BTreeSet<usize>> {
        let is_by_name = self.signs.is_empty() && self.identifiers.is_empty();
        let names = self.forms.iter().map(|form| &*form.text);
        is_by_name.then(|| embedded::named(names)).flatten()
    }

    /// Adds the model to the matches of each name that could mean it.
    pub fn fold(&self, matches: &mut NameMatches, model: &Model<'_>, record: &RawRecord<'_>) {
        let mut hits = Vec::new();
        let own = [(Kind::Id, &model.id), (Kind::Name, &model.name)].into_iter();
        let aliases = model.aliases.iter().map(|alias| (Kind::Alias, alias));
        for (kind, name) in own.chain(aliases) {
            self.note_name((kind, name), model, &mut hits);
        }
        if let Some(family) = model.family.as_deref() {
            self.note_family(family, model, &mut hits);
        }
        if !self.identifiers.is_empty() {
            self.note_identifiers(model, &mut hits);
        }
        hits.sort_unstable();
        let mut last = None;
        for (name, hit) in hits {
            // The plainest comes first.
            if last.replace(name) != Some(name) {
                let candidates = matches.0.entry(name).or_default();
                let candidate = Candidate::new(model, record);
                match hit {
                    Hit::Ranked(rank) => candidates.add(rank, candidate),
                    Hit::Begun { has_details } => candidates.begin(has_details, candidate),
                }
            }
        }
    }

    fn note_name(
        &self,
        (kind, name): (Kind, &str),
        model: &Model<'_>,
        hits: &mut Vec<(usize, Hit)>,
    ) {
        let words = Words::new(name);
        // Most names begin with another letter.
        match words.first() {
            Some(first) if !self.firsts.contains(&first) => return,
            _ => {}
        }
        let mut numbers = words.hashes().peekable();
        let mut count = 0;
        while let Some(number) = numbers.next() {
            count += 1;
            for form in self.having(number) {
                let Some(likeness) = form.words.likeness(&words, count) else {
                    continue;
                };
                // `gpt-*` is no spelling of GPT.
                if is_pattern(&form.text) && !is_pattern(name) {
                    continue;
                }
                let hit = match (&form.size, numbers.peek()) {
                    (None, None) => {
                        let level = match likeness {
                            _ if name == form.text => Level::Letter,
                            MatchKind::Words => Level::Words,
                            MatchKind::Joined => Level::Joined,
                        };
                        Some(form.hit(By::Name(level, kind)))
                    }
                    (Some(size), None) => By::size(size, model).map(|by| form.hit(by)),
                    (None, Some(_)) => form.begins(kind, &words, count),
                    (Some(_), Some(_)) => None,
                };
                hits.extend(hit.map(|hit| (form.name, hit)));
            }
        }
        for sign in self.signs.iter().filter(|sign| self.typed[**sign] == name) {
            let by = By::Name(Level::Letter, kind);
            hits.push((*sign, Hit::Ranked(Rank(Spelling::Typed, by))));
        }
    }

    fn note_family(&self, family: &str, model: &Model<'_>, hits: &mut Vec<(usize, Hit)>) {
        let words = Words::new(family);
        for form in words
            .hash()
            .into_iter()
            .flat_map(|number| self.having(number))
        {
            let is_so = form.words.likeness(&words, usize::MAX).is_some();
            let by = match &form.size {
                Some(size) => By::size(size, model),
                None => Some(By::Family),
            };
            let by = by.filter(|_| is_so && !is_pattern(&form.text));
            hits.extend(by.map(|by| (form.name, form.hit(by))));
        }
    }

    fn note_identifiers(&self, model: &Model<'_>, hits: &mut Vec<(usize, Hit)>) {
        let paper = model.paper.as_ref().and_then(|paper| paper.url.as_deref());
        let links = model.links.values().filter_map(serde_json::Value::as_str);
        for own in links.chain(paper).flat_map(Identifier::linked) {
            let start = self.identifiers.partition_point(|(other, _)| *other < own);
            let same = self.identifiers[start..].iter();
            for (_, name) in same.take_while(|(other, _)| *other == own) {
                let by = By::Identifier(own.order());
                hits.push((*name, Hit::Ranked(Rank(Spelling::Identifier, by))));
            }
        }
    }

    /// The forms whose words have this number.
    fn having(&self, number: u64) -> impl Iterator<Item = &Form> {
        let start = self.numbers.partition_point(|(other, _)| *other < number);
        let same = self.numbers[start..].iter();
        let same = same.take_while(move |(other, _)| *other == number);
        same.map(|(_, form)| &self.forms[*form])
    }

    /// The model that each name means.
    pub fn results(&self, mut matches: NameMatches) -> Vec<Result<Named, Nameless>> {
        let names = self.typed.iter().enumerate();
        let results = names.map(|(name, typed)| {
            let candidates = matches.0.remove(&name).unwrap_or_default();
            candidates.chosen(typed)
        });
        results.collect()
    }
}

impl Nameless {
    /// The error without what may help.
    pub fn into_error(self) -> Error {
        match self {
            Nameless::Unknown(typed) => Error::Unknown(format!("no model named `{typed}`")),
            Nameless::Begun(typed) => Error::Misuse(format!("`{typed}` is not a whole model name")),
            Nameless::Several(_, error) | Nameless::Misuse(error) => error,
        }
    }
}

impl Form {
    /// The hit of a name that begins with this form's words, and has more of them.
    fn begins(&self, kind: Kind, name: &Words<'_>, count: usize) -> Option<Hit> {
        // An id says what its model's name does.
        if !self.spelling.may_begin() || kind == Kind::Id {
            return None;
        }
        // The 2 of 2.0 is a part of a number.
        let ends = name.iter().nth(count - 1).zip(self.words.iter().last());
        let is_whole = ends.is_some_and(|(own, typed)| own.has_zeros == typed.has_zeros);
        let is_name = kind == Kind::Name && is_whole;
        Some(Hit::Begun {
            has_details: is_name && are_details(name.iter().skip(count)),
        })
    }

    fn hit(&self, by: By) -> Hit {
        Hit::Ranked(Rank(self.spelling, by))
    }
}

impl Merge for NameMatches {
    fn merge(&mut self, later: NameMatches) {
        for (name, candidates) in later.0 {
            self.0.entry(name).or_default().merge(candidates);
        }
    }
}

/// Whether a shell would take the text for a pattern.
fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?']) && !text.contains("://")
}

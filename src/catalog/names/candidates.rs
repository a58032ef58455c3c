//! The models that a name could mean, and which of them it does.

use super::size::Size;
use super::{Named, Nameless, is_pattern};
use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::error::Error;
use crate::model::Model;
use crate::model::month::Month;
use crate::model::name::Words;
use crate::model::unit::Unit;
use std::cmp::Reverse;

/// How plainly a model is meant, the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(pub Spelling, pub By);

/// Which part of what was typed names the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spelling {
    /// All of it.
    Typed,
    /// All of it, as an identifier.
    Identifier,
    /// What is behind the last `/`.
    Tail,
    /// What is before words of variants.
    Short,
    /// What is behind the last `/` and before words of variants.
    ShortTail,
}

/// What names the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// One of its names.
    Name(Level, Kind),
    /// An identifier of this order.
    Identifier(u8),
    /// Its family.
    Family,
    /// Its family, and its size.
    Size,
    /// Its family, and one of the sizes that it states.
    Listed,
    /// Its family, and nearly a size of it.
    Near,
}

/// How plainly a name is what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// To the letter.
    Letter,
    /// In words and numbers.
    Words,
    /// As one word.
    Joined,
}

/// What kind of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The id.
    Id,
    /// The name.
    Name,
    /// An alias.
    Alias,
}

/// The models that a name could mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    rank: Option<Rank>,
    /// Those of the plainest rank.
    best: Vec<Candidate>,
    /// How many have a name that begins so.
    begun: usize,
    /// Whether only sizes and variants follow in one of them.
    has_details: bool,
    /// The newest of them.
    newest: Vec<Candidate>,
}

/// A model that could be meant.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    record: RawRecord<'static>,
    id: Box<str>,
    name: Box<str>,
    family: Option<Box<str>>,
    announced: Option<Month>,
    params: Option<f64>,
}

/// How many models a message names.
const NAMED: usize = 10;

impl Spelling {
    /// Whether it may be the beginning of a name.
    pub(super) fn may_begin(self) -> bool {
        matches!(self, Spelling::Typed | Spelling::Tail)
    }

    /// Whether variants were left out.
    fn is_short(self) -> bool {
        matches!(self, Spelling::Short | Spelling::ShortTail)
    }
}

impl By {
    /// How a model of the family is of this size; nothing if it is not.
    pub(super) fn size(size: &Size, model: &Model<'_>) -> Option<By> {
        let mut names = [&model.id, &model.name].into_iter().chain(&model.aliases);
        let is_own = model.params.is_some_and(|params| size.holds(params.0));
        if is_own || names.any(|name| size.is_in(name)) {
            return Some(By::Size);
        }
        if model.sizes.iter().any(|params| size.holds(params.0)) {
            return Some(By::Listed);
        }
        let mut sizes = model.sizes.iter().chain(&model.params);
        let is_near = sizes.any(|params| size.is_near(params.0));
        is_near.then_some(By::Near)
    }
}

impl Candidate {
    /// A model and its record.
    pub(super) fn new(model: &Model<'_>, record: &RawRecord<'_>) -> Candidate {
        Candidate {
            record: record.to_owned(),
            id: (&*model.id).into(),
            name: (&*model.name).into(),
            family: model.family.as_deref().map(Box::from),
            announced: model.announced,
            params: model.params.map(|params| params.0),
        }
    }

    fn order(&self) -> (Reverse<Option<Month>>, &str, &str) {
        (Reverse(self.announced), &self.name, &self.id)
    }

    fn named(&self, note: Option<String>) -> Named {
        let record = self.record.clone();
        Named { record, note }
    }

    fn read_from(&self, typed: &str) -> Named {
        self.named(Some(format!("`{typed}` is read as {}", self.name)))
    }
}

impl Candidates {
    /// Adds a model that is called so, unless others are more plainly.
    pub(super) fn add(&mut self, rank: Rank, candidate: Candidate) {
        let known = *self.rank.get_or_insert(rank);
        if rank < known {
            self.rank = Some(rank);
            self.best.clear();
        }
        if rank <= known {
            self.best.push(candidate);
        }
    }

    /// Adds a model that has a name that begins so.
    pub(super) fn begin(&mut self, has_details: bool, candidate: Candidate) {
        self.begun += 1;
        self.has_details |= has_details;
        let order = |other: &Candidate| other.order() < candidate.order();
        let rank = self.newest.partition_point(order);
        if rank < NAMED {
            self.newest.insert(rank, candidate);
            self.newest.truncate(NAMED);
        }
    }

    /// The model that is meant by what was typed.
    pub(super) fn chosen(self, typed: &str) -> Result<Named, Nameless> {
        let Candidates {
            rank,
            best,
            begun,
            has_details,
            newest,
        } = self;
        // A name with the very size says more than a size nearby.
        let rank = rank.filter(|rank| rank.1 != By::Near || begun == 0);
        let alone = newest.first().filter(|_| begun == 1 && has_details);
        match (rank, alone) {
            (Some(rank), None) => meant(typed, rank, best),
            (Some(rank), _) if !rank.0.is_short() => meant(typed, rank, best),
            (_, Some(alone)) => Ok(alone.read_from(typed)),
            (None, None) if is_pattern(typed) => Err(Nameless::Misuse(pattern(typed))),
            (None, None) if Words::new(typed).is_empty() => {
                let what = format!("`{typed}` is not a model name");
                Err(Nameless::Misuse(Error::Misuse(what)))
            }
            (None, None) if begun > 1 => Err(several(typed, &newest, begun)),
            (None, None) if begun == 1 => Err(Nameless::Begun(typed.to_owned())),
            (None, None) => Err(Nameless::Unknown(typed.to_owned())),
        }
    }
}

impl Merge for Candidates {
    fn merge(&mut self, later: Candidates) {
        if let Some(rank) = later.rank {
            for candidate in later.best {
                self.add(rank, candidate);
            }
        }
        let unnamed = later.begun - later.newest.len();
        for candidate in later.newest {
            self.begin(later.has_details, candidate);
        }
        self.begun += unnamed;
    }
}

/// The model that is meant among those of the plainest rank.
fn meant(typed: &str, rank: Rank, mut best: Vec<Candidate>) -> Result<Named, Nameless> {
    let count = best.len();
    // A paper or a repository that one family shares means the family.
    let families = best.windows(2).all(|pair| pair[0].family == pair[1].family);
    let is_shared = rank.0 == Spelling::Identifier && count > 1;
    if rank.1 == By::Family || is_shared && families && best[0].family.is_some() {
        keep_largest(&mut best);
    }
    let [one] = &best[..] else {
        best.sort_by(|one, other| one.order().cmp(&other.order()));
        best.truncate(NAMED);
        return Err(several(typed, &best, count));
    };
    let name = &one.name;
    let note = match rank {
        Rank(Spelling::Identifier, _) if count > 1 => {
            format!("{typed} leads to {count} of a family; shown: {name}")
        }
        Rank(Spelling::Typed, By::Name(..)) | Rank(Spelling::Identifier, _) => {
            return Ok(one.named(None));
        }
        Rank(_, By::Family) if count > 1 => {
            format!("{typed} is a family of {count}; shown: {name}")
        }
        Rank(_, by @ (By::Listed | By::Near)) => {
            let size = match by {
                By::Listed => "this size too",
                _ => "a size near this",
            };
            let largest = match one.params {
                Some(params) => format!("the {}", Unit::Count.human(params)),
                None => "its largest".to_owned(),
            };
            format!("`{typed}` is read as {name}, which has {size}; the figures are of {largest}")
        }
        _ => return Ok(one.read_from(typed)),
    };
    Ok(one.named(Some(note)))
}

/// Keeps the largest model of a family, where it is known which that is.
fn keep_largest(family: &mut Vec<Candidate>) {
    let params: Option<Vec<f64>> = family.iter().map(|model| model.params).collect();
    let Some(params) = params else {
        return;
    };
    let largest = params.iter().copied().fold(0.0, f64::max);
    if params.iter().filter(|params| **params == largest).count() == 1 {
        family.retain(|model| model.params == Some(largest));
    }
}

/// The error for a name that could mean several models, of which these are the newest.
fn several(typed: &str, newest: &[Candidate], count: usize) -> Nameless {
    let same = |one: &Candidate| newest.iter().filter(|other| other.name == one.name).count();
    let names = newest.iter().map(|one| match same(one) {
        1 => one.name.to_string(),
        _ => format!("{} ({})", one.name, one.id),
    });
    let names: Vec<String> = names.collect();
    let more = match count - newest.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let what = format!("`{typed}` is ambiguous: {}{more}", names.join(", "));
    Nameless::Several(typed.to_owned(), Error::Misuse(what))
}

/// The error for a pattern, with what `ahm list` takes in its place.
fn pattern(typed: &str) -> Error {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let mut parts = typed.split(|c: char| !is_plain(c));
    let literal = parts.find(|part| part.contains(char::is_alphanumeric));
    let literal = literal
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric());
    let start = match typed.starts_with(is_plain) {
        true => "^",
        false => "",
    };
    let command = match literal {
        "" => "ahm list".to_owned(),
        literal => format!("ahm list '{start}{literal}'"),
    };
    Error::Misuse(format!(
        "`{typed}`: a model name is not a pattern; `{command}` takes one"
    ))
}

//! A column: one figure or fact of a record, what it is called and how it is read.

use std::fmt;

use crate::mark::Mark;
use crate::model::{Key, Model};
use crate::name::{Folded, nearest, quoted};
use crate::provenance::FIGURES;
use crate::reader::Keys;
use crate::record::Record;
use crate::value::{Kind, Value};

/// What stands over a column and how its values are read by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The key in machine formats and on the command line.
    pub key: &'a str,
    /// The title over a table's column.
    pub title: &'a str,
    /// What its values are.
    pub kind: Kind,
    /// How dear it is to a narrow table: 0 stays longest.
    pub rank: u8,
}

impl<'a> Heading<'a> {
    /// A heading of rows that are not records.
    pub const fn new(key: &'a str, title: &'a str, kind: Kind, rank: u8) -> Heading<'a> {
        Heading {
            key,
            title,
            kind,
            rank,
        }
    }
}

/// One figure or fact of a record; of a model unless another is named.
pub struct Column<R: Record = Model<'static>> {
    /// Key, title and kind.
    pub heading: Heading<'static>,
    /// Other keys that people type for it.
    pub short: &'static [&'static str],
    /// What it means, in a line.
    pub meaning: &'static str,
    /// Whether tables show it unless told otherwise.
    pub default: Shown,
    /// Where a card tells it.
    pub group: Group,
    /// Which words it can be asked for.
    pub words: Words,
    /// The keys of a model that it reads.
    pub needs: Keys,
    /// Where an entry has what it reads.
    pub slot: Slot,
    /// Reads it from a record.
    pub read: for<'r> fn(&'r R::Of<'r>) -> Value<'r>,
}

/// Whether a table shows a column that nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Always.
    ByDefault,
    /// When named by `--columns`, an order, or a comparison.
    WhenAsked,
}

/// The part of a card that tells a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Its first lines, or beside another column.
    Head,
    /// What was measured and counted.
    Figures,
    /// What it is.
    Facts,
    /// Where to read on.
    Reading,
}

/// Which words a column's `=` understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Those that models have, other spellings listed under this section of the catalog.
    Used(&'static str),
    /// The same, and whole parts of them, and sections: `vision` is `vision-language` too.
    Wide(&'static str),
    /// These alone, whether or not a model has them.
    Only(&'static [&'static str]),
}

/// Where an entry of the catalog has the value of a column: a record that was written under columns
/// is read back by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Under the column's own key.
    Own,
    /// In the object under this key, in this part of it.
    Part(Key, &'static str),
    /// Nowhere: it is computed from others.
    Computed,
}

/// A column of the table; columns are the same if their keys are.
pub type ColumnRef<R = Model<'static>> = &'static Column<R>;

impl<R: Record> Column<R> {
    /// A column without a meaning that tables do not show by default.
    pub const fn of(
        key: &'static str,
        (title, kind): (&'static str, Kind),
        read: for<'r> fn(&'r R::Of<'r>) -> Value<'r>,
    ) -> Column<R> {
        Column {
            heading: Heading {
                key,
                title,
                kind,
                rank: 8,
            },
            short: &[],
            meaning: "",
            default: Shown::WhenAsked,
            group: match kind {
                Kind::Number | Kind::Quantity(_) => Group::Figures,
                Kind::Address => Group::Reading,
                _ => Group::Facts,
            },
            words: Words::Used("terms"),
            needs: Keys::ALL,
            slot: Slot::Own,
            read,
        }
    }

    /// With what it means.
    #[must_use]
    pub const fn means(mut self, meaning: &'static str) -> Column<R> {
        self.meaning = meaning;
        self
    }

    /// With other keys that people type for it.
    #[must_use]
    pub const fn also(mut self, short: &'static [&'static str]) -> Column<R> {
        self.short = short;
        self
    }

    /// Told in this part of a card.
    #[must_use]
    pub const fn told(mut self, group: Group) -> Column<R> {
        self.group = group;
        self
    }

    /// With these words.
    #[must_use]
    pub const fn asks(mut self, words: Words) -> Column<R> {
        self.words = words;
        self
    }

    /// In tables by default, dropped from narrow ones in the order of `rank`, the highest first.
    #[must_use]
    pub const fn shown(mut self, rank: u8) -> Column<R> {
        self.heading.rank = rank;
        self.default = Shown::ByDefault;
        self
    }

    /// The record's column with this key or short name.
    ///
    /// # Errors
    /// When there is none: a sentence that names the nearest.
    pub fn named(name: &str) -> Result<ColumnRef<R>, String> {
        let typed = Folded::new(name);
        // `-params` or `+params` would be some other tool's way to say an order.
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        let is_key = name.starts_with(char::is_alphanumeric) && name.chars().all(plain);
        let is_own = |column: &&Column<R>| column.names().iter().any(|name| typed.is(name));
        let own = R::columns().iter().find(|column| is_key && is_own(column));
        own.ok_or_else(|| {
            let known = R::columns().iter().flat_map(Column::names);
            match nearest(name, known).as_slice() {
                // The keys of models are many, and told by a command of their own.
                [] if R::columns().len() > 16 => {
                    format!("there is no key `{name}`; `ahm columns` names them all")
                }
                [] => format!(
                    "there is no key `{name}`; keys are {}",
                    quoted(R::columns().iter().map(|column| column.heading.key))
                ),
                near => format!(
                    "there is no key `{name}`; did you mean {}?",
                    quoted(near.iter().copied())
                ),
            }
        })
    }

    /// Its title where the unit stands beside the figure.
    pub fn name(&self) -> &'static str {
        let title = self.heading.title.split(" (").next();
        title.unwrap_or_default()
    }

    /// The keys that people type for it.
    pub fn names(&self) -> Vec<&'static str> {
        [&[self.heading.key], self.short].concat()
    }
}

impl Column {
    /// A column of a model, read from these of its keys alone.
    pub const fn new(
        key: &'static str,
        heading: (&'static str, Kind),
        needs: &[Key],
        read: for<'m> fn(&'m Model<'m>) -> Value<'m>,
    ) -> Column {
        let mut column = Self::of(key, heading, read);
        column.needs = Keys::of(needs);
        if column.needs.has(Key::derived) {
            column.slot = Slot::Computed;
        }
        column
    }

    /// Read from the object under a key, in this part of it.
    #[must_use]
    pub const fn within(mut self, key: Key, part: &'static str) -> Column {
        self.slot = Slot::Part(key, part);
        self
    }

    /// Computed from what other columns show.
    #[must_use]
    pub const fn computed(mut self) -> Column {
        self.slot = Slot::Computed;
        self
    }

    /// Whether the model has something else here than before it was corrected.
    pub fn is_corrected(&self, model: &Model<'_>) -> bool {
        let differs = |before: &Model<'_>| (self.read)(before) != (self.read)(model);
        // What is derived changes with its inputs, and is marked as derived.
        !self.needs.has(Key::derived) && model.uncorrected.as_deref().is_some_and(differs)
    }

    /// The model's value, marked where a correction made it, or where it is a figure that the
    /// makers do not state.
    pub fn marked<'m>(&self, model: &'m Model<'m>) -> Value<'m> {
        self.mark((self.read)(model), model)
    }

    /// A value that was read from the model, with its marks.
    pub fn mark<'v>(&self, mut value: Value<'v>, model: &Model<'_>) -> Value<'v> {
        // An address with a mark after it is another address.
        if self.heading.kind != Kind::Address && self.is_corrected(model) {
            value = value.mark(Mark::Corrected);
        }
        match self.told_by(model) {
            Some(mark) if !value.is_missing() => value.mark(mark),
            _ => value,
        }
    }

    /// The mark that the source of a figure makes.
    fn told_by(&self, model: &Model<'_>) -> Option<Mark> {
        if model.sources.is_empty() || !self.is_sourced() {
            return None;
        }
        let mut keys = FIGURES.into_iter();
        let key = keys.find(|key| self.needs.has(*key))?;
        Mark::of(model.kind_of(key))
    }

    /// Whether it is a figure that entries hold, which sources speak for.
    fn is_sourced(&self) -> bool {
        let measured = matches!(
            self.heading.kind,
            Kind::Number | Kind::Quantity(_) | Kind::Compound
        );
        // What is derived from figures is marked as such.
        measured && !self.needs.has(Key::derived)
    }

    /// The model's value for people, its unit with it.
    pub fn words_of(&self, model: &Model<'_>) -> String {
        let kind = self.heading.kind;
        let text = (self.read)(model).human(kind).into_owned();
        let unit = match (self.heading.key, kind) {
            ("samples_count", _) => model.samples.as_ref().map_or("", |samples| &samples.unit),
            (_, Kind::Quantity(unit)) => unit.name(),
            _ => "",
        };
        match (text.as_str(), unit) {
            ("", _) | (_, "") => text,
            _ => format!("{text} {unit}"),
        }
    }

    /// Whether one of the spellings is one of the model's words in this column; nothing if it has
    /// none.
    ///
    /// Fields are asked in the wide sense: a section, a tag, or a whole part of a tag.
    pub fn holds(&self, model: &Model<'_>, spellings: &[Folded]) -> Option<bool> {
        let is = |own: &str| spellings.iter().any(|spelling| spelling.is(own));
        if let Words::Wide(_) = self.words {
            let is_part = |field: &str| is(field) || field.split('-').any(is);
            let found = model.sections.iter().any(|section| is(section))
                || model.fields.iter().any(|field| is_part(field));
            let known = !model.sections.is_empty() || !model.fields.is_empty();
            return known.then_some(found);
        }
        match (self.read)(model) {
            Value::Tags(tags) if !tags.is_empty() => Some(tags.iter().any(|own| is(own))),
            Value::Text(text) => Some(is(&text)),
            _ => None,
        }
    }

    /// The words that the model can be asked for in this column.
    pub fn words(&self, model: &Model<'_>) -> Vec<String> {
        let mut words = Vec::new();
        if let Words::Wide(_) = self.words {
            words.extend(model.sections.iter().map(|section| section.to_string()));
        }
        match (self.read)(model) {
            Value::Tags(tags) => words.extend(tags.iter().map(|tag| tag.to_string())),
            Value::Text(text) => words.push(text.into_owned()),
            _ => {}
        }
        words
    }
}

impl<R: Record> fmt::Debug for Column<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Column({})", self.heading.key)
    }
}

impl<R: Record> PartialEq for Column<R> {
    fn eq(&self, other: &Column<R>) -> bool {
        self.heading.key == other.heading.key
    }
}

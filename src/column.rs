//! A column: one figure or fact of a model, what it is called and how it is read.

use crate::model::{Key, Model};
use crate::name::Folded;
use crate::reader::Keys;
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

/// One figure or fact of a model.
#[derive(Debug)]
pub struct Column {
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
    /// Reads it from a model.
    pub read: for<'m> fn(&'m Model<'m>) -> Value<'m>,
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

/// A column of the table; columns are the same if their keys are.
pub type ColumnRef = &'static Column;

impl Column {
    /// A column without a meaning that tables do not show by default.
    pub const fn new(
        key: &'static str,
        (title, kind): (&'static str, Kind),
        needs: &[Key],
        read: for<'m> fn(&'m Model<'m>) -> Value<'m>,
    ) -> Column {
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
                Kind::Word | Kind::Tags | Kind::Month | Kind::Compound => Group::Facts,
            },
            words: Words::Used("terms"),
            needs: Keys::of(needs),
            read,
        }
    }

    /// With what it means.
    #[must_use]
    pub const fn means(mut self, meaning: &'static str) -> Column {
        self.meaning = meaning;
        self
    }

    /// With other keys that people type for it.
    #[must_use]
    pub const fn also(mut self, short: &'static [&'static str]) -> Column {
        self.short = short;
        self
    }

    /// Told in this part of a card.
    #[must_use]
    pub const fn told(mut self, group: Group) -> Column {
        self.group = group;
        self
    }

    /// With these words.
    #[must_use]
    pub const fn of(mut self, words: Words) -> Column {
        self.words = words;
        self
    }

    /// In tables by default, dropped from narrow ones in the order of `rank`, the highest first.
    #[must_use]
    pub const fn shown(mut self, rank: u8) -> Column {
        self.heading.rank = rank;
        self.default = Shown::ByDefault;
        self
    }

    /// Whether `tag` names one of the model's words in this column; nothing if it has none.
    ///
    /// Fields are asked in the wide sense: a section, a tag, or a whole part of a tag.
    pub fn holds(&self, model: &Model<'_>, tag: &Folded) -> Option<bool> {
        if let Words::Wide(_) = self.words {
            let is_part = |field: &str| tag.is(field) || field.split('-').any(|part| tag.is(part));
            let found = model.sections.iter().any(|section| tag.is(section))
                || model.fields.iter().any(|field| is_part(field));
            let known = !model.sections.is_empty() || !model.fields.is_empty();
            return known.then_some(found);
        }
        match (self.read)(model) {
            Value::Tags(tags) if !tags.is_empty() => Some(tags.iter().any(|own| tag.is(own))),
            Value::Text(text) => Some(tag.is(&text)),
            _ => None,
        }
    }

    /// Adds the words that the model can be asked for in this column.
    pub fn words(&self, model: &Model<'_>, words: &mut Vec<String>) {
        if let Words::Wide(_) = self.words {
            words.extend(model.sections.iter().map(|section| section.to_string()));
        }
        match (self.read)(model) {
            Value::Tags(tags) => words.extend(tags.iter().map(|tag| tag.to_string())),
            Value::Text(text) => words.push(text.into_owned()),
            _ => {}
        }
    }
}

impl PartialEq for Column {
    fn eq(&self, other: &Column) -> bool {
        self.heading.key == other.heading.key
    }
}

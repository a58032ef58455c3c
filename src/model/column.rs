//! Columns: a figure or fact of a record, its title and how it is read.

use crate::model::heading::Kind;
pub use crate::model::heading::{Group, Heading, Shown, Slot, Words};
use crate::model::keys::Keys;
use crate::model::name::{NormalizedName, did_you_mean, quoted};
use crate::model::provenance::Mark;
use crate::model::unit::Unit;
use crate::model::value::Value;
use crate::model::{Key, Model};
use std::fmt;
use std::fmt::Debug;

/// One figure or fact of a record; of a model unless another is named.
pub struct Column<R: Record = Model<'static>> {
    /// Key, title and kind.
    pub heading: Heading<'static>,
    /// Other keys that people type for it.
    pub short: &'static [&'static str],
    /// What it means, in a line.
    pub meaning: &'static str,
    /// Whether tables show it by default.
    pub default: Shown,
    /// The section of a card that shows it.
    pub group: Group,
    /// The vocabulary of its words.
    pub words: Words,
    /// The keys of a model that it reads.
    pub needs: Keys,
    /// Where an entry has what it reads.
    pub slot: Slot,
    /// The key of the figure that it shows, which sources cite; none if it shows no figure, or
    /// one that is derived from others.
    pub figure: Option<Key>,
    /// The keys, misspelled ones too, under which the list prints what it reads.
    pub listed: &'static [&'static str],
    /// Reads it from a record.
    pub read: for<'r> fn(&'r R::Of<'r>) -> Value<'r>,
}

/// A column of the table; columns are the same if their keys are.
pub type ColumnRef<R = Model<'static>> = &'static Column<R>;

/// Columns, each once, where it comes first.
pub fn distinct<R: Record>(columns: impl IntoIterator<Item = ColumnRef<R>>) -> Vec<ColumnRef<R>> {
    let mut distinct: Vec<ColumnRef<R>> = Vec::new();
    for column in columns {
        if !distinct.contains(&column) {
            distinct.push(column);
        }
    }
    distinct
}

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
            words: match kind {
                Kind::Word | Kind::Tags => Words::Used("terms"),
                _ => Words::Free,
            },
            needs: Keys::ALL,
            slot: Slot::Own,
            figure: None,
            listed: &[],
            read,
        }
    }

    /// With what it means.
    #[must_use]
    pub(crate) const fn means(mut self, meaning: &'static str) -> Column<R> {
        self.meaning = meaning;
        self
    }

    /// With other keys that people type for it.
    #[must_use]
    pub(crate) const fn also(mut self, short: &'static [&'static str]) -> Column<R> {
        self.short = short;
        self
    }

    /// In this section of a card.
    #[must_use]
    pub(crate) const fn in_section(mut self, group: Group) -> Column<R> {
        self.group = group;
        self
    }

    /// With words of this vocabulary.
    #[must_use]
    pub(crate) const fn vocabulary(mut self, words: Words) -> Column<R> {
        self.words = words;
        self
    }

    /// In tables by default, dropped from narrow ones in the order of `rank`, the highest first.
    #[must_use]
    pub(crate) const fn shown(mut self, rank: u8) -> Column<R> {
        self.heading.rank = rank;
        self.default = Shown::ByDefault;
        self
    }

    /// The record's column with this key or short name.
    ///
    /// # Errors
    /// When there is none: a sentence that names the nearest.
    pub fn named(name: &str) -> Result<ColumnRef<R>, String> {
        let name = name.trim();
        let typed = NormalizedName::new(name);
        // `-params` or `+params` is how other tools write an order.
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        let is_key = name.starts_with(char::is_alphanumeric) && name.chars().all(plain);
        let is_own = |column: &&Column<R>| column.names().iter().any(|name| typed.is(name));
        let own = R::columns().iter().find(|column| is_key && is_own(column));
        own.ok_or_else(|| {
            if name.is_empty() {
                return "expected a key, found nothing".to_owned();
            }
            let known = R::columns().iter().flat_map(Column::names);
            let hint = match did_you_mean(name, known) {
                // The keys of models are too many for a message.
                hint if hint.is_empty() && R::columns().len() > 16 => {
                    "; `ahm columns` lists them".to_owned()
                }
                hint if hint.is_empty() => {
                    let keys = R::columns().iter().map(|column| column.heading.key);
                    format!("; expected {}", quoted(keys))
                }
                hint => hint,
            };
            format!("unknown key `{name}`{hint}")
        })
    }

    /// Its title without the unit.
    pub fn name(&self) -> &'static str {
        let title = self.heading.title.split(" (").next();
        title.unwrap_or_default()
    }

    /// The same within a sentence.
    pub fn in_sentence(&self) -> String {
        let mut letters = self.name().chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        first.chain(letters).collect()
    }

    /// What one of its words is called in a sentence: `field`, `organization`.
    pub fn noun(&self) -> String {
        let key = self.heading.key;
        let singular = self
            .short
            .iter()
            .find(|short| key.strip_suffix('s') == Some(short));
        singular.map_or_else(|| self.name().to_lowercase(), |noun| noun.to_string())
    }

    /// What its figures are counted in.
    pub fn unit(&self) -> Unit {
        match self.heading.kind {
            Kind::Quantity(unit) => unit,
            _ => Unit::Count,
        }
    }

    /// The keys that people type for it.
    pub fn names(&self) -> Vec<&'static str> {
        [&[self.heading.key], self.short].concat()
    }
}

impl Column {
    /// Read from these keys of a model alone; a quantity that is read from one key is its figure.
    #[must_use]
    pub(crate) const fn reads(mut self, keys: &[Key]) -> Column {
        self.needs = Keys::of(keys);
        match (keys, self.heading.kind) {
            ([key], Kind::Quantity(_)) => self.measures(*key),
            _ => self,
        }
    }

    /// Shows the figure of a key.
    #[must_use]
    pub(crate) const fn measures(mut self, key: Key) -> Column {
        self.figure = Some(key);
        self
    }

    /// Printed by the list under these of its own keys.
    #[must_use]
    pub(crate) const fn listed(mut self, texts: &'static [&'static str]) -> Column {
        self.listed = texts;
        self
    }

    /// Read from the object under a key, in this part of it.
    #[must_use]
    pub(crate) const fn within(self, key: Key, part: &'static str) -> Column {
        let mut column = self.reads(&[key]);
        column.slot = Slot::Part(key, part);
        column
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
        // What is derived changes with its inputs, and is marked as derived; corrections are not
        // corrected.
        let is_own = !self.needs.has(Key::derived) && !self.needs.has(Key::corrections);
        is_own && model.uncorrected.as_deref().is_some_and(differs)
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
        if model.sources.is_empty() && model.corrections.is_empty() {
            return None;
        }
        Mark::of(model.kind_of(self.figure()?))
    }

    /// Whether its figures have units of their own, and so are not to be compared across them.
    pub fn has_units(&self) -> bool {
        self.heading.key == "samples_count"
    }

    /// The key of the figure that it shows.
    pub fn figure(&self) -> Option<Key> {
        self.figure
    }

    /// The model's value for people, its unit with it.
    pub fn words_of(&self, model: &Model<'_>) -> String {
        let kind = self.heading.kind;
        let text = (self.read)(model).human(kind).into_owned();
        let unit = match kind {
            _ if self.has_units() => model.samples.as_ref().map_or("", |samples| &samples.unit),
            Kind::Quantity(unit) => unit.name(),
            _ => "",
        };
        match (text.as_str(), unit) {
            ("", _) | (_, "") => text,
            _ => format!("{text} {unit}"),
        }
    }

    /// Whether one of the model's words in this column is one that is looked for; nothing if it has
    /// none.
    ///
    /// A field matches a section, a tag, or a whole part of a tag.
    pub fn any_word(&self, model: &Model<'_>, mut is: impl FnMut(&str) -> bool) -> Option<bool> {
        let (parts, sections) = match self.words {
            Words::Wide(_) => (true, &*model.sections),
            Words::Parts => (true, &[][..]),
            Words::Free | Words::Used(_) | Words::Only(_) => (false, &[][..]),
        };
        if sections.iter().any(|section| is(section)) {
            return Some(true);
        }
        let mut is = |own: &str| is(own) || parts && own.split(['-', ' ']).any(&mut is);
        match (self.read)(model) {
            Value::Tags(tags) if !tags.is_empty() => Some(tags.iter().any(|own| is(own))),
            Value::Text(text) => Some(is(&text)),
            Value::Hardware(list) => {
                let chips = || list.iter().map(|hardware| hardware.chip.as_deref());
                let found = chips().flatten().any(is);
                // A chip that is not stated may be any.
                (found || !list.is_empty() && chips().all(|chip| chip.is_some())).then_some(found)
            }
            _ => (!sections.is_empty()).then_some(false),
        }
    }

    /// The model's words in this column.
    pub fn words(&self, model: &Model<'_>) -> Vec<String> {
        let mut words = Vec::new();
        if let Words::Wide(_) = self.words {
            words.extend(model.sections.iter().map(|section| section.to_string()));
        }
        match (self.read)(model) {
            Value::Tags(tags) => words.extend(tags.iter().map(|tag| tag.to_string())),
            Value::Text(text) => words.push(text.into_owned()),
            Value::Hardware(list) => {
                let chips = list.iter().filter_map(|hardware| hardware.chip.as_ref());
                words.extend(chips.map(|chip| chip.to_string()));
            }
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

/// What can be shown under columns: a model, a framework, a term.
///
/// It is implemented once for each kind, by the type that borrows from nothing that ends.
pub trait Record: Debug + Clone + 'static {
    /// The same kind of record where it borrows from a catalog.
    type Of<'c>;

    /// The key of the column that names it.
    const NAME: &'static str;

    /// What the flag that chooses columns is called inside: completion knows the keys of models.
    const FLAG: &'static str = "record_columns";

    /// Its columns, in the order in which machine formats and `--columns all` have them.
    fn columns() -> &'static [Column<Self>];

    /// A value as a table shows it: marked where it is not what was printed.
    fn marked<'r>(column: &Column<Self>, record: &'r Self::Of<'r>) -> Value<'r> {
        (column.read)(record)
    }
}

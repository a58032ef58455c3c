//! Columns: a figure or fact of a record, its title, how it is read, and what of it is shown where.

use crate::model::expression::Expression;
use crate::model::heading::Heading;
use crate::model::name::{NormalizedName, did_you_mean, quoted};
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use crate::model::{Key, Keys, Model};
use std::fmt;
use std::fmt::Debug;

/// One figure or fact of a record; of a model unless another is named.
pub struct Column<R: Record = Model<'static>> {
    /// Key, title and kind.
    pub heading: Heading<'static>,
    /// Other keys that people type for it.
    pub aliases: &'static [&'static str],
    /// What it means, in a line.
    pub meaning: &'static str,
    /// The section of a card that shows it.
    pub section: CardSection,
    /// The vocabulary of its words.
    pub vocabulary: Vocabulary,
    /// The keys of a model that it reads.
    pub needs: Keys,
    /// Where an entry has what it reads.
    pub slot: Slot,
    /// The key of the figure that it shows, which sources cite; none if it shows no figure, or
    /// one that is derived from others.
    pub figure: Option<Key>,
    /// The keys, misspelled ones too, under which the list prints what it reads.
    pub listed: &'static [&'static str],
    /// The key under which others than the makers give the same figure.
    pub beside: Option<&'static str>,
    /// What titles call it, if not what sentences do.
    pub(crate) phrase: &'static str,
    /// Whether the sum of its figures means anything: not that of batches or contexts.
    pub sums: bool,
    /// Reads it from a record.
    read: for<'r> fn(&'r R::Of<'r>) -> Value<'r>,
    /// Whether it is a key of a user's catalog, not of the schema.
    pub is_extra: bool,
    /// What computes it from other columns, if a question asks for that.
    pub(crate) expression: Option<&'static Expression>,
}

/// The rank of columns that tables show only when `--columns`, an order or a comparison names them.
const WHEN_ASKED: u8 = 8;

/// A column of the table; columns are the same if their keys are.
pub type ColumnRef<R = Model<'static>> = &'static Column<R>;

/// The section of a card that shows a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardSection {
    /// Its first lines, or with another column.
    Head,
    /// What was measured and counted.
    Figures,
    /// What it is.
    Facts,
    /// Where to read on.
    Reading,
}

/// The words that `=` accepts in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// Any: a name, a title, an address, which no model needs to have.
    Free,
    /// Those that models have, other spellings listed under this section of the catalog.
    Used(&'static str),
    /// Those that models have, and whole parts of them: `A100` is `A100 80GB` too.
    Parts,
    /// Those that models have, other spellings listed under this section of the catalog, whole
    /// parts of them, and sections: `vision` is `vision-language` too.
    Wide(&'static str),
    /// Those that models have, and classes of licenses.
    Licenses,
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

/// Declares what a row of a schema can say of its column, each in a field of it.
macro_rules! options {
    ($($(#[$doc:meta])* $option:ident sets $($field:ident).+: $type:ty;)*) => {
        impl<R: Record> Column<R> {
            $($(#[$doc])* pub(crate) const fn $option(mut self, value: $type) -> Column<R> {
                self.$($field).+ = value;
                self
            })*
        }
    };
}

options! {
    /// With what it means.
    means sets meaning: &'static str;
    /// With other keys that people type for it.
    aliases sets aliases: &'static [&'static str];
    /// In this section of a card.
    in_section sets section: CardSection;
    /// With words of this vocabulary.
    vocabulary sets vocabulary: Vocabulary;
    /// In tables by default, dropped from narrow ones in the order of this rank, the highest first.
    drop_order sets heading.drop_order: u8;
    /// Printed by the list under these of its own keys.
    listed sets listed: &'static [&'static str];
    /// Beside the same figure by others than the makers, under this key.
    beside sets beside: Option<&'static str>;
    /// Showing the figure of a key.
    measures sets figure: Option<Key>;
    /// Called so in titles.
    phrase sets phrase: &'static str;
    /// Whether its figures add up.
    sums sets sums: bool;
}

impl<R: Record> Column<R> {
    /// A column without a meaning that tables do not show by default.
    pub const fn of(
        key: &'static str,
        (title, kind): (&'static str, Kind),
        read: for<'r> fn(&'r R::Of<'r>) -> Value<'r>,
    ) -> Column<R> {
        Column {
            heading: Heading::new(key, title, kind, WHEN_ASKED),
            aliases: &[],
            meaning: "",
            section: match kind {
                Kind::Number | Kind::Quantity(_) => CardSection::Figures,
                Kind::Address => CardSection::Reading,
                _ => CardSection::Facts,
            },
            vocabulary: match kind {
                Kind::Word | Kind::Tags => Vocabulary::Used("terms"),
                _ => Vocabulary::Free,
            },
            needs: Keys::ALL,
            slot: Slot::Own,
            figure: None,
            listed: &[],
            beside: None,
            phrase: "",
            sums: true,
            read,
            is_extra: false,
            expression: None,
        }
    }

    /// What a record has in it.
    pub fn value<'r>(&self, record: &'r R::Of<'r>) -> Value<'r> {
        match self.is_extra || self.is_expression() {
            true => R::other(record, self),
            false => (self.read)(record),
        }
    }

    /// Whether an expression computes it.
    pub(crate) fn is_expression(&self) -> bool {
        self.expression.is_some()
    }

    /// The record's column with this key or alias.
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
        let columns = R::columns().iter();
        // Other people's keys have any signs.
        let extra = columns
            .clone()
            .find(|column| column.is_extra && column.heading.key == name);
        let own = columns.clone().find(|column| is_key && is_own(column));
        extra.or(own).ok_or_else(|| {
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

    /// Whether tables show it by default.
    pub fn is_default(&self) -> bool {
        self.heading.drop_order < WHEN_ASKED
    }

    /// Its title without the unit.
    pub fn name(&self) -> &'static str {
        match self.expression {
            Some(expression) => &expression.title,
            None => {
                let title = self.heading.title.split(" (").next();
                title.unwrap_or_default()
            }
        }
    }

    /// The same within a sentence.
    pub fn in_sentence(&self) -> String {
        if let Some(expression) = self.expression {
            return expression.in_sentence.clone();
        }
        let mut letters = self.name().chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        first.chain(letters).collect()
    }

    /// What a title calls it: `training compute`.
    pub(crate) fn in_title(&self) -> String {
        match self.phrase {
            "" => self.in_sentence(),
            phrase => phrase.to_owned(),
        }
    }

    /// After a sentence that says that it is unknown: where else to look.
    pub fn see_also(&self) -> String {
        let beside = self.beside.and_then(|key| Column::named(key).ok());
        let key = beside.map(|column: ColumnRef| format!(" (see also {})", column.in_sentence()));
        key.unwrap_or_default()
    }

    /// What one of its words is called in a sentence: `field`, `organization`.
    pub fn noun(&self) -> String {
        let key = self.heading.key;
        let singular = self
            .aliases
            .iter()
            .find(|short| key.strip_suffix('s') == Some(short));
        singular.map_or_else(|| self.name().to_lowercase(), |noun| noun.to_string())
    }

    /// Whether the sum of its figures means anything: that of ratios and of power does not either.
    pub fn is_additive(&self) -> bool {
        let is_amount = !matches!(self.unit(), Unit::Ratio | Unit::Watts);
        self.sums && self.heading.kind.is_measured() && is_amount
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
        [&[self.heading.key], self.aliases].concat()
    }
}

impl Column {
    /// A key of a user's catalog, of this kind. It is needed until the process ends.
    pub(crate) fn extra(key: &str, kind: Kind) -> Column {
        let key = key.to_owned().leak();
        let column = Column::of(key, (key, kind), |_| Value::Missing);
        Column {
            is_extra: true,
            ..column.reads(&[Key::extra])
        }
    }

    /// Read from these keys of a model alone; a quantity that is read from one key is its figure.
    pub(crate) const fn reads(mut self, keys: &[Key]) -> Column {
        self.needs = Keys::of(keys);
        if let ([key], Kind::Quantity(_)) = (keys, self.heading.kind) {
            self.figure = Some(*key);
        }
        self
    }

    /// Read from the object under a key, in this part of it.
    pub(crate) const fn within(self, key: Key, part: &'static str) -> Column {
        let mut column = self.reads(&[key]);
        column.slot = Slot::Part(key, part);
        column
    }

    /// Computed from what other columns show.
    pub(crate) const fn computed(mut self) -> Column {
        self.slot = Slot::Computed;
        self
    }

    /// Computed by an expression that reads these keys of a model.
    pub(crate) const fn computes(self, expression: &'static Expression, needs: Keys) -> Column {
        let mut column = self.computed();
        column.expression = Some(expression);
        column.needs = needs;
        column
    }

    /// Whether its numbers can be negative: those of users' keys and of expressions.
    pub(crate) fn may_be_negative(&self) -> bool {
        self.is_extra || self.is_expression()
    }

    /// Whether its figures have units of their own, and so are not to be compared across them.
    pub fn has_units(&self) -> bool {
        match self.expression {
            Some(expression) => expression.columns().any(Column::has_units),
            None => self.heading.key == "samples_count",
        }
    }
}

impl<R: Record> Column<R> {
    /// The same column once more.
    pub(crate) fn copy(&self) -> Column<R> {
        Column { ..*self }
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

    /// Its columns, in the order in which machine formats and `--columns all` have them.
    fn columns() -> &'static [Column<Self>];

    /// What it has in a column that is not of its schema.
    fn other<'r>(_: &'r Self::Of<'r>, _: &Column<Self>) -> Value<'r> {
        Value::Missing
    }

    /// A value as a table shows it: marked where it is not what was printed.
    fn marked<'r>(column: &Column<Self>, record: &'r Self::Of<'r>) -> Value<'r> {
        column.value(record)
    }
}

//! Provenance: whose claims the figures of a model are, the marks that show it, and corrections.

use crate::model::column::Column;
use crate::model::link::Link;
use crate::model::schema::COLUMNS;
use crate::model::sources::remove_keys;
use crate::model::value::{Kind, Value};
use crate::model::{Confidence, Key, Keys, Map, Model, SourceKind};

impl<'a> Model<'a> {
    /// The kind of source of a key's value, see [`Model::claim`].
    pub fn kind_of(&self, key: Key) -> SourceKind {
        self.claim(key).0
    }

    /// The kind of source of a key's value, and how sure it is, see [`Model::citation`]. Without a
    /// source the value is the list's, and counts as stated.
    pub fn claim(&self, key: Key) -> (SourceKind, Option<Confidence>) {
        let citation = self.citation(key);
        citation.map_or((SourceKind::Stated, None), |(claim, _)| claim)
    }

    /// The kind of source of a key's value, how sure it is, and its address. An applied correction
    /// has its own. Of several sources the one farthest from the makers counts.
    pub fn citation(&self, key: Key) -> Option<((SourceKind, Option<Confidence>), &str)> {
        match self.cited(key)? {
            Link::Source(source) => Some(((source.kind, source.confidence), &source.url)),
            Link::Correction(own) => {
                let kind = own.kind.unwrap_or(SourceKind::Stated);
                Some(((kind, None), &own.source))
            }
            Link::Page(_) | Link::Owned(..) => None,
        }
    }

    /// Leaves out what the list does not print, and what is said of the rest.
    pub fn only_listed(&mut self) {
        self.corrections.clear();
        self.notes.clear();
        for source in std::mem::take(&mut self.sources) {
            for key in source.keys.iter().filter_map(|key| Key::named(key)) {
                if !prints(&self.listed, key) {
                    self.remove(key);
                }
            }
        }
    }

    /// Leaves out the figures whose claims are not accepted, and what is said of them.
    pub fn retain_claims(&mut self, accepts: impl Fn((SourceKind, Option<Confidence>)) -> bool) {
        for key in COLUMNS.iter().filter_map(|column| column.figure) {
            if accepts(self.claim(key)) {
                continue;
            }
            self.withheld = self.withheld.union(Keys::of(&[key]));
            self.remove(key);
            if let Some(before) = &mut self.uncorrected {
                before.remove(key);
            }
            self.corrections.retain(|own| *own.key != *key.name());
            remove_keys(&mut self.sources, |own| own == key.name());
        }
    }
}

impl Model<'_> {
    /// Undoes corrections in an entry that was written with the right values, so that it is read
    /// as one with the listed values is. A correction of a value that is neither the right one
    /// nor the listed one any more is dropped.
    ///
    /// # Errors
    /// When a value cannot be that of its key.
    pub(crate) fn take_back(&mut self, keys: Keys) -> Result<(), serde_json::Error> {
        for correction in std::mem::take(&mut self.corrections) {
            let is_applied = correction.applied || correction.was.is_some();
            let key = Key::named(&correction.key).filter(|key| keys.has(*key));
            if let Some(key) = key.filter(|_| is_applied) {
                let mut right = Model::default();
                let is_value = right.set(key, correction.value.clone()).is_ok();
                let is_right = is_value && right.get(key) == self.get(key);
                match (&correction.was, is_right) {
                    (was, true) => self.set(key, was.clone())?,
                    (Some(_), false) => continue,
                    (None, false) => {}
                }
            }
            self.corrections.push(correction);
        }
        Ok(())
    }

    /// The entry as a catalog has it: its values as they are before they are corrected.
    #[must_use]
    pub fn into_entry(mut self) -> Self {
        for correction in &mut self.corrections {
            correction.was = None;
            correction.applied = false;
        }
        match self.uncorrected.take() {
            Some(before) => Model {
                corrections: self.corrections,
                notes: self.notes,
                sources: self.sources,
                ..*before
            },
            None => self,
        }
    }
}

/// What a reader should know about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It replaces the listed value.
    Corrected,
    /// By others than the makers.
    ThirdParty,
    /// Derived before it came into the catalog.
    Derived,
    /// A guess by others than the makers.
    Speculative,
    /// Implied by other figures; its sign is in front of the value.
    Implied,
}

/// Marks that occur together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

impl Mark {
    /// The marks that follow a value, in their order.
    pub const ALL: [Mark; 4] = [
        Mark::Corrected,
        Mark::ThirdParty,
        Mark::Derived,
        Mark::Speculative,
    ];

    /// The marks of a figure with such a source; none of what the makers state.
    pub fn of((kind, confidence): (SourceKind, Option<Confidence>)) -> impl Iterator<Item = Mark> {
        let by_kind = match kind {
            SourceKind::Stated => None,
            SourceKind::ThirdParty => Some(Mark::ThirdParty),
            SourceKind::Derived => Some(Mark::Derived),
        };
        let is_guess = kind != SourceKind::Stated && confidence == Some(Confidence::Speculative);
        by_kind
            .into_iter()
            .chain(is_guess.then_some(Mark::Speculative))
    }

    /// The sign, one column wide.
    pub fn sign(self) -> char {
        match self {
            Mark::Corrected => '*',
            Mark::ThirdParty => '†',
            Mark::Derived => '‡',
            Mark::Speculative => '?',
            Mark::Implied => '≈',
        }
    }

    /// Whether it is the sign of a mark.
    pub fn is_sign(c: char) -> bool {
        Mark::ALL.into_iter().any(|mark| mark.sign() == c)
    }
}

impl Column {
    /// Whether the model has something else here than before it was corrected.
    pub fn is_corrected(&self, model: &Model<'_>) -> bool {
        let differs = |before: &Model<'_>| self.value(before) != self.value(model);
        // What is derived changes with its inputs, and is marked as derived; corrections are not
        // corrected.
        let is_own = !self.needs.intersects(Keys::of(&[
            Key::derived,
            Key::affiliation,
            Key::corrections,
        ]));
        is_own && model.uncorrected.as_deref().is_some_and(differs)
    }

    /// The model's value, marked where a correction made it, or where it is a figure that the
    /// makers do not state, with a link to who does.
    pub fn marked<'m>(&self, model: &'m Model<'m>) -> Value<'m> {
        self.linked(self.mark(self.value(model), model), model)
    }

    /// A value that was read from the model, with its marks.
    pub fn mark<'v>(&self, mut value: Value<'v>, model: &Model<'_>) -> Value<'v> {
        if let Some(expression) = self.expression.filter(|_| !value.is_missing()) {
            return expression
                .columns()
                .fold(value, |value, part| part.mark(value, model));
        }
        // An address with a mark after it is another address.
        if self.heading.kind != Kind::Address && self.is_corrected(model) {
            value = value.mark(Mark::Corrected);
        }
        let figure = self.figure.filter(|_| !value.is_missing());
        for mark in figure
            .into_iter()
            .flat_map(|key| Mark::of(model.claim(key)))
        {
            value = value.mark(mark);
        }
        value
    }
}

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(all: I) -> Marks {
        let mut marks = Marks::default();
        all.into_iter().for_each(|mark| marks.add(mark));
        marks
    }
}

impl Marks {
    /// With this mark among them.
    pub fn add(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u8;
    }

    /// The marks of both.
    #[must_use]
    pub fn union(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// With this mark not among them.
    #[must_use]
    pub fn without(self, mark: Mark) -> Marks {
        Marks(self.0 & !(1 << mark as u8))
    }

    /// Whether this mark is among them.
    pub fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u8) != 0
    }

    /// How many follow the value, and so how many columns they take.
    pub fn count(self) -> usize {
        self.without(Mark::Implied).0.count_ones() as usize
    }

    /// Their signs.
    pub fn signs(self) -> String {
        let marks = Mark::ALL.into_iter().filter(|mark| self.has(*mark));
        marks.map(Mark::sign).collect()
    }

    /// What they mean, in one line; nothing without marks.
    pub fn legend(self) -> Option<String> {
        let meanings = [
            (Mark::Corrected, "* corrected"),
            (Mark::ThirdParty, "† by a third party"),
            (Mark::Derived, "‡ derived"),
            (Mark::Speculative, "? speculative"),
            (Mark::Implied, "≈ implied by other figures"),
        ];
        let own = meanings.iter().filter(|(mark, _)| self.has(*mark));
        let own: Vec<&str> = own.map(|(_, meaning)| *meaning).collect();
        (!own.is_empty()).then(|| own.join(", "))
    }

    /// What they mean, and where to read more; nothing without marks.
    pub fn message(self) -> Option<String> {
        let legend = self.legend()?;
        let others = [Mark::ThirdParty, Mark::Derived, Mark::Speculative];
        let others = others.into_iter().filter(|mark| self.has(*mark));
        let others: Vec<String> = others.map(|mark| mark.sign().to_string()).collect();
        let stated = match others.is_empty() {
            true => String::new(),
            false => format!("; `--stated` omits {}", others.join(" ")),
        };
        Some(format!("{legend}: see `ahm explain NAME.KEY`{stated}"))
    }
}

/// The texts that hold a figure, and a part of each that shows it where other figures share the
/// text.
const FIGURES: [(Key, &[&str], &[&str]); 6] = [
    (Key::params, &["Params"], &[""]),
    (
        Key::tokens,
        &["Training Data", "Params"],
        &["token", "Token"],
    ),
    (Key::compute_flop, &["Training petaFLOPs"], &[""]),
    (
        Key::hardware,
        &["Training Time", "Training Cost"],
        &["hour", "day"],
    ),
    (Key::cost_usd, &["Training Cost"], &["$"]),
    (Key::energy_mwh, &["Training Power Consumption"], &[""]),
];

/// Whether an entry of the list prints a figure: a source then is where the list has it from. Other
/// values with a source are additions to the list.
pub(crate) fn prints(listed: &Map, key: Key) -> bool {
    let figures = FIGURES.iter().filter(|(own, ..)| *own == key);
    let mut texts = figures.flat_map(|(_, texts, parts)| {
        let printed = texts.iter().filter_map(|text| listed.get(*text)?.as_str());
        printed.map(move |text| parts.iter().any(|part| text.contains(part)))
    });
    texts.any(|found| found)
}

/// Whether a paper that the list links counts as the source of a figure. What a run cost is often
/// printed after others.
pub(crate) fn is_of_paper(key: Key) -> bool {
    ![Key::compute_flop, Key::cost_usd, Key::energy_mwh].contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legend_has_the_marks_that_occur() {
        let mut marks = Marks::default();
        assert!(marks.message().is_none());
        marks.add(Mark::Derived);
        marks.add(Mark::Corrected);
        assert_eq!((marks.signs().as_str(), marks.count()), ("*‡", 2));
        assert_eq!(marks.legend().as_deref(), Some("* corrected, ‡ derived"));
        assert!(!marks.legend().unwrap_or_default().contains('†'));
    }
}

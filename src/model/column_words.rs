//! The words of a model in a column, which conditions look for.

use crate::model::column::{Column, Vocabulary};
use crate::model::object::Text;
use crate::model::value::{Kind, Value};
use crate::model::{Key, Keys, Model, license};

impl Column {
    /// Whether one of the model's words in this column is one that is looked for; nothing if it has
    /// none.
    ///
    /// A field matches a section, a tag, or a whole part of a tag.
    pub fn any_word(&self, model: &Model<'_>, mut is: impl FnMut(&str) -> bool) -> Option<bool> {
        let has_parts = matches!(self.vocabulary, Vocabulary::Wide(_) | Vocabulary::Parts);
        let mut is_section = |section: &str| is(section);
        if self
            .sections(model)
            .iter()
            .any(|section| is_section(section))
        {
            return Some(true);
        }
        let class = self.license_class(model);
        if class.is_some_and(&mut is) {
            return Some(true);
        }
        self.find_word(model, |own| {
            is(own) || has_parts && own.split(['-', ' ']).any(&mut is)
        })
    }

    /// The keys of a model that a test for words in this column reads.
    pub fn word_needs(&self) -> Keys {
        match self.vocabulary {
            Vocabulary::Licenses => self.needs.union(Keys::of(&[Key::access])),
            _ => self.needs,
        }
    }

    /// The model's words in this column.
    pub fn words(&self, model: &Model<'_>) -> Vec<String> {
        let sections = self.sections(model).iter();
        let mut words: Vec<String> = sections.map(|section| section.to_string()).collect();
        words.extend(self.license_class(model).map(str::to_owned));
        self.find_word(model, |word| {
            words.push(word.to_owned());
            false
        });
        words
    }

    /// The model's value for people, its unit with it.
    pub fn words_of(&self, model: &Model<'_>) -> String {
        let kind = self.heading.kind;
        let text = self.value(model).human(kind).into_owned();
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

    /// The sections that are words of this column.
    fn sections<'m>(&self, model: &'m Model<'_>) -> &'m [Text<'m>] {
        match self.vocabulary {
            Vocabulary::Wide(_) => &model.sections,
            _ => &[],
        }
    }

    /// The class of the model's license, if it is a word of this column.
    fn license_class(&self, model: &Model<'_>) -> Option<&'static str> {
        match self.vocabulary {
            Vocabulary::Licenses => license::class(model.license.as_deref(), model.access),
            _ => None,
        }
    }

    /// Whether one of the model's words but its sections is one that is looked for; nothing if it
    /// has none.
    fn find_word(&self, model: &Model<'_>, mut is: impl FnMut(&str) -> bool) -> Option<bool> {
        let value = self.value(model);
        if let Some(tags) = value.tags().filter(|tags| !tags.is_empty()) {
            let found = tags.into_iter().any(is);
            // A chip that is not stated may be any.
            return (found || !value.has_gaps()).then_some(found);
        }
        match value {
            Value::Flag(flag) => Some(is(if flag { "true" } else { "false" })),
            Value::Text(text) => Some(is(&text)),
            Value::Hardware(list) => {
                let mut chips = list.iter().map(|hardware| hardware.chip.as_deref());
                let found = chips.clone().flatten().any(is);
                // A chip that is not stated may be any.
                (found || !list.is_empty() && chips.all(|chip| chip.is_some())).then_some(found)
            }
            _ => (!self.sections(model).is_empty()).then_some(false),
        }
    }
}

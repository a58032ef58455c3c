//! Groups: models that have a value in common.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::column::ColumnRef;
use crate::gather::Gather;
use crate::model::Model;
use crate::value::{Value, by_letters};

/// Models that have one value in common, and what was made of them.
#[derive(Debug)]
pub struct Group<T> {
    /// The value.
    pub value: Value<'static>,
    /// How many have it.
    pub count: usize,
    /// What was made of them.
    pub made: T,
}

/// Groups, each by its value as machines have it.
#[derive(Debug)]
pub struct Groups<T>(BTreeMap<String, Group<T>>);

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Groups(BTreeMap::new())
    }
}

impl<T: Default> Groups<T> {
    /// Adds a model to the group of each of its values in a column; `add` adds it to what was made
    /// of those before it.
    pub fn add(&mut self, by: ColumnRef, model: &Model<'_>, mut add: impl FnMut(&mut T)) {
        match (by.read)(model) {
            Value::Tags(tags) if !tags.is_empty() => {
                // A word that is written twice is one.
                let once = tags.iter().enumerate();
                for (_, tag) in once.filter(|(i, tag)| !tags[..*i].contains(tag)) {
                    add(self.of(&Value::from(&**tag)));
                }
            }
            value if value.is_missing() => add(self.of(&Value::Missing)),
            value => add(self.of(&value)),
        }
    }

    /// Adds a model to the one group that there is.
    pub fn add_to_all(&mut self, add: impl FnOnce(&mut T)) {
        add(self.of(&Value::Missing));
    }

    /// What was made of the group of a value, one model more in it.
    fn of(&mut self, value: &Value<'_>) -> &mut T {
        let key = value.exact();
        if !self.0.contains_key(&*key) {
            let value = match value {
                Value::Missing => Value::Missing,
                Value::Number(number) => Value::Number(*number),
                Value::Month(month) => Value::Month(*month),
                value => Value::Text(Cow::Owned(value.exact().into_owned())),
            };
            let made = T::default();
            let count = 0;
            let group = Group { value, count, made };
            self.0.insert(key.clone().into_owned(), group);
        }
        let group = self.0.get_mut(&*key).expect("it was just put there");
        group.count += 1;
        &mut group.made
    }

    /// The groups: years and months from the latest, words from the most used; models without a
    /// value last.
    pub fn in_order(self, by: ColumnRef) -> Vec<Group<T>> {
        let mut groups: Vec<Group<T>> = self.0.into_values().collect();
        groups.sort_by(|a, b| {
            let missing = a.value.is_missing().cmp(&b.value.is_missing());
            missing.then_with(|| match by.heading.kind.descends() {
                true => b.value.order(&a.value),
                false => b
                    .count
                    .cmp(&a.count)
                    .then_with(|| by_letters(&a.value.exact(), &b.value.exact())),
            })
        });
        groups
    }
}

impl<T: Gather> Gather for Groups<T> {
    fn append(&mut self, later: Self) {
        for (key, group) in later.0 {
            match self.0.get_mut(&key) {
                Some(own) => {
                    own.count += group.count;
                    own.made.append(group.made);
                }
                None => {
                    self.0.insert(key, group);
                }
            }
        }
    }
}

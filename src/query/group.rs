//! Groups: models that have a value in common.

use crate::catalog::gather::Gather;
use crate::model::Model;
use crate::model::column::ColumnRef;
use crate::model::value::{Value, by_letters};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Models that have one value in common, and what was made of them.
#[derive(Debug)]
pub(crate) struct Group<T> {
    /// The value.
    pub value: Value<'static>,
    /// How many have it.
    pub count: usize,
    /// What was made of them.
    pub made: T,
}

/// Groups, found by their values as machines have them.
#[derive(Debug)]
pub(crate) struct Groups<T> {
    groups: Vec<Group<T>>,
    /// Where the group of each value stands.
    places: HashMap<String, usize>,
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        Groups {
            groups: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Default> Groups<T> {
    /// Adds a model to the group of each of its values in a column; `add` adds it to what was made
    /// of those before it.
    pub(crate) fn add(&mut self, by: ColumnRef, model: &Model<'_>, mut add: impl FnMut(&mut T)) {
        match (by.read)(model) {
            Value::Tags([one]) => add(self.of(&Value::from(&**one))),
            Value::Tags(tags) if !tags.is_empty() => {
                // A word that is written twice is one.
                let mut seen = HashSet::new();
                for tag in tags.iter().filter(|tag| seen.insert(&***tag)) {
                    add(self.of(&Value::from(&**tag)));
                }
            }
            value if value.is_missing() => add(self.of(&Value::Missing)),
            value => add(self.of(&value)),
        }
    }

    /// Adds a model to the one group that there is.
    pub(crate) fn add_to_all(&mut self, add: impl FnOnce(&mut T)) {
        add(self.of(&Value::Missing));
    }

    /// What was made of the group of a value, one model more in it.
    fn of(&mut self, value: &Value<'_>) -> &mut T {
        let key = value.exact();
        let place = match self.places.get(&*key) {
            Some(place) => *place,
            None => self.begin(Group {
                value: match value {
                    Value::Missing => Value::Missing,
                    Value::Number(number) => Value::Number(*number),
                    Value::Month(month) => Value::Month(*month),
                    _ => Value::Text(Cow::Owned(key.into_owned())),
                },
                count: 0,
                made: T::default(),
            }),
        };
        let group = &mut self.groups[place];
        group.count += 1;
        &mut group.made
    }

    /// The groups: years and months from the latest, words from the most used; models without a
    /// value last.
    pub(crate) fn in_order(self, by: ColumnRef) -> Vec<Group<T>> {
        let mut groups = self.groups;
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

impl<T> Groups<T> {
    /// Adds a group of a value that none has; where it stands.
    fn begin(&mut self, group: Group<T>) -> usize {
        let (key, place) = (group.value.exact().into_owned(), self.groups.len());
        self.places.insert(key, place);
        self.groups.push(group);
        place
    }
}

impl<T: Gather> Gather for Groups<T> {
    fn append(&mut self, later: Self) {
        for group in later.groups {
            match self.places.get(&*group.value.exact()) {
                Some(place) => {
                    let own = &mut self.groups[*place];
                    own.count += group.count;
                    own.made.append(group.made);
                }
                None => {
                    self.begin(group);
                }
            }
        }
    }
}

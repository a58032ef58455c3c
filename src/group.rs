//! Groups: models that have a value in common.

use std::collections::BTreeMap;

use crate::column::ColumnRef;
use crate::model::Model;
use crate::value::{Value, by_letters};

/// Models that have one value in common.
#[derive(Debug)]
pub struct Group<'m> {
    /// The value.
    pub value: Value<'m>,
    /// Those that have it.
    pub models: Vec<&'m Model<'m>>,
}

impl<'m> Group<'m> {
    /// The models of each value of a column; one that has several is in the group of each.
    ///
    /// Years and months come from the latest, words from the most used; models without a value
    /// last.
    pub fn all(by: ColumnRef, models: &'m [Model<'m>]) -> Vec<Group<'m>> {
        let mut groups: BTreeMap<String, Group<'m>> = BTreeMap::new();
        let mut add = |value: Value<'m>, model: &'m Model<'m>| {
            let group = groups.entry(value.exact().into_owned());
            let group = group.or_insert_with(|| Group {
                value,
                models: Vec::new(),
            });
            group.models.push(model);
        };
        for model in models {
            match (by.read)(model) {
                Value::Tags(tags) if !tags.is_empty() => {
                    tags.iter().for_each(|tag| add(Value::from(&**tag), model));
                }
                value if value.is_missing() => add(Value::Missing, model),
                value => add(value, model),
            }
        }
        let mut groups: Vec<Group<'m>> = groups.into_values().collect();
        groups.sort_by(|a, b| {
            let missing = a.value.is_missing().cmp(&b.value.is_missing());
            missing.then_with(|| match by.heading.kind.descends() {
                true => b.value.order(&a.value),
                false => b
                    .models
                    .len()
                    .cmp(&a.models.len())
                    .then_with(|| by_letters(&a.value.exact(), &b.value.exact())),
            })
        });
        groups
    }
}

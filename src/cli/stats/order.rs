//! The order of groups.

use super::figures::{STATISTICS, Tally};
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::name::{NormalizedName, did_you_mean};
use crate::model::value::Value;
use crate::query::group::Group;
use crate::text::quoted;
use std::cmp::Ordering;

/// What groups are sorted by, most significant first, and whether the largest come first.
pub(super) struct GroupOrder<'a> {
    keys: Vec<(GroupKey, bool)>,
    of: &'a [ColumnRef],
    /// Whether groups without a key of their order are reversed.
    reverse: bool,
}

#[derive(Debug, Clone, Copy)]
enum GroupKey {
    Count,
    Value,
    /// The number of a figure, and of its statistic.
    Statistic(usize, usize),
}

impl<'a> GroupOrder<'a> {
    /// Reads the keys of `--sort`.
    pub(super) fn parse(
        typed: &[String],
        reverse: bool,
        (by, aliases): (Heading<'_>, &[&str]),
        of: &'a [ColumnRef],
    ) -> Result<GroupOrder<'a>, Error> {
        let descends = by.kind.descends();
        let mut names = vec![
            ("count".to_owned(), GroupKey::Count),
            (by.key.to_owned(), GroupKey::Value),
        ];
        // What else is understood.
        let mut others = Vec::from(["models", "share"].map(|name| (name.to_owned(), GroupKey::Count)));
        let aliases = aliases.iter();
        others.extend(aliases.map(|name| ((*name).to_owned(), GroupKey::Value)));
        for (index, column) in of.iter().enumerate() {
            for (which, statistic) in STATISTICS.iter().enumerate() {
                if statistic.key == "sum" && !column.is_additive() {
                    continue;
                }
                let key = GroupKey::Statistic(index, which);
                if index == 0 {
                    names.push((statistic.title.to_owned(), key));
                }
                others.push((format!("{}_{}", column.heading.key, statistic.key), key));
            }
        }
        let valid = names.len();
        names.extend(others);
        let parse = |text: &String| {
            let (name, direction) = match text.split_once(':') {
                Some((name, direction)) => (name.trim(), direction.trim()),
                None => (text.trim(), ""),
            };
            let typed = NormalizedName::new(name);
            let found = names.iter().find(|(own, _)| typed.is(own));
            let Some((_, key)) = found else {
                let hint = did_you_mean(name, names.iter().map(|(name, _)| &**name));
                let valid = names[..valid].iter().map(|(name, _)| &**name);
                return Err(match &*hint {
                    "" => format!("unknown sort key `{name}`; expected {}", quoted(valid)),
                    hint => format!("unknown sort key `{name}`{hint}"),
                });
            };
            let descending = match (&*direction.to_ascii_lowercase(), key) {
                ("", GroupKey::Value) => descends,
                ("", _) | ("desc", _) => true,
                ("asc", _) => false,
                (other, _) => {
                    return Err(format!(
                        "unknown direction `{other}`; expected `asc` or `desc`"
                    ));
                }
            };
            Ok((*key, descending ^ reverse))
        };
        let keys = typed.iter().map(parse).collect::<Result<Vec<_>, _>>();
        Ok(GroupOrder {
            keys: keys.map_err(Error::Misuse)?,
            of,
            reverse,
        })
    }

    /// Whether no key is given.
    pub(super) fn is_usual(&self) -> bool {
        self.keys.is_empty()
    }

    /// The groups in order; those without a value stay last, and so do those whose statistic is
    /// missing among the others. Ties stay as they were.
    pub(super) fn sorted(&self, mut groups: Vec<Group<Tally>>) -> Vec<Group<Tally>> {
        if self.is_usual() {
            if self.reverse {
                groups.reverse();
                groups.sort_by_key(|group| group.value.is_missing());
            }
            return groups;
        }
        let values = |group: &Group<Tally>| -> Vec<Value<'static>> {
            let keys = self.keys.iter();
            keys.map(|(key, _)| self.value(*key, group)).collect()
        };
        let groups = groups.into_iter().map(|group| (values(&group), group));
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by(|(values, group), (others, other)| {
            let is_stated = group.value.is_missing().cmp(&other.value.is_missing());
            let pairs = values.iter().zip(others).zip(&self.keys);
            let orders = pairs.map(|((value, other), (_, descending))| {
                let is_known = value.is_missing().cmp(&other.is_missing());
                is_known.then_with(|| match descending {
                    true => other.order(value),
                    false => value.order(other),
                })
            });
            orders.fold(is_stated, Ordering::then)
        });
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn value(&self, key: GroupKey, group: &Group<Tally>) -> Value<'static> {
        match key {
            GroupKey::Count => Value::Number(group.count as f64),
            GroupKey::Value => group.value.clone(),
            GroupKey::Statistic(index, which) => {
                group.result.figures.statistic(self.of, index, which)
            }
        }
    }
}

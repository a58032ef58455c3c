//! The order of groups.

use super::figures::{STATISTICS, Tally};
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::name::{NormalizedName, did_you_mean};
use crate::model::value::{Kind, Value};
use crate::output::sql::Dialect;
use crate::query::direction;
use crate::query::group::Group;
use crate::text::quoted;
use std::cmp::Ordering;

/// What groups are sorted by, most significant first, and whether the largest come first. A key is
/// an index into the row of a group: its count, its value, the statistics of each figure.
pub(super) struct GroupOrder<'a> {
    keys: Vec<(usize, bool)>,
    of: &'a [ColumnRef],
    /// Whether the default order is reversed, where no key is given.
    reverse: bool,
}

const COUNT: usize = 0;
const VALUE: usize = 1;
const FIGURES: usize = 2;

impl<'a> GroupOrder<'a> {
    /// Reads the keys of `--sort`.
    pub(super) fn parse(
        typed: &[String],
        reverse: bool,
        (by, aliases): (Heading<'_>, &[&str]),
        of: &'a [ColumnRef],
    ) -> Result<GroupOrder<'a>, Error> {
        let mut names = vec![("count".to_owned(), COUNT), (by.key.to_owned(), VALUE)];
        // What else is understood.
        let mut others = Vec::from(["models", "share"].map(|name| (name.to_owned(), COUNT)));
        others.extend(aliases.iter().map(|name| ((*name).to_owned(), VALUE)));
        for (index, column) in of.iter().enumerate() {
            for (which, statistic) in STATISTICS.iter().enumerate() {
                if statistic.key == "sum" && !column.is_additive() {
                    continue;
                }
                let key = FIGURES + index * STATISTICS.len() + which;
                if index == 0 {
                    names.push((statistic.title.to_owned(), key));
                }
                others.push((format!("{}_{}", column.heading.key, statistic.key), key));
            }
        }
        let valid = names.len();
        names.extend(others);
        let parse = |text: &String| {
            let (name, direction) = direction(text)?;
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
            let usual = *key != VALUE || by.kind.descends();
            Ok((*key, direction.unwrap_or(usual) ^ reverse))
        };
        let keys = typed.iter().map(parse).collect::<Result<Vec<_>, _>>();
        Ok(GroupOrder {
            keys: keys.map_err(Error::Misuse)?,
            of,
            reverse,
        })
    }

    /// The keys that are given, as SQL sorts by them; `value` is the group's, of this kind.
    pub(super) fn in_sql(&self, dialect: Dialect, (value, kind): (&str, Kind)) -> Vec<String> {
        let keys = self.keys.iter().flat_map(|(key, descending)| {
            let (key, kind) = match key.checked_sub(FIGURES) {
                None if *key == COUNT => ("models".to_owned(), Kind::Number),
                None => (value.to_owned(), kind),
                Some(index) => {
                    let column = self.of[index / STATISTICS.len()].heading.key;
                    let statistic = STATISTICS[index % STATISTICS.len()].key;
                    (dialect.name(&format!("{column}_{statistic}")), Kind::Number)
                }
            };
            dialect.sorted(&key, kind, *descending)
        });
        keys.collect()
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
        let groups = groups.into_iter().map(|group| {
            let mut row = vec![Value::Number(group.count as f64), group.value.clone()];
            row.extend(group.result.figures.values(self.of));
            (row, group)
        });
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by(|(row, _), (other, _)| {
            let is_stated = row[VALUE].is_missing().cmp(&other[VALUE].is_missing());
            let orders = self.keys.iter().map(|(key, descending)| {
                let (value, other) = (&row[*key], &other[*key]);
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
}

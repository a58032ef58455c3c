//! The columns of a cross table: the values of its second key.

use super::figures::{Figures, Tally};
use crate::catalog::parallel::Merge;
use crate::model::column::ColumnRef;
use crate::model::value::Value;
use crate::query::group::{Groups, values};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The values of the second key.
pub(super) struct CrossColumns {
    pub by: ColumnRef,
    /// What is stated, in order.
    pub values: Vec<Value<'static>>,
    /// The index of each.
    places: HashMap<String, usize>,
    /// Whether some model has no value.
    is_missing: bool,
}

/// The models of a row and a column.
#[derive(Default)]
pub(super) struct Cell {
    pub count: usize,
    pub figures: Figures,
}

/// The column of a cell. What is not named is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CrossColumn {
    Named(usize),
    Others,
    NotStated,
}

impl CrossColumns {
    pub(super) fn new(by: ColumnRef, groups: Groups<()>) -> CrossColumns {
        let values = groups.in_order(by).into_iter().map(|group| group.value);
        let (values, missing): (Vec<_>, Vec<_>) = values.partition(|value| !value.is_missing());
        let places = values.iter().map(|value| value.exact().into_owned());
        CrossColumns {
            by,
            places: places.zip(0..).collect(),
            is_missing: !missing.is_empty(),
            values,
        }
    }

    /// How many values have a column of their own among at most so many columns.
    pub(super) fn own_columns(&self, most: usize) -> usize {
        match self.values.len() <= most {
            true => self.values.len(),
            false => most - 1,
        }
    }

    /// The columns where so many values have their own.
    pub(super) fn places(&self, named: usize) -> Vec<CrossColumn> {
        let mut places: Vec<CrossColumn> = (0..named).map(CrossColumn::Named).collect();
        places.extend((named < self.values.len()).then_some(CrossColumn::Others));
        places.extend(self.is_missing.then_some(CrossColumn::NotStated));
        places
    }

    /// The titles of these columns.
    pub(super) fn titles(&self, named: usize) -> Vec<String> {
        let places = self.places(named).into_iter();
        let title = |place| match place {
            CrossColumn::Named(index) => {
                self.values[index].human(self.by.heading.kind).into_owned()
            }
            CrossColumn::Others => "others".to_owned(),
            CrossColumn::NotStated => "not stated".to_owned(),
        };
        places.map(title).collect()
    }

    /// The cells of a row that have models; a model counts once in each.
    pub(super) fn cells(&self, row: &Tally, named: usize) -> BTreeMap<CrossColumn, Cell> {
        let mut cells: BTreeMap<CrossColumn, Cell> = BTreeMap::new();
        for group in row.cells.iter() {
            let values = values(&group.value);
            let places = values
                .iter()
                .map(|value| match self.places.get(&*value.exact()) {
                    Some(place) if *place < named => CrossColumn::Named(*place),
                    Some(_) => CrossColumn::Others,
                    None => CrossColumn::NotStated,
                });
            for place in places.collect::<BTreeSet<CrossColumn>>() {
                let cell = cells.entry(place).or_default();
                cell.count += group.count;
                cell.figures.merge(group.result.clone());
            }
        }
        cells
    }
}

//! The table of groups of one key.

use super::figures::{Names, Tally, columns};
use crate::model::column::ColumnRef;
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::output::{Charset, ReportPart, SheetColumn, bar};
use crate::query::group::Group;

/// Width of the bar of the largest group.
const BAR: usize = 16;

/// The models of each value of a key, their share of `models`, and their figures.
pub(super) fn sheet<'v>(
    by: Heading<'v>,
    named: &'v [(ColumnRef, Names)],
    (groups, models): (&'v [Group<Tally>], usize),
    charset: Charset,
) -> ReportPart<'v> {
    let largest = groups.iter().map(|group| group.count).max().unwrap_or(0);
    let of: Vec<ColumnRef> = named.iter().map(|(column, _)| *column).collect();
    let mut sheet = vec![
        name_of_groups(by),
        Heading::new("models", "Models", Kind::Number, 0).into(),
        Heading::new("share", "Share", Kind::Number, 2).into(),
        SheetColumn::bar("bar", 6),
    ];
    sheet.extend(columns(named));
    let rows = groups.iter().map(|group| {
        let length = group.count as f64 / largest.max(1) as f64;
        let mut row = vec![
            label(&group.value),
            Value::Number(group.count as f64),
            share(group.count, models),
            Value::Text(bar(length, BAR, charset).into()),
        ];
        row.extend(group.result.figures.values(&of));
        row
    });
    let rows: Vec<_> = rows.collect();
    ReportPart::sheet(sheet, rows)
}

/// The column of the values of a key. Its words are cut when no other column can be dropped.
pub(super) fn name_of_groups(by: Heading<'_>) -> SheetColumn<'_> {
    SheetColumn::from(Heading {
        kind: match by.kind {
            Kind::Word | Kind::Tags => Kind::Sentence,
            kind => kind,
        },
        drop_order: 0,
        ..by
    })
}

/// The value of a group, which may be that none is stated.
pub(super) fn label<'v>(value: &'v Value<'v>) -> Value<'v> {
    match value.is_missing() {
        true => Value::shown("not stated", Value::Missing),
        false => value.clone(),
    }
}

/// A part of so many models.
pub(super) fn share(count: usize, of: usize) -> Value<'static> {
    let share = count as f64 / of.max(1) as f64;
    Value::shown(percent(share), Value::Number(share))
}

/// A share in percent; what is not nothing or all does not read as if it was.
pub(super) fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "<1 %".to_owned(),
        100.0 if share < 1.0 => ">99 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_is_not_none_and_most_is_not_all() {
        let percents = [0.0, 0.002, 0.5, 0.997, 1.0].map(percent);
        assert_eq!(percents, ["0 %", "<1 %", "50 %", ">99 %", "100 %"]);
    }
}

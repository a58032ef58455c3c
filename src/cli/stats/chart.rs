//! Groups as bars: over time, or one for each word; stacked by the second key.

use super::columns::{CrossColumn, CrossColumns};
use super::figures::{Tally, label};
use super::grouping::Grouping;
use crate::chart::{Bar, BarChart, BarSeries, ChartKind, Colour, Drawing, PANELS, SERIES};
use crate::cli::picture::colour;
use crate::model::figure::grouped;
use crate::model::value::{Kind, Value};
use crate::query::group::Group;

/// How many bars of words are drawn, and how many in each of several panels.
const ROWS: usize = 40;
const PANEL_ROWS: usize = 10;

/// The bars of groups, and what is around them.
pub(super) fn chart(grouping: &Grouping<'_>, subject: &str, footer: Vec<String>) -> Drawing {
    let by = grouping.query.by;
    let columns = grouping.columns.as_ref();
    // What is too much for colours has panels.
    let named = columns.map_or(0, |columns| match columns.values.len() <= SERIES {
        true => SERIES,
        false => columns.own_columns(PANELS - 1),
    });
    let series = columns.map(|columns| series(columns, named.min(columns.values.len())));
    let counts = |group: &Group<Tally>| match (columns, &series) {
        (Some(columns), Some(series)) => {
            let cells = columns.cells(&group.result, named);
            let count = |place| cells.get(place).map_or(0, |cell| cell.count);
            series.iter().map(|(place, _)| count(place)).collect()
        }
        _ => vec![group.count],
    };
    let bar = |group: &Group<Tally>| Bar {
        label: label(&group.value).human(by.heading.kind).into_owned(),
        counts: counts(group),
        total: group.count,
    };
    let step = time_step(grouping);
    let (first, bars, missing) = match step {
        Some(_) => {
            let (first, bars) = over_time(&grouping.groups, bar);
            let mut groups = grouping.groups.iter();
            let undated = groups.find(|group| group.value.is_missing());
            (
                first,
                bars,
                undated.map(|group| (group.count, "models without a date")),
            )
        }
        None => {
            let most = match columns.is_some_and(|columns| columns.values.len() > SERIES) {
                true => PANEL_ROWS,
                false => ROWS,
            };
            let mut groups: Vec<&Group<Tally>> = grouping.groups.iter().collect();
            let more = groups.len().saturating_sub(most);
            if more > 0 {
                // Those without a value may be the most.
                let missing = groups.pop_if(|group| group.value.is_missing());
                groups.truncate(most - usize::from(missing.is_some()));
                groups.extend(missing);
            }
            let bars = groups.into_iter().map(bar).collect();
            (0, bars, (more > 0).then_some((more, "more groups")))
        }
    };
    let missing =
        missing.map(|(count, what)| format!("{} {what} are not shown.", grouped(count as f64)));
    let series = match series {
        Some(series) => series.into_iter().map(|(_, own)| own).collect(),
        None => vec![BarSeries {
            name: "models".to_owned(),
            colour: Colour::Series(0),
        }],
    };
    let keys = match grouping.query.second {
        None => by.in_title(),
        Some(second) => format!("{} and {}", by.in_title(), second.in_title()),
    };
    let models = match grouping.query.families {
        true => "families and unrelated models among ",
        false => "",
    };
    let of = grouping
        .query
        .of
        .iter()
        .filter(|_| grouping.query.is_of_asked);
    let of = of.map(|figure| format!("Bars count models; {} is not drawn.", figure.in_title()));
    let counted = format!("Number of {}", what(grouping));
    Drawing {
        title: finding(grouping, &counted, &keys),
        subtitle: format!(
            "{} {models}{subject}, by {keys}.",
            grouped(grouping.models as f64)
        ),
        chart: ChartKind::Bars(BarChart {
            counted,
            time: step.map(|step| (first * step, step)),
            bars,
            series,
        }),
        notes: missing.into_iter().chain(of).collect(),
        footer,
    }
}

/// What is counted.
fn what(grouping: &Grouping<'_>) -> &'static str {
    match grouping.query.families {
        true => "families and unrelated models",
        false => "models",
    }
}

/// What the bars show, in a sentence: the largest group of those that are stated.
fn finding(grouping: &Grouping<'_>, counted: &str, keys: &str) -> String {
    let groups = grouping.groups.iter();
    let stated = groups.filter(|group| !group.value.is_missing());
    let most = stated.clone().map(|group| group.count).max().unwrap_or(0);
    let largest: Vec<_> = stated.filter(|group| group.count == most).collect();
    let kind = grouping.query.by.heading.kind;
    let name = |group: &Group<Tally>| match group.value {
        Value::Month(month) => month.words(),
        _ => group.value.human(kind).into_owned(),
    };
    let what = what(grouping);
    let of = format!(
        "{} of {}",
        grouped(most as f64),
        grouped(grouping.models as f64)
    );
    match &*largest {
        // Of a part of the groups, the largest may be missing.
        _ if !grouping.is_unbroken => format!("{counted} by {keys}"),
        [group] => format!("{} has the most {what}: {of}", name(group)),
        [first, last] => format!(
            "{} and {} have the most {what}: {of} each",
            name(first),
            name(last)
        ),
        _ => format!("{counted} by {keys}"),
    }
}

/// The first year or month, and a bar for each from there to the last.
fn over_time(groups: &[Group<Tally>], bar: impl Fn(&Group<Tally>) -> Bar) -> (i32, Vec<Bar>) {
    let dated = groups.iter().filter_map(|group| {
        let number = group.value.scale()? as i32;
        Some((number, bar(group)))
    });
    let mut dated: Vec<(i32, Bar)> = dated.collect();
    dated.sort_by_key(|(number, _)| *number);
    let first = dated.first().map_or(0, |(number, _)| *number);
    let mut bars: Vec<Bar> = Vec::new();
    for (number, bar) in dated {
        bars.resize((number - first) as usize, Bar::default());
        bars.push(bar);
    }
    (first, bars)
}

/// The months of a bar, if the key is one of time and all groups between two are there.
fn time_step(grouping: &Grouping<'_>) -> Option<i32> {
    let heading = grouping.query.by.heading;
    match (heading.kind, heading.key) {
        _ if !grouping.is_unbroken => None,
        (Kind::Month, _) => Some(1),
        (_, "year") => Some(12),
        _ => None,
    }
}

/// The series of the second key, and the column of each.
fn series(columns: &CrossColumns, named: usize) -> Vec<(CrossColumn, BarSeries)> {
    let places = columns.places(named).into_iter();
    let series = places.zip(columns.titles(named)).map(|(place, name)| {
        let colour = match place {
            CrossColumn::Named(index) => colour(columns.by, &name, index),
            CrossColumn::Others | CrossColumn::NotStated => Colour::Rest,
        };
        (place, BarSeries { name, colour })
    });
    series.collect()
}

//! Sizes, scales and ticks of a chart.

use crate::model::month::Month;
use crate::model::value::{Kind, Value};
use crate::output::Charset;
use crate::text::width;
use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::style::FontStyle;
use std::ops::Range;

/// What a chart is drawn on, in dots: a terminal, whose cells have 2 by 4, or a page that is
/// scaled as a whole.
#[derive(Clone, Copy)]
pub(super) struct Medium {
    /// The characters of a terminal; none on a page.
    pub charset: Option<Charset>,
    pub width: i32,
    /// The height of the axis of figures.
    pub depth: i32,
    /// The room left free at each edge.
    pub margin: i32,
    /// The dots that text and marks take as a whole.
    pub cell: (i32, i32),
    /// How far a mark reaches from its centre.
    pub reach: i32,
    pub title: Font,
    pub text: Font,
}

/// The size of text.
#[derive(Clone, Copy)]
pub(super) struct Font {
    pub size: i32,
    /// The height of a line.
    pub line: i32,
    /// The width of a column; on a page no less than that of most letters in most fonts.
    pub column: i32,
    pub style: FontStyle,
}

/// What an axis shows.
pub(super) struct Scale<T> {
    pub range: Range<T>,
    pub ticks: Vec<T>,
}

/// The text of a page's footer.
pub(super) const SMALL: Font = Font::new(14, 19, 8, FontStyle::Normal);
/// The least and most lines of a terminal between its axes.
const ROWS: (i32, i32) = (10, 24);
/// Months between two ticks.
const MONTHS: [i32; 11] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 6000, 24000];

impl Font {
    const fn new(size: i32, line: i32, column: i32, style: FontStyle) -> Font {
        Font {
            size,
            line,
            column,
            style,
        }
    }

    pub(super) fn width_of(self, text: &str) -> i32 {
        width(text) as i32 * self.column
    }
}

impl Medium {
    pub(super) const PAGE: Medium = Medium {
        charset: None,
        width: 960,
        depth: 420,
        margin: 18,
        cell: (1, 1),
        reach: 5,
        title: Font::new(21, 30, 13, FontStyle::Bold),
        text: Font::new(16, 22, 9, FontStyle::Normal),
    };

    /// The cells of a terminal of this many columns.
    pub(super) fn terminal(columns: usize, charset: Charset) -> Medium {
        Medium {
            charset: Some(charset),
            width: columns as i32 * 2,
            depth: (columns as i32 / 4).clamp(ROWS.0, ROWS.1) * 4,
            margin: 0,
            cell: (2, 4),
            reach: 0,
            title: Font::new(4, 4, 2, FontStyle::Bold),
            text: Font::new(4, 4, 2, FontStyle::Normal),
        }
    }

    pub(super) fn is_page(self) -> bool {
        self.charset.is_none()
    }

    /// The dots between a point and its name.
    pub(super) fn gap(self) -> i32 {
        self.text.column.min(4)
    }
}

/// The lowest and the highest of the values and a little more; where they are the same, `alone`
/// on each side.
fn range(values: impl Iterator<Item = f64>, alone: f64) -> Range<f64> {
    // A line through extreme figures may leave the range of numbers.
    let values = values.filter(|value| value.is_finite());
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    let (low, high) = values.fold(ends, |(low, high), value| (low.min(value), high.max(value)));
    let more = match high - low > 1e-6 {
        true => (high - low) * 0.05,
        false => alone,
    };
    low - more..high + more
}

impl Scale<f64> {
    /// A logarithmic scale. Its ticks are at 1, 2 and 5 times powers of ten, at powers of ten, or
    /// where the figures are close to each other at even steps.
    pub(super) fn figures(
        values: impl Iterator<Item = f64>,
        kind: Kind,
        most: usize,
    ) -> Scale<f64> {
        let even = |range: Range<f64>| RangedCoordf64::from(range).key_points(BoldPoints(most));
        let power = |log: f64| 10f64.powf(log).clamp(f64::MIN_POSITIVE, f64::MAX);
        let logs = range(values.map(f64::log10), 0.1);
        let range = power(logs.start)..power(logs.end);
        let fine = (logs.start.floor() as i32..=logs.end.floor() as i32)
            .flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(exponent)));
        let fine = fine.filter(|value| range.contains(value)).collect();
        let whole = even(logs)
            .into_iter()
            .filter(|log| (log - log.round()).abs() < 1e-6);
        let whole = whole.map(|log| power(log.round())).collect();
        let enough = |values: &Vec<f64>| (3..=most).contains(&values.len());
        let ticks = [fine, whole].into_iter().find(enough);
        let mut ticks = ticks.unwrap_or_else(|| even(range.clone()));
        ticks.dedup_by_key(|tick| figure_label(*tick, kind));
        Scale { range, ticks }
    }
}

impl Scale<i32> {
    /// A scale of months, with ticks at months or years, as close as the columns allow.
    pub(super) fn months(values: impl Iterator<Item = f64>, columns: i32) -> Scale<i32> {
        let range = range(values, 6.0);
        let range = range.start.floor() as i32..range.end.ceil() as i32;
        let fits = |step: &i32| {
            let label = if *step < 12 { "2000-01" } else { "2000" };
            range.len() * (label.len() + 2) <= *step as usize * columns as usize
        };
        let step = MONTHS.into_iter().find(fits).unwrap_or(i32::MAX);
        let ticks = (range.start..=range.end).filter(|month| month % step == 0);
        Scale {
            ticks: ticks.collect(),
            range,
        }
    }

    /// The label of a tick: its year where all are Januaries.
    pub(super) fn label(&self, tick: i32) -> String {
        let in_years = self.ticks.iter().all(|month| month % 12 == 0);
        match Month::at(tick) {
            Some(month) if in_years => month.year().to_string(),
            Some(month) => month.to_string(),
            None => String::new(),
        }
    }
}

/// The label of a tick.
pub(super) fn figure_label(tick: f64, kind: Kind) -> String {
    Value::Number(tick).human(kind).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::unit::Unit;

    #[track_caller]
    fn case(values: [f64; 2], unit: Unit, expected: &[&str]) {
        let kind = Kind::Quantity(unit);
        let ticks = Scale::figures(values.into_iter(), kind, 6)
            .ticks
            .into_iter();
        let labels: Vec<String> = ticks.map(|tick| figure_label(tick, kind)).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn figures_have_ticks_at_powers_of_ten() {
        case([9e16, 3e24], Unit::Flop, &["1e18", "1e20", "1e22", "1e24"]);
        case(
            [1e8, 2e12],
            Unit::Count,
            &["100M", "1B", "10B", "100B", "1T"],
        );
        case([3e9, 5e10], Unit::Count, &["5B", "10B", "20B", "50B"]);
        case(
            [1.71e9, 1.76e9],
            Unit::Count,
            &["1.71B", "1.72B", "1.73B", "1.74B", "1.75B", "1.76B"],
        );
        for extreme in [[5e-324, 5e-324], [5e-324, f64::MAX], [f64::MAX, f64::MAX]] {
            Scale::figures(extreme.into_iter(), Kind::Quantity(Unit::Count), 6);
        }
    }

    #[test]
    fn time_has_ticks_at_years_or_months() {
        let label = |months: [&str; 2]| {
            let month = |text: &str| f64::from(text.parse::<Month>().expect("a month").index());
            let scale = Scale::months(months.map(month).into_iter(), 60);
            let ticks = scale.ticks.iter();
            ticks.map(|tick| scale.label(*tick)).collect::<Vec<_>>()
        };
        let quarters = ["2018-07", "2018-10", "2019-01", "2019-04", "2019-07"];
        assert_eq!(label(["2018-06", "2019-08"]), quarters);
        assert_eq!(label(["1950-01", "2021-03"])[..2], ["1950", "1960"]);
    }
}

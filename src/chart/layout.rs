//! Sizes, scales and ticks of a chart, and places for the names of points.

use crate::model::month::Month;
use crate::model::value::{Kind, Value};
use crate::output::Charset;
use crate::text::width;
use plotters::coord::combinators::WithKeyPoints;
use plotters::coord::ranged1d::BoldPoints;
use plotters::coord::types::{RangedCoordf64, RangedCoordi32};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
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
    /// How far marks and those of named points reach from their centres.
    pub reach: [i32; 2],
    pub title: Font,
    pub text: Font,
}

/// A font: the height of letters, the width of a column (on a page, of most letters in most fonts)
/// and the weight.
#[derive(Clone, Copy)]
pub(super) struct Font(i32, i32, FontStyle);

/// The axis of time, in months of the calendar.
pub(super) type Months = WithKeyPoints<RangedCoordi32>;
/// The axis of a figure.
pub(super) type Figures = WithKeyPoints<LogCoord<f64>>;

/// The text of a page's footer.
pub(super) const SMALL: Font = Font(14, 8, FontStyle::Normal);
/// Sans-serif fonts that most systems have.
const FONTS: &str = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";
/// The least and most lines of a terminal between its axes.
const ROWS: (i32, i32) = (10, 24);
/// Months between two ticks.
pub(super) const MONTHS: [i32; 11] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 6000, 24000];

impl Font {
    /// The height of a line.
    pub(super) fn line(self) -> i32 {
        self.0 * 7 / 5
    }

    /// The width of a column.
    pub(super) fn column(self) -> i32 {
        self.1
    }

    pub(super) fn width_of(self, text: &str) -> i32 {
        width(text) as i32 * self.column()
    }

    /// The style for text around a dot.
    pub(super) fn style(self) -> TextStyle<'static> {
        // plotters takes the height of a letter for that of its box.
        let height = f64::from(self.0) * 1.24;
        let font = FontDesc::new(FontFamily::Name(FONTS), height, self.2);
        TextStyle::from(font).pos(Pos::new(HPos::Center, VPos::Center))
    }
}

impl Medium {
    pub(super) const PAGE: Medium = Medium {
        charset: None,
        width: 960,
        depth: 420,
        margin: 18,
        cell: (1, 1),
        reach: [5, 7],
        title: Font(21, 13, FontStyle::Bold),
        text: Font(16, 9, FontStyle::Normal),
    };

    /// The cells of a terminal of this many columns.
    pub(super) fn terminal(columns: usize, charset: Charset) -> Medium {
        Medium {
            charset: Some(charset),
            width: columns as i32 * 2,
            depth: (columns as i32 / 4).clamp(ROWS.0, ROWS.1) * 4,
            margin: 0,
            cell: (2, 4),
            reach: [0, 0],
            title: Font(3, 2, FontStyle::Bold),
            text: Font(3, 2, FontStyle::Normal),
        }
    }

    pub(super) fn is_page(self) -> bool {
        self.charset.is_none()
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

/// A logarithmic axis with ticks at 1, 2 and 5 times powers of ten, at powers of ten, or where the
/// figures are close to each other at even steps.
pub(super) fn figures(values: impl Iterator<Item = f64>, kind: Kind, most: usize) -> Figures {
    let even = |range: Range<f64>| RangedCoordf64::from(range).key_points(BoldPoints(most));
    let power = |log: f64| 10f64.powf(log).clamp(f64::MIN_POSITIVE, f64::MAX);
    let logs = range(values.map(f64::log10), 0.1);
    let range = power(logs.start)..power(logs.end);
    let fine = (logs.start.floor() as i32..=logs.end.floor() as i32)
        .flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(exponent)));
    let fine = fine.filter(|value| range.contains(value)).collect();
    let mut powers = even(logs);
    powers.retain(|log| (log - log.round()).abs() < 1e-6);
    let powers = powers.into_iter().map(|log| power(log.round())).collect();
    let enough = |values: &Vec<f64>| (3..=most).contains(&values.len());
    let ticks = [fine, powers].into_iter().find(enough);
    let mut ticks = ticks.unwrap_or_else(|| even(range.clone()));
    ticks.dedup_by_key(|tick| figure_label(*tick, kind));
    range.log_scale().with_key_points(ticks)
}

/// The label of a tick.
pub(super) fn figure_label(tick: f64, kind: Kind) -> String {
    Value::Number(tick).human(kind).into_owned()
}

/// An axis of time with ticks at months or years, as close as the columns allow.
pub(super) fn months(values: impl Iterator<Item = f64>, columns: i32) -> Months {
    let range = range(values, 6.0);
    let range = range.start.floor() as i32..range.end.ceil() as i32;
    let fits = |step: &i32| {
        // With the space between labels, into which the last may be moved.
        let label = if *step < 12 { 11 } else { 6 };
        (range.end - range.start) * label <= step * columns
    };
    let step = MONTHS.into_iter().find(fits).unwrap_or(i32::MAX);
    let ticks = (range.start..=range.end).filter(|month| month % step == 0);
    range.with_key_points(ticks.collect())
}

/// The label of a tick: its year where all ticks are Januaries.
pub(super) fn month_label(tick: i32, ticks: &[i32]) -> String {
    let in_years = ticks.iter().all(|month| month % 12 == 0);
    match Month::at(tick) {
        Some(month) if in_years => month.year().to_string(),
        Some(month) => month.to_string(),
        None => String::new(),
    }
}

/// A box: its columns and rows of dots.
pub(super) type Rect = (Range<i32>, Range<i32>);

/// What names must not touch, and the lines that they should not.
pub(super) struct Placement {
    pub medium: Medium,
    /// Where names may be.
    pub plot: Rect,
    /// The boxes of points and of names.
    pub taken: Vec<Rect>,
    /// Dots of lines.
    pub lines: Vec<(i32, i32)>,
}

impl Placement {
    /// Places a name of this width near the box of its point, if there is room.
    ///
    /// Returns the middle of the side that is anchored, which is the one nearest to the point.
    pub(super) fn place(&mut self, point: &Rect, width: i32) -> Option<((i32, i32), HPos)> {
        let (height, gap) = (self.medium.text.line(), self.medium.text.column().min(4));
        let ((left, right), (over, under)) = (
            (point.0.start, point.0.end),
            (point.1.start - height, point.1.end),
        );
        let column = self.medium.cell.0;
        let centre = (left + right - width).div_euclid(2 * column) * column;
        let beside = [(right + gap, HPos::Left), (left - gap - width, HPos::Right)];
        let aligned = [
            (centre, HPos::Center),
            (left, HPos::Left),
            (right - width, HPos::Right),
        ];
        let level = (over + under) / 2;
        // The place that reads best is the first.
        let mut places = vec![(level, &beside[..]), (over, &aligned), (under, &aligned)];
        // Corner to corner in cells, a name would seem to belong to a point in its line.
        if self.medium.is_page() {
            places.extend([(over, &beside[..]), (under, &beside)]);
        }
        let places = places.into_iter().flat_map(|(top, sides)| {
            sides
                .iter()
                .map(move |(left, side)| (*left..left + width, top..top + height, *side))
        });
        let free = places.filter(|(x, y, _)| {
            // A line is higher than its letters.
            let (wide, low) = (
                x.start - gap..x.end + gap,
                y.start + gap / 2..y.end - gap / 2,
            );
            let is_taken = |(a, b): &Rect| meet(a, &wide) && meet(b, &low);
            within(x, &self.plot.0) && within(y, &self.plot.1) && !self.taken.iter().any(is_taken)
        });
        let (x, y, side) = free.min_by_key(|(x, y, _)| {
            let covered = self
                .lines
                .iter()
                .filter(|dot| x.contains(&dot.0) && y.contains(&dot.1));
            covered.count()
        })?;
        let anchor = match side {
            HPos::Left => x.start,
            HPos::Center => i32::midpoint(x.start, x.end),
            HPos::Right => x.end,
        };
        let middle = i32::midpoint(y.start, y.end);
        self.taken.push((x, y));
        Some(((anchor, middle), side))
    }
}

fn meet(a: &Range<i32>, b: &Range<i32>) -> bool {
    a.start < b.end && b.start < a.end
}

fn within(inner: &Range<i32>, outer: &Range<i32>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::unit::Unit;

    #[track_caller]
    fn case(values: [f64; 2], unit: Unit, expected: &[&str]) {
        let kind = Kind::Quantity(unit);
        let axis = figures(values.into_iter(), kind, 6);
        let ticks = axis.bold_points().iter();
        let labels: Vec<String> = ticks.map(|tick| figure_label(*tick, kind)).collect();
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
            figures(extreme.into_iter(), Kind::Quantity(Unit::Count), 6);
        }
    }

    #[test]
    fn time_has_ticks_at_years_or_months() {
        let label = |months: [&str; 2]| {
            let month = |text: &str| f64::from(text.parse::<Month>().expect("a month").index());
            let axis = super::months(months.map(month).into_iter(), 60);
            let ticks = axis.bold_points().iter();
            ticks
                .map(|tick| month_label(*tick, axis.bold_points()))
                .collect::<Vec<_>>()
        };
        let quarters = ["2018-07", "2018-10", "2019-01", "2019-04", "2019-07"];
        assert_eq!(label(["2018-06", "2019-08"]), quarters);
        assert_eq!(label(["1950-01", "2021-03"])[..2], ["1950", "1960"]);
    }

    #[test]
    fn names_touch_nothing() {
        let points =
            [20, 24, 0].map(|left| (left..left + 2, if left == 0 { 0..4 } else { 20..24 }));
        let mut placement = Placement {
            medium: Medium::terminal(17, Charset::Unicode),
            plot: (0..34, 0..24),
            taken: points.to_vec(),
            lines: Vec::new(),
        };
        let places = points.map(|point| Some(placement.place(&point, 8)?.0));
        assert_eq!(places, [Some((18, 22)), Some((24, 18)), Some((4, 2))]);
    }
}

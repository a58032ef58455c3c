//! Places for the names of points, so that they cover nothing else.

use super::layout::Medium;
use plotters::style::text_anchor::HPos;
use std::ops::Range;

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
    use crate::output::Charset;

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

//! Places for the names of points.

use super::Colour;
use super::layout::{Medium, Sketch};
use super::scene::{Font, Item, Mark, Position, Rect, Side, Text};
use std::ops::Range;

/// What names must not touch.
pub(super) struct Placement {
    pub medium: Medium,
    pub font: Font,
    /// Where names may be.
    pub plot: Rect,
    /// The boxes of points and of names.
    pub taken: Vec<Rect>,
    /// Dots of lines.
    pub lines: Vec<Position>,
}

impl Sketch {
    /// Labels the point in a box where there is room.
    pub(super) fn label(
        &mut self,
        placement: &mut Placement,
        point: &Rect,
        (text, colour): (String, Colour),
    ) {
        let font = placement.font;
        if let Some((at, side)) = placement.place(point, font.width_of(&text)) {
            self.scene.push(Item::Text(Text {
                text,
                at,
                side,
                font,
                colour,
                has_halo: true,
            }));
        }
    }
}

impl Mark {
    /// The box that it takes: whole cells on a terminal.
    pub(super) fn rect(&self, medium: Medium) -> Rect {
        let radius = match medium.is_page() {
            true => self.radius.ceil() as i32,
            false => 0,
        };
        let around = |at: i32, cell: i32| {
            let start = (at - radius).div_euclid(cell) * cell;
            start..start + 2 * radius + cell
        };
        let ((x, y), (width, height)) = (self.at, medium.cell);
        (around(x, width), around(y, height))
    }
}

impl Placement {
    /// Places a name of this width near the box of its point, if there is room.
    ///
    /// Returns the middle of the side that is anchored, which is the one nearest to the point.
    pub(super) fn place(&mut self, point: &Rect, width: i32) -> Option<(Position, Side)> {
        let (height, gap) = (self.font.line(), self.font.column.min(4));
        let ((left, right), (over, under)) = (
            (point.0.start, point.0.end),
            (point.1.start - height, point.1.end),
        );
        let column = self.medium.cell.0;
        let centre = (left + right - width).div_euclid(2 * column) * column;
        let beside = [(right + gap, Side::Left), (left - gap - width, Side::Right)];
        let aligned = [
            (centre, Side::Middle),
            (left, Side::Left),
            (right - width, Side::Right),
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
        let (x, y, side) = places.into_iter().find(|(x, y, _)| {
            // A line is higher than its letters.
            let (wide, low) = (
                x.start - gap..x.end + gap,
                y.start + gap / 2..y.end - gap / 2,
            );
            let is_taken = |(a, b): &Rect| meet(a, &wide) && meet(b, &low);
            let is_crossed = |dot: &Position| wide.contains(&dot.0) && y.contains(&dot.1);
            within(x, &self.plot.0)
                && within(y, &self.plot.1)
                && !self.taken.iter().any(is_taken)
                && !self.lines.iter().any(is_crossed)
        })?;
        let anchor = match side {
            Side::Left => x.start,
            Side::Middle => i32::midpoint(x.start, x.end),
            Side::Right => x.end,
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
        let medium = Medium::terminal(17, Charset::Unicode);
        let mut placement = Placement {
            medium,
            font: medium.text,
            plot: (0..34, 0..24),
            taken: points.to_vec(),
            lines: Vec::new(),
        };
        let places = points
            .clone()
            .map(|point| Some(placement.place(&point, 8)?.0));
        assert_eq!(places, [Some((18, 22)), Some((24, 18)), Some((4, 2))]);

        placement.taken = points.to_vec();
        placement.lines = (0..34).map(|x| (x, 22)).collect();
        let [first, ..] = points.map(|point| placement.place(&point, 8));
        assert_ne!(first.map(|(at, _)| at.1), Some(22));
    }
}

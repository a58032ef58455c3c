//! Marks: a shape for each series, so that no fact is told by colour alone.

use super::draw::Drawn;
use crate::chart::Tint;
use crate::output::Letters;
use plotters::coord::Shift;
use plotters::prelude::{Circle, Color, DrawingArea, DrawingBackend, Polygon};

/// A shape: its characters, and its corners on a page around a centre, 100 to each side; a ring
/// or a disc where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    unicode: &'static str,
    ascii: &'static str,
    corners: &'static [(i32, i32)],
}

const MARKS: [Mark; 6] = [
    Mark::of("●", "o", &[]),
    Mark::of("▲", "^", &[(0, -130), (125, 90), (-125, 90)]),
    Mark::of("◆", "d", &[(0, -135), (135, 0), (0, 135), (-135, 0)]),
    Mark::of("■", "#", &[(-95, -95), (95, -95), (95, 95), (-95, 95)]),
    Mark::of("▼", "v", &[(0, 130), (125, -90), (-125, -90)]),
    Mark::of(
        "★",
        "*",
        &[
            (0, -150),
            (35, -48),
            (143, -46),
            (57, 19),
            (88, 121),
            (0, 60),
            (-88, 121),
            (-57, 19),
            (-143, -46),
            (-35, -48),
        ],
    ),
];
const REST: Mark = Mark::of(
    "+",
    "+",
    &[
        (-40, -130),
        (40, -130),
        (40, -40),
        (130, -40),
        (130, 40),
        (40, 40),
        (40, 130),
        (-40, 130),
        (-40, 40),
        (-130, 40),
        (-130, -40),
        (-40, -40),
    ],
);

impl Mark {
    const fn of(
        unicode: &'static str,
        ascii: &'static str,
        corners: &'static [(i32, i32)],
    ) -> Mark {
        Mark {
            unicode,
            ascii,
            corners,
        }
    }

    /// The character of a terminal.
    pub(super) fn glyph(self, letters: Letters) -> &'static str {
        match letters {
            Letters::Unicode => self.unicode,
            Letters::Ascii => self.ascii,
        }
    }

    /// Draws it on a page, of this size around a centre.
    pub(super) fn draw<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        ((x, y), reach): ((i32, i32), i32),
        color: &impl Color,
    ) -> Drawn<DB> {
        if self.corners.is_empty() {
            return area.draw(&Circle::new((x, y), reach, color.filled()));
        }
        let corners = self.corners.iter();
        let scaled = |d: i32| (f64::from(d * reach) / 100.0).round() as i32;
        let corners = corners.map(|(dx, dy)| (x + scaled(*dx), y + scaled(*dy)));
        area.draw(&Polygon::new(corners.collect::<Vec<_>>(), color.filled()))
    }
}

impl From<Tint> for Mark {
    fn from(tint: Tint) -> Mark {
        match tint {
            Tint::Series(place) => MARKS[place % MARKS.len()],
            Tint::Rest | Tint::Ink => REST,
        }
    }
}

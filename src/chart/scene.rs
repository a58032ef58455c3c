//! A picture as a list of what is drawn, in dots; rendered as SVG or in the cells of a terminal.

use super::Colour;
use crate::text::width;
use std::ops::Range;

/// Columns and rows of dots from the upper left corner.
pub(super) type Position = (i32, i32);

/// A box: its columns and rows of dots.
pub(super) type Rect = (Range<i32>, Range<i32>);

/// What is drawn, the lowest layer first.
pub(super) type Scene = Vec<Item>;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Text(Text),
    Line {
        path: Vec<Position>,
        colour: Colour,
        stroke: Stroke,
    },
    /// A translucent area; a terminal has none.
    Area {
        outline: Vec<Position>,
        colour: Colour,
    },
    Mark(Mark),
    Bar(BarPart),
}

/// A line of text, its middle at this height.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub text: String,
    pub at: Position,
    pub side: Side,
    pub font: Font,
    pub colour: Colour,
    /// Whether it lies on other things, and so needs a border.
    pub has_halo: bool,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BarPart {
    pub colour: Colour,
    pub rect: Rect,
    /// Whether it shows the shape of its series where there is room.
    pub has_mark: bool,
    pub tooltip: String,
}

/// A point.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub colour: Colour,
    pub at: Position,
    pub is_hollow: bool,
    /// Whether it has a name.
    pub is_bold: bool,
    /// The distance from its centre to its edge on a page, before the factor of its shape.
    pub radius: f64,
    /// Shown on a page where the pointer is on it; may be empty.
    pub tooltip: String,
}

/// A font: the height of letters, the width of a column (on a page, of most letters in most fonts)
/// and the weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Font {
    pub size: i32,
    pub column: i32,
    pub is_bold: bool,
}

impl Font {
    /// The height of a line.
    pub(super) fn line(self) -> i32 {
        self.size * 7 / 5
    }

    pub(super) fn width_of(self, text: &str) -> i32 {
        width(text) as i32 * self.column
    }
}

impl Mark {
    pub(super) fn new(colour: Colour, at: Position, is_hollow: bool, radius: f64) -> Mark {
        Mark {
            colour,
            at,
            is_hollow,
            radius,
            is_bold: false,
            tooltip: String::new(),
        }
    }
}

/// Which side of a text is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// The width and the dashes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stroke {
    Thin,
    Dashed,
    Medium,
    Heavy,
    /// One of several, each with dashes of its own.
    Pattern(usize),
}

/// The dots on a line, from one to another.
pub(super) fn dots_between(from: Position, to: Position) -> impl Iterator<Item = Position> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let steps = dx.abs().max(dy.abs()).max(1);
    let along = move |d: i32, step: i32| (f64::from(d * step) / f64::from(steps)).round() as i32;
    (0..=steps).map(move |step| (from.0 + along(dx, step), from.1 + along(dy, step)))
}

//! Marks and colours: a shape for each series, so that colour is never the only difference.

use super::draw::DrawResult;
use crate::chart::Tint;
use crate::output::Charset;
use anstyle::AnsiColor;
use plotters::coord::Shift;
use plotters::prelude::{Circle, Color, DrawingArea, DrawingBackend, Polygon, RGBColor};
use std::f64::consts::TAU;

/// A shape: its characters, and its corners on a page; a disc where it has none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    unicode: &'static str,
    ascii: &'static str,
    corners: u32,
    /// Where the first corner is, in steps from the top.
    turn: f64,
    /// How far the corners are from the centre, in turns.
    radii: [f64; 2],
}

const MARKS: [Shape; 6] = [
    Shape::of("●", "o", 0, 0.0, [1.0; 2]),
    Shape::of("▲", "^", 3, 0.0, [1.45; 2]),
    Shape::of("◆", "d", 4, 0.0, [1.35; 2]),
    Shape::of("■", "#", 4, 0.5, [1.34; 2]),
    Shape::of("▼", "v", 3, 0.5, [1.45; 2]),
    Shape::of("★", "*", 10, 0.0, [1.5, 0.6]),
];
const REST: Shape = Shape::of("+", "+", 8, 0.0, [1.6, 0.5]);

impl Shape {
    const fn of(
        unicode: &'static str,
        ascii: &'static str,
        corners: u32,
        turn: f64,
        radii: [f64; 2],
    ) -> Shape {
        Shape {
            unicode,
            ascii,
            corners,
            turn,
            radii,
        }
    }

    /// The character of a terminal.
    pub(super) fn glyph(self, charset: Charset) -> &'static str {
        match charset {
            Charset::Unicode => self.unicode,
            Charset::Ascii => self.ascii,
        }
    }

    /// Draws it on a page, of this size around a centre.
    pub(super) fn draw<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
        ((x, y), reach): ((i32, i32), i32),
        color: &impl Color,
    ) -> DrawResult<DB> {
        if self.corners == 0 {
            return area.draw(&Circle::new((x, y), reach, color.filled()));
        }
        let corner = |i: u32| {
            let angle = (f64::from(i) + self.turn) / f64::from(self.corners) * TAU;
            let radius = f64::from(reach) * self.radii[i as usize % 2];
            let (dx, dy) = (angle.sin() * radius, -angle.cos() * radius);
            (x + dx.round() as i32, y + dy.round() as i32)
        };
        let corners: Vec<(i32, i32)> = (0..self.corners).map(corner).collect();
        area.draw(&Polygon::new(corners, color.filled()))
    }
}

impl From<Tint> for Shape {
    fn from(tint: Tint) -> Shape {
        match tint {
            Tint::Series(place) => MARKS[place % MARKS.len()],
            Tint::Rest | Tint::Ink => REST,
        }
    }
}

pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);
pub(super) const GRID: RGBColor = RGBColor(225, 225, 225);
pub(super) const INK: RGBColor = RGBColor(34, 34, 34);
const GREY: RGBColor = RGBColor(110, 110, 110);

/// The colours of series, after Okabe and Ito; of a terminal's, those that can be read on black
/// and on white.
const SERIES: [(RGBColor, AnsiColor); 6] = [
    (RGBColor(0, 114, 178), AnsiColor::Cyan),
    (RGBColor(213, 94, 0), AnsiColor::Red),
    (RGBColor(0, 158, 115), AnsiColor::Green),
    (RGBColor(204, 121, 167), AnsiColor::Magenta),
    (RGBColor(230, 159, 0), AnsiColor::Yellow),
    (RGBColor(86, 180, 233), AnsiColor::Blue),
];

impl Tint {
    /// The colour on a page.
    pub(crate) fn rgb(self) -> RGBColor {
        match self {
            Tint::Series(place) => SERIES[place % SERIES.len()].0,
            Tint::Rest => GREY,
            Tint::Ink => INK,
        }
    }
}

/// The colour of a terminal for one of a page; none for those of writing.
pub(super) fn ansi((r, g, b): (u8, u8, u8)) -> Option<AnsiColor> {
    let same = |(page, _): &&(RGBColor, AnsiColor)| *page == RGBColor(r, g, b);
    SERIES.iter().find(same).map(|(_, ansi)| *ansi)
}

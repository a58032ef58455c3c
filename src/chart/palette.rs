//! Colours and shapes: each series has both, so that colour is never the only difference.

use super::Tint;
use crate::output::Charset;
use anstyle::AnsiColor;
use plotters::prelude::RGBColor;
use std::f64::consts::TAU;

pub(super) const GRID: RGBColor = RGBColor(225, 225, 225);
pub(super) const INK: RGBColor = RGBColor(34, 34, 34);
const GREY: RGBColor = RGBColor(110, 110, 110);

/// The colours of series, after Okabe and Ito; of a terminal's, those that can be read on black
/// and on white.
const COLOURS: [(RGBColor, AnsiColor); 6] = [
    (RGBColor(0, 114, 178), AnsiColor::Cyan),
    (RGBColor(213, 94, 0), AnsiColor::Red),
    (RGBColor(0, 158, 115), AnsiColor::Green),
    (RGBColor(204, 121, 167), AnsiColor::Magenta),
    (RGBColor(230, 159, 0), AnsiColor::Yellow),
    (RGBColor(86, 180, 233), AnsiColor::Blue),
];

/// A shape: its characters, how many corners it has on a page (a disc has none), how far the first
/// is from the top in steps between corners, and how far they are from the centre in turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape(&'static str, &'static str, u32, f64, [f64; 2]);

const SHAPES: [Shape; 6] = [
    Shape("●", "o", 0, 0.0, [1.0, 1.0]),
    Shape("▲", "^", 3, 0.0, [1.45, 1.45]),
    Shape("◆", "d", 4, 0.0, [1.35, 1.35]),
    Shape("■", "#", 4, 0.5, [1.34, 1.34]),
    Shape("▼", "v", 3, 0.5, [1.45, 1.45]),
    Shape("★", "*", 10, 0.0, [1.5, 0.6]),
];
/// What bars on a terminal are filled with, in Unicode and in ASCII.
const FILLS: [[&str; 2]; 6] = [
    ["█", "#"],
    ["▒", "o"],
    ["╱", "/"],
    ["░", ":"],
    ["╳", "x"],
    ["▓", "*"],
];
const REST_FILL: [&str; 2] = ["·", "."];
const REST: Shape = Shape("+", "+", 8, 0.0, [1.6, 0.5]);
const FAINT: Shape = Shape("·", ".", 0, 0.0, [1.0, 1.0]);

impl Tint {
    /// The colour on a page.
    pub(super) fn rgb(self) -> RGBColor {
        match self {
            Tint::Series(index) => COLOURS[index % COLOURS.len()].0,
            Tint::Rest | Tint::Faint => GREY,
            Tint::Ink => INK,
        }
    }

    /// What its bars on a terminal are filled with.
    pub(super) fn fill(self, charset: Charset) -> &'static str {
        let [unicode, ascii] = match self {
            Tint::Series(index) => FILLS[index % FILLS.len()],
            Tint::Rest | Tint::Ink | Tint::Faint => REST_FILL,
        };
        match charset {
            Charset::Unicode => unicode,
            Charset::Ascii => ascii,
        }
    }

    pub(super) fn shape(self) -> Shape {
        match self {
            Tint::Series(index) => SHAPES[index % SHAPES.len()],
            Tint::Rest | Tint::Ink => REST,
            Tint::Faint => FAINT,
        }
    }
}

impl Shape {
    /// The character on a terminal.
    pub(super) fn glyph(self, charset: Charset) -> &'static str {
        match charset {
            Charset::Unicode => self.0,
            Charset::Ascii => self.1,
        }
    }

    /// The corners on a page, of this size around a centre.
    pub(super) fn corners(self, (x, y): (i32, i32), reach: i32) -> Vec<(i32, i32)> {
        let Shape(_, _, count, turn, radii) = self;
        let corner = |i: u32| {
            let angle = (f64::from(i) + turn) / f64::from(count) * TAU;
            let radius = f64::from(reach) * radii[i as usize % 2];
            let (dx, dy) = (angle.sin() * radius, -angle.cos() * radius);
            (x + dx.round() as i32, y + dy.round() as i32)
        };
        (0..count).map(corner).collect()
    }
}

/// The colour of a terminal for one of a page; none for those of text.
pub(super) fn ansi((r, g, b): (u8, u8, u8)) -> Option<AnsiColor> {
    let mut colours = COLOURS.into_iter();
    let same = colours.find(|(page, _)| *page == RGBColor(r, g, b));
    same.map(|(_, ansi)| ansi)
}

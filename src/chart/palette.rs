//! Colours and shapes: each series has both, so that colour is never the only difference.

use super::SERIES;
use crate::output::Charset;
use anstyle::AnsiColor::{self, Blue, Cyan, Green, Magenta, Red, Yellow};
use clap::ValueEnum;
use std::f64::consts::TAU;

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Theme {
    /// Dark on white
    #[default]
    Light,
    /// Light on black
    Dark,
    /// Black and grey on white
    Print,
}

/// What a colour is for; of points, also their shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Series(usize),
    /// For `not stated` and `others`.
    Rest,
    /// For points that are only there to compare with.
    Faint,
    /// Text and axes.
    Ink,
    /// Secondary text.
    Muted,
    Grid,
    Background,
}

/// The colours of each theme: background, text, weaker text, grid, rest, then the series, which differ
/// in hue and in lightness, also for people with colour blindness.
const COLOURS: [[&str; 5 + SERIES]; 3] = [
    [
        "#FFFFFF", "#1F2328", "#59636E", "#E3E6EA", "#8C959F", "#0B4F9E", "#DE6A10", "#0A8A60",
        "#D05DB4", "#5C4B00", "#3496DA",
    ],
    [
        "#15181C", "#E6E8EB", "#9AA4AF", "#2B323A", "#767E88", "#3F8FEA", "#FF8A3D", "#2FCB96",
        "#EDA6DF", "#F8E27A", "#D2ECFF",
    ],
    [
        "#FFFFFF", "#000000", "#404040", "#DADADA", "#BBBBBB", "#000000", "#7C7C7C", "#3E3E3E",
        "#9E9E9E", "#5E5E5E", "#222222",
    ],
];

/// The colours of series on a terminal: those that can be read on black and on white.
const ANSI: [AnsiColor; SERIES] = [Cyan, Red, Green, Magenta, Yellow, Blue];

/// A shape: its characters, filled and hollow, in Unicode and in ASCII; how many corners it has on a
/// page (a disc has none), how far the first is from the top in steps between corners, and how far
/// they are from the centre in turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape([&'static str; 4], u32, f64, [f64; 2]);

const SHAPES: [Shape; SERIES] = [
    Shape(["●", "○", "O", "o"], 0, 0.0, [1.0, 1.0]),
    Shape(["▲", "△", "A", "a"], 3, 0.0, [1.45, 1.45]),
    Shape(["◆", "◇", "D", "d"], 4, 0.0, [1.35, 1.35]),
    Shape(["■", "□", "H", "h"], 4, 0.5, [1.34, 1.34]),
    Shape(["▼", "▽", "V", "v"], 3, 0.5, [1.45, 1.45]),
    Shape(["★", "☆", "X", "x"], 10, 0.0, [1.5, 0.6]),
];
const REST: Shape = Shape(["✚", "✛", "T", "t"], 8, 0.0, [1.45, 0.6]);
const FAINT: Shape = Shape(["·", "·", ".", "."], 0, 0.0, [0.7, 0.7]);

/// What bars on a terminal are filled with, in Unicode and in ASCII.
const FILLS: [[&str; SERIES]; 2] = [
    ["█", "▒", "╱", "░", "╳", "▓"],
    ["#", "o", "/", ":", "x", "*"],
];
const REST_FILLS: [&str; 2] = ["·", "."];

impl Theme {
    /// All colours of the theme, in the same order for each theme.
    pub(super) fn colours(self) -> [&'static str; 5 + SERIES] {
        COLOURS[self as usize]
    }

    /// A colour as SVG names it.
    pub(super) fn colour(self, colour: Colour) -> &'static str {
        self.colours()[match colour {
            Colour::Background => 0,
            Colour::Ink => 1,
            Colour::Muted => 2,
            Colour::Grid => 3,
            Colour::Rest | Colour::Faint => 4,
            Colour::Series(index) => 5 + index % SERIES,
        }]
    }
}

impl Colour {
    /// What its bars on a terminal are filled with.
    pub(super) fn fill(self, charset: Charset) -> &'static str {
        match self {
            Colour::Series(index) => FILLS[charset as usize][index % SERIES],
            _ => REST_FILLS[charset as usize],
        }
    }

    pub(super) fn shape(self) -> Shape {
        match self {
            Colour::Series(index) => SHAPES[index % SERIES],
            Colour::Faint => FAINT,
            _ => REST,
        }
    }

    /// The colour on a terminal; none for that of text.
    pub(super) fn ansi(self) -> Option<AnsiColor> {
        match self {
            Colour::Series(index) => Some(ANSI[index % SERIES]),
            _ => None,
        }
    }
}

impl Shape {
    /// The character on a terminal.
    pub(super) fn glyph(self, charset: Charset, is_hollow: bool) -> &'static str {
        self.0[2 * charset as usize + usize::from(is_hollow)]
    }

    /// Of a disc, the factor of its radius.
    pub(super) fn disc(self) -> Option<f64> {
        (self.1 == 0).then_some(self.3[0])
    }

    /// The corners on a page, for a mark of this radius, from its centre.
    pub(super) fn corners(self, radius: f64) -> impl Iterator<Item = (f64, f64)> {
        let Shape(_, count, turn, factors) = self;
        (0..count).map(move |i| {
            let angle = (f64::from(i) + turn) / f64::from(count) * TAU;
            let distance = radius * factors[i as usize % 2];
            (angle.sin() * distance, -angle.cos() * distance)
        })
    }
}

//! Colours and shapes: each series has both, so that colour is never the only difference.

use super::Tint;
use crate::output::Charset;
use anstyle::AnsiColor;
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

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    /// Text and axes.
    Ink,
    /// Text beside what matters most.
    Muted,
    Grid,
    Background,
    Tint(Tint),
}

/// The colours of a theme, as a page names them.
struct Palette {
    background: &'static str,
    ink: &'static str,
    muted: &'static str,
    grid: &'static str,
    rest: &'static str,
    series: [&'static str; 6],
}

/// The series differ in hue and in lightness, also for people with colour blindness.
const LIGHT: Palette = Palette {
    background: "#FFFFFF",
    ink: "#1F2328",
    muted: "#59636E",
    grid: "#E3E6EA",
    rest: "#8C959F",
    series: [
        "#0B4F9E", "#DE6A10", "#0A8A60", "#D05DB4", "#5C4B00", "#3496DA",
    ],
};
const DARK: Palette = Palette {
    background: "#15181C",
    ink: "#E6E8EB",
    muted: "#9AA4AF",
    grid: "#2B323A",
    rest: "#767E88",
    series: [
        "#3F8FEA", "#FF8A3D", "#2FCB96", "#EDA6DF", "#F8E27A", "#D2ECFF",
    ],
};
const PRINT: Palette = Palette {
    background: "#FFFFFF",
    ink: "#000000",
    muted: "#404040",
    grid: "#DADADA",
    rest: "#BBBBBB",
    series: [
        "#000000", "#7C7C7C", "#3E3E3E", "#9E9E9E", "#5E5E5E", "#222222",
    ],
};

/// The colours of series on a terminal: those that can be read on black and on white.
const ANSI: [AnsiColor; 6] = [
    AnsiColor::Cyan,
    AnsiColor::Red,
    AnsiColor::Green,
    AnsiColor::Magenta,
    AnsiColor::Yellow,
    AnsiColor::Blue,
];

/// A shape: its characters, filled and hollow, in Unicode and in ASCII; how many corners it has on a
/// page (a disc has none), how far the first is from the top in steps between corners, and how far
/// they are from the centre in turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape([&'static str; 4], u32, f64, [f64; 2]);

const SHAPES: [Shape; 6] = [
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
const FILLS: [[&str; 2]; 6] = [
    ["█", "#"],
    ["▒", "o"],
    ["╱", "/"],
    ["░", ":"],
    ["╳", "x"],
    ["▓", "*"],
];
const REST_FILL: [&str; 2] = ["·", "."];

impl Theme {
    fn palette(self) -> &'static Palette {
        match self {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Print => &PRINT,
        }
    }

    /// A colour as a page names it.
    pub(super) fn colour(self, colour: Colour) -> &'static str {
        let palette = self.palette();
        match colour {
            Colour::Ink | Colour::Tint(Tint::Ink) => palette.ink,
            Colour::Muted => palette.muted,
            Colour::Grid => palette.grid,
            Colour::Background => palette.background,
            Colour::Tint(Tint::Rest | Tint::Faint) => palette.rest,
            Colour::Tint(Tint::Series(index)) => palette.series[index % palette.series.len()],
        }
    }

    /// Each colour of a theme with that of another in its place.
    pub(super) fn pairs(self, other: Theme) -> impl Iterator<Item = [&'static str; 2]> {
        let colours = |theme: Theme| {
            let own = theme.palette();
            let text = [own.background, own.ink, own.muted, own.grid, own.rest];
            text.into_iter().chain(own.series)
        };
        colours(self).zip(colours(other)).map(<[_; 2]>::from)
    }
}

impl Tint {
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

    /// The colour on a terminal; none for that of text.
    pub(super) fn ansi(self) -> Option<AnsiColor> {
        match self {
            Tint::Series(index) => Some(ANSI[index % ANSI.len()]),
            Tint::Rest | Tint::Faint | Tint::Ink => None,
        }
    }
}

impl Shape {
    /// The character on a terminal.
    pub(super) fn glyph(self, charset: Charset, is_hollow: bool) -> &'static str {
        let first = match charset {
            Charset::Unicode => 0,
            Charset::Ascii => 2,
        };
        self.0[first + usize::from(is_hollow)]
    }

    /// How far it reaches from its centre, in terms of its size; nothing but for a disc.
    pub(super) fn radius(self) -> Option<f64> {
        (self.1 == 0).then_some(self.3[0])
    }

    /// The corners on a page, of this size, from its centre.
    pub(super) fn corners(self, reach: f64) -> impl Iterator<Item = (f64, f64)> {
        let Shape(_, count, turn, radii) = self;
        (0..count).map(move |i| {
            let angle = (f64::from(i) + turn) / f64::from(count) * TAU;
            let radius = reach * radii[i as usize % 2];
            (angle.sin() * radius, -angle.cos() * radius)
        })
    }
}

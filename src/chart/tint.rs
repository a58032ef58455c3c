//! Colours: a palette that the colour-blind can tell apart, and its nearest on a terminal.

use crate::chart::Tint;
use anstyle::AnsiColor;
use plotters::prelude::RGBColor;

/// The paper of a page.
pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Lines that guide the eye.
pub(super) const GRID: RGBColor = RGBColor(225, 225, 225);
/// Writing and axes.
pub(super) const INK: RGBColor = RGBColor(34, 34, 34);
/// What has no word for it.
const REST: RGBColor = RGBColor(110, 110, 110);

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
            Tint::Rest => REST,
            Tint::Ink => INK,
        }
    }
}

/// The colour of a terminal for one of a page; none for those of writing.
pub(super) fn ansi((r, g, b): (u8, u8, u8)) -> Option<AnsiColor> {
    let same = |(page, _): &&(RGBColor, AnsiColor)| *page == RGBColor(r, g, b);
    SERIES.iter().find(same).map(|(_, ansi)| *ansi)
}

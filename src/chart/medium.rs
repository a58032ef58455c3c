//! What a picture is drawn on, and how much room writing takes there.

use crate::output::Letters;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a picture is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// The cells of a terminal of so many columns, each of 2 by 4 dots.
    Cells(usize, Letters),
    /// A page of dots that is scaled as a whole.
    Page,
}

/// How large writing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// The title's.
    Title,
    /// That of axes, legend and names.
    Text,
    /// The footer's.
    Small,
}

/// A box that something takes, in dots: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Its left edge.
    pub left: i32,
    /// Its upper edge.
    pub top: i32,
    /// Its right edge, which is no part of it.
    pub right: i32,
    /// Its lower edge, which is no part of it.
    pub bottom: i32,
}

/// The width of a page. Its height is five eighths.
const PAGE: i32 = 960;
/// The least and most lines of a terminal between its axes.
const ROWS: (i32, i32) = (10, 24);

impl Medium {
    /// Dots from edge to edge.
    pub(super) fn width(self) -> i32 {
        match self {
            Medium::Cells(columns, _) => columns as i32 * 2,
            Medium::Page => PAGE,
        }
    }

    /// The height of the plot itself, between title and axis.
    pub(super) fn depth(self) -> i32 {
        match self {
            Medium::Cells(columns, _) => (columns as i32 / 4).clamp(ROWS.0, ROWS.1) * 4,
            Medium::Page => PAGE * 7 / 16,
        }
    }

    /// The room left free at each edge.
    pub(super) fn margin(self) -> i32 {
        match self {
            Medium::Cells(..) => 0,
            Medium::Page => 18,
        }
    }

    /// The width of a column of writing, from which gaps are measured.
    pub(super) fn column(self) -> i32 {
        match self {
            Medium::Cells(..) => 2,
            Medium::Page => 9,
        }
    }

    /// The height of a line of writing.
    pub(super) fn line(self, size: Size) -> i32 {
        match self {
            Medium::Cells(..) => 4,
            Medium::Page => (self.font(size) * 1.4) as i32,
        }
    }

    /// The height of letters on a page.
    pub(super) fn font(self, size: Size) -> f64 {
        match size {
            Size::Title => 21.0,
            Size::Text => 16.0,
            Size::Small => 14.0,
        }
    }

    /// The width of a text; on a page no more than most fonts take.
    pub(super) fn width_of(self, text: &str, size: Size) -> i32 {
        match self {
            Medium::Cells(..) => text.width() as i32 * 2,
            Medium::Page => {
                let ems: f64 = text.chars().map(ems).sum();
                (ems * self.font(size)).ceil() as i32
            }
        }
    }

    /// How far a point reaches from its centre.
    pub(super) fn reach(self) -> i32 {
        match self {
            Medium::Cells(..) => 1,
            Medium::Page => 5,
        }
    }

    /// Lines of a text that are no wider than the medium, broken between words.
    pub(super) fn broken(self, text: &str, size: Size) -> Vec<String> {
        let room = self.width() - 2 * self.margin();
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split(' ') {
            let longer = format!("{line}{}{word}", if line.is_empty() { "" } else { " " });
            match self.width_of(&longer, size) > room && !line.is_empty() {
                true => lines.push(std::mem::replace(&mut line, word.to_owned())),
                false => line = longer,
            }
        }
        lines.push(line);
        lines
    }
}

/// The width of a letter as a share of the height of its font, in the widest of those that are
/// asked for.
fn ems(c: char) -> f64 {
    match (c, c.width()) {
        (_, None | Some(0)) => 0.0,
        (_, Some(2..)) => 1.0,
        ('i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | ' ' | '(' | ')' | '\'' | '-', _) => 0.38,
        ('m' | 'w' | 'M' | 'W' | '%', _) => 0.99,
        ('×' | '=' | '+' | '<' | '>' | '≈', _) => 0.84,
        (c, _) if c.is_uppercase() => 0.7,
        _ => 0.62,
    }
}

impl Place {
    /// Whether two boxes have a dot in common.
    pub(super) fn meets(&self, other: &Place) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether another box lies within.
    pub(super) fn holds(&self, other: &Place) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}

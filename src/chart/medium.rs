//! What a picture is drawn on, and how much room writing takes there.

use crate::output::Charset;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a picture is drawn on, in dots: a terminal, whose cells have 2 by 4, or a page that is
/// scaled as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Medium {
    /// What a terminal's marks are made of; none on a page.
    pub charset: Option<Charset>,
    pub width: i32,
    /// The height of the plot itself, between title and axis.
    pub depth: i32,
    /// The room left free at each edge.
    pub margin: i32,
    /// The width of a column of writing, from which gaps are measured.
    pub column: i32,
    /// How far a mark reaches from its centre.
    pub reach: i32,
}

/// The size of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextSize {
    Title,
    /// Of axes, legend and names.
    Text,
    /// Of the footer.
    Small,
}

/// A box; its right and lower edges are no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// The least and most lines of a terminal between its axes.
const ROWS: (i32, i32) = (10, 24);

impl Medium {
    pub(super) const PAGE: Medium = Medium {
        charset: None,
        width: 960,
        depth: 420,
        margin: 18,
        column: 9,
        reach: 5,
    };

    /// The cells of a terminal of this many columns.
    pub(super) fn terminal(columns: usize, charset: Charset) -> Medium {
        Medium {
            charset: Some(charset),
            width: columns as i32 * 2,
            depth: (columns as i32 / 4).clamp(ROWS.0, ROWS.1) * 4,
            margin: 0,
            column: 2,
            reach: 1,
        }
    }

    pub(super) fn is_page(self) -> bool {
        self.charset.is_none()
    }

    /// The height of a line of writing.
    pub(super) fn line(self, size: TextSize) -> i32 {
        match self.is_page() {
            true => (self.font(size) * 1.4) as i32,
            false => 4,
        }
    }

    /// The height of letters on a page.
    pub(super) fn font(self, size: TextSize) -> f64 {
        match size {
            TextSize::Title => 21.0,
            TextSize::Text => 16.0,
            TextSize::Small => 14.0,
        }
    }

    /// The width of a text; on a page no more than most fonts take.
    pub(super) fn width_of(self, text: &str, size: TextSize) -> i32 {
        if !self.is_page() {
            return text.width() as i32 * 2;
        }
        let ems: f64 = text.chars().map(ems).sum();
        (ems * self.font(size)).ceil() as i32
    }

    /// Lines of a text that are no wider than the medium, broken between words.
    pub(super) fn broken(self, text: &str, size: TextSize) -> Vec<String> {
        let room = self.width - 2 * self.margin;
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

impl Rect {
    /// Whether two boxes have a dot in common.
    pub(super) fn meets(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether another box lies within.
    pub(super) fn holds(&self, other: &Rect) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}

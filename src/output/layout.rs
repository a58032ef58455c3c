//! The layout of a table: which columns it has room for, how wide they are, where marks stand.

use super::Header;
use super::fit::{Want, fit};
use crate::model::column::Heading;
use crate::model::mark::{Mark, Marks};
use crate::model::value::{Kind, Value};
use crate::text::{printable, width};

/// Between two columns.
pub(super) const GAP: usize = 2;
/// How far words may be shortened before their column is dropped.
const LEAST_WORDS: usize = 14;
/// The same of what says little when cut short: sentences, addresses, records.
const LEAST_SENTENCE: usize = 40;

/// Columns that fit, by some rows of a table.
#[derive(Debug)]
pub(super) struct Layout {
    /// The columns that are shown, by their numbers, and their widths.
    pub shown: Vec<(usize, usize)>,
    /// The columns that there is no room for.
    pub dropped: Vec<usize>,
    /// How many marks the figures of each column may end with.
    pub signs: Vec<usize>,
    /// Whether a column is narrower than its cells.
    pub is_short: bool,
}

/// What a table shows of rows.
#[derive(Debug)]
pub(super) struct Cells {
    /// What people read.
    pub texts: Vec<Vec<String>>,
    /// The marks in each column.
    pub marks: Vec<Marks>,
    /// How wide the figures of each column are without marks.
    figures: Vec<usize>,
}

impl Cells {
    /// No rows yet, under so many headings.
    pub(super) fn new(headings: usize) -> Cells {
        Cells {
            texts: Vec::new(),
            marks: vec![Marks::default(); headings],
            figures: vec![0; headings],
        }
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &[Value<'_>], headings: &[Heading<'_>]) {
        let mut line = Vec::with_capacity(row.len());
        for (i, (value, heading)) in row.iter().zip(headings).enumerate() {
            let cell = printable(&value.human(heading.kind)).into_owned();
            if value.is_figure() {
                self.figures[i] = self.figures[i].max(width(&cell) - value.marks().count());
            }
            self.marks[i] = self.marks[i].and(value.marks());
            line.push(cell);
        }
        self.texts.push(line);
    }

    /// The layout of these rows in so many columns of a terminal.
    pub(super) fn layout(&self, headings: &[Heading<'_>], header: Header, room: usize) -> Layout {
        let most = |i: usize, of: &dyn Fn(&str) -> usize| {
            let cells = self.texts.iter().map(|row| of(&row[i]));
            cells.max().unwrap_or(0)
        };
        let signs = headings.iter().enumerate().map(|(i, heading)| {
            // The digits stand under each other, the marks in a place of their own.
            match heading.kind.is_number() {
                true => most(i, &signs),
                false => 0,
            }
        });
        let signs: Vec<usize> = signs.collect();
        let wants = headings.iter().enumerate().map(|(i, heading)| {
            let title = match header {
                Header::Shown => width(heading.title),
                Header::Hidden => 0,
            };
            let is_figure = heading.kind.is_number();
            let cells = most(i, &|cell| match is_figure {
                true => width(cell) - self::signs(cell) + signs[i],
                false => width(cell),
            });
            // A table gives a column a blank at least.
            let widest = title.max(cells).max(1);
            Want {
                width: widest,
                // Words may be cut, sentences not so far, figures not at all.
                least: widest.min((self.figures[i] + signs[i]).max(match heading.kind {
                    Kind::Sentence | Kind::Address | Kind::Compound => LEAST_SENTENCE,
                    _ => LEAST_WORDS.max(width(heading.title)),
                })),
                // What says nothing anywhere is the first to go.
                rank: match self.texts.iter().all(|row| row[i].trim().is_empty()) {
                    true => u8::MAX,
                    false => heading.rank,
                },
            }
        });
        let wants: Vec<Want> = wants.collect();
        let widths = fit(&wants, GAP, room).into_iter().enumerate();
        let (shown, dropped): (Vec<_>, Vec<_>) = widths.partition(|(_, width)| width.is_some());
        let shown = shown.into_iter().filter_map(|(i, width)| Some((i, width?)));
        let shown: Vec<(usize, usize)> = shown.collect();
        Layout {
            is_short: shown.iter().any(|&(i, width)| width < wants[i].width),
            shown,
            dropped: dropped.into_iter().map(|(i, _)| i).collect(),
            signs,
        }
    }
}

/// How many marks a cell ends with.
pub(super) fn signs(cell: &str) -> usize {
    // A cell without a mark costs a look at its last letter.
    let letters = cell.chars().rev();
    letters.take_while(|c| Mark::is_sign(*c)).count()
}

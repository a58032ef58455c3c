//! The cells of a terminal as something to draw on: plotters' second backend.
//!
//! A cell has 2 by 4 dots. Writing takes whole cells; level and upright lines are made of the
//! characters for boxes, others of dots.

use super::marks::ansi;
use crate::output::Charset;
use crate::output::Output;
use anstyle::Style;
use plotters::style::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};
use std::borrow::Cow;
use std::convert::Infallible;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A screen to draw on.
pub(super) struct Canvas {
    columns: usize,
    charset: Charset,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, Default)]
struct Cell {
    /// What is written here; empty where a wide character covers it.
    text: Option<String>,
    /// Which strokes go from the middle to the left, right, top and bottom.
    strokes: usize,
    /// Which dots there are, as Braille counts them.
    dots: u8,
    style: Style,
}

const LEFT: usize = 1;
const RIGHT: usize = 2;
const UP: usize = 4;
const DOWN: usize = 8;
/// Strokes as characters; half a line is drawn whole.
const BOXES: [char; 16] = [
    ' ', '─', '─', '─', '│', '┘', '└', '┴', '│', '┐', '┌', '┬', '│', '┤', '├', '┼',
];
/// The dots of a cell from the top, as Braille counts them.
const BRAILLE: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

type CanvasResult = Result<(), DrawingErrorKind<Infallible>>;

impl Canvas {
    /// An empty screen of this many columns and rows.
    pub(super) fn new((columns, rows): (usize, usize), charset: Charset) -> Canvas {
        Canvas {
            columns,
            charset,
            cells: vec![Cell::default(); columns * rows],
        }
    }

    /// Writes the screen row by row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, out: &mut Output) -> io::Result<()> {
        for row in self.cells.chunks(self.columns.max(1)) {
            let used = row.iter().rposition(|cell| !cell.is_empty());
            let row = &row[..used.map_or(0, |last| last + 1)];
            for run in row.chunk_by(|cell, next| cell.style == next.style) {
                let text: String = run.iter().map(|cell| cell.shown(self.charset)).collect();
                out.styled(run[0].style, text)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn cell(&mut self, column: i32, row: i32) -> Option<&mut Cell> {
        let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
        let place = (column < self.columns).then_some(row * self.columns + column);
        self.cells.get_mut(place?)
    }

    /// Adds strokes to the cell of a dot.
    fn stroke(&mut self, (column, row): (i32, i32), strokes: usize, style: Style) {
        if let Some(cell) = self.cell(column, row) {
            cell.strokes |= strokes;
            cell.style = style;
        }
    }
}

impl Cell {
    fn is_empty(&self) -> bool {
        let blank = |text: &String| text.trim().is_empty();
        self.text.as_ref().is_none_or(blank) && self.strokes == 0 && self.dots == 0
    }

    fn shown(&self, charset: Charset) -> Cow<'_, str> {
        match &self.text {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.stroke(charset).into()),
        }
    }

    fn stroke(&self, charset: Charset) -> char {
        match (charset, self.strokes, self.dots) {
            (_, 0, 0) => ' ',
            (Charset::Unicode, 0, dots) => char::from_u32(0x2800 + u32::from(dots)).unwrap_or('.'),
            (Charset::Unicode, strokes, _) => BOXES[strokes],
            (Charset::Ascii, 0, _) => '.',
            (Charset::Ascii, LEFT | RIGHT | 3, _) => '-',
            (Charset::Ascii, UP | DOWN | 12, _) => '|',
            (Charset::Ascii, ..) => '+',
        }
    }
}

fn colour(color: BackendColor) -> Style {
    Style::new().fg_color(ansi(color.rgb).map(Into::into))
}

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let rows = self.cells.len() / self.columns.max(1);
        (self.columns as u32 * 2, rows as u32 * 4)
    }

    fn ensure_prepared(&mut self) -> CanvasResult {
        Ok(())
    }

    fn present(&mut self) -> CanvasResult {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> CanvasResult {
        if let Some(cell) = self.cell(x.div_euclid(2), y.div_euclid(4)) {
            cell.dots |= BRAILLE[y.rem_euclid(4) as usize][x.rem_euclid(2) as usize];
            cell.style = colour(color);
        }
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> CanvasResult {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        if dx != 0 && dy != 0 {
            let steps = dx.abs().max(dy.abs());
            for step in 0..=steps {
                let along = |d: i32| (f64::from(d * step) / f64::from(steps)).round() as i32;
                self.draw_pixel((from.0 + along(dx), from.1 + along(dy)), style.color())?;
            }
            return Ok(());
        }
        let (forward, back) = match (dx, dy) {
            (1.., _) => (RIGHT, LEFT),
            (..0, _) => (LEFT, RIGHT),
            (0, 1..) => (DOWN, UP),
            (0, ..0) => (UP, DOWN),
            (0, 0) => return Ok(()),
        };
        let style = colour(style.color());
        let (start, end) = ((from.0 / 2, from.1 / 4), (to.0 / 2, to.1 / 4));
        let mut at = start;
        self.stroke(at, forward, style);
        while at != end {
            at = (
                at.0 + (end.0 - at.0).signum(),
                at.1 + (end.1 - at.1).signum(),
            );
            self.stroke(at, back, style);
            if at != end {
                self.stroke(at, forward, style);
            }
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> CanvasResult {
        let path: Vec<BackendCoord> = path.into_iter().collect();
        let mut pairs = path.windows(2);
        pairs.try_for_each(|pair| self.draw_line(pair[0], pair[1], style))
    }

    /// Areas are for pages: a cell has one colour, and writing needs it.
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        _: I,
        _: &S,
    ) -> CanvasResult {
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> CanvasResult {
        let width = text.width() as i32;
        let mut column = match style.anchor().h_pos {
            HPos::Left => x.div_euclid(2),
            HPos::Center => (x - width + 1).div_euclid(2),
            HPos::Right => x.div_euclid(2) - width,
        };
        let written = match style.style() {
            FontStyle::Bold => colour(style.color()).bold(),
            _ => colour(style.color()),
        };
        for c in text.chars() {
            let wide = c.width().unwrap_or(0) as i32;
            let place = if wide == 0 { column - 1 } else { column };
            let Some(cell) = self.cell(place, y.div_euclid(4)) else {
                continue;
            };
            match (wide, &mut cell.text) {
                // What has no width of its own joins what it follows.
                (0, Some(before)) => before.push(c),
                (_, text) => *text = Some(c.into()),
            }
            cell.style = written;
            for covered in column + 1..column + wide {
                if let Some(cell) = self.cell(covered, y.div_euclid(4)) {
                    cell.text = Some(String::new());
                }
            }
            column += wide;
        }
        Ok(())
    }
}

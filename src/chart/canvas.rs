//! The cells of a terminal as something to draw on: plotters' second backend.
//!
//! A cell has 2 by 4 dots. Text takes whole cells; horizontal and vertical lines are made of
//! box-drawing characters, others of dots.

use super::MAX_HEIGHT;
use super::palette::ansi;
use crate::output::{Charset, Output};
use crate::text::width;
use anstyle::Style;
use plotters::style::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};
use std::convert::Infallible;
use std::io::{self, Write};

/// A screen to draw on.
pub(super) struct Canvas {
    columns: usize,
    charset: Charset,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, Default)]
struct Cell {
    /// The text that begins here; empty where one covers it.
    text: Option<String>,
    /// Which strokes go from the middle to the left, right, top and bottom.
    strokes: usize,
    /// Whether the strokes are heavy.
    is_heavy: bool,
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
/// The same of a heavy line.
const HEAVY_BOXES: [char; 16] = [
    ' ', '━', '━', '━', '┃', '┛', '┗', '┻', '┃', '┓', '┏', '┳', '┃', '┫', '┣', '╋',
];
/// The dots of a cell from the top, as Braille counts them.
const BRAILLE: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

type CanvasResult = Result<(), DrawingErrorKind<Infallible>>;

impl Canvas {
    /// An empty screen of this many columns, and of the rows that are drawn on.
    pub(super) fn new(columns: usize, charset: Charset) -> Canvas {
        Canvas {
            columns,
            charset,
            rows: Vec::new(),
        }
    }

    /// Writes the screen row by row.
    pub(super) fn write(&self, out: &mut Output) -> io::Result<()> {
        for row in &self.rows {
            let is_used = |cell: &Cell| cell.text.is_some() || cell.strokes > 0 || cell.dots > 0;
            let used = row.iter().rposition(is_used).map_or(0, |last| last + 1);
            for run in row[..used].chunk_by(|cell, next| cell.style == next.style) {
                let text: String = run.iter().map(|cell| self.shown(cell)).collect();
                out.styled(run[0].style, text)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn shown(&self, cell: &Cell) -> String {
        if let Some(text) = &cell.text {
            return text.clone();
        }
        let shown = match (self.charset, cell.strokes, cell.dots) {
            (_, 0, 0) => ' ',
            (Charset::Unicode, 0, dots) => char::from_u32(0x2800 + u32::from(dots)).unwrap_or('.'),
            (Charset::Unicode, strokes, _) if cell.is_heavy => HEAVY_BOXES[strokes],
            (Charset::Unicode, strokes, _) => BOXES[strokes],
            (Charset::Ascii, 0, _) => '.',
            (Charset::Ascii, LEFT | RIGHT | 3, _) if cell.is_heavy => '=',
            (Charset::Ascii, LEFT | RIGHT | 3, _) => '-',
            (Charset::Ascii, UP | DOWN | 12, _) => '|',
            (Charset::Ascii, ..) => '+',
        };
        shown.into()
    }

    fn cell(&mut self, (column, row): BackendCoord) -> Option<&mut Cell> {
        let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
        if self.rows.len() <= row {
            let empty = vec![Cell::default(); self.columns];
            self.rows.resize(row + 1, empty);
        }
        self.rows[row].get_mut(column)
    }
}

/// The dots on a line, from one to another.
pub(super) fn dots_between(
    from: BackendCoord,
    to: BackendCoord,
) -> impl Iterator<Item = BackendCoord> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let steps = dx.abs().max(dy.abs()).max(1);
    let along = move |d: i32, step: i32| (f64::from(d * step) / f64::from(steps)).round() as i32;
    (0..=steps).map(move |step| (from.0 + along(dx, step), from.1 + along(dy, step)))
}

/// The column and row of a dot.
fn cell_of((x, y): BackendCoord) -> BackendCoord {
    (x.div_euclid(2), y.div_euclid(4))
}

fn colour(color: BackendColor) -> Style {
    Style::new().fg_color(ansi(color.rgb).map(Into::into))
}

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.columns as u32 * 2, MAX_HEIGHT)
    }

    fn ensure_prepared(&mut self) -> CanvasResult {
        Ok(())
    }

    fn present(&mut self) -> CanvasResult {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> CanvasResult {
        if let Some(cell) = self.cell(cell_of((x, y))) {
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
        let (back, forward) = match ((to.0 - from.0).signum(), (to.1 - from.1).signum()) {
            (1, 0) => (LEFT, RIGHT),
            (-1, 0) => (RIGHT, LEFT),
            (0, 1) => (UP, DOWN),
            (0, -1) => (DOWN, UP),
            (0, 0) => return Ok(()),
            _ => {
                let mut dots = dots_between(from, to);
                return dots.try_for_each(|dot| self.draw_pixel(dot, style.color()));
            }
        };
        let mut cells: Vec<BackendCoord> = dots_between(from, to).map(cell_of).collect();
        cells.dedup();
        let last = cells.len() - 1;
        for (i, at) in cells.into_iter().enumerate() {
            if let Some(cell) = self.cell(at) {
                cell.strokes |= if i > 0 { back } else { 0 };
                cell.strokes |= if i < last || last == 0 { forward } else { 0 };
                cell.is_heavy = style.stroke_width() > 1;
                cell.style = colour(style.color());
            }
        }
        Ok(())
    }

    // plotters draws wide lines as polygons.
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> CanvasResult {
        let path: Vec<BackendCoord> = path.into_iter().collect();
        let mut lines = path.windows(2);
        lines.try_for_each(|line| self.draw_line(line[0], line[1], style))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> CanvasResult {
        let width = width(text) as i32;
        let column = match style.anchor().h_pos {
            HPos::Left => x.div_euclid(2),
            HPos::Center => (x - width + 1).div_euclid(2),
            HPos::Right => x.div_euclid(2) - width,
        };
        // The label of the last tick may be wider than what is left of the axis.
        let column = column.min(self.columns as i32 - width).max(0);
        let shown = match style.style() {
            FontStyle::Bold => colour(style.color()).bold(),
            _ => colour(style.color()),
        };
        for covered in column..column + width {
            if let Some(cell) = self.cell((covered, y.div_euclid(4))) {
                let text = if covered == column { text } else { "" };
                cell.text = Some(text.to_owned());
                cell.style = shown;
            }
        }
        Ok(())
    }
}

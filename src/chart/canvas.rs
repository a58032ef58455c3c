//! A scene in the cells of a terminal.
//!
//! A cell has 2 by 4 dots. Text takes whole cells; horizontal and vertical lines are made of
//! box-drawing characters, others of dots.

use super::Colour;
use super::scene::{BarPart, Item, Position, Scene, Side, Stroke, dots_between};
use crate::output::{Charset, Output};
use crate::text::width;
use anstyle::Style;
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

impl Canvas {
    /// A scene on as many columns as it is wide, and on the rows that are drawn on.
    pub(super) fn of(scene: &Scene, columns: usize, charset: Charset) -> Canvas {
        let mut canvas = Canvas {
            columns,
            charset,
            rows: Vec::new(),
        };
        scene.iter().for_each(|item| canvas.draw(item));
        canvas
    }

    fn draw(&mut self, item: &Item) {
        match item {
            Item::Text(own) => {
                let style = style(own.colour, own.font.is_bold);
                self.text(&own.text, (own.at, own.side), style);
            }
            Item::Line {
                path,
                colour,
                stroke,
            } => {
                let is_heavy = *stroke == Stroke::Heavy;
                for pair in path.windows(2) {
                    self.line((pair[0], pair[1]), style(*colour, false), is_heavy);
                }
            }
            // A cell has one colour, and text needs it.
            Item::Area { .. } => {}
            Item::Mark(mark) => {
                let glyph = mark.colour.shape().glyph(self.charset, mark.is_hollow);
                let style = style(mark.colour, mark.is_bold);
                self.text(glyph, (mark.at, Side::Left), style);
            }
            Item::Bar(part) => self.bar(part),
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

    fn cell(&mut self, (column, row): Position) -> Option<&mut Cell> {
        let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
        if self.rows.len() <= row {
            let empty = vec![Cell::default(); self.columns];
            self.rows.resize(row + 1, empty);
        }
        self.rows[row].get_mut(column)
    }

    fn dot(&mut self, (x, y): Position, style: Style) {
        if let Some(cell) = self.cell(cell_of((x, y))) {
            cell.dots |= BRAILLE[y.rem_euclid(4) as usize][x.rem_euclid(2) as usize];
            cell.style = style;
        }
    }

    fn line(&mut self, (from, to): (Position, Position), style: Style, is_heavy: bool) {
        let (back, forward) = match ((to.0 - from.0).signum(), (to.1 - from.1).signum()) {
            (1, 0) => (LEFT, RIGHT),
            (-1, 0) => (RIGHT, LEFT),
            (0, 1) => (UP, DOWN),
            (0, -1) => (DOWN, UP),
            (0, 0) => return,
            _ => return dots_between(from, to).for_each(|dot| self.dot(dot, style)),
        };
        let mut cells: Vec<Position> = dots_between(from, to).map(cell_of).collect();
        cells.dedup();
        let last = cells.len() - 1;
        for (i, at) in cells.into_iter().enumerate() {
            if let Some(cell) = self.cell(at) {
                cell.strokes |= if i > 0 { back } else { 0 };
                cell.strokes |= if i < last || last == 0 { forward } else { 0 };
                cell.is_heavy = is_heavy;
                cell.style = style;
            }
        }
    }

    fn text(&mut self, text: &str, ((x, y), side): (Position, Side), style: Style) {
        let text = match self.charset {
            Charset::Unicode => text,
            Charset::Ascii => &text.replace('–', "-"),
        };
        let width = width(text) as i32;
        let column = match side {
            Side::Left => x.div_euclid(2),
            Side::Middle => (x - width + 1).div_euclid(2),
            Side::Right => x.div_euclid(2) - width,
        };
        // The label of the last tick may be wider than what is left of the axis.
        let column = column.min(self.columns as i32 - width).max(0);
        for covered in column..column + width {
            if let Some(cell) = self.cell((covered, y.div_euclid(4))) {
                let text = if covered == column { text } else { "" };
                cell.text = Some(text.to_owned());
                cell.style = style;
            }
        }
    }

    /// A segment of a bar, in the texture of its series.
    fn bar(&mut self, part: &BarPart) {
        let (x, y) = &part.rect;
        let fill = part.colour.fill(self.charset).repeat(x.len() / 2);
        let style = style(part.colour, false);
        for top in y.clone().step_by(4).filter(|_| !fill.is_empty()) {
            self.text(&fill, ((x.start, top), Side::Left), style);
        }
    }
}

/// The column and row of a dot.
fn cell_of((x, y): Position) -> Position {
    (x.div_euclid(2), y.div_euclid(4))
}

/// The colour of a series; that of text for the rest.
fn style(colour: Colour, is_bold: bool) -> Style {
    let style = Style::new().fg_color(colour.ansi().map(Into::into));
    if is_bold { style.bold() } else { style }
}

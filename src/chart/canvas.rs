//! A scene in the cells of a terminal.
//!
//! A cell has 2 by 4 dots. Text takes whole cells; horizontal and vertical lines are made of
//! box-drawing characters, others of dots.

use super::palette::Colour;
use super::scene::{At, Item, Mark, Rect, Scene, Side, Weight, dots_between};
use super::{Tint, scene};
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
            Item::Text {
                text,
                at,
                side,
                font,
                colour,
                ..
            } => {
                let style = match font.is_bold {
                    true => style(*colour).bold(),
                    false => style(*colour),
                };
                self.text(text, (*at, *side), style);
            }
            Item::Line {
                path,
                colour,
                weight,
            } => {
                let is_heavy = *weight == Weight::Heavy;
                for pair in path.windows(2) {
                    self.line((pair[0], pair[1]), style(*colour), is_heavy);
                }
            }
            // A cell has one colour, and text needs it.
            Item::Area { .. } => {}
            Item::Mark(Mark {
                tint,
                at,
                is_hollow,
                is_bold,
                ..
            }) => {
                let glyph = tint.shape().glyph(self.charset, *is_hollow);
                let style = style(Colour::Tint(*tint));
                let style = if *is_bold { style.bold() } else { style };
                self.text(glyph, (*at, Side::Left), style);
            }
            Item::Bar { tint, rect, .. } => self.bar(*tint, rect),
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

    fn cell(&mut self, (column, row): At) -> Option<&mut Cell> {
        let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
        if self.rows.len() <= row {
            let empty = vec![Cell::default(); self.columns];
            self.rows.resize(row + 1, empty);
        }
        self.rows[row].get_mut(column)
    }

    fn dot(&mut self, (x, y): At, style: Style) {
        if let Some(cell) = self.cell(cell_of((x, y))) {
            cell.dots |= BRAILLE[y.rem_euclid(4) as usize][x.rem_euclid(2) as usize];
            cell.style = style;
        }
    }

    fn line(&mut self, (from, to): (At, At), style: Style, is_heavy: bool) {
        let (back, forward) = match ((to.0 - from.0).signum(), (to.1 - from.1).signum()) {
            (1, 0) => (LEFT, RIGHT),
            (-1, 0) => (RIGHT, LEFT),
            (0, 1) => (UP, DOWN),
            (0, -1) => (DOWN, UP),
            (0, 0) => return,
            _ => return scene::dots_between(from, to).for_each(|dot| self.dot(dot, style)),
        };
        let mut cells: Vec<At> = dots_between(from, to).map(cell_of).collect();
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

    fn text(&mut self, text: &str, ((x, y), side): (At, Side), style: Style) {
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

    /// A piece of a bar, in the texture of its series.
    fn bar(&mut self, tint: Tint, (x, y): &Rect) {
        let fill = tint.fill(self.charset).repeat(x.len() / 2);
        let style = style(Colour::Tint(tint));
        for top in y.clone().step_by(4).filter(|_| !fill.is_empty()) {
            self.text(&fill, ((x.start, top), Side::Left), style);
        }
    }
}

/// The column and row of a dot.
fn cell_of((x, y): At) -> At {
    (x.div_euclid(2), y.div_euclid(4))
}

/// A colour; that of text for all but series, and for those beside what matters a weaker one.
fn style(colour: Colour) -> Style {
    match colour {
        Colour::Tint(tint) => Style::new().fg_color(tint.ansi().map(Into::into)),
        Colour::Ink | Colour::Muted | Colour::Grid | Colour::Background => Style::new(),
    }
}

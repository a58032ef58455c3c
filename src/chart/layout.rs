//! Sizes, text and the legend: what all pictures have around their axes.

use super::scene::{BarPart, Font, Item, Mark, Position, Rect, Scene, Side, Stroke, Text};
use super::{Colour, Drawing};
use crate::output::Charset;
use crate::text::{cut, printable, width, wrapped};

/// What a picture is drawn on, in dots: a terminal, whose cells have 2 by 4, or a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Medium {
    /// The characters of a terminal; none on a page.
    pub charset: Option<Charset>,
    pub width: i32,
    /// The height of the whole, where it is fixed.
    pub height: Option<i32>,
    /// Whether the footer is drawn: not where the text around the picture has it.
    pub has_footer: bool,
    /// The room left free at each edge.
    pub margin: i32,
    /// The dots that text and marks take as a whole.
    pub cell: (i32, i32),
    /// The length of a tick.
    pub tick: i32,
    /// The height of the labels below a plot.
    pub below: i32,
    /// The usual height of a row of words.
    pub row: i32,
    pub title: Font,
    pub text: Font,
    pub small: Font,
}

/// What an entry of the legend shows before its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    Mark {
        is_hollow: bool,
    },
    Line(Stroke),
    /// A mark and the line through those of its series.
    Fit(Stroke),
    Bar,
}

/// The symbol of an entry, its colour and its name.
pub(super) type Entry<'a> = (Symbol, Colour, &'a str);

const fn font(size: i32, column: i32, is_bold: bool) -> Font {
    Font {
        size,
        column,
        is_bold,
    }
}

impl Medium {
    /// The size of the mark of a series on a page.
    pub(super) const RADIUS: i32 = 5;
    /// The least height of a plot on a page.
    pub(super) const LEAST: i32 = 60;
    /// The width of a page whose size is not chosen.
    pub(super) const PAGE_WIDTH: i32 = 960;

    /// A page of this width, and of this height if it is fixed.
    pub(super) fn page(width: i32, height: Option<i32>) -> Medium {
        Medium {
            charset: None,
            width,
            height,
            has_footer: true,
            margin: 20,
            cell: (1, 1),
            tick: 5,
            below: 29,
            row: 26,
            title: font(20, 11, true),
            text: font(14, 8, false),
            small: font(12, 7, false),
        }
    }

    /// The cells of a terminal of this many columns.
    pub(super) fn terminal(columns: usize, charset: Charset) -> Medium {
        Medium {
            charset: Some(charset),
            width: columns as i32 * 2,
            height: None,
            has_footer: false,
            margin: 0,
            cell: (2, 4),
            tick: 2,
            below: 8,
            row: 4,
            title: font(3, 2, true),
            text: font(3, 2, false),
            small: font(3, 2, false),
        }
    }

    pub(super) fn is_page(self) -> bool {
        self.charset.is_none()
    }

    /// The height between the axes of one plot, where that of the whole is not fixed.
    pub(super) fn depth(self) -> i32 {
        match self.is_page() {
            true => 420,
            false => (self.width / 8).clamp(10, 24) * 4,
        }
    }

    /// The largest width in whole cells.
    pub(super) fn floor_to_cells(self, width: i32) -> i32 {
        width.div_euclid(self.cell.0) * self.cell.0
    }
}

/// A text in pieces of at most so many columns.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        let last = pieces
            .last_mut()
            .filter(|own| width(own) + width(&c.to_string()) <= columns);
        match last {
            Some(last) => last.push(c),
            None => pieces.push(c.to_string()),
        }
    }
    pieces
}

/// A picture while it is drawn.
pub(super) struct Sketch {
    pub medium: Medium,
    pub scene: Scene,
    /// How much more height the page needs.
    pub missing_height: i32,
}

impl Sketch {
    pub(super) fn new(medium: Medium) -> Sketch {
        Sketch {
            medium,
            scene: Scene::new(),
            missing_height: 0,
        }
    }

    /// The height of each of so many rows of a page, where all have this room, at least `least`; sets
    /// the missing height.
    pub(super) fn row_height(&mut self, room: i32, rows: i32, least: i32) -> i32 {
        let rows = rows.max(1);
        self.missing_height = (least * rows - room).max(0);
        (room / rows).max(least)
    }

    /// Draws the text and the legend around the axes, and calls `plots` to draw what is between them: it
    /// gets the area and its height, if that is fixed, and returns where it ends. Returns the height of
    /// the whole.
    pub(super) fn framed(
        &mut self,
        text: &Drawing,
        (legend, axis): (&[Entry<'_>], &str),
        plots: impl FnOnce(&mut Sketch, Rect, Option<i32>) -> i32,
    ) -> i32 {
        let medium = self.medium;
        let (is_page, gap) = (medium.is_page(), medium.margin / 2);
        let mut y = medium.margin;
        if !text.title.is_empty() {
            y = self.paragraph(&text.title, (medium.title, Colour::Ink), y);
        }
        if is_page {
            y = self.paragraph(&text.subtitle, (medium.text, Colour::Muted), y) + gap;
        }
        y = self.legend(legend, y);
        y = self.paragraph(axis, (medium.text, Colour::Muted), y + gap / 2) + gap / 2;
        // A terminal and a page have it beside the picture.
        let footer = text.footer.iter().filter(|_| medium.has_footer);
        let texts = text.notes.iter().chain(footer);
        let lines = texts.clone();
        let lines = lines.map(|text| self.lines(text, medium.small).len() as i32);
        let below = lines.sum::<i32>() * medium.small.line() + 2 * gap;
        let room = medium.height.map(|height| height - below - y);
        let across = medium.margin..medium.width - medium.margin;
        y = plots(self, (across, y..y), room) + gap;
        if let Some(height) = medium.height {
            y = height - below + gap;
        }
        for text in texts {
            y = self.paragraph(text, (medium.small, Colour::Muted), y);
        }
        medium.height.unwrap_or(y + gap)
    }

    /// A text broken between words.
    fn lines(&self, text: &str, font: Font) -> Vec<String> {
        let columns = (self.medium.width - 2 * self.medium.margin) / font.column;
        // Capitals are wider than most letters.
        let capitals = text.chars().filter(|c| c.is_uppercase()).count();
        let is_wide = self.medium.is_page() && 2 * capitals > text.chars().count();
        let columns = if is_wide { columns * 4 / 5 } else { columns } as usize;
        let text = wrapped(&printable(text), 0, columns);
        let lines = text.split('\n');
        // A word that is longer than a line is broken.
        lines.flat_map(|line| broken(line, columns)).collect()
    }

    /// Writes a text broken between words, and returns where the next may begin.
    pub(super) fn paragraph(&mut self, text: &str, (font, colour): (Font, Colour), y: i32) -> i32 {
        let (left, mut y) = (self.medium.margin, y);
        for line in self.lines(text, font) {
            let at = (left, y + font.line() / 2);
            self.write(&line, (font, colour), at, Side::Left);
            y += font.line();
        }
        y
    }

    /// Writes the title of a panel of this width, and what follows it.
    pub(super) fn panel_title(&mut self, text: [&str; 2], font: Font, at: Position, wide: i32) {
        let ([title, detail], (x, y)) = (text, at);
        let middle = y + self.medium.text.line() / 2;
        let after = if detail.is_empty() { "" } else { "  " };
        let room = (wide / font.column).max(1) as usize;
        // The commands print the detail too.
        let (room, detail) = match room.saturating_sub(width(detail) + after.len()) {
            0..8 => (room, ""),
            rest => (rest, detail),
        };
        let title = cut(&printable(title), room) + after;
        let bold = self::font(font.size, font.column, true);
        self.write(&title, (bold, Colour::Ink), (x, middle), Side::Left);
        if !detail.is_empty() {
            let at = (x + wide, middle);
            self.write(detail, (font, Colour::Muted), at, Side::Right);
        }
    }

    /// Draws what marks, lines and bars mean, and returns where it ends.
    fn legend(&mut self, entries: &[Entry<'_>], mut y: i32) -> i32 {
        let text = self.medium.text;
        let (line, column) = (text.line(), text.column);
        let (left, right) = (self.medium.margin, self.medium.width - self.medium.margin);
        let mut x = left;
        for (symbol, colour, name) in entries {
            let indent = match symbol {
                Symbol::Mark { .. } => 2 * column,
                Symbol::Line(_) | Symbol::Fit(_) => 4 * column,
                Symbol::Bar => 3 * column,
            };
            let name = cut(
                &printable(name),
                ((right - left - indent) / column) as usize,
            );
            let width = indent + text.width_of(&name);
            if x > left && x + width > right {
                (x, y) = (left, y + line);
            }
            let middle = y + line / 2;
            if let Symbol::Line(stroke) | Symbol::Fit(stroke) = symbol {
                let path = vec![(x, middle), (x + 3 * column - 1, middle)];
                self.line(path, *colour, *stroke);
            }
            let mut mark = |x, is_hollow| {
                let mark = Mark::new(*colour, (x, middle), is_hollow, f64::from(Medium::RADIUS));
                self.scene.push(Item::Mark(mark));
            };
            match symbol {
                Symbol::Line(_) => {}
                Symbol::Mark { is_hollow } => mark(x + column / 2, *is_hollow),
                Symbol::Fit(_) => mark(x + column + column / 2, false),
                Symbol::Bar => self.scene.push(Item::Bar(BarPart {
                    colour: *colour,
                    rect: (x..x + 2 * column, y..y + line),
                    has_mark: true,
                    tooltip: String::new(),
                })),
            }
            self.write(&name, (text, Colour::Ink), (x + indent, middle), Side::Left);
            x += width + 2 * column;
        }
        if entries.is_empty() { y } else { y + line }
    }

    pub(super) fn write(&mut self, text: &str, style: (Font, Colour), at: Position, side: Side) {
        let (font, colour) = style;
        self.scene.push(Item::Text(Text {
            text: text.to_owned(),
            at,
            side,
            font,
            colour,
            has_halo: false,
        }));
    }

    pub(super) fn line(&mut self, path: Vec<Position>, colour: Colour, stroke: Stroke) {
        self.scene.push(Item::Line {
            path,
            colour,
            stroke,
        });
    }

    /// A line of the grid; a terminal has none.
    pub(super) fn grid(&mut self, path: Vec<Position>) {
        if self.medium.is_page() {
            self.line(path, Colour::Grid, Stroke::Thin);
        }
    }

    /// A label of the axis of numbers at the end of a tick, whose axis is a cell to the left of
    /// `left`.
    pub(super) fn tick_label(&mut self, label: &str, (left, y): Position) {
        let text = self.medium.text;
        let x = match self.medium.is_page() {
            true => left - 8,
            false => left,
        };
        self.write(label, (text, Colour::Muted), (x, y), Side::Right);
    }

    /// What a label of the axis of numbers ends with: on a terminal, the axis itself.
    pub(super) fn tick_end(&self) -> &'static str {
        match self.medium.charset {
            None => "",
            Some(Charset::Unicode) => " ┤",
            Some(Charset::Ascii) => " +",
        }
    }

    /// How much room labels of the axis of numbers take.
    pub(super) fn label_room(&self, labels: &[String]) -> i32 {
        let text = self.medium.text;
        let widest = labels.iter().map(|label| text.width_of(label)).max();
        widest.unwrap_or(0) + if self.medium.is_page() { 12 } else { 0 }
    }

    /// A tick of the axis below a plot, and its label.
    pub(super) fn tick_below(&mut self, label: &str, (x, bottom): Position) {
        let Medium { text, below, .. } = self.medium;
        let tick = vec![(x, bottom), (x, bottom + self.medium.tick)];
        self.line(tick, Colour::Muted, Stroke::Thin);
        // What would leave the page is moved.
        let half = text.width_of(label) / 2;
        let right = self.medium.width - self.medium.margin;
        let x = x.min(right - half).max(half);
        let at = (x, bottom + below - text.line() / 2);
        self.write(label, (text, Colour::Muted), at, Side::Middle);
    }
}

//! Bars of counts: columns over time, or a row for each word; stacked where there are a few series,
//! in panels with one scale where there are more.

mod columns;

use super::layout::{Entry, Medium, Sketch, Symbol};
use super::scene::{BarPart, Item, Rect, Side, Stroke};
use super::{Bar, BarChart, Colour, Drawing, SERIES};
use crate::model::figure::grouped;
use crate::output::Charset;
use crate::text::{cut, printable};
use std::ops::Range;

/// The most columns of the name of a row.
const NAME: usize = 32;
/// Parts of a cell from the left, from 1/8.
const RIGHTWARD: [&str; 7] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/// The least height of a row of words on a page.
const LEAST_ROW: i32 = 16;

/// How the panels of a chart are arranged, all with one scale.
struct Grid {
    /// The series of each panel.
    panels: Vec<Range<usize>>,
    columns: i32,
    /// From one column to the next.
    pitch: i32,
    /// The width of a panel.
    width: i32,
    /// The models of the largest bar.
    most: usize,
    /// How many of the earliest bars have no room.
    hidden: usize,
}

/// Draws a chart that is not empty, and returns the height it takes.
pub(super) fn draw(chart: &BarChart, text: &Drawing, sketch: &mut Sketch) -> i32 {
    let grid = Grid::of(chart, sketch);
    let series = chart.series.iter();
    let legend = series.map(|own| (Symbol::Bar, own.colour, &*own.name));
    let legend: Vec<Entry<'_>> = legend.filter(|_| grid.panels[0].len() > 1).collect();
    let hidden = chart.bars[..grid.hidden].iter().map(|bar| bar.total).sum();
    let note = match hidden {
        0 => None,
        1 => Some("1 earlier model is not shown (no room)".to_owned()),
        _ => {
            let count = grouped(hidden as f64);
            Some(format!("{count} earlier models are not shown (no room)"))
        }
    };
    let mut text = text.clone();
    text.notes.splice(0..0, note);
    let labels = (&*legend, &*chart.counted);
    sketch.framed(&text, labels, |sketch, area, room| {
        plots(chart, &grid, sketch, area, room)
    })
}

impl Grid {
    fn of(chart: &BarChart, sketch: &Sketch) -> Grid {
        let medium = sketch.medium;
        // More series than there are colours have a panel each.
        let parts = chart.series.len();
        let named = chart.series.iter().filter(|own| own.colour != Colour::Rest);
        let each = if named.count() > SERIES { 1 } else { parts };
        let panels = (0..parts.max(1)).step_by(each.max(1));
        let panels: Vec<Range<usize>> = panels.map(|part| part..part + each).collect();
        let wide = medium.width - 2 * medium.margin;
        let (columns, apart) = match (panels.len(), medium.is_page()) {
            (1, _) => (1, 0),
            (_, true) => ((wide / 220).clamp(1, 3), 2 * medium.text.column),
            (_, false) => ((wide / 60).clamp(1, 3), 2 * medium.text.column),
        };
        let pitch = medium.floor_to_cells(wide / columns);
        let width = pitch - apart;
        let counts = chart.bars.iter().flat_map(|bar| {
            let panels = panels.iter();
            panels.filter_map(|parts| bar.counts.get(parts.clone()))
        });
        let most = counts.map(|own| own.iter().sum()).max();
        let most = most.unwrap_or(0).max(1);
        let room = (width - columns::count_room(most, sketch)) / columns::least_width(medium);
        let hidden = match chart.time {
            Some(_) => chart.bars.len().saturating_sub(room as usize),
            None => 0,
        };
        Grid {
            panels,
            columns,
            pitch,
            width,
            most,
            hidden,
        }
    }
}

/// Draws each panel, and returns where they end.
fn plots(
    chart: &BarChart,
    grid: &Grid,
    sketch: &mut Sketch,
    (across, y): Rect,
    room: Option<i32>,
) -> i32 {
    let (medium, line) = (sketch.medium, sketch.medium.text.line());
    let is_single = grid.panels.len() == 1;
    let (header, gap) = match medium.is_page() {
        _ if is_single => (0, 0),
        true => (line, line / 2),
        false => (line, 4),
    };
    let rows = grid.panels.len().div_ceil(grid.columns as usize) as i32;
    let high = header + medium.below + gap;
    let bars = chart.bars.len() as i32;
    let depth = match (room, chart.time) {
        (Some(room), time) => {
            let least = match time {
                Some(_) if is_single => 2 * Medium::LEAST,
                Some(_) => Medium::LEAST,
                None => bars * LEAST_ROW,
            };
            sketch.row_height(room - rows * high, rows, least)
        }
        (None, Some(_)) if is_single => medium.depth(),
        (None, Some(_)) => medium.depth() / 12 * 4,
        (None, None) => bars * medium.row,
    };
    for (parts, i) in grid.panels.iter().zip(0..) {
        let (column, row) = (i % grid.columns, i / grid.columns);
        let x = across.start + column * grid.pitch;
        let y = y.start + row * (depth + high);
        if !is_single {
            let title = &chart.series[parts.start].name;
            sketch.panel_title([title, ""], medium.text, (x, y), grid.width);
        }
        let y = y + header;
        let plot = Plot {
            chart,
            grid,
            parts: parts.clone(),
            area: (x..x + grid.width, y..y + depth),
            is_leftmost: column == 0,
        };
        match chart.time {
            Some(time) => plot.columns(time, sketch),
            None => plot.rows(sketch),
        }
    }
    y.start + rows * (depth + high)
}

/// The bars between their axes.
struct Plot<'a> {
    chart: &'a BarChart,
    grid: &'a Grid,
    /// The series that are drawn.
    parts: Range<usize>,
    /// The columns for labels and bars, and the rows for bars.
    area: Rect,
    is_leftmost: bool,
}

/// Where the parts of a bar end, in dots from its beginning.
struct Lengths {
    ends: Vec<i32>,
    /// What follows the last, in eighths of a cell.
    eighths: usize,
}

impl Plot<'_> {
    /// The lengths of the parts of a bar, in dots, rounded to cells of this size. A bar that has a model
    /// is never empty.
    fn lengths(&self, bar: &Bar, scale: f64, (cell, charset): (i32, Option<Charset>)) -> Lengths {
        let mut sum = 0;
        let ends = self.counts(bar).iter().map(|count| {
            sum += count;
            length(sum as f64 * scale, cell)
        });
        let mut ends: Vec<i32> = ends.collect();
        let mut eighths = 0;
        if let (None, Some(last @ 0), 1..) = (charset, ends.last_mut(), sum) {
            *last = 1;
        }
        if charset.is_some() {
            if self.parts.len() == 1 && charset == Some(Charset::Unicode) {
                let length = (sum as f64 * scale / f64::from(cell) * 8.0).round() as usize;
                eighths = length % 8;
                ends = vec![(length / 8) as i32 * cell];
            }
            if sum > 0 && ends.last() == Some(&0) {
                eighths = eighths.max(1);
            }
        }
        Lengths { ends, eighths }
    }

    /// Whether other series are drawn in panels of their own.
    fn is_panel(&self) -> bool {
        self.parts.len() < self.chart.series.len()
    }

    /// The models of each series that is drawn.
    fn counts<'b>(&self, bar: &'b Bar) -> &'b [usize] {
        bar.counts.get(self.parts.clone()).unwrap_or_default()
    }

    /// The models of a bar.
    fn total(&self, bar: &Bar) -> usize {
        match self.is_panel() {
            true => self.counts(bar).iter().sum(),
            false => bar.total,
        }
    }

    /// The colour of a series.
    fn colour(&self, part: usize) -> Colour {
        match self.is_panel() {
            true => Colour::Series(0),
            false => self.chart.series[part].colour,
        }
    }

    /// The colour of the last part of a bar.
    fn last(&self, bar: &Bar) -> Colour {
        let last = self.counts(bar).iter().rposition(|count| *count > 0);
        last.map_or(Colour::Rest, |i| self.colour(self.parts.start + i))
    }

    /// Draws a part of a bar, with a gap to the next on a page.
    fn segment(&self, sketch: &mut Sketch, (bar, part): (&Bar, usize), (mut x, mut y): Rect) {
        let is_stacked = self.parts.len() > 1;
        if sketch.medium.is_page() && is_stacked && part > 0 {
            match self.chart.time {
                Some(_) if y.len() > 2 => y.end -= 1,
                None if x.len() > 2 => x.start += 1,
                _ => {}
            }
        }
        if !x.is_empty() && !y.is_empty() {
            let (label, count) = (&bar.label, bar.counts[part]);
            let tooltip = match is_stacked {
                false => format!("{label}: {count}"),
                true => format!("{label}, {}: {count}", self.chart.series[part].name),
            };
            sketch.scene.push(Item::Bar(BarPart {
                colour: self.colour(part),
                rect: (x, y),
                has_mark: is_stacked,
                tooltip,
            }));
        }
    }

    /// A row for each word.
    pub(super) fn rows(&self, sketch: &mut Sketch) {
        let (medium, text) = (sketch.medium, sketch.medium.text);
        let ((cell, line), column) = (medium.cell, text.column);
        let (across, top) = (&self.area.0, self.area.1.start);
        let room = ((across.end - across.start) / column) as usize;
        let names = self.chart.bars.iter().map(|bar| {
            let name = printable(&bar.label);
            cut(&name, NAME.min(room / 3))
        });
        let names: Vec<String> = names.collect();
        let longest = names.iter().map(|name| text.width_of(name)).max();
        let axis = across.start + longest.unwrap_or(0) + column;
        let left = axis + cell;
        let count = self.chart.bars.len() as i32;
        let pitch = match medium.is_page() {
            true => ((self.area.1.end - top) / count.max(1)).min(sketch.medium.row),
            false => line,
        };
        let gap = if medium.is_page() { pitch / 4 } else { 0 };
        let counts = text.width_of(&grouped(self.grid.most as f64)) + 2 * column;
        let room = across.end - left - counts;
        let scale = f64::from(room) / self.grid.most as f64;
        let bottom = top + pitch * count;
        let ticks = ticks(self.grid.most, room / (12 * column));
        for count in &ticks {
            let x = left + length(*count as f64 * scale, cell);
            sketch.grid(vec![(x, top), (x, bottom)]);
        }
        for ((bar, name), i) in self.chart.bars.iter().zip(&names).zip(0..) {
            let y = top + pitch * i;
            let y = y + gap / 2..y + pitch - gap / 2;
            let middle = i32::midpoint(y.start, y.end);
            let at = (across.start, middle);
            sketch.write(name, (text, Colour::Ink), at, Side::Left);
            let lengths = self.lengths(bar, scale, (cell, medium.charset));
            let mut from = left;
            for (part, end) in self.parts.clone().zip(&lengths.ends) {
                self.segment(sketch, (bar, part), (from..left + end, y.clone()));
                from = left + end;
            }
            if let Some(last) = partial_cell(&RIGHTWARD, lengths.eighths, medium.charset) {
                let colour = self.last(bar);
                sketch.write(last, (text, colour), (from, middle), Side::Left);
                from += cell;
            }
            let total = grouped(self.total(bar) as f64);
            let at = (from + column, middle);
            sketch.write(&total, (text, Colour::Muted), at, Side::Left);
        }
        let corner = match medium.is_page() {
            true => vec![(left, top), (left, bottom)],
            false => vec![(axis, top), (axis, bottom), (left + room, bottom)],
        };
        sketch.line(corner, Colour::Muted, Stroke::Thin);
        let zero = if medium.is_page() { left } else { axis };
        for count in &ticks {
            let x = zero + length(*count as f64 * scale, cell);
            sketch.tick_below(&grouped(*count as f64), (x, bottom));
        }
    }
}

/// A length in dots, rounded to whole cells.
fn length(length: f64, cell: i32) -> i32 {
    (length / f64::from(cell)).round() as i32 * cell
}

/// The last cell of a bar on a terminal, if a part of it is filled.
fn partial_cell(
    parts: &[&'static str; 7],
    eighths: usize,
    charset: Option<Charset>,
) -> Option<&'static str> {
    let eighth = eighths.checked_sub(1)?;
    Some(match charset? {
        Charset::Unicode => parts[eighth],
        Charset::Ascii => ".",
    })
}

/// The counts that an axis shows up to the largest, at most so many above 0: multiples of 1, 2 or 5
/// times a power of ten.
fn ticks(largest: usize, most: i32) -> Vec<usize> {
    let most = usize::try_from(most).unwrap_or(0).clamp(1, 8);
    let mut steps =
        (0u32..).flat_map(|power| [1, 2, 5].map(|digit| digit * 10usize.saturating_pow(power)));
    let step = steps.find(|step| largest / step <= most).unwrap_or(1);
    (0..=largest / step).map(|i| i * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_round_ticks() {
        assert_eq!(ticks(245, 5), [0, 50, 100, 150, 200]);
        assert_eq!(ticks(3, 5), [0, 1, 2, 3]);
        assert_eq!(ticks(7, 3), [0, 2, 4, 6]);
        assert_eq!(ticks(1, 8), [0, 1]);
        assert_eq!(ticks(usize::MAX, 4).len(), 4);
    }
}

//! A bar for each word.

use super::{Plot, length, partial_cell, ticks};
use crate::chart::Colour;
use crate::chart::layout::Sketch;
use crate::chart::scene::{Side, Stroke};
use crate::model::figure::grouped;
use crate::text::{cut, printable, width};

/// The most columns of a name.
const NAME: usize = 32;
/// Parts of a cell from the left, from 1/8.
const RIGHTWARD: [&str; 7] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];

impl Plot<'_> {
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
        let longest = names.iter().map(|name| width(name)).max().unwrap_or(0) as i32;
        let axis = across.start + (longest + 1) * column;
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

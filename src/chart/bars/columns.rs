//! Bars over time.

use super::{Plot, length, partial_cell, ticks};
use crate::chart::Colour;
use crate::chart::layout::{Medium, Sketch};
use crate::chart::scale::{MONTHS, month_label};
use crate::chart::scene::{Side, Stroke};
use crate::model::figure::grouped;

/// Parts of a cell from the bottom, from 1/8.
const UPWARD: [&str; 7] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"];

/// The room for the counts beside bars, of which the largest is `most`.
pub(super) fn count_room(most: usize, sketch: &Sketch) -> i32 {
    sketch.label_room(&[grouped(most as f64) + sketch.tick_end()])
}

/// The least width of a bar.
pub(super) fn least_width(medium: Medium) -> i32 {
    if medium.is_page() { 3 } else { medium.cell.0 }
}

impl Plot<'_> {
    /// Columns over time.
    pub(super) fn columns(&self, (first, step): (i32, i32), sketch: &mut Sketch) {
        let (medium, text, most) = (sketch.medium, sketch.medium.text, self.grid.most);
        let (cell, row) = medium.cell;
        let (top, bottom) = (self.area.1.start, self.area.1.end);
        let depth = bottom - top;
        // Room for a tick at a count, and the most for a bar.
        let (apart, widest) = match medium.is_page() {
            true => (40, 90),
            false => (12, 8 * cell),
        };
        let left = self.area.0.start + count_room(most, sketch);
        let axis = left - cell;
        let room = self.area.0.end - left;
        let bars = &self.chart.bars[self.grid.hidden..];
        let shown = bars.len() as i32;
        let pitch = (room / shown.max(1) / cell * cell)
            .min(widest)
            .max(least_width(medium));
        let gap = match medium.is_page() {
            true => pitch / 5,
            false if pitch > cell => cell,
            false => 0,
        };
        let finish = left + pitch * shown;
        // A total has room above the highest bar.
        let is_totalled = medium.is_page()
            && bars.iter().all(|bar| {
                let total = grouped(self.total(bar) as f64);
                medium.small.width_of(&total) <= pitch
            });
        let high = if is_totalled { depth - 16 } else { depth };
        let scale = f64::from(high) / most as f64;
        for count in ticks(most, depth / apart) {
            let y = bottom - length(count as f64 * scale, row);
            sketch.grid(vec![(axis, y), (finish, y)]);
            if self.is_leftmost {
                let label = grouped(count as f64) + sketch.tick_end();
                sketch.tick_label(&label, (left, y));
            }
        }
        let corner = match medium.is_page() {
            true => vec![(axis, bottom), (finish, bottom)],
            false => vec![(axis, top), (axis, bottom), (finish, bottom)],
        };
        let first = first + step * self.grid.hidden as i32;
        let ticks = time_ticks(first, shown, step, (pitch, text.column));
        for (bar, i) in bars.iter().zip(0..) {
            let x = left + pitch * i;
            let x = x..x + pitch - gap;
            let lengths = self.lengths(bar, scale, (row, medium.charset));
            let mut from = bottom;
            for (part, end) in self.parts.clone().zip(&lengths.ends) {
                self.segment(sketch, (bar, part), (x.clone(), bottom - end..from));
                from = bottom - end;
            }
            if let Some(last) = partial_cell(&UPWARD, lengths.eighths, medium.charset) {
                let last = last.repeat(x.len() / cell as usize);
                let at = (x.start, from - row / 2);
                sketch.write(&last, (text, self.last(bar)), at, Side::Left);
            }
            let centre = i32::midpoint(x.start, x.end);
            let total = self.total(bar);
            if is_totalled && total > 0 {
                let (total, at) = (grouped(total as f64), (centre, from - 9));
                sketch.write(&total, (medium.small, Colour::Muted), at, Side::Middle);
            }
            let month = f64::from(first + step * i);
            if ticks.contains(&month) {
                sketch.tick_below(&month_label(month, &ticks), (centre, bottom));
            }
        }
        sketch.line(corner, Colour::Muted, Stroke::Thin);
    }
}

/// The months that have a label, of `count` bars each `step` months and `pitch` dots after the last;
/// a column of text has `column` dots.
fn time_ticks(first: i32, count: i32, step: i32, (pitch, column): (i32, i32)) -> Vec<f64> {
    let fits = |every: &i32| {
        let label = if *every < 12 { 9 } else { 6 };
        i64::from(every / step) * i64::from(pitch) >= label * i64::from(column)
    };
    // Years have labels at whole years.
    let mut steps = MONTHS.into_iter().filter(|every| every % step == 0);
    let every = steps.find(fits).unwrap_or(i32::MAX);
    let months = (0..count).map(|i| first + step * i);
    months
        .filter(|month| month % every == 0)
        .map(f64::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_labels_where_there_is_room() {
        let years = |first: i32, count, width| {
            let months = time_ticks(first * 12, count, 12, width);
            months
                .into_iter()
                .map(|month| month / 12.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            years(2018, 9, (16, 2)),
            (2018..2027).map(f64::from).collect::<Vec<_>>()
        );
        assert_eq!(years(1951, 20, (4, 2)), [1955.0, 1960.0, 1965.0, 1970.0]);
        let (first, ticks) = (2024 * 12 + 2, [2025.0 * 12.0, 2026.0 * 12.0]);
        assert_eq!(time_ticks(first, 24, 1, (2, 2)), ticks);
    }
}

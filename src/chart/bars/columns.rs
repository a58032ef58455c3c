//! Bars over time.

use super::{Plot, length, ticks, tip};
use crate::chart::Colour;
use crate::chart::TimeStep;
use crate::chart::layout::Sketch;
use crate::chart::scale::{MONTHS, month_label};
use crate::chart::scene::{Side, Weight};
use crate::model::figure::grouped;

/// Parts of a cell from the bottom, from 1/8.
const UPWARD: [&str; 7] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"];

impl Plot<'_> {
    /// Columns over time.
    pub(super) fn columns(&self, first: i32, step: TimeStep, sketch: &mut Sketch) -> i32 {
        let (medium, text) = (sketch.medium, sketch.medium.text);
        let ((cell, row), below) = (medium.cell, sketch.medium.below);
        let (top, bottom) = (self.area.1.start, self.area.1.end);
        let depth = bottom - top;
        // Room for a tick at a count, and the least and the most for a bar.
        let (apart, [least, widest]) = match medium.is_page() {
            true => (40, [3, 90]),
            false => (12, [cell, 8 * cell]),
        };
        let ticks = ticks(self.most, depth / apart);
        let end = sketch.tick_end();
        let labels = ticks.iter().map(|tick| grouped(*tick as f64) + end);
        let labels: Vec<String> = labels.collect();
        let left = self.area.0.start + sketch.label_room(&labels);
        let axis = left - cell;
        let room = self.area.0.end - left;
        let all = &self.chart.bars;
        let (missing, bars) = all.split_at(all.len().saturating_sub((room / least) as usize));
        let shown = bars.len() as i32;
        let pitch = (room / shown.max(1) / cell * cell).min(widest).max(least);
        let gap = match medium.is_page() {
            true => pitch / 5,
            false if pitch > cell => cell,
            false => 0,
        };
        let finish = left + pitch * shown;
        // A total has room above the highest bar.
        let is_totalled = medium.is_page()
            && bars.iter().all(|bar| {
                let small = medium.small;
                small.width_of(&grouped(bar.total as f64)) <= pitch
            });
        let high = if is_totalled { depth - 16 } else { depth };
        let scale = f64::from(high) / self.most as f64;
        for (count, label) in ticks.iter().zip(&labels) {
            let y = bottom - length(*count as f64 * scale, row);
            sketch.grid(vec![(axis, y), (finish, y)]);
            if self.is_leftmost {
                sketch.tick_label(label, (left, y));
            }
        }
        let corner = match medium.is_page() {
            true => vec![(axis, bottom), (finish, bottom)],
            false => vec![(axis, top), (axis, bottom), (finish, bottom)],
        };
        let first = first + missing.len() as i32;
        let ticks = time_ticks(first, shown, step, (pitch, text.column));
        for (bar, number) in bars.iter().zip(first..) {
            let x = left + pitch * (number - first);
            let x = x..x + pitch - gap;
            let lengths = self.lengths(bar, scale, (row, sketch.medium.charset));
            let mut from = bottom;
            for (i, end) in lengths.ends.iter().enumerate() {
                self.piece(sketch, (bar, i), (x.clone(), bottom - end..from));
                from = bottom - end;
            }
            if let Some(tip) = tip(&UPWARD, lengths.eighths, medium.charset) {
                let tip = tip.repeat(x.len() / cell as usize);
                let colour = self.last(bar);
                sketch.write(&tip, (text, colour), (x.start, from - row / 2), Side::Left);
            }
            let centre = i32::midpoint(x.start, x.end);
            if is_totalled && bar.total > 0 {
                let total = grouped(bar.total as f64);
                let at = (centre, from - 9);
                sketch.write(&total, (medium.small, Colour::Muted), at, Side::Middle);
            }
            if ticks.contains(&number) {
                let label = match step {
                    TimeStep::Year => number.to_string(),
                    TimeStep::Month => {
                        let ticks: Vec<f64> = ticks.iter().copied().map(f64::from).collect();
                        month_label(f64::from(number), &ticks)
                    }
                };
                sketch.tick_below(&label, (centre, bottom));
            }
        }
        sketch.line(corner, Colour::Muted, Weight::Thin);
        let what = match missing.iter().map(|bar| bar.total).sum::<usize>() {
            0 => return bottom + below,
            1 => "1 earlier model is not shown (no room)".to_owned(),
            count => {
                let count = grouped(count as f64);
                format!("{count} earlier models are not shown (no room)")
            }
        };
        match self.is_leftmost {
            true => sketch.paragraph(&what, (text, Colour::Muted), bottom + below),
            false => bottom + below,
        }
    }
}

/// The years or months that have a label, where so many dots are from bar to bar and in a column of
/// text.
fn time_ticks(first: i32, count: i32, step: TimeStep, (pitch, column): (i32, i32)) -> Vec<i32> {
    let months = match step {
        TimeStep::Year => 12,
        TimeStep::Month => 1,
    };
    let fits = |every: &i32| {
        let label = if every * months < 12 { 9 } else { 6 };
        i64::from(*every) * i64::from(pitch) >= label * i64::from(column)
    };
    // Of years, those steps that are whole years.
    let steps = MONTHS.into_iter().filter(|step| step % months == 0);
    let every = steps.map(|step| step / months).find(fits);
    let every = every.unwrap_or(i32::MAX);
    (first..first + count)
        .filter(|number| number % every == 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_labels_where_there_is_room() {
        assert_eq!(
            time_ticks(2018, 9, TimeStep::Year, (16, 2)),
            (2018..2027).collect::<Vec<_>>()
        );
        assert_eq!(
            time_ticks(1951, 20, TimeStep::Year, (4, 2)),
            [1955, 1960, 1965, 1970]
        );
        let (first, ticks) = (2024 * 12 + 2, [2024 * 12 + 12, 2025 * 12 + 12]);
        assert_eq!(time_ticks(first, 24, TimeStep::Month, (2, 2)), ticks);
    }
}

//! Bars of counts: columns over time, or a row for each word; stacked where there are several series.

use super::draw::{Drawn, Sketch, Symbol};
use super::layout::{MONTHS, Medium, Rect, SMALL, month_label};
use super::palette::{GRID, INK};
use super::{Bar, BarChart, TimeStep, Tint};
use crate::model::figure::grouped;
use crate::output::Charset;
use crate::text::{cut, printable, width};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

/// The most columns of a name.
const NAME: usize = 32;
/// Parts of a cell, from 1/8, of bars to the right and upward.
const RIGHTWARD: [&str; 7] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const UPWARD: [&str; 7] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"];

/// Draws a chart that is not empty from the top of an area, and returns the height it takes.
pub(super) fn draw<DB: DrawingBackend>(
    chart: &BarChart,
    medium: Medium,
    area: &DrawingArea<DB, Shift>,
) -> Drawn<DB, i32> {
    let sketch = Sketch { medium, area };
    let gap = medium.margin / 3;
    let mut y = sketch.paragraph(&chart.title, medium.title, medium.margin)?;
    if chart.series.len() > 1 {
        let series = chart.series.iter();
        let entries = series.map(|series| (Symbol::Bar, series.tint, &*series.name));
        y = sketch.legend(entries, y)?;
    }
    y = sketch.paragraph(&chart.counted, medium.text, y)? + gap;
    let drawn = |bar: &Bar| bar.counts.iter().sum::<usize>();
    let most = chart.bars.iter().map(drawn).max().unwrap_or(0).max(1);
    let plot = Plot {
        chart,
        sketch: &sketch,
        most,
    };
    y = match chart.time {
        Some((first, step)) => plot.columns(first, step, y)?,
        None => plot.rows(y)?,
    };
    if let Some(missing) = &chart.missing {
        y = sketch.paragraph(missing, medium.text, y)?;
    }
    y += gap;
    // On a terminal the commands print it.
    for line in chart.footer.iter().filter(|_| medium.is_page()) {
        y = sketch.paragraph(line, SMALL, y)?;
    }
    area.present()?;
    Ok(y + gap)
}

/// The bars between their axes.
struct Plot<'a, DB: DrawingBackend> {
    chart: &'a BarChart,
    sketch: &'a Sketch<'a, DB>,
    /// The models of the largest bar.
    most: usize,
}

/// Where the parts of a bar end, in dots from its beginning.
struct Lengths {
    ends: Vec<i32>,
    /// What follows the last, in eighths of a cell.
    eighths: usize,
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    /// Columns over time.
    fn columns(&self, first: i32, step: TimeStep, top: i32) -> Drawn<DB, i32> {
        let (medium, text) = (self.sketch.medium, self.sketch.medium.text);
        let ((cell, row), line) = (medium.cell, text.line());
        // Room for a tick at a count, the least and the most for a bar, the length of ticks, and the
        // height of labels below.
        let (apart, [least, widest], tick, below) = match medium.is_page() {
            true => (40, [3, 56], 8, 8 + line),
            false => (12, [cell, 8 * cell], 0, 2 * line),
        };
        let ticks = ticks(self.most, medium.depth / apart);
        // On a terminal, labels end with the axis.
        let suffix = match medium.charset {
            None => "",
            Some(Charset::Unicode) => " ┤",
            Some(Charset::Ascii) => " +",
        };
        let labels = ticks.iter().map(|tick| grouped(*tick as f64) + suffix);
        let labels: Vec<String> = labels.collect();
        let label_width = labels.iter().map(|label| text.width_of(label)).max();
        let left = medium.margin + label_width.unwrap_or(0) + tick;
        let axis = left - cell;
        let room = medium.width - medium.margin - left;
        let all = &self.chart.bars;
        let (missing, bars) = all.split_at(all.len().saturating_sub((room / least) as usize));
        let shown = bars.len() as i32;
        let pitch = (room / shown.max(1) / cell * cell).min(widest);
        let gap = match medium.is_page() {
            true => pitch / 5,
            false if pitch > cell => cell,
            false => 0,
        };
        let (bottom, end) = (top + medium.depth, left + pitch * shown);
        let scale = f64::from(medium.depth) / self.most as f64;
        for (count, label) in ticks.iter().zip(&labels) {
            let y = bottom - self.length(*count as f64 * scale, row);
            self.grid(vec![(axis, y), (end, y)])?;
            let at = (left - tick, y);
            self.sketch.write(label, text, at, HPos::Right)?;
        }
        let corner = vec![(axis, top), (axis, bottom), (end, bottom)];
        self.sketch.area.draw(&PathElement::new(corner, INK))?;
        let first = first + missing.len() as i32;
        let ticks = time_ticks(first, shown, step, (pitch, text.column()));
        for (bar, number) in bars.iter().zip(first..) {
            let x = left + pitch * (number - first);
            let x = x..x + pitch - gap;
            let lengths = self.lengths(bar, scale, row);
            let mut from = bottom;
            for (series, end) in self.chart.series.iter().zip(&lengths.ends) {
                self.piece(series.tint, (x.clone(), bottom - end..from))?;
                from = bottom - end;
            }
            if let Some(tip) = self.tip(&UPWARD, lengths.eighths) {
                let tip = tip.repeat(x.len() / cell as usize);
                let at = (x.start, from - row / 2);
                self.sketch.glyphs(&tip, self.last(bar), at)?;
            }
            if ticks.contains(&number) {
                let label = match step {
                    TimeStep::Year => number.to_string(),
                    TimeStep::Month => month_label(number, &ticks),
                };
                let centre = i32::midpoint(x.start, x.end);
                let mark = vec![(centre, bottom), (centre, bottom + 4.min(below / 4))];
                self.sketch.area.draw(&PathElement::new(mark, INK))?;
                let at = (centre, bottom + below - line / 2);
                self.sketch.write(&label, text, at, HPos::Center)?;
            }
        }
        let what = match missing.iter().map(|bar| bar.total).sum::<usize>() {
            0 => return Ok(bottom + below),
            1 => "1 earlier model is not shown (no room)".to_owned(),
            count => {
                let count = grouped(count as f64);
                format!("{count} earlier models are not shown (no room)")
            }
        };
        self.sketch.paragraph(&what, text, bottom + below)
    }

    /// A row for each word.
    fn rows(&self, top: i32) -> Drawn<DB, i32> {
        let (medium, text) = (self.sketch.medium, self.sketch.medium.text);
        let ((cell, line), column) = (medium.cell, text.column());
        let room = (medium.width / column) as usize;
        let names = self.chart.bars.iter().map(|bar| {
            let name = printable(&bar.label);
            cut(&name, NAME.min(room / 3))
        });
        let names: Vec<String> = names.collect();
        let longest = names.iter().map(|name| width(name)).max().unwrap_or(0) as i32;
        let axis = medium.margin + (longest + 1) * column;
        let left = axis + cell;
        let (pitch, gap) = if medium.is_page() { (26, 6) } else { (line, 0) };
        let counts = text.width_of(&grouped(self.most as f64)) + 2 * column;
        let room = medium.width - medium.margin - left - counts;
        let scale = f64::from(room) / self.most as f64;
        let bottom = top + pitch * self.chart.bars.len() as i32;
        let ticks = ticks(self.most, room / (12 * column));
        for count in &ticks {
            let x = left + self.length(*count as f64 * scale, cell);
            self.grid(vec![(x, top), (x, bottom)])?;
        }
        for ((bar, name), i) in self.chart.bars.iter().zip(&names).zip(0..) {
            let y = top + pitch * i;
            let y = y + gap / 2..y + pitch - gap / 2;
            let middle = i32::midpoint(y.start, y.end);
            self.sketch
                .write(name, text, (medium.margin, middle), HPos::Left)?;
            let lengths = self.lengths(bar, scale, cell);
            let mut from = left;
            for (series, end) in self.chart.series.iter().zip(&lengths.ends) {
                self.piece(series.tint, (from..left + end, y.clone()))?;
                from = left + end;
            }
            if let Some(tip) = self.tip(&RIGHTWARD, lengths.eighths) {
                self.sketch.glyphs(tip, self.last(bar), (from, middle))?;
                from += cell;
            }
            let count = grouped(bar.total as f64);
            self.sketch
                .write(&count, text, (from + column, middle), HPos::Left)?;
        }
        let corner = vec![(axis, top), (axis, bottom), (left + room, bottom)];
        self.sketch.area.draw(&PathElement::new(corner, INK))?;
        let below = if medium.is_page() { 16 } else { line };
        for count in &ticks {
            let x = axis + self.length(*count as f64 * scale, cell);
            let mark = vec![(x, bottom), (x, bottom + below / 2)];
            self.sketch.area.draw(&PathElement::new(mark, INK))?;
            let label = grouped(*count as f64);
            self.sketch
                .write(&label, text, (x, bottom + below + line / 2), HPos::Center)?;
        }
        let gap = if medium.is_page() { 10 } else { 0 };
        Ok(bottom + below + line + gap)
    }

    /// A length in dots, whole cells of a terminal.
    fn length(&self, length: f64, cell: i32) -> i32 {
        (length / f64::from(cell)).round() as i32 * cell
    }

    /// The lengths of the parts of a bar. A bar that has a model is never empty.
    fn lengths(&self, bar: &Bar, scale: f64, cell: i32) -> Lengths {
        let mut sum = 0;
        let ends = bar.counts.iter().map(|count| {
            sum += count;
            self.length(sum as f64 * scale, cell)
        });
        let mut ends: Vec<i32> = ends.collect();
        let mut eighths = 0;
        if !self.sketch.medium.is_page() {
            let is_solid = self.chart.series.len() == 1;
            let unicode = self.sketch.medium.charset == Some(Charset::Unicode);
            if is_solid && unicode {
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

    /// The characters that end a bar on a terminal.
    fn tip(&self, tips: &[&'static str; 7], eighths: usize) -> Option<&'static str> {
        let eighth = eighths.checked_sub(1)?;
        Some(match self.sketch.medium.charset? {
            Charset::Unicode => tips[eighth],
            Charset::Ascii => ".",
        })
    }

    /// The colour of the last part of a bar.
    fn last(&self, bar: &Bar) -> Tint {
        let parts = self.chart.series.iter().zip(&bar.counts);
        let mut parts = parts.filter(|(_, count)| **count > 0);
        parts
            .next_back()
            .map_or(Tint::Rest, |(series, _)| series.tint)
    }

    fn piece(&self, tint: Tint, (x, y): Rect) -> Drawn<DB> {
        match x.is_empty() || y.is_empty() {
            true => Ok(()),
            false => self.sketch.bar(tint, (x, y), self.chart.series.len() > 1),
        }
    }

    /// A line of the grid; a terminal has none.
    fn grid(&self, path: Vec<(i32, i32)>) -> Drawn<DB> {
        match self.sketch.medium.is_page() {
            true => self.sketch.area.draw(&PathElement::new(path, GRID)),
            false => Ok(()),
        }
    }
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
    fn counts_have_round_ticks() {
        assert_eq!(ticks(245, 5), [0, 50, 100, 150, 200]);
        assert_eq!(ticks(3, 5), [0, 1, 2, 3]);
        assert_eq!(ticks(7, 3), [0, 2, 4, 6]);
        assert_eq!(ticks(1, 8), [0, 1]);
        assert_eq!(ticks(usize::MAX, 4).len(), 4);
    }

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

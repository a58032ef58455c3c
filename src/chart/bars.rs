//! Bars of counts: columns over time, or a row for each word; stacked where there are a few series,
//! in panels with one scale where there are more.

mod columns;
mod rows;

use super::layout::{Entry, Frame, Medium, Sketch, Symbol};
use super::scene::{BarPart, Font, Item, Rect, Side};
use super::{Bar, BarChart, BarSeries, Colour};
use crate::output::Charset;
use crate::text::{cut, printable};
use std::ops::Range;

/// The least from a row of words to the next on a page.
const LEAST_PITCH: i32 = 16;

/// Draws a chart that is not empty, and returns the height it takes.
pub(super) fn draw(chart: &BarChart, sketch: &mut Sketch) -> i32 {
    let panels = chart.panels();
    let legend: Vec<Entry<'_>> = match chart.series.len() {
        2.. if panels.is_empty() => {
            let series = chart.series.iter();
            series
                .map(|own| (Symbol::Bar, own.tint, &*own.name))
                .collect()
        }
        _ => Vec::new(),
    };
    let frame = Frame {
        title: &chart.title,
        subtitle: &chart.subtitle,
        legend,
        axis: &chart.counted,
        notes: &chart.notes,
        footer: &chart.footer,
    };
    sketch.framed(&frame, |sketch, (across, y), room| match &*panels {
        [] => single(chart, sketch, (across, y.start), room),
        panels => several(panels, sketch, (across, y.start), room),
    })
}

/// Draws all series in one plot, and returns where it ends.
fn single(
    chart: &BarChart,
    sketch: &mut Sketch,
    (across, top): (Range<i32>, i32),
    room: Option<i32>,
) -> i32 {
    let rows = chart.bars.len() as i32;
    let depth = match (room, chart.time) {
        (Some(room), Some(_)) => {
            // A sentence about bars without room takes a line.
            let may_miss = 3 * rows > across.end - across.start - 80;
            let line = if may_miss {
                sketch.medium.text.line()
            } else {
                0
            };
            sketch.share(room - sketch.medium.below - line, 1, 2 * Medium::LEAST)
        }
        (Some(room), None) => sketch.share(room - sketch.medium.below, rows, LEAST_PITCH) * rows,
        (None, Some(_)) => sketch.medium.depth(),
        (None, None) => rows * sketch.medium.row,
    };
    let plot = Plot {
        chart,
        most: chart.most(),
        area: (across, top..top + depth),
        is_leftmost: true,
    };
    plot.draw(sketch)
}

/// Draws each chart in a panel of its own, all with one scale, and returns where they end.
fn several(
    panels: &[BarChart],
    sketch: &mut Sketch,
    (across, top): (Range<i32>, i32),
    room: Option<i32>,
) -> i32 {
    let (medium, text) = (sketch.medium, sketch.medium.text);
    let least = if medium.is_page() { 220 } else { 60 };
    let wide = across.end - across.start;
    let columns = (wide / least).clamp(1, 3) as usize;
    let rows = panels.len().div_ceil(columns) as i32;
    let gap = if medium.is_page() { text.line() / 2 } else { 4 };
    let high = text.line() + sketch.medium.below + gap;
    let depth = match room {
        Some(room) => {
            let least = match panels[0].time {
                Some(_) => Medium::LEAST,
                None => panels[0].bars.len() as i32 * LEAST_PITCH,
            };
            sketch.share(room - rows * high, rows, least)
        }
        None if panels[0].time.is_some() => sketch.medium.depth() / 3 / 4 * 4,
        None => panels[0].bars.len() as i32 * sketch.medium.row,
    };
    let most = panels.iter().map(BarChart::most).max().unwrap_or(1);
    let pitch = medium.whole((wide / columns as i32, 0)).0;
    for (i, chart) in panels.iter().enumerate() {
        let (column, row) = ((i % columns) as i32, (i / columns) as i32);
        let (x, y) = (across.start + column * pitch, top + row * (depth + high));
        let most_columns = (pitch / text.column - 2).max(1) as usize;
        let title = cut(&printable(&chart.title), most_columns);
        let font = Font {
            is_bold: true,
            ..text
        };
        let at = (x, y + text.line() / 2);
        sketch.write(&title, (font, Colour::Ink), at, Side::Left);
        let y = y + text.line();
        let plot = Plot {
            chart,
            most,
            area: (x..x + pitch - 2 * text.column, y..y + depth),
            is_leftmost: column == 0,
        };
        plot.draw(sketch);
    }
    top + rows * (depth + high)
}

/// The bars between their axes.
struct Plot<'a> {
    chart: &'a BarChart,
    /// The models of the largest bar.
    most: usize,
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
    fn draw(&self, sketch: &mut Sketch) -> i32 {
        match self.chart.time {
            Some((first, step)) => self.columns(first, step, sketch),
            None => self.rows(sketch),
        }
    }

    /// The lengths of the parts of a bar in dots of cells that are so large. A bar that has a model is
    /// never empty.
    fn lengths(&self, bar: &Bar, scale: f64, (cell, charset): (i32, Option<Charset>)) -> Lengths {
        let mut sum = 0;
        let ends = bar.counts.iter().map(|count| {
            sum += count;
            length(sum as f64 * scale, cell)
        });
        let mut ends: Vec<i32> = ends.collect();
        let mut eighths = 0;
        if let (None, Some(last @ 0), 1..) = (charset, ends.last_mut(), sum) {
            *last = 1;
        }
        if charset.is_some() {
            let is_solid = self.chart.series.len() == 1;
            if is_solid && charset == Some(Charset::Unicode) {
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

    /// The colour of the last part of a bar.
    fn last(&self, bar: &Bar) -> Colour {
        let parts = self.chart.series.iter().zip(&bar.counts);
        let mut parts = parts.filter(|(_, count)| **count > 0);
        parts
            .next_back()
            .map_or(Colour::Rest, |(series, _)| series.tint)
    }

    /// Draws a part of a bar, with a gap to the next on a page.
    fn piece(&self, sketch: &mut Sketch, (bar, part): (&Bar, usize), (mut x, mut y): Rect) {
        let series = &self.chart.series[part];
        if sketch.medium.is_page() && self.chart.series.len() > 1 && part > 0 {
            match self.chart.time {
                Some(_) if y.len() > 2 => y.end -= 1,
                None if x.len() > 2 => x.start += 1,
                _ => {}
            }
        }
        if !x.is_empty() && !y.is_empty() {
            let count = bar.counts[part];
            let about = match self.chart.series.len() {
                1 => format!("{}: {count}", bar.label),
                _ => format!("{}, {}: {count}", bar.label, series.name),
            };
            sketch.scene.push(Item::Bar(BarPart {
                tint: series.tint,
                rect: (x, y),
                has_mark: self.chart.series.len() > 1,
                about,
            }));
        }
    }
}

impl BarChart {
    /// The models of the largest bar.
    fn most(&self) -> usize {
        let drawn = |bar: &Bar| bar.counts.iter().sum::<usize>();
        self.bars.iter().map(drawn).max().unwrap_or(0).max(1)
    }

    /// A chart for each series, if there are too many to be told apart in one.
    fn panels(&self) -> Vec<BarChart> {
        let named = |series: &&BarSeries| series.tint != Colour::Rest;
        if self.series.iter().filter(named).count() <= super::SERIES {
            return Vec::new();
        }
        let panel = |(i, series): (usize, &BarSeries)| BarChart {
            title: series.name.clone(),
            bars: self.bars.iter().map(|bar| bar.only(i)).collect(),
            series: vec![BarSeries {
                tint: Colour::Series(0),
                ..series.clone()
            }],
            ..self.clone()
        };
        self.series.iter().enumerate().map(panel).collect()
    }
}

impl Bar {
    /// One part of it.
    fn only(&self, part: usize) -> Bar {
        let count = self.counts.get(part).copied().unwrap_or(0);
        Bar {
            label: self.label.clone(),
            counts: vec![count],
            total: count,
        }
    }
}

/// A length in dots, whole cells of a terminal.
fn length(length: f64, cell: i32) -> i32 {
    (length / f64::from(cell)).round() as i32 * cell
}

/// The characters that end a bar on a terminal.
fn tip(tips: &[&'static str; 7], eighths: usize, charset: Option<Charset>) -> Option<&'static str> {
    let eighth = eighths.checked_sub(1)?;
    Some(match charset? {
        Charset::Unicode => tips[eighth],
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

//! The layout of a chart: axes, ticks, legend and writing.

use super::medium::{Medium, Rect, TextSize};
use super::ticks::{Scale, Tick};
use crate::chart::{Chart, Dot, Tint};
use crate::text::{cut, printable};

/// Where everything is but the points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    /// The dots from top to bottom.
    pub height: i32,
    /// The box between the axes.
    pub plot: Rect,
    /// The axis of time.
    pub months: Scale,
    /// What is written along it.
    pub month_ticks: Vec<Tick>,
    /// The axis of the figure, in powers of ten.
    pub figures: Scale,
    /// What is written along it.
    pub figure_ticks: Vec<Tick>,
    /// All other writing.
    pub writing: Vec<Writing>,
    /// What the shapes and colours mean.
    pub legend: Vec<LegendEntry>,
}

/// A text, from the left edge and the middle of its first letter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Writing {
    pub text: String,
    pub size: TextSize,
    pub at: (i32, i32),
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LegendEntry {
    pub sample: Sample,
    /// Where it begins: its left edge and its middle.
    pub at: (i32, i32),
}

/// What an entry of the legend shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    /// The shape of a series.
    Mark(Tint),
    /// A line of horizontal and vertical parts.
    Steps(Tint),
    /// A slanting line.
    Slope(Tint),
}

/// The most columns that a name takes.
pub(super) const LONGEST: usize = 28;

/// The most columns that an entry of the legend takes.
const ENTRY: usize = 48;

/// Adds what is written, line by line.
struct Writer {
    medium: Medium,
    top: i32,
    writing: Vec<Writing>,
}

impl Writer {
    fn lines(&mut self, text: &str, size: TextSize) {
        let text = printable(text);
        for line in self.medium.broken(&text, size) {
            let at = (self.medium.margin, self.middle(size));
            self.writing.push(Writing {
                text: line,
                size,
                at,
            });
            self.top += self.medium.line(size);
        }
    }

    /// The middle of the line that comes next.
    fn middle(&self, size: TextSize) -> i32 {
        self.top + self.medium.line(size) / 2
    }
}

impl Frame {
    /// Lays out a chart that is not empty.
    pub(super) fn of(chart: &Chart, medium: Medium) -> Frame {
        let mut writer = Writer {
            medium,
            top: medium.margin,
            writing: Vec::new(),
        };
        if medium.is_page() {
            writer.lines(&chart.title, TextSize::Title);
            writer.top += 6;
        }
        let legend = legend(chart, &mut writer);
        if medium.is_page() {
            let meaning = format!("{}: {}", chart.figure.title, chart.figure.meaning);
            writer.lines(&meaning, TextSize::Text);
            writer.top += 4;
        }
        let (top, bottom) = (writer.top, writer.top + medium.depth);
        let figures = scale(chart, |(_, value)| value.log10(), (0.1, (bottom - 1, top)));
        let apart = if medium.is_page() { 30 } else { 8 };
        let most = (medium.depth / apart) as usize;
        let figure_ticks = figures.figures(chart.figure.kind, most.min(10));
        let widths = figure_ticks.iter();
        let widths = widths.map(|tick| medium.width_of(&tick.label, TextSize::Text));
        let left = medium.margin + widths.max().unwrap_or(0) + medium.column;
        let plot = Rect {
            left,
            top,
            right: medium.width - medium.margin,
            bottom,
        };
        let months = scale(
            chart,
            |(month, _)| month,
            (6.0, (left + medium.column, plot.right - 1)),
        );
        let month_ticks = months.months(
            |label| medium.width_of(label, TextSize::Text),
            2 * medium.column,
        );
        writer.top = bottom;
        if medium.is_page() {
            writer.top += medium.line(TextSize::Text) + 8;
            let label = "Month of the announcement";
            let width = medium.width_of(label, TextSize::Text);
            writer.writing.push(Writing {
                text: label.to_owned(),
                size: TextSize::Text,
                at: (
                    (left + plot.right - width) / 2,
                    writer.middle(TextSize::Text),
                ),
            });
            writer.top += medium.line(TextSize::Text) + 8;
            for line in &chart.footer {
                writer.lines(line, TextSize::Small);
            }
            writer.top += medium.margin / 2;
        } else {
            // The axis itself takes a line.
            writer.top += 8;
        }
        Frame {
            height: writer.top,
            plot,
            months,
            month_ticks,
            figures,
            figure_ticks,
            writing: writer.writing,
            legend,
        }
    }

    /// The dot of a point of the chart.
    pub(super) fn at(&self, (month, value): (f64, f64)) -> (i32, i32) {
        (self.months.at(month), self.figures.at(value.log10()))
    }
}

/// A scale for one of the coordinates of all that is drawn.
fn scale(
    chart: &Chart,
    part: impl Fn((f64, f64)) -> f64 + Clone,
    (alone, dots): (f64, (i32, i32)),
) -> Scale {
    let dots_of = chart.series.iter().flat_map(|series| &series.dots);
    let points = dots_of.map(Dot::at);
    let courses = chart
        .lines
        .iter()
        .flat_map(|line| line.course.iter().copied());
    Scale::of(points.chain(courses).map(part), alone, dots)
}

/// The entries of the legend, after the title of the axis where a line is all there is room for.
fn legend(chart: &Chart, writer: &mut Writer) -> Vec<LegendEntry> {
    let medium = writer.medium;
    let column = medium.column;
    let mut entries = Vec::new();
    let mut x = medium.margin;
    let columns = (medium.width / 2) as usize;
    let longest = columns.min(ENTRY);
    if !medium.is_page() {
        let text = cut(&chart.figure.title, columns);
        let at = (x, writer.middle(TextSize::Text));
        x += medium.width_of(&text, TextSize::Text) + 3 * column;
        let size = TextSize::Title;
        writer.writing.push(Writing { text, size, at });
    }
    // A page has room for them in its title and at its foot.
    let notes = chart.notes.iter().filter(|_| !medium.is_page());
    let notes = notes.map(|note| (None, note.as_str()));
    let series = chart.series.iter();
    let series = series.map(|series| (Some(Sample::Mark(series.tint)), series.name.as_str()));
    let lines = chart.lines.iter().filter_map(|line| {
        let steps = line.band.is_empty();
        let sample = if steps { Sample::Steps } else { Sample::Slope };
        Some((Some(sample(line.tint)), line.name.as_deref()?))
    });
    for (sample, name) in notes.chain(series).chain(lines) {
        let text = cut(&printable(name), longest);
        let shown = match sample {
            None => 0,
            Some(Sample::Mark(_)) => 2 * column,
            Some(Sample::Steps(_) | Sample::Slope(_)) => 4 * column,
        };
        let width = shown + medium.width_of(&text, TextSize::Text);
        if x > medium.margin && x + width > medium.width - medium.margin {
            x = medium.margin;
            writer.top += medium.line(TextSize::Text);
        }
        let middle = writer.middle(TextSize::Text);
        let at = (x, middle);
        entries.extend(sample.map(|sample| LegendEntry { sample, at }));
        let at = (x + shown, middle);
        let size = TextSize::Text;
        writer.writing.push(Writing { text, size, at });
        x += width + 2 * column;
    }
    writer.top += medium.line(TextSize::Text) + medium.margin / 3;
    entries
}

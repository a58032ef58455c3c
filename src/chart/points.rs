//! Points over time and lines through them, in one plot or in several with the same axes.

use super::labels::Placement;
use super::layout::{Entry, Medium, Sketch, Symbol};
use super::scale::{Axis, figure_label, month_label};
use super::scene::{Item, Mark, Position, Rect, Stroke, dots_between};
use super::{Chart, Colour, Curve, DataPoint, Drawing, Panel};
use crate::output::Charset;
use crate::text::{capitalized, cut, printable};
use std::collections::HashSet;

/// The most columns of a name.
const NAME: usize = 28;

/// One panel, with the box between its axes.
struct Plot<'a> {
    panel: &'a Panel,
    months: &'a Axis,
    figures: &'a Axis,
    /// The labels of the ticks of figures.
    labels: &'a [String],
    rect: Rect,
    /// The size of marks on a page.
    radius: f64,
}

/// Draws a chart that is not empty, and returns the height it takes.
pub(super) fn draw(chart: &Chart, text: &Drawing, sketch: &mut Sketch) -> i32 {
    let panels = &chart.panels;
    let all = || panels.iter().flat_map(|panel| &panel.series);
    let mut legend: Vec<Entry<'_>> = Vec::new();
    let names = all().map(|series| match &*series.detail {
        "" => series.name.clone(),
        detail => format!("{}, {detail}", series.name),
    });
    let names: Vec<String> = names.collect();
    if let [panel] = &**panels {
        let marks = panel.series.iter().zip(&names).map(|(series, name)| {
            let mut lines = panel.lines.iter();
            let own = lines.find(|line| line.name.is_none() && line.colour == series.colour);
            let is_hollow = series.points.iter().all(|own| own.is_hollow);
            let symbol = own.map_or(Symbol::Mark { is_hollow }, |line| Symbol::Fit(line.stroke));
            (symbol, series.colour, &**name)
        });
        let lines = panel.lines.iter().filter_map(|line| {
            let name = line.name.as_deref()?;
            Some((Symbol::Line(line.stroke), line.colour, name))
        });
        legend = marks.chain(lines).collect();
    }
    let mut hollow = all().filter(|series| series.points.iter().any(|own| own.is_hollow));
    if let (Some(series), false) = (hollow.next(), chart.hollow.is_empty()) {
        let symbol = Symbol::Mark { is_hollow: true };
        legend.push((symbol, series.colour, &chart.hollow));
    }
    let axis = match chart.figure.unit().name() {
        "" => chart.figure.in_title(),
        unit => format!("{} ({unit})", chart.figure.in_title()),
    };
    let labels = (&*legend, &*capitalized(&axis));
    sketch.framed(text, labels, |sketch, area, room| {
        plots(chart, sketch, area, room)
    })
}

/// Draws the panels, and returns where they end.
fn plots(chart: &Chart, sketch: &mut Sketch, (across, y): Rect, room: Option<i32>) -> i32 {
    let (left, right, top) = (across.start, across.end, y.start);
    let (medium, text) = (sketch.medium, sketch.medium.text);
    let count = chart.panels.len();
    let series = || chart.panels.iter().flat_map(|panel| &panel.series);
    let models = || series().flat_map(|series| &series.points);
    let courses = chart.panels.iter().flat_map(|panel| &panel.lines);
    let courses = courses.flat_map(|line| line.path.iter().copied());
    let points: Vec<(f64, f64)> = models().map(coordinates).chain(courses).collect();
    let kind = chart.figure.heading.kind;

    let (least_width, apart) = if medium.is_page() { (290, 30) } else { (72, 8) };
    let columns = ((right - left) / least_width).clamp(1, 4) as usize;
    let columns = columns.min((1..=count).find(|side| side * side >= count).unwrap_or(1));
    let rows = count.div_ceil(columns) as i32;
    let (header, gap) = match count {
        1 => (0, (0, 0)),
        _ if medium.is_page() => (text.line(), (18, 14)),
        _ => (text.line(), (6, 4)),
    };
    let depth = match room {
        Some(room) => {
            let room = room - medium.below - rows * header - (rows - 1) * gap.1;
            let least = if count == 1 { 2 } else { 1 } * Medium::LEAST;
            sketch.row_height(room, rows, least)
        }
        None if count == 1 => medium.depth(),
        None if medium.is_page() => 150,
        None => 32,
    };
    let values = points.iter().map(|(_, value)| *value);
    let figures = Axis::figures(values, kind, (depth / apart).min(10) as usize);
    let end = sketch.tick_end();
    let charset = medium.charset.unwrap_or(Charset::Unicode);
    let label = |tick: &f64| figure_label(*tick, kind, charset) + end;
    let labels: Vec<String> = figures.ticks.iter().map(label).collect();
    let first = left + sketch.label_room(&labels);
    let wide = right - first - medium.margin / 2 - (columns as i32 - 1) * gap.0;
    let size = (medium.floor_to_cells(wide / columns as i32), depth);
    let months = points.iter().map(|(month, _)| *month);
    let months = Axis::months(months, (size.0 / text.column).max(1));
    let radius = match (models().count(), count) {
        (0..=300, 1) => 5.0,
        (0..=1500, 1) => 4.0,
        (0..=5000, _) => 3.0,
        _ => 2.0,
    };
    for (i, panel) in chart.panels.iter().enumerate() {
        let (column, row) = ((i % columns) as i32, (i / columns) as i32);
        let x = first + column * (size.0 + gap.0);
        let y = top + row * (header + size.1 + gap.1);
        if !panel.title.is_empty() {
            let title = [&*panel.title, &panel.detail];
            sketch.panel_title(title, medium.small, (x, y), size.0);
        }
        let y = y + header;
        let plot = Plot {
            panel,
            months: &months,
            figures: &figures,
            labels: &labels,
            rect: (x..x + size.0, y..y + size.1),
            radius,
        };
        plot.draw(sketch, column == 0, i + columns >= count);
    }
    let high = rows * (header + size.1) + (rows - 1) * gap.1;
    top + high + sketch.medium.below
}

impl Plot<'_> {
    fn draw(&self, sketch: &mut Sketch, is_leftmost: bool, is_lowest: bool) {
        let (medium, (x, y)) = (sketch.medium, &self.rect);
        for (tick, label) in self.figures.ticks.iter().zip(self.labels) {
            let height = self.row(*tick);
            sketch.grid(vec![(x.start, height), (x.end, height)]);
            if is_leftmost {
                sketch.tick_label(label, (x.start, height));
            }
        }
        let axis = x.start - medium.cell.0;
        let corner = match medium.is_page() {
            true => vec![(x.start, y.end), (x.end, y.end)],
            false => vec![(axis, y.start), (axis, y.end), (x.end, y.end)],
        };
        sketch.line(corner, Colour::Muted, Stroke::Thin);
        let ticks = &self.months.ticks;
        for tick in ticks.iter().filter(|_| is_lowest) {
            let at = (self.column(*tick), y.end);
            sketch.tick_below(&month_label(*tick, ticks), at);
        }
        // A cell has one colour, and text needs it.
        let is_page = medium.is_page();
        let lines = &self.panel.lines;
        for line in lines.iter().filter(|line| is_page && !line.band.is_empty()) {
            let band = line.band.iter();
            let low = band.clone().map(|(month, low, _)| self.at((*month, *low)));
            let high = band.map(|(month, _, high)| self.at((*month, *high)));
            let (outline, colour) = (low.chain(high.rev()).collect(), line.colour);
            sketch.scene.push(Item::Area { outline, colour });
        }
        // On a terminal a line would erase points; on a page many points would hide a fit.
        let is_above = |line: &Curve| is_page && !line.band.is_empty();
        let stroke = |sketch: &mut Sketch, line: &Curve| {
            let path = self.path(line);
            sketch.line(path, line.colour, line.stroke);
        };
        for line in lines.iter().filter(|line| !is_above(line)) {
            stroke(sketch, line);
        }
        let marks = self.marks();
        let items = marks.iter().map(|(_, mark)| Item::Mark(mark.clone()));
        sketch.scene.extend(items);
        for line in lines.iter().filter(|line| is_above(line)) {
            stroke(sketch, line);
        }
        self.labels(sketch, &marks);
    }

    fn column(&self, month: f64) -> i32 {
        let x = &self.rect.0;
        x.start + (self.months.place(month) * f64::from(x.end - x.start - 1)).round() as i32
    }

    fn row(&self, value: f64) -> i32 {
        let y = &self.rect.1;
        let place = self.figures.place(value);
        y.end - 1 - (place * f64::from(y.end - y.start - 1)).round() as i32
    }

    /// The dot of a month and a figure.
    fn at(&self, (month, value): (f64, f64)) -> Position {
        (self.column(month), self.row(value))
    }

    fn path(&self, line: &Curve) -> Vec<Position> {
        line.path.iter().map(|point| self.at(*point)).collect()
    }

    /// The points as marks: those with a name last, and so on top.
    fn marks(&self) -> Vec<(&DataPoint, Mark)> {
        let series = self.panel.series.iter();
        let points = series.flat_map(|own| own.points.iter().map(|point| (own.colour, point)));
        let marks = points.map(|(colour, own)| {
            let is_bold = own.label.is_some();
            let radius = self.radius * if is_bold { 1.3 } else { 1.0 };
            let at = self.at(coordinates(own));
            let mark = Mark {
                is_bold,
                tooltip: own.tooltip.as_deref().unwrap_or_default().to_owned(),
                ..Mark::new(colour, at, own.is_hollow, radius)
            };
            (own, mark)
        });
        let mut marks: Vec<(&DataPoint, Mark)> = marks.collect();
        // In the order of time, so that no series hides the others.
        marks.sort_by_key(|(own, mark)| {
            (mark.is_bold, mark.colour != Colour::Faint, own.point.month)
        });
        marks
    }

    /// Writes the names of points where there is room.
    fn labels(&self, sketch: &mut Sketch, marks: &[(&DataPoint, Mark)]) {
        let medium = sketch.medium;
        let (x, y) = &self.rect;
        let mut placement = Placement {
            medium,
            font: medium.small,
            plot: (x.start + medium.text.column..x.end, y.clone()),
            taken: marks.iter().map(|(_, mark)| mark.rect(medium)).collect(),
            lines: Vec::new(),
        };
        for line in &self.panel.lines {
            for pair in self.path(line).windows(2) {
                placement.lines.extend(dots_between(pair[0], pair[1]));
            }
        }
        let named = marks.iter().filter_map(|(own, mark)| {
            let label = own.label.as_ref()?;
            Some((label, own.point.month, mark))
        });
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|(label, ..)| label.rank);
        // A model that several series have is named once.
        let mut seen = HashSet::new();
        named.retain(|(label, month, _)| seen.insert((&label.text, *month)));
        for (label, _, mark) in named {
            let text = cut(&printable(&label.text), NAME);
            sketch.label(&mut placement, &mark.rect(medium), (text, Colour::Ink));
        }
    }
}

/// Where a point is, in months of the calendar and in the figure.
fn coordinates(own: &DataPoint) -> (f64, f64) {
    (f64::from(own.point.month.index()), own.point.value)
}

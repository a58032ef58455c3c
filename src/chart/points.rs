//! Points over time and lines through them, in one plot or in several with the same axes.

use super::labels::Placement;
use super::layout::{Entry, Frame, Medium, Sketch, Symbol};
use super::palette::Colour;
use super::scale::{Axis, figure_label, month_label};
use super::scene::{At, Font, Item, Mark, Rect, Side, Weight, dots_between};
use super::{Chart, Curve, Dot, Panel, Tint};
use crate::output::Charset;
use crate::text::{cut, printable, width};
use std::collections::HashSet;

/// The most columns of a name.
const NAME: usize = 28;

/// How panels are arranged.
struct Grid {
    columns: usize,
    /// The room of one between its axes.
    size: (i32, i32),
    /// What is between two, and above each.
    gap: (i32, i32),
    header: i32,
}

/// The axes of all panels.
struct Axes {
    months: Axis,
    figures: Axis,
    labels: Vec<String>,
}

/// One panel, with the box between its axes.
struct Plot<'a> {
    panel: &'a Panel,
    axes: &'a Axes,
    rect: Rect,
    /// How far marks reach on a page.
    reach: f64,
}

/// Draws a chart that is not empty, and returns the height it takes.
pub(super) fn draw(chart: &Chart, sketch: &mut Sketch) -> i32 {
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
            let own = lines.find(|line| line.name.is_none() && line.tint == series.tint);
            let is_hollow = series.dots.iter().all(|dot| dot.is_hollow);
            let symbol = own.map_or(Symbol::Mark { is_hollow }, |line| Symbol::Fit(line.weight));
            (symbol, series.tint, &**name)
        });
        let lines = panel.lines.iter();
        let lines = lines
            .filter_map(|line| Some((Symbol::Line(line.weight), line.tint, line.name.as_deref()?)));
        legend = marks.chain(lines).collect();
    }
    let mut hollow = all().filter(|series| series.dots.iter().any(|dot| dot.is_hollow));
    if let (Some(series), false) = (hollow.next(), chart.hollow.is_empty()) {
        let symbol = Symbol::Mark { is_hollow: true };
        legend.push((symbol, series.tint, &chart.hollow));
    }
    let axis = match chart.figure.unit().name() {
        "" => chart.figure.in_title(),
        unit => format!("{} ({unit})", chart.figure.in_title()),
    };
    let frame = Frame {
        title: &chart.title,
        subtitle: &chart.subtitle,
        legend,
        axis: &crate::text::capitalized(&axis),
        notes: &chart.notes,
        footer: &chart.footer,
    };
    sketch.framed(&frame, |sketch, (across, y), room| {
        plots(chart, sketch, (across.start, across.end), (y.start, room))
    })
}

/// Draws the panels, and returns where they end.
fn plots(
    chart: &Chart,
    sketch: &mut Sketch,
    (left, right): (i32, i32),
    (top, room): (i32, Option<i32>),
) -> i32 {
    let (medium, text) = (sketch.medium, sketch.medium.text);
    let count = chart.panels.len();
    let series = || chart.panels.iter().flat_map(|panel| &panel.series);
    let dots = || series().flat_map(|series| &series.dots);
    let courses = chart.panels.iter().flat_map(|panel| &panel.lines);
    let courses = courses.flat_map(|line| line.course.iter().copied());
    let points: Vec<(f64, f64)> = dots().map(coordinates).chain(courses).collect();
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
            let room = room - sketch.below() - rows * header - (rows - 1) * gap.1;
            sketch.share(
                room,
                rows,
                if count == 1 {
                    2 * Medium::LEAST
                } else {
                    Medium::LEAST
                },
            )
        }
        None if count == 1 => medium.depth(),
        None if medium.is_page() => 150,
        None => 32,
    };
    let figures = |most: i32| {
        let values = points.iter().map(|(_, value)| *value);
        Axis::figures(values, kind, most.min(10) as usize)
    };
    let figures = figures(depth / apart);
    let end = sketch.tick_end();
    let charset = medium.charset.unwrap_or(Charset::Unicode);
    let label = |tick: &f64| figure_label(*tick, kind, charset) + end;
    let labels: Vec<String> = figures.ticks.iter().map(label).collect();
    let first = left + sketch.label_room(&labels);
    let wide = right - first - medium.margin / 2 - (columns as i32 - 1) * gap.0;
    let size = medium.whole((wide / columns as i32, depth));
    let months = Axis::months(
        points.iter().map(|(month, _)| *month),
        (size.0 / text.column).max(1),
    );
    let axes = Axes {
        months,
        figures,
        labels,
    };
    let grid = Grid {
        columns,
        size,
        gap,
        header,
    };
    let reach = match (dots().count(), count) {
        (0..=300, 1) => 5.0,
        (0..=1500, 1) => 4.0,
        (0..=5000, _) => 3.0,
        _ => 2.0,
    };
    for (i, panel) in chart.panels.iter().enumerate() {
        let (column, row) = ((i % columns) as i32, (i / columns) as i32);
        let x = first + column * (grid.size.0 + grid.gap.0);
        let y = top + row * (grid.header + grid.size.1 + grid.gap.1);
        if !panel.title.is_empty() {
            let font = medium.small;
            let room = (grid.size.0 / font.column).max(1) as usize;
            // The commands print the detail too.
            let rest = room.saturating_sub(width(&panel.detail) + 2);
            let (room, detail) = match rest {
                0..8 => (room, ""),
                rest => (rest, &*panel.detail),
            };
            let title = cut(&printable(&panel.title), room) + "  ";
            let title_font = Font {
                is_bold: true,
                ..font
            };
            let middle = y + text.line() / 2;
            sketch.write(&title, (title_font, Colour::Ink), (x, middle), Side::Left);
            let x = x + grid.size.0;
            sketch.write(detail, (font, Colour::Muted), (x, middle), Side::Right);
        }
        let y = y + grid.header;
        let plot = Plot {
            panel,
            axes: &axes,
            rect: (x..x + grid.size.0, y..y + grid.size.1),
            reach,
        };
        plot.draw(sketch, column == 0, i + grid.columns >= count, right);
    }
    let high = rows * (header + size.1) + (rows - 1) * gap.1;
    top + high + sketch.below()
}

impl Plot<'_> {
    fn draw(&self, sketch: &mut Sketch, is_leftmost: bool, is_lowest: bool, right: i32) {
        let (medium, (x, y)) = (sketch.medium, &self.rect);
        for (tick, label) in self.axes.figures.ticks.iter().zip(&self.axes.labels) {
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
        sketch.line(corner, Colour::Muted, Weight::Thin);
        let ticks = &self.axes.months.ticks;
        for tick in ticks.iter().filter(|_| is_lowest) {
            let at = (self.column(*tick), y.end);
            sketch.tick_below(&month_label(*tick, ticks), at, (0, right));
        }
        // A cell has one colour, and text needs it.
        let is_page = medium.is_page();
        let lines = &self.panel.lines;
        for line in lines.iter().filter(|line| is_page && !line.band.is_empty()) {
            let band = line.band.iter();
            let low = band.clone().map(|(month, low, _)| self.at((*month, *low)));
            let high = band.map(|(month, _, high)| self.at((*month, *high)));
            let (outline, tint) = (low.chain(high.rev()).collect(), line.tint);
            sketch.scene.push(Item::Area { outline, tint });
        }
        // On a terminal a line would erase points; on a page many points would hide a fit.
        let is_above = |line: &Curve| is_page && !line.band.is_empty();
        let stroke = |sketch: &mut Sketch, line: &Curve| {
            let course = self.course(line);
            sketch.line(course, Colour::Tint(line.tint), line.weight);
        };
        for line in lines.iter().filter(|line| !is_above(line)) {
            stroke(sketch, line);
        }
        let marks = self.marks();
        for (dot, mark) in &marks {
            let about = dot.about.as_deref().unwrap_or_default().to_owned();
            sketch.scene.push(Item::Mark(Mark {
                about,
                ..mark.clone()
            }));
        }
        for line in lines.iter().filter(|line| is_above(line)) {
            stroke(sketch, line);
        }
        self.names(sketch, &marks);
    }

    fn column(&self, month: f64) -> i32 {
        let x = &self.rect.0;
        x.start + (self.axes.months.place(month) * f64::from(x.end - x.start - 1)).round() as i32
    }

    fn row(&self, value: f64) -> i32 {
        let y = &self.rect.1;
        let place = self.axes.figures.place(value);
        y.end - 1 - (place * f64::from(y.end - y.start - 1)).round() as i32
    }

    /// The dot of a month and a figure.
    fn at(&self, (month, value): (f64, f64)) -> At {
        (self.column(month), self.row(value))
    }

    fn course(&self, line: &Curve) -> Vec<At> {
        line.course.iter().map(|point| self.at(*point)).collect()
    }

    /// The points as marks: those with a name last, and so on top.
    fn marks(&self) -> Vec<(&Dot, Mark)> {
        let series = self.panel.series.iter();
        let dots = series.flat_map(|own| own.dots.iter().map(|dot| (own.tint, dot)));
        let marks = dots.map(|(tint, dot)| {
            let is_bold = dot.name.is_some();
            let reach = if is_bold {
                self.reach * 1.3
            } else {
                self.reach
            };
            let mark = Mark {
                tint,
                at: self.at(coordinates(dot)),
                is_hollow: dot.is_hollow,
                is_bold,
                reach,
                about: String::new(),
            };
            (dot, mark)
        });
        let mut marks: Vec<(&Dot, Mark)> = marks.collect();
        // In the order of time, so that no series hides the others.
        marks.sort_by_key(|(dot, mark)| (mark.is_bold, mark.tint != Tint::Faint, dot.point.month));
        marks
    }

    /// Writes the names of points where there is room.
    fn names(&self, sketch: &mut Sketch, marks: &[(&Dot, Mark)]) {
        let medium = sketch.medium;
        let (x, y) = &self.rect;
        let boxes = marks.iter().map(|(_, mark)| taken(mark, medium));
        let mut placement = Placement {
            medium,
            font: medium.small,
            plot: (x.start + medium.text.column..x.end, y.clone()),
            taken: boxes.collect(),
            lines: Vec::new(),
        };
        for line in &self.panel.lines {
            for pair in self.course(line).windows(2) {
                placement.lines.extend(dots_between(pair[0], pair[1]));
            }
        }
        let named = marks.iter().filter_map(|(dot, mark)| {
            let name = dot.name.as_ref()?;
            Some((name, dot.point.month, mark))
        });
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|(name, ..)| name.rank);
        // A model that several series have is named once.
        let mut seen = HashSet::new();
        named.retain(|(name, month, _)| seen.insert((&name.text, *month)));
        for (name, _, mark) in named {
            let text = cut(&printable(&name.text), NAME);
            let width = placement.font.width_of(&text);
            if let Some((at, side)) = placement.place(&taken(mark, medium), width) {
                sketch.scene.push(Item::Text {
                    text,
                    at,
                    side,
                    font: placement.font,
                    colour: Colour::Ink,
                    has_halo: true,
                });
            }
        }
    }
}

/// The box of a point.
fn taken(mark: &Mark, medium: Medium) -> Rect {
    let reach = match medium.is_page() {
        true => mark.reach.ceil() as i32,
        false => 0,
    };
    let around = |at: i32, cell: i32| {
        let start = (at - reach).div_euclid(cell) * cell;
        start..start + 2 * reach + cell
    };
    let ((x, y), (width, height)) = (mark.at, medium.cell);
    (around(x, width), around(y, height))
}

/// Where a point is, in months of the calendar and in the figure.
fn coordinates(dot: &Dot) -> (f64, f64) {
    (f64::from(dot.point.month.index()), dot.point.value)
}

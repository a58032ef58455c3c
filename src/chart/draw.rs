//! The drawing of a chart, the same on a page and on a terminal.

use super::canvas::dots_between;
use super::layout::{
    Figures, Font, Medium, Months, Placement, Rect, SMALL, figure_label, figures, month_label,
    months,
};
use super::palette::{GRID, INK};
use super::{Chart, Curve, PointName, Tint};
use crate::model::month::Point;
use crate::output::Charset;
use crate::text::{cut, printable, wrapped};
use plotters::chart::ChartContext;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::collections::HashSet;

pub(super) type Drawn<DB, T = ()> =
    Result<T, DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// The opacity of points, which overlap.
const OPACITY: f64 = 0.75;
/// The most columns of a name.
const NAME: usize = 28;
/// The most columns of an entry of the legend.
const ENTRY: usize = 48;

/// An area on which text and marks are drawn.
pub(super) struct Sketch<'a, DB: DrawingBackend> {
    pub medium: Medium,
    pub area: &'a DrawingArea<DB, Shift>,
}

/// What an entry of the legend shows before its name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Symbol {
    Mark,
    /// A line that rises by so many dots, and whether it is heavy.
    Line(i32, bool),
    /// A piece of a bar.
    Bar,
}

/// The axes and what is between them.
struct Plot<'a, DB: DrawingBackend> {
    chart: &'a Chart,
    sketch: &'a Sketch<'a, DB>,
    context: ChartContext<'a, DB, Cartesian2d<Months, Figures>>,
}

/// Draws a chart that is not empty from the top of an area, and returns the height it takes.
pub(super) fn draw<DB: DrawingBackend>(
    chart: &Chart,
    medium: Medium,
    area: &DrawingArea<DB, Shift>,
) -> Drawn<DB, i32> {
    let sketch = Sketch { medium, area };
    // What follows says how the figure is counted.
    let meaning = chart.figure.meaning.split(';').next().unwrap_or_default();
    let meaning = format!("{}: {meaning}", chart.figure.heading.title);
    let gap = medium.margin / 3;
    let mut y = sketch.paragraph(&chart.title, medium.title, medium.margin)?;
    let series = chart.series.iter();
    let marks = series.map(|series| (Symbol::Mark, series.tint, &*series.name));
    let lines = chart.lines.iter().filter_map(|line| {
        let rise = i32::from(!line.band.is_empty());
        Some((
            Symbol::Line(rise, line.is_heavy),
            line.tint,
            line.name.as_deref()?,
        ))
    });
    y = sketch.legend(marks.chain(lines), y)?;
    y = sketch.paragraph(&meaning, medium.text, y)?;
    y = Plot::draw(chart, &sketch, y + gap)? + gap;
    // On a terminal the commands print it.
    for line in chart.footer.iter().filter(|_| medium.is_page()) {
        y = sketch.paragraph(line, SMALL, y)?;
    }
    area.present()?;
    Ok(y + gap)
}

impl<DB: DrawingBackend> Sketch<'_, DB> {
    /// Writes a text broken between words, and returns where the next may begin.
    pub(super) fn paragraph(&self, text: &str, font: Font, mut y: i32) -> Drawn<DB, i32> {
        let margin = self.medium.margin;
        let columns = (self.medium.width - 2 * margin) / font.column();
        for line in wrapped(&printable(text), 0, columns as usize).split('\n') {
            self.write(line, font, (margin, y + font.line() / 2), HPos::Left)?;
            y += font.line();
        }
        Ok(y)
    }

    /// Draws what marks, lines and bars mean, and returns where it ends.
    pub(super) fn legend<'e>(
        &self,
        entries: impl Iterator<Item = (Symbol, Tint, &'e str)>,
        mut y: i32,
    ) -> Drawn<DB, i32> {
        let text = self.medium.text;
        let (line, column) = (text.line(), text.column());
        let (left, right) = (self.medium.margin, self.medium.width - self.medium.margin);
        let most = ENTRY.min((self.medium.width / column) as usize - 4);
        let mut x = left;
        for (symbol, tint, name) in entries {
            let name = cut(&printable(name), most);
            let indent = match symbol {
                Symbol::Mark => 2 * column,
                Symbol::Line(..) => 4 * column,
                Symbol::Bar => 3 * column,
            };
            let width = indent + text.width_of(&name);
            if x > left && x + width > right {
                (x, y) = (left, y + line);
            }
            let middle = y + line / 2;
            match symbol {
                Symbol::Mark => self.mark(tint, (x + column / 2, middle), false)?,
                Symbol::Line(rise, is_heavy) => {
                    let end = (x + 3 * column - 1, middle - 2 * rise);
                    self.stroke(vec![(x, middle + rise), end], tint, is_heavy)?;
                }
                Symbol::Bar => self.bar(tint, (x..x + 2 * column, y..y + line), true)?,
            }
            self.write(&name, text, (x + indent, middle), HPos::Left)?;
            x += width + 2 * column;
        }
        Ok(y + line)
    }

    fn mark(&self, tint: Tint, centre: (i32, i32), is_named: bool) -> Drawn<DB> {
        let (shape, colour) = (tint.shape(), tint.rgb());
        if let Some(charset) = self.medium.charset {
            let medium = self.medium;
            let font = if is_named { medium.title } else { medium.text };
            let style = font.style().color(&colour);
            let glyph = Text::new(shape.glyph(charset), centre, style);
            return self.area.draw(&glyph);
        }
        let reach = self.medium.reach[usize::from(is_named)];
        let fill = match tint {
            Tint::Faint => ShapeStyle::from(colour.mix(OPACITY)).stroke_width(1),
            _ => colour.mix(OPACITY).filled(),
        };
        match shape.corners(centre, reach) {
            disc if disc.is_empty() => self.area.draw(&Circle::new(centre, reach, fill)),
            corners => self.area.draw(&Polygon::new(corners, fill)),
        }
    }

    /// Draws a piece of a bar in a box: filled, in the texture of its series on a terminal, with the
    /// mark of its series on a page if it `has_mark` and there is room.
    pub(super) fn bar(&self, tint: Tint, (x, y): Rect, has_mark: bool) -> Drawn<DB> {
        let Some(charset) = self.medium.charset else {
            let (centre, reach) = (
                (i32::midpoint(x.start, x.end), i32::midpoint(y.start, y.end)),
                self.medium.reach[0],
            );
            let has_mark = has_mark && x.len().min(y.len()) > 3 * reach as usize;
            let fill = tint.rgb().filled();
            let corners = [(x.start, y.start), (x.end, y.end)];
            self.area.draw(&Rectangle::new(corners, fill))?;
            return match tint.shape().corners(centre, reach) {
                _ if !has_mark => Ok(()),
                disc if disc.is_empty() => {
                    self.area.draw(&Circle::new(centre, reach, WHITE.filled()))
                }
                corners => self.area.draw(&Polygon::new(corners, WHITE.filled())),
            };
        };
        let (width, height) = self.medium.cell;
        let fill = tint.fill(charset).repeat(x.len() / width as usize);
        for top in y.step_by(height as usize) {
            self.glyphs(&fill, tint, (x.start, top + height / 2))?;
        }
        Ok(())
    }

    /// Writes characters of a terminal in a colour.
    pub(super) fn glyphs(&self, glyphs: &str, tint: Tint, at: (i32, i32)) -> Drawn<DB> {
        let (left, colour) = (Pos::new(HPos::Left, VPos::Center), tint.rgb());
        let style = self.medium.text.style().color(&colour).pos(left);
        match glyphs {
            "" => Ok(()),
            glyphs => self.area.draw(&Text::new(glyphs, at, style)),
        }
    }

    pub(super) fn write(&self, text: &str, font: Font, at: (i32, i32), side: HPos) -> Drawn<DB> {
        let style = font.style().color(&INK).pos(Pos::new(side, VPos::Center));
        self.area.draw(&Text::new(text, at, style))
    }

    fn stroke(&self, path: Vec<(i32, i32)>, tint: Tint, is_heavy: bool) -> Drawn<DB> {
        let width = if self.medium.is_page() { 2 } else { 1 };
        let style = tint.rgb().stroke_width(width << u32::from(is_heavy));
        self.area.draw(&PathElement::new(path, style))
    }
}

impl<'a, DB: DrawingBackend> Plot<'a, DB> {
    /// Draws axes, lines, points and names, and returns where they end.
    fn draw(chart: &'a Chart, sketch: &'a Sketch<'a, DB>, top: i32) -> Drawn<DB, i32> {
        let (medium, text) = (sketch.medium, sketch.medium.text);
        // A terminal's ticks at figures are text: plotters would draw them to the right of the axis.
        let (apart, [figure_tick, month_tick], suffix, below) = match medium.charset {
            None => (30, [5, 5], "", 54),
            Some(Charset::Unicode) => (8, [0, 2], " ┤", 8),
            Some(Charset::Ascii) => (8, [0, 2], " +", 8),
        };
        let points = chart.series.iter().flat_map(|series| &series.points);
        let courses = chart.lines.iter().flat_map(|line| &line.course);
        let points = points.map(coordinates).chain(courses.copied());
        let most = (medium.depth / apart).min(10) as usize;
        let kind = chart.figure.heading.kind;
        let figures = figures(points.clone().map(|(_, value)| value), kind, most);
        let figure = |at: &f64| figure_label(*at, kind) + suffix;
        let labels = figures.bold_points().iter().map(figure);
        let left = labels.map(|label| text.width_of(&label)).max();
        let left = left.unwrap_or(0) + 2 * figure_tick + medium.margin / 2;
        let width = medium.width - 2 * medium.margin;
        let columns = (width - left - medium.margin) / text.column();
        let months = months(points.map(|(month, _)| month), columns);
        let ticks = months.bold_points().to_vec();
        let month = |at: &i32| month_label(*at, &ticks);
        let size = (width, medium.depth + below);
        let area = sketch.area.clone().shrink((medium.margin, top), size);
        let mut context = ChartBuilder::on(&area)
            .x_label_area_size(below)
            .y_label_area_size(left)
            // The label of the last tick may be half as wide beyond the axis.
            .margin_right(medium.margin)
            .build_cartesian_2d(months, figures)?;
        let mut mesh = context.configure_mesh();
        mesh.disable_x_mesh()
            .axis_style(INK)
            .bold_line_style(GRID)
            .label_style(text.style().color(&INK))
            .set_tick_mark_size(LabelAreaPosition::Left, figure_tick)
            .set_tick_mark_size(LabelAreaPosition::Bottom, month_tick)
            .x_label_formatter(&month)
            .y_label_formatter(&figure);
        match medium.is_page() {
            true => mesh.x_desc("Month of the announcement"),
            false => mesh.disable_y_mesh(),
        };
        mesh.draw()?;
        // plotters ends its axes on both sides of the corner.
        let (x, y) = context.plotting_area().get_pixel_range();
        let corner = [(-1, -1), (-1, 0), (0, 0)].map(|(dx, dy)| (x.start + dx, y.end + dy));
        sketch.area.draw(&PathElement::new(corner, INK))?;
        let plot = Plot {
            chart,
            sketch,
            context,
        };
        plot.bands()?;
        // On a terminal a line would erase points; on a page many points would hide a fit.
        let is_above = |line: &&Curve| medium.is_page() && !line.band.is_empty();
        plot.strokes(|line| !is_above(line))?;
        let marks = plot.marks();
        for (tint, point, is_named) in &marks {
            sketch.mark(*tint, plot.at(coordinates(point)), *is_named)?;
        }
        plot.strokes(is_above)?;
        plot.names(&marks)?;
        Ok(top + medium.depth + below)
    }

    /// The dot of a month and a figure.
    fn at(&self, (month, value): (f64, f64)) -> (i32, i32) {
        let plot = self.context.plotting_area();
        let figures = plot.get_y_range();
        let value = value.clamp(figures.start, figures.end);
        // The axis counts whole months.
        let at = |month: f64| plot.map_coordinate(&(month as i32, value));
        let ((left, y), (right, _)) = (at(month.floor()), at(month.ceil()));
        let x = f64::from(left) + f64::from(right - left) * month.fract();
        (x.round() as i32, y)
    }

    fn course(&self, course: &[(f64, f64)]) -> Vec<(i32, i32)> {
        course.iter().map(|point| self.at(*point)).collect()
    }

    fn bands(&self) -> Drawn<DB> {
        // A cell has one colour, and text needs it.
        let is_page = self.sketch.medium.is_page();
        let lines = self.chart.lines.iter();
        for line in lines.filter(|line| is_page && !line.band.is_empty()) {
            let band = line.band.iter();
            let low = band.clone().map(|(month, low, _)| self.at((*month, *low)));
            let high = band.map(|(month, _, high)| self.at((*month, *high)));
            let outline: Vec<(i32, i32)> = low.chain(high.rev()).collect();
            let fill = line.tint.rgb().mix(0.12).filled();
            self.sketch.area.draw(&Polygon::new(outline, fill))?;
        }
        Ok(())
    }

    fn strokes(&self, is_drawn: impl Fn(&&Curve) -> bool) -> Drawn<DB> {
        for line in self.chart.lines.iter().filter(is_drawn) {
            let course = self.course(&line.course);
            self.sketch.stroke(course, line.tint, line.is_heavy)?;
        }
        Ok(())
    }

    /// The points, and whether each has a name: unclassified ones first, named ones last.
    fn marks(&self) -> Vec<(Tint, &Point, bool)> {
        let series = self.chart.series.iter();
        let points = series.flat_map(|own| own.points.iter().map(|point| (own.tint, point)));
        let marks = points.map(|(tint, point)| {
            let mut names = self.chart.names.iter();
            let is_named = names.any(|name| name.point == *point && name.tint == tint);
            (tint, point, is_named)
        });
        let mut marks: Vec<(Tint, &Point, bool)> = marks.collect();
        marks.sort_by_key(|(tint, _, is_named)| {
            (*is_named, *tint != Tint::Faint, *tint != Tint::Rest)
        });
        marks
    }

    /// Writes the names of points where there is room.
    fn names(&self, marks: &[(Tint, &Point, bool)]) -> Drawn<DB> {
        let medium = self.sketch.medium;
        let (x, y) = self.context.plotting_area().get_pixel_range();
        let taken = marks.iter();
        let taken = taken.map(|(_, point, is_named)| self.taken(point, *is_named));
        let mut placement = Placement {
            medium,
            plot: (x.start + medium.text.column()..x.end, y),
            taken: taken.collect(),
            lines: Vec::new(),
        };
        for line in &self.chart.lines {
            for pair in self.course(&line.course).windows(2) {
                placement.lines.extend(dots_between(pair[0], pair[1]));
            }
        }
        let mut names: Vec<&PointName> = self.chart.names.iter().collect();
        names.sort_by_key(|name| name.rank);
        // A model that several series have is named once.
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert((&name.text, name.point.month)));
        for name in names {
            let text = cut(&printable(&name.text), NAME);
            let width = medium.text.width_of(&text);
            if let Some((at, side)) = placement.place(&self.taken(&name.point, true), width) {
                self.sketch.write(&text, medium.text, at, side)?;
            }
        }
        Ok(())
    }

    /// The box of a point.
    fn taken(&self, point: &Point, is_named: bool) -> Rect {
        let reach = self.sketch.medium.reach[usize::from(is_named)];
        let around = |at: i32, cell: i32| {
            let start = (at - reach).div_euclid(cell) * cell;
            start..start + 2 * reach + cell
        };
        let ((x, y), (width, height)) = (self.at(coordinates(point)), self.sketch.medium.cell);
        (around(x, width), around(y, height))
    }
}

/// Where a point is, in months of the calendar and in the figure.
fn coordinates(point: &Point) -> (f64, f64) {
    (f64::from(point.month.index()), point.value)
}

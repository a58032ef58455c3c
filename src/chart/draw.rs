//! The drawing of a chart, the same on a page and on a terminal.

use super::frame::{Frame, Sample};
use super::marks::{GRID, INK, PAPER, Shape};
use super::medium::{Medium, TextSize};
use crate::chart::{Chart, Dot, Series, Tint};
use plotters::coord::Shift;
use plotters::prelude::{
    Color, DrawingArea, DrawingAreaErrorKind, DrawingBackend, FontStyle, PathElement, Polygon,
    ShapeStyle, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, TextStyle};

pub(super) type DrawResult<DB> =
    Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Sans-serif fonts that most systems have.
const FONTS: &str = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";
/// The opacity of points, which overlap.
const THROUGH: f64 = 0.75;

/// A chart on its way to a medium.
pub(super) struct Sketch<'a, DB: DrawingBackend> {
    pub chart: &'a Chart,
    pub frame: &'a Frame,
    pub medium: Medium,
    pub area: DrawingArea<DB, Shift>,
}

impl<DB: DrawingBackend> Sketch<'_, DB> {
    pub(super) fn draw(&self) -> DrawResult<DB> {
        if self.medium.is_page() {
            self.area.fill(&PAPER)?;
        }
        self.axes()?;
        for writing in &self.frame.writing {
            self.write(&writing.text, writing.size, (writing.at, HPos::Left))?;
        }
        for entry in &self.frame.legend {
            self.sample(entry.sample, entry.at)?;
        }
        self.lines()?;
        // Unclassified points are at the bottom, named points on top.
        let rest = |series: &&Series| series.tint == Tint::Rest;
        let of_rest = || self.chart.series.iter().filter(rest);
        let series = || of_rest().chain(self.chart.series.iter().filter(move |s| !rest(s)));
        let dots = || series().flat_map(|s| s.dots.iter().map(move |dot| (s, dot)));
        for (series, dot) in dots().filter(|(_, dot)| dot.name.is_none()) {
            self.dot(series, dot)?;
        }
        for (series, dot) in dots().filter(|(_, dot)| dot.name.is_some()) {
            self.dot(series, dot)?;
        }
        self.names()?;
        self.area.present()
    }

    fn axes(&self) -> DrawResult<DB> {
        let Frame { plot, .. } = self.frame;
        let corner = (plot.left, plot.bottom);
        let gap = self.medium.column;
        let page = self.medium.is_page();
        for tick in &self.frame.figure_ticks {
            let (from, to, colour) = match page {
                true => (plot.left, plot.right, GRID),
                false => (plot.left + 1, plot.left, INK),
            };
            self.stroke(vec![(from, tick.at), (to, tick.at)], colour.into())?;
            let at = (plot.left - gap, tick.at);
            self.write(&tick.label, TextSize::Text, (at, HPos::Right))?;
        }
        let below = corner.1
            + 6
            + if page {
                self.medium.line(TextSize::Text) / 2
            } else {
                0
            };
        for tick in &self.frame.month_ticks {
            let end = if page { corner.1 + 5 } else { corner.1 + 1 };
            self.stroke(vec![(tick.at, corner.1), (tick.at, end)], INK.into())?;
            let half = self.medium.width_of(&tick.label, TextSize::Text) / 2;
            // The first and the last may be at the very edge.
            let at = tick.at.clamp(half, self.medium.width - half);
            self.write(&tick.label, TextSize::Text, ((at, below), HPos::Center))?;
        }
        // The axes extend to the edges of their last cells.
        let top = [(plot.left, plot.top + 1), (plot.left, plot.top), corner];
        self.stroke(top.to_vec(), INK.into())?;
        let right = [
            corner,
            (plot.right - 2, corner.1),
            (plot.right - 1, corner.1),
        ];
        self.stroke(right.to_vec(), INK.into())
    }

    fn sample(&self, sample: Sample, (x, y): (i32, i32)) -> DrawResult<DB> {
        let column = self.medium.column;
        match sample {
            Sample::Mark(tint) => self.mark(tint, ((x + column / 2, y), self.medium.reach)),
            Sample::Steps(tint) => {
                self.stroke(vec![(x, y), (x + 3 * column - 1, y)], self.wide(tint))
            }
            Sample::Slope(tint) => self.stroke(
                vec![(x, y + 1), (x + 3 * column - 1, y - 2)],
                self.wide(tint),
            ),
        }
    }

    fn lines(&self) -> DrawResult<DB> {
        for line in &self.chart.lines {
            let band = line.band.iter();
            let low = band
                .clone()
                .map(|(month, low, _)| self.frame.at((*month, *low)));
            let high = band.map(|(month, _, high)| self.frame.at((*month, *high)));
            let outline: Vec<(i32, i32)> = low.chain(high.rev()).collect();
            if !outline.is_empty() {
                let fill = line.tint.rgb().mix(0.12).filled();
                self.area.draw(&Polygon::new(outline, fill))?;
            }
            self.stroke(self.course(&line.course), self.wide(line.tint))?;
        }
        Ok(())
    }

    /// A course as dots: from its first point to its last where it is straight.
    pub(super) fn course(&self, course: &[(f64, f64)]) -> Vec<(i32, i32)> {
        course.iter().map(|point| self.frame.at(*point)).collect()
    }

    fn dot(&self, series: &Series, dot: &Dot) -> DrawResult<DB> {
        let centre = self.frame.at(dot.at());
        let more = if dot.name.is_some() { 2 } else { 0 };
        self.mark(series.tint, (centre, self.medium.reach + more))
    }

    fn mark(&self, tint: Tint, (centre, reach): ((i32, i32), i32)) -> DrawResult<DB> {
        let mark = Shape::from(tint);
        let Some(charset) = self.medium.charset else {
            return mark.draw(&self.area, (centre, reach), &tint.rgb().mix(THROUGH));
        };
        let weight = match reach > self.medium.reach {
            true => FontStyle::Bold,
            false => FontStyle::Normal,
        };
        let colour = tint.rgb();
        let style = self.style(TextSize::Text, weight).color(&colour);
        // One glyph takes the cell of its centre.
        self.area
            .draw(&Text::new(mark.glyph(charset), centre, style))
    }

    /// Writes a text beside or around a dot.
    pub(super) fn write(
        &self,
        text: &str,
        size: TextSize,
        (at, side): ((i32, i32), HPos),
    ) -> DrawResult<DB> {
        let weight = match size {
            TextSize::Title => FontStyle::Bold,
            TextSize::Text | TextSize::Small => FontStyle::Normal,
        };
        let style = self.style(size, weight);
        let style = style.color(&INK).pos(Pos::new(side, VPos::Center));
        self.area.draw(&Text::new(text, at, style))
    }

    fn style(&self, size: TextSize, weight: FontStyle) -> TextStyle<'static> {
        // The backend takes a letter's height for its box's.
        let height = self.medium.font(size) * 1.24;
        let font = FontDesc::new(FontFamily::Name(FONTS), height, weight);
        TextStyle::from(font).pos(Pos::new(HPos::Center, VPos::Center))
    }

    fn stroke(&self, path: Vec<(i32, i32)>, style: ShapeStyle) -> DrawResult<DB> {
        self.area.draw(&PathElement::new(path, style))
    }

    fn wide(&self, tint: Tint) -> ShapeStyle {
        tint.rgb().stroke_width(2)
    }
}

//! Charts of figures over time and of counts, as data; drawn on a terminal and as SVG by the same
//! code.

mod bars;
mod canvas;
mod draw;
mod layout;
mod palette;

use crate::model::column::ColumnRef;
use crate::model::month::Point;
use crate::output::{Output, Picture};
use crate::text::printable;
use canvas::Canvas;
use draw::Drawn;
use layout::Medium;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend, IntoDrawingArea, SVGBackend};
use std::cell::RefCell;
use std::io;
use std::rc::Rc;

/// A chart of any kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Drawing {
    Points(Chart),
    Bars(BarChart),
}

/// Points over time and lines through them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chart {
    /// The finding, in one line.
    pub title: String,
    /// What screen readers say after the name of the figure.
    pub description: String,
    /// The figure, whose axis is logarithmic; the other axis is time.
    pub figure: ColumnRef,
    /// The points, a series a group.
    pub series: Vec<Series>,
    /// The labels of some of the points.
    pub names: Vec<PointName>,
    /// The lines through or above them.
    pub lines: Vec<Curve>,
    /// The text below: the source, its date, the question.
    pub footer: Vec<String>,
}

/// Points of one shape and colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    pub name: String,
    pub tint: Tint,
    /// Models, whose figures are greater than 0.
    pub points: Vec<Point>,
}

/// The label of a point.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PointName {
    pub point: Point,
    /// The colour of its series.
    pub tint: Tint,
    pub text: String,
    /// Priority where room is scarce: 0 is written first.
    pub rank: usize,
}

/// A line and its interval.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve {
    /// Its name in the legend; none where it shares the entry of a series.
    pub name: Option<String>,
    pub tint: Tint,
    /// Whether it is drawn heavier than others, to tell them apart without colours.
    pub is_heavy: bool,
    /// Its course, in months of the calendar and in the figure.
    pub course: Vec<(f64, f64)>,
    /// Its interval: months, lower and upper figures.
    pub band: Vec<(f64, f64, f64)>,
}

/// How many models each group has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarChart {
    /// What is shown, in one line.
    pub title: String,
    /// What is counted: the name of the axis.
    pub counted: String,
    /// Where the bars are a series in time: the first, and what follows.
    pub time: Option<(i32, TimeStep)>,
    /// The bars, the topmost or earliest first.
    pub bars: Vec<Bar>,
    /// The parts of each bar.
    pub series: Vec<BarSeries>,
    /// What is not drawn.
    pub missing: Option<String>,
    /// The text below: the source, its date, the question.
    pub footer: Vec<String>,
}

/// A group, or no model.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bar {
    pub label: String,
    /// The models of each series. One with several values is in several.
    pub counts: Vec<usize>,
    /// All its models.
    pub total: usize,
}

/// The parts of the bars that have one colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarSeries {
    pub name: String,
    pub tint: Tint,
}

/// How far it is from one bar to the next: a bar has the number of its year or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeStep {
    Year,
    Month,
}

/// A colour, and for points a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tint {
    Series(usize),
    /// For `not stated` and `others`.
    Rest,
    /// For points that are only there to compare with: hollow.
    Faint,
    /// The colour of text.
    Ink,
}

impl BarChart {
    /// The bars in words.
    fn description(&self) -> String {
        let bars = self.bars.iter().filter(|bar| bar.total > 0).map(|bar| {
            let parts = self.series.iter().zip(&bar.counts);
            let parts = parts.filter(|(_, count)| **count > 0);
            let parts = parts.map(|(series, count)| format!("{} {count}", series.name));
            match self.series.len() {
                1 => format!("{}: {}", bar.label, bar.total),
                _ => format!("{}: {}", bar.label, parts.collect::<Vec<_>>().join(", ")),
            }
        });
        let bars = bars.collect::<Vec<_>>().join("; ");
        format!("{}. {bars}. {}", self.counted, self.footer.join(" "))
    }
}

impl Drawing {
    /// Why there is nothing to draw, if there is nothing.
    pub(crate) fn nothing(&self) -> Option<String> {
        match self {
            Drawing::Points(chart) => {
                let is_empty = chart.series.iter().all(|series| series.points.is_empty());
                let figure = chart.figure.in_sentence();
                is_empty.then(|| format!("no matching model has both a date and {figure}"))
            }
            Drawing::Bars(chart) => {
                let why = match chart.time {
                    Some(_) => "no matching model has a date",
                    None => "no model matches",
                };
                chart.bars.is_empty().then(|| why.to_owned())
            }
        }
    }

    fn title(&self) -> &str {
        match self {
            Drawing::Points(chart) => &chart.title,
            Drawing::Bars(chart) => &chart.title,
        }
    }

    /// What screen readers say.
    fn description(&self) -> String {
        match self {
            Drawing::Points(chart) => format!(
                "Models by the month of their announcement and, on a logarithmic axis, {}{} {}",
                chart.figure.in_sentence(),
                chart.description,
                chart.footer.join(" ")
            ),
            Drawing::Bars(chart) => chart.description(),
        }
    }

    /// Draws it from the top of an area, and returns the height it takes.
    fn draw<DB: DrawingBackend>(
        &self,
        medium: Medium,
        area: &DrawingArea<DB, Shift>,
    ) -> Drawn<DB, i32> {
        match self {
            Drawing::Points(chart) => draw::draw(chart, medium, area),
            Drawing::Bars(chart) => bars::draw(chart, medium, area),
        }
    }
}

/// More dots than any chart is high.
const MAX_HEIGHT: u32 = 1 << 16;
/// The columns of a chart that is not written to a terminal.
const COLUMNS: usize = 80;
/// The fewest and the most columns of a chart.
const BOUNDS: (usize, usize) = (32, 120);

impl Picture for Drawing {
    /// Draws it as wide as the terminal; a remark instead if that is too narrow.
    fn write(&self, out: &mut Output) -> io::Result<()> {
        let columns = out.width().unwrap_or(COLUMNS).min(BOUNDS.1);
        if columns < BOUNDS.0 {
            out.remark("terminal too narrow for the chart");
            return Ok(());
        }
        let canvas = Rc::new(RefCell::new(Canvas::new(columns, out.charset())));
        let medium = Medium::terminal(columns, out.charset());
        let drawn = self.draw(medium, &(&canvas).into());
        drawn.map_err(io::Error::other)?;
        canvas.borrow().write(out)
    }

    /// Draws it as SVG that needs nothing else; the same chart as the same bytes.
    fn to_svg(&self) -> io::Result<String> {
        let width = Medium::PAGE.width;
        let mut svg = String::new();
        let size = (width.unsigned_abs(), MAX_HEIGHT);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let height = self.draw(Medium::PAGE, &area).map_err(io::Error::other)?;
        drop(area);
        // plotters can write neither what screen readers need nor a height that it learns last.
        let (_, content) = svg.split_once('>').unwrap_or(("", &svg));
        Ok(format!(
            "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
             aria-labelledby=\"title description\">\n\
             <title id=\"title\">{}</title>\n\
             <desc id=\"description\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>{content}",
            escaped(self.title()),
            escaped(&self.description()),
        ))
    }
}

/// A text between tags.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

//! Charts of a figure over time, as data; drawn on a terminal and as SVG by the same code.

mod canvas;
mod draw;
mod layout;
mod palette;

use crate::model::column::ColumnRef;
use crate::model::month::Point;
use crate::output::Output;
use crate::text::printable;
use canvas::Canvas;
use draw::draw;
use layout::Medium;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use std::cell::RefCell;
use std::io;
use std::rc::Rc;

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
    /// Its course, in months of the calendar and in the figure.
    pub course: Vec<(f64, f64)>,
    /// Its interval: months, lower and upper figures.
    pub band: Vec<(f64, f64, f64)>,
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

impl Chart {
    /// Whether there is nothing to draw.
    pub(crate) fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.points.is_empty())
    }
}

/// More dots than any chart is high.
const MAX_HEIGHT: u32 = 1 << 16;
/// The columns of a chart that is not written to a terminal.
const COLUMNS: usize = 80;
/// The fewest and the most columns of a chart.
const BOUNDS: (usize, usize) = (32, 120);

/// Writes a chart as wide as the terminal; a remark instead if that is too narrow.
pub(crate) fn terminal(chart: &Chart, out: &mut Output) -> io::Result<()> {
    let columns = out.width().unwrap_or(COLUMNS).min(BOUNDS.1);
    if columns < BOUNDS.0 {
        out.remark("terminal too narrow for the chart");
        return Ok(());
    }
    let canvas = Rc::new(RefCell::new(Canvas::new(columns, out.charset())));
    let medium = Medium::terminal(columns, out.charset());
    draw(chart, medium, &(&canvas).into()).map_err(io::Error::other)?;
    canvas.borrow().write(out)
}

/// Draws a chart as SVG, one file that needs nothing else; the same chart as the same bytes.
pub(crate) fn svg(chart: &Chart) -> io::Result<String> {
    let width = Medium::PAGE.width;
    let mut svg = String::new();
    let size = (width.unsigned_abs(), MAX_HEIGHT);
    let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
    let height = draw(chart, Medium::PAGE, &area).map_err(io::Error::other)?;
    drop(area);
    // plotters can write neither what screen readers need nor a height that it learns last.
    let (_, content) = svg.split_once('>').unwrap_or(("", &svg));
    let description = format!(
        "Models by the month of their announcement and, on a logarithmic axis, {}{} {}",
        chart.figure.in_sentence(),
        chart.description,
        chart.footer.join(" ")
    );
    Ok(format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         aria-labelledby=\"title description\">\n\
         <title id=\"title\">{}</title>\n\
         <desc id=\"description\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>{content}",
        escaped(&chart.title),
        escaped(&description),
    ))
}

/// A text between tags.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

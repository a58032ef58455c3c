//! Charts of a figure over time, as data; drawn on a terminal and as SVG by the same code.

mod canvas;
mod draw;
mod labels;
mod layout;
mod palette;

use crate::model::column::ColumnRef;
use crate::model::month::Point;
use crate::model::value::Kind;
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
    /// The content in words, for screen readers.
    pub description: String,
    /// Short notes for the legend of a terminal.
    pub notes: Vec<String>,
    /// The figure, whose axis is logarithmic; the other axis is time.
    pub figure: Axis,
    /// The points, a series a group.
    pub series: Vec<Series>,
    /// The lines through or above them.
    pub lines: Vec<Curve>,
    /// The text below: the source, its date, the question.
    pub footer: Vec<String>,
}

/// What an axis measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Axis {
    pub key: &'static str,
    pub title: String,
    /// What the figure means and its unit, in words.
    pub meaning: String,
    /// How figures along it are written.
    pub kind: Kind,
}

/// Points of one shape and colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    pub name: String,
    pub tint: Tint,
    pub dots: Vec<Dot>,
}

/// A point: a model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dot {
    /// Its month, and its figure, which is greater than 0.
    pub point: Point,
    /// Its label, if it has one.
    pub name: Option<PointName>,
}

/// The label of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PointName {
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
    /// The colour of text.
    Ink,
}

impl Series {
    /// Adds a point unless its figure has no logarithm.
    pub(crate) fn add(&mut self, point: Point, name: Option<PointName>) {
        if point.value > 0.0 {
            self.dots.push(Dot { point, name });
        }
    }
}

impl Dot {
    /// Where it is, in months of the calendar and in the figure.
    fn at(&self) -> (f64, f64) {
        (f64::from(self.point.month.index()), self.point.value)
    }
}

impl Axis {
    /// The axis of a column of figures.
    pub(crate) fn of(column: ColumnRef) -> Axis {
        let meaning = column.meaning.split(';').next();
        Axis {
            key: column.heading.key,
            title: column.heading.title.to_owned(),
            meaning: meaning.unwrap_or_default().to_owned(),
            kind: column.heading.kind,
        }
    }
}

impl Chart {
    /// Whether there is nothing to draw.
    pub(crate) fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.dots.is_empty())
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
    Ok(format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         aria-labelledby=\"title description\">\n\
         <title id=\"title\">{}</title>\n\
         <desc id=\"description\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>{content}",
        escaped(&chart.title),
        escaped(&chart.description),
    ))
}

/// A text between tags.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

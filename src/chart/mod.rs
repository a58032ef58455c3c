//! Charts of figures over time and of counts, as data; drawn on a terminal and as SVG by the same
//! code.

mod bars;
mod canvas;
mod labels;
mod layout;
mod palette;
mod points;
mod ratios;
mod scale;
mod scene;
mod svg;

use crate::model::column::ColumnRef;
use crate::model::month::Point;
use crate::output::{Output, Picture};
use canvas::Canvas;
use layout::{Medium, Sketch};
use std::io;
use svg::SvgTarget;

pub(crate) use palette::{Colour, Theme};
pub(crate) use scene::Stroke;

/// A chart and the text around it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawing {
    /// The finding, in one line.
    pub title: String,
    /// What is shown.
    pub subtitle: String,
    pub chart: ChartKind,
    /// Sentences about what is not drawn.
    pub notes: Vec<String>,
    /// The text below: the source, its date, the question.
    pub footer: Vec<String>,
}

/// A chart of any kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ChartKind {
    Points(Chart),
    Bars(BarChart),
    Ratios(RatioChart),
}

/// How many series have a colour of their own; more are drawn in panels.
pub(crate) const SERIES: usize = 6;
/// How many panels a chart has at most.
pub(crate) const PANELS: usize = 12;

/// Points over time and lines through them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chart {
    /// What screen readers say after the subtitle.
    pub description: String,
    /// The figure, whose axis is logarithmic; the other axis is time.
    pub figure: ColumnRef,
    /// What a hollow point means; empty if there is none.
    pub hollow: String,
    /// The plots, all with the same axes.
    pub panels: Vec<Panel>,
}

/// One plot of a chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Panel {
    /// What is in it, if there are several, and what follows that.
    pub title: String,
    pub detail: String,
    /// The points, a series a group.
    pub series: Vec<Series>,
    /// The lines through or above them.
    pub lines: Vec<Curve>,
}

/// Points of one shape and colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    pub name: String,
    /// What follows the name.
    pub detail: String,
    pub colour: Colour,
    /// Models, whose figures are greater than 0.
    pub points: Vec<DataPoint>,
}

/// The point of a model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DataPoint {
    pub point: Point,
    /// Whether its figure is not stated by the makers.
    pub is_hollow: bool,
    /// Its label, if it is to have one.
    pub label: Option<PointLabel>,
    /// The model, the figure and its source, for a page.
    pub tooltip: Option<Box<str>>,
}

/// The label of a point.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PointLabel {
    pub text: String,
    /// Priority where room is scarce: 0 is written first.
    pub rank: usize,
}

/// A line and its interval.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve {
    /// Its name in the legend; none where it shares the entry of a series.
    pub name: Option<String>,
    pub colour: Colour,
    /// How it is drawn, to tell it from others without colours.
    pub stroke: Stroke,
    /// Its points: months of the calendar, and figures.
    pub path: Vec<(f64, f64)>,
    /// Its interval: months, lower and upper figures.
    pub band: Vec<(f64, f64, f64)>,
}

/// Figures of models as ratios to those of the first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RatioChart {
    /// What the axis counts.
    pub axis: String,
    /// What a hollow point means; empty if there is none.
    pub hollow: String,
    /// The names of the models.
    pub models: Vec<String>,
    pub rows: Vec<RatioRow>,
}

/// One figure of several models.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RatioRow {
    /// What it counts.
    pub name: String,
    /// Of each model, if it has the figure.
    pub values: Vec<Option<RatioValue>>,
}

/// The figure of a model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RatioValue {
    /// Over that of the first model; greater than 0.
    pub ratio: f64,
    /// The figure as people read it.
    pub text: String,
    /// Where it is from, after a semicolon; perhaps nothing.
    pub source: String,
    /// Whether it is not stated by the makers.
    pub is_hollow: bool,
}

/// How many models each group has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarChart {
    /// What is counted: the name of the axis.
    pub counted: String,
    /// Where the bars are a series in time: the first month, and how many months a bar has.
    pub time: Option<(i32, i32)>,
    /// The bars, the topmost or earliest first.
    pub bars: Vec<Bar>,
    /// The parts of each bar.
    pub series: Vec<BarSeries>,
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
    pub colour: Colour,
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
        format!("{}. {bars}.", self.counted)
    }
}

impl Drawing {
    /// Why there is nothing to draw, if there is nothing.
    pub(crate) fn nothing(&self) -> Option<String> {
        match &self.chart {
            ChartKind::Points(chart) => {
                let mut series = chart.panels.iter().flat_map(|panel| &panel.series);
                let is_empty = series.all(|series| series.points.is_empty());
                let figure = chart.figure.in_sentence();
                is_empty.then(|| format!("no matching model has both a date and {figure}"))
            }
            ChartKind::Bars(chart) => chart.bars.is_empty().then(|| match chart.time {
                Some(_) => "no matching model has a date".to_owned(),
                None => "no model matches".to_owned(),
            }),
            ChartKind::Ratios(chart) if chart.models.len() > SERIES => Some(format!(
                "a chart compares at most {SERIES} models, and these are {}",
                chart.models.len()
            )),
            ChartKind::Ratios(chart) => chart
                .rows
                .is_empty()
                .then(|| "the models have no figure in common".to_owned()),
        }
    }

    /// What screen readers say.
    fn description(&self) -> String {
        let own = match &self.chart {
            ChartKind::Points(chart) => format!(
                "The axis of {} is logarithmic. {}",
                chart.figure.in_sentence(),
                chart.description
            ),
            ChartKind::Bars(chart) => chart.description(),
            ChartKind::Ratios(chart) => chart.description(),
        };
        format!("{} {own} {}", self.subtitle, self.footer.join(" "))
    }

    /// Draws it, and returns the height it takes.
    fn draw(&self, sketch: &mut Sketch) -> i32 {
        match &self.chart {
            ChartKind::Points(chart) => points::draw(chart, self, sketch),
            ChartKind::Bars(chart) => bars::draw(chart, self, sketch),
            ChartKind::Ratios(chart) => ratios::draw(chart, self, sketch),
        }
    }

    /// Draws it as an SVG file of this size, or as wide as usual and as high as it needs.
    ///
    /// # Errors
    /// When the size has no room for it: how high it would have to be.
    pub(crate) fn to_file(&self, size: Option<(i32, i32)>, theme: Theme) -> Result<String, i32> {
        let width = size.map_or(Medium::PAGE_WIDTH, |(width, _)| width);
        let medium = Medium::page(width, size.map(|(_, height)| height));
        let mut sketch = Sketch::new(medium);
        let height = self.draw(&mut sketch);
        match sketch.missing_height {
            0 => Ok(self.to_element(&sketch, height, SvgTarget::File(theme))),
            missing_height => Err(height + missing_height),
        }
    }

    fn to_element(&self, sketch: &Sketch, height: i32, target: SvgTarget) -> String {
        let description = self.description();
        // Screen readers need a name even where no title is drawn.
        let title = match &*self.title {
            "" => description.split('.').next().unwrap_or_default(),
            title => title,
        };
        let texts = [title, &description];
        let size = (sketch.medium.width, height);
        svg::svg(&sketch.scene, size, texts, target)
    }
}

impl RatioChart {
    /// The figures in words.
    fn description(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let values = self.models.iter().zip(&row.values);
            let values = values
                .filter_map(|(model, value)| Some(format!("{model} {}", value.as_ref()?.text)));
            format!("{}: {}", row.name, values.collect::<Vec<_>>().join(", "))
        });
        let rows = rows.collect::<Vec<_>>().join("; ");
        format!("{rows}.")
    }
}

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
        let mut sketch = Sketch::new(Medium::terminal(columns, out.charset()));
        self.draw(&mut sketch);
        Canvas::of(&sketch.scene, columns, out.charset()).write(out)
    }

    /// Draws it as a part of a page.
    fn to_svg(&self) -> io::Result<String> {
        let medium = Medium::page(Medium::PAGE_WIDTH, None);
        let mut sketch = Sketch::new(Medium {
            has_footer: false,
            ..medium
        });
        let height = self.draw(&mut sketch);
        Ok(self.to_element(&sketch, height, SvgTarget::Page))
    }
}

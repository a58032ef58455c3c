//! A chart as SVG: one file that needs nothing else.

use super::draw::Sketch;
use super::frame::Frame;
use super::medium::Medium;
use crate::chart::Chart;
use crate::text::printable;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use std::io;

/// Writes a chart as SVG, the same chart as the same bytes.
pub(crate) fn svg(chart: &Chart) -> io::Result<String> {
    let medium = Medium::PAGE;
    let frame = Frame::of(chart, medium);
    let mut svg = String::new();
    let size = [medium.width, frame.height].map(i32::unsigned_abs);
    let sketch = Sketch {
        chart,
        frame: &frame,
        medium,
        area: SVGBackend::with_string(&mut svg, size.into()).into_drawing_area(),
    };
    let drawn = sketch.draw();
    drop(sketch);
    drawn.map_err(io::Error::other)?;
    Ok(with_description(&svg, chart))
}

/// Adds a title and a description for screen readers, which plotters cannot.
fn with_description(svg: &str, chart: &Chart) -> String {
    let (root, rest) = svg.split_once('>').unwrap_or((svg, ""));
    format!(
        "{root} role=\"img\" aria-labelledby=\"title description\">\n\
         <title id=\"title\">{}</title>\n\
         <desc id=\"description\">{}</desc>{rest}",
        escaped(&chart.title),
        escaped(&chart.description),
    )
}

/// A text between tags.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

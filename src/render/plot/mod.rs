//! Pictures of a chart, by plotters: on a terminal and on a page.

mod canvas;
mod draw;
mod frame;
mod label;
mod mark;
mod medium;
mod names;
mod scale;
mod svg;
mod tint;

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use crate::chart::Chart;
use crate::output::Output;
use canvas::Canvas;
use draw::Sketch;
use frame::Frame;
use medium::Medium;

pub use svg::svg;

/// The columns of a picture that no terminal shows.
const COLUMNS: usize = 80;
/// What a picture can do with, and what it can make use of.
const BOUNDS: (usize, usize) = (32, 120);

/// Writes a chart as rows of characters, as wide as the terminal has room for; says so where that
/// is too little.
///
/// # Errors
/// When it cannot be written.
pub fn terminal(chart: &Chart, out: &mut Output) -> io::Result<()> {
    let columns = out.width().unwrap_or(COLUMNS).min(BOUNDS.1);
    if columns < BOUNDS.0 {
        out.remark("no room for the picture");
        return Ok(());
    }
    let medium = Medium::Cells(columns, out.letters());
    let frame = Frame::of(chart, medium);
    let rows = usize::try_from(frame.height / 4).unwrap_or(0);
    let canvas = Rc::new(RefCell::new(Canvas::new((columns, rows), out.letters())));
    let sketch = Sketch {
        chart,
        frame: &frame,
        medium,
        area: (&canvas).into(),
    };
    sketch.draw().map_err(io::Error::other)?;
    canvas.borrow().write(out)
}

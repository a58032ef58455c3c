//! Figures of a few models as ratios to those of the first, on a logarithmic axis.

use super::labels::Placement;
use super::layout::{Medium, Sketch, Symbol};
use super::scale::Axis;
use super::scene::{Item, Mark, Position, Rect, Side, Stroke, dots_between};
use super::{Colour, Drawing, RatioChart, RatioValue};
use crate::model::unit::{Unit, three};
use crate::model::value::Kind;
use crate::text::{capitalized, cut, printable};

/// The most columns of the name of a figure.
const NAME: usize = 30;

/// Draws a chart that is not empty, and returns the height it takes.
pub(super) fn draw(chart: &RatioChart, text: &Drawing, sketch: &mut Sketch) -> i32 {
    let models = chart.models.iter().enumerate().map(|(i, name)| {
        let symbol = Symbol::Mark { is_hollow: false };
        (symbol, Colour::Series(i), &**name)
    });
    let mut legend: Vec<_> = models.collect();
    if !chart.hollow.is_empty() {
        let symbol = Symbol::Mark { is_hollow: true };
        legend.push((symbol, Colour::Series(0), &chart.hollow));
    }
    sketch.framed(text, (&legend, &chart.axis), |sketch, area, room| {
        rows(chart, sketch, area, room)
    })
}

/// A row for each figure; returns where they end.
fn rows(chart: &RatioChart, sketch: &mut Sketch, (across, y): Rect, room: Option<i32>) -> i32 {
    let (medium, text) = (sketch.medium, sketch.medium.text);
    let (top, count) = (y.start, chart.rows.len() as i32);
    let names = chart.rows.iter().map(|row| capitalized(&row.name));
    let names: Vec<String> = names.map(|name| cut(&printable(&name), NAME)).collect();
    let longest = names.iter().map(|name| text.width_of(name)).max();
    let left = across.start + longest.unwrap_or(0) + 2 * text.column;
    let right = across.end - medium.margin - 2 * text.column;
    let pitch = match room {
        Some(room) => sketch.row_height(room - medium.below, count, 20),
        None => 44,
    };
    let values = chart.rows.iter().flat_map(|row| &row.values).flatten();
    let ratios = values.map(|value| value.ratio).chain([1.0]);
    let most = ((right - left) / (8 * text.column)).max(2) as usize;
    let axis = Axis::figures(ratios, Kind::Quantity(Unit::Ratio), most);
    let place = |ratio: f64| left + (axis.place(ratio) * f64::from(right - left)).round() as i32;
    let bottom = top + pitch * count;
    for tick in &axis.ticks {
        let x = place(*tick);
        sketch.grid(vec![(x, top), (x, bottom)]);
        let label = format!("{}×", three(*tick));
        sketch.tick_below(&label, (x, bottom));
    }
    let one = place(1.0);
    let upright = [(one, top), (one, bottom)];
    for path in [upright, [(left, bottom), (right, bottom)]] {
        sketch.line(path.to_vec(), Colour::Muted, Stroke::Thin);
    }
    for ((row, name), i) in chart.rows.iter().zip(&names).zip(0..) {
        let middle = top + pitch * i + pitch / 2;
        let at = (across.start, middle);
        sketch.write(name, (text, Colour::Ink), at, Side::Left);
        let mut marks: Vec<(Mark, &RatioValue)> = Vec::new();
        for (model, value) in row.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let x = place(value.ratio);
            // Marks at one place are below each other.
            let is_near = |(own, _): &&(Mark, _)| (own.at.0 - x).abs() <= Medium::RADIUS;
            let earlier = marks.iter().filter(is_near).count() as i32;
            let at = (x, middle + earlier * (2 * Medium::RADIUS + 1));
            let radius = f64::from(Medium::RADIUS);
            let mark = Mark {
                tooltip: format!("{}: {}{}", chart.models[model], value.text, value.source),
                ..Mark::new(Colour::Series(model), at, value.is_hollow, radius)
            };
            marks.push((mark, value));
        }
        let mut lines: Vec<Position> = (top..bottom).map(|y| (one, y)).collect();
        let ends = marks.iter().map(|(mark, _)| mark.at.0);
        if let Some((first, last)) = ends.clone().min().zip(ends.max()) {
            let path = vec![(first, middle), (last, middle)];
            lines.extend(dots_between(path[0], path[1]));
            sketch.line(path, Colour::Grid, Stroke::Heavy);
        }
        let mut placement = Placement {
            medium,
            font: medium.small,
            plot: (left..across.end, top..bottom),
            taken: marks.iter().map(|(mark, _)| mark.rect(medium)).collect(),
            lines,
        };
        for (mut mark, value) in marks {
            let point = mark.rect(medium);
            mark.radius *= 1.2;
            sketch.scene.push(Item::Mark(mark));
            let label = (value.text.clone(), Colour::Muted);
            sketch.label(&mut placement, &point, label);
        }
    }
    bottom + medium.below
}

//! Figures of a few models as ratios to those of the first, on a logarithmic axis.

use super::labels::Placement;
use super::layout::{Frame, Medium, Sketch, Symbol};
use super::palette::Colour;
use super::scale::Axis;
use super::scene::{At, Item, Mark, Rect, Side, Weight};
use super::{RatioChart, Tint};
use crate::model::unit::Unit;
use crate::model::unit::three;
use crate::model::value::Kind;
use crate::text::{capitalized, cut, printable, width};

/// The most columns of the name of a figure.
const NAME: usize = 30;

/// Draws a chart that is not empty, and returns the height it takes.
pub(super) fn draw(chart: &RatioChart, sketch: &mut Sketch) -> i32 {
    let models = chart.models.iter().enumerate().map(|(i, name)| {
        let symbol = Symbol::Mark { is_hollow: false };
        (symbol, Tint::Series(i), &**name)
    });
    let mut legend: Vec<_> = models.collect();
    if !chart.hollow.is_empty() {
        let symbol = Symbol::Mark { is_hollow: true };
        legend.push((symbol, Tint::Series(0), &chart.hollow));
    }
    let frame = Frame {
        title: &chart.title,
        subtitle: &chart.subtitle,
        legend,
        axis: &chart.axis,
        notes: &chart.notes,
        footer: &chart.footer,
    };
    sketch.framed(&frame, |sketch, across_and_top, room| {
        rows(chart, sketch, across_and_top, room)
    })
}

/// A row for each figure; returns where they end.
fn rows(chart: &RatioChart, sketch: &mut Sketch, (across, y): Rect, room: Option<i32>) -> i32 {
    let (medium, text) = (sketch.medium, sketch.medium.text);
    let (top, count) = (y.start, chart.rows.len() as i32);
    let names = chart
        .rows
        .iter()
        .map(|row| cut(&printable(&capitalized(&row.name)), NAME));
    let names: Vec<String> = names.collect();
    let longest = names.iter().map(|name| width(name)).max().unwrap_or(0) as i32;
    let left = across.start + (longest + 2) * text.column;
    let right = across.end - medium.margin - 2 * text.column;
    let usual = if medium.is_page() {
        44
    } else {
        2 * text.line()
    };
    let pitch = match room {
        Some(room) => sketch.share(room - sketch.below(), count, 20),
        None => usual,
    };
    let ratios = chart
        .rows
        .iter()
        .flat_map(|row| row.values.iter().flatten());
    let ratios = ratios.map(|value| value.ratio);
    let most = ((right - left) / (8 * text.column)).max(2);
    let axis = Axis::figures(
        ratios.chain([1.0]),
        Kind::Quantity(Unit::Ratio),
        most as usize,
    );
    let place = |ratio: f64| left + (axis.place(ratio) * f64::from(right - left)).round() as i32;
    let bottom = top + pitch * count;
    for tick in &axis.ticks {
        let x = place(*tick);
        sketch.grid(vec![(x, top), (x, bottom)]);
        let label = format!("{}×", three(*tick));
        sketch.tick_below(&label, (x, bottom), (0, medium.width));
    }
    let one = place(1.0);
    sketch.line(vec![(one, top), (one, bottom)], Colour::Muted, Weight::Thin);
    sketch.line(
        vec![(left, bottom), (right, bottom)],
        Colour::Muted,
        Weight::Thin,
    );
    for (row, i) in chart.rows.iter().zip(0..) {
        let middle = top + pitch * i + pitch / 2;
        let at = (across.start, middle);
        sketch.write(&names[i as usize], (text, Colour::Ink), at, Side::Left);
        let values = row.values.iter().enumerate();
        let values = values.filter_map(|(i, value)| Some((i, value.as_ref()?)));
        let values: Vec<_> = values.collect();
        let ends = values.iter().map(|(_, value)| place(value.ratio));
        let span = ends.clone().min().zip(ends.max());
        let span = span.filter(|_| medium.is_page());
        if let Some((first, last)) = span {
            let path = vec![(first, middle), (last, middle)];
            sketch.line(path, Colour::Grid, Weight::Heavy);
        }
        let mut lines: Vec<At> = (top..bottom).map(|y| (one, y)).collect();
        lines.extend(
            span.into_iter()
                .flat_map(|(first, last)| (first..last).map(|x| (x, middle))),
        );
        let mut placement = Placement {
            medium,
            font: medium.small,
            plot: (left..across.end, top..bottom),
            taken: Vec::new(),
            lines,
        };
        let reach = if medium.is_page() { Medium::REACH } else { 0 };
        let (cell, high) = medium.cell;
        let mut places: Vec<At> = Vec::new();
        for (_, value) in &values {
            let x = place(value.ratio) / cell * cell;
            // Marks at one place are below each other.
            let earlier = places
                .iter()
                .filter(|(other, _)| (other - x).abs() <= reach);
            let below = earlier.count() as i32 * (2 * reach + 1);
            places.push((x, middle / high * high + below));
        }
        let boxes = places
            .iter()
            .map(|(x, y)| (x - reach..x + reach + cell, y - reach..y + reach + high));
        placement.taken = boxes.collect();
        let marks = values.iter().zip(places).zip(placement.taken.clone());
        for (((model, value), at), taken) in marks {
            sketch.scene.push(Item::Mark(Mark {
                tint: Tint::Series(*model),
                at,
                is_hollow: value.is_hollow,
                is_bold: false,
                reach: f64::from(Medium::REACH) * 1.2,
                about: format!("{}: {}{}", chart.models[*model], value.text, value.source),
            }));
            let width = placement.font.width_of(&value.text);
            if let Some((at, side)) = placement.place(&taken, width) {
                sketch.scene.push(Item::Text {
                    text: value.text.clone(),
                    at,
                    side,
                    font: placement.font,
                    colour: Colour::Muted,
                    has_halo: true,
                });
            }
        }
    }
    bottom + sketch.below()
}

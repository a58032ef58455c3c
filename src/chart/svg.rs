//! A scene as SVG, one element that needs nothing else: no scripts, no addresses, no ids.

use super::layout::Medium;
use super::palette::{Colour, Theme};
use super::scene::{BarPart, Item, Mark, Position, Scene, Side, Stroke, Text};
use crate::text::printable;
use std::fmt::Write as _;

/// Sans-serif fonts that most systems have.
const FONTS: &str = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";

/// The width of lines with their dashes.
const DASHES: [&str; 5] = [
    "2\" stroke-dasharray=\"9 4",
    "2\" stroke-dasharray=\"2 3",
    "2\" stroke-dasharray=\"10 3 2 3",
    "2\" stroke-dasharray=\"5 2",
    "2\" stroke-dasharray=\"14 4",
];

/// What the SVG is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SvgTarget {
    /// A file with the colours of a theme.
    File(Theme),
    /// A part of a page, light or dark as its reader wants it.
    Page,
}

/// Renders a scene of this size. Screen readers read the `title` and the `description`.
pub(super) fn svg(
    scene: &Scene,
    (width, height): (i32, i32),
    [title, description]: [&str; 2],
    target: SvgTarget,
) -> String {
    let (theme, style) = match target {
        SvgTarget::File(theme) => (theme, String::new()),
        SvgTarget::Page => (Theme::Light, dark_style()),
    };
    let (title, description) = (escaped(title), escaped(description));
    let background = theme.colour(Colour::Background);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ahm\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{title}\" font-family=\"{FONTS}\" font-style=\"normal\" \
         font-weight=\"normal\" letter-spacing=\"0\" text-anchor=\"start\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n{style}\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{background}\"/>\n"
    );
    for item in scene {
        match item {
            Item::Text(text) => write_text(&mut out, text, theme),
            Item::Line {
                path,
                colour,
                stroke,
            } => {
                let stroke = match stroke {
                    Stroke::Thin => "1",
                    Stroke::Dashed => "1\" stroke-dasharray=\"4 4",
                    Stroke::Medium | Stroke::Pattern(0) => "2",
                    Stroke::Heavy => "3.5",
                    Stroke::Pattern(i) => DASHES[(i - 1) % DASHES.len()],
                };
                let (path, colour) = (points(path), theme.colour(*colour));
                let _ = writeln!(
                    out,
                    "<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" \
                     stroke-width=\"{stroke}\"/>"
                );
            }
            Item::Area { outline, colour } => {
                let (outline, colour) = (points(outline), theme.colour(*colour));
                let _ = writeln!(
                    out,
                    "<polygon points=\"{outline}\" fill=\"{colour}\" fill-opacity=\"0.14\"/>"
                );
            }
            Item::Mark(mark) => write_mark(&mut out, mark, theme),
            Item::Bar(part) => write_bar(&mut out, part, theme),
        }
    }
    out + "</svg>\n"
}

fn write_text(out: &mut String, text: &Text, theme: Theme) {
    let anchor = match text.side {
        Side::Left => "",
        Side::Middle => " text-anchor=\"middle\"",
        Side::Right => " text-anchor=\"end\"",
    };
    let weight = match text.font.is_bold {
        true => " font-weight=\"bold\"",
        false => "",
    };
    let halo = match text.has_halo {
        true => format!(
            " paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"3\" stroke-linejoin=\"round\"",
            theme.colour(Colour::Background)
        ),
        false => String::new(),
    };
    let ((x, y), size) = (text.at, text.font.size);
    // The middle of a line is above the base of its letters.
    let base = short(f64::from(y) + f64::from(size) * 0.35);
    let (fill, words) = (theme.colour(text.colour), escaped(&text.text));
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{base}\" font-size=\"{size}\" \
         fill=\"{fill}\"{anchor}{weight}{halo}>{words}</text>"
    );
}

fn write_bar(out: &mut String, part: &BarPart, theme: Theme) {
    let (x, y) = &part.rect;
    let (wide, high) = (x.end - x.start, y.end - y.start);
    let fill = theme.colour(part.colour);
    let _ = write!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{wide}\" height=\"{high}\" fill=\"{fill}\"",
        x.start, y.start
    );
    end(out, "rect", &part.tooltip);
    let radius = f64::from(Medium::RADIUS);
    if part.has_mark && f64::from(wide.min(high)) > 3.0 * radius {
        let centre = (i32::midpoint(x.start, x.end), i32::midpoint(y.start, y.end));
        let (name, shape) = shape(part.colour, centre, radius);
        let background = theme.colour(Colour::Background);
        let _ = writeln!(out, "<{name} {shape} fill=\"{background}\"/>");
    }
}

fn write_mark(out: &mut String, mark: &Mark, theme: Theme) {
    let colour = theme.colour(mark.colour);
    let (name, shape) = shape(mark.colour, mark.at, mark.radius);
    let _ = write!(out, "<{name} {shape}");
    let _ = match mark.is_hollow {
        // Filled with nothing that can be seen, so that the pointer finds it.
        true => write!(
            out,
            " fill=\"{colour}\" fill-opacity=\"0.08\" stroke=\"{colour}\" stroke-width=\"1.3\""
        ),
        // Small marks are many, and on each other.
        false if mark.radius < 2.5 => write!(out, " fill=\"{colour}\" fill-opacity=\"0.5\""),
        false => write!(out, " fill=\"{colour}\" fill-opacity=\"0.8\""),
    };
    end(out, name, &mark.tooltip);
}

/// The name of the element of a shape, and where and how large it is.
fn shape(colour: Colour, (x, y): Position, radius: f64) -> (&'static str, String) {
    let shape = colour.shape();
    if let Some(factor) = shape.disc() {
        let radius = short(radius * factor);
        return ("circle", format!("cx=\"{x}\" cy=\"{y}\" r=\"{radius}\""));
    }
    let corners = shape.corners(radius).map(|(dx, dy)| {
        let (x, y) = (f64::from(x) + dx, f64::from(y) + dy);
        format!("{},{}", short(x), short(y))
    });
    let corners = corners.collect::<Vec<_>>().join(" ");
    ("polygon", format!("points=\"{corners}\""))
}

/// Ends an element, with its tooltip.
fn end(out: &mut String, name: &str, tooltip: &str) {
    let _ = match tooltip {
        "" => writeln!(out, "/>"),
        tooltip => writeln!(out, "><title>{}</title></{name}>", escaped(tooltip)),
    };
}

/// Rules that replace the colours of the light theme where a reader wants a dark page.
fn dark_style() -> String {
    let [light, dark] = [Theme::Light, Theme::Dark].map(Theme::colours);
    let rules = light.into_iter().zip(dark).map(|(light, dark)| {
        format!(
            "svg.ahm [fill=\"{light}\"]{{fill:{dark}}}svg.ahm [stroke=\"{light}\"]{{stroke:{dark}}}"
        )
    });
    let rules: String = rules.collect();
    format!("<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>\n")
}

fn points(path: &[Position]) -> String {
    let points = path.iter().map(|(x, y)| format!("{x},{y}"));
    points.collect::<Vec<_>>().join(" ")
}

/// A number with at most one digit after the point.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A text in an attribute or between tags.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

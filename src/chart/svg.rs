//! A scene as SVG, one element that needs nothing else: no scripts, no addresses, no ids.

use super::layout::Medium;
use super::palette::{Colour, Theme};
use super::scene::{At, Item, Mark, Scene, Side, Weight};
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

/// Who the SVG is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
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
    usage: Use,
) -> String {
    let theme = match usage {
        Use::File(theme) => theme,
        Use::Page => Theme::Light,
    };
    let (title, description) = (escaped(title), escaped(description));
    let style = match usage {
        Use::File(_) => String::new(),
        Use::Page => dark_style(),
    };
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
            Item::Text {
                text,
                at: (x, y),
                side,
                font,
                colour,
                has_halo,
            } => {
                let anchor = match side {
                    Side::Left => "",
                    Side::Middle => " text-anchor=\"middle\"",
                    Side::Right => " text-anchor=\"end\"",
                };
                let weight = if font.is_bold {
                    " font-weight=\"bold\""
                } else {
                    ""
                };
                let halo = match has_halo {
                    true => format!(
                        " paint-order=\"stroke\" stroke=\"{background}\" stroke-width=\"3\" \
                         stroke-linejoin=\"round\""
                    ),
                    false => String::new(),
                };
                // The middle of a line is above the base of its letters.
                let base = f64::from(*y) + f64::from(font.size) * 0.35;
                let (size, fill) = (font.size, theme.colour(*colour));
                let _ = writeln!(
                    out,
                    "<text x=\"{x}\" y=\"{}\" font-size=\"{size}\" \
                     fill=\"{fill}\"{anchor}{weight}{halo}>{}</text>",
                    short(base),
                    escaped(text)
                );
            }
            Item::Line {
                path,
                colour,
                weight,
            } => {
                let weight = match weight {
                    Weight::Thin => "1",
                    Weight::Dashed => "1\" stroke-dasharray=\"4 4",
                    Weight::Medium | Weight::Pattern(0) => "2",
                    Weight::Heavy => "3.5",
                    Weight::Pattern(i) => DASHES[(i - 1) % DASHES.len()],
                };
                let _ = writeln!(
                    out,
                    "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" \
                     stroke-width=\"{weight}\"/>",
                    points(path),
                    theme.colour(*colour)
                );
            }
            Item::Area { outline, tint } => {
                let _ = writeln!(
                    out,
                    "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"0.14\"/>",
                    points(outline),
                    theme.colour(Colour::Tint(*tint))
                );
            }
            Item::Mark(mark) => write_mark(&mut out, mark, theme),
            Item::Bar {
                tint,
                rect: (x, y),
                has_mark,
                about,
            } => {
                let (wide, high) = (x.end - x.start, y.end - y.start);
                let _ = write!(
                    out,
                    "<rect x=\"{}\" y=\"{}\" width=\"{wide}\" height=\"{high}\" fill=\"{}\"",
                    x.start,
                    y.start,
                    theme.colour(Colour::Tint(*tint))
                );
                end(&mut out, "rect", about);
                let reach = f64::from(Medium::REACH);
                if *has_mark && f64::from(wide.min(high)) > 3.0 * reach {
                    let centre = (i32::midpoint(x.start, x.end), i32::midpoint(y.start, y.end));
                    let (name, shape) = shape(*tint, centre, reach);
                    let _ = writeln!(out, "<{name} {shape} fill=\"{background}\"/>");
                }
            }
        }
    }
    out + "</svg>\n"
}

fn write_mark(out: &mut String, mark: &Mark, theme: Theme) {
    let colour = theme.colour(Colour::Tint(mark.tint));
    let (name, shape) = shape(mark.tint, mark.at, mark.reach);
    let _ = write!(out, "<{name} {shape}");
    let _ = match mark.is_hollow {
        // Filled with nothing that can be seen, so that the pointer finds it.
        true => write!(
            out,
            " fill=\"{colour}\" fill-opacity=\"0.08\" stroke=\"{colour}\" stroke-width=\"1.3\""
        ),
        // Small marks are many, and on each other.
        false if mark.reach < 2.5 => write!(out, " fill=\"{colour}\" fill-opacity=\"0.5\""),
        false => write!(out, " fill=\"{colour}\" fill-opacity=\"0.8\""),
    };
    end(out, name, &mark.about);
}

/// The name of the element of a shape, and where and how large it is.
fn shape(tint: super::Tint, (x, y): At, reach: f64) -> (&'static str, String) {
    let shape = tint.shape();
    if let Some(radius) = shape.radius() {
        let radius = short(reach * radius);
        return ("circle", format!("cx=\"{x}\" cy=\"{y}\" r=\"{radius}\""));
    }
    let corners = shape.corners(reach).map(|(dx, dy)| {
        let (x, y) = (f64::from(x) + dx, f64::from(y) + dy);
        format!("{},{}", short(x), short(y))
    });
    let corners = corners.collect::<Vec<_>>().join(" ");
    ("polygon", format!("points=\"{corners}\""))
}

/// Ends an element, which says what it is about where the pointer is on it.
fn end(out: &mut String, name: &str, about: &str) {
    let _ = match about {
        "" => writeln!(out, "/>"),
        about => writeln!(out, "><title>{}</title></{name}>", escaped(about)),
    };
}

/// Rules that replace the colours of the light theme where a reader wants a dark page.
fn dark_style() -> String {
    let pairs = Theme::Light.pairs(Theme::Dark);
    let rules = pairs.map(|[light, dark]| {
        format!(
            "svg.ahm [fill=\"{light}\"]{{fill:{dark}}}svg.ahm [stroke=\"{light}\"]{{stroke:{dark}}}"
        )
    });
    let rules: String = rules.collect();
    format!("<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>\n")
}

fn points(path: &[At]) -> String {
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

//! Pictures of any size and theme: text lies on nothing, and nothing leaves the page.

use roxmltree::{Document, Node};
use std::process::{Command, Output};

fn ahm(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
    command
        .env("AHM_CATALOG", "tests/catalogs/2026-08.json")
        .env("AHM_NO_EMBEDDED", "true");
    command.args(args).output().expect("ahm runs")
}

const QUESTIONS: &[&[&str]] = &[
    &["frontier"],
    &[
        "frontier",
        "--by",
        "compute",
        "--estimated",
        "--since",
        "2018",
    ],
    &["frontier", "--lag"],
    &["frontier", "--by", "tokens", "--top", "5"],
    &["trend", "--by", "compute", "--break", "2021"],
    &["trend", "--split", "access"],
    &["trend", "--split", "country"],
    &["trend", "--field", "speech", "--since", "2022"],
    &["stats", "--by", "year,access"],
    &["stats", "--by", "year,country", "--families"],
    &["stats", "--by", "org", "-n", "10"],
    &["compare", "gpt-3", "palm", "llama"],
];

/// The SVG of a question, or the error.
fn draw(question: &[&str], more: &[&str]) -> Result<String, String> {
    let output = ahm(&[question, &["--svg", "-"], more].concat());
    match output.status.code() {
        Some(0) => Ok(String::from_utf8(output.stdout).expect("UTF-8")),
        _ => Err(String::from_utf8(output.stderr).expect("UTF-8")),
    }
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    let value = node.attribute(name).and_then(|value| value.parse().ok());
    value.unwrap_or_else(|| panic!("{name} of {node:?}"))
}

/// Left, top, right and bottom of a text: the least that a font makes of it.
fn place(text: Node<'_, '_>) -> [f64; 4] {
    let (x, y) = (number(text, "x"), number(text, "y"));
    let size = number(text, "font-size");
    let width = text.text().unwrap_or_default().chars().count() as f64 * size * 0.45;
    let left = match text.attribute("text-anchor") {
        Some("end") => x - width,
        Some("middle") => x - width / 2.0,
        _ => x,
    };
    [left, y - size * 0.6, left + width, y]
}

fn points(line: Node<'_, '_>) -> Vec<[f64; 2]> {
    let points = line.attribute("points").expect("points").split(' ');
    let point = |text: &str| {
        let (x, y) = text.split_once(',').expect("a point");
        [x, y].map(|number| number.parse().expect("a number"))
    };
    points.map(point).collect()
}

/// Whether a line goes through a box.
fn crosses([from, to]: [[f64; 2]; 2], [left, top, right, bottom]: [f64; 4]) -> bool {
    (0..=1000).any(|step| {
        let at = |i: usize| from[i] + (to[i] - from[i]) * f64::from(step) / 1000.0;
        left < at(0) && at(0) < right && top < at(1) && at(1) < bottom
    })
}

/// Checks a picture, and returns how many labels of points it has.
fn check(svg: &str, question: &[&str]) -> usize {
    let document = Document::parse(svg).expect("XML");
    let root = document.root_element();
    let (width, height) = (number(root, "width"), number(root, "height"));
    let all = || root.descendants().filter(Node::is_element);
    let texts: Vec<_> = all().filter(|node| node.has_tag_name("text")).collect();
    // Records and fits; the axes are thin.
    let lines = all().filter(|node| {
        node.has_tag_name("polyline")
            && ["2", "3.5"].contains(&node.attribute("stroke-width").unwrap_or(""))
    });
    let lines: Vec<Vec<[f64; 2]>> = lines.map(points).collect();
    for (i, text) in texts.iter().enumerate() {
        let [left, top, right, bottom] = place(*text);
        let words = text.text().unwrap_or_default();
        let is_within = left >= 0.0 && top >= 0.0 && right <= width && bottom <= height;
        assert!(is_within, "{question:?}: `{words}` leaves the page");
        for other in &texts[..i] {
            let [l, t, r, b] = place(*other);
            let is_apart = right <= l || r <= left || bottom <= t || b <= top;
            assert!(is_apart, "{question:?}: `{words}` on `{:?}`", other.text());
        }
    }
    let names = texts
        .iter()
        .filter(|text| text.has_attribute("paint-order"));
    for name in names.clone() {
        for pair in lines.iter().flat_map(|line| line.windows(2)) {
            let is_crossed = crosses([pair[0], pair[1]], place(*name));
            assert!(
                !is_crossed,
                "{question:?}: a line through `{:?}`",
                name.text()
            );
        }
    }
    names.count()
}

#[test]
fn text_lies_on_nothing_in_any_size() {
    let mut names = 0;
    for question in QUESTIONS {
        names += check(&draw(question, &[]).expect("a chart"), question);
        for size in ["1200x675", "600x450", "400x800", "2000x1200"] {
            let svg = match draw(question, &["--size", size]) {
                Ok(svg) => {
                    let (width, height) = size.split_once('x').expect("a size");
                    assert!(svg.contains(&format!("width=\"{width}\" height=\"{height}\"")));
                    svg
                }
                // The size that the error names has room.
                Err(error) => {
                    let other = error.split([' ', ';']).rfind(|word| word.contains('x'));
                    let other = other.unwrap_or_default();
                    let svg = draw(question, &["--size", other]);
                    svg.unwrap_or_else(|again| panic!("{question:?}: {error}{again}"))
                }
            };
            names += check(&svg, question);
        }
    }
    assert!(names > 100, "{names} labels");
}

#[test]
fn themes_differ_in_colours_alone() {
    for question in QUESTIONS {
        let drawn = |theme| draw(question, &["--theme", theme]).expect("a chart");
        let uncoloured = |svg: &str| -> String {
            let parts = svg.split("\"#").enumerate();
            parts
                .map(|(i, part)| if i == 0 { part } else { &part[6..] })
                .collect()
        };
        let light = drawn("light");
        assert_eq!(light, draw(question, &[]).expect("a chart"));
        for theme in ["dark", "print"] {
            let other = drawn(theme);
            assert_ne!(other, light);
            assert_eq!(uncoloured(&other), uncoloured(&light), "{question:?}");
        }
    }
}

#[test]
fn a_title_replaces_the_finding() {
    let error = draw(&["trend"], &["--title", "a\nb"]).expect_err("two lines");
    assert!(error.contains("a title is one line of text"), "{error}");
    for question in QUESTIONS {
        let svg = draw(question, &["--title", "<b>Own</b> & \"title\""]).expect("a chart");
        check(&svg, question);
        let document = Document::parse(&svg).expect("XML");
        let mut texts = document
            .descendants()
            .filter(|node| node.has_tag_name("text"));
        let first = texts.next().and_then(|text| text.text());
        assert_eq!(first, Some("<b>Own</b> & \"title\""));
        let none = draw(question, &["--title", ""]).expect("a chart");
        check(&none, question);
        assert!(!none.contains("font-size=\"20\""), "{question:?}");
    }
}

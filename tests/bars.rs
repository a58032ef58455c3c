//! Bars of counts, as SVG and on terminals of any width.

use ahm::cli::Cli;
use ahm::output::{Charset, Output};
use clap::Parser;
use roxmltree::Document;
use unicode_width::UnicodeWidthStr;

mod shared;

use shared::Shared;

const QUESTIONS: &[&[&str]] = &[
    &["--by", "year"],
    &["--by", "year,access", "--since", "1997"],
    &["--by", "announced", "--since", "2020"],
    &["--by", "announced"],
    &["--by", "year,country", "--families"],
    &["--by", "org,access", "-n", "10"],
    &["--by", "section,license_class"],
    &["--by", "org"],
    &["--by", "access", "--where", "id=gpt-3"],
];

fn run(args: &[&str], out: impl FnOnce(Shared) -> Output) -> String {
    let answer = Shared::default();
    let mut out = out(answer.clone());
    let cli = Cli::try_parse_from([&["ahm", "stats"], args].concat()).expect("a command line");
    cli.run_with(&mut out).expect("an answer");
    drop(out);
    answer.text()
}

fn pipe(args: &[&str]) -> String {
    run(args, |answer| Output::pipe(Box::new(answer)))
}

#[test]
fn bars_fit_every_terminal() {
    for args in QUESTIONS {
        for width in [32, 40, 60, 80, 120, 200] {
            for charset in [Charset::Unicode, Charset::Ascii] {
                let text = run(&[args, &["--chart"][..]].concat(), |answer| {
                    let remarks = Box::new(Shared::default());
                    Output::terminal(Box::new(answer), remarks, width).with_charset(charset)
                });
                let chart = text.find("Number of ").expect("a chart");
                for line in text[chart..].lines() {
                    assert!(line.width() <= width, "{args:?}, {width}: {line}");
                    let is_ascii = charset == Charset::Ascii;
                    let names = line.split(['|', '+']).next().unwrap_or_default().len();
                    assert!(!is_ascii || line[names..].is_ascii(), "{args:?}: {line}");
                }
            }
        }
    }
}

/// The attribute of an element as a number.
fn number(node: roxmltree::Node<'_, '_>, name: &str) -> f64 {
    let value = node.attribute(name).and_then(|value| value.parse().ok());
    value.expect("a number")
}

#[test]
fn text_stays_on_the_page_and_apart() {
    for args in QUESTIONS {
        let svg = pipe(&[args, &["--svg", "-"][..]].concat());
        let page = Document::parse(&svg).expect("XML");
        let root = page.root_element();
        let (width, height) = (number(root, "width"), number(root, "height"));
        let texts = root.descendants().filter(|node| node.has_tag_name("text"));
        let boxes = texts.map(|text| {
            let words = text.text().unwrap_or_default().trim().to_owned();
            // Half of an average letter: only what is clearly too near counts.
            let size = number(text, "font-size");
            let wide = words.width() as f64 * size * 0.35;
            let (x, y) = (number(text, "x"), number(text, "y"));
            let left = match text.attribute("text-anchor") {
                Some("middle") => x - wide / 2.0,
                Some("end") => x - wide,
                _ => x,
            };
            (words, left..left + wide, y - size * 0.5..y - size * 0.1)
        });
        let boxes: Vec<_> = boxes.collect();
        assert!(boxes.len() > 4, "{args:?}");
        for (i, (words, x, y)) in boxes.iter().enumerate() {
            assert!(x.start >= 0.0 && x.end <= width, "{args:?}: {words}");
            assert!(y.start >= 0.0 && y.end <= height, "{args:?}: {words}");
            for (other, a, b) in &boxes[i + 1..] {
                let meet = x.start < a.end && a.start < x.end && y.start < b.end && b.start < y.end;
                assert!(!meet, "{args:?}: `{words}` and `{other}`");
            }
        }
    }
}

/// The areas of the colours are to each other as the counts are.
#[test]
fn bars_are_as_long_as_their_counts() {
    let args = ["--by", "year,access", "--since", "2015", "--until", "2025"];
    let rows = pipe(&[&args[..], &["-f", "csv", "--no-header"]].concat());
    let count = |access: &str| -> f64 {
        let rows = rows.lines().map(|row| row.split(',').collect::<Vec<_>>());
        let own = rows.filter(|row| row[1] == access);
        own.map(|row| row[2].parse::<f64>().expect("a count")).sum()
    };
    let svg = pipe(&[&args[..], &["--svg", "-"]].concat());
    let page = Document::parse(&svg).expect("XML");
    let length = |colour: &str| -> f64 {
        let bars = page.descendants().filter(|node| node.has_tag_name("rect"));
        // The first of a colour is in the legend.
        let bars = bars.filter(|node| node.attribute("fill") == Some(colour));
        bars.skip(1).map(|bar| number(bar, "height")).sum()
    };
    let scale = length("#0B4F9E") / count("open");
    for (colour, access) in [("#DE6A10", "closed"), ("#8C959F", "")] {
        let (found, expected) = (length(colour), count(access) * scale);
        // Each of eleven bars is rounded to whole dots at both ends, and has a gap.
        assert!(
            (found - expected).abs() <= 22.0,
            "{access}: {found}, {expected}"
        );
    }
}

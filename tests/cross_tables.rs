//! Tables of two keys and of verdicts on terminals of any width.

use ahm::cli::Cli;
use ahm::output::Output;
use clap::Parser;
use unicode_width::UnicodeWidthStr;

mod shared;

use shared::Shared;

/// The answer and the remarks on a terminal.
fn see(args: &[&str], width: usize) -> (String, String) {
    let (answer, remarks) = (Shared::default(), Shared::default());
    let mut out = Output::terminal(Box::new(answer.clone()), Box::new(remarks.clone()), width);
    let cli = Cli::try_parse_from([&["ahm"], args].concat()).expect("a command line");
    cli.run_with(&mut out).expect("an answer");
    drop(out);
    let remarks = anstream::adapter::strip_str(&remarks.text()).to_string();
    (answer.text(), remarks.replace('\n', " "))
}

/// The numbers at the end of a row, without shares.
fn counts(line: &str) -> Vec<usize> {
    let plain = line.split('(').map(|part| match part.split_once(')') {
        Some((_, rest)) => rest,
        None => part,
    });
    let words: Vec<String> = plain
        .flat_map(str::split_whitespace)
        .map(str::to_owned)
        .collect();
    let names = words
        .iter()
        .take_while(|word| word.parse::<usize>().is_err());
    words[names.count()..]
        .iter()
        .map(|word| word.parse().expect("a count"))
        .collect()
}

#[test]
fn cells_add_up_to_the_total_at_any_width() {
    for by in [
        "country,year",
        "access,year",
        "country,access",
        "org,license_class",
    ] {
        let args = ["stats", "--by", by, "--since", "2015", "-n", "9"];
        for width in [40, 60, 80, 120, 200] {
            let (answer, remarks) = see(&args, width);
            let (header, rows) = answer.split_once('\n').expect("a table");
            assert_eq!(
                header.contains("others"),
                remarks.contains("in others (`-f csv` has all)"),
                "{by}, {width}: {header}\n{remarks}"
            );
            let is_hidden = remarks.contains("hidden to fit");
            assert!(width < 80 || !is_hidden, "{by}, {width}: {remarks}");
            assert_eq!(answer.contains('%'), remarks.contains("percentages"));
            for line in rows.lines().skip(1) {
                assert!(line.width() <= width, "{by}, {width}: {line}");
                let counts = counts(line);
                let (total, cells) = counts.split_last().expect("a total");
                let sum: usize = cells.iter().sum();
                assert!(is_hidden || sum == *total, "{by}, {width}: {line}");
            }
        }
    }
}

#[test]
fn values_are_added_up_only_without_shares() {
    let args = ["stats", "--by", "country,year", "--since", "2023"];
    let (wide, _) = see(&args, 120);
    assert!(wide.contains('%') && !wide.contains("others"), "{wide}");
    let (narrow, _) = see(&args, 60);
    assert!(
        !narrow.contains('%') && !narrow.contains("others"),
        "{narrow}"
    );
    let header = narrow.lines().next().unwrap_or_default();
    assert!(header.contains("2026  2025  2024  2023"), "{header}");
}

#[test]
fn a_verdict_has_its_bounds_at_any_width_and_each_remark_once() {
    let args = ["threshold", "1e25", "--verdict", "above,undecidable,below"];
    for width in [60, 80, 99, 100, 160] {
        let (answer, remarks) = see(&args, width);
        let titles = ["Above", "Undecidable", "Below"];
        for title in titles {
            let mut lines = answer.lines();
            let header = lines.find(|line| line.starts_with(title)).expect("a title");
            assert!(header.contains("Bounds"), "{width}: {header}");
            assert_eq!(header.contains("Announced"), width >= 100, "{header}");
        }
        for once in ["hidden to fit", "cells are shortened", "notes on"] {
            assert!(remarks.matches(once).count() <= 1, "{width}: {remarks}");
        }
    }
}

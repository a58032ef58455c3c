//! Tables of more rows than anybody takes in at a glance look like short ones.

use std::fs;
use std::path::PathBuf;

use ahm::cli::Cli;
use ahm::output::Output;
use clap::Parser;
use unicode_width::UnicodeWidthStr;

mod shared;

use shared::Shared;

/// A catalog of so many models, of which the last in the order of names is wider than the others.
fn models(name: &str, count: usize) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let models = (0..count).map(|i| match i + 1 == count {
        true => format!(
            r#"{{"id":"m{i}","name":"Zebra, which is called by a name of many words","params":123,"epochs":12345678}}"#
        ),
        false => format!(
            r#"{{"id":"m{i}","name":"Model {i:05}","organizations":["Org {}"],"params":{},"epochs":{},"tokens":12{}}}"#,
            i % 7,
            (i + 1) * 1_370_000,
            i % 90 + 1,
            if i % 3 == 0 {
                r#"0,"corrections":[{"key":"params","value":5e6,"why":"","source":""}]"#
            } else {
                ""
            },
        ),
    });
    fs::write(&path, models.collect::<Vec<_>>().join("\n")).expect("a file");
    path.to_string_lossy().into_owned()
}

/// The answer in a pipe, or the answer and the remarks on a terminal of so many columns.
fn ask(catalog: &str, args: &[&str], width: Option<usize>) -> (String, String) {
    let (answer, remarks) = (Shared::default(), Shared::default());
    let mut out = match width {
        Some(width) => Output::terminal(Box::new(answer.clone()), Box::new(remarks.clone()), width),
        None => Output::pipe(Box::new(answer.clone())),
    };
    let own = ["--no-embedded", "--catalog", catalog];
    let columns = ["-c", "name,org,params,epochs,tokens"];
    let asked = [&["ahm", "sort", "--by", "name"][..], &columns, &own, args].concat();
    let cli = Cli::try_parse_from(asked).expect("a command line");
    cli.run_with(&mut out).expect("an answer");
    drop(out);
    (answer.text(), remarks.text())
}

#[test]
fn long_tables_look_like_short_ones() {
    let catalog = models("long.ndjson", 3_000);
    for width in [None, Some(120), Some(25)] {
        for args in [&[][..], &["--no-header"]] {
            let (long, _) = ask(&catalog, args, width);
            let (short, _) = ask(&catalog, &[args, &["-n", "1000"]].concat(), width);
            let head = if args.is_empty() { 2 } else { 0 };
            // In a pipe, a legend of the marks is below.
            let legend = if width.is_none() { head } else { 0 };
            assert_eq!(long.lines().count(), 3_000 + head + legend);
            for (long, short) in long.lines().zip(short.lines()).take(1_000 + head) {
                assert_eq!(long, short, "{width:?} {args:?}");
            }
        }
    }
}

#[test]
fn what_is_wider_is_cut_on_a_terminal_alone() {
    let catalog = models("wide.ndjson", 3_000);
    let (piped, _) = ask(&catalog, &[], None);
    let last = piped.lines().nth_back(2).expect("a row above the legend");
    assert!(last.starts_with("Zebra, which is called by a name of many words  "));
    assert!(last.contains("12300000"), "{last}");
    for width in [200, 60, 30] {
        let (seen, remarks) = ask(&catalog, &[], Some(width));
        assert!(seen.lines().all(|line| line.width() <= width), "{width}");
        let last = seen.lines().last().expect("a row");
        assert!(last.starts_with("Zebra, whi…"), "{last}");
        assert!(remarks.contains("some cells are shortened"), "{remarks}");
        assert!(remarks.contains("* corrected: "), "{remarks}");
    }
}

#[test]
fn machines_get_each_row_in_its_order() {
    let catalog = models("rows.ndjson", 3_000);
    let names = |format| ask(&catalog, &["-f", format], None).0;
    let lines = names("jsonl");
    assert_eq!(lines.lines().count(), 3_000);
    let array: Vec<serde_json::Value> = serde_json::from_str(&names("json")).expect("a list");
    for ((i, line), object) in lines.lines().enumerate().zip(&array) {
        let own: serde_json::Value = serde_json::from_str(line).expect("an object");
        assert_eq!(own, *object);
        let name = own["name"].as_str().expect("a name");
        assert!(i == 2_999 || name == format!("Model {i:05}"), "{name}");
    }
    for format in ["csv", "tsv", "names", "markdown"] {
        let head = match format {
            "names" => 0,
            // Its titles, and the legend below.
            "markdown" => 4,
            _ => 1,
        };
        assert_eq!(names(format).lines().count(), 3_000 + head, "{format}");
    }
}

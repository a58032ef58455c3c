//! A mistake is reported at the same place whether a catalog is read part by part or held whole.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What the program complains of, without the name of the catalog.
fn complaint(catalog: &str, stdin: Stdio) -> String {
    let keys = "--sort=params,aliases";
    let args = [
        "list",
        keys,
        "-f",
        "names",
        "--no-embedded",
        "--strict",
        "--catalog",
        catalog,
    ];
    let mut ahm = Command::new(env!("CARGO_BIN_EXE_ahm"));
    let output = ahm.args(args).stdin(stdin).output().expect("a run");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    reported.replace(&format!("`{catalog}`"), "it")
}

/// What is reported of a text that is read part by part.
fn by_parts(name: &str, text: &str) -> (String, PathBuf) {
    assert!(text.len() > 64 * 1024, "it would be held whole");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("broken-{name}"));
    fs::write(&path, text).expect("a file");
    (complaint(&path.to_string_lossy(), Stdio::null()), path)
}

#[track_caller]
fn case(name: &str, text: &str) {
    let (by_parts, path) = by_parts(name, text);
    let held = complaint("-", File::open(&path).expect("a file").into());
    assert_eq!(by_parts, held, "{name}");
    assert!(
        !by_parts.contains("line 2 "),
        "the first record is right: {by_parts}"
    );
}

/// Records, of which one has other text in the place of a part of it.
fn records(part: &str, other: &str) -> Vec<String> {
    let record = |i: usize| {
        let name = "an owl ".repeat(6);
        format!(r#"{{"id":"m{i}","aliases":["a{i}","b"],"params":1{i},"name":"{name}"}}"#)
    };
    let mut records: Vec<String> = (0..9_000).map(record).collect();
    records[101] = records[101].replacen(part, other, 1);
    records
}

const MISTAKES: &[(&str, &str, &str)] = &[
    ("end", r#""}"#, r#"""#),
    ("bracket", r#""]"#, r#""}"#),
    ("comma", r#"],"#, "]"),
    ("value", r#":1101,"#, ":,"),
    ("quote", r#"["a101""#, r#"["a101"#),
    ("newline", "an owl", "an\nowl"),
    ("type", ":1101,", r#":"many","#),
    ("brace", r#""}"#, r#""}}"#),
];

#[test]
fn a_mistake_in_a_list_is_reported_where_it_stands() {
    for (name, part, other) in MISTAKES {
        let records = records(part, other);
        case(
            &format!("{name}.json"),
            &format!("[\n{}\n]\n", records.join(",\n")),
        );
        case(
            &format!("{name}-line.json"),
            &format!("[{}]", records.join(",")),
        );
    }
    let records = records("", "");
    case("open.json", &format!("[{}", records.join(",")));
    case("behind.json", &format!("[{}] 7", records.join(",")));
    case("comma-behind.json", &format!("[{},]", records.join(",")));
}

#[test]
fn a_mistake_in_a_line_is_reported_where_it_stands() {
    for (name, part, other) in MISTAKES {
        case(&format!("{name}.ndjson"), &records(part, other).join("\n"));
    }
}

#[test]
fn the_first_of_two_mistakes_is_reported() {
    let mut records = records(r#":1101,"#, r#":"many","#);
    for other in ["an\nowl", "an owl\"}}", "an \u{1} owl"] {
        records[103] = records[103].replacen("an owl", other, 1);
        let (reported, _) = by_parts("two-lines", &records.join("\n"));
        assert!(reported.contains("line 102 column 4"), "{reported}");
    }
}

/// A file without an end is refused by its beginning, and not read until memory is out.
#[test]
#[cfg(target_os = "linux")]
fn a_file_without_an_end_is_refused() {
    for question in [
        "list --catalog /dev/zero",
        "check /dev/zero",
        "list --catalog - </dev/zero",
    ] {
        let command = format!("ulimit -v 1000000 && exec \"$0\" {question}");
        let output = Command::new("sh")
            .args(["-c", &command, env!("CARGO_BIN_EXE_ahm")])
            .output()
            .expect("a shell");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{question}: {stderr}");
        assert!(
            stderr.ends_with("is not a catalog: it begins with a zero byte\n"),
            "{question}: {stderr}"
        );
    }
}

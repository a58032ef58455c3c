//! `ahm check` and every question agree on what cannot be read.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The exit code of a command over a catalog alone, and what it prints.
fn run(args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm")).args(args).output();
    let output = output.expect("a run");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    (output.status.code().expect("an exit code"), printed)
}

fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("verdict-{name}"));
    fs::write(&path, text).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

/// Whether the question that needs all of each model can read it; one that needs less may read what
/// that refuses, but never the other way round.
#[track_caller]
fn is_read(path: &str, what: &str) -> bool {
    let questions: [&[&str]; 3] = [
        &["list", "-f", "names"],
        &["list", "-f", "jsonl"],
        &["stats", "--by", "year", "-f", "csv"],
    ];
    let codes = questions.map(|question| {
        let (code, printed) = run(&[question, &["--no-embedded", "--catalog", path]].concat());
        assert!(matches!(code, 0 | 2), "{what}: {printed}");
        code
    });
    assert!(codes[1] == 2 || codes == [0; 3], "{what}: {codes:?}");
    codes[1] == 0
}

const KEYS: [&str; 16] = [
    "mine",
    "extra",
    "params",
    "announced",
    "links",
    "samples",
    "hardware",
    "paper_title",
    "samples_count",
    "year",
    "compute_6nd",
    "code",
    "corrections",
    "sources",
    "aliases",
    "details",
];

/// Values, and whether no question can read them.
const VALUES: [(&str, bool); 16] = [
    (r#""\ud800""#, true),
    ("01", true),
    ("1.", true),
    ("tru", true),
    ("[1,]", true),
    ("\"\t\"", true),
    ("\"\\x\"", true),
    ("1e999", false),
    ("-1", false),
    ("1e300", false),
    ("5", false),
    ("\"text\"", false),
    ("[5]", false),
    ("{\"a\":{\"a\":5}}", false),
    ("true", false),
    ("null", false),
];

#[test]
fn check_tells_what_questions_refuse() {
    for (i, key) in KEYS.into_iter().enumerate() {
        for (j, (value, is_broken)) in VALUES.into_iter().enumerate() {
            let text = format!(r#"[{{"id":"a","name":"A","{key}":{value}}}]"#);
            let path = file(&format!("{i}-{j}.json"), &text);
            let is_read = is_read(&path, &text);
            assert!(!(is_read && is_broken), "{text} is read");
            let (code, printed) = run(&["check", &path, "--no-embedded"]);
            assert!(is_read || code == 1, "{text}: {code} {printed}");
        }
    }
}

#[test]
fn null_is_missing_everywhere() {
    for (i, key) in KEYS.into_iter().enumerate() {
        for (j, value) in ["null", "[null]", r#"{"a":null}"#].into_iter().enumerate() {
            let text = format!(r#"{{"id":"a","name":"A","{key}":{value}}}"#);
            let path = file(&format!("null-{i}-{j}.json"), &text);
            let is_object = matches!(key, "links" | "details" | "mine" | "extra");
            let is_list = matches!(
                key,
                "hardware" | "corrections" | "sources" | "aliases" | "mine"
            );
            if j == 0 || is_list && j == 1 || is_object && j == 2 {
                assert!(is_read(&path, &text), "{text} is not read");
                let (code, printed) = run(&["check", &path, "--no-embedded"]);
                assert!(code == 0 && printed.is_empty(), "{text}: {printed}");
            }
        }
    }
    let nothing = r#"{"id":"a","name":"A","paper":{"title":null,"venue":null,"url":null},
        "hardware":[{"chip":null,"unit":null,"count":null,"days":null,"hours":null,"equivalent":null}],
        "samples":{"count":null,"unit":null},"organizations":null,"corrections":null,"extra":null}"#;
    let [all, none] = [nothing, r#"{"id":"a","name":"A"}"#].map(|text| {
        let path = file("nothing.json", text);
        let (code, printed) = run(&["check", &path, "--no-embedded"]);
        assert!(code == 0 && printed.is_empty(), "{printed}");
        run(&["list", "-f", "json", "--no-embedded", "--catalog", &path])
    });
    assert_eq!(all, none);
}

#[test]
fn null_in_a_later_catalog_replaces_nothing() {
    let first = file(
        "first.json",
        r#"{"id":"a","name":"A","params":7e9,"links":{"code":"https://a.org"}}"#,
    );
    let later = file(
        "later.json",
        r#"{"id":"a","params":null,"links":null,"code":null,"aliases":[]}"#,
    );
    let catalogs = ["--no-embedded", "--catalog", &first];
    let list = ["list", "-f", "json"];
    let alone = run(&[&list[..], &catalogs].concat());
    let both = run(&[&list[..], &catalogs, &["--catalog", &later]].concat());
    assert_eq!(alone, both);
}

/// Models are counted, and reported twice by `check` alone, however many there are.
#[test]
fn an_id_twice_is_the_same_in_short_and_long_files() {
    for count in [101, 60_001] {
        let line = |i: usize| format!("{{\"id\":\"m{i}\",\"name\":\"M{i}\"}}\n");
        let mut text: String = (1..count).map(line).collect();
        text += "{\"id\":\"m7\",\"name\":\"Seven\"}\n";
        let path = file(&format!("twice-{count}.ndjson"), &text);
        let (code, printed) = run(&["list", "-f", "names", "--no-embedded", "--catalog", &path]);
        assert_eq!((code, printed.lines().count()), (0, count));
        let (code, printed) = run(&["check", &path, "--no-embedded", "-f", "csv"]);
        assert_eq!((code, printed.lines().count()), (1, 2), "{printed}");
        assert!(printed.contains("duplicate id `m7`"), "{printed}");
    }
}

/// Laid out in every way, two models are two models, in short and long files.
#[test]
fn models_one_after_another_are_read() {
    let model = |i: usize| {
        let name = format!("Model }} {{ {i}");
        serde_json::json!({ "id": format!("m{i}"), "name": name, "fields": ["a", "b"] })
    };
    let lines = |gap: &'static str| move |i: usize| format!("{}{gap}", model(i));
    let pretty = |i: usize| format!("{:#}\n", model(i));
    let mixed = move |i: usize| match i % 3 {
        0 => format!("{:#} ", model(i)),
        1 => format!("{}\r\n\n", model(i)),
        _ => format!("\t{}", model(i)),
    };
    let late = move |i: usize| match i {
        0..5 => format!("{}\n", model(i)),
        _ => format!("{} {}\n", model(i), model(i + 10_000)),
    };
    type Layout<'l> = (&'l str, &'l dyn Fn(usize) -> String, usize);
    let layouts: [Layout<'_>; 7] = [
        ("lines", &lines("\n"), 1),
        ("blank", &lines("\r\n\r\n"), 1),
        ("line", &lines(" "), 1),
        ("close", &lines(""), 1),
        ("pretty", &pretty, 1),
        ("mixed", &mixed, 1),
        ("late", &late, 2),
    ];
    for (name, layout, each) in layouts {
        for count in [1, 2, 7, 2_000] {
            let text: String = (0..count).map(layout).collect();
            let path = file(&format!("{name}-{count}.json"), &text);
            let expected = count + count.saturating_sub(5) * (each - 1);
            let (code, printed) =
                run(&["list", "-f", "names", "--no-embedded", "--catalog", &path]);
            assert_eq!(
                (code, printed.lines().count()),
                (0, expected),
                "{name} {count}"
            );
            let (code, printed) = run(&["check", &path, "--no-embedded"]);
            assert_eq!((code, &*printed), (0, ""), "{name} {count}");
        }
    }
}

//! What is written for machines is a catalog: read back, it has the same models and answers the same.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Formats that are catalogs.
const FORMATS: [&str; 5] = ["json", "jsonl", "entry", "csv", "tsv"];

fn ahm(args: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm")).args(args).output();
    output.expect("ahm runs")
}

/// What a command prints.
#[track_caller]
fn answer(args: &[&str]) -> String {
    let output = ahm(args);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("roundtrip-{name}"));
    fs::write(&path, text).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

/// Flags that add the chips of these catalogs, which are not written with their models.
fn chips(catalog: &[&str]) -> Vec<String> {
    let texts = catalog.iter().filter(|arg| arg.ends_with(".json"));
    let chips = texts.filter_map(|path| {
        let text = fs::read_to_string(path).expect("a catalog");
        let catalog: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
        let chips = json!({ "models": [], "chips": catalog.get("chips")? });
        let name = path.replace(['/', '.'], "-");
        Some(file(&format!("chips-of-{name}.json"), &chips.to_string()))
    });
    chips
        .flat_map(|path| ["--catalog".to_owned(), path])
        .collect()
}

/// Writes what a catalog has in every format, and reads it back.
#[track_caller]
fn round_trip(name: &str, catalog: &[&str]) {
    let ask = |question: &[&str], catalog: &[&str]| answer(&[question, catalog].concat());
    let chips = chips(catalog);
    let chips: Vec<&str> = chips.iter().map(String::as_str).collect();
    let entries = ask(&["list", "-f", "entry"], catalog);
    let ids = ask(&["list", "-f", "jsonl", "-c", "id"], catalog);
    let ids: Vec<Value> = ids
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let ids: Vec<&str> = ids.iter().filter_map(|row| row["id"].as_str()).collect();
    for format in FORMATS {
        let written = ask(&["list", "-f", format], catalog);
        let path = file(&format!("{name}.{format}"), &written);
        let back = [&["--no-embedded", "--catalog", &path], &chips[..]].concat();
        for question in [
            &["list", "-f", "json"][..],
            &["list", "-f", "json", "--stated"],
            &["stats", "--by", "organizations", "-f", "json"],
        ] {
            let (before, after) = (ask(question, catalog), ask(question, &back));
            assert!(before == after, "{name}.{format}: {question:?}");
        }
        // People see the marks and the corrections, too.
        for question in [
            &[&["show"], &ids[..]].concat()[..],
            &[&["explain"], &ids[..]].concat(),
            &[&["show", "--stated"], &ids[..]].concat(),
            &["list", "-f", "markdown", "-c", "all"],
            &["audit"],
        ] {
            let [before, after] = [catalog, &back].map(|c| ahm(&[question, c].concat()).stdout);
            assert!(before == after, "{name}.{format}: {:?}", question[0]);
        }
        let again = ask(&["list", "-f", format], &back);
        assert!(again == written, "{name}.{format} is not stable");
        // A value that a later catalog replaced is not that of the list any more.
        if format == "entry" && !catalog.iter().any(|own| own.contains("later")) {
            let listed = ["list", "-f", "json", "--as-listed"];
            let [before, after] = [catalog, &back].map(|c| ahm(&[&listed, c].concat()).stdout);
            assert!(before == after, "{name}.{format}: {listed:?}");
        }
        answer(&["check", &path, "--no-embedded"]);
    }
    // Written once more, an entry is the same to the byte.
    let path = file(&format!("{name}.again"), &entries);
    let again = ask(
        &["list", "-f", "entry"],
        &["--no-embedded", "--catalog", &path],
    );
    assert!(again == entries, "{name}: the entries are not stable");
}

#[test]
fn the_built_in_catalog_reads_back() {
    round_trip("embedded", &[]);
}

#[test]
fn own_catalogs_read_back() {
    for name in [
        "corrected.json",
        "prices.json",
        "stated.json",
        "ties.ndjson",
        "bom.json",
    ] {
        let path = format!("tests/catalogs/{name}");
        round_trip(name, &["--no-embedded", "--catalog", &path]);
    }
}

#[test]
fn spellings_of_organizations_are_kept() {
    let model = r#"{"id": "m", "name": "M", "organizations": ["éns", "own lab"]}"#;
    let path = file("spelled.ndjson", model);
    round_trip("spelled", &["--no-embedded", "--catalog", &path]);
}

/// What a later catalog says of models of an earlier one is written with them.
#[test]
fn merged_catalogs_read_back() {
    round_trip("later", &["--catalog", "tests/catalogs/later.ndjson"]);
    let files = [
        "tests/catalogs/stated.json",
        "tests/catalogs/stated-later.json",
    ];
    let [first, later] = files.map(|path| ["--catalog", path]);
    let catalog = [&["--no-embedded"], &first[..], &later].concat();
    round_trip("merged", &catalog);
}

#[test]
fn one_model_reads_back() {
    for (format, begins) in [("json", "{\"id\""), ("entry", "{\n  \"id\"")] {
        let written = answer(&["show", "gpt-3", "-f", format]);
        assert!(written.starts_with(begins), "{written}");
        let path = file(&format!("one.{format}"), &written);
        let back = answer(&["list", "-f", "json", "--no-embedded", "--catalog", &path]);
        let rows: Value = serde_json::from_str(&back).expect("JSON");
        let flat: Value =
            serde_json::from_str(&answer(&["show", "gpt-3", "-f", "json"])).expect("JSON");
        assert_eq!(rows, json!([flat]));
        let two = answer(&["show", "gpt-3", "palm", "-f", format]);
        assert!(two.starts_with('['), "{two}");
    }
}

/// A record under columns in which a correction says what it replaced.
#[test]
fn a_correction_in_a_flat_record_is_in_force_once() {
    let record = |params: &str, correction: &str| {
        format!(
            r#"{{"id":"a","name":"A","params":{params},"corrections":[{{"key":"params",{correction}"why":"w","source":"https://example.org"}}]}}"#
        )
    };
    for (name, record, shown) in [
        (
            "was",
            record("21e9", r#""was":210e9,"value":21e9,"#),
            "21B*",
        ),
        (
            "applied",
            record("21e9", r#""value":2.1e10,"applied":true,"#),
            "21B*",
        ),
        // The entry has the right value of its own.
        ("equal", record("21e9", r#""value":2.1e10,"#), "21B"),
        ("entry", record("210e9", r#""value":21e9,"#), "21B*"),
        ("withdrawn", record("null", r#""was":210e9,"#), "*"),
        // Somebody changed the figure behind the correction's back.
        (
            "edited",
            record("22e9", r#""was":210e9,"value":21e9,"#),
            "22B",
        ),
    ] {
        let path = file(&format!("{name}.ndjson"), &record);
        let back = ["--no-embedded", "--catalog", &path];
        let question = ["list", "-f", "markdown", "-c", "params"];
        let table = answer(&[&question[..], &back].concat());
        let cell = table
            .lines()
            .nth(2)
            .expect("a row")
            .trim_matches(['|', ' ']);
        assert_eq!(cell.replace('\\', ""), shown, "{name}: {table}");
    }
}

fn word() -> impl Strategy<Value = String> {
    "[A-Za-z\u{e9}\u{3b1}\u{7d2b}][A-Za-z0-9 \"\\\\{}+.\u{fc}-]{0,8}[A-Za-z0-9]"
}

/// Positive numbers of every size that a catalog could hold, as it would write them.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        (1u64..1_000_000_000_000).prop_map(Value::from),
        (1.0f64..10.0, -3i32..30).prop_map(|(mantissa, power)| json!(mantissa * 10f64.powi(power))),
    ]
}

fn words() -> impl Strategy<Value = Value> {
    prop::collection::vec(word(), 0..3).prop_map(Value::from)
}

/// Any value under a user's own key.
fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        number(),
        word().prop_map(Value::from),
        words(),
        (word(), number()).prop_map(|(key, value)| json!({ key: [value, null] })),
    ]
}

/// A value, or nothing.
fn perhaps(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::option::of(value).prop_map(|value| value.unwrap_or(Value::Null))
}

fn address() -> impl Strategy<Value = Value> {
    "[a-z0-9/]{1,9}".prop_map(|path| json!(format!("https://example.org/{path}")))
}

/// What an entry of a catalog may say, `null` and empty lists too.
fn entry() -> impl Strategy<Value = Map<String, Value>> {
    let source = (address(), 0usize..3).prop_map(|(url, kind)| {
        let kind = ["stated", "third-party", "derived"][kind];
        json!([{ "keys": ["params", "tokens"], "url": url, "kind": kind }])
    });
    let hardware = (number(), number()).prop_map(|(count, hours)| {
        json!([{ "chip": "A100", "unit": "chip", "count": count, "hours": hours }])
    });
    let first = (
        (word(), words(), words()),
        perhaps((1950u16..2026, 1u8..=12).prop_map(|(y, m)| json!(format!("{y}-{m:02}")))),
        perhaps(prop::bool::ANY.prop_map(|open| json!(if open { "open" } else { "closed" }))),
        (perhaps(number()), perhaps(number()), perhaps(number())),
        perhaps(
            (number(), word()).prop_map(|(count, unit)| json!({ "count": count, "unit": unit })),
        ),
        perhaps(prop::collection::vec(number(), 0..3).prop_map(Value::from)),
    );
    let second = (
        perhaps(hardware),
        perhaps((word(), address()).prop_map(|(t, url)| json!({ "title": t, "url": url }))),
        perhaps((word(), address()).prop_map(|(key, url)| json!({ "code": url, key: url }))),
        perhaps((word(), word()).prop_map(|(key, text)| json!({ key: text }))),
        perhaps(source),
        perhaps(anything()),
    );
    (first, second).prop_map(|(first, second)| {
        let ((name, aliases, organizations), announced, access, numbers, samples, sizes) = first;
        let (hardware, paper, links, details, sources, mine) = second;
        let entry = json!({
            "name": name, "aliases": aliases, "organizations": organizations,
            "announced": announced, "access": access, "params": numbers.0, "tokens": numbers.1,
            "compute_flop": numbers.2, "samples": samples, "sizes": sizes, "hardware": hardware,
            "paper": paper, "links": links, "details": details, "sources": sources,
            "nest": mine, "hf_id": "12345678901234567890123"
        });
        let Value::Object(entry) = entry else {
            return Map::new();
        };
        entry
    })
}

/// The text of a catalog of these entries, a number among them that no float holds.
fn catalog(entries: &[Map<String, Value>]) -> String {
    let mut lines = String::new();
    for (number, entry) in entries.iter().enumerate() {
        let mut entry = entry.clone();
        entry.insert("id".to_owned(), json!(format!("m{number}")));
        // Names are told apart, so that nothing is a mistake.
        let name = format!("{} {number}", entry["name"].as_str().unwrap_or_default());
        entry.insert("name".to_owned(), name.into());
        entry.insert("aliases".to_owned(), json!([format!("also {number}")]));
        let line = Value::Object(entry).to_string();
        lines += &line.replace("\"12345678901234567890123\"", "12345678901234567890123");
        lines.push('\n');
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_catalogs_read_back(entries in prop::collection::vec(entry(), 1..5)) {
        let text = catalog(&entries);
        let path = file("generated.ndjson", &text);
        round_trip("generated", &["--no-embedded", "--catalog", &path]);
        let printed = answer(&["list", "-f", "json", "--no-embedded", "--catalog", &path]);
        let digits = printed.matches(":12345678901234567890123").count();
        prop_assert_eq!(digits, entries.len());
    }
}

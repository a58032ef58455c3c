//! The same question in every machine format has the same answer.

use std::process::Command;

use serde_json::{Map, Value};

fn ahm(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm")).args(args).output();
    String::from_utf8(output.expect("ahm runs").stdout).expect("UTF-8")
}

/// A JSON value as CSV writes it; nothing for what CSV writes in words of its own.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Array(list) => {
            let words: Option<Vec<String>> = list.iter().map(written).collect();
            words.map(|words| words.join("; "))
        }
        Value::Object(_) => None,
    }
}

/// Numbers are compared as numbers: `2.5e24` and `2.5e+24` are one.
fn same(json: &str, text: &str) -> bool {
    json == text || matches!((json.parse::<f64>(), text.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
}

#[test]
fn csv_tsv_and_json_lines_read_back_as_json_does() {
    for command in [
        &["list"][..],
        &["list", "--catalog", "tests/catalogs/own.ndjson"],
        &["list", "--catalog", "tests/catalogs/stated.json"],
        &[
            "list",
            "--catalog",
            "tests/catalogs/stated.json",
            "--stated",
        ],
        &["frameworks"],
        &["chips"],
        &["terms"],
        &["surveys"],
        &["columns"],
        &["stats", "--by", "org"],
        &["compare", "gpt-3", "palm"],
        &["frontier", "--by", "compute", "--estimated"],
        &["frontier", "--lag"],
    ] {
        let ask = |format| ahm(&[command, &["-f", format]].concat());
        let rows: Vec<Map<String, Value>> = serde_json::from_str(&ask("json")).expect("JSON");
        assert!(rows.len() > 3, "{command:?}");

        let lines = ask("jsonl");
        let lines = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
        assert_eq!(
            lines.collect::<Vec<Map<String, Value>>>(),
            rows,
            "{command:?}"
        );

        let csv = ask("csv");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let keys = reader.headers().expect("a header").clone();
        let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
        assert_eq!(records.len(), rows.len(), "{command:?}");

        let tsv = ask("tsv");
        let mut tabbed = tsv.lines();
        assert!(
            tabbed
                .next()
                .is_some_and(|header| header.split('\t').eq(keys.iter()))
        );
        for ((row, record), line) in rows.iter().zip(&records).zip(tabbed) {
            assert!(
                row.keys().eq(keys.iter()),
                "{command:?}: all rows have all keys"
            );
            for ((value, field), tab) in row.values().zip(record).zip(line.split('\t')) {
                if let Some(text) = written(value) {
                    assert!(same(&text, field), "{command:?}: {text} and {field}");
                }
                assert_eq!(tab, field.replace(char::is_control, " "), "{command:?}");
            }
        }
    }
}

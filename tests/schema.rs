//! `ahm schema`: what the program writes and reads fits the schemas, and the SQL reads all of it.
//!
//! Schemas are applied by jsonschema, SQL is run by duckdb, both of PyPI; without them these tests are
//! skipped. `AHM_PYTHON` names the interpreter that has them.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    let mut ahm = Command::new(env!("CARGO_BIN_EXE_ahm"));
    ahm.args(args).output().expect("the program starts")
}

fn ahm(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn ahm_json(args: &[&str]) -> Value {
    serde_json::from_str(&ahm(args)).expect("JSON")
}

/// The lines of `ahm list -f jsonl`.
fn records() -> Vec<Value> {
    let text = ahm(&["list", "-f", "jsonl"]);
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().expect("records")
}

/// The Python that has a module; none, with the reason printed, if there is none.
#[expect(clippy::print_stdout, reason = "why a test is skipped")]
fn python_with(module: &str) -> Option<String> {
    let python = std::env::var("AHM_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let import = format!("import {module}");
    let tried = Command::new(&python).args(["-c", &import]).output();
    if tried.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    println!("skipped: `{python}` has no module {module}; AHM_PYTHON names another Python");
    None
}

/// Runs a script in a folder; it prints what is wrong.
#[track_caller]
fn assert_nothing_wrong(python: &str, script: &str, folder: &Path) {
    let mut python = Command::new(python);
    let output = python.args(["-c", script]).current_dir(folder).output();
    let output = output.expect("Python starts");
    let texts =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert_eq!(texts, [String::new(), String::new()]);
}

fn columns() -> Vec<String> {
    let columns = ahm_json(&["columns", "-f", "json"]);
    let columns = columns.as_array().expect("a list").iter();
    let key = |column: &Value| column["key"].as_str().expect("a key").to_owned();
    columns.map(key).collect()
}

/// The keys of an object that a schema defines.
fn keys_of(schema: &Value, name: &str) -> Vec<String> {
    let properties = schema["$defs"][name]["properties"].as_object();
    properties.expect("an object").keys().cloned().collect()
}

#[test]
fn every_column_is_in_the_schema_and_in_sql_in_its_order() {
    let columns = columns();
    assert_eq!(keys_of(&ahm_json(&["schema", "list"]), "record"), columns);
    for dialect in ["duckdb", "spark"] {
        let sql = ahm(&["schema", "--sql", dialect]);
        let indented = sql.lines().filter(|line| line.starts_with("    "));
        let names = indented.map(|line| line.trim().split([' ', ':']).next().unwrap_or_default());
        let names = names.filter(|name| columns.iter().any(|key| key == name));
        assert_eq!(names.collect::<Vec<_>>(), columns, "{dialect}");
    }
}

#[test]
fn every_key_of_the_catalog_is_in_its_schema() {
    let schema = ahm_json(&["schema", "catalog"]);
    let catalog = fs::read_to_string("catalog.json").expect("the catalog");
    let catalog: Value = serde_json::from_str(&catalog).expect("JSON");
    for (list, name) in [
        ("models", "model"),
        ("surveys", "survey"),
        ("terms", "term"),
        ("organizations", "organization"),
        ("chips", "chip"),
    ] {
        let known: BTreeSet<String> = keys_of(&schema, name).into_iter().collect();
        let entries = catalog[list].as_array().expect("a list").iter();
        let objects = entries.filter_map(Value::as_object);
        let used: BTreeSet<String> = objects.flat_map(|own| own.keys().cloned()).collect();
        assert!(used.len() > 2, "{list}");
        let unknown: Vec<&String> = used.difference(&known).collect();
        assert!(unknown.is_empty(), "{list}: {unknown:?}");
    }
}

/// Catalogs of `tests/catalogs/` that `ahm check` accepts.
fn accepted() -> Vec<(String, Value)> {
    // What these have is read, but not what a catalog writes: null, and a name that is a number.
    let loose = ["null.json", "number.json"];
    let files = fs::read_dir("tests/catalogs").expect("a folder");
    let paths = files.map(|file| file.expect("a file").path());
    let mut accepted = Vec::new();
    for path in paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")) {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).unwrap_or_default();
        let Ok(value) = serde_json::from_str(text.trim_start_matches('\u{feff}')) else {
            continue;
        };
        let check = run(&["check", "--no-embedded", "--catalog", &name]);
        if check.status.success() && !loose.iter().any(|loose| name.ends_with(loose)) {
            accepted.push((name, value));
        }
    }
    accepted
}

/// A small catalog, and the same with one mistake each.
fn with_mistakes() -> (Value, Vec<(String, Value)>) {
    let catalog = json!({
        "about": { "title": "Birds", "updated": "2026-08" },
        "models": [{
            "id": "owl", "name": "Owl", "announced": "2024-05", "access": "open", "params": 7e9,
            "nest": "a key of a user",
            "hardware": [{ "chip": "A100", "unit": "chip", "count": 8 }],
            "paper": { "title": "Owls", "year": 2024, "url": "https://example.org/owls" },
            "links": { "code": "https://example.org/owl" },
            "sources": [{ "keys": ["params"], "url": "https://example.org/owls", "kind": "stated" }],
            "corrections": [{ "key": "tokens", "why": "withdrawn", "source": "https://example.org" }],
            "notes": [{ "text": "an owl" }]
        }],
        "chips": [{ "chip": "A100", "prices": [{ "usd_per_hour": 2, "date": "2021" }] }]
    });
    let model = "/models/0";
    let mistakes = [
        ("", "frmeworks", json!([])),
        (model, "params", json!("7B")),
        (model, "params", json!(0)),
        (model, "params", json!(-1)),
        (model, "params", json!(null)),
        (model, "name", json!(5)),
        (model, "announced", json!("2024-13")),
        (model, "announced", json!("2024")),
        (model, "access", json!("opne")),
        (model, "aliases", json!("Strix")),
        (model, "aliases", json!([5])),
        ("/models/0/hardware/0", "chp", json!("A100")),
        ("/models/0/hardware/0", "unit", json!("rack")),
        ("/models/0/paper", "titel", json!("Owls")),
        ("/models/0/paper", "year", json!(2024.5)),
        ("/models/0/paper", "url", json!("example.org")),
        ("/models/0/links", "code", json!("ftp://example.org")),
        ("/models/0/sources/0", "knid", json!("stated")),
        ("/models/0/sources/0", "kind", json!("rumor")),
        ("/models/0/notes/0", "keys", json!("params")),
        ("/about", "updated", json!("August")),
        ("/chips/0", "tdp_w", json!(-1)),
        ("/chips/0/prices/0", "date", json!("2021-13")),
    ];
    let added = mistakes.map(|(object, key, value)| {
        let mut wrong = catalog.clone();
        let named = format!("{object}/{key}: {value}");
        wrong.pointer_mut(object).expect("an object")[key] = value;
        (named, wrong)
    });
    let missing = [
        ("/models/0/sources/0", "url"),
        ("/models/0/corrections/0", "why"),
        ("", "models"),
    ];
    let missing = missing.map(|(object, key)| {
        let mut wrong = catalog.clone();
        let members = wrong.pointer_mut(object).and_then(Value::as_object_mut);
        members
            .expect("an object")
            .shift_remove(key)
            .expect("the key");
        (format!("{object} without {key}"), wrong)
    });
    let wrong = added.into_iter().chain(missing).collect();
    (catalog, wrong)
}

#[test]
fn documents_fit_the_schemas_and_mistakes_do_not() {
    let Some(python) = python_with("jsonschema") else {
        return;
    };
    let catalog = fs::read_to_string("catalog.json").expect("the catalog");
    let catalog: Value = serde_json::from_str(&catalog).expect("JSON");
    let (small, wrong) = with_mistakes();
    let mut right = accepted();
    assert!(right.len() > 9, "{}", right.len());
    let entries = ahm_json(&["list", "-f", "entry"]);
    let entry = ahm_json(&["show", "palm", "-f", "entry"]);
    for (name, value) in [
        ("catalog.json", catalog),
        ("small", small),
        ("entries", entries),
        ("entry", entry),
    ] {
        right.push((name.to_owned(), value));
    }
    let array = ahm_json(&["list", "-f", "json"]);
    let mut records = records();
    assert_eq!(array, json!(records));
    records.push(array);
    records.push(ahm_json(&["show", "palm", "-f", "json"]));
    records.push(ahm_json(&["list", "--omit-null", "-f", "json"]));
    let named = records
        .into_iter()
        .map(|record| ("record".to_owned(), record));
    let mut wrong_record = ahm_json(&["show", "palm", "-f", "json"]);
    wrong_record["params"] = json!("540B");
    let given = json!([
        [ahm_json(&["schema"]), right, wrong],
        [
            ahm_json(&["schema", "list"]),
            named.collect::<Vec<_>>(),
            [("params", wrong_record)]
        ],
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("given.json"), given.to_string()).expect("a file");
    let script = "
import json
from jsonschema import Draft202012Validator as Validator
for schema, right, wrong in json.load(open('given.json', encoding='utf-8')):
    Validator.check_schema(schema)
    validator = Validator(schema)
    for name, document in right:
        if not validator.is_valid(document):
            print('refused:', name)
    for name, document in wrong:
        if validator.is_valid(document):
            print('accepted:', name)
";
    assert_nothing_wrong(&python, script, folder.path());
}

#[test]
fn duckdb_reads_what_list_writes() {
    let Some(python) = python_with("duckdb") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text);
    write("models.jsonl", ahm(&["list", "-f", "jsonl"])).expect("a file");
    write("models.sql", ahm(&["schema", "--sql", "duckdb"])).expect("a file");
    let script = "
import duckdb, json, math

def whole(value):
    '''A value without missing parts, JSON read.'''
    if isinstance(value, dict):
        parts = {key: whole(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(value, list):
        return [whole(part) for part in value]
    return value

def read(key, value):
    if value is None:
        return None
    if key in ('details', 'listed', 'extra'):
        return json.loads(value)
    if key == 'corrections':
        for part in value:
            for own in ('value', 'was'):
                part[own] = None if part[own] is None else json.loads(part[own])
    return whole(value)

records = [json.loads(line) for line in open('models.jsonl', encoding='utf-8')]
db = duckdb.connect()
db.execute(open('models.sql', encoding='utf-8').read())
known = [record['params'] for record in records if record['params'] is not None]
rows, count, total = db.execute('select count(*), count(params), sum(params) from models').fetchone()
if (rows, count) != (len(records), len(known)) or not math.isclose(total, math.fsum(known)):
    print(rows, count, total)
answer = db.execute('select * from models')
keys = [column[0] for column in answer.description]
if keys != list(records[0]):
    print(keys)
for record, row in zip(records, answer.fetchall(), strict=True):
    for key, value in zip(keys, row, strict=True):
        if read(key, value) != whole(record[key]):
            print(record['id'], key, value, record[key])
";
    assert_nothing_wrong(&python, script, folder.path());
}

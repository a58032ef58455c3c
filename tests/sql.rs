//! Questions as SQL have the same answers in DuckDB. Skipped without its package for Python.

use ahm::cli::Cli;
use ahm::output::Output;
use clap::Parser;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use shared::Shared;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

mod shared;

/// How many random questions are asked of each kind.
const LISTS: usize = 300;
const GROUPS: usize = 60;

fn answer(args: &[&str]) -> String {
    let (answer, arguments) = (Shared::default(), ["ahm"].iter().chain(args));
    let mut out = Output::pipe(Box::new(answer.clone()));
    let cli = Cli::try_parse_from(arguments).unwrap_or_else(|error| panic!("{args:?}: {error}"));
    cli.run_with(&mut out)
        .unwrap_or_else(|error| panic!("{args:?}: {error}"));
    out.finish().expect("written");
    answer.text()
}

fn rows(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// DuckDB, with the models of the catalog in its table.
struct DuckDb {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl DuckDb {
    /// DuckDB, if there is a Python that has it.
    fn start(folder: &Path, models: &str) -> Option<DuckDb> {
        let own = std::env::var("AHM_PYTHON").ok();
        let python = own.into_iter().chain(["python3".to_owned()]);
        let has_it = |python: &String| {
            let mut import = Command::new(python);
            import.args(["-c", "import duckdb"]).stderr(Stdio::null());
            import.status().is_ok_and(|status| status.success())
        };
        let python = python.into_iter().find(has_it)?;
        fs::write(folder.join("models.jsonl"), models).expect("a file");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql/ask.py");
        let mut command = Command::new(python);
        command.arg(script).current_dir(folder);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python");
        let pipes = (process.stdin.take(), process.stdout.take());
        let (Some(questions), Some(answers)) = pipes else {
            unreachable!("both are pipes")
        };
        let mut duckdb = DuckDb {
            process,
            questions,
            answers: BufReader::new(answers),
        };
        duckdb.ask(&answer(&["schema", "--sql", "duckdb"]));
        Some(duckdb)
    }

    fn ask(&mut self, statement: &str) -> Vec<Value> {
        writeln!(self.questions, "{}", json!(statement)).expect("asked");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        let rows: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("refused: {statement}"));
        rows.as_array().expect("rows").clone()
    }
}

impl Drop for DuckDb {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Words that models have under a key.
fn words(models: &[Value], key: &str) -> Vec<String> {
    let mut words: Vec<String> = models
        .iter()
        .flat_map(|model| match &model[key] {
            Value::Array(words) => words.clone(),
            word => vec![word.clone()],
        })
        .filter_map(|word| word.as_str().map(str::to_owned))
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words.dedup();
    words
}

/// Conditions about models: of all kinds of tests, nested.
fn condition(models: &[Value]) -> impl Strategy<Value = String> + use<> {
    let sign = || select(vec![">", ">=", "<", "<=", "=", "!="]);
    let figures = [
        "params",
        "tokens",
        "compute_flop",
        "sizes",
        "year",
        "samples_count",
        "context",
        "data_bytes",
        "tokens_per_param",
        "cost_2023_usd",
        "active_params/params",
        "compute/(6*params*tokens)",
        "paper_year-year",
    ];
    let figure = (select(figures.to_vec()), sign(), 1u32..1000, 0usize..27).prop_map(
        |(key, sign, digits, zeros)| match key {
            "year" => format!("year{sign}{}", 2000 + digits % 27),
            key if key.contains('/') || key == "tokens_per_param" => {
                format!("{key}{sign}{}", f64::from(digits) / 100.0)
            }
            key => format!("{key}{sign}{digits}e{zeros}"),
        },
    );
    let keys = [
        "organizations",
        "fields",
        "sections",
        "country",
        "license",
        "architecture",
        "hardware",
        "access",
        "license_class",
        "family",
        "name",
        "aliases",
        "training_framework",
        "samples_unit",
        "hardware_chip",
    ];
    let known = keys.map(|key| {
        (
            key,
            words(
                models,
                match key {
                    "hardware" => "hardware_chip",
                    key => key,
                },
            ),
        )
    });
    let known: Vec<(&str, String)> = known
        .into_iter()
        .flat_map(|(key, words)| {
            let step = (words.len() / 40).max(1);
            words.into_iter().step_by(step).map(move |word| (key, word))
        })
        .collect();
    let word = (select(known), sign(), any::<bool>()).prop_map(|((key, word), sign, lower)| {
        let word = word.replace('\\', r"\\").replace('\'', r"\'");
        let word = if lower {
            word.to_lowercase().replace('-', " ")
        } else {
            word
        };
        let sign = if sign.contains('!') { "!=" } else { "=" };
        format!("{key}{sign}'{word}'")
    });
    let patterns = [
        "gpt",
        "^l",
        "[0-9]b$",
        "é",
        "vision|speech",
        "a.i",
        "20(19|2[0-3])",
        "dall.e",
        "un?iv",
    ];
    let texts = [
        "name",
        "aliases",
        "organizations",
        "paper_title",
        "license",
        "announced",
        "dataset",
        "fields",
    ];
    let matching = (
        select(texts.to_vec()),
        any::<bool>(),
        select(patterns.to_vec()),
    )
        .prop_map(|(key, not, pattern)| {
            format!("{key}{}'{pattern}'", if not { "!~" } else { "~" })
        });
    let date = (sign(), 2000u32..2027, 0u32..13).prop_map(|(sign, year, month)| match month {
        0 => format!("announced{sign}{year}"),
        month => format!("announced{sign}{year}-{month:02}"),
    });
    let has = (
        any::<bool>(),
        select(vec![
            "params",
            "tokens",
            "aliases",
            "paper_title",
            "hardware",
            "sizes",
            "family",
        ]),
    )
        .prop_map(|(has, key)| format!("{} {key}", if has { "has" } else { "missing" }));
    let several = select(words(models, "organizations"))
        .prop_map(|word| format!("org in ('{}', openai, meta)", word.replace('\'', r"\'")));
    let leaf =
        prop_oneof![3 => figure, 3 => word, 2 => matching, 1 => date, 2 => has, 1 => several];
    leaf.prop_recursive(3, 8, 3, |part| {
        (
            prop::collection::vec(part, 1..4),
            select(vec![" and ", " or ", "not"]),
        )
            .prop_map(|(parts, how)| match how {
                "not" => format!("not ({})", parts[0]),
                how => format!("({})", parts.join(how)),
            })
    })
}

/// Flags besides a condition: an order, a limit, a pattern.
fn flags() -> impl Strategy<Value = Vec<&'static str>> {
    let orders = [
        "--sort=params",
        "--sort=org,name:desc",
        "--sort=compute:asc",
        "--sort=announced,params",
        "--sort=fields",
        "--sort=sizes",
        "--sort=license,year:asc",
        "--sort=name",
        "--sort=active_params/params",
    ];
    let order = prop::option::of(select(orders.to_vec()));
    let limit = prop::option::of(select(vec!["-n1", "-n7", "-n100"]));
    let others = [
        "gpt",
        "--search=scal",
        "--search=universit",
        "--as-of=2020-05",
        "--latest-per=org",
        "--latest-per=family",
        "--reverse",
    ];
    (order, limit, prop::option::of(select(others.to_vec())))
        .prop_map(|(order, limit, other)| [order, limit, other].into_iter().flatten().collect())
}

fn runner() -> TestRunner {
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(Config::default(), random)
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["id"].as_str()).collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "why it is skipped, and what was done")]
fn duckdb_has_the_same_answers() {
    let models = answer(&["list", "-f", "jsonl"]);
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut duckdb) = DuckDb::start(folder.path(), &models) else {
        return println!(
            "skipped: no Python with DuckDB; `pip install duckdb`, and AHM_PYTHON names a Python"
        );
    };
    let models = rows(&models);
    let (mut runner, condition) = (runner(), condition(&models));
    let mut found = 0;
    for _ in 0..LISTS {
        let condition = condition
            .new_tree(&mut runner)
            .expect("a condition")
            .current();
        let flags = flags().new_tree(&mut runner).expect("flags").current();
        let mut question = vec!["list", "--where", &condition];
        question.extend(&flags);
        let own = rows(&answer(
            &[&*question, &["-f", "jsonl", "-c", "id"]].concat(),
        ));
        let statement = answer(&[&*question, &["-c", "id", "--sql", "duckdb"]].concat());
        let theirs = duckdb.ask(&statement);
        assert_eq!(ids(&own), ids(&theirs), "{question:?}\n{statement}");
        found += usize::from(!own.is_empty());
    }
    println!("{LISTS} lists are the same, {found} of them not empty");
    assert!(found > LISTS / 4, "most questions find nothing");
    for _ in 0..GROUPS {
        let condition = condition
            .new_tree(&mut runner)
            .expect("a condition")
            .current();
        let keys = [
            "org",
            "country",
            "year",
            "fields",
            "access",
            "license_class",
            "sections",
            "announced",
            "org,year",
            "year,access",
            "country,fields",
        ];
        let by = select(keys.to_vec())
            .new_tree(&mut runner)
            .expect("keys")
            .current();
        let of = select(vec![
            "params",
            "compute",
            "samples_count",
            "tokens_per_param",
            "tokens/params",
        ]);
        let of = of.new_tree(&mut runner).expect("a figure").current();
        let mut question = vec!["stats", "--by", by, "--of", of, "--where", &condition];
        let mut others = vec![None, Some("--families")];
        if !by.contains(',') {
            others.extend([Some("-n3"), Some("--sort=median"), Some("--sort=count:asc")]);
        }
        question.extend(
            select(others)
                .new_tree(&mut runner)
                .expect("a flag")
                .current(),
        );
        let own = rows(&answer(&[&*question, &["-f", "jsonl"]].concat()));
        let statement = answer(&[&*question, &["--sql", "duckdb"]].concat());
        let theirs = duckdb.ask(&statement);
        same_groups(own, theirs, &format!("{question:?}\n{statement}"));
    }
    println!("{GROUPS} groupings are the same");
}

/// Fails unless the rows are the same, whatever their order where there are pairs, and numbers nearly so.
fn same_groups(mut own: Vec<Value>, mut theirs: Vec<Value>, question: &str) {
    let key = |row: &Value| {
        let values = row.as_object().expect("a row").values().take(2);
        values
            .map(|value| {
                value
                    .as_f64()
                    .map_or_else(|| value.to_string(), |n| n.to_string())
            })
            .collect::<Vec<_>>()
    };
    if question.contains("value_2") {
        own.sort_by_key(key);
        theirs.sort_by_key(key);
    }
    assert_eq!(own.len(), theirs.len(), "{question}");
    for (own, theirs) in own.iter().zip(&theirs) {
        for (key, value) in own.as_object().expect("a row") {
            let other = &theirs[key];
            let same = match (value.as_f64(), other.as_f64()) {
                (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs(),
                _ => value == other,
            };
            assert!(same, "{key}: {value} is {other} in {question}");
        }
    }
}

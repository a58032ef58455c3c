//! Nothing that comes from a catalog, a file name or the command line steers a terminal.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// What no terminal may get: a title, a colour, a reset, a C1 sequence, directions of writing, line
/// breaks that are none, a deletion, and a line that looks like the program's own.
const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{1b}[41;5m\u{1b}c\u{9b}7m\u{8}\u{202e}\u{2066}\u{200f}\
    \u{61c}\u{2028}\u{2029}\u{85}\u{7f}\r\nINJECTED";

/// A word that ends in what is hostile.
fn bad(word: &str) -> String {
    format!("{word}{HOSTILE}")
}

/// A file of this content, whose name is hostile, too.
fn file(name: &str, content: &Value) -> String {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    fs::create_dir_all(&directory).expect("a directory");
    let path = directory.join(bad(name));
    fs::write(&path, content.to_string()).expect("a file");
    path.to_string_lossy().into_owned()
}

/// A catalog whose every text, id and key is hostile.
fn catalog() -> String {
    let models = (0..12).map(|i| {
        json!({
            "id": bad(&format!("m{i}")),
            "name": bad(&format!("Model {i}")),
            "aliases": [bad(&format!("Alias {i}"))],
            "sections": ["language"],
            "fields": [bad("language")],
            "organizations": [bad("Org")],
            "announced": format!("20{}-0{}", 10 + i, i % 9 + 1),
            "access": if i % 2 == 0 { "open" } else { "closed" },
            "license": bad("MIT"),
            "params": 1e9 * 4f64.powi(i),
            "tokens": 2e11,
            "compute_flop": 1.2e21 * 4f64.powi(i),
            "cost_usd": 1e6,
            "base_model": bad(&format!("m{}", i / 2)),
            "samples": { "count": 5, "unit": bad("images") },
            "dataset": bad("Data"),
            "languages": [bad("English")],
            "hardware": [{ "chip": bad("A100"), "unit": "device", "count": 8, "days": 3 }],
            "precision": bad("bf16"),
            "architecture": [bad("transformer")],
            "objective": [bad("causal")],
            "training_framework": [bad("Megatron")],
            "details": { bad("detail"): bad("text") },
            "paper": {
                "title": bad("Title"), "venue": bad("Venue"), "url": bad("https://example.org/"),
            },
            "links": { "code": bad("https://example.org/"), bad("own"): bad("https://example.org/") },
            "notes": [{ "text": bad("A note"), "source": bad("https://example.org/") }],
            "corrections": [{
                "key": "params", "value": 1e9 * 4f64.powi(i), "why": bad("Why"),
                "source": bad("https://example.org/"),
            }],
            "sources": [{
                "keys": ["tokens"], "url": bad("https://example.org/"), "kind": "third-party",
            }],
            bad("key"): bad("text"),
            bad("object"): { bad("inner"): [bad("text"), 5] },
        })
    });
    let content = json!({
        "about": {
            "title": bad("Title"), "updated": "2026-08",
            "origin": {
                "name": bad("List"), "url": bad("https://example.org/"), "commit": bad("c"),
                "license": bad("MIT"),
            },
        },
        "models": models.collect::<Vec<Value>>(),
        "frameworks": [{
            "id": bad("f"), "name": bad("Framework"), "kind": "training", "fields": [bad("language")],
            "organizations": [bad("Org")], "links": { "code": bad("https://example.org/") },
        }],
        "surveys": [{
            "title": bad("Survey"), "venue": bad("arXiv"), "date": "2023-03",
            "url": bad("https://example.org/"),
        }],
        "terms": [{ "term": bad("term"), "kind": "unit", "meaning": bad("A meaning") }],
        "chips": [{
            "chip": bad("A100"), "maker": bad("Maker"), "aliases": [bad("a")],
            "peak_flops": 3.12e14, "tdp_w": 400, "source": bad("https://example.org/"),
            "prices": [{ "usd_per_hour": 2, "date": "2023-01", "source": bad("https://example.org/") }],
        }],
    });
    file("catalog", &content)
}

/// A catalog of mistakes, each of a hostile word.
fn mistakes() -> String {
    let content = json!([
        { "id": bad("My Model"), "name": bad("A"), bad("prams"): 1, "params": bad("7B"),
          "sections": [bad("langauge")], "announced": bad("2024"), "access": bad("opne"),
          "links": { bad("code"): bad("ftp://example.org") }, "sources": [{ "keys": [bad("k")] }],
          "corrections": [{ "key": bad("params"), "value": bad("x") }] },
        { "id": bad("My Model"), "name": bad("A") },
        { bad("name"): bad("no id") },
        bad("text"),
    ]);
    file("mistakes", &content)
}

/// A table of contradictions in hostile rows.
fn suspects() -> String {
    let rows = (1..9).map(|i| json!({ "model": bad(&format!("Osprey {i}B")), "params": 5e5 }));
    file("suspects.json", &rows.collect())
}

/// A catalog that has one of the models, not as the other has it.
fn small() -> String {
    let content = json!([{
        "id": bad("m0"), "name": bad("Model 0"), "organizations": [bad("Other")],
        "license": bad("Apache"), "params": 7e9, "base_model": bad("other"), bad("key"): bad("text"),
    }]);
    file("small", &content)
}

/// The program on a terminal, unless none can be had here.
fn on_terminal(args: &[String], environment: &[(&str, &str)]) -> Option<Output> {
    // Each word in quotes, whatever it holds.
    let quoted = |word: &str| format!("'{}'", word.replace('\'', r"'\''"));
    let words = args.iter().map(|word| quoted(word));
    let program = quoted(env!("CARGO_BIN_EXE_ahm"));
    let line = [program]
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ");
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm")
        .env("AHM_PAGER", "cat")
        .env_remove("NO_COLOR")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output();
    output.ok()
}

/// Whether `script` of util-linux is here, which makes a terminal.
#[expect(
    clippy::print_stdout,
    reason = "what is skipped, is skipped with a reason"
)]
fn has_terminal() -> bool {
    let version = Command::new("script").arg("--version").output();
    let is_here = version.is_ok_and(|output| output.stdout.windows(10).any(|w| w == b"util-linux"));
    if !is_here {
        println!("skipped: there is no `script` of util-linux here");
    }
    is_here
}

/// Finds what steers a terminal in what it got, the styles of the program aside.
fn check(args: &[String], shown: &str) {
    // A terminal ends each line in two characters.
    let mut rest = &*shown.replace("\r\n", "\n");
    for line in rest.lines() {
        assert!(!line.starts_with("INJECTED"), "{args:?}: {shown:?}");
    }
    while let Some(at) = rest.find(steers) {
        let style = rest[at..]
            .strip_prefix("\u{1b}[")
            .and_then(|rest| rest.split_once('m'));
        let own = style.filter(|(codes, _)| {
            let is_code = |c: char| c.is_ascii_digit() || c == ';';
            *codes != "41;5" && codes.chars().all(is_code)
        });
        let found = &rest[at..];
        (_, rest) = own.unwrap_or_else(|| panic!("{args:?}: {found:?} in {shown:?}"));
    }
}

fn steers(c: char) -> bool {
    let layout = matches!(c, '\n' | '\t');
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
    );
    let breaks = matches!(c, '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && !layout) || turns || breaks
}

fn ahm(args: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
    command
        .args(args)
        .envs([("COLUMNS", "100"), ("NO_COLOR", "1")]);
    let output = command.output();
    output.expect("ahm runs")
}

fn words(args: &[&str]) -> Vec<String> {
    args.iter().map(|word| (*word).to_owned()).collect()
}

/// The commands that `ahm --help` names.
fn commands() -> Vec<String> {
    let help = ahm(&words(&["--help"])).stdout;
    let help = String::from_utf8(help).expect("UTF-8");
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let lines = lines.filter(|line| line.find(|c| c != ' ') == Some(2));
    let words = lines.filter_map(|line| line.split_whitespace().next());
    words.map(str::to_owned).collect()
}

/// The formats of a command; none that is named where it has none.
fn formats(command: &str) -> Vec<String> {
    let help = ahm(&words(&[command, "-h"])).stdout;
    let help = String::from_utf8(help).expect("UTF-8").replace('\n', " ");
    let formats = help.split_once("--format").and_then(|(_, rest)| {
        let (_, values) = rest.split_once("[possible values: ")?;
        Some(values.split_once(']')?.0)
    });
    formats.map_or_else(Vec::new, |formats| {
        formats
            .split(',')
            .map(|format| format.trim().to_owned())
            .collect()
    })
}

/// What is asked of each command, and whether its answer repeats words of the catalog.
fn questions(command: &str) -> Vec<(Vec<String>, bool)> {
    let [first, last] = [&*bad("m0"), &bad("m11")];
    let (key, org) = (format!("{first}.params"), bad("Org"));
    let (term, chip, mistakes) = (bad("term"), bad("A100"), mistakes());
    let ask = |args: &[&str]| (words(&[&[command], args].concat()), true);
    let silent = |args: &[&str]| (words(&[&[command], args].concat()), false);
    match command {
        "list" => vec![
            ask(&[]),
            ask(&["-c", "all"]),
            ask(&["--org", &org]),
            silent(&["--org", &org, "--sql", "duckdb"]),
        ],
        "sort" => vec![ask(&["--by", "params"])],
        "show" => vec![ask(&[first]), ask(&[first, last])],
        "compare" => vec![ask(&[first, last])],
        "explain" => vec![ask(&[first]), ask(&[&key])],
        "stats" => vec![
            ask(&["--by", "org"]),
            ask(&["--by", "org,access"]),
            ask(&["--by", "access,org"]),
            silent(&["--by", "org", "--svg", "-"]),
            silent(&[]),
        ],
        "frontier" => vec![ask(&[]), ask(&["--lag"]), silent(&["--svg", "-"])],
        "trend" => vec![silent(&[]), ask(&["--split", "org"])],
        "threshold" => vec![ask(&["1", "--by", "params", "--verdict", "above,below"])],
        "estimate" => vec![silent(&[
            "--params", "7B", "--tokens", "1T", "--chip", &chip,
        ])],
        "frameworks" | "surveys" => vec![ask(&[])],
        "chips" => vec![ask(&[]), ask(&[&chip])],
        "terms" => vec![ask(&[]), ask(&[&term])],
        "cite" => vec![ask(&[first])],
        "open" => vec![silent(&[first, "--print"])],
        "audit" => vec![silent(&[]), silent(&[first]), ask(&[&suspects()])],
        "diff" => vec![ask(&[&small()]), ask(&[&small(), "-c", "all"])],
        "check" => vec![silent(&[]), ask(&[&mistakes])],
        "import" => vec![ask(&[&suspects()])],
        "schema" => vec![silent(&[]), silent(&["list"]), silent(&["--sql", "spark"])],
        "completions" => ["bash", "zsh", "fish", "powershell", "elvish", "nushell"]
            .map(|s| silent(&[s]))
            .into(),
        "columns" | "man" => vec![silent(&[])],
        "help" => vec![silent(&["list"])],
        unknown => panic!("what to ask of `ahm {unknown}`?"),
    }
}

#[test]
fn no_answer_steers_a_terminal() {
    if !has_terminal() {
        return;
    }
    let catalog = catalog();
    let own = words(&["--no-embedded", "--catalog", &catalog]);
    for command in commands() {
        let mut formats = formats(&command);
        let has_entries = ["list", "sort", "show"].contains(&&*command);
        let has_findings = ["audit", "check"].contains(&&*command);
        formats.retain(|format| match &**format {
            "entry" => has_entries,
            "github" | "sarif" => has_findings,
            _ => true,
        });
        for (question, repeats) in questions(&command) {
            let own: &[String] = if command == "help" { &[] } else { &own };
            let asked = [&question, own].concat();
            let mut runs = vec![
                (asked.clone(), ["NO_COLOR", "1"]),
                (asked.clone(), ["CLICOLOR_FORCE", "1"]),
            ];
            for format in &formats {
                // An entry has every key.
                let asked = asked
                    .iter()
                    .filter(|word| format != "entry" || !["-c", "all"].contains(&&***word));
                let asked = asked.cloned().chain(words(&["--format", format]));
                runs.push((asked.collect(), ["COLUMNS", "80"]));
            }
            for (args, [name, value]) in runs {
                let output = on_terminal(&args, &[(name, value)]).expect("a terminal");
                let shown = String::from_utf8(output.stdout).expect("UTF-8");
                check(&args, &shown);
                let code = output.status.code();
                assert!(matches!(code, Some(0 | 1)), "{code:?} of {args:?}: {shown}");
                // A cell may be cut behind its first sign; the names that `compare` prints are keys.
                let is_seen = shown.contains('\u{fffd}') || shown.contains("INJECTED");
                let is_reported = is_seen || args.ends_with(&words(&["names"]));
                assert!(is_reported || !repeats, "{args:?}: {shown}");
            }
        }
    }
}

#[test]
fn no_message_steers_a_terminal() {
    let (catalog, mistakes) = (catalog(), mistakes());
    let missing = Path::new(&catalog).with_file_name(bad("nowhere"));
    let missing = missing.to_string_lossy();
    let (word, x, any) = (bad(""), bad("x"), "--catalog");
    let condition = format!("{x}=1");
    for args in [
        &[&*x][..],
        &["list", &format!("--{x}")],
        &["list", &format!("-{word}")],
        &["list", &x, &x],
        &["list", "--where", &condition],
        &["list", "--where", &format!("org = '{x}")],
        &["list", "--format", &x],
        &["list", "--color", &x],
        &["list", "--limit", &x],
        &["list", "--since", &x],
        &["list", "--field", &x],
        &["list", "--org", &x],
        &["list", "--min-params", &x],
        &["list", "--columns", &x],
        &["list", "--has", &x],
        &["sort", "--by", &x],
        &["stats", "--by", &x],
        &["show", &x],
        &["show", &word],
        &["explain", &format!("m.{x}")],
        &["cite", &x],
        &["estimate", "--chip", &x],
        &["estimate", "--params", &x],
        &["terms", &x],
        &["completions", &x],
        &["frontier", "--svg", &format!("{missing}/a.svg")],
        &["list", any, &missing],
        &["list", any, &mistakes],
        &["check", &missing],
        &["diff", &missing],
        &["diff", &missing, "--of", &x],
        &["diff", &missing, "--tolerance", &x],
        &["help", &x],
    ] {
        let args = words(args);
        let output = ahm(&args);
        check(&args, &String::from_utf8(output.stderr).expect("UTF-8"));
        let code = output.status.code();
        assert!(matches!(code, Some(1 | 2)), "{code:?} of {args:?}");
        if has_terminal() {
            let output = on_terminal(&args, &[]).expect("a terminal");
            check(&args, &String::from_utf8(output.stdout).expect("UTF-8"));
            assert_eq!(output.status.code(), code, "{args:?}");
        }
    }
}

//! The skill for agents says what the program has: it is made of its template, the help and the schema.
//! Run with `TRYCMD=overwrite` to write it again.

use ahm::model::schema::COLUMNS;
use ahm::model::unit::Unit;
use ahm::model::value::Kind;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The most bytes that 1,500 tokens have: of English with keys, a token has 3.66 at least.
const MAX_BYTES: usize = 5_500;

fn ahm(args: &[&str]) -> String {
    let mut ahm = Command::new(env!("CARGO_BIN_EXE_ahm"));
    let output = ahm.args(args).env("COLUMNS", "100").output();
    let output = output.expect("ahm runs").stdout;
    String::from_utf8(output).expect("UTF-8")
}

/// The lines of a text between a heading and the next.
fn section(text: &str, heading: &str) -> String {
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    let lines: Vec<&str> = lines.collect();
    lines.join("\n").trim_end().to_owned()
}

/// What a key holds, in a word.
fn holds(kind: Kind) -> &'static str {
    match kind {
        Kind::Quantity(Unit::Count) => "Counts",
        Kind::Quantity(Unit::Flop) => "FLOP",
        Kind::Quantity(Unit::Bytes) => "Bytes",
        Kind::Quantity(Unit::Usd) => "US dollars",
        Kind::Quantity(Unit::Watts) => "Watts",
        Kind::Quantity(Unit::Mwh) => "MWh",
        Kind::Quantity(Unit::Ratio) => "Ratios",
        Kind::Number => "Numbers",
        Kind::Month => "Months",
        Kind::Tags => "Lists of words",
        Kind::Address => "Addresses",
        Kind::Compound => "JSON",
        _ => "Words",
    }
}

/// The keys of models by what they hold.
fn keys() -> String {
    let mut kinds: Vec<&str> = Vec::new();
    let mut keys: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for column in COLUMNS {
        let kind = holds(column.heading.kind);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
        let short = column
            .aliases
            .first()
            .filter(|short| short.len() < column.heading.key.len());
        let short = short.map(|short| format!(" ({short})")).unwrap_or_default();
        keys.entry(kind)
            .or_default()
            .push(format!("{}{short}", column.heading.key));
    }
    let lines = kinds
        .iter()
        .map(|kind| format!("- {kind}: {}", keys[kind].join(", ")));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_skill_is_what_the_program_has() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/skills/ahm");
    let Ok(mut skill) = fs::read_to_string(folder.join("SKILL.template.md")) else {
        panic!("no template");
    };
    let help = ahm(&["list", "--help"]);
    let commands = section(&ahm(&["--help"]), "Commands:");
    let commands = commands
        .lines()
        .filter_map(|line| line.trim().split_once("  "));
    let commands = commands.filter(|(name, _)| {
        ![
            "help",
            "completions",
            "man",
            "frameworks",
            "surveys",
            "import",
            "open",
            "schema",
        ]
        .contains(name)
    });
    let commands: Vec<String> = commands
        .map(|(name, what)| format!("- `{name}`: {}", what.trim()))
        .collect();
    let exits = section(&help, "Exit codes:");
    let exits: Vec<String> = exits
        .lines()
        .filter_map(|line| line.trim().split_once("  "))
        .map(|(code, what)| format!("{code} {what}"))
        .collect();
    let models = ahm(&["list", "-f", "tsv", "-c", "year", "--no-header"]);
    let years: Vec<u16> = models
        .lines()
        .filter_map(|year| year.parse().ok())
        .collect();
    let (first, last) = (
        years.iter().min().expect("years"),
        years.iter().max().expect("years"),
    );
    let fenced = |text: String| format!("```text\n{text}\n```");
    for (place, text) in [
        ("models", models.lines().count().to_string()),
        ("years", format!("{first} to {last}")),
        ("commands", commands.join("\n")),
        ("conditions", fenced(section(&help, "Conditions:"))),
        ("marks", fenced(section(&help, "Marks:"))),
        ("exits", format!("Exit codes: {}.", exits.join(". "))),
        ("keys", keys()),
    ] {
        let place = format!("{{{{{place}}}}}");
        assert!(skill.contains(&place), "{place}");
        skill = skill.replace(&place, &text);
    }
    let path = folder.join("SKILL.md");
    if std::env::var("TRYCMD").is_ok_and(|value| value == "overwrite") {
        fs::write(&path, &skill).expect("the skill");
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), skill);
    assert!(skill.len() <= MAX_BYTES, "{} bytes", skill.len());
}

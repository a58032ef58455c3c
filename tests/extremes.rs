//! Figures at the ends of what a catalog may hold: every answer is one, and every number in it.

use std::fs;
use std::path::PathBuf;

use ahm::cli::Cli;
use ahm::output::Output;
use clap::Parser;
use proptest::prelude::*;
use serde_json::{Value, json};

mod shared;

use shared::Shared;

/// The answer of these models, and whether it is one.
fn ask(catalog: &str, args: &[&str]) -> String {
    let answer = Shared::default();
    let mut out = Output::pipe(Box::new(answer.clone()));
    let own = ["--no-embedded", "--catalog", catalog];
    let cli = Cli::try_parse_from([&["ahm"], args, &own].concat()).expect("a command line");
    // That there is nothing to draw or to fit is an answer too.
    let failed = cli.run_with(&mut out).err();
    assert!(
        failed.as_ref().is_none_or(|error| error.exit_code() == 1),
        "{args:?}: {failed:?}"
    );
    drop(out);
    answer.text()
}

fn catalog(name: &str, models: &[Value]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("extremes-{name}.ndjson"));
    let lines: Vec<String> = models.iter().map(Value::to_string).collect();
    fs::write(&path, lines.join("\n")).expect("a catalog");
    path.to_str().expect("UTF-8").to_owned()
}

const COMMANDS: &[&[&str]] = &[
    &["frontier", "--by", "compute"],
    &["frontier", "--by", "compute", "--svg", "-"],
    &["frontier", "--by", "compute", "--lag", "--svg", "-"],
    &["frontier", "--by", "compute", "-f", "csv"],
    &["frontier", "--by", "tokens_per_param"],
    &["frontier", "--by", "tokens_per_param", "--svg", "-"],
    &["frontier", "--by", "cost"],
    &["frontier", "--by", "data", "--svg", "-"],
    &["trend", "--by", "compute"],
    &["trend", "--by", "compute", "--svg", "-"],
    &["trend", "--by", "tokens_per_param", "--svg", "-"],
    &["trend", "--by", "compute", "--split", "access", "-f", "csv"],
    &[
        "stats",
        "--by",
        "access",
        "--of",
        "compute,6nd,tokens_per_param",
        "-f",
        "csv",
    ],
    &["threshold", "1e20"],
    &["threshold", "1", "--by", "6nd", "-f", "csv"],
    &["threshold", "1e6", "--by", "cost", "-f", "csv"],
    &["list", "-c", "all", "-f", "csv"],
    &["compare", "m0", "m1", "-f", "csv"],
    &["audit", "-f", "csv"],
];

fn check(catalog: &str) {
    for args in COMMANDS {
        let answer = ask(catalog, args);
        let mut words = answer.split(|c: char| !c.is_alphanumeric());
        let wild = words.find(|word| ["inf", "NaN"].contains(word));
        assert_eq!(wild, None, "{args:?}: {answer}");
        if args.contains(&"-") && !answer.is_empty() {
            roxmltree::Document::parse(&answer).expect("XML");
        }
    }
    let answer = ask(catalog, &["trend", "--by", "compute", "-f", "json"]);
    serde_json::from_str::<Value>(&answer).expect("JSON");
}

/// The least and the largest figure that a catalog may hold, and some between.
fn figure() -> impl Strategy<Value = f64> {
    let ends = [
        5e-324,
        1e-323,
        f64::MIN_POSITIVE,
        1e-300,
        1e-5,
        1.0,
        7.0,
        1e40,
    ];
    prop_oneof![
        prop::sample::select(ends.to_vec()),
        (-323i32..40).prop_map(|power| format!("1e{power}").parse().expect("a number")),
    ]
}

fn model() -> impl Strategy<Value = Value> {
    let month = prop::sample::select(vec!["1950-01", "2020-01", "2020-02", "2021-07", "9999-12"]);
    let access = prop::sample::select(vec!["open", "closed"]);
    (
        month,
        access,
        prop::collection::vec(prop::option::of(figure()), 6),
    )
        .prop_map(|(month, access, figures)| {
            let mut model = json!({"announced": month, "access": access});
            let keys = [
                "params",
                "tokens",
                "compute_flop",
                "cost_usd",
                "data_bytes",
                "epochs",
            ];
            for (key, figure) in keys.iter().zip(figures) {
                if let Some(figure) = figure {
                    model[key] = figure.into();
                }
            }
            model
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_answer_of_extreme_figures_is_one(
        models in prop::collection::vec(model(), 2..14),
        same in prop::option::of(figure()),
    ) {
        let mut models = models;
        for (i, model) in models.iter_mut().enumerate() {
            model["id"] = format!("m{i}").into();
            model["name"] = format!("M{i}").into();
            if let Some(same) = same {
                model["compute_flop"] = same.into();
            }
        }
        check(&catalog("any", &models));
    }
}

#[test]
fn the_least_number_is_drawn() {
    for models in [1, 2, 9] {
        let model = |i: usize| {
            json!({
                "id": format!("m{i}"), "name": format!("M{i}"), "access": "open",
                "announced": format!("202{i}-01"), "compute_flop": 5e-324,
            })
        };
        let models: Vec<Value> = (0..models).map(model).collect();
        let own = catalog("least", &models);
        let svg = ask(&own, &["frontier", "--by", "compute", "--svg", "-"]);
        assert!(
            svg.starts_with("<svg ") && svg.contains("4.94e-324"),
            "{svg}"
        );
        let text = ask(&own, &["frontier", "--by", "compute"]);
        assert!(text.contains('└'), "{text}");
    }
}

#[test]
fn a_ratio_beyond_all_numbers_is_missing() {
    let model = json!({
        "id": "m", "name": "M", "announced": "2020-01", "params": 1e-300, "tokens": 1e12,
    });
    let own = catalog("ratio", &[model]);
    let list = ask(&own, &["list", "-c", "name,tokens_per_param", "-f", "csv"]);
    assert_eq!(list, "name,tokens_per_param\nM,\n");
    let frontier = ask(&own, &["frontier", "--by", "tokens_per_param", "-f", "csv"]);
    assert_eq!(frontier.lines().count(), 1, "{frontier}");
}

//! `--stated` leaves out what the makers do not state, and that alone.

use std::process::Command;

use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// The columns of figures, and the key of the catalog that each reads.
const FIGURES: [(&str, &str); 23] = [
    ("params", "params"),
    ("active_params", "active_params"),
    ("embedding_params", "embedding_params"),
    ("sizes", "sizes"),
    ("tokens", "tokens"),
    ("epochs", "epochs"),
    ("samples_count", "samples"),
    ("samples_unit", "samples"),
    ("data_bytes", "data_bytes"),
    ("compute_flop", "compute_flop"),
    ("hardware", "hardware"),
    ("hardware_chip", "hardware"),
    ("hardware_count", "hardware"),
    ("hardware_days", "hardware"),
    ("hardware_hours", "hardware"),
    ("cost_usd", "cost_usd"),
    ("energy_mwh", "energy_mwh"),
    ("context", "context"),
    ("finetune_flop", "finetune_flop"),
    ("utilization_stated", "utilization_stated"),
    ("batch_tokens", "batch_tokens"),
    ("cost_2023_usd", "cost_2023_usd"),
    ("power_w", "power_w"),
];

/// Columns that follow from figures.
const ESTIMATES: [&str; 7] = [
    "tokens_per_param",
    "compute_6nd",
    "utilization",
    "chip_hours",
    "cost_estimate_usd",
    "energy_estimate_mwh",
    "weights_bytes",
];

/// The models that `ahm list …` prints, by id.
fn list(args: &[&str]) -> Vec<Object> {
    let args = [&["list", "--sort", "id", "-f", "json"], args].concat();
    let output = Command::new(env!("CARGO_BIN_EXE_ahm")).args(args).output();
    serde_json::from_slice(&output.expect("ahm runs").stdout).expect("JSON")
}

/// Whether a source other than the makers, or a correction by others, speaks for a key.
fn is_others(model: &Object, key: &str) -> bool {
    let sources = model["sources"].as_array().into_iter().flatten();
    let mut sourced = sources
        .filter(|source| source["kind"] != "stated")
        .flat_map(|source| source["keys"].as_array().expect("keys"));
    let mut corrections = model["corrections"].as_array().into_iter().flatten();
    let by_others = |own: &Value| ["third-party", "derived"].map(Value::from).contains(own);
    let corrected = |own: &Value| own["key"] == key && own.get("kind").is_some_and(by_others);
    sourced.any(|own| own == key) || corrections.any(corrected)
}

#[test]
fn no_figure_has_a_source_other_than_the_makers() {
    let own = ["--catalog", "tests/catalogs/stated.json"];
    let alone = ["--no-embedded", own[0], own[1]];
    for catalog in [&[][..], &own, &alone] {
        let whole = list(catalog);
        let stated = list(&[catalog, &["--stated"]].concat());
        assert_eq!(whole.len(), stated.len(), "every model stays");
        let mut left_out = 0;
        for (whole, stated) in whole.iter().zip(&stated) {
            for (column, value) in stated {
                let key = FIGURES.iter().find(|(own, _)| own == column);
                let others = key.is_some_and(|(_, key)| is_others(whole, key));
                let is_derived = ESTIMATES.contains(&column.as_str());
                match others {
                    true => assert_eq!(*value, Value::Null, "{column} of {}", whole["id"]),
                    false if is_derived || ["sources", "corrections"].contains(&&**column) => {}
                    false => assert_eq!(*value, whole[column], "{column} of {}", whole["id"]),
                }
                left_out += usize::from(others);
            }
            // The sources are those of what is left.
            for (_, key) in FIGURES {
                assert!(!is_others(stated, key), "{key} of {}", stated["id"]);
            }
        }
        assert!(left_out > 0, "{catalog:?}");
    }
}

#[test]
fn estimates_by_others_are_not_stated() {
    let has = |key: &str| -> Vec<Value> {
        let models = list(&["--stated", "--has", key]);
        models
            .into_iter()
            .map(|model| model["id"].clone())
            .collect()
    };
    let params = has("params");
    for id in ["gpt-3", "bloom", "palm", "llama"] {
        assert!(params.contains(&Value::from(id)), "{id}");
    }
    assert!(!params.contains(&Value::from("bagualu")));
    let listed = |model: &Object| model["line"] != Value::Null;
    assert!(!list(&["--stated", "--has", "cost"]).iter().any(listed));
    let energy = list(&["--stated", "--has", "energy"]);
    let energy: Vec<&Value> = energy
        .iter()
        .filter(|m| listed(m))
        .map(|m| &m["id"])
        .collect();
    assert_eq!(energy, ["llama"]);
    for (id, stated) in [
        ("gpt-3", true),
        ("palm", true),
        ("t-nlg", false),
        ("mt-nlg", false),
    ] {
        assert_eq!(has("compute").contains(&Value::from(id)), stated, "{id}");
    }
}

#[test]
fn what_the_list_prints_is_stated() {
    let listed = list(&["--as-listed"]);
    assert_eq!(list(&["--as-listed", "--stated"]), listed);
}

#[test]
fn every_column_of_figures_is_known_here() {
    // A new figure belongs to one of the lists above, or is a word, a date or a link.
    let command = ["columns", "-f", "csv", "-c", "key,kind", "--no-header"];
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .args(command)
        .output();
    let text = String::from_utf8(output.expect("ahm runs").stdout).expect("UTF-8");
    let numbers = text.lines().filter_map(|line| line.strip_suffix(",number"));
    for key in numbers.filter(|key| !["year", "line", "paper_year"].contains(key)) {
        let known = FIGURES.iter().any(|(own, _)| *own == key) || ESTIMATES.contains(&key);
        assert!(known, "{key}");
    }
}

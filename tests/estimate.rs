//! Published runs are within the bounds of `ahm estimate`.

use std::process::Command;

use serde_json::Value;

/// The rows of an estimate in JSON.
fn rows(args: &[&str]) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .arg("estimate")
        .args(args)
        .args(["-f", "json"])
        .output()
        .expect("ahm runs");
    assert!(run.status.success(), "{args:?}");
    serde_json::from_slice(&run.stdout).expect("JSON")
}

/// The low bound, the value and the high bound of a figure.
#[track_caller]
fn bounds(rows: &[Value], key: &str) -> [f64; 3] {
    let row = rows.iter().find(|row| row["key"] == key).expect("the row");
    ["low", "value", "high"].map(|bound| row[bound].as_f64().expect("a figure"))
}

#[track_caller]
fn holds(rows: &[Value], key: &str, published: f64) {
    let [low, mid, high] = bounds(rows, key);
    assert!(low <= mid && mid <= high, "{key}");
    assert!(
        (low..=high).contains(&published),
        "{key}: {published} is not within {low} to {high}"
    );
}

#[track_caller]
fn near(value: f64, published: f64) {
    assert!((value / published - 1.0).abs() < 0.01, "{value:e}");
}

#[test]
fn gpt_3_took_3_14e23_operations() {
    let rows = rows(&["--params", "174.6B", "--tokens", "300B"]);
    near(bounds(&rows, "compute_flop")[1], 3.14e23);
}

#[test]
fn llama_took_a_million_hours_and_449_megawatt_hours() {
    let rows = rows(&["llama", "--chip", "a100", "--count", "2048"]);
    holds(&rows, "chip_hours", 1_022_362.0);
    holds(&rows, "days", 21.0);
    holds(&rows, "energy_mwh", 449.0);
}

#[test]
fn a_run_that_a_budget_pays_for_costs_the_budget() {
    let bought = rows(&["--budget", "1M", "--chip", "tpuv3", "--mfu", "40%"]);
    let [params, tokens] = ["params", "tokens"].map(|key| bounds(&bought, key)[1]);
    near(tokens / params, 20.0);
    let [params, tokens] = [params, tokens].map(|figure| figure.to_string());
    let back = rows(&["--params", &params, "--tokens", &tokens, "--chip", "tpuv3"]);
    near(bounds(&back, "cost_usd")[1], 1e6);
}

#[test]
fn any_one_figure_of_chinchilla_determines_the_others() {
    for given in [
        ["--params", "70B"],
        ["--tokens", "1.4T"],
        ["--compute", "5.88e23"],
    ] {
        let rows = rows(&given);
        near(bounds(&rows, "params")[1], 70e9);
        near(bounds(&rows, "tokens")[1], 1.4e12);
        near(bounds(&rows, "compute_flop")[1], 5.88e23);
        assert!(rows.iter().any(|row| row["key"] == "chinchilla"));
    }
}

#[test]
fn given_figures_have_no_spread() {
    let args = ["--params", "70B", "--tokens", "1.4T", "--compute", "5.8e23"];
    let machine = [
        "--chip", "h100", "--mfu", "0.5", "--price", "2", "--pue", "1",
    ];
    let rows = rows(&[&args[..], &machine[..]].concat());
    for key in ["params", "tokens", "compute_flop", "chip_hours", "cost_usd"] {
        let [low, mid, high] = bounds(&rows, key);
        assert_eq!([low, high], [mid, mid], "{key}");
    }
    let [low, mid, high] = bounds(&rows, "energy_mwh");
    assert!(low < mid && mid == high, "only the draw is assumed");
}

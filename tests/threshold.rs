//! `ahm threshold` on the embedded catalog: verdicts follow from bounds, bounds from sources.

use serde_json::{Map, Value};
use std::process::Command;

type Object = Map<String, Value>;

fn ask(args: &[&str]) -> Vec<Object> {
    let args = [args, &["-f", "json"]].concat();
    let output = Command::new(env!("CARGO_BIN_EXE_ahm")).args(args).output();
    serde_json::from_slice(&output.expect("ahm runs").stdout).expect("JSON")
}

fn number(row: &Object, key: &str) -> f64 {
    row[key].as_f64().expect("a number")
}

#[test]
fn a_verdict_follows_from_the_bounds() {
    for (threshold, by) in [
        (1e25, "compute"),
        (1e11, "params"),
        (1e6, "cost"),
        (1e3, "energy"),
    ] {
        let rows = ask(&["threshold", &threshold.to_string(), "--by", by]);
        assert!(rows.len() > 50, "{by}: {} rows", rows.len());
        let mut earlier = (0, f64::INFINITY);
        for row in &rows {
            let value = number(row, "value");
            let (low, high) = match row["low"].is_null() {
                true => (value, value),
                false => (number(row, "low"), number(row, "high")),
            };
            let doubt = match row["low"].is_null() {
                true => ", ",
                false => "",
            };
            assert!(low <= value && value <= high, "{row:?}");
            let expected = match (low >= threshold, high >= threshold) {
                (true, _) => "above",
                (false, true) => "undecidable",
                (false, false) => "below",
            };
            let verdict = row["verdict"].as_str().expect("a word");
            assert!(
                verdict.starts_with(&format!("{expected}{doubt}")),
                "{row:?}"
            );
            let rank = ["above", "undecidable", "below"];
            let rank = rank
                .iter()
                .position(|own| *own == expected)
                .expect("one of them");
            let order = (rank, value);
            assert!(earlier.0 < order.0 || earlier.1 >= order.1, "{row:?}");
            earlier = order;
        }
    }
}

#[test]
fn a_basis_is_what_the_sources_of_the_figure_are() {
    let models = ask(&["list", "-c", "id,compute_flop,sources,corrections"]);
    let rows = ask(&["threshold", "1e25"]);
    for row in &rows {
        let model = models
            .iter()
            .find(|own| own["id"] == row["id"])
            .expect("the model");
        assert_eq!(model["compute_flop"], row["compute_flop"], "{row:?}");
        let sources = model["sources"].as_array().into_iter().flatten();
        let mut sources = sources.filter(|source| {
            let keys = source["keys"].as_array().expect("keys");
            keys.iter().any(|key| key == "compute_flop")
        });
        let is_given = !model["compute_flop"].is_null();
        let is_estimate =
            ["compute_6nd", "hardware"].contains(&row["basis"].as_str().expect("text"));
        assert_eq!(is_given, !is_estimate, "{row:?}");
        if let (true, Some(source)) = (is_given, sources.next()) {
            let own = [&row["basis"], &row["source"]];
            assert_eq!(own, [&source["kind"], &source["url"]], "{row:?}");
            let confidence = source.get("confidence").unwrap_or(&Value::Null);
            assert_eq!(&row["confidence"], confidence, "{row:?}");
        }
    }
    let given = models
        .iter()
        .filter(|model| !model["compute_flop"].is_null());
    let is_given = |row: &&Object| !row["compute_flop"].is_null();
    assert_eq!(given.count(), rows.iter().filter(is_given).count());
}

#[test]
fn stated_answers_rest_on_nothing_by_others() {
    let rows = ask(&["threshold", "1e25", "--stated"]);
    for row in &rows {
        let basis = row["basis"].as_str().expect("text");
        assert!(
            ["stated", "listed", "compute_6nd", "hardware"].contains(&basis),
            "{row:?}"
        );
    }
    let is_above = |row: &&Object| {
        row["verdict"]
            .as_str()
            .is_some_and(|own| own.starts_with("above"))
    };
    let stated = rows.iter().filter(is_above).count();
    let all = ask(&["threshold", "1e25", "--verdict", "above"]);
    assert!(0 < stated && stated < all.len() && all.iter().all(|row| is_above(&row)));
}

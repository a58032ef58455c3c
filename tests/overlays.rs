//! What files say of known models and chips reaches every answer alike.

use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use serde_json::{Value, json};

/// An answer in JSON over these catalogs alone.
fn asked(args: &[&str], catalogs: &[Value]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
    command.args(args).args(["-f", "json", "--no-embedded"]);
    for (number, catalog) in catalogs.iter().enumerate() {
        let path = folder.path().join(format!("{number}.json"));
        std::fs::write(&path, catalog.to_string()).expect("a file");
        command.arg("--catalog").arg(Path::new(&path));
    }
    let run = command.output().expect("an answer");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{args:?}: {said}");
    serde_json::from_slice(&run.stdout).expect("JSON")
}

const KEYS: [&str; 3] = ["params", "tokens", "epochs"];

/// What an entry says of a key: a value, and a correction with a value or without.
type ExternalRecord = (Option<u32>, Option<Option<u32>>);

fn entry() -> impl Strategy<Value = [ExternalRecord; 3]> {
    let said = || {
        let number = || 1u32..1000;
        let correction = prop::option::of(prop::option::weighted(0.8, number()));
        (prop::option::of(number()), correction)
    };
    [said(), said(), said()]
}

fn model(entry: &[ExternalRecord; 3]) -> Value {
    let mut model = json!({ "id": "a", "name": "A", "corrections": [] });
    for (key, (value, correction)) in KEYS.into_iter().zip(entry) {
        if let Some(value) = value {
            model[key] = json!(value);
        }
        if let Some(value) = correction {
            let mut correction =
                json!({ "key": key, "why": "so", "source": "https://example.org" });
            if let Some(value) = value {
                correction["value"] = json!(value);
            }
            let corrections = model["corrections"].as_array_mut().expect("a list");
            corrections.push(correction);
        }
    }
    model
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn of_each_key_the_last_word_holds(entries in prop::collection::vec(entry(), 1..5)) {
        let models: Vec<Value> = entries.iter().map(|entry| json!([model(entry)])).collect();
        let listed = asked(&["list", "-c", "params,tokens,epochs"], &models);
        let explained = asked(&["explain", "a"], &models);
        for (i, key) in KEYS.into_iter().enumerate() {
            let (mut given, mut correction) = (None, None);
            for (value, corrected) in entries.iter().map(|entry| entry[i]) {
                if value.is_some() {
                    (given, correction) = (value, None);
                }
                correction = corrected.or(correction);
            }
            let value = correction.unwrap_or(given);
            prop_assert_eq!(&listed[0][key], &json!(value), "{}", key);
            let explained = explained.as_array().expect("a list");
            let explained = explained.iter().find(|explained| explained["key"] == key);
            let shown = explained.map(|explained| explained["correction"].clone());
            let shown = shown.filter(|shown| !shown.is_null());
            let shown = shown.map(|shown| (shown["listed"].clone(), shown["value"].clone()));
            let expected = correction.map(|value| (json!(given), json!(value)));
            prop_assert_eq!(shown, expected, "{}", key);
        }
    }
}

/// A chip with a price of a unit, and a run on it that reaches a share of its peak.
#[derive(Debug, Clone)]
struct Run {
    chips_per_device: u32,
    cores_per_chip: u32,
    peak: u32,
    watts: u32,
    usd: f64,
    per: &'static str,
    unit: &'static str,
    count: u32,
    days: u32,
    in_hours: bool,
    share: f64,
}

fn run() -> impl Strategy<Value = Run> {
    let unit = || prop::sample::select(vec!["chip", "device", "core"]);
    // Cores in powers of two: a core is then an exact part of a chip.
    let chip = (
        1u32..9,
        prop::sample::select(vec![1u32, 2, 4, 8]),
        1u32..1000,
    );
    let price = (1u32..2000, 1u32..10_000, unit());
    let hardware = (unit(), 1u32..5000, 1u32..200, any::<bool>());
    let share = prop::sample::select(vec![0.125, 0.25, 0.5, 0.75]);
    (chip, price, hardware, share).prop_map(|(chip, price, hardware, share)| Run {
        chips_per_device: chip.0,
        cores_per_chip: chip.1,
        peak: chip.2,
        watts: price.0,
        usd: f64::from(price.1) / 100.0,
        per: price.2,
        unit: hardware.0,
        count: hardware.1,
        days: hardware.2,
        in_hours: hardware.3,
        share,
    })
}

impl Run {
    /// How many chips a unit is.
    fn chips(&self, unit: &str) -> f64 {
        match unit {
            "device" => f64::from(self.chips_per_device),
            "core" => 1.0 / f64::from(self.cores_per_chip),
            _ => 1.0,
        }
    }

    fn unit_hours(&self) -> f64 {
        f64::from(self.count) * f64::from(self.days) * 24.0
    }

    fn chip_hours(&self) -> f64 {
        self.unit_hours() * self.chips(self.unit)
    }

    fn catalog(&self) -> Value {
        // Of few binary digits, so that the compute of a share of it is exact.
        let peak = f64::from(self.peak) * 2f64.powi(30);
        let mut hardware = json!({ "chip": "Own", "unit": self.unit });
        if self.in_hours {
            hardware["hours"] = json!(self.unit_hours());
        } else {
            hardware["count"] = json!(self.count);
            hardware["days"] = json!(self.days);
        }
        json!({
            "models": [{
                "id": "a", "name": "A", "hardware": [hardware],
                "compute_flop": self.chip_hours() * 3600.0 * peak * self.share,
            }],
            "chips": [{
                "chip": "Own", "chips_per_device": self.chips_per_device,
                "cores_per_chip": self.cores_per_chip, "peak_flops": peak, "tdp_w": self.watts,
                "usd_per_hour": self.usd, "priced_per": self.per,
            }],
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn list_explain_and_estimate_do_one_arithmetic(run in run()) {
        let catalog = [run.catalog()];
        let share = run.share.to_string();
        let keys = ["chip_hours", "utilization", "cost_estimate_usd", "energy_estimate_mwh"];
        let listed = &asked(&["list", "-c", &keys.join(",")], &catalog)[0];
        let estimated = asked(&["estimate", "a", "--chip", "own", "--mfu", &share], &catalog);
        for (key, of_run) in keys.into_iter().zip(["chip_hours", "utilization", "cost_usd", "energy_mwh"]) {
            let mut rows = estimated.as_array().expect("rows").iter();
            let row = rows.find(|row| row["key"] == of_run).expect("the row");
            prop_assert_eq!(&listed[key], &row["value"], "{}", key);
            let explained = asked(&["explain", &format!("a.{key}")], &catalog);
            prop_assert_eq!(&listed[key], &explained["derivations"][0]["mid"], "{}", key);
        }
        let hours = run.chip_hours();
        let expected = hours / run.chips(run.per) * run.usd;
        let near = |key: &str, expected: f64| {
            let value = listed[key].as_f64().expect("a figure");
            (value / expected - 1.0).abs() < 1e-9
        };
        prop_assert!(near("chip_hours", hours));
        prop_assert!(near("utilization", run.share));
        prop_assert!(near("cost_estimate_usd", expected), "{}", expected);
        prop_assert!(near("energy_estimate_mwh", hours * f64::from(run.watts) * 1.1 / 1e6));
    }
}

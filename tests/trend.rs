//! Trends of the catalog, against those that SciPy fits to the same points.

use std::process::Command;

use serde_json::Value;

/// The records that `ahm trend … -f json` prints.
fn ask(args: &[&str]) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .arg("trend")
        .args(args)
        .args(["-f", "json"])
        .output()
        .expect("ahm runs");
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

const LISTED: [&str; 5] = ["--as-listed", "--section", "language", "--by", "compute"];

#[track_caller]
fn near(record: &Value, key: &str, expected: f64) {
    let found = record[key].as_f64().expect("a number");
    assert!((found / expected - 1.0).abs() < 1e-9, "{key}: {found}");
}

/// `scipy.stats.linregress` 1.17.1 of log10(compute_flop) on year + (month − 1) ÷ 12, the
/// interval by `scipy.stats.t.ppf(0.975, n − 2)`.
#[test]
fn the_line_is_that_of_scipy() {
    let records = ask(&LISTED);
    let [record] = records.as_slice() else {
        panic!("one trend: {records:?}");
    };
    assert_eq!(record["n"], 21);
    let slopes = [
        ("growth_per_year", 1.070_057_714_992_412),
        ("growth_low", 0.702_047_443_419_719_3),
        ("growth_high", 1.438_067_986_565_104_7),
    ];
    for (key, slope) in slopes {
        near(record, key, 10f64.powf(slope));
    }
    let months = [
        ("doubling_months", slopes[0].1),
        ("doubling_low", slopes[2].1),
        ("doubling_high", slopes[1].1),
    ];
    for (key, slope) in months {
        near(record, key, 12.0 * 2f64.log10() / slope);
    }
    near(record, "r2", 0.660_942_004_124_956_5);
    assert_eq!(
        (&record["first"], &record["last"]),
        (&"2018-06".into(), &"2022-04".into())
    );
}

/// The list has two figures a thousand times too large. Only the GPT of 2018, the first point and
/// far below the line, moves it more; SciPy fitted to all points but each finds the same.
#[test]
fn errors_of_the_list_influence_its_trend_most() {
    let records = ask(&LISTED);
    let influence = records[0]["influence"].as_array().expect("points");
    let names: Vec<&str> = influence
        .iter()
        .filter_map(|i| i["name"].as_str())
        .collect();
    assert_eq!(names, ["GPT", "GPT-NeoX", "HyperCLOVA"]);
    for (point, growth) in influence.iter().zip([
        8.799_808_173_513_771,
        9.766_188_945_556_89,
        10.577_849_827_937_866,
    ]) {
        near(point, "growth_without", growth);
    }
    // The others fitted in Python: the point over their line, and that over the error of a
    // prediction.
    for (point, (over, residual)) in influence.iter().zip([
        (0.025_985_205_490_319_22, -1.499_318_241_773_861_5),
        (39.011_962_709_697_634, 1.624_883_440_022_847_6),
        (221.442_450_554_854_7, 2.765_570_648_207_149),
    ]) {
        near(point, "over_line", over);
        near(point, "residual", residual);
    }
}

/// Each period is the trend of its own models. The test of their difference is that of
/// `scipy.stats.ttest_ind_from_stats(…, equal_var=False)` 1.17.1 with the slopes of `linregress`,
/// `std = stderr × √(n − 1)` and `nobs = n − 1`.
#[test]
fn a_break_tests_whether_growth_changed() {
    let of = ["--as-listed", "--by", "params"];
    let records = ask(&[&of[..], &["--break", "2021-06"]].concat());
    let [before, since] = records.as_slice() else {
        panic!("two periods: {records:?}");
    };
    for (period, own) in [
        (before, ["--until", "2021-05"]),
        (since, ["--since", "2021-06"]),
    ] {
        let alone = ask(&[&of[..], &own].concat());
        for (key, value) in alone[0].as_object().expect("a record") {
            assert_eq!(&period[key], value, "{key}");
        }
    }
    assert_eq!((&before["n"], &since["n"]), (&29.into(), &51.into()));
    assert!(before["change_t"].is_null());
    near(since, "change_t", -2.218950854258728);
    near(since, "change_df", 75.0139646832989);
    near(since, "change_p", 0.02951398761918031);
    near(since, "change_ratio", 0.23980927219649706);
    near(since, "change_low", 0.06654745313082543);
    near(since, "change_high", 0.864172621578137);
}

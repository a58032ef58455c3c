//! Records: what is printed of them does not change what they are.

use std::fs;
use std::path::PathBuf;

use ahm::cli::Cli;
use ahm::output::Output;
use clap::Parser;
use proptest::prelude::*;
use serde_json::json;

mod shared;

use shared::Shared;

/// The lines of an answer as CSV, without its first.
fn rows(catalog: &str, args: &[&str]) -> Vec<String> {
    let answer = Shared::default();
    let mut out = Output::pipe(Box::new(answer.clone()));
    let own = ["-f", "csv", "--no-embedded", "--catalog", catalog];
    let cli = Cli::try_parse_from([&["ahm", "frontier"], args, &own].concat());
    cli.expect("a command line")
        .run_with(&mut out)
        .expect("an answer");
    drop(out);
    answer.text().lines().skip(1).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn since_cuts_what_is_printed_and_until_ends_history(
        models in prop::collection::vec((2015u32..2025, 1u32..13, 1u32..9, any::<bool>()), 1..30),
        year in 2014u32..2026,
    ) {
        let line = |(i, (year, month, params, open)): (usize, &(u32, u32, u32, bool))| json!({
            "id": format!("m{i}"), "name": format!("M{i}"),
            "announced": format!("{year}-{month:02}"), "params": params,
            "access": if *open { "open" } else { "closed" },
        }).to_string();
        let lines: Vec<String> = models.iter().enumerate().map(line).collect();
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("frontier.ndjson");
        fs::write(&path, lines.join("\n")).expect("a catalog");
        let path = path.to_str().expect("UTF-8");
        let month = |row: &str| row.split(',').nth(2).expect("a month").to_owned();

        for kind in [&[][..], &["--lag"], &["--top", "3"]] {
            let all = rows(path, kind);
            let since = format!("{year}");
            let shown = rows(path, &[kind, &["--since", &since]].concat());
            let expected: Vec<String> =
                all.iter().filter(|row| month(row) >= since).cloned().collect();
            prop_assert_eq!(shown, expected);
            // The latest rows, unchanged.
            let latest = rows(path, &[kind, &["-n", "3"]].concat());
            prop_assert_eq!(&latest[..], &all[all.len().saturating_sub(3)..]);
        }
        // The largest one at each time is the record, and whatever ties with it in its month.
        let cells = |row: &String, count: usize| -> Vec<String> {
            row.split(',').map(str::to_owned).skip(2).take(count).collect()
        };
        let mut first: Vec<Vec<String>> = rows(path, &["--top", "1"]).iter().map(|r| cells(r, 2)).collect();
        first.dedup();
        let records: Vec<Vec<String>> = rows(path, &[]).iter().map(|r| cells(r, 2)).collect();
        prop_assert_eq!(first, records);
        // Later models have not happened yet: the same holders, whatever came after them.
        let name = |row: &String| row.split(',').next().unwrap_or_default().to_owned();
        let until = format!("{year}");
        let all = rows(path, &[]);
        let end = format!("{year}-13");
        let expected: Vec<String> =
            all.iter().filter(|row| month(row) < end).map(name).collect();
        let shown: Vec<String> = rows(path, &["--until", &until]).iter().map(name).collect();
        prop_assert_eq!(shown, expected);
    }
}

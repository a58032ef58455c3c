//! A table that is imported is a catalog that has the models of the table.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

#[track_caller]
fn ahm(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm")).args(args).output();
    let output = output.expect("ahm runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn imported_tables_are_the_tables() {
    for (name, map) in [
        ("epoch.csv", ""),
        ("hf_models.json", ""),
        ("api.json", ""),
        ("llm-stats", ""),
        ("all_assets.csv", ""),
        ("own.csv", ""),
        ("bare.json", ""),
        ("utf16.tsv", "org=lab"),
        ("semicolon.csv", "name=Modell,org=Lab,params=Size (B):1e9"),
        ("scores.csv", "params=Size (B):1e9"),
    ] {
        let table = format!("tests/catalogs/tables/{name}");
        let map: &[&str] = if map.is_empty() { &[] } else { &["--map", map] };
        let import = [&["import", &table, "--no-embedded"], map].concat();
        let imported =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("tables-{name}.json"));
        fs::write(&imported, ahm(&import)).expect("a file");
        let imported = imported.to_str().expect("UTF-8");
        // Keys of its own stay with the table.
        const COLUMNS: &str = "id,name,organizations,announced,access,license,params,active,context,\
            tokens,compute,hardware,fields,weights,sources,notes";
        for question in [
            &["list", "-f", "json", "-c", COLUMNS][..],
            &["list", "-c", COLUMNS],
            &["list", "-f", "json", "--stated", "-c", COLUMNS],
            &["stats", "--by", "organizations", "-f", "json"],
        ] {
            let read = [question, &["--no-embedded", "--catalog", &table], map].concat();
            let back = [question, &["--no-embedded", "--catalog", imported]].concat();
            assert_eq!(ahm(&read), ahm(&back), "{name}: {question:?}");
        }
        ahm(&["check", imported, "--no-embedded"]);
    }
}

//! Where `--svg` writes: never over an input file, and over another file as an editor does.
#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An empty directory for a test.
fn directory(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("svg-file-{name}"));
    let _ = fs::set_permissions(&path, Permissions::from_mode(0o755));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a directory");
    path
}

/// Three models, enough for a record and a trend.
const MODELS: &str = r#"{"id":"a","name":"A","announced":"2020-01","params":1e9}
{"id":"b","name":"B","announced":"2021-01","params":2e9}
{"id":"c","name":"C","announced":"2022-01","params":9e9}
"#;

/// A catalog in a directory, under a name that a chart may have.
fn catalog(directory: &Path) -> PathBuf {
    let path = directory.join("models.svg");
    fs::write(&path, MODELS).expect("a catalog");
    path
}

fn ahm(command: &str, catalog: &Path) -> Command {
    let mut ahm = Command::new(env!("CARGO_BIN_EXE_ahm"));
    ahm.args([command, "--no-embedded", "--catalog"])
        .arg(catalog);
    ahm
}

#[track_caller]
fn refused(output: &Output, says: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(says), "{stderr}");
    assert!(output.stdout.is_empty(), "an answer was written");
}

#[track_caller]
fn drawn(command: &mut Command, svg: &Path) {
    let output = command.arg("--svg").arg(svg).output().expect("a run");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = fs::read_to_string(svg).expect("a chart");
    assert!(text.starts_with("<svg") && text.trim_end().ends_with("</svg>"));
}

/// Whether permissions hold for this user; else the reason is printed.
fn permissions_hold(directory: &Path) -> bool {
    let locked = directory.join("locked");
    fs::write(&locked, "").expect("a file");
    fs::set_permissions(&locked, Permissions::from_mode(0o000)).expect("a mode");
    let hold = File::open(&locked).is_err();
    fs::remove_file(&locked).expect("removed");
    if !hold {
        let reason = "skipped: this user reads and writes whatever the mode";
        writeln!(std::io::stderr(), "{reason}").expect("standard error");
    }
    hold
}

#[test]
fn input_files_are_never_overwritten() {
    let directory = directory("read");
    let catalog = catalog(&directory);
    let [link, hard, up] = ["link.svg", "hard.svg", "up/../models.svg"].map(|n| directory.join(n));
    symlink("models.svg", &link).expect("a link");
    fs::hard_link(&catalog, &hard).expect("a link");
    fs::create_dir(directory.join("up")).expect("a directory");
    let says = "is a catalog that this command reads";
    for command in ["frontier", "trend"] {
        for svg in [&catalog, &link, &hard, &up] {
            let output = ahm(command, &catalog).arg("--svg").arg(svg).output();
            refused(&output.expect("a run"), says);
            let mut by_environment = Command::new(env!("CARGO_BIN_EXE_ahm"));
            by_environment.env("AHM_CATALOG", &catalog);
            let output = by_environment.args([command, "--svg"]).arg(svg).output();
            refused(&output.expect("a run"), says);
            let mut stdin = ahm(command, Path::new("-"));
            stdin.stdin(File::open(&catalog).expect("the catalog"));
            let output = stdin.arg("--svg").arg(svg).output();
            refused(&output.expect("a run"), says);
        }
    }
    assert_eq!(fs::read_to_string(&catalog).expect("the catalog"), MODELS);
}

#[test]
fn charts_have_names_in_svg() {
    let directory = directory("ending");
    let catalog = catalog(&directory);
    for name in ["x.png", "models.ndjson", "x.svgz", "x.svg.bak", "x."] {
        let svg = directory.join(name);
        let output = ahm("frontier", &catalog).arg("--svg").arg(&svg).output();
        refused(&output.expect("a run"), "the chart is SVG");
        assert!(!svg.exists(), "{name}");
    }
    for name in ["x.svg", "X.SVG", "x"] {
        drawn(&mut ahm("frontier", &catalog), &directory.join(name));
    }
}

#[test]
fn an_existing_file_keeps_its_mode_and_links() {
    let directory = directory("existing");
    let catalog = catalog(&directory);
    let [own, hard, link, dangling] =
        ["own.svg", "hard.svg", "link.svg", "dangling.svg"].map(|name| directory.join(name));
    // Longer than the chart, so that a remainder would be seen.
    fs::write(&own, "x".repeat(1 << 20)).expect("a file");
    fs::set_permissions(&own, Permissions::from_mode(0o600)).expect("a mode");
    fs::hard_link(&own, &hard).expect("a link");
    symlink("own.svg", &link).expect("a link");
    symlink("made.svg", &dangling).expect("a link");
    let before = fs::metadata(&own).expect("a file");
    for svg in [&own, &hard, &link, &dangling] {
        drawn(&mut ahm("trend", &catalog), svg);
    }
    let after = fs::metadata(&own).expect("a file");
    assert_eq!(after.permissions().mode() & 0o777, 0o600);
    assert_eq!((after.ino(), after.nlink()), (before.ino(), 2));
    for link in [&link, &dangling] {
        assert!(fs::symlink_metadata(link).expect("a link").is_symlink());
    }
    assert!(directory.join("made.svg").is_file());
    let left = fs::read_dir(&directory).expect("a directory").count();
    assert_eq!(left, 6, "nothing else was left");
}

#[test]
fn a_writable_file_in_a_read_only_directory_is_written() {
    let directory = directory("folder");
    let catalog = catalog(&directory);
    if !permissions_hold(&directory) {
        return;
    }
    let svg = directory.join("own.svg");
    fs::write(&svg, "old").expect("a file");
    fs::set_permissions(&directory, Permissions::from_mode(0o555)).expect("a mode");
    drawn(&mut ahm("frontier", &catalog), &svg);
    let new = ahm("frontier", &catalog)
        .arg("--svg")
        .arg(directory.join("new.svg"))
        .output();
    refused(&new.expect("a run"), "cannot write");
    fs::set_permissions(&directory, Permissions::from_mode(0o755)).expect("a mode");
}

#[test]
fn a_failed_write_is_an_error_and_leaves_no_file() {
    let directory = directory("failed");
    let catalog = catalog(&directory);
    let [inside, nowhere] = ["models.svg/x.svg", "none/x.svg"].map(|name| directory.join(name));
    for svg in [&directory, &inside, &nowhere, Path::new("")] {
        let output = ahm("frontier", &catalog).arg("--svg").arg(svg).output();
        refused(&output.expect("a run"), "cannot write");
    }
    if Path::new("/dev/full").exists() {
        let output = ahm("frontier", &catalog)
            .args(["--svg", "/dev/full"])
            .output();
        refused(&output.expect("a run"), "cannot write");
    }
    let left = fs::read_dir(&directory).expect("a directory").count();
    assert_eq!(left, 1, "only the catalog");
}

#[test]
fn devices_are_written_to() {
    let directory = directory("devices");
    let catalog = catalog(&directory);
    let output = ahm("frontier", &catalog)
        .args(["--svg", "/dev/null"])
        .output();
    assert_eq!(output.expect("a run").status.code(), Some(0));
    // The chart and the table, one after the other, in a pipe and in a file.
    let output = ahm("frontier", &catalog)
        .args(["--svg", "/dev/stdout", "-f", "csv"])
        .output();
    let piped = String::from_utf8(output.expect("a run").stdout).expect("UTF-8");
    let (chart, table) = piped.split_once("</svg>").expect("a chart");
    assert!(
        chart.starts_with("<svg") && table.contains("2022-01"),
        "{table}"
    );
    let path = directory.join("out.txt");
    let mut to_file = ahm("frontier", &catalog);
    to_file.args(["--svg", "/dev/stdout", "-f", "csv"]);
    let file = Stdio::from(File::create(&path).expect("a file"));
    assert!(to_file.stdout(file).status().expect("a run").success());
    assert_eq!(fs::read_to_string(&path).expect("an answer"), piped);
}

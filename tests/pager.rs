//! What is longer than the terminal is handed to a pager, the remarks with it.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `ahm` on a terminal of 10 lines, with a pager that writes to the file; what else is shown, and
/// the exit code. Nothing if there is no `script` of util-linux, which makes a terminal.
fn on_terminal(words: &str, log: &Path) -> Option<(String, Option<i32>)> {
    with_pager(words, &format!("cat > '{}'", log.display()))
}

/// The same with any pager.
#[expect(
    clippy::print_stdout,
    reason = "what is skipped, is skipped with a reason"
)]
fn with_pager(words: &str, pager: &str) -> Option<(String, Option<i32>)> {
    let version = Command::new("script").arg("--version").output();
    if !version.is_ok_and(|own| own.stdout.windows(10).any(|w| w == b"util-linux")) {
        println!("skipped: there is no `script` of util-linux here");
        return None;
    }
    let line = format!("stty rows 10 cols 80; exec \"$AHM\" {words}");
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm")
        .env("AHM", env!("CARGO_BIN_EXE_ahm"))
        .env("AHM_PAGER", pager)
        .env("AHM_CATALOG", "tests/catalogs/2026-08.json")
        .env("AHM_NO_EMBEDDED", "true")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("script runs");
    let shown = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    Some((shown, output.status.code()))
}

#[test]
fn long_answers_for_people_are_paged() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    for (words, is_paged, part, code) in [
        ("list", true, "392 models", 0),
        ("list -n 2", false, "2 of 392 models", 0),
        ("show gpt3", true, "GPT-3", 0),
        ("list --help", true, "Usage: ahm list", 0),
        ("list -h", false, "Usage: ahm list", 0),
        ("list --no-pager", false, "392 models", 0),
        ("list -f csv", false, "id,name", 0),
        ("list no-such-model", false, "no matches", 1),
        ("list --where 'params>'", false, "error: ", 2),
        (
            "diff tests/catalogs/diff-old.json tests/catalogs/diff-new.json",
            true,
            "differ",
            1,
        ),
    ] {
        let _ = std::fs::remove_file(&log);
        let Some((shown, exit)) = on_terminal(words, &log) else {
            return;
        };
        let paged = std::fs::read_to_string(&log).ok();
        assert_eq!(paged.is_some(), is_paged, "{words}: {shown}");
        let [text, other] = match &paged {
            Some(paged) => [&**paged, &shown],
            None => [&shown, ""],
        };
        assert!(text.contains(part), "{words}: {text}");
        assert_eq!((other, exit), ("", Some(code)), "{words}");
    }
}

#[test]
fn leaving_the_pager_ends_the_answer() {
    // More than a pipe holds.
    let Some((shown, exit)) = with_pager("list -c all", "head -n 1") else {
        return;
    };
    assert_eq!((shown.lines().count(), exit), (1, Some(0)), "{shown}");
    // One that fails shows nothing of a short answer, which is then written.
    let Some((shown, exit)) = with_pager("list -n 30", "cat > /dev/null; exit 1") else {
        return;
    };
    assert_eq!(exit, Some(0));
    assert!(shown.lines().count() > 30, "{shown}");
}

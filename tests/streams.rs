//! What a run does with its streams when nobody reads, nothing fits, or colour is asked for.
#![cfg(unix)]

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::process::{Command, Stdio};

fn ahm(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
    command.args(args);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

#[test]
fn a_closed_pipe_is_success() {
    // More than a pipe holds, so that the writer is still at it when the reader leaves.
    let ids = ahm(&["list", "-f", "tsv", "-c", "id", "--no-header"]).output();
    let ids = String::from_utf8(ids.expect("ahm runs").stdout).expect("UTF-8");
    let mut child = ahm(&["show", "-f", "json"])
        .args(ids.lines())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("ahm runs");
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut byte = [0];
    stdout.read_exact(&mut byte).expect("an answer");
    drop(stdout);
    let output = child.wait_with_output().expect("ahm ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let full = || OpenOptions::new().write(true).open("/dev/full");
    let read_only = || File::open("/dev/null");
    for place in [&full as &dyn Fn() -> io::Result<File>, &read_only] {
        // Not every system has a device that is always full.
        if place().is_err() {
            continue;
        }
        for question in [
            &["list"][..],
            &["list", "-f", "json"],
            &["show", "gpt-3"],
            &["check", "tests/catalogs/mistakes.json"],
            &["frontier", "--svg", "-"],
            &["completions", "bash"],
            &["man"],
            &["--help"],
            &["help", "list"],
            &["--version"],
        ] {
            let output = ahm(question)
                .stdout(place().expect("a device"))
                .stderr(Stdio::piped())
                .output()
                .expect("ahm runs");
            assert_eq!(output.status.code(), Some(2), "{question:?}");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(
                stderr.starts_with("error: cannot write the answer: "),
                "{question:?}: {stderr}"
            );
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_closed_standard_output_is_a_failure() {
    for (words, code) in [
        ("list", 2),
        ("--version", 2),
        ("list no-such-model -f names", 1),
    ] {
        let command = format!("exec \"$0\" {words} >&-");
        let output = Command::new("sh")
            .args(["-c", &command, env!("CARGO_BIN_EXE_ahm")])
            .env_remove("AHM_CATALOG")
            .output()
            .expect("a shell");
        assert_eq!(output.status.code(), Some(code), "{words}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let said = "error: cannot write the answer: standard output is closed\n";
        assert_eq!(stderr == said, code == 2, "{words}: {stderr}");
    }
}

#[test]
fn an_answer_that_is_thrown_away_is_none_that_cannot_be_written() {
    // Some programs open the null device for reading, too, before they start another.
    let both = OpenOptions::new().read(true).write(true).open("/dev/null");
    for place in [Stdio::null(), both.expect("a null device").into()] {
        let status = ahm(&["list"]).stdout(place).status();
        assert_eq!(status.expect("ahm runs").code(), Some(0));
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let coloured = |command: &mut Command| {
        let output = command.output().expect("ahm runs");
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "",
            "no remark in a pipe"
        );
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&mut ahm(&["list"])));
    assert!(coloured(&mut ahm(&["list", "--color", "always"])));
    assert!(coloured(ahm(&["list"]).env("CLICOLOR_FORCE", "1")));
    assert!(!coloured(
        ahm(&["list", "--color", "never"]).env("CLICOLOR_FORCE", "1")
    ));
    assert!(!coloured(&mut ahm(&[
        "list", "--color", "always", "-f", "csv"
    ])));
}

#[test]
fn a_mistake_is_one_though_nobody_reads_of_it() {
    let mut child = ahm(&["list", "--no-such-flag"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("ahm runs");
    drop(child.stderr.take());
    let status = child.wait().expect("ahm ends");
    assert_eq!(status.code(), Some(2));
}

//! What a run does with its streams when nobody reads, nothing fits, or colour is asked for.
#![cfg(unix)]

use std::fs::OpenOptions;
use std::io::Read;
use std::process::{Command, Stdio};

fn ahm(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
    command.args(args).env_remove("NO_COLOR");
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
fn a_full_disk_is_a_failure() {
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let output = ahm(&["list"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("ahm runs");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.starts_with("error: cannot write the answer: "),
        "{stderr}"
    );
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

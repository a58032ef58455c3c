//! A machine that starts no further thread gets the same answers.
#![cfg(unix)]

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A stack that no address space holds: no thread can be started.
const STACK: &str = "281474976710656";

/// A catalog of more than one piece, and of more rows than one thread sorts or writes.
fn catalog() -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("threads.ndjson");
    let (mut models, data) = (String::new(), "words ".repeat(100));
    for i in 0..12_000u64 {
        let (org, params, year) = (i % 7, (i * 7_919) % 12_000 + 1, 2005 + i % 20);
        let _ = writeln!(
            models,
            r#"{{"id":"m{i}","name":"Model {i:05}","organizations":["Org {org}"],"params":{params}000000,"announced":"{year}-01","dataset":"{data}"}}"#
        );
    }
    fs::write(&path, models).expect("a file");
    path
}

#[test]
fn answers_need_no_further_thread() {
    let catalog = catalog();
    let ask = |question: &[&str], limited: bool| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
        command.args(question).arg("--no-embedded");
        command.arg("--catalog").arg(&catalog);
        if limited {
            command.env("RUST_MIN_STACK", STACK);
        }
        command.output().expect("ahm runs")
    };
    for question in [
        &["sort", "--by", "params", "-f", "csv"][..],
        &["list", "-f", "jsonl", "--where", "params > 1e9"],
        &["stats", "--by", "org"],
        &["show", "Model 00005"],
    ] {
        let (free, limited) = (ask(question, false), ask(question, true));
        let stderr = String::from_utf8_lossy(&limited.stderr);
        assert_eq!(limited.status, free.status, "{question:?}: {stderr}");
        assert!(limited.stdout == free.stdout, "{question:?}");
        assert_eq!(limited.stderr, free.stderr, "{question:?}");
    }
}

//! `ahm open` hands the address to the browser, as one argument.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// What `ahm open` prints, and remarks, with this `BROWSER`.
fn open(args: &[&str], browser: &str) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .arg("open")
        .args(args)
        .args(["--no-embedded", "--catalog", "tests/catalogs/2026-08.json"])
        .env("BROWSER", browser)
        .env_remove("AHM_CATALOG")
        .output()
        .expect("ahm runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A program that writes its arguments, a line each, to the file.
fn browser(folder: &Path, log: &Path) -> String {
    let program = folder.join("browser");
    let script = format!(
        "#!/bin/sh\necho started; printf '%s\\n' \"$@\" > '{}'\n",
        log.display()
    );
    std::fs::write(&program, script).expect("a script");
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&program, mode).expect("a mode");
    program.display().to_string()
}

#[test]
fn the_browser_gets_the_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    let program = browser(folder.path(), &log);
    for (arguments, command, expected) in [
        (
            &["gpt-3"][..],
            program.clone(),
            "https://papers.nips.cc/paper/2020/file/1457c0d6bfcb4967418bfb8ac142f64a-Paper.pdf\n",
        ),
        (
            &["bloom", "--weights"],
            format!("{program} -x"),
            "-x\nhttps://huggingface.co/bigscience/bloom\n",
        ),
        // The first that works.
        (
            &["gpt-3"],
            format!("/no/such/program:false:{program} [%s]"),
            "[https://papers.nips.cc/paper/2020/file/1457c0d6bfcb4967418bfb8ac142f64a-Paper.pdf]\n",
        ),
    ] {
        let _ = std::fs::remove_file(&log);
        let (code, stdout, stderr) = open(arguments, &command);
        assert_eq!((code, &*stdout), (Some(0), ""), "{stderr}");
        assert!(stderr.contains("note: opened https://"), "{stderr}");
        let seen = std::fs::read_to_string(&log).expect("a log");
        assert_eq!(seen, expected);
    }
}

#[test]
fn without_a_browser_the_address_is_printed() {
    let (code, stdout, stderr) = open(&["gpt-3"], "/no/such/program:false");
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(
        stdout,
        "https://papers.nips.cc/paper/2020/file/1457c0d6bfcb4967418bfb8ac142f64a-Paper.pdf\n"
    );
    let reason = "note: no browser started: /no/such/program not found";
    assert!(
        stderr.starts_with(reason) && stderr.contains("; false: exit status: 1"),
        "{stderr}"
    );
}

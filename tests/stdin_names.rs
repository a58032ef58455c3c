//! Names from standard input, and receipts of answers.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs the program on the embedded catalog with this standard input.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .args(arguments)
        .env_remove("AHM_CATALOG")
        .env_remove("AHM_NO_EMBEDDED")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its standard input");
    // A command that fails early does not read it.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[track_caller]
fn case(arguments: &[&str], input: &str, expected: (&str, &str, i32)) {
    let out = run(arguments, input.as_bytes());
    let (stdout, stderr) = (text(&out.stdout), text(&out.stderr));
    let found = (&*stdout, &*stderr, out.status.code().expect("an exit code"));
    assert_eq!(found, expected, "{arguments:?}");
}

#[test]
fn what_list_writes_names_the_same_models() {
    for format in ["names", "ids"] {
        let listed = run(&["list", "--org", "meta", "-f", format], b"");
        let shown = run(&["show", "-", "-f", format], &listed.stdout);
        assert_eq!(text(&shown.stdout), text(&listed.stdout));
        assert!(listed.stdout.len() > 100);
    }
    let listed = run(&["list", "--org", "meta", "-f", "names"], b"");
    let cited = run(&["cite", "-"], &listed.stdout);
    let entries = run(&["list", "--org", "meta", "-f", "bibtex"], b"");
    assert_eq!(text(&cited.stdout), text(&entries.stdout));
}

#[test]
fn unknown_names_do_not_hide_the_others() {
    let unknown = "error: no model named `no such model`\n";
    let names = "gpt-3\n\n no such model \nGPT-2";
    case(
        &["show", "-", "-f", "ids"],
        names,
        ("gpt-3\ngpt-2\n", unknown, 1),
    );
    let out = run(&["cite", "gpt-3", "no such model"], b"");
    assert!(text(&out.stdout).starts_with("@"), "{out:?}");
    assert_eq!(
        (text(&out.stderr).as_str(), out.status.code()),
        (unknown, Some(1))
    );
    // An ambiguous name is misuse, whatever else is unknown.
    let out = run(
        &["show", "gpt-3", "claude 3.5", "no such model", "-f", "ids"],
        b"",
    );
    assert_eq!(
        (text(&out.stdout).as_str(), out.status.code()),
        ("gpt-3\n", Some(2))
    );
    let out = run(
        &["compare", "-", "-f", "csv"],
        b"gpt-3\nno such model\ngpt-2\n",
    );
    assert!(text(&out.stdout).starts_with("key,gpt-3,gpt-2,"), "{out:?}");
    assert_eq!(out.status.code(), Some(1));
}

#[test]
fn standard_input_is_read_once() {
    let twice = "error: `-` is given twice, but standard input can be read only once\n";
    case(&["show", "-", "-"], "gpt-3\n", ("", twice, 2));
    let both = "error: `-` cannot be both the catalog and the names: standard input can be read \
                only once\n";
    case(&["show", "-", "--catalog", "-"], "[]", ("", both, 2));
    let none = "error: no names on standard input (one per line)\n";
    case(&["show", "-"], "\n  \n", ("", none, 1));
    let out = run(&["show", "-"], b"gpt-3\n\xff\n");
    let broken = "error: standard input cannot be read: stream did not contain valid UTF-8\n";
    assert_eq!(
        (text(&out.stderr).as_str(), out.status.code()),
        (broken, Some(2))
    );
}

#[test]
fn a_receipt_has_the_hash_of_each_catalog() {
    let hash = |bytes: &[u8]| -> String {
        let digest = hmac_sha256::Hash::hash(bytes);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("my models.json");
    let models = br#"[{"id":"mine","name":"Mine"}]"#;
    std::fs::write(&path, models).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let out = run(
        &[
            "list",
            "-f",
            "table",
            "mine",
            "--receipt",
            "--catalog",
            path,
        ],
        b"",
    );
    let stdout = text(&out.stdout);
    let lines: Vec<&str> = stdout.lines().rev().take(2).collect();
    assert_eq!(
        lines[1],
        format!("ahm list -f table mine --receipt --catalog '{path}'")
    );
    let built_in = hash(include_bytes!("../catalog.json"));
    let (version, own) = (env!("CARGO_PKG_VERSION"), hash(models));
    assert!(lines[0].starts_with(&format!("ahm {version}; built-in catalog of ")));
    assert!(lines[0].ends_with(&format!("sha256 {built_in}; {path}, sha256 {own}")));
    // For machines it is beside the answer.
    let plain = run(&["list", "gpt-3", "-f", "json"], b"");
    let out = run(&["list", "gpt-3", "-f", "json", "--receipt"], b"");
    assert_eq!(text(&out.stdout), text(&plain.stdout));
    assert!(text(&out.stderr).contains(&built_in));
}

//! Completion scripts, manual pages, and a reader that closes the pipe.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What `ahm …` prints over a catalog that stays as it is.
#[track_caller]
fn ahm(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .args(args)
        .env("AHM_CATALOG", "tests/catalogs/2026-08.json")
        .env("AHM_NO_EMBEDDED", "true")
        .envs([("COLUMNS", "100"), ("NO_COLOR", "1")])
        .output();
    let output = output.expect("ahm runs");
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The directory of the program, before the others of PATH: scripts call `ahm`.
fn path() -> OsString {
    let own = Path::new(env!("CARGO_BIN_EXE_ahm"))
        .parent()
        .expect("a directory");
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = [own.to_owned()]
        .into_iter()
        .chain(std::env::split_paths(&others));
    std::env::join_paths(all).expect("a path")
}

/// The output of a shell that reads this; nothing if the shell is not installed.
#[expect(
    clippy::print_stdout,
    reason = "what is skipped, is skipped with a reason"
)]
fn output_of(shell: &str, args: &[&str], script: &str) -> Option<String> {
    // Without settings, history and language of the user.
    let home = env!("CARGO_TARGET_TMPDIR");
    let started = Command::new(shell)
        .args(args)
        .env_clear()
        .env("PATH", path())
        .env("AHM_CATALOG", "tests/catalogs/2026-08.json")
        .env("AHM_NO_EMBEDDED", "true")
        .env("HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            println!("skipped: {shell} cannot be started here: {error}");
            return None;
        }
    };
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(script.as_bytes()).expect("a reader");
    drop(stdin);
    let output = child.wait_with_output().expect("the shell ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && errors.is_empty(),
        "{shell}: {errors}"
    );
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The commands that `ahm --help` names.
fn commands() -> Vec<String> {
    let help = ahm(&["--help"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    // The second line of a description is indented further.
    let lines = lines.filter(|line| line.find(|c| c != ' ') == Some(2));
    let words = lines.filter_map(|line| line.split_whitespace().next());
    words.map(str::to_owned).collect()
}

#[test]
fn shells_read_their_scripts() {
    for shell in ["bash", "zsh", "fish"] {
        output_of(shell, &["-n"], &ahm(&["completions", shell]));
    }
}

/// Checks the completions in bash of the last of these words.
#[track_caller]
fn bash(words: &str, current: &str, expected: &str) {
    let script = ahm(&["completions", "bash"]);
    let ask = format!(
        "COMP_WORDS=({words} {current}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _clap_complete_ahm ahm '{current}' 2>/dev/null; echo \"${{COMPREPLY[@]}}\""
    );
    if let Some(answer) = output_of("bash", &[], &format!("{script}\n{ask}")) {
        assert_eq!(answer.trim_end(), expected, "{words} {current}");
    }
}

#[test]
fn bash_completes() {
    bash("ahm", "sh", "show");
    bash("ahm show", "gpt-n", "gpt-neox");
    bash("ahm list --org", "stab", "stability-ai");
    bash("ahm sort --by", "par", "params");
    bash("ahm sort --by", "name,par", "name,params");
    bash("ahm list -c", "name,params,epo", "name,params,epochs");
}

/// Checks the completions of a line in fish.
#[track_caller]
fn fish(line: &str, expected: &[&str]) {
    let script = ahm(&["completions", "fish"]);
    let ask = format!("{script}\ncomplete -C '{line}'\n");
    if let Some(answer) = output_of("fish", &["--no-config"], &ask) {
        let words = answer.lines().filter_map(|line| line.split('\t').next());
        assert_eq!(words.collect::<Vec<_>>(), expected, "{line}");
    }
}

#[test]
fn fish_completes() {
    fish("ahm show gpt-n", &["gpt-neox"]);
    fish(
        "ahm list --field vi",
        &[
            "video",
            "video-generation",
            "vision",
            "vision-language",
            "vision-language-action",
        ],
    );
    fish("ahm list --org stab", &["stability-ai"]);
    fish("ahm sort --by name,par", &["name,params"]);
    fish("ahm sort --by=name,par", &["--by=name,params"]);
    fish("ahm list nothing-is-called-so", &[]);
}

/// Checks that elvish may take this for the last word of a line.
#[track_caller]
fn elvish(line: &str, expected: &str) {
    // A script has no editor.
    let editor = "var edit: = (ns [&completion:=(ns [&arg-completer=[&]])])";
    let script = ahm(&["completions", "elvish"]);
    let ask = format!("{editor}\n{script}\n$edit:completion:arg-completer[ahm] {line}\n");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ask.elv");
    fs::write(&path, ask).expect("a file");
    if let Some(answer) = output_of("elvish", &["-norc", &path.to_string_lossy()], "") {
        assert!(answer.contains(expected), "{line}: {answer}");
    }
}

#[test]
fn elvish_completes() {
    elvish("ahm show gpt-n", "gpt-neox");
    elvish("ahm list --field vi", "vision-language");
    elvish("ahm li", "list");
}

/// Checks the completions of a line in Nushell.
#[track_caller]
fn nushell(line: &str, expected: &[&str]) {
    let script = ahm(&["completions", "nushell"]) + line;
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ask.nu");
    fs::write(&path, &script).expect("a file");
    let at = script.len().to_string();
    let args = ["--no-config-file", "--ide-complete", &at];
    if let Some(answer) = output_of("nu", &[&args[..], &[&path.to_string_lossy()]].concat(), "") {
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["completions"], serde_json::json!(expected), "{line}");
    }
}

#[test]
fn nushell_completes() {
    nushell("ahm sh", &["show"]);
    nushell("ahm show gpt-n", &["gpt-neox"]);
    nushell("ahm sort --by name,par", &["name,params"]);
    nushell("ahm list nothing-is-called-so", &[]);
}

#[test]
fn what_is_completed_is_understood() {
    for args in [
        ["--org", "stability-ai"],
        ["--org", "shanghai-ai-lab"],
        ["--framework", "megatron"],
    ] {
        assert!(!ahm(&[&["list", "-f", "names"], &args[..]].concat()).is_empty());
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let page = ahm(&["man"]);
    assert!(page.contains(".TH ahm 1"), "{page}");
    for command in commands().iter().filter(|command| *command != "help") {
        assert!(page.contains(&format!("ahm\\-{command}(1)")), "{command}");
        let page = ahm(&["man", command]);
        assert!(page.contains(&format!(".TH ahm-{command} 1")), "{page}");
    }
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    for args in [["completions", "bash"].as_slice(), &["man"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ahm"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("ahm runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("ahm ends");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

//! What shells are told: each script, the manual page, and a reader who leaves.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

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

/// What a shell that reads this prints; nothing if there is no such shell here.
#[expect(
    clippy::print_stdout,
    reason = "what is skipped, is skipped with a reason"
)]
fn told(shell: &str, args: &[&str], script: &str) -> Option<String> {
    // Nobody's settings, history or language.
    let home = env!("CARGO_TARGET_TMPDIR");
    let started = Command::new(shell)
        .args(args)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
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
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.is_empty(),
        "{shell}: {said}"
    );
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The commands that `ahm --help` names.
fn commands() -> Vec<String> {
    let help = ahm(&["--help"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    // A description that goes on stands further to the right.
    let lines = lines.filter(|line| line.find(|c| c != ' ') == Some(2));
    let words = lines.filter_map(|line| line.split_whitespace().next());
    words.map(str::to_owned).collect()
}

#[test]
fn every_script_knows_commands_names_keys_and_values() {
    let commands = commands();
    assert!(commands.contains(&"completions".to_owned()));
    for shell in SHELLS {
        let script = ahm(&["completions", shell]);
        let words = ["gpt-neox", "compute_flop", "stability-ai", "min-params"];
        for word in commands.iter().map(String::as_str).chain(words) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn shells_read_their_scripts() {
    for shell in ["bash", "zsh", "fish"] {
        told(shell, &["-n"], &ahm(&["completions", shell]));
    }
}

/// What bash makes of a word and the word before it.
#[track_caller]
fn bash(words: &str, current: &str, before: &str, expected: &str) {
    let script = ahm(&["completions", "bash"]);
    let ask = format!(
        "COMP_WORDS=({words} {current}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _ahm ahm '{current}' '{before}'; echo \"${{COMPREPLY[@]}}\""
    );
    if let Some(answer) = told("bash", &[], &format!("{script}\n{ask}")) {
        assert_eq!(answer.trim_end(), expected, "{words} {current}");
    }
}

#[test]
fn bash_completes() {
    bash("ahm", "sh", "ahm", "show");
    bash("ahm show", "gpt-n", "show", "gpt-neox");
    bash("ahm list --org", "stab", "--org", "stability-ai");
    bash("ahm sort --by", "par", "--by", "params");
    bash("ahm sort --by", "name,par", "--by", "name,params");
    bash("ahm list -c", "name,params,epo", "-c", "name,params,epochs");
    bash("ahm sort --by =", "name,par", "=", "name,params");
}

/// What fish makes of a line.
#[track_caller]
fn fish(line: &str, expected: &[&str]) {
    let script = ahm(&["completions", "fish"]);
    let ask = format!("{script}\ncomplete -C '{line}'\n");
    if let Some(answer) = told("fish", &["--no-config"], &ask) {
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

/// What elvish may take for the last word of a line.
#[track_caller]
fn elvish(line: &str, expected: &str) {
    // What its editor has, which is not there in a script.
    let editor = "var edit: = (ns [&completion:=(ns [&arg-completer=[&]]) \
        &complex-candidate~={|word &display=''| put $word }])";
    let script = ahm(&["completions", "elvish"]);
    let ask = format!("{editor}\n{script}\n$edit:completion:arg-completer[ahm] {line}\n");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ask.elv");
    fs::write(&path, ask).expect("a file");
    if let Some(answer) = told("elvish", &["-norc", &path.to_string_lossy()], "") {
        let word = format!("▶ {expected}");
        assert!(answer.lines().any(|line| line == word), "{line}: {answer}");
    }
}

#[test]
fn elvish_completes() {
    elvish("ahm show gpt-n", "gpt-neox");
    elvish("ahm list --field vi", "vision-language");
    elvish("ahm li", "list");
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
fn the_manual_page_has_every_command() {
    let page = ahm(&["man"]);
    assert!(page.contains("\n.TH AHM 1 "), "{page}");
    for command in commands().iter().filter(|command| *command != "help") {
        let title = format!("\n.SS ahm {command}\n");
        assert_eq!(page.matches(&title).count(), 1, "{command}");
    }
    // What commands share is told once.
    assert_eq!(
        page.matches("\n\\fB\\-\\-org\\fR \\fI<NAME>\\fR\n").count(),
        1
    );
    assert!(page.contains("\n.SH EXIT CODES\n"));
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

//! Conditions of thousands of words, asked of thousands of models: what they cost grows with the
//! words and the models, not with their product.

use std::io::Write;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

const AHM: &str = env!("CARGO_BIN_EXE_ahm");

/// Far more than any of these questions takes where it is linear, far less where it is not.
const SOON: Duration = Duration::from_secs(20);

/// `count` models, a model a line.
fn models(count: usize) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a file");
    for i in 0..count {
        let model = format!(
            r#"{{"id":"model-{i}","name":"Model {i}","license":"L{}"}}"#,
            i % 99
        );
        writeln!(file, "{model}").expect("a line");
    }
    file
}

/// The answer of a list over a catalog, in at most half a gigabyte where that can be asked for.
fn list(catalog: &NamedTempFile, condition: &str) -> Output {
    let mut command = match cfg!(target_os = "linux") {
        true => {
            let mut shell = Command::new("sh");
            let limited = r#"ulimit -v 1000000 && exec "$0" "$@""#;
            shell.args(["-c", limited, AHM]);
            shell
        }
        false => Command::new(AHM),
    };
    command
        .env_remove("AHM_CATALOG")
        .args(["list", "--no-embedded", "-f", "names", "--catalog"])
        .arg(catalog.path())
        .args(["--where", condition]);
    let start = Instant::now();
    let output = command.output().expect("the program");
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    output
}

fn joined(words: impl Iterator<Item = String>, gap: &str) -> String {
    words.collect::<Vec<_>>().join(gap)
}

fn lines(output: &Output) -> usize {
    assert_eq!(output.stderr, b"", "{output:?}");
    output.stdout.iter().filter(|byte| **byte == b'\n').count()
}

#[test]
fn many_words_of_a_list_are_looked_up() {
    let models = models(20_000);
    let ids = joined((0..4_000).step_by(2).map(|i| format!("model-{i}")), ", ");
    assert_eq!(lines(&list(&models, &format!("id in ({ids})"))), 2_000);
    let others = list(&models, &format!("not id in ({ids})"));
    assert_eq!(lines(&others), 18_000);
    let listed = joined((0..99).cycle().take(9_000).map(|i| format!("L{i}")), ",");
    assert_eq!(
        lines(&list(&models, &format!("license in ({listed})"))),
        20_000
    );
}

#[test]
fn many_words_take_little_room() {
    let models = models(20_000);
    let either = joined((0..6_000).map(|i| format!("id=model{i}")), " or ");
    assert_eq!(lines(&list(&models, &either)), 6_000);
    let neither = joined((0..6_000).map(|i| format!("id!=model{i}")), " and ");
    assert_eq!(lines(&list(&models, &neither)), 14_000);
}

#[test]
fn many_patterns_are_no_programs() {
    let models = models(400);
    let either = joined((0..6_000).map(|i| format!("name~l-{i}")), " or ");
    let output = list(&models, &either);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[test]
fn a_message_is_no_longer_than_a_screen() {
    let models = models(10);
    let words = joined((0..5_000).map(|i| format!("id=m{i}")), " or ");
    for (condition, what) in [
        (format!("{words} or prams>1 or {words}"), "prams"),
        (format!("{words} or license=none or {words}"), "none"),
        (format!("{}open", "(".repeat(50_000)), "64 deep"),
        ("\u{1b}]0;x\u{7}a=1".to_owned(), "expected a key"),
        (
            format!("params>{}\u{1b}]0;x\u{7}", "9".repeat(9)),
            "cannot read",
        ),
    ] {
        let output = list(&models, &condition);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(message.contains(what), "{message}");
        assert!(message.len() < 2_000, "{message}");
        let steers = |c: char| ahm::text::is_control(c) && c != '\n';
        assert!(!message.contains(steers), "{message:?}");
    }
}

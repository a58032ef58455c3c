//! Files under `docs` are what the commands that stand beside them in README write. Run with
//! `TRYCMD=overwrite` to write them again.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The commands of README that write a file under `docs`, with the file.
fn commands(readme: &str) -> Vec<(String, String)> {
    let lines = readme.lines().filter_map(|line| line.strip_prefix("ahm "));
    let commands = lines.filter_map(|line| {
        let (command, file) = line.split_once(" > ")?;
        file.starts_with("docs/")
            .then(|| (command.to_owned(), file.to_owned()))
    });
    commands.collect()
}

/// The words of a command, where `'` and `"` join several.
fn words(command: &str) -> Vec<String> {
    let parts = command.split(['\'', '"']).enumerate();
    let words = parts.flat_map(|(i, part)| match i % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn docs_are_what_readme_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("README");
    let commands = commands(&readme);
    let mut links: Vec<&str> = readme.split("](docs/").skip(1).collect();
    links
        .iter_mut()
        .for_each(|link| *link = link.split(')').next().unwrap_or_default());
    assert!(commands.len() >= 4, "{commands:?}");
    for (command, file) in commands {
        let name = file.trim_start_matches("docs/");
        assert!(links.contains(&name), "README has no link to `{file}`");
        let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
            .args(words(&command))
            .current_dir(root)
            .stderr(Stdio::inherit())
            .output()
            .expect("ahm runs");
        assert_eq!(output.status.code(), Some(0), "{command}");
        let path = root.join(&file);
        if std::env::var("TRYCMD").is_ok_and(|value| value == "overwrite") {
            fs::write(&path, &output.stdout).expect("a file under docs");
        }
        let there = fs::read(&path).unwrap_or_default();
        assert!(
            there == output.stdout,
            "`ahm {command}` does not write `{file}`"
        );
    }
}

//! What `ahm cite` writes is a bibliography; it holds backslashes, which transcripts cannot.

use std::collections::BTreeSet;
use std::process::Command;

/// What `ahm …` prints.
fn ahm(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
    let output = command.args(args).output().expect("ahm runs");
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The model's title in the bibliography.
#[track_caller]
fn title(name: &str, expected: &str) {
    let entry = ahm(&["cite", name]);
    let title = entry
        .lines()
        .find_map(|line| line.strip_prefix("  title         = "));
    assert_eq!(title, Some(expected), "{name}");
}

#[test]
fn only_what_tex_needs_is_escaped() {
    title(
        "nuwa",
        "{{NÜWA: Visual Synthesis Pre-training for Neural visUal World creAtion}},",
    );
    title(
        "gopher",
        r"{{Scaling Language Models: Methods, Analysis \& Insights from Training Gopher}},",
    );
    let alpha = "{{PanGu-α: Large-scale Autoregressive Pretrained Chinese Language Models with Auto-parallel Computation}},";
    title("pangu-alpha", alpha);
}

#[test]
fn every_model_can_be_cited_at_once() {
    let ids = ahm(&["list", "-f", "tsv", "-c", "id", "--no-header"]);
    let ids: Vec<&str> = ids.lines().collect();
    let bibliography = ahm(&[&["cite"], &ids[..]].concat());
    let entries: Vec<&str> = bibliography.split("\n\n").collect();
    assert_eq!(entries.len(), ids.len());
    let mut keys = BTreeSet::new();
    for (entry, id) in entries.iter().zip(ids) {
        let key = entry.lines().next().and_then(|line| line.split_once('{'));
        let key = key.map(|(_, key)| key);
        assert_eq!(key, Some(&*format!("{id},")));
        assert!(keys.insert(key), "{id} stands twice");
        let count = |brace: char| entry.matches(brace).count();
        assert_eq!(count('{'), count('}'), "{entry}");
        for field in ["author", "title", "year"] {
            assert!(
                entry.contains(&format!("\n  {field:13} = ")),
                "{id}: no {field}"
            );
        }
    }
}

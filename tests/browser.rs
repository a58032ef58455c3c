//! Pages in a real browser: `tests/browser/page.mjs` does what a person does. Without a browser or
//! Node.js it is skipped; `.ci/browser` installs them.

use serde_json::json;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

/// Writes the page that a question has as its answer.
fn write(path: &Path, args: &[&str]) {
    let page = File::create(path).expect("a file");
    let mut ahm = Command::new(env!("CARGO_BIN_EXE_ahm"));
    let written = ahm.args(args).args(["-f", "html"]).stdout(page).status();
    assert!(
        written.is_ok_and(|status| status.code() != Some(2)),
        "{args:?}"
    );
}

/// Whether a program can be started.
fn runs(program: &str) -> bool {
    let mut version = Command::new(program);
    version.arg("--version").stdout(Stdio::null());
    version
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[test]
#[expect(clippy::print_stdout, reason = "why it is skipped, and what was done")]
fn a_person_can_use_the_pages() {
    let own = std::env::var("CHROMIUM").ok();
    let known = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let mut browsers = own.iter().map(String::as_str).chain(known);
    let Some(browser) = browsers.find(|own| runs(own)) else {
        return println!("skipped: no browser; `.ci/browser` installs one, CHROMIUM names one");
    };
    if !runs("node") {
        return println!("skipped: no Node.js; `.ci/browser` installs it");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);

    write(&at("list.html"), &["list", "-n", "60"]);
    write(&at("show.html"), &["show", "gpt-3", "palm"]);
    write(&at("compare.html"), &["compare", "gpt-3", "palm"]);
    write(
        &at("stats.html"),
        &["stats", "--by", "year,access", "--chart"],
    );
    write(&at("frontier.html"), &["frontier", "--by", "compute"]);
    write(&at("threshold.html"), &["threshold", "1e25"]);
    write(&at("audit.html"), &["audit"]);
    write(&at("bare.html"), &["list", "-n", "20", "--no-header"]);
    write(&at("lag.html"), &["frontier", "--lag"]);
    write(
        &at("split.html"),
        &["trend", "--by", "compute", "--split", "access"],
    );
    write(&at("none.html"), &["list", "no such model"]);

    let hostile = "</script><script>window.hacked = 1</script><img src=x onerror=window.hacked=1>";
    let models = (0..10).map(|i| {
        json!({
            "id": format!("m{i}"), "name": format!("{hostile} {i}"), "organizations": [hostile],
            "announced": "2024-05", "params": 1e9, "links": { "home": "javascript:window.hacked=1" },
            "sources": [{ "keys": ["params"], "url": "javascript:window.hacked=1", "kind": "third-party" }],
        })
    });
    let models: Vec<_> = models.collect();
    fs::write(at("hostile.json"), json!(models).to_string()).expect("a file");
    let many = (0..20_000).map(|i| {
        let model = json!({ "id": format!("m{i}"), "name": format!("Model {i}"), "params": i + 1 });
        model.to_string() + "\n"
    });
    fs::write(at("many.jsonl"), many.collect::<String>()).expect("a file");
    for (page, file) in [
        ("hostile.html", "hostile.json"),
        ("many.html", "many.jsonl"),
    ] {
        let file = at(file);
        let file = file.to_str().expect("UTF-8");
        write(&at(page), &["list", "--no-embedded", "--catalog", file]);
    }

    let script = "tests/browser/page.mjs";
    let mut node = Command::new("node");
    let output = node.arg(script).arg(browser).arg(folder.path()).output();
    let output = output.expect("node runs");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

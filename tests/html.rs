//! Pages for a browser: well-formed, whole, exact, and safe whatever a catalog has in it.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;
use std::collections::HashSet;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    let ahm = env!("CARGO_BIN_EXE_ahm");
    Command::new(ahm).args(args).output().expect("ahm runs")
}

fn ahm(args: &[&str]) -> String {
    String::from_utf8(run(args).stdout).expect("UTF-8")
}

/// A page as XML: without its first line and the text of its script.
fn page(args: &[&str]) -> String {
    let text = ahm(&[args, &["-f", "html"]].concat());
    let text = text.strip_prefix("<!doctype html>\n").expect("a page");
    assert_eq!(text.matches("<script>").count(), 1);
    let (start, script) = text.split_once("<script>").expect("a script");
    let (_, end) = script.split_once("</script>").expect("its end");
    format!("{start}<script></script>{end}")
}

fn parse(page: &str) -> Document<'_> {
    Document::parse_with_options(page, ParsingOptions::default()).expect("well-formed")
}

fn all<'d>(document: &'d Document<'_>, tag: &str) -> Vec<Node<'d, 'd>> {
    let nodes = document.descendants();
    nodes.filter(|node| node.tag_name().name() == tag).collect()
}

fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|node| node.text()).collect()
}

/// The cells of all rows below titles.
fn rows<'d>(document: &'d Document<'_>) -> Vec<Vec<Node<'d, 'd>>> {
    let rows = all(document, "tbody").into_iter();
    let rows = rows.flat_map(|body| body.children().filter(Node::is_element));
    rows.map(|row| row.children().collect()).collect()
}

/// What a page must not do, whatever it shows.
#[track_caller]
fn check(page: &str) {
    let document = parse(page);
    let mut ids = HashSet::new();
    let mut titles = 0;
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on"), "{name}");
            let is_address = value.to_lowercase().contains("://") || value.contains("javascript:");
            match (node.tag_name().name(), name) {
                ("a", "href") => {
                    let starts = ["https://", "http://", "#after"];
                    assert!(starts.iter().any(|start| value.starts_with(start)));
                }
                ("link", "href") => assert_eq!(value, "data:,"),
                // What a person reads.
                (_, "title" | "aria-label" | "data-keys") => {}
                _ => assert!(!is_address && name != "src", "{name}={value}"),
            }
            if name == "id" {
                assert!(ids.insert(value.to_owned()), "two elements are {value}");
            }
            if name == "aria-labelledby" {
                titles += value.split(' ').count();
            }
        }
        let tag = node.tag_name().name();
        assert!(
            !["iframe", "img", "object", "base", "form"].contains(&tag),
            "{tag}"
        );
    }
    assert!(titles <= ids.len());
    assert_eq!(all(&document, "script").len(), 1);
    for style in all(&document, "style") {
        assert!(!text(style).contains("url(") && !text(style).contains("@import"));
    }
    for table in all(&document, "table") {
        let is_caption = |node: &Node<'_, '_>| node.tag_name().name() == "caption";
        assert!(table.children().any(|node| is_caption(&node)));
    }
    let (heading, title) = (all(&document, "h1"), all(&document, "title"));
    assert_eq!((heading.len(), text(heading[0])), (1, text(title[0])));
    let receipt = all(&document, "footer");
    assert!(text(receipt[0]).contains("-f html") && text(receipt[0]).contains("sha256 "));
}

#[test]
fn pages_are_well_formed_and_load_nothing() {
    for args in [
        &["list"][..],
        &["sort", "--by", "params", "-n", "20"],
        &["list", "no such model"],
        &["list", "-c", "all", "-n", "40"],
        &["show", "gpt-3"],
        &["show", "gpt-3", "palm"],
        &["compare", "gpt-3", "palm"],
        &["stats"],
        &["stats", "--by", "year,access", "--chart"],
        &["frontier", "--by", "compute"],
        &["trend", "--by", "compute", "--split", "access"],
        &["threshold", "1e25"],
        &["audit"],
        &["diff", "tests/catalogs/2026-08.json"],
        &["estimate", "--params", "70B", "--tokens", "15T"],
        &["columns"],
        &["columns", "params"],
        &["frameworks"],
        &["surveys"],
        &["terms"],
        &["chips", "a100"],
        &["check"],
    ] {
        let page = page(args);
        assert!(page.contains("<h1>"), "{args:?}");
        check(&page);
    }
}

#[test]
fn a_page_of_all_models_has_each_of_them_and_is_small() {
    let page = page(&["list"]);
    assert!(page.len() < 1_500_000, "{}", page.len());
    let names = ahm(&["list", "-f", "names"]);
    let document = parse(&page);
    let rows = rows(&document);
    let first = rows.iter().map(|row| text(row[0]));
    assert_eq!(first.collect::<Vec<_>>(), names.lines().collect::<Vec<_>>());
}

#[test]
fn cells_have_the_exact_numbers() {
    let keys = "params,tokens,compute_flop,cost_2023_usd,year,tokens_per_param,epochs";
    let page = page(&["list", "-c", keys]);
    let json: Vec<Value> = serde_json::from_str(&ahm(&["list", "--json", "-c", keys])).unwrap();
    let document = parse(&page);
    let rows = rows(&document);
    assert_eq!(rows.len(), json.len());
    let mut compared = 0;
    for (row, json) in rows.iter().zip(&json) {
        for (cell, value) in row.iter().zip(json.as_object().unwrap().values()) {
            let exact = cell.attribute("data-v").map(str::to_owned);
            // Marks follow in an element of their own.
            let shown = exact.unwrap_or_else(|| cell.text().unwrap_or_default().to_owned());
            assert_eq!(shown.parse().ok(), value.as_f64(), "{shown} {value}");
            compared += usize::from(value.is_number());
        }
    }
    assert!(compared > 3000, "{compared}");
}

#[test]
fn words_for_what_is_missing_are_sorted_as_that() {
    let page = page(&["stats", "--by", "access"]);
    let document = parse(&page);
    let rows = rows(&document);
    let row = rows.iter().find(|row| text(row[0]) == "not stated");
    let first = row.and_then(|row| row[0].attribute("data-v"));
    assert_eq!(first, Some(""));
}

#[test]
fn a_mark_leads_to_its_source() {
    let page = page(&["list", "^GPT-4$|^PaLM$", "-c", "name,params,compute,tokens"]);
    let document = parse(&page);
    let links = all(&document, "a").into_iter();
    let marks: Vec<_> = links
        .filter(|link| "*†‡?".contains(&text(*link)[..]))
        .collect();
    assert!(!marks.is_empty());
    for mark in marks {
        assert!(mark.attribute("title").is_some_and(|title| title.len() > 8));
    }
    assert!(page.contains("† by a third party"));
}

#[test]
fn what_a_catalog_has_in_it_is_text() {
    let hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u{202e}\u{7}`<b>`]]>--><!--";
    let model = serde_json::json!({
        "id": "x", "name": hostile, "organizations": [hostile], "announced": "2024-05",
        "fields": [hostile], "params": 5e9, "tokens": 1e12, "compute_flop": 3e22,
        "license": hostile, "dataset": hostile, "details": { hostile: hostile },
        "paper": { "title": hostile, "url": "javascript:alert(1)" },
        "links": { "home": "JavaScript:alert(1)", "code": format!("https://example.org/{hostile}"), hostile: hostile },
        "sources": [
            { "keys": ["params"], "url": "javascript:alert(1)", "kind": "third-party", "row": hostile },
            { "keys": ["tokens"], "url": format!("https://example.org/{hostile}"), "kind": "derived" },
        ],
        "corrections": [{ "key": "compute_flop", "value": 4e22, "why": hostile, "source": hostile }],
        "notes": [{ "text": hostile, "source": "javascript:alert(1)" }],
        hostile: hostile,
    });
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("<img src=x>.json");
    let about = serde_json::json!({
        "title": hostile, "updated": "2026-08",
        "origin": { "name": hostile, "url": "javascript:alert(1)", "license": hostile },
    });
    let other = serde_json::json!({ "id": "y", "name": "<i>y</i>", "params": 1 });
    let catalog = serde_json::json!({ "about": about, "models": [model, other] });
    std::fs::write(&path, catalog.to_string()).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let shown = hostile.split('`').next().unwrap();
    let shown = shown.replace(['\u{202e}', '\u{7}'], "\u{fffd}");
    for args in [
        &["list"][..],
        &["list", "-c", "all"],
        &["list", "-c", "name,<script>"],
        &["list", "--where", "name~'<script>'"],
        &["show", "x"],
        &["show", "x", "y"],
        &["compare", "x", "y"],
        &["stats", "--by", "org", "--chart"],
        &["frontier", "--by", "params"],
        &["threshold", "1e20"],
        &["audit"],
    ] {
        let args = [args, &["--no-embedded", "--catalog", path]].concat();
        if args.contains(&"name,<script>") {
            assert_eq!(run(&[&args[..], &["-f", "html"]].concat()).stdout, b"");
            continue;
        }
        let page = page(&args);
        check(&page);
        let document = parse(&page);
        let has_it = text(document.root()).contains(&shown);
        let names_it = !["audit", "threshold"].contains(&args[0]);
        assert!(has_it || !names_it, "{args:?}\n{page}");
    }
}

#[test]
fn nothing_found_is_a_page_and_misuse_is_none() {
    let none = ahm(&["trend", "no such model", "-f", "html"]);
    assert!(none.contains("<p>No matching model has both a date and params.</p>"));
    let none = ahm(&["stats", "no such model", "-f", "html"]);
    assert!(none.contains("<p>No model matches.</p>") && !none.contains("<table>"));
    let none = run(&["list", "no such model", "-f", "html"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&none.stdout).contains("<p>No matches (1,"));
    for args in [
        &["list", "-c", "nokey"][..],
        &["frontier", "-c", "nokey"],
        &["show", "no such model"],
        &["list", "-n", "0"],
        &["explain", "gpt-3"],
    ] {
        let output = run(&[args, &["-f", "html"]].concat());
        assert!(output.stdout.is_empty(), "{args:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!error.contains("sha256"), "{error}");
    }
}

#[test]
fn a_table_may_have_no_header() {
    let page = page(&["list", "-n", "2", "--no-header"]);
    check(&page);
    assert!(!page.contains("<thead"));
}

#[test]
fn a_large_page_is_remarked_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("models.jsonl");
    let lines = (0..60_000).map(|i| {
        format!(
            "{{\"id\":\"m{i}\",\"name\":\"Model {i}\",\"params\":{}}}\n",
            i + 1
        )
    });
    std::fs::write(&path, lines.collect::<String>()).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let args = ["list", "--no-embedded", "--catalog", path, "-f", "html"];
    let output = run(&args);
    let note = String::from_utf8_lossy(&output.stderr);
    assert!(note.starts_with("note: the page is "), "{note}");
    let output = run(&[&args[..], &["-n", "20"]].concat());
    assert!(output.stderr.is_empty());
}

#[test]
fn a_page_has_the_notes_and_no_flags() {
    for args in [
        &["frontier", "--by", "compute"][..],
        &["threshold", "1e25"],
        &["compare", "gpt-3", "palm"],
        &["estimate", "--params", "70B", "--tokens", "15T"],
    ] {
        let page = page(args);
        let document = parse(&page);
        let shown = all(&document, "main").into_iter().map(text);
        let shown = shown.collect::<String>();
        let flags = ["--verdict", "--confidence", "--chip", "ahm explain"];
        assert!(flags.iter().all(|flag| !shown.contains(flag)), "{args:?}");
        let notes = all(&document, "details");
        assert_eq!(notes.len(), usize::from(args[0] != "estimate"), "{args:?}");
        assert!(notes.iter().all(|own| text(*own).contains(": ")));
    }
}

#[test]
fn two_files_that_are_compared_rest_on_themselves() {
    let [old, new] = ["old", "new"].map(|name| format!("tests/catalogs/diff-{name}.json"));
    let footer = |args: &[&str]| {
        let page = page(args);
        let document = parse(&page);
        text(all(&document, "footer")[0])
    };
    let both = footer(&["diff", &old, &new]);
    assert!(!both.contains("built-in catalog") && !both.contains("Epoch AI"));
    let one = footer(&["diff", &new]);
    assert!(one.contains("built-in catalog") && one.contains("Epoch AI"));
}

#[test]
fn rows_and_the_order_have_their_heads() {
    for (args, key, order) in [
        (&["list", "-n", "9"][..], "announced", "descending"),
        (
            &["sort", "--by", "params:asc", "-n", "9"],
            "params",
            "ascending",
        ),
    ] {
        let page = page(args);
        let document = parse(&page);
        let heads = all(&document, "th").into_iter();
        let (rows, columns): (Vec<_>, Vec<_>) =
            heads.partition(|head| head.attribute("scope") == Some("row"));
        assert_eq!(rows.len(), 9);
        for head in columns {
            let keys = head.attribute("data-keys").unwrap();
            let is_sorted = keys.split(' ').next() == Some(key);
            assert_eq!(head.attribute("aria-sort"), is_sorted.then_some(order));
        }
    }
}

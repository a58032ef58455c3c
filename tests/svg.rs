//! Charts as SVG: well-formed, legible, complete, and without active content.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use roxmltree::{Document, Node};
use serde_json::json;

fn ahm(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ahm"));
    // A frozen catalog, so that a changed chart is a change of the program.
    command
        .env("AHM_CATALOG", "tests/catalogs/2026-08.json")
        .env("AHM_NO_EMBEDDED", "true");
    let output = command.args(args).env("NO_COLOR", "1").output();
    output.expect("ahm runs")
}

/// What `--svg -` prints.
#[track_caller]
fn draw(args: &[&str]) -> String {
    let output = ahm(&[args, &["--svg", "-"]].concat());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// An empty directory for a test.
fn directory(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("svg-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a directory");
    path
}

/// A catalog of this many models, whose figures and months are as scattered as those of real ones.
fn catalog(directory: &std::path::Path, count: u32) -> String {
    let model = |i: u32| {
        let month = i * 7 % 96;
        let power = 8.0 + f64::from(month) / 24.0 + f64::from(i * 37 % 100) / 40.0;
        let access = [Some("open"), Some("closed"), None][(i % 7 % 3) as usize];
        let mut model = json!({
            "id": format!("m{i}"),
            "name": format!("Model {i}"),
            "announced": format!("{}-{:02}", 2016 + month / 12, month % 12 + 1),
            "params": 10f64.powf(power).round(),
        });
        if let Some(access) = access {
            model["access"] = access.into();
        }
        model.to_string()
    };
    let path = directory.join("many.ndjson");
    let lines: Vec<String> = (0..count).map(model).collect();
    fs::write(&path, lines.join("\n")).expect("a catalog");
    path.to_str().expect("UTF-8").to_owned()
}

/// Left, top, right and bottom of a text, as wide as most fonts write it.
fn place(text: Node<'_, '_>) -> [f64; 4] {
    let number = |name| text.attribute(name).and_then(|n| n.parse::<f64>().ok());
    let (x, y) = (number("x").expect("x"), number("y").expect("y"));
    let size = number("font-size").expect("a size");
    let width = words(text).chars().count() as f64 * size * 0.55;
    let left = match text.attribute("text-anchor") {
        Some("end") => x - width,
        Some("middle") => x - width / 2.0,
        _ => x,
    };
    // Its place is the base of its letters.
    [left, y - size * 0.8, left + width, y + size * 0.2]
}

fn words<'a>(text: Node<'a, '_>) -> &'a str {
    text.text().unwrap_or_default().trim()
}

/// Reads a chart, and checks that it has this many points and no active content.
#[track_caller]
fn check(svg: &str, points: usize) {
    let document = Document::parse(svg).expect("XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    assert_eq!(root.attribute("role"), Some("img"));
    assert!(root.attribute("viewBox").is_some());
    let texts: Vec<Node<'_, '_>> = root.children().filter(Node::is_element).take(2).collect();
    assert_eq!(texts[0].tag_name().name(), "title");
    assert_eq!(texts[1].tag_name().name(), "desc");
    // Ids of two pictures in one page would be the same.
    let elements = root.descendants().filter(Node::is_element);
    assert!(elements.clone().all(|node| !node.has_attribute("id")));
    assert_eq!(
        root.attribute("aria-label").map(str::trim),
        Some(words(texts[0]))
    );
    assert!(texts.iter().all(|node| words(*node).len() > 10));

    let drawn = ["circle", "polygon", "polyline", "rect", "text"];
    for node in root.children().filter(Node::is_element).skip(2) {
        let name = node.tag_name().name();
        assert!(drawn.contains(&name), "<{name}> is not part of a chart");
        for attribute in node.attributes() {
            let value = attribute.value();
            assert!(!attribute.name().starts_with("on"), "{attribute:?}");
            assert!(!value.contains("url(") && !value.contains("://"), "{value}");
        }
    }

    let texts: Vec<Node<'_, '_>> = root
        .children()
        .filter(|n| n.tag_name().name() == "text")
        .collect();
    // A point says what it is about.
    let marks = root.children().filter(|node| {
        let shape = matches!(node.tag_name().name(), "circle" | "polygon");
        shape
            && node
                .children()
                .any(|own| own.has_tag_name(("http://www.w3.org/2000/svg", "title")))
    });
    assert_eq!(marks.count(), points);
    let has = |what: &str| texts.iter().any(|text| words(*text).starts_with(what));
    assert!(has("Source: "));

    let height: f64 = root
        .attribute("height")
        .and_then(|h| h.parse().ok())
        .expect("a height");
    for (i, text) in texts.iter().enumerate() {
        let size = text
            .attribute("font-size")
            .and_then(|size| size.parse::<f64>().ok());
        assert!(size >= Some(11.99), "{}: {size:?}", words(*text));
        let [left, top, right, bottom] = place(*text);
        let within = left >= 0.0 && top >= 0.0 && right <= 960.0 && bottom <= height;
        assert!(within, "{}", words(*text));
        for other in &texts[..i] {
            let [l, t, r, b] = place(*other);
            let apart = right <= l || r <= left || bottom <= t || b <= top;
            assert!(apart, "{} lies on {}", words(*text), words(*other));
        }
    }
}

/// How many models of the catalog have parameters.
fn known() -> usize {
    let names = ahm(&[
        "list",
        "--has",
        "params",
        "--has",
        "announced",
        "-f",
        "names",
    ]);
    names.stdout.iter().filter(|byte| **byte == b'\n').count()
}

#[test]
fn charts_of_few_and_many_points_are_legible() {
    check(
        &draw(&["frontier", "--section", "speech", "--until", "2023-04"]),
        5,
    );
    check(
        &draw(&["trend", "--section", "speech", "--until", "2023-04"]),
        5,
    );
    check(&draw(&["frontier", "--until", "2023-04"]), 80);
    check(&draw(&["frontier"]), known());
    check(&draw(&["trend"]), known());
    check(
        &draw(&[
            "trend",
            "--by",
            "compute",
            "--section",
            "language",
            "--as-listed",
        ]),
        21,
    );
    let many = catalog(&directory("many"), 400);
    let own = ["--no-embedded", "--catalog", &many];
    check(&draw(&[&["frontier"][..], &own].concat()), 400);
    check(&draw(&[&["trend"][..], &own].concat()), 400);
}

#[test]
fn a_chart_states_the_question_and_the_unit() {
    let svg = draw(&[
        "trend", "--by", "compute", "--field", "language", "--since", "2019",
    ]);
    let document = Document::parse(&svg).expect("XML");
    let texts = document
        .descendants()
        .filter(|node| node.tag_name().name() == "text");
    let texts: Vec<&str> = texts.map(words).collect();
    let has = |what: &str| assert!(texts.iter().any(|text| text.contains(what)), "{what}");
    has("Training compute of language models grew ");
    has("language models since 2019 with a known figure, by month of announcement");
    has("Floating-point");
    has("Training compute (FLOP)");
    has("Source: ");
    has("a year (95 %: ");
    has("10²³");
    has("2021");
    let svg = draw(&["frontier", "--by", "cost"]);
    assert!(svg.contains("$10M"), "{svg}");
    let desc = svg.split("<desc").nth(1).expect("a description");
    assert!(
        desc.contains("PaLM in 2022-04, $10M (third-party)"),
        "{desc}"
    );
}

#[test]
fn a_chart_states_the_number_of_models_and_why_there_is_no_rate() {
    let models = known();
    let svg = draw(&["frontier", "--since", "2022"]);
    let title = svg.split("<title").nth(1).expect("a title");
    assert!(
        title.contains("has held the record of known parameters since "),
        "{title}"
    );
    let among = format!("Records among {models} of ");
    assert!(svg.contains(&among) && svg.contains("params are unknown for the rest."));
    assert!(svg.contains("Models before 2022-01 count for records but are not drawn"));
    let shown = ["list", "--has", "params", "--since", "2022", "-f", "names"];
    let shown = ahm(&shown)
        .stdout
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    check(&svg, shown);

    let own = catalog(&directory("few"), 7);
    let few = ["trend", "--no-embedded", "--catalog", &own];
    let svg = draw(&few);
    check(&svg, 7);
    assert!(
        svg.contains("no growth rate from 7 models (fewer than 8)"),
        "{svg}"
    );
    assert!(
        !svg.contains("a year") && !svg.contains("least squares"),
        "{svg}"
    );
    let svg = draw(&[&few[..], &["--split", "access"]].concat());
    assert!(
        svg.contains("open, no rate") && !svg.contains("a year"),
        "{svg}"
    );
}

#[test]
fn the_same_question_draws_the_same_bytes() {
    let directory = directory("same");
    let path = directory.join("a.svg");
    let path = path.to_str().expect("UTF-8");
    let with_svg = ahm(&["trend", "--split", "access", "--svg", path]).stdout;
    let without = ahm(&["trend", "--split", "access"]).stdout;
    assert_eq!(
        String::from_utf8_lossy(&with_svg),
        String::from_utf8_lossy(&without)
    );
    let drawn = draw(&["trend", "--split", "access"]);
    assert_eq!(fs::read_to_string(path).expect("a chart"), drawn);
    assert!(drawn.starts_with("<svg ") && drawn.trim_end().ends_with("</svg>"));
}

#[test]
fn names_are_escaped() {
    let directory = directory("hostile");
    let path = directory.join("hostile.ndjson");
    let names = [
        "<script>alert(1)</script>",
        "\"><rect/>&amp;'",
        "\u{1b}[31m\u{202e}\u{0}\u{ffff}",
        "紫东太初 \u{1F600}",
        "]]><!-- ",
    ];
    let model = |(i, name): (usize, &&str)| {
        let month = format!("202{i}-01");
        let params = 10f64.powi(i as i32 + 8);
        json!({"id": format!("m{i}"), "name": name, "announced": month, "params": params})
            .to_string()
    };
    let lines: Vec<String> = names.iter().enumerate().map(model).collect();
    fs::write(&path, lines.join("\n")).expect("a catalog");
    let path = path.to_str().expect("UTF-8");
    for command in ["frontier", "trend"] {
        let svg = draw(&[
            command,
            "--no-embedded",
            "--catalog",
            path,
            "--where",
            "name!~'&'",
        ]);
        check(&svg, 4);
        check(&draw(&[command, "--no-embedded", "--catalog", path]), 5);
        assert!(!svg.contains("<script") && !svg.contains('\u{1b}'), "{svg}");
        assert!(svg.contains("紫东太初"), "{svg}");
    }
}

#[test]
fn a_failed_write_leaves_no_file() {
    let directory = directory("unwritable");
    let path = directory.to_str().expect("UTF-8");
    let missing = format!("{path}/no/such/a.svg");
    for (file, why) in [
        (path, "it is a directory"),
        (&missing, "its directory does not exist"),
    ] {
        for command in ["frontier", "trend"] {
            let output = ahm(&[command, "--svg", file]);
            assert_eq!(output.status.code(), Some(2), "{file}");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(stderr, format!("error: cannot write `{file}`: {why}\n"));
            assert!(output.stdout.is_empty());
        }
    }
    let nothing = format!("{path}/nothing.svg");
    for args in [
        &["frontier", "--since", "2030"][..],
        &["trend", "--since", "2030"],
        &["trend", "--by", "energy", "--until", "2019"],
    ] {
        let output = ahm(&[args, &["--svg", &nothing]].concat());
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(output.stderr.starts_with(b"error: "), "{args:?}");
    }
    let output = ahm(&["trend", "--by", "organizations", "--svg", &nothing]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(&directory).expect("a directory").count(), 0);
}

#[test]
fn an_existing_file_is_replaced() {
    let directory = directory("replaced");
    let path = directory.join("a.svg");
    fs::write(&path, "old").expect("a file");
    let output = ahm(&["frontier", "--svg", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(0));
    check(&fs::read_to_string(&path).expect("a chart"), known());
    assert_eq!(fs::read_dir(&directory).expect("a directory").count(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_devices_kept() {
    use std::os::unix::fs::{FileTypeExt, symlink};

    let directory = directory("links");
    let (link, file) = (directory.join("link.svg"), directory.join("file.svg"));
    fs::write(&file, "").expect("a file");
    symlink(&file, &link).expect("a link");
    ahm(&["frontier", "--svg", link.to_str().expect("UTF-8")]);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    check(&fs::read_to_string(&file).expect("a chart"), known());
    let output = ahm(&["frontier", "--svg", "/dev/null"]);
    assert_eq!(output.status.code(), Some(0));
    let null = fs::metadata("/dev/null").expect("a device");
    assert!(null.file_type().is_char_device());
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .args(["frontier", "--svg", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("ahm runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ahm ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

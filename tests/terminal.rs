//! What a person sees on a terminal: rows of one line, and remarks that say what is left out.

use std::io;

use ahm::cli::Cli;
use ahm::output::Charset;
use ahm::output::Output;
use clap::Parser;
use unicode_width::UnicodeWidthStr;

mod shared;

use shared::Shared;

/// The catalog of these tests, which stays as it is.
const CATALOG: &str = "tests/catalogs/2026-08.json";

/// The answer and the remarks on a terminal of so many columns.
fn see(args: &[&str], width: usize) -> (String, String) {
    let args = match args.contains(&"--catalog") {
        true => args.to_vec(),
        false => [args, &["--no-embedded", "--catalog", CATALOG]].concat(),
    };
    see_as_typed(&args, width)
}

/// The same of the embedded catalog.
fn see_as_typed(args: &[&str], width: usize) -> (String, String) {
    let (answer, remarks) = (Shared::default(), Shared::default());
    let mut out = Output::terminal(Box::new(answer.clone()), Box::new(remarks.clone()), width);
    let cli = Cli::try_parse_from([&["ahm"], args].concat()).expect("a command line");
    cli.run_with(&mut out).expect("an answer");
    (
        answer.text(),
        anstream::adapter::strip_str(&remarks.text()).to_string(),
    )
}

/// Remarks as they were before they were broken into lines.
fn message(remarks: &str) -> String {
    remarks.replace('\n', " ")
}

#[test]
fn pictures_fit_the_terminal() {
    for width in [1, 20, 31, 32, 40, 60, 80, 100, 120, 160, 200] {
        for args in [
            &["frontier"][..],
            &["frontier", "--by", "compute", "--lag"],
            &["trend", "--by", "compute"],
            &["trend", "--section", "speech"],
            &["trend", "--split", "org"],
            &["trend", "--by", "samples_count"],
            &["trend", "--until", "2018", "--by", "compute"],
        ] {
            let (answer, remarks) = see(args, width);
            let picture = answer.contains('└');
            assert_eq!(picture, width >= 32, "{width}: {answer}");
            assert_eq!(
                !picture,
                message(&remarks).contains("terminal too narrow for the chart")
            );
            for line in answer.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn figures_with_notes_are_named_where_few_models_are_shown() {
    for (question, figure) in [
        ("compare gpt-3 palm --of cost", "gpt-3.cost_usd"),
        ("estimate esm3-98b", "esm3-98b.tokens"),
        ("frontier --by cost", "gpt-2.cost_usd"),
        ("compare gpt-3 palm --of params", ""),
    ] {
        let (_, remarks) = see(&question.split(' ').collect::<Vec<_>>(), 120);
        let named = message(&remarks).contains(&format!("notes on {figure}"));
        assert_eq!(named, !figure.is_empty(), "{question}: {remarks}");
    }
}

#[test]
fn a_picture_of_ascii_is_one() {
    let answer = Shared::default();
    let out = Output::terminal(Box::new(answer.clone()), Box::new(io::sink()), 80);
    let mut out = out.with_charset(Charset::Ascii);
    let cli = Cli::try_parse_from([
        "ahm",
        "trend",
        "--by",
        "compute",
        "--no-embedded",
        "--catalog",
        CATALOG,
    ])
    .expect("a command line");
    cli.run_with(&mut out).expect("an answer");
    let answer = answer.text();
    let picture = answer.split("\n\n").last().expect("a picture");
    assert!(
        picture.starts_with("Training compute of ") && picture.contains("\nO open  A closed"),
        "{picture}"
    );
    assert!(picture.lines().count() > 20, "{picture}");
    // The sign of a factor is a word of the answer.
    assert!(picture.replace('×', "").is_ascii(), "{picture}");
    assert!(answer.contains("\n----"), "{answer}");
}

#[test]
fn pictures_are_for_tables_that_nobody_chose_the_columns_of() {
    for args in [
        &["frontier", "-f", "markdown"][..],
        &["frontier", "-c", "name,factor"],
        &["trend", "-f", "csv"],
        &["trend", "-c", "n"],
    ] {
        let (answer, _) = see(args, 80);
        assert!(!answer.contains('└'), "{answer}");
    }
}

#[test]
fn every_row_is_one_line_of_the_terminal() {
    let text = std::fs::read_to_string(CATALOG).expect("a catalog");
    let catalog: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let models = catalog["models"].as_array().expect("models").len();
    for width in [1, 7, 20, 33, 60, 80, 120, 200] {
        for args in [
            &["list"][..],
            &["list", "-c", "all"],
            &["list", "-c", "name,paper_title,home"],
            &["sort", "--by", "cost", "--no-header"],
        ] {
            let (answer, _) = see(args, width);
            let rows = answer.lines().count();
            assert!(
                (models..=models + 2).contains(&rows),
                "{rows} rows of {args:?}"
            );
            for line in answer.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn a_column_with_nothing_in_it_has_its_blank() {
    // Nobody says the compute of these, and no title is as wide as the column.
    for width in 20..120 {
        let (answer, _) = see(&["list", "--no-header", "-n", "2"], width);
        for line in answer.lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
        assert_eq!(answer.lines().count(), 2, "{width}: {answer}");
    }
}

#[test]
fn remarks_break_between_words() {
    for width in [40, 60, 80] {
        let (_, remarks) = see(&["compare", "gpt-3", "llama"], width);
        assert!(!remarks.is_empty(), "{width}");
        let (_, narrow) = see(&["list", "-c", "all", "-n", "2"], width);
        for line in remarks.lines().chain(narrow.lines()) {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn a_remark_says_what_is_left_out() {
    let (answer, remarks) = see(
        &[
            "list",
            "--field",
            "vision",
            "--open",
            "-n",
            "3",
            "--as-listed",
        ],
        60,
    );
    assert!(!answer.contains("Field"));
    assert!(
        message(&remarks).contains("hidden to fit: Tokens, Compute, Field "),
        "{remarks}"
    );
    assert!(
        message(&remarks).contains("3 of 11 matches (84 models, `tests/catalogs/2026-08.json` of "),
        "{remarks}"
    );
    // Counted over all that match, not over those that are shown.
    assert!(
        message(&remarks).contains("Missing: tokens 11, compute 7"),
        "{remarks}"
    );
    let (answer, remarks) = see(
        &[
            "list",
            "-c",
            "paper_title",
            "-n",
            "1",
            "gpt-4",
            "--until",
            "2023",
        ],
        12,
    );
    assert!(answer.contains("GPT-4 Techn…"), "{answer}");
    assert!(remarks.contains("some cells are shortened"), "{remarks}");
}

#[test]
fn what_was_asked_about_is_given_up_last() {
    let (answer, _) = see(&["sort", "--by", "energy", "-n", "1"], 40);
    assert!(answer.contains("Energy"), "{answer}");
    let (answer, _) = see(
        &["list", "--has", "cost", "-n", "1", "--until", "2023-04"],
        30,
    );
    assert!(answer.contains("Cost"), "{answer}");
    let (answer, _) = see(
        &[
            "list",
            "--where",
            "open and cost>1",
            "-n",
            "1",
            "--until",
            "2023-04",
        ],
        31,
    );
    assert!(answer.contains("Cost"), "{answer}");
}

#[test]
fn no_terminal_is_too_narrow_for_a_model_that_was_asked_for() {
    let names = ["GPT-3", "PaLM", "LLaMA", "BLOOM", "Chinchilla", "GLM-130B"];
    for width in [20, 40, 60, 80, 100, 200] {
        // Of most, the energy is unknown: their columns would be empty.
        for of in [&[][..], &["--of", "energy"], &["--of", "params,energy"]] {
            let (answer, remarks) = see(&[&["compare"], &names[..], of].concat(), width);
            let message = message(&remarks);
            // As many letters as fit.
            let is_shown = |name: &&str| answer.contains(&name[..name.len().min(width - 1)]);
            assert!(names.iter().all(is_shown), "{width}: {answer}");
            let hidden = message.split("hidden to fit: ").nth(1).unwrap_or_default();
            assert!(
                !names.iter().any(|name| hidden.starts_with(name)),
                "{message}"
            );
            let is_turned = answer.starts_with("Name");
            assert!(is_turned || width > 40, "{width}: {answer}");
            assert!(!is_turned || width < 100, "{width}: {answer}");
            assert_eq!(
                message.contains("(use --of, "),
                is_turned && !hidden.is_empty()
            );
            for line in answer.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
    let (answer, _) = see(&["compare", "gpt-3", "palm", "-c", "key,palm"], 40);
    let header = answer.lines().next().unwrap_or_default();
    assert_eq!(header.trim(), "PaLM", "{answer}");
}

#[test]
fn a_note_says_what_a_name_was_read_as() {
    let families = ["--no-embedded", "--catalog", "tests/catalogs/families.json"];
    let (_, remarks) = see(&[&["show", "llama 3.1"][..], &families].concat(), 30);
    let note = "note: llama 3.1 is a family of 3; shown: Llama 3.1 405B ";
    assert!(message(&remarks).starts_with(note), "{remarks}");
    assert!(remarks.lines().all(|line| line.width() <= 30), "{remarks}");
    let (_, remarks) = see(&["show", "gpt"], 80);
    assert!(!remarks.contains("note:"), "{remarks}");
}

#[test]
fn machine_formats_have_no_remarks() {
    for question in ["list", "stats", "frontier", "trend", "audit", "columns"] {
        let (answer, remarks) = see(&[question, "-f", "jsonl"], 80);
        assert!(!answer.is_empty() && remarks.is_empty(), "{remarks}");
        let (_, remarks) = see(&[question], 80);
        assert!(!remarks.is_empty(), "{question}");
    }
}

#[test]
fn a_remark_explains_the_marks() {
    let own = [
        "--no-embedded",
        "--catalog",
        "tests/catalogs/corrected.json",
    ];
    for format in ["table", "markdown"] {
        let (answer, remarks) = see(&[&["list", "-f", format][..], &own].concat(), 80);
        assert!(
            answer.contains("21B*") || answer.contains("21B\\*"),
            "{answer}"
        );
        assert!(
            remarks.contains("* corrected: see `ahm explain"),
            "{remarks}"
        );
    }
    let unmarked = ["list", "--org", "hedge"];
    let (_, remarks) = see(&[&unmarked[..], &own].concat(), 80);
    assert!(!remarks.contains("corrected"), "{remarks}");
}

#[test]
fn figures_of_others_are_marked_and_the_marks_explained() {
    let own = ["--no-embedded", "--catalog", "tests/catalogs/stated.json"];
    let command = |args: &[&str]| see(&[args, &own].concat(), 80);
    let both = "† by a third party, ‡ derived: see `ahm explain NAME.KEY`; `--stated` omits † ‡";
    let (answer, remarks) = command(&["list", "-c", "name,params,compute"]);
    assert!(
        answer.contains("9B†") && answer.contains("2e23‡"),
        "{answer}"
    );
    assert!(
        remarks.contains(both) && !remarks.contains('*'),
        "{remarks}"
    );
    // The digits stand under each other.
    let end = |figure: &str| {
        let line = answer.lines().find(|line| line.contains(figure));
        let line = line.unwrap_or_else(|| panic!("no {figure}"));
        line[..line.find(figure).unwrap_or(0) + figure.len()].width()
    };
    assert_eq!(end("700B"), end("530B"));
    let (_, remarks) = command(&["list", "-c", "name,compute"]);
    assert!(
        remarks.contains("‡ derived: ") && !remarks.contains('†'),
        "{remarks}"
    );
    let (answer, remarks) = command(&["show", "kestrel"]);
    assert!(answer.contains("30T†"), "{answer}");
    assert!(
        remarks.contains("† by a third party, ‡ derived"),
        "{remarks}"
    );
    for args in [&["list", "--stated"][..], &["show", "kestrel", "--stated"]] {
        let (answer, remarks) = command(args);
        let text = answer + &remarks;
        assert!(!text.contains(['†', '‡']), "{text}");
    }
    let (answer, _) = see(&["list", "-f", "csv", own[0], own[1], own[2]], 80);
    assert!(!answer.contains(['†', '‡']), "{answer}");
}

#[test]
fn a_remark_says_how_fresh_the_data_is() {
    let fresh =
        |args: &[&str]| message(&see_as_typed(&[&["list", "-n", "1"], args].concat(), 80).1);
    let remarks = fresh(&[]);
    assert!(remarks.contains("models, catalog of 20"), "{remarks}");
    let own = ["--catalog", "tests/catalogs/stated.json"];
    let remarks = fresh(&own);
    assert!(
        remarks.contains("models, built-in catalog of 20"),
        "{remarks}"
    );
    let of_own = ", `tests/catalogs/stated.json` of 2026-08";
    assert!(remarks.contains(of_own), "{remarks}");
    // Of a catalog that is left out nothing is said, nor of one that does not say.
    let remarks = fresh(&[&own[..], &["--no-embedded"]].concat());
    assert!(
        remarks.contains(&format!("1 of 4 models{of_own}")),
        "{remarks}"
    );
    let remarks = fresh(&["--no-embedded", "--catalog", "tests/catalogs/own.ndjson"]);
    assert!(!remarks.contains("catalog of"), "{remarks}");
    for command in ["frontier", "stats"] {
        let remarks = message(&see_as_typed(&[command], 120).1);
        assert!(remarks.contains(", catalog of 20"), "{remarks}");
    }
}

#[test]
fn explanations_break_between_words_and_speak_markdown() {
    for width in [60, 80, 120] {
        for name in ["gpt-3.compute", "llama.energy", "palm"] {
            let (answer, _) = see(&["explain", name], width);
            for line in answer.lines().filter(|line| !line.contains("https://")) {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
    let (answer, _) = see(&["explain", "llama.energy", "-f", "md"], 80);
    assert!(answer.starts_with("### Energy of LLaMA\n"), "{answer}");
    assert!(
        answer.contains("- **energy\\_estimate\\_mwh**: ≈450 MWh"),
        "{answer}"
    );
    let (answer, remarks) = see(&["explain", "galactica", "-f", "json"], 80);
    let all: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(all[0]["key"], "params");
    assert_eq!(remarks, "");
}

#[test]
fn cards_break_between_words() {
    let (answer, _) = see(&["show", "gpt-3"], 60);
    for line in answer.lines().filter(|line| !line.contains("https://")) {
        assert!(line.width() <= 60, "{line}");
    }
}

#[test]
fn a_frontier_says_what_does_not_count_and_until_when_it_counts() {
    let args = [
        "frontier",
        "--by",
        "compute",
        "--section",
        "speech",
        "--as-listed",
    ];
    let (answer, remarks) = see(&args, 120);
    assert!(
        remarks
            .contains("records among 1 of 5 models that match, `tests/catalogs/2026-08.json` of "),
        "{remarks}"
    );
    assert!(
        remarks
            .replace('\n', " ")
            .contains("; compute is unknown for the rest"),
        "{remarks}"
    );
    assert!(
        remarks.contains("durations end at 2023-04, the last month in the catalog"),
        "{remarks}"
    );
    // What a remark says on a terminal stands below the table in a pipe.
    assert!(!answer.contains("unknown for the rest"), "{answer}");
    let (_, remarks) = see(&["frontier", "--until", "2020"], 120);
    assert!(
        remarks.contains("durations end at 2020-12, the month asked about"),
        "{remarks}"
    );
    let (_, remarks) = see(&["frontier", "--by", "compute", "--since", "2022"], 120);
    assert!(
        remarks.contains("the record before 2022-01 was "),
        "{remarks}"
    );
}

#[test]
fn a_frontier_says_who_tied() {
    let own = "tests/catalogs/ties.ndjson";
    let args = ["frontier", "--no-embedded", "--catalog", own];
    let (answer, remarks) = see(&args, 120);
    assert!(answer.contains("Alpha"), "{answer}");
    assert!(
        remarks.contains("Alpha tied with Beta, Gamma in 2020-02; the first by name is shown"),
        "{remarks}"
    );
    assert!(
        remarks.contains("among 6 of 8 models; params or date are unknown for the rest"),
        "{remarks}"
    );
}

#[test]
fn a_lag_says_how_many_records_are_reached_and_when_nobody_could() {
    let (_, remarks) = see(
        &["frontier", "--lag", "--by", "compute", "--until", "2023-04"],
        120,
    );
    assert!(
        remarks.contains(
            "by compute, open models matched none of 5 closed records as of 2023-04, the oldest"
        ),
        "{remarks}"
    );
    let (_, remarks) = see(&["frontier", "--lag", "--where", "closed"], 120);
    assert!(
        remarks.contains("no matching open model has params"),
        "{remarks}"
    );
}

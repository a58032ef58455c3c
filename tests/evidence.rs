//! Among how many models of how many an answer ranks or fits a figure.

use ahm::cli::Cli;
use ahm::model::figure::grouped;
use ahm::output::Output;
use clap::Parser;

mod shared;

use shared::Shared;

/// The answer and what is remarked on a terminal; in a pipe nothing is.
fn see(args: &[&str], terminal: bool) -> (String, String) {
    let (answer, remarks) = (Shared::default(), Shared::default());
    let mut out = match terminal {
        true => Output::terminal(Box::new(answer.clone()), Box::new(remarks.clone()), 200),
        false => Output::pipe(Box::new(answer.clone())),
    };
    let cli = Cli::try_parse_from([&["ahm"], args].concat()).expect("a command line");
    cli.run_with(&mut out).expect("an answer");
    drop(out);
    (answer.text(), remarks.text().replace('\n', " "))
}

/// Questions that rank or fit a figure that most models do not have.
const QUESTIONS: &[&[&str]] = &[
    &["sort", "--by", "compute", "-n", "3"],
    &["list", "--sort", "org,compute"],
    &["frontier", "--by", "compute"],
    &["frontier", "--by", "compute", "--lag"],
    &["frontier", "--by", "compute", "--estimated"],
    &["frontier", "--by", "compute", "--since", "2022"],
    &["trend", "--by", "compute"],
    &["trend", "--by", "compute", "--split", "access"],
    &["stats", "--by", "access", "--of", "compute"],
];

#[test]
fn what_ranks_or_fits_a_figure_says_among_how_many_models() {
    let all = grouped(ahm::catalog::embedded::count() as f64);
    let all = format!(" of {all} models");
    let is_reported = |text: &str| {
        let rests = [
            " unknown for the rest",
            " neither known nor estimated for the rest",
        ];
        let figures = text.contains(" figures by third parties") || !text.contains("compute");
        text.contains(&all) && figures && rests.iter().any(|words| text.contains(words))
    };
    for args in QUESTIONS {
        for format in ["table", "markdown"] {
            let args = [*args, &["-f", format]].concat();
            let (answer, remarks) = see(&args, true);
            assert!(is_reported(&remarks), "{args:?}: {remarks}");
            // Below the table as well it would be there twice.
            assert!(!is_reported(&answer), "{args:?}: {answer}");
            let (answer, _) = see(&args, false);
            assert!(is_reported(&answer), "{args:?}: {answer}");
            // Whoever chooses the parts of a table gets these.
            let (answer, _) = see(&[&args[..], &["--no-header"]].concat(), false);
            assert!(!answer.contains("for the rest"), "{args:?}: {answer}");
        }
        for format in ["jsonl", "csv", "names"] {
            let args = [*args, &["-f", format]].concat();
            let (answer, remarks) = see(&args, true);
            let text = answer + &remarks;
            assert!(!text.contains("for the rest"), "{args:?}: {text}");
        }
    }
    for command in [
        &["stats", "--by", "country"][..],
        &["stats"],
        &["trend"],
        &["frontier"],
        &["threshold", "1e25"],
    ] {
        let args = [command, &["--where", "tokens>1T"]].concat();
        let (answer, _) = see(&args, false);
        let sentence = " more may match: tokens are unknown.";
        assert!(answer.contains(sentence), "{args:?}: {answer}");
        let (_, remarks) = see(&args, true);
        assert!(
            remarks.contains(" more may match: tokens"),
            "{args:?}: {remarks}"
        );
    }
    for args in [
        &["list"][..],
        &["sort", "--by", "year"],
        &["sort", "--by", "org"],
    ] {
        let (_, remarks) = see(args, true);
        assert!(!remarks.contains("ranked"), "{args:?}: {remarks}");
    }
}

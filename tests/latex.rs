//! Tables for LaTeX, byte by byte: transcripts do not tell `\` from `/`.

use std::process::Command;

fn ask(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .args(args)
        .env("AHM_CATALOG", "tests/catalogs/2026-08.json")
        .env("AHM_NO_EMBEDDED", "true")
        .output()
        .expect("ahm runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_table_is_of_booktabs_with_marks_and_a_legend() {
    let table = ask(&[
        "sort",
        "--by",
        "params",
        "-n",
        "3",
        "--until",
        "2022",
        "-f",
        "latex",
        "-c",
        "name,params,tokens,compute_6nd",
    ]);
    let expected = r"\begin{tabular}{lrrr}
\toprule
Name & Params & Tokens & Compute 6ND (FLOP) \\
\midrule
Switch Transformer & 1.6T &  &  \\
GLaM & 1.2T &  &  \\
PaLM & 540B\textsuperscript{*} & 780B & $\approx$2.53e24 \\
\bottomrule
\end{tabular}
";
    assert!(table.starts_with(expected), "{table}");
    let marked = ask(&[
        "list",
        "^PaLM$|^GPT-3$",
        "-f",
        "latex",
        "-c",
        "name,params,cost,compute_6nd",
    ]);
    assert!(marked.contains(r"540B\textsuperscript{*}"), "{marked}");
    assert!(
        marked.contains(r"\$4.6M\textsuperscript{\textdagger{}}"),
        "{marked}"
    );
    assert!(marked.contains(r"$\approx$"), "{marked}");
    let legend = r"
{\footnotesize
* corrected, \textdagger{} by a third party, $\approx$ implied by other figures.\par
}
";
    assert!(marked.ends_with(legend), "{marked}");
}

#[test]
fn signs_of_tex_are_escaped_and_there_may_be_no_header() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("models.json");
    let models = r#"[{"id":"x","name":"50% & #1_{a}~\\x^2 $"}]"#;
    std::fs::write(&path, models).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .args([
            "list",
            "-f",
            "latex",
            "-c",
            "name",
            "--no-header",
            "--no-embedded",
            "--catalog",
        ])
        .arg(path)
        .output()
        .expect("ahm runs");
    let expected = r"\begin{tabular}{l}
\toprule
50\% \& \#1\_\textbraceleft{}a\textbraceright{}\textasciitilde{}\textbackslash{}x\textasciicircum{}2 \$ \\
\bottomrule
\end{tabular}
";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

//! What README, `docs` and `tests/cmd` show is what the program prints.

/// README and `docs` ask the embedded catalog; `tests/cmd/bare` names its catalogs itself.
#[test]
fn readme() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .case("README.md")
        .case("docs/*.md")
        .case("tests/cmd/bare/*.md");
}

/// The commands ask a frozen catalog, so that a changed answer is a change of the program.
#[test]
fn commands() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("AHM_CATALOG", "tests/catalogs/2026-08.json")
        .env("AHM_NO_EMBEDDED", "true")
        .case("tests/cmd/*.md");
}

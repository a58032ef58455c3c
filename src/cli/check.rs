//! `ahm check`: a catalog's mistakes, each with its line and column.

use crate::catalog::Catalog;
use crate::catalog::check::{Check, Diagnostic, DiagnosticKind};
use crate::catalog::source::Opened;
use crate::error::{Error, Found};
use crate::model::heading::Heading;
use crate::model::value::{Kind, Value};
use crate::output::{Finding, Level, Output, OutputArgs, Report, ReportPart};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Without FILE, checks the catalogs in use: the built-in one and those of --catalog. With FILE, checks
the file against them: a word that is close to one of theirs is a mistake, a value that overrides one
of theirs is noted. Exits with 1 if there is a mistake.
")]
pub(crate) struct CheckArgs {
    /// Catalogs to check; `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputArgs,
}

const HEADINGS: [Heading<'static>; 7] = [
    Heading::new("file", "File", Kind::Word, 3),
    Heading::new("line", "Line", Kind::Number, 0),
    Heading::new("column", "Column", Kind::Number, 1),
    Heading::new("id", "Model", Kind::Word, 2),
    Heading::new("key", "Key", Kind::Word, 1),
    Heading::new("severity", "", Kind::Word, 2),
    Heading::new("problem", "Problem", Kind::Sentence, 0),
];

impl CheckArgs {
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }

    pub(crate) fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let mut check = Check::default();
        for source in catalog.sources() {
            check.source(&*source.document()?);
        }
        let known = check.diagnostics.len();
        let mut unread = None;
        for path in &self.files {
            match Opened::open(path).and_then(|opened| catalog.documents_of(opened)) {
                Ok(documents) => documents.iter().for_each(|document| check.source(document)),
                // The other files are checked all the same.
                Err(error) => unread = unread.or(Some(error)),
            }
        }
        let mut diagnostics = check.diagnostics;
        if !self.files.is_empty() {
            diagnostics.drain(..known);
        }
        let mistakes = diagnostics.iter();
        let mistakes = mistakes
            .filter(|d| d.severity == DiagnosticKind::Mistake)
            .count();
        let notes = diagnostics.len() - mistakes;
        let sheet = ReportPart::sheet(HEADINGS, diagnostics.iter().map(row));
        let report = Report::new(sheet).titled("Mistakes in catalogs");
        let mut report = report.remark(format_args!("{mistakes} mistakes, {notes} notes"));
        report.findings = Some(diagnostics.iter().map(finding).collect());
        report.write(&self.output, out)?;
        match (unread, mistakes) {
            (Some(error), _) => {
                out.finish()?;
                Err(error)
            }
            (None, 0) => Ok(Found::Some),
            (None, _) => Ok(Found::Nothing),
        }
    }
}

fn row(diagnostic: &Diagnostic) -> Vec<Value<'_>> {
    let number = |number: usize| Value::Number(number as f64);
    let severity = match diagnostic.severity {
        DiagnosticKind::Mistake => "mistake",
        DiagnosticKind::Note => "note",
    };
    vec![
        Value::from(&*diagnostic.source),
        number(diagnostic.position.line),
        number(diagnostic.position.column),
        Value::from(&*diagnostic.id),
        Value::from(&*diagnostic.key),
        Value::from(severity),
        Value::from(&*diagnostic.message),
    ]
}

fn finding(diagnostic: &Diagnostic) -> Finding<'_> {
    let (level, rule) = match diagnostic.severity {
        DiagnosticKind::Mistake => (Level::Error, ("mistake", "a catalog is valid")),
        DiagnosticKind::Note => (Level::Note, ("override", "a value replaces a known one")),
    };
    Finding {
        place: Some((&diagnostic.source, diagnostic.position)),
        level,
        rule,
        message: Finding::message(&[&diagnostic.id, &diagnostic.key, &diagnostic.message]),
    }
}

//! `ahm check`: a catalog's mistakes, each at its line and column.

use crate::catalog::Catalog;
use crate::catalog::check::Check;
use crate::catalog::finding::{Finding, Severity};
use crate::catalog::source::Source;
use crate::cli::layout::Layout;
use crate::error::{Error, Found};
use crate::model::column::Heading;
use crate::model::value::{Kind, Value};
use crate::output::Output;
use clap::Args;
use std::borrow::Cow;
use std::path::PathBuf;

/// Check a catalog: every mistake at its line and column
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Without a file the catalogs in use are checked: the built-in one, and those of --catalog. A file is
checked against them: a word that is nearly one of theirs is a mistake, a key that replaces one of
theirs is noted. Exits with 1 if there is a mistake.
")]
pub(crate) struct CheckArgs {
    /// Catalogs to check; `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    layout: Layout,
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
    /// Whether files are named.
    pub(crate) fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let mut check = Check::default();
        for source in catalog.sources() {
            check.source(&*source.document()?);
        }
        let known = check.count();
        let mut unread = None;
        for path in &self.files {
            match Source::open(path).and_then(|source| Ok(source.document()?.into_owned())) {
                Ok(document) => check.source(&document),
                // The others are told all the same.
                Err(error) => unread = unread.or(Some(error)),
            }
        }
        let mut findings = check.findings();
        if !self.files.is_empty() {
            findings.drain(..known);
        }
        if !findings.is_empty() || !self.layout.look.format.is_for_people() {
            self.layout
                .write(&HEADINGS, &mut findings.iter().map(row), out)?;
        }
        let mistakes = findings.iter().filter(|f| f.severity == Severity::Mistake);
        let mistakes = mistakes.count();
        out.remark(format_args!(
            "{mistakes} mistakes, {} notes",
            findings.len() - mistakes
        ));
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

fn row(finding: &Finding) -> Vec<Value<'_>> {
    let number = |number: usize| Value::Number(number as f64);
    let severity = match finding.severity {
        Severity::Mistake => "mistake",
        Severity::Note => "note",
    };
    vec![
        Value::from(&*finding.source),
        number(finding.place.line),
        number(finding.place.column),
        Value::from(&*finding.id),
        Value::from(&*finding.key),
        Value::Text(Cow::Borrowed(severity)),
        Value::from(&*finding.what),
    ]
}

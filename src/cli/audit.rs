//! `ahm audit`: figures that contradict each other.

use crate::analysis::audit::{AuditedModel, Contradiction, Rule, Severity, audit};
use crate::catalog::Catalog;
use crate::catalog::table::has_table_ending;
use crate::cli::filter_args::ConditionParser;
use crate::cli::name_args;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::figure::grouped;
use crate::model::heading::Heading;
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use crate::output::{Finding, Level, Output, OutputArgs, Report, ReportPart, SheetColumn};
use crate::query::Query;
use crate::query::condition::Condition;
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Applies every rule to every model, or to the models named. Files in front of the names are audited
instead of the catalog: a catalog, a table or a folder of them. The exit code is 1 if anything is
found, so that a change of the data can be checked with it.

Examples:
  ahm audit
  ahm audit --as-listed                   check the list against itself
  ahm audit glm-130b xlnet --as-listed
  ahm audit models.csv
  ahm audit models.csv -f github          annotations of a workflow on GitHub
")]
pub(crate) struct Audit {
    /// Files to audit instead of the catalog (`-` is standard input), then models [default: all]
    #[arg(value_name = "FILE|NAME")]
    names: Vec<String>,

    /// Whether files are audited instead of the catalog.
    #[arg(skip)]
    is_of_files: bool,

    /// Condition, such as `open and announced>=2022`; if repeated, all must be true
    #[arg(long = "where", value_name = "CONDITION", value_parser = ConditionParser, help_heading = "Filters")]
    conditions: Vec<Condition>,

    #[command(flatten)]
    output: OutputArgs,
}

const ID: Heading<'static> = Heading::new("id", "Id", Kind::Word, 9);

const HEADINGS: [Heading<'static>; 7] = [
    Heading::new("name", "Model", Kind::Word, 0),
    Heading::new("key", "Key", Kind::Word, 2),
    Heading::new("severity", "", Kind::Word, 4),
    Heading::new("ratio", "Ratio", Kind::Quantity(Unit::Ratio), 3),
    Heading::new("cause", "Likely cause", Kind::Sentence, 1),
    Heading::new("inputs", "Inputs", Kind::Sentence, 5),
    Heading::new("rule", "Rule", Kind::Sentence, 6),
];

const FILE: Heading<'static> = Heading::new("file", "File", Kind::Word, 7);
const LINE: Heading<'static> = Heading::new("line", "Line", Kind::Number, 2);
const COLUMN: Heading<'static> = Heading::new("column", "Column", Kind::Number, 8);

impl Audit {
    /// Takes the files in front of the names: what exists, or has the ending of a table.
    pub(crate) fn take_files(&mut self) -> Vec<PathBuf> {
        let is_file = |name: &&String| {
            let path = Path::new(name);
            *name == "-" || path.exists() || has_table_ending(path)
        };
        let count = self.names.iter().take_while(is_file).count();
        self.is_of_files = count > 0;
        self.names.drain(..count).map(PathBuf::from).collect()
    }

    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Audit {
            names,
            is_of_files,
            conditions,
            output,
        } = self;
        let records = name_args::find_all(&names, catalog, out)?;
        let wanted = catalog.models(&records)?;
        let query = Query {
            pattern: None,
            searches: Vec::new(),
            condition: Condition::All(conditions),
            order: Vec::new(),
            limit: None,
        };
        let matching = query.scan(
            (catalog, Keys::default()),
            BTreeSet::new(),
            |ids, model, _| {
                ids.insert(model.id.to_string());
            },
        )?;
        out.notes(&matching.note);
        let mut audited = audit(catalog)?;
        audited.retain(|model| {
            let is_named = wanted.is_empty() || wanted.iter().any(|named| *named.id == *model.id);
            is_named && matching.result.contains(&model.id)
        });
        let broken = audited.iter().filter(|own| !own.contradictions.is_empty());
        let (models, all) = (broken.count(), audited.len());
        let all_found: Vec<_> = audited.iter().flat_map(each).collect();
        let rows = all_found.iter().map(row);
        let found = rows.len();
        let mut files: Vec<&str> = all_found.iter().filter_map(file).collect();
        files.dedup();
        // People know models by their names, and the file that they ask about.
        let place = |heading, is_shown| match is_shown {
            true => SheetColumn::from(heading),
            false => SheetColumn::for_machines(heading),
        };
        let columns = [SheetColumn::for_machines(ID)].into_iter();
        let columns = columns.chain(HEADINGS.map(SheetColumn::from)).chain([
            place(FILE, is_of_files && files.len() > 1),
            place(LINE, is_of_files),
            place(COLUMN, false),
        ]);
        let report = Report::new(ReportPart::sheet(columns, rows));
        let mut report = report
            .titled("Figures that contradict each other")
            .remark(format_args!(
                "{} contradictions in {} of {} models",
                grouped(found as f64),
                grouped(models as f64),
                grouped(all as f64)
            ));
        report.findings = Some(all_found.iter().map(finding).collect());
        report.write(&output, out)?;
        Ok(match found {
            0 => Found::Some,
            _ => Found::Nothing,
        })
    }
}

/// A contradiction, the rule that is broken, and the model.
type FoundIn<'v> = (&'v AuditedModel, Rule, &'v Contradiction);

fn each(model: &AuditedModel) -> impl Iterator<Item = FoundIn<'_>> {
    let contradictions = model.contradictions.iter();
    contradictions.map(move |(rule, found)| (model, *rule, found))
}

fn file<'v>((.., found): &FoundIn<'v>) -> Option<&'v str> {
    found.place.as_ref().map(|(file, _)| &**file)
}

fn row<'v>((model, rule, found): &FoundIn<'v>) -> Vec<Value<'v>> {
    let number = |number: usize| Value::Number(number as f64);
    let position = found.place.as_ref().map(|(_, position)| position);
    vec![
        Value::from(&*model.id),
        Value::from(&*model.name),
        Value::from(found.key),
        Value::from(found.severity.word()),
        found.ratio.map_or(Value::Missing, Value::Number),
        Value::from(&*found.cause),
        Value::from(&*found.inputs),
        Value::from(rule.text),
        file(&(*model, *rule, *found)).map_or(Value::Missing, Value::from),
        position.map_or(Value::Missing, |position| number(position.line)),
        position.map_or(Value::Missing, |position| number(position.column)),
    ]
}

fn finding<'v>((model, rule, found): &FoundIn<'v>) -> Finding<'v> {
    let place = found.place.as_ref();
    let cause = format!("{} ({})", found.cause, found.inputs);
    Finding {
        place: place.map(|(file, position)| (&**file, *position)),
        level: match found.severity {
            Severity::Error => Level::Error,
            Severity::Doubt => Level::Warning,
        },
        rule: (rule.id, rule.text),
        message: Finding::message(&[&model.name, found.key, &cause]),
    }
}

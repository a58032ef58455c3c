//! `ahm audit`: figures that contradict each other.

use crate::analysis::audit::{AuditedModel, Contradiction, audit};
use crate::catalog::Catalog;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::heading::Heading;
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use crate::output::{Output, OutputArgs, Report, ReportPart, SheetColumn};
use crate::query::Query;
use crate::query::condition::Condition;
use crate::query::parser::ConditionParser;
use clap::Args;
use std::collections::BTreeSet;

/// Find figures that contradict each other
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Applies every rule to every model, or to the models named. The exit code is 1 if anything is found,
so that a change of the data can be checked with it.

Examples:
  ahm audit
  ahm audit --as-listed                   check the list against itself
  ahm audit glm-130b xlnet --as-listed
")]
pub struct Audit {
    /// Models to audit [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,

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

impl Audit {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Audit {
            names,
            conditions,
            output,
        } = self;
        let (records, notes) = catalog.named(&names)?;
        let wanted = catalog.models(&records)?;
        out.notes(notes);
        let query = Query {
            pattern: None,
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
        let rows = audited.iter().flat_map(|model| {
            let contradictions = model.contradictions.iter();
            contradictions.map(move |(rule, found)| row(model, rule, found))
        });
        let rows: Vec<Vec<Value<'_>>> = rows.collect();
        let found = rows.len();
        // People know models by their names.
        let columns = [SheetColumn::for_machines(ID)].into_iter();
        let columns = columns.chain(HEADINGS.map(SheetColumn::from));
        Report::new(ReportPart::sheet(columns, rows))
            .remark(format_args!(
                "{found} contradictions in {models} of {all} models"
            ))
            .write(&output, out)?;
        Ok(match found {
            0 => Found::Some,
            _ => Found::Nothing,
        })
    }
}

fn row<'v>(model: &'v AuditedModel, rule: &'v str, found: &'v Contradiction) -> Vec<Value<'v>> {
    vec![
        Value::from(&*model.id),
        Value::from(&*model.name),
        Value::from(found.key),
        Value::from(found.severity.word()),
        found.ratio.map_or(Value::Missing, Value::Number),
        Value::from(&*found.cause),
        Value::from(&*found.inputs),
        Value::from(rule),
    ]
}

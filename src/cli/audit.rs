//! `ahm audit`: figures that contradict each other.

use crate::analysis::audit::{Contradiction, Verdict, audit};
use crate::catalog::Catalog;
use crate::cli::layout::Layout;
use crate::error::{Error, Found};
use crate::model::Model;
use crate::model::column::Heading;
use crate::model::keys::Keys;
use crate::model::quantity::Unit;
use crate::model::value::{Kind, Value};
use crate::output::Output;
use crate::query::Query;
use crate::query::condition::Condition;
use crate::query::parser::ConditionParser;
use clap::Args;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Find figures that contradict each other
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Every rule is asked of every model, or of those named. Exits with 1 if anything is found, so that a
change of the data can be held against it.

Examples:
  ahm audit
  ahm audit --as-listed                   the list against itself
  ahm audit glm-130b xlnet --as-listed
")]
pub struct Audit {
    /// Whom to audit; everybody unless named
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// Only models of which this is true, such as `open and announced>=2022`; of several, all
    #[arg(long = "where", value_name = "CONDITION", value_parser = ConditionParser, help_heading = "Filters")]
    conditions: Vec<Condition>,

    #[command(flatten)]
    layout: Layout,
}

const HEADINGS: [Heading<'static>; 8] = [
    Heading::new("id", "Id", Kind::Word, 9),
    Heading::new("name", "Model", Kind::Word, 0),
    Heading::new("key", "Key", Kind::Word, 2),
    Heading::new("severity", "", Kind::Word, 4),
    Heading::new("ratio", "Ratio", Kind::Quantity(Unit::Ratio), 3),
    Heading::new("cause", "Likely cause", Kind::Sentence, 1),
    Heading::new("inputs", "Inputs", Kind::Sentence, 5),
    Heading::new("rule", "Rule", Kind::Sentence, 6),
];

impl Audit {
    /// Answers.
    ///
    /// # Errors
    /// When a name means no model or several, or the answer cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Audit {
            names,
            conditions,
            layout,
        } = self;
        let (named, originals) = catalog.named(&names)?;
        let wanted = catalog.whole(&originals)?;
        out.notes(named.iter().filter_map(|named| named.note.as_ref()));
        let verdicts = audit(catalog)?;
        let query = Query {
            pattern: None,
            condition: Condition::All(conditions),
            order: Vec::new(),
            limit: None,
        };
        let note = |ids: &mut BTreeSet<String>, _, model: &Model<'_>| {
            ids.insert(model.id.to_string());
        };
        let matching = query.gather((catalog, Keys::default()), BTreeSet::new, note)?;
        matching.note.iter().for_each(|note| out.note(note));
        let is_wanted = |verdict: &&Verdict| {
            let is = |model: &Model<'_>| *model.id == *verdict.id;
            let named = wanted.is_empty() || wanted.iter().any(is);
            named && matching.made.contains(&verdict.id)
        };
        let verdicts: Vec<&Verdict> = verdicts.iter().filter(is_wanted).collect();
        let found: usize = verdicts.iter().map(|v| v.contradictions.len()).sum();
        if found > 0 || !layout.look.format.is_for_people() {
            let broken = |verdict: &'_ &Verdict| -> Vec<Vec<Value<'_>>> {
                let contradictions = verdict.contradictions.iter();
                contradictions.map(|c| row(verdict, c)).collect()
            };
            let rows: Vec<Vec<Value<'_>>> = verdicts.iter().flat_map(broken).collect();
            // People know models by their names.
            let first = usize::from(layout.look.format.is_for_people());
            let mut rows = rows.into_iter().map(|row| row[first..].to_vec());
            layout.write(&HEADINGS[first..], &mut rows, out)?;
        }
        let models = verdicts
            .iter()
            .filter(|v| !v.contradictions.is_empty())
            .count();
        out.remark(format_args!(
            "{found} contradictions in {models} of {} models",
            verdicts.len()
        ));
        Ok(match found {
            0 => Found::Some,
            _ => Found::Nothing,
        })
    }
}

fn row<'v>(verdict: &Verdict, broken: &Contradiction) -> Vec<Value<'v>> {
    let text = |text: &str| Value::Text(Cow::Owned(text.to_owned()));
    vec![
        text(&verdict.id),
        text(&verdict.name),
        text(broken.key),
        text(broken.severity.word()),
        broken.ratio.map_or(Value::Missing, Value::Number),
        text(&broken.cause),
        text(&broken.inputs),
        text(broken.rule),
    ]
}

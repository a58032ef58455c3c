//! `ahm show`: everything known about a model.

use crate::catalog::Catalog;
use crate::cli::name_args::{self, NameArgs};
use crate::error::{Error, Found};
use crate::model::column::{CardSection, ColumnRef};
use crate::model::link::Link;
use crate::model::provenance::{Mark, Marks};
use crate::model::schema::{self, COLUMNS};
use crate::model::{Access, Correction, Map, Model};
use crate::output::{Card, Fact, ModelWriter, Output, OutputArgs, Report, ReportPart};
use crate::text::first_few;
use clap::Args;

#[derive(Debug, Clone, Args)]
#[command(
    alias = "info",
    after_help = "\
A name is an id, a name or an alias: case, accents, spaces and hyphens are ignored. Ids and addresses
on Hugging Face, GitHub or arXiv work too. A family (`llama 3.1`) means its largest model, a family
and a size (`llama 2 7b`) the model of that size; a note says so.

Examples:
  ahm show llama
  ahm show gpt-3 palm -c name,params,compute -f markdown
  ahm show dalle -f json
"
)]
pub(crate) struct Show {
    #[command(flatten)]
    names: NameArgs,

    #[command(flatten)]
    output: OutputArgs,
}

impl Show {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Show { names, output } = self;
        let found = names.find(catalog, out)?;
        let models = catalog.models(&found.records)?;
        let writer = ModelWriter::new(&output, &[], out)?;
        let rows = Box::new(models.iter().map(|model| Ok(writer.row(model))));
        let marks = models.iter().flat_map(|model| {
            let columns = COLUMNS.iter();
            columns.map(|column| sourced(column, model))
        });
        let cards = models.iter().map(|model| ReportPart::Card(card(model)));
        let names = models.iter().map(|model| &*model.name);
        let rows = ReportPart::Rows(&writer.writer, models.len(), rows);
        let mut report = Report::new(rows).titled(first_few(names, NAMED));
        report.is_single = models.len() + found.failures.len() == 1;
        report.summary = cards.collect();
        report.marks = marks.fold(Marks::default(), Marks::union);
        report.write(&output, out)?;
        out.finish()?;
        name_args::report_failures(found.failures)?;
        Ok(Found::Some)
    }
}

/// How many models the title of a page names.
const NAMED: usize = 5;

fn card(model: &Model<'_>) -> Card {
    let facts = |group: CardSection| {
        let columns = COLUMNS.iter().filter(move |column| column.section == group);
        columns.map(|column| fact(column, model))
    };
    let corrections = model.corrections.iter().map(|own| correction(own, model));
    let notes = model.notes.iter();
    let notes = notes.map(|note| Fact::new("Note", note.words()));
    let shown = |key: &str| COLUMNS.iter().any(|column| column.heading.key == key);
    let links = model.links.iter().filter(|(key, _)| !shown(key));
    let sources = model.sources.iter();
    let sources = sources.map(|source| Fact::new("Source", source.words()));
    let extra = facts(CardSection::Facts).chain(model.extra.iter().map(entry));
    let reading = facts(CardSection::Reading)
        .chain(links.map(entry))
        .chain(sources);
    Card {
        title: model.name.to_string(),
        subtitle: subtitle(model),
        groups: vec![
            facts(CardSection::Figures).collect(),
            corrections.chain(notes).collect(),
            extra.collect(),
            reading.collect(),
            listed(&model.listed),
        ],
    }
}

fn subtitle(model: &Model<'_>) -> String {
    let organizations = model.organizations.iter().map(|name| name.to_string());
    let organizations = organizations.collect::<Vec<_>>().join(", ");
    let announced = model.announced.map(|month| month.words());
    let access = model.access.map(Access::word);
    let access = access.unwrap_or("access not stated").to_owned();
    let parts = [Some(organizations), announced, Some(access)];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

fn fact(column: ColumnRef, model: &Model<'_>) -> Fact {
    let marks = sourced(column, model);
    let link = column.link(marks, model).filter(|_| marks.count() > 0);
    let value = format!("{}{}", column.words_of(model), marks.signs());
    Fact::new(column.name(), value).with_link(link.map(Link::into_owned))
}

/// The marks of sources; corrections have lines of their own.
fn sourced(column: ColumnRef, model: &Model<'_>) -> Marks {
    column.marked(model).marks().without(Mark::Corrected)
}

fn correction(correction: &Correction<'_>, model: &Model<'_>) -> Fact {
    let Correction { key, why, .. } = correction;
    let source = correction.origin();
    let change = change(correction, model);
    Fact::new("Corrected", format!("{key}: {change}; {why} ({source})"))
}

/// A key's value before and after.
fn change(correction: &Correction<'_>, model: &Model<'_>) -> String {
    let before = model.uncorrected.as_deref().unwrap_or(model);
    let mut changed = schema::columns_of(&correction.key);
    changed.retain(|column| column.is_corrected(model));
    let values = |of: &Model<'_>| {
        let values = changed.iter().map(|column| column.words_of(of));
        let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
        values.join(", ")
    };
    match (values(before).as_str(), values(model).as_str()) {
        ("", "") => "the listed value is right".to_owned(),
        ("", after) => after.to_owned(),
        (before, "") => format!("{before} is withdrawn"),
        (before, after) => format!("{before} → {after}"),
    }
}

/// The entry as the list prints it.
fn listed(listed: &Map) -> Vec<Fact> {
    let word = |key| listed.get(key).and_then(serde_json::Value::as_str);
    let Some(line) = listed.get("line") else {
        return Vec::new();
    };
    let head = ["name", "organization", "date", "status"];
    let head: Vec<&str> = head.into_iter().filter_map(word).collect();
    let line = format!("line {line}: {}", head.join(", "));
    let mut facts = vec![Fact::new("As listed", line)];
    // Keys of the list begin with a capital; the others are in the first line.
    let printed = |(key, _): &(&String, _)| key.starts_with(char::is_uppercase);
    facts.extend(listed.iter().filter(printed).map(entry));
    if let Some(again) = listed.get("again").and_then(serde_json::Value::as_object) {
        facts.extend(self::listed(again));
    }
    facts
}

fn entry((key, value): (&String, &serde_json::Value)) -> Fact {
    let text = value.as_str().map(str::to_owned);
    Fact::new(key, text.unwrap_or_else(|| value.to_string()))
}

//! `ahm explain`: where a figure comes from.

use crate::analysis::explanation::{DerivedFigure, Explanation, ListedEntry, estimate};
use crate::catalog::Catalog;
use crate::catalog::names::{Named, Nameless};
use crate::error::{Error, Found};
use crate::model::arxiv::ArxivId;
use crate::model::column::{Column, ColumnRef};
use crate::model::derived::DerivedField;
use crate::model::name::NormalizedName;
use crate::model::physics::Interval;
use crate::model::unit::three;
use crate::model::value::Kind;
use crate::model::{Model, Note};
use crate::output::{Card, Fact, Format, Output, write_json};
use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
With a key: what the list prints, what a correction or another source says, and each derivation from
other figures, with its formula and inputs. Without a key: a summary of every figure that the model
has or could have. `ahm columns` lists the keys.

Examples:
  ahm explain gpt-3.compute
  ahm explain palm
  ahm explain llama.energy -f json
")]
pub(crate) struct Explain {
    /// Model, and the key of the figure
    #[arg(value_name = "NAME[.KEY]")]
    name: String,

    /// Output format
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help_heading = "Output"
    )]
    format: ExplainFormat,

    /// The same as `--format json`
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    json: bool,
}

/// An explanation has no rows, so most formats do not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ExplainFormat {
    /// One line per fact
    #[default]
    Table,
    /// One JSON object, or an array of them without a key
    Json,
    /// Markdown list
    #[value(alias = "md")]
    Markdown,
}

impl Explain {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Explain { name, format, json } = self;
        let format = if json { ExplainFormat::Json } else { format };
        let (named, column) = find(&name, catalog)?;
        let chips = catalog.known_chips()?;
        let records = [named.record];
        out.notes(&named.note);
        let models = catalog.models(&records)?;
        for (model, record) in models.iter().zip(&records) {
            let external = catalog.external_records(record)?;
            let explained = match column {
                Some(column) => vec![Explanation::of(model, column, &chips, &external)],
                None => Explanation::all(model, &chips, &external),
            };
            match (format, &explained[..]) {
                (ExplainFormat::Json, [figure]) if column.is_some() => write_json(figure, out)?,
                (ExplainFormat::Json, figures) => write_json(figures, out)?,
                (ExplainFormat::Table, figures) => {
                    card(model, column, figures).write(Format::Table, out)?;
                }
                (ExplainFormat::Markdown, figures) => {
                    card(model, column, figures).write(Format::Markdown, out)?;
                }
            }
            if column.is_none() && format != ExplainFormat::Json {
                let id = &model.id;
                out.remark(format_args!(
                    "`ahm explain {id}.KEY` shows more of each figure"
                ));
            }
        }
        Ok(Found::count(models.len()))
    }
}

/// The model and the key. A name may contain a dot, so the whole text is tried first.
fn find(typed: &str, catalog: &Catalog) -> Result<(Named, Option<ColumnRef>), Error> {
    // In `GPT-3.5`, 5 is not a key.
    let is_number = |key: &str| key.chars().all(|c| c.is_ascii_digit());
    let parts = typed.rsplit_once('.');
    let parts = parts.filter(|(name, key)| !name.is_empty() && !is_number(key));
    let names = std::iter::once(typed).chain(parts.map(|(name, _)| name));
    let mut found = catalog.find(&names.collect::<Vec<_>>())?.into_iter();
    let whole = match found.next() {
        Some(Err(nameless)) => nameless,
        Some(Ok(named)) => return Ok((named, None)),
        None => Nameless::Unknown(typed.to_owned()),
    };
    let key = parts.map(|(_, key)| Column::named(key));
    match (found.next(), key) {
        (Some(Ok(named)), Some(Ok(column))) => Ok((named, Some(column))),
        (Some(Ok(_)), Some(Err(text))) => Err(Error::Misuse(text)),
        (Some(Err(nameless)), Some(Ok(_))) => Err(catalog.nameless(nameless)?),
        _ => Err(catalog.nameless(whole)?),
    }
}

/// Everything about one figure, or every figure of a model in a few lines and the other notes.
fn card(model: &Model<'_>, column: Option<ColumnRef>, figures: &[Explanation<'_>]) -> Card {
    if let (Some(column), [figure]) = (column, figures) {
        return Card {
            title: format!("{} of {}", column.name(), model.name),
            subtitle: format!("{}: {}", figure.key, column.meaning),
            groups: details(figure),
        };
    }
    let is_shown = |note: &&Note<'_>| {
        let mut shown = figures.iter().flat_map(Explanation::own_notes);
        shown.any(|own| own == *note)
    };
    let others = model.notes.iter().filter(|note| !is_shown(note));
    let others = others.map(note).collect();
    Card {
        title: model.name.to_string(),
        subtitle: "sources of its figures".to_owned(),
        groups: figures.iter().map(summary).chain([others]).collect(),
    }
}

fn details(figure: &Explanation<'_>) -> Vec<Vec<Fact>> {
    let column = figure.column;
    let mut groups = Vec::new();
    if estimate(column).is_none() {
        let value = Fact::new("Figure", value(figure));
        groups.push([value].into_iter().chain(claims(figure)).collect());
    }
    groups.push(figure.notes.iter().copied().map(note).collect());
    for derived in &figure.derivations {
        groups.extend(derivation(derived, figure));
    }
    if figure.derivations.is_empty() && matches!(column.heading.kind, Kind::Quantity(_)) {
        groups.push(vec![Fact::new("Derived", "no formula for this figure")]);
    }
    groups
}

fn summary(figure: &Explanation<'_>) -> Vec<Fact> {
    let label = match figure.column.name() {
        name if NormalizedName::new(name).is(figure.key) => name.to_owned(),
        name => format!("{name} ({})", figure.key),
    };
    if let (Some(_), [derived]) = (estimate(figure.column), &figure.derivations[..]) {
        return vec![Fact::new(&label, brief(derived))];
    }
    let mut facts = vec![Fact::new(&label, value(figure))];
    facts.extend(claims(figure));
    facts.extend(figure.own_notes().map(note));
    let derivations = figure.derivations.iter();
    facts.extend(derivations.map(|derived| Fact::new(derived.field.key(), brief(derived))));
    facts
}

fn value(figure: &Explanation<'_>) -> String {
    let is_withheld = || figure.model.withheld.intersects(figure.column.needs);
    match (figure.value.is_missing(), &figure.correction) {
        (false, _) => figure.column.words_of(figure.model),
        (true, Some(_)) => "withdrawn".to_owned(),
        (true, None) if is_withheld() => {
            "not stated by the makers (omitted by `--stated`)".to_owned()
        }
        (true, None) => match figure.column.beside.map(Column::named) {
            Some(Ok(beside)) if !beside.value(figure.model).is_missing() => format!(
                "not stated; {}: {}{}",
                beside.in_sentence(),
                beside.words_of(figure.model),
                beside.marked(figure.model).marks().signs()
            ),
            _ => "not stated".to_owned(),
        },
    }
}

/// What the list, a correction and other sources say.
fn claims(figure: &Explanation<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(figure.own.as_ref().map(|own| Fact::new("Given in", own)));
    let entries = std::iter::successors(figure.listed.as_ref(), |entry| entry.again.as_deref());
    facts.extend(entries.map(|entry| Fact::new("Listed", listed(entry))));
    if let Some(correction) = &figure.correction {
        let before = figure.model.uncorrected.as_deref().unwrap_or(figure.model);
        let [old, new] = [before, figure.model].map(|model| figure.column.words_of(model));
        let change = match (old.as_str(), new.as_str()) {
            ("", new) => format!("to {new}"),
            (old, "") => format!("{old} is withdrawn"),
            (old, new) => format!("{old} → {new}"),
        };
        let kind = correction.kind.map(|kind| format!(" ({})", kind.word()));
        let source = format!("{}{}", correction.source, kind.unwrap_or_default());
        facts.extend([
            Fact::new("Corrected", change),
            Fact::new("Why", correction.why),
            Fact::new("Source", source),
        ]);
    }
    let sources = figure.sources.iter();
    let sources = sources.map(|source| format!("{} ({})", source.address(), source.claim()));
    facts.extend(sources.map(|source| Fact::new("Source", source)));
    if figure.kind == Some("listed") {
        let paper = figure.paper.map(|url| match ArxivId::parse(url) {
            Some(arxiv) => format!("listed, from arXiv {}", arxiv.id),
            None => format!("listed, from {url}"),
        });
        facts.push(Fact::new(
            "Source",
            paper.unwrap_or_else(|| "listed".to_owned()),
        ));
    }
    facts
}

fn listed(entry: &ListedEntry) -> String {
    let texts = entry.texts.iter().map(|(key, text)| match text.as_str() {
        Some(text) => format!("{key}: {text}"),
        None => format!("{key}: {text}"),
    });
    let texts: Vec<String> = texts.collect();
    let line = entry.line.map(|line| format!("line {line}"));
    let line = line.as_deref().unwrap_or("no line");
    match texts.is_empty() {
        true => format!("{line}, which does not mention it"),
        false => format!("{line}: {}", texts.join("; ")),
    }
}

/// A derivation: the result and the formula, then the inputs.
fn derivation(derived: &DerivedFigure, figure: &Explanation<'_>) -> Vec<Vec<Fact>> {
    let key = derived.field.key();
    let meaning = Fact::new("Meaning", derived.field.meaning());
    let Ok(derivation) = &derived.outcome else {
        return vec![vec![Fact::new(key, brief(derived)), meaning]];
    };
    let Interval { low, mid, high } = derivation.result;
    let amount = |value| amount(derived.field, value);
    let result = match low < high {
        true => format!("≈{}, from {} to {}", amount(mid), amount(low), amount(high)),
        false => format!("≈{}", amount(mid)),
    };
    let before = figure.correction.as_ref();
    let before = before.and_then(|correction| correction.listed.number());
    let compared = [(derived.stated, derived.kind), (before, "listed")];
    let compared = compared.into_iter().filter_map(|(stated, kind)| {
        let stated = stated?;
        let bounds = match low < high {
            true if (low..=high).contains(&stated) => ", within the bounds",
            true => ", out of bounds",
            false => "",
        };
        let (times, stated) = (times(mid / stated), amount(stated));
        Some(Fact::new(
            "Compared",
            format!("{times} the {kind} {stated}{bounds}"),
        ))
    });
    let mut facts = vec![Fact::new(key, result)];
    facts.extend(compared);
    facts.extend([
        meaning,
        Fact::new("Formula", derivation.formula),
        Fact::new("In numbers", derivation.with_numbers()),
    ]);
    let inputs = derivation.inputs.iter().map(|input| {
        let origin = figure.origin(input);
        Fact::new(input.name, format!("{} ({origin})", input.dated_words()))
    });
    vec![facts, inputs.collect()]
}

/// A derivation in a line.
fn brief(derived: &DerivedFigure) -> String {
    let derivation = match &derived.outcome {
        Err(reason) => return format!("cannot be derived: {reason}"),
        Ok(derivation) => derivation,
    };
    let amount = amount(derived.field, derivation.result.mid);
    let text = format!("≈{amount} = {}", derivation.with_numbers());
    match derived.ratio() {
        Some(ratio) => format!("{text}, {} the {} figure", times(ratio), derived.kind),
        None => text,
    }
}

fn times(ratio: f64) -> String {
    match three(ratio).as_str() {
        "1" => "about the same as".to_owned(),
        ratio => format!("{ratio} times"),
    }
}

/// A figure with its unit.
fn amount(estimate: DerivedField, value: f64) -> String {
    let unit = estimate.unit();
    let text = format!("{} {}", unit.human(value), unit.name());
    text.trim_end().to_owned()
}

fn note(note: &Note<'_>) -> Fact {
    Fact::new("Note", note.words())
}

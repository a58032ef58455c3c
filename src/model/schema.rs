//! The schema: one row for each figure or fact of a model, with its type, title, kind and meaning.

use crate::model::affiliation::Affiliation;
use crate::model::column::{CardSection, Column, ColumnRef, Record, Slot, Vocabulary};
use crate::model::derived::{Derived, DerivedField};
use crate::model::expression::Expression;
use crate::model::fields::fields;
use crate::model::figure::Figure;
use crate::model::hardware::{self, Hardware};
use crate::model::json_type::JsonField;
use crate::model::known::{self, Known};
use crate::model::month::Month;
use crate::model::object::Text;
use crate::model::unit::Unit;
use crate::model::value::{Kind, Value};
use crate::model::{Access, Correction, Keys, Map, Note, Paper, Samples, Source, license};
use crate::text::quoted;
use once_cell::sync::OnceCell;
use serde::{Deserializer, Serialize};

const COUNT: Kind = Kind::Quantity(Unit::Count);
const BYTES: Kind = Kind::Quantity(Unit::Bytes);
const FLOP: Kind = Kind::Quantity(Unit::Flop);
const USD: Kind = Kind::Quantity(Unit::Usd);
const WATTS: Kind = Kind::Quantity(Unit::Watts);
const MWH: Kind = Kind::Quantity(Unit::Mwh);
const RATIO: Kind = Kind::Quantity(Unit::Ratio);

/// The keys that figures derived from sizes and tokens read.
const SIZES: &[Key] = &[Key::params, Key::tokens, Key::samples, Key::derived];

/// The keys that figures derived from a training run read.
const RUN: &[Key] = &[
    Key::params,
    Key::active_params,
    Key::architecture,
    Key::tokens,
    Key::samples,
    Key::epochs,
    Key::compute_flop,
    Key::finetune_flop,
    Key::base_model,
    Key::hardware,
    Key::derived,
];

/// The key of the original list that prints tokens, samples and other training data.
const TRAINING_DATA: &[&str] = &["Training Data"];

// There are three forms of a row:
//
//     key: Type = (title, kind, meaning);     a key of the catalog and its column
//     key: Type;                              a key without a column, or with one further down
//     key = (title, kind, meaning, read);     a column that is computed, or shows a part of a key
//
// Options of a row: `in_section`, its place on a card; `vocabulary`, the words that conditions accept;
// `aliases`, other keys that people type; `listed`, the keys of the original list that print it;
// `drop_order(n)`, in tables by default, where narrow tables drop the largest n first; `reads`, the keys
// that its value comes from; `within`, the object and its part that hold it; `computed`, not in the
// catalog; `measures`, the figure that sources cite for it; `beside`, the key that has the same figure
// by others than the makers; `sums(false)`, figures whose sum means nothing.
//
// Keys are in the order of catalog entries, columns in the order of machine formats. Where the two
// orders differ, the key and its column have separate rows.
fields! { model() {} []
    id: Text<'a> = ("Id", Kind::Word, "unique short name").in_section(CardSection::Head).vocabulary(Vocabulary::Free);
    name: Text<'a> = ("Name", Kind::Word, "name as the makers write it")
        .in_section(CardSection::Head).vocabulary(Vocabulary::Free).listed(&["name"]).drop_order(0);
    aliases: Vec<Text<'a>> = ("Aliases", Kind::Tags, "other spellings of the name").vocabulary(Vocabulary::Free);
    family: Option<Text<'a>> = ("Family", Kind::Word,
        "name of models of several sizes or tiers announced together");
    sections: Vec<Text<'a>> = ("Section", Kind::Tags, "where the list files it").aliases(&["section"]);
    fields: Vec<Text<'a>>;
    organizations: Vec<Text<'a>> = ("Organization", Kind::Tags, "who made it")
        .aliases(&["org", "organization"]).in_section(CardSection::Head).vocabulary(Vocabulary::Used("organizations"))
        .listed(&["organization"]).drop_order(3);
    country = ("Country", Kind::Tags, "countries of the organizations",
        |m| Value::from(&m.affiliation.countries))
        .reads(&[Key::organizations, Key::affiliation]).aliases(&["countries"]).computed();
    org_kind = ("Organization kind", Kind::Tags,
        "industry, academia, government or collective", |m| Value::from(&m.affiliation.kinds))
        .reads(&[Key::organizations, Key::affiliation]).computed();
    announced: Option<Month> = ("Announced", Kind::Month, "month of the announcement").phrase("month of announcement")
        .aliases(&["date", "month"]).in_section(CardSection::Head).listed(&["date"]).drop_order(2);
    year = ("Year", Kind::Number, "year of the announcement",
        |m| m.announced.map(|month| f64::from(month.year())).into()).reads(&[Key::announced]).in_section(CardSection::Head).listed(&["date"]).computed();
    access: Option<Access> = ("Access", Kind::Word,
        "open if weights or code can be downloaded, else closed")
        .in_section(CardSection::Head).vocabulary(Vocabulary::Only(&["open", "closed"])).listed(&["status"]).drop_order(4);
    license: Option<Text<'a>> = ("License", Kind::Word, "SPDX identifier or name of the license")
        .aliases(&["licence"]).vocabulary(Vocabulary::Licenses);
    license_class = ("License class", Kind::Word,
        "open-source, conditions, non-commercial or closed",
        |m| license::class(m.license.as_deref(), m.access).into())
        .reads(&[Key::license, Key::access]).vocabulary(Vocabulary::Only(&license::CLASSES)).computed();
    params: Option<Figure> = ("Params", COUNT,
        "parameters of the largest model, including all experts")
        .aliases(&["parameters"]).listed(&["Params"]).drop_order(1).phrase("parameters");
    active_params: Option<Figure> = ("Active params", COUNT, "parameters active per token")
        .aliases(&["active"]).listed(&["Params"]).phrase("active parameters");
    embedding_params: Option<Figure> = ("Embeddings", COUNT, "parameters of the embeddings")
        .listed(&["Params"]);
    base_model: Option<Text<'a>> = ("Base model", Kind::Word, "id or name of the model it was trained from")
        .aliases(&["base"]).vocabulary(Vocabulary::Free);
    sizes: Vec<Figure> = ("Sizes", COUNT, "parameters of each model of the family")
        .listed(&["Params"]);
    tokens: Option<Figure> = ("Tokens", COUNT, "tokens of the training data")
        .listed(TRAINING_DATA).drop_order(6).phrase("training tokens");
    epochs: Option<Figure> = ("Epochs", RATIO, "passes over the training data, 1 where absent");
    samples: Option<Samples<'a>>;
    samples_count = ("Samples", COUNT,
        "training data not counted in tokens, in the unit of samples_unit",
        |m| m.samples.as_ref().and_then(|samples| samples.count).into())
        .aliases(&["samples"]).within(Key::samples, "count").listed(TRAINING_DATA)
        .phrase("training samples of any unit");
    samples_unit = ("Sample unit", Kind::Word, "what the samples are: images, hours, words, …",
        |m| m.samples.as_ref().map(|samples| &*samples.unit).into())
        .in_section(CardSection::Head).within(Key::samples, "unit").listed(TRAINING_DATA);
    data_bytes: Option<Figure> = ("Data", BYTES, "bytes of the training data")
        .aliases(&["data"]).listed(TRAINING_DATA).phrase("training data");
    dataset: Option<Text<'a>> = ("Dataset", Kind::Word, "what the training data is")
        .in_section(CardSection::Figures).vocabulary(Vocabulary::Free).listed(TRAINING_DATA);
    languages: Vec<Text<'a>> = ("Languages", Kind::Tags, "languages of the training data")
        .aliases(&["language"]).listed(TRAINING_DATA);
    context: Option<Figure> = ("Context", COUNT, "tokens of the longest input").sums(false)
        .phrase("context length");
    compute_flop: Option<Figure> = ("Compute (FLOP)", FLOP,
        "floating-point operations of the training")
        .aliases(&["compute", "flop"]).listed(&["Training petaFLOPs"]).drop_order(5)
        .phrase("training compute");
    finetune_flop: Option<Figure> = ("Fine-tuning compute (FLOP)", FLOP,
        "operations of the training on top of the base model").aliases(&["finetune_compute"]);
    hardware: Vec<Hardware<'a>> = ("Hardware", Kind::Compound,
        "training chips, their number and time")
        .in_section(CardSection::Figures).vocabulary(Vocabulary::Parts).listed(&["Training Time", "Training Cost"])
        .measures(Some(Key::hardware));
    hardware_chip = ("Chip", Kind::Tags, "chip of each part of the hardware",
        |m| hardware::parts(&m.hardware, |part| part.chip.as_deref().map(serde_json::Value::from)))
        .reads(&[Key::hardware]).measures(Some(Key::hardware)).in_section(CardSection::Head).computed().aliases(&["chip"]).vocabulary(Vocabulary::Parts);
    hardware_count = ("Chip count", Kind::Compound, "chips, devices or cores of each part of the hardware",
        |m| hardware::parts(&m.hardware, |part| part.count.map(Figure::to_json)))
        .reads(&[Key::hardware]).measures(Some(Key::hardware)).in_section(CardSection::Head).computed();
    hardware_days = ("Days", Kind::Compound, "days of each part of the hardware",
        |m| hardware::parts(&m.hardware, |part| part.days.map(Figure::to_json)))
        .reads(&[Key::hardware]).measures(Some(Key::hardware)).in_section(CardSection::Head).computed();
    hardware_hours = ("Unit-hours", Kind::Compound, "hours of all units of each part of the hardware",
        |m| hardware::parts(&m.hardware, |part| part.hours.map(Figure::to_json)))
        .reads(&[Key::hardware]).measures(Some(Key::hardware)).in_section(CardSection::Head).computed();
    utilization_stated: Option<Figure> = ("Utilization (stated)", RATIO,
        "share of the chips' peak speed, as the makers state it");
    precision: Option<Text<'a>> = ("Precision", Kind::Word, "number format of the training");
    batch_tokens: Option<Figure> = ("Batch", COUNT, "tokens of a training batch").aliases(&["batch"])
        .sums(false).phrase("batch size");
    cost_usd: Option<Figure> = ("Cost", USD, "stated cost of the training, US dollars")
        .aliases(&["cost"]).beside(Some("cost_2023_usd")).listed(&["Training Cost"])
        .phrase("training cost");
    cost_2023_usd: Option<Figure> = ("Cost in 2023 $", USD,
        "third-party cost of the training, US dollars of 2023").aliases(&["cost_2023"])
        .phrase("training cost in 2023 dollars");
    energy_mwh: Option<Figure> = ("Energy (MWh)", MWH,
        "stated energy of the training, megawatt-hours")
        .aliases(&["energy"]).listed(&["Training Power Consumption"]).phrase("training energy");
    power_w: Option<Figure> = ("Power", WATTS, "power drawn by the training cluster, watts").aliases(&["power"])
        .phrase("power of the training cluster");
    fields = ("Field", Kind::Tags, "what it works on", |m| Value::from(&m.fields))
        .reads(&[Key::fields, Key::sections]).aliases(&["field"]).vocabulary(Vocabulary::Wide("terms"))
        .listed(&["Field"]).drop_order(7);
    architecture: Vec<Text<'a>> = ("Architecture", Kind::Tags,
        "how it is built: decoder, encoder, moe, …")
        .aliases(&["arch"]).listed(&["Architecture", "Achitecture", "Architecutre"]);
    objective: Vec<Text<'a>> = ("Objective", Kind::Tags,
        "what it was trained to do: mlm, ltr, …").listed(&["Objective", "Obective"]);
    training_framework: Vec<Text<'a>> = ("Framework", Kind::Tags, "software of the training")
        .aliases(&["framework"]).vocabulary(Vocabulary::Used("frameworks")).listed(&["Training Framework"]);
    notability: Vec<Text<'a>> = ("Notability", Kind::Tags,
        "why it is notable: sota, highly-cited, historical, …");
    details: Map = ("Details", Kind::Compound, "rarely recorded properties");
    paper: Option<Paper<'a>>;
    paper_title = ("Paper", Kind::Word, "title of the publication",
        |m| m.paper.as_ref().and_then(|paper| paper.title.as_deref()).into())
        .in_section(CardSection::Reading).aliases(&["paper", "title"]).vocabulary(Vocabulary::Free)
        .within(Key::paper, "title").listed(&["title"]);
    paper_authors = ("Authors", Kind::Tags, "authors of the publication",
        |m| m.paper.as_ref().map_or(Value::Missing, |paper| Value::from(&paper.authors)))
        .in_section(CardSection::Reading).aliases(&["authors"]).vocabulary(Vocabulary::Free)
        .within(Key::paper, "authors");
    paper_year = ("Paper year", Kind::Number, "year of the publication",
        |m| m.paper.as_ref().and_then(|paper| paper.year).into())
        .in_section(CardSection::Reading).within(Key::paper, "year");
    venue = ("Venue", Kind::Word, "where the publication appeared",
        |m| m.paper.as_ref().and_then(|paper| paper.venue.as_deref()).into())
        .in_section(CardSection::Reading).within(Key::paper, "venue").listed(&["venue"]);
    paper_url = ("Paper link", Kind::Address, "address of the publication",
        |m| m.paper.as_ref().and_then(|paper| paper.url.as_deref()).into())
        .within(Key::paper, "url");
    code = ("Code", Kind::Address, "address of the code", |m| Value::entry(&m.links, "code"))
        .within(Key::links, "code");
    weights = ("Weights link", Kind::Address, "address of the weights", |m| Value::entry(&m.links, "weights"))
        .within(Key::links, "weights");
    home = ("Home", Kind::Address, "address of the announcement or the makers", |m| Value::entry(&m.links, "home"))
        .within(Key::links, "home");
    links: Map = ("Links", Kind::Compound, "every address by its name").in_section(CardSection::Head);
    line = ("Line", Kind::Number, "line of the list that prints the entry",
        |m| Value::entry(&m.listed, "line"))
        .reads(&[Key::listed]).in_section(CardSection::Head).computed();
    listed: Map = ("Listed", Kind::Compound, "the entry as the list prints it").in_section(CardSection::Head);
    tokens_per_param = ("Tokens/param", RATIO, "tokens over parameters",
        |m| m.derived.value(DerivedField::TokensPerParam)).reads(SIZES).computed()
        .phrase("tokens per parameter");
    compute_6nd = ("Compute 6ND (FLOP)", FLOP, "compute that parameters and tokens imply",
        |m| m.derived.value(DerivedField::Compute)).reads(RUN).computed().aliases(&["6nd"]);
    utilization = ("Utilization", RATIO, "share of the chips' peak speed that the run reached",
        |m| m.derived.value(DerivedField::Utilization)).reads(RUN).computed().aliases(&["mfu"]);
    chip_hours = ("Chip-hours", COUNT, "hours of all chips together",
        |m| m.derived.value(DerivedField::ChipHours)).reads(RUN).computed().aliases(&["hours"]);
    cost_estimate_usd = ("Estimated cost", USD, "chip-hours at the catalog's prices, US dollars",
        |m| m.derived.value(DerivedField::Cost)).reads(RUN).computed().aliases(&["cost_estimate"]);
    energy_estimate_mwh = ("Estimated energy (MWh)", MWH,
        "energy that chip-hours imply, megawatt-hours",
        |m| m.derived.value(DerivedField::Energy)).reads(RUN).computed().aliases(&["energy_estimate"]);
    weights_bytes = ("Weight memory", BYTES, "memory for the weights at two bytes each",
        |m| m.derived.value(DerivedField::Weights)).reads(SIZES).computed();
    extra = ("Extra", Kind::Compound, "keys that ahm does not know, as text", |m| Value::from(&m.extra))
        .reads(&[Key::extra]).in_section(CardSection::Head);
    corrections: Vec<Correction<'a>>;
    notes: Vec<Note<'a>>;
    sources: Vec<Source<'a>> = ("Sources", Kind::Compound,
        "where each figure comes from: keys, address, kind").aliases(&["source"]).in_section(CardSection::Head);
    corrections = ("Corrections", Kind::Compound,
        "errors of the list: key, value, why, source", |m| Value::from(&m.corrections))
        .reads(&[Key::corrections]).aliases(&["correction"]).in_section(CardSection::Head);
    notes = ("Notes", Kind::Compound,
        "remarks on the figures: text, source, keys", |m| Value::from(&m.notes))
        .reads(&[Key::notes]).aliases(&["note"]).in_section(CardSection::Head);
}

/// The columns of the schema and then those of keys of users' catalogs, once these are known.
static WITH_EXTRA: OnceCell<Vec<Column>> = OnceCell::new();

/// Every column that a question can name.
pub(crate) fn columns() -> &'static [Column] {
    WITH_EXTRA.get().map_or(COLUMNS, Vec::as_slice)
}

/// Makes keys of users' catalogs columns, for the rest of the process.
pub(crate) fn add_extra(keys: impl IntoIterator<Item = (String, Kind)>) {
    let extra = keys
        .into_iter()
        .map(|(key, kind)| Column::extra(&key, kind));
    let own = COLUMNS.iter().map(Column::copy);
    // A second call would be one too many.
    let _ = WITH_EXTRA.set(own.chain(extra).collect());
}

/// The column of a model with this key or alias, or one that an expression such as
/// `active_params/params` computes.
///
/// # Errors
/// When there is none: a sentence that names the nearest.
pub fn parse_column(name: &str) -> Result<ColumnRef, String> {
    Column::named(name).or_else(|unknown| parse_expression(name).unwrap_or(Err(unknown)))
}

/// The column that an expression computes, or a mistake in it; nothing for a text that is none.
pub(crate) fn parse_expression(text: &str) -> Option<Result<ColumnRef, String>> {
    match Expression::parse(text) {
        Ok(expression) if expression.is_computed() => Some(Ok(expression.into_column())),
        // A key in quotes or parentheses.
        Ok(expression) => expression.columns().next().map(Ok),
        // The first part is a key: the mistake is in what follows, or in its use.
        Err((at, mistake)) if at.start > 0 || <Column>::named(&text[at.clone()]).is_ok() => {
            Some(Err(format!("`{text}`: {mistake}")))
        }
        Err(_) => None,
    }
}

/// The column of figures with this key or alias.
///
/// # Errors
/// When there is none, or it holds no figures: a sentence that names those that do.
pub fn parse_figure(name: &str) -> Result<ColumnRef, String> {
    let column = parse_column(name)?;
    if column.heading.kind.is_measured() || column.is_extra && column.heading.kind.is_number() {
        return Ok(column);
    }
    let headings = COLUMNS.iter().map(|column| column.heading);
    let figures = headings.filter(|heading| heading.kind.is_measured());
    let figures = quoted(figures.map(|heading| heading.key));
    Err(format!("`{name}` is not a figure; figures are {figures}"))
}

/// The column with this key or alias, if models have its values in common.
///
/// # Errors
/// When there is none, or its values differ for each model.
pub fn parse_group_key(name: &str) -> Result<ColumnRef, String> {
    let column = parse_column(name)?;
    match column.heading.kind {
        Kind::Word | Kind::Tags | Kind::Month | Kind::Number => Ok(column),
        Kind::Quantity(_) | Kind::Mixed | Kind::Compound | Kind::Sentence | Kind::Address => Err(
            format!("{name} differs for each model; group by a word or a date"),
        ),
    }
}

/// The column of this key, for constants: an unknown key fails the build.
pub const fn column(key: &str) -> ColumnRef {
    let mut i = 0;
    while i < COLUMNS.len() {
        if same(COLUMNS[i].heading.key.as_bytes(), key.as_bytes()) {
            return &COLUMNS[i];
        }
        i += 1;
    }
    panic!("no column has this key");
}

/// Where an entry holds the value of a column. The key must be exact: no aliases.
pub fn slot(key: &str) -> Option<Slot> {
    let column = COLUMNS.iter().find(|column| column.heading.key == key);
    column.map(|column| column.slot)
}

/// The columns that show a key of the catalog: those of its parts if it has some (`paper_title` and
/// others for `paper`), else the column with that key.
pub fn columns_of(key: &str) -> Vec<ColumnRef> {
    let is_part =
        |column: &&Column| matches!(column.slot, Slot::Part(whole, _) if whole.name() == key);
    let parts: Vec<ColumnRef> = COLUMNS.iter().filter(is_part).collect();
    match parts.is_empty() {
        true => COLUMNS.iter().filter(|c| c.heading.key == key).collect(),
        false => parts,
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    a.len() == b.len() && i == a.len()
}

impl Record for Model<'static> {
    type Of<'c> = Model<'c>;

    const NAME: &'static str = "name";

    fn columns() -> &'static [Column] {
        columns()
    }

    fn other<'m>(model: &'m Model<'m>, column: &Column) -> Value<'m> {
        match column.expression {
            Some(expression) => expression.value(model),
            None => {
                let value = model.extra.get(column.heading.key);
                value.map_or(Value::Missing, Value::of_json)
            }
        }
    }

    fn marked<'m>(column: &Column, model: &'m Model<'m>) -> Value<'m> {
        column.marked(model)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::NormalizedName;

    #[test]
    fn every_key_and_short_name_is_one_column_only() {
        let mut seen = Vec::new();
        for column in COLUMNS {
            for name in column.names() {
                let folded = NormalizedName::new(name);
                assert!(!seen.contains(&folded), "duplicate {name}");
                seen.push(folded);
                assert_eq!(parse_column(name).expect("its column"), column);
            }
            assert!(!column.meaning.is_empty(), "{}", column.heading.key);
        }
    }

    #[test]
    fn the_error_of_a_wrong_key_names_the_nearest() {
        let error = parse_column("parms").expect_err("no such key");
        assert_eq!(error, "unknown key `parms`; did you mean `params`?");
    }
}

//! The table of columns: what can be shown, sorted by and asked about, each stated once.

use crate::model::column::{Column, ColumnRef, Group, Slot, Words};
use crate::model::estimate::Estimate;
use crate::model::name::quoted;
use crate::model::quantity::Unit;
use crate::model::record::Record;
use crate::model::value::{Kind, Value};
use crate::model::{Access, Key, Model};

/// The column of a model with this key or short name.
///
/// # Errors
/// When there is none: a sentence that names the nearest.
pub fn named(name: &str) -> Result<ColumnRef, String> {
    Column::named(name)
}

/// The column of figures with this key or short name.
///
/// # Errors
/// When there is none, or it holds no figures: a sentence that names those that do.
pub fn figure(name: &str) -> Result<ColumnRef, String> {
    let column = named(name)?;
    if column.heading.kind.is_measured() {
        return Ok(column);
    }
    let figures = COLUMNS.iter().map(|column| column.heading);
    let figures = figures.filter(|heading| heading.kind.is_measured());
    let figures = quoted(figures.map(|heading| heading.key));
    Err(format!("`{name}` is not a figure; figures are {figures}"))
}

/// The column of this key; that there is one is seen to when the program is built.
pub const fn known(key: &str) -> ColumnRef {
    let mut i = 0;
    while i < COLUMNS.len() {
        if same(COLUMNS[i].heading.key.as_bytes(), key.as_bytes()) {
            return &COLUMNS[i];
        }
        i += 1;
    }
    panic!("no column has this key");
}

/// Where an entry has the value of the column with exactly this key.
pub fn slot(key: &str) -> Option<Slot> {
    let column = COLUMNS.iter().find(|column| column.heading.key == key);
    column.map(|column| column.slot)
}

/// The columns that tell a key of the catalog: those of its parts, that of its name, else those that
/// read it.
pub fn of(key: &str) -> Vec<ColumnRef> {
    let known = Key::named(key);
    let all = |is_its: &dyn Fn(&Column) -> bool| -> Vec<ColumnRef> {
        COLUMNS.iter().filter(|column| is_its(column)).collect()
    };
    let is_part =
        |column: &Column| matches!(column.slot, Slot::Part(whole, _) if Some(whole) == known);
    let reads = |column: &Column| {
        let reads = known.is_some_and(|key| column.needs.has(key));
        reads && !column.needs.has(Key::derived)
    };
    [
        all(&is_part),
        all(&|column| column.heading.key == key),
        all(&reads),
    ]
    .into_iter()
    .find(|columns| !columns.is_empty())
    .unwrap_or_default()
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
    const FLAG: &'static str = "columns";

    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn marked<'m>(column: &Column, model: &'m Model<'m>) -> Value<'m> {
        column.marked(model)
    }
}

const COUNT: Kind = Kind::Quantity(Unit::Count);

/// Every column, in the order in which machine formats and `--columns all` have them.
pub static COLUMNS: &[Column] = &[
    Column::new("id", ("Id", Kind::Word), &[Key::id], |m| (&*m.id).into())
        .told(Group::Head)
        .asks(Words::Free)
        .means("unique short name"),
    Column::new("name", ("Name", Kind::Word), &[Key::name], |m| {
        (&*m.name).into()
    })
    .told(Group::Head)
    .asks(Words::Free)
    .means("name as the makers write it")
    .shown(0),
    Column::new("aliases", ("Also", Kind::Tags), &[Key::aliases], |m| {
        Value::Tags(&m.aliases)
    })
    .asks(Words::Free)
    .means("other spellings of the name"),
    Column::new("family", ("Family", Kind::Word), &[Key::family], |m| {
        m.family.as_deref().into()
    })
    .means("models of several sizes or tiers that were announced as one"),
    Column::new("sections", ("Section", Kind::Tags), &[Key::sections], |m| {
        Value::Tags(&m.sections)
    })
    .also(&["section"])
    .means("where the list files it"),
    Column::new(
        "organizations",
        ("Organization", Kind::Tags),
        &[Key::organizations],
        |m| Value::Tags(&m.organizations),
    )
    .also(&["org", "organization"])
    .told(Group::Head)
    .asks(Words::Used("organizations"))
    .means("who made it")
    .shown(3),
    Column::new(
        "announced",
        ("Announced", Kind::Month),
        &[Key::announced],
        |m| m.announced.into(),
    )
    .also(&["date"])
    .told(Group::Head)
    .means("month of the announcement")
    .shown(2),
    Column::new(
        "year",
        ("Year", Kind::Number),
        &[Key::announced],
        |m| match m.announced {
            Some(month) => Value::Number(f64::from(month.year())),
            None => Value::Missing,
        },
    )
    .told(Group::Head)
    .computed()
    .means("year of the announcement"),
    Column::new("access", ("Access", Kind::Word), &[Key::access], |m| {
        m.access.map(Access::word).into()
    })
    .told(Group::Head)
    .asks(Words::Only(&["open", "closed"]))
    .means("open or closed: whether weights or code can be had")
    .shown(4),
    Column::new("license", ("License", Kind::Word), &[Key::license], |m| {
        m.license.as_deref().into()
    })
    .also(&["licence"])
    .means("SPDX identifier or name of the license"),
    Column::new("params", ("Params", COUNT), &[Key::params], |m| {
        m.params.into()
    })
    .also(&["parameters"])
    .means("parameters of the largest model; all experts of a mixture")
    .shown(1),
    Column::new(
        "active_params",
        ("Active", COUNT),
        &[Key::active_params],
        |m| m.active_params.into(),
    )
    .also(&["active"])
    .means("parameters that take part in each step"),
    Column::new(
        "embedding_params",
        ("Embeddings", COUNT),
        &[Key::embedding_params],
        |m| m.embedding_params.into(),
    )
    .means("parameters of the embeddings"),
    Column::new("sizes", ("Sizes", COUNT), &[Key::sizes], |m| {
        Value::Numbers(&m.sizes)
    })
    .means("parameters of each model of the family"),
    Column::new("tokens", ("Tokens", COUNT), &[Key::tokens], |m| {
        m.tokens.into()
    })
    .means("tokens of the training data")
    .shown(6),
    Column::new(
        "epochs",
        ("Epochs", Kind::Quantity(Unit::Ratio)),
        &[Key::epochs],
        |m| m.epochs.into(),
    )
    .means("passes over the training data, 1 where absent"),
    Column::new("samples_count", ("Samples", COUNT), &[Key::samples], |m| {
        m.samples.as_ref().and_then(|samples| samples.count).into()
    })
    .also(&["samples"])
    .within(Key::samples, "count")
    .means("training data not counted in tokens, in the unit of samples_unit"),
    Column::new(
        "samples_unit",
        ("Sample unit", Kind::Word),
        &[Key::samples],
        |m| m.samples.as_ref().map(|samples| &*samples.unit).into(),
    )
    .told(Group::Head)
    .within(Key::samples, "unit")
    .means("what the samples are: images, hours, words, …"),
    Column::new(
        "data_bytes",
        ("Data", Kind::Quantity(Unit::Bytes)),
        &[Key::data_bytes],
        |m| m.data_bytes.into(),
    )
    .also(&["data"])
    .means("bytes of the training data"),
    Column::new("dataset", ("Dataset", Kind::Word), &[Key::dataset], |m| {
        m.dataset.as_deref().into()
    })
    .told(Group::Figures)
    .asks(Words::Free)
    .means("what the training data is"),
    Column::new(
        "languages",
        ("Languages", Kind::Tags),
        &[Key::languages],
        |m| Value::Tags(&m.languages),
    )
    .also(&["language"])
    .means("languages of the training data"),
    Column::new(
        "compute_flop",
        ("Compute (FLOP)", Kind::Quantity(Unit::Flop)),
        &[Key::compute_flop],
        |m| m.compute_flop.into(),
    )
    .also(&["compute", "flop"])
    .means("floating-point operations of the training")
    .shown(5),
    Column::new(
        "hardware",
        ("Hardware", Kind::Compound),
        &[Key::hardware],
        |m| Value::Hardware(&m.hardware),
    )
    .told(Group::Figures)
    .asks(Words::Parts)
    .means("chips of the training, their number and time"),
    Column::new(
        "cost_usd",
        ("Cost", Kind::Quantity(Unit::Usd)),
        &[Key::cost_usd],
        |m| m.cost_usd.into(),
    )
    .also(&["cost"])
    .means("stated cost of the training, US dollars"),
    Column::new(
        "energy_mwh",
        ("Energy (MWh)", Kind::Quantity(Unit::Mwh)),
        &[Key::energy_mwh],
        |m| m.energy_mwh.into(),
    )
    .also(&["energy"])
    .means("stated energy of the training, megawatt-hours"),
    Column::new(
        "fields",
        ("Field", Kind::Tags),
        &[Key::fields, Key::sections],
        |m| Value::Tags(&m.fields),
    )
    .also(&["field"])
    .asks(Words::Wide("terms"))
    .means("what it works on")
    .shown(7),
    Column::new(
        "architecture",
        ("Architecture", Kind::Tags),
        &[Key::architecture],
        |m| Value::Tags(&m.architecture),
    )
    .also(&["arch"])
    .means("how it is built: decoder, encoder, moe, …"),
    Column::new(
        "objective",
        ("Objective", Kind::Tags),
        &[Key::objective],
        |m| Value::Tags(&m.objective),
    )
    .means("what it was trained to do: mlm, ltr, …"),
    Column::new(
        "training_framework",
        ("Framework", Kind::Tags),
        &[Key::training_framework],
        |m| Value::Tags(&m.training_framework),
    )
    .also(&["framework"])
    .asks(Words::Used("frameworks"))
    .means("software of the training"),
    Column::new(
        "details",
        ("Details", Kind::Compound),
        &[Key::details],
        |m| Value::Details(&m.details),
    )
    .means("what few entries have"),
    Column::new("paper_title", ("Paper", Kind::Word), &[Key::paper], |m| {
        let title = m.paper.as_ref().and_then(|paper| paper.title.as_deref());
        title.into()
    })
    .told(Group::Reading)
    .also(&["paper", "title"])
    .asks(Words::Free)
    .within(Key::paper, "title")
    .means("title of the publication"),
    Column::new("venue", ("Venue", Kind::Word), &[Key::paper], |m| {
        let venue = m.paper.as_ref().and_then(|paper| paper.venue.as_deref());
        venue.into()
    })
    .told(Group::Reading)
    .within(Key::paper, "venue")
    .means("where the publication appeared"),
    Column::new(
        "paper_url",
        ("Paper link", Kind::Address),
        &[Key::paper],
        |m| {
            let url = m.paper.as_ref().and_then(|paper| paper.url.as_deref());
            url.into()
        },
    )
    .within(Key::paper, "url")
    .means("address of the publication"),
    Column::new("code", ("Code", Kind::Address), &[Key::links], |m| {
        link(m, "code")
    })
    .within(Key::links, "code")
    .means("address of the code"),
    Column::new(
        "weights",
        ("Weights link", Kind::Address),
        &[Key::links],
        |m| link(m, "weights"),
    )
    .within(Key::links, "weights")
    .means("address of the weights"),
    Column::new("home", ("Home", Kind::Address), &[Key::links], |m| {
        link(m, "home")
    })
    .within(Key::links, "home")
    .means("address of the announcement or the makers"),
    Column::new("links", ("Links", Kind::Compound), &[Key::links], |m| {
        Value::Details(&m.links)
    })
    .told(Group::Head)
    .means("every address by its name"),
    Column::new("line", ("Line", Kind::Number), &[Key::listed], |m| {
        let line = m.listed.get("line").and_then(serde_json::Value::as_f64);
        line.map_or(Value::Missing, Value::Number)
    })
    .told(Group::Head)
    .computed()
    .means("line of the list that prints the entry"),
    Column::new("listed", ("Listed", Kind::Compound), &[Key::listed], |m| {
        Value::Details(&m.listed)
    })
    .told(Group::Head)
    .means("the entry as the list prints it"),
    Column::new(
        "tokens_per_param",
        ("Tokens a param", Kind::Quantity(Unit::Ratio)),
        RATIO,
        |m| estimate(m, Estimate::TokensPerParam),
    )
    .means("tokens over parameters"),
    Column::new(
        "compute_6nd",
        ("Compute 6ND (FLOP)", Kind::Quantity(Unit::Flop)),
        RUN,
        |m| estimate(m, Estimate::Compute),
    )
    .also(&["6nd"])
    .means("compute that parameters and tokens imply"),
    Column::new(
        "utilization",
        ("Utilization", Kind::Quantity(Unit::Ratio)),
        RUN,
        |m| estimate(m, Estimate::Utilization),
    )
    .also(&["mfu"])
    .means("share of the chips' peak that the run reached"),
    Column::new("chip_hours", ("Chip-hours", COUNT), RUN, |m| {
        estimate(m, Estimate::ChipHours)
    })
    .also(&["hours"])
    .means("hours of all chips together"),
    Column::new(
        "cost_estimate_usd",
        ("Cost at list prices", Kind::Quantity(Unit::Usd)),
        RUN,
        |m| estimate(m, Estimate::Cost),
    )
    .also(&["cost_estimate"])
    .means("chip-hours at the catalog's prices, US dollars"),
    Column::new(
        "energy_estimate_mwh",
        ("Energy implied (MWh)", Kind::Quantity(Unit::Mwh)),
        RUN,
        |m| estimate(m, Estimate::Energy),
    )
    .also(&["energy_estimate"])
    .means("energy that chip-hours imply, megawatt-hours"),
    Column::new(
        "weights_bytes",
        ("Weights in memory", Kind::Quantity(Unit::Bytes)),
        RATIO,
        |m| estimate(m, Estimate::Weights),
    )
    .means("memory for the weights at two bytes each"),
    Column::new("extra", ("Extra", Kind::Compound), &[Key::extra], |m| {
        Value::Details(&m.extra)
    })
    .told(Group::Head)
    .means("keys of one's own, as text"),
    Column::new(
        "sources",
        ("Sources", Kind::Compound),
        &[Key::sources],
        |m| Value::Sources(&m.sources),
    )
    .also(&["source"])
    .told(Group::Head)
    .means("who states each figure: keys, address, kind"),
    Column::new(
        "corrections",
        ("Corrections", Kind::Compound),
        &[Key::corrections],
        |m| Value::Corrections(&m.corrections),
    )
    .also(&["correction"])
    .told(Group::Head)
    .means("what the list has wrong: key, value, why, source"),
    Column::new("notes", ("Notes", Kind::Compound), &[Key::notes], |m| {
        Value::Notes(&m.notes)
    })
    .also(&["note"])
    .told(Group::Head)
    .means("what a reader of the figures must know: text, source, keys"),
];

/// What sizes and tokens imply.
const RATIO: &[Key] = &[Key::params, Key::tokens, Key::samples, Key::derived];

/// What a run implies.
const RUN: &[Key] = &[
    Key::params,
    Key::active_params,
    Key::architecture,
    Key::tokens,
    Key::samples,
    Key::epochs,
    Key::compute_flop,
    Key::hardware,
    Key::derived,
];

fn estimate<'m>(model: &'m Model<'m>, estimate: Estimate) -> Value<'m> {
    let figure = model.derived.get(estimate);
    figure.map_or(Value::Missing, |figure| {
        Value::Estimate(figure, estimate.unit())
    })
}

fn link<'m>(model: &'m Model<'m>, name: &str) -> Value<'m> {
    let address = model.links.get(name).and_then(serde_json::Value::as_str);
    address.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::Folded;

    #[test]
    fn every_key_and_short_name_is_one_column_only() {
        let mut seen = Vec::new();
        for column in COLUMNS {
            for name in column.names() {
                let folded = Folded::new(name);
                assert!(!seen.contains(&folded), "{name} stands twice");
                seen.push(folded);
                assert_eq!(named(name).expect("its column"), column);
            }
            assert!(!column.meaning.is_empty(), "{}", column.heading.key);
        }
    }

    #[test]
    fn a_wrong_key_is_told_the_nearest() {
        let error = named("parms").expect_err("no such key");
        assert_eq!(error, "unknown key `parms`; did you mean `params`?");
    }
}

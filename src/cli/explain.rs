//! `ahm explain`: where a figure comes from.

mod card;

use crate::analysis::explanation::Explanation;
use crate::catalog::Catalog;
use crate::catalog::names::{Named, Nameless};
use crate::error::{Error, Found};
use crate::model::Note;
use crate::model::column::ColumnRef;
use crate::model::columns;
use crate::output::Output;
use crate::output::{Card, Format};
use clap::{Args, ValueEnum};

/// Explain where a figure comes from, and what others say of it
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Of one figure: what the list prints, what a correction or another source says, and each way to
work it out from other figures, with the formula and the numbers in it. Without a key: of every
figure that the model has or could have, in short. `ahm columns` names the keys.

Examples:
  ahm explain gpt-3.compute
  ahm explain palm
  ahm explain llama.energy -f json
")]
pub struct Explain {
    /// Whose figure, and which
    #[arg(value_name = "NAME[.KEY]")]
    name: String,

    /// How to write the answer
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help_heading = "Output"
    )]
    format: Voice,
}

/// How an explanation is written: it is no rows, so no format of rows holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Voice {
    /// A line a fact
    #[default]
    Table,
    /// One JSON object, or without a key an array of them
    Json,
    /// A list in Markdown
    #[value(alias = "md")]
    Markdown,
}

impl Explain {
    /// Answers.
    ///
    /// # Errors
    /// When the name means no model or several, the key is none, or the answer cannot be written.
    pub fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let Explain { name, format } = self;
        let (named, column) = asked(&name, catalog)?;
        let chips = catalog.known_chips()?;
        let originals = catalog.originals(&[named.place])?;
        out.notes(&named.note);
        let models = catalog.whole(&originals)?;
        for (model, original) in models.iter().zip(&originals) {
            let said = catalog.said(original)?;
            let told = match column {
                Some(column) => vec![Explanation::of(model, column, &chips)],
                None => Explanation::all(model, &chips),
            };
            let told: Vec<Explanation<'_>> = told.into_iter().map(|e| e.said(&said)).collect();
            let card = match (column, &told[..]) {
                (Some(_), [one]) => card::whole(one),
                _ => {
                    let shown =
                        |note: &Note<'_>| told.iter().any(|e| e.own_notes().any(|n| n == note));
                    let others = model.notes.iter().filter(|note| !shown(note));
                    let others = others.map(card::note).collect();
                    Card {
                        title: model.name.to_string(),
                        subtitle: "where its figures come from".to_owned(),
                        groups: told.iter().map(card::short).chain([others]).collect(),
                    }
                }
            };
            match (format, &told[..]) {
                (Voice::Table, _) => card.write(Format::Table, out)?,
                (Voice::Markdown, _) => card.write(Format::Markdown, out)?,
                (Voice::Json, [one]) if column.is_some() => Format::write_whole(one, out)?,
                (Voice::Json, all) => Format::write_whole(all, out)?,
            }
            if column.is_none() && format != Voice::Json {
                let id = &model.id;
                out.remark(format_args!("`ahm explain {id}.KEY` says more of each"));
            }
        }
        Ok(Found::count(models.len()))
    }
}

/// The model and the key that were typed. A name may hold a dot: it is tried whole first.
fn asked(typed: &str, catalog: &Catalog) -> Result<(Named, Option<ColumnRef>), Error> {
    // Behind the dot of `GPT-3.5` stands no key.
    let is_number = |key: &str| key.chars().all(|c| c.is_ascii_digit());
    let parts = typed.rsplit_once('.');
    let parts = parts.filter(|(name, key)| !name.is_empty() && !is_number(key));
    let names: Vec<&str> = std::iter::once(typed)
        .chain(parts.map(|(name, _)| name))
        .collect();
    let mut found = catalog.find(&names)?.into_iter();
    let whole = match found.next() {
        Some(Err(nameless)) => nameless,
        Some(Ok(named)) => return Ok((named, None)),
        None => Nameless::Unknown(typed.to_owned()),
    };
    let key = parts.map(|(_, key)| columns::named(key));
    match (found.next(), key) {
        (Some(Ok(named)), Some(Ok(column))) => Ok((named, Some(column))),
        (Some(Ok(_)), Some(Err(text))) => Err(Error::Misuse(text)),
        (Some(Err(nameless)), Some(Ok(_))) => Err(catalog.nameless(nameless)?),
        _ => Err(catalog.nameless(whole)?),
    }
}

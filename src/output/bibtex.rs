//! BibTeX entries, in UTF-8, for `bibtex` and `biber`.

use crate::model::arxiv::ArxivId;
use crate::model::name::NormalizedName;
use crate::model::{Map, Model};
use crate::output::Output;
use crate::text::is_control;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The macros that bibliography styles define for the months.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Writes the entry of a model's paper, or of the model itself if it has none.
pub(crate) fn bibtex(model: &Model<'_>, out: &mut Output) -> io::Result<()> {
    writeln!(out, "@misc{{{},", citation_key(model))?;
    for (name, value) in fields(model) {
        writeln!(out, "  {name:13} = {value},")?;
    }
    writeln!(out, "}}")
}

fn fields(model: &Model<'_>) -> Vec<(&'static str, String)> {
    let paper = model.paper.as_ref();
    let title = paper.and_then(|paper| paper.title.as_deref());
    let title = title.filter(|title| !title.is_empty());
    let url = match paper.and_then(|paper| paper.url.as_deref()) {
        // A paper without an address is not at the model's.
        None if title.is_some() => None,
        None => home(&model.links),
        url => url,
    };
    let mut fields = Vec::new();
    // Inner braces keep an organization from being split into first and last name, and a title
    // from losing its capitals.
    let authors = model.organizations.iter();
    let authors = authors.map(|name| format!("{{{}}}", escape_tex(name)));
    let authors = authors.collect::<Vec<_>>().join(" and ");
    let title = format!("{{{{{}}}}}", escape_tex(title.unwrap_or(&model.name)));
    match &*authors {
        // Styles sort by `key` where there is no author.
        "" => fields.push(("key", title.clone())),
        _ => fields.push(("author", format!("{{{authors}}}"))),
    }
    fields.push(("title", title));
    if let Some(month) = model.announced {
        fields.push(("year", format!("{{{}}}", month.year())));
        let name = MONTHS.get(usize::from(month.number()).wrapping_sub(1));
        fields.extend(name.map(|name| ("month", (*name).to_owned())));
    }
    let venue = paper.and_then(|paper| paper.venue.as_deref());
    let venue = venue.filter(|venue| !NormalizedName::new("preprint").is(venue));
    fields.extend(venue.map(|venue| ("note", format!("{{{}}}", escape_tex(venue)))));
    match url.map(|url| (url, ArxivId::parse(url))) {
        Some((_, Some(ArxivId { id, .. }))) => {
            fields.push(("eprint", format!("{{{id}}}")));
            fields.push(("archivePrefix", "{arXiv}".to_owned()));
            fields.push(("url", format!("{{https://arxiv.org/abs/{id}}}")));
        }
        Some((url, None)) => fields.push(("url", format!("{{{}}}", escape_url(url)))),
        None => {}
    }
    fields
}

/// The model's own address: where it is announced, else its code, else its weights.
fn home(links: &Map) -> Option<&str> {
    let mut keys = ["home", "code", "weights"].into_iter();
    keys.find_map(|key| links.get(key)?.as_str())
}

/// The model's id, or its name if it has none. Other characters than ASCII letters, digits, `-`
/// and `.` become their number, so that different ids have different keys.
fn citation_key(model: &Model<'_>) -> String {
    let id = match &*model.id {
        "" => &model.name,
        id => id,
    };
    let mut key = String::new();
    for c in id.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => key.push(c),
            c => {
                // Writing to a string cannot fail.
                let _ = write!(key, "_{:x}_", u32::from(c));
            }
        }
    }
    key
}

/// A text with the characters that have a meaning in TeX as commands, and balanced braces.
fn escape_tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            // Not `\{`: BibTeX counts braces, escaped or not.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            c if is_control(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address with everything percent-encoded that is not allowed in one: no brace, backslash or
/// space is left that could end the field.
fn escape_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paper;

    fn model() -> Model<'static> {
        Model {
            id: "own-7b".into(),
            name: "Own-7B".into(),
            ..Model::default()
        }
    }

    #[track_caller]
    fn has(model: &Model<'_>, expected: &[(&str, &str)]) {
        let fields = fields(model);
        let fields = fields.iter().map(|(name, value)| (*name, &**value));
        assert_eq!(fields.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn values_are_escaped_and_in_braces() {
        let model = Model {
            organizations: vec!["Johnson and Johnson".into(), "A, B".into()],
            announced: "2023-02".parse().ok(),
            paper: Some(Paper {
                title: Some("Own & Only NÜWA-α {~^\\}".into()),
                venue: Some("ICLR'23".into()),
                url: Some("https://example.org/a b{c}?d=%20#e_ü".into()),
            }),
            ..model()
        };
        let title = r"{{Own \& Only NÜWA-α \textbraceleft{}\textasciitilde{}\textasciicircum{}\textbackslash{}\textbraceright{}}}";
        has(
            &model,
            &[
                ("author", "{{Johnson and Johnson} and {A, B}}"),
                ("title", title),
                ("year", "{2023}"),
                ("month", "feb"),
                ("note", "{ICLR'23}"),
                ("url", "{https://example.org/a%20b%7Bc%7D?d=%20#e_%C3%BC}"),
            ],
        );
    }

    #[test]
    fn a_model_without_a_paper_is_cited_itself() {
        let mut model = model();
        let weights = "https://example.org/own".to_owned();
        model.links.insert("weights".to_owned(), weights.into());
        let key = ("key", "{{Own-7B}}");
        let url = ("url", "{https://example.org/own}");
        has(&model, &[key, ("title", "{{Own-7B}}"), url]);

        model.paper = Some(Paper {
            title: Some("On Our Own".into()),
            venue: Some("Preprint".into()),
            url: None,
        });
        let title = "{{On Our Own}}";
        has(&model, &[("key", title), ("title", title)]);
    }

    #[test]
    fn every_key_is_ascii_and_unique() {
        let key = |id: &'static str| {
            let id = id.into();
            citation_key(&Model { id, ..model() })
        };
        assert_eq!(key("vit-g-14"), "vit-g-14");
        assert_eq!(key("GPT 4, {α}"), "GPT_20_4_2c__20__7b__3b1__7d_");
        assert_ne!(key("a_b"), key("a b"));
    }
}

//! BibTeX entries, in UTF-8, for `bibtex` and `biber`.

use crate::model::arxiv::ArxivId;
use crate::model::figure::exact;
use crate::model::name::NormalizedName;
use crate::model::{Map, Model};
use crate::text::is_control;
use std::fmt::Write as _;

/// The macros that bibliography styles define for the months.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The full names of conferences, by the short ones of the catalog.
const CONFERENCES: [(&str, &str); 16] = [
    (
        "AAAI",
        "Proceedings of the AAAI Conference on Artificial Intelligence",
    ),
    (
        "ACL",
        "Annual Meeting of the Association for Computational Linguistics",
    ),
    (
        "COLING",
        "International Conference on Computational Linguistics",
    ),
    ("COLM", "Conference on Language Modeling"),
    ("CoRL", "Conference on Robot Learning"),
    (
        "CVPR",
        "IEEE/CVF Conference on Computer Vision and Pattern Recognition",
    ),
    ("ECCV", "European Conference on Computer Vision"),
    (
        "EMNLP",
        "Conference on Empirical Methods in Natural Language Processing",
    ),
    (
        "ICCV",
        "IEEE/CVF International Conference on Computer Vision",
    ),
    (
        "ICLR",
        "International Conference on Learning Representations",
    ),
    ("ICML", "International Conference on Machine Learning"),
    (
        "IJCAI",
        "International Joint Conference on Artificial Intelligence",
    ),
    (
        "KDD",
        "ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
    ),
    (
        "NAACL",
        "Annual Conference of the North American Chapter of the ACL",
    ),
    (
        "NeurIPS",
        "Advances in Neural Information Processing Systems",
    ),
    ("NIPS", "Advances in Neural Information Processing Systems"),
];

/// Journals whose volumes the catalog names as it does conferences: `JMLR'19`.
const JOURNALS: [(&str, &str); 4] = [
    ("JMLR", "Journal of Machine Learning Research"),
    (
        "TACL",
        "Transactions of the Association for Computational Linguistics",
    ),
    ("TMLR", "Transactions on Machine Learning Research"),
    ("PNAS", "Proceedings of the National Academy of Sciences"),
];

/// The entry of a model's paper, or of the model itself if it has none, with a line break at its end.
pub(crate) fn bibtex(model: &Model<'_>) -> String {
    let (kind, fields) = entry(model);
    let fields = fields.iter();
    let fields: String = fields
        .map(|(name, value)| format!("  {name:13} = {value},\n"))
        .collect();
    format!("@{kind}{{{},\n{fields}}}\n", citation_key(model))
}

/// The type of an entry, and its fields.
fn entry(model: &Model<'_>) -> (&'static str, Vec<(&'static str, String)>) {
    let paper = model.paper.as_ref();
    let title = paper.and_then(|paper| paper.title.as_deref());
    let title = title.filter(|title| !title.is_empty());
    let url = paper.and_then(|paper| paper.url.as_deref());
    let url = url.or_else(|| home(&model.links));
    let arxiv = url.and_then(ArxivId::parse);
    let mut fields = Vec::new();
    let authors = authors(model);
    // Inner braces keep the capitals of a title.
    let title = format!("{{{{{}}}}}", escape_tex(title.unwrap_or(&model.name)));
    match &*authors {
        // Styles sort by `key` where there is no author.
        "" => fields.push(("key", title.clone())),
        _ => fields.push(("author", format!("{{{authors}}}"))),
    }
    fields.push(("title", title));
    let venue = paper.and_then(|paper| paper.venue.as_deref());
    let venue = venue.and_then(Venue::parse);
    let stated = paper.and_then(|paper| paper.year).map(|year| exact(year.0));
    let year = venue.as_ref().and_then(|venue| venue.year.clone());
    let month = arxiv.as_ref().map(|arxiv| arxiv.month).or(model.announced);
    let year = stated
        .or(year)
        .or(month.map(|month| month.year().to_string()));
    fields.extend(year.map(|year| ("year", format!("{{{year}}}"))));
    let kind = match venue {
        Some(Venue {
            name, is_journal, ..
        }) => {
            let (kind, field) = match is_journal {
                true => ("article", "journal"),
                false => ("inproceedings", "booktitle"),
            };
            fields.push((field, format!("{{{}}}", escape_tex(&name))));
            kind
        }
        None => {
            let number = month.map(|month| usize::from(month.number()).wrapping_sub(1));
            let name = number.and_then(|number| MONTHS.get(number));
            fields.extend(name.map(|name| ("month", (*name).to_owned())));
            "misc"
        }
    };
    match (url, arxiv) {
        (_, Some(ArxivId { id, .. })) => {
            fields.push(("eprint", format!("{{{id}}}")));
            fields.push(("archivePrefix", "{arXiv}".to_owned()));
            fields.push(("url", format!("{{https://arxiv.org/abs/{id}}}")));
        }
        (Some(url), None) => fields.push(("url", format!("{{{}}}", escape_url(url)))),
        (None, None) => {}
    }
    (kind, fields)
}

/// The authors of the paper, else the organizations, as BibTeX has them.
fn authors(model: &Model<'_>) -> String {
    let own = model.paper.as_ref().map_or(&[][..], |paper| &paper.authors);
    // Braces keep an organization from being split into first and last name.
    let organizations = model.organizations.iter();
    let organizations = organizations.map(|name| format!("{{{}}}", escape_tex(name)));
    let authors: Vec<String> = match own.is_empty() {
        true => organizations.collect(),
        false => own.iter().map(|name| escape_tex(name)).collect(),
    };
    authors.join(" and ")
}

/// Where a paper appeared.
struct Venue {
    /// The full name, as far as it is known.
    name: String,
    year: Option<String>,
    is_journal: bool,
}

impl Venue {
    /// A venue such as `NeurIPS'20` or `Nature`; nothing for a preprint.
    fn parse(text: &str) -> Option<Venue> {
        if NormalizedName::new("preprint").is(text) {
            return None;
        }
        let (short, rest) = text.split_once('\'').unwrap_or((text, ""));
        let year = rest
            .get(..2)
            .filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
        let full = |known: &[(&str, &str)]| {
            let known = known.iter().find(|(own, _)| *own == short);
            known.map(|(_, name)| (*name).to_owned())
        };
        let journal = full(&JOURNALS);
        Some(Venue {
            is_journal: journal.is_some() || year.is_none(),
            name: journal
                .or_else(|| full(&CONFERENCES))
                .unwrap_or_else(|| short.to_owned()),
            year: year.map(|year| match year > "50" {
                true => format!("19{year}"),
                false => format!("20{year}"),
            }),
        })
    }
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
pub(super) fn escape_tex(text: &str) -> String {
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
pub(super) fn escape_url(url: &str) -> String {
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
        let (_, fields) = entry(model);
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
                authors: Vec::new(),
                year: None,
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
                (
                    "booktitle",
                    "{International Conference on Learning Representations}",
                ),
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
            authors: vec!["Own, One".into(), "Two Own".into(), "others".into()],
            year: None,
        });
        let authors = ("author", "{Own, One and Two Own and others}");
        has(&model, &[authors, ("title", "{{On Our Own}}"), url]);
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

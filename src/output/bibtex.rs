//! Entries of a bibliography that `bibtex` and `biber` read.

use super::latex::latex;
use crate::model::arxiv::ArxivId;
use crate::output::Output;
use crate::output::citation::{Citation, Link};
use std::io::{self, Write};

/// What bibliography styles call the months.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Writes one entry.
///
/// # Errors
/// When it cannot be written.
pub fn bibtex(citation: &Citation<'_>, out: &mut Output) -> io::Result<()> {
    writeln!(out, "@misc{{{},", citation.key)?;
    for (name, value) in fields(citation) {
        writeln!(out, "  {name:13} = {value},")?;
    }
    writeln!(out, "}}")
}

/// The fields that are known, with their values in braces.
fn fields(citation: &Citation<'_>) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    // Braces keep an organization from being read as first and last name, a title from losing
    // its capitals.
    let authors = citation
        .authors
        .iter()
        .map(|name| format!("{{{}}}", latex(name)));
    let authors = authors.collect::<Vec<_>>().join(" and ");
    let title = format!("{{{{{}}}}}", latex(citation.title));
    match &*authors {
        // What to sort by, where there is no author.
        "" => fields.push(("key", title.clone())),
        _ => fields.push(("author", format!("{{{authors}}}"))),
    }
    fields.push(("title", title));
    if let Some(month) = citation.announced {
        fields.push(("year", format!("{{{}}}", month.year())));
        let name = MONTHS.get(usize::from(month.number()).wrapping_sub(1));
        fields.extend(name.map(|name| ("month", (*name).to_owned())));
    }
    fields.extend(
        citation
            .venue
            .map(|venue| ("note", format!("{{{}}}", latex(venue)))),
    );
    match &citation.link {
        Some(Link::Arxiv(ArxivId { id, .. })) => {
            fields.push(("eprint", format!("{{{id}}}")));
            fields.push(("archivePrefix", "{arXiv}".to_owned()));
            fields.push(("url", format!("{{https://arxiv.org/abs/{id}}}")));
        }
        Some(Link::Web(address)) => fields.push(("url", format!("{{{}}}", plain(address)))),
        None => {}
    }
    fields
}

/// An address in the characters that addresses have, the others percent-encoded: no brace,
/// backslash or space is left that could end the field.
fn plain(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                out.push_str(&format!("%{byte:02X}"));
            }
            byte if byte.is_ascii_graphic() => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stands_in_braces() {
        let citation = Citation {
            key: "own".to_owned(),
            title: "Own & Only",
            authors: vec!["Johnson and Johnson", "A, B"],
            announced: "2023-02".parse().ok(),
            venue: Some("ICLR'23"),
            link: Some(Link::Web("https://example.org/a b{c}?d=%20#e_ü")),
        };
        let expected = [
            ("author", "{{Johnson and Johnson} and {A, B}}"),
            ("title", "{{Own \\& Only}}"),
            ("year", "{2023}"),
            ("month", "feb"),
            ("note", "{ICLR'23}"),
            ("url", "{https://example.org/a%20b%7Bc%7D?d=%20#e_%C3%BC}"),
        ];
        let fields = fields(&citation);
        assert_eq!(fields.len(), expected.len());
        for ((name, value), (key, expected)) in fields.iter().zip(expected) {
            assert_eq!((*name, &**value), (key, expected));
        }
    }

    #[test]
    fn where_nobody_is_named_the_title_sorts() {
        let citation = Citation {
            key: "own".to_owned(),
            title: "Own",
            authors: Vec::new(),
            announced: None,
            venue: None,
            link: Some(Link::to("2302.13971")),
        };
        let names: Vec<&str> = fields(&citation).iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["key", "title", "eprint", "archivePrefix", "url"]);
    }
}

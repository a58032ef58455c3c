//! arXiv identifiers, as people and addresses spell them.

use crate::model::month::Month;
use regex::Regex;
use std::sync::LazyLock;

/// The identifier of a paper on arXiv, whatever its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArxivId {
    /// `2302.13971` or `cs/0112017`.
    pub id: String,
    /// The month in which it was given.
    pub month: Month,
}

/// The first month of identifiers such as `0704.0001`, and the first with five digits.
const NEW_STYLE: (u16, u8) = (2007, 4);
const FIVE_DIGITS: (u16, u8) = (2015, 1);
/// The first month of arXiv.
const FIRST: (u16, u8) = (1991, 7);

/// An identifier alone, as arXiv prints it, in a DOI, or in the address of a page of arXiv.
static SPELLINGS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let spellings = r"(?x) ^
        (?i: arxiv: \s*
           | (?: doi: \s* | (?: https?:// )? (?: dx\. )? doi\.org/ )? 10\.48550/arxiv\.
           | (?: https?:// )? (?: [a-z0-9.-]+ \. )? arxiv\.org/
             (?: abs | pdf | html | format | ps | src | e-print ) / )?
        (?<id> (?<archive> [a-z][a-z-]* (?: \.[A-Z]{2} )? / )?
               (?<year> [0-9]{2} ) (?<month> [0-9]{2} ) (?<point> \. )? (?<number> [0-9]{3,5} ) )
        (?: v [0-9]+ )? (?: \.pdf )? /* (?: [?\#] .* | \ \[ .* )? $";
    Regex::new(spellings).ok()
});

impl ArxivId {
    /// The identifier in an address of arXiv, in the DOI of a paper there, or that is the whole
    /// text: `https://arxiv.org/pdf/2302.13971v1.pdf`, `10.48550/arXiv.2302.13971`,
    /// `arXiv:2302.13971v2`, `hep-th/9901001`.
    pub(crate) fn parse(text: &str) -> Option<ArxivId> {
        let found = SPELLINGS.as_ref()?.captures(text.trim())?;
        let is_old = found.name("archive").is_some() && found.name("point").is_none();
        let is_new = found.name("archive").is_none() && found.name("point").is_some();
        let year = match found["year"].parse().ok()? {
            year @ 91.. if is_old => 1900 + year,
            year => 2000 + year,
        };
        let length = match (year, found["month"].parse().ok()?) {
            given if is_old && (FIRST..NEW_STYLE).contains(&given) => 3,
            given if is_new && (NEW_STYLE..FIVE_DIGITS).contains(&given) => 4,
            given if is_new && given >= FIVE_DIGITS => 5,
            _ => return None,
        };
        let month = format!("{year}-{}", &found["month"]).parse().ok()?;
        (found["number"].len() == length).then(|| ArxivId {
            id: found["id"].to_owned(),
            month,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn is(text: &str, id: &str, month: &str) {
        let found = ArxivId::parse(text).map(|found| (found.id, found.month.to_string()));
        assert_eq!(found, Some((id.to_owned(), month.to_owned())), "{text}");
    }

    #[test]
    fn addresses_and_plain_identifiers_are_known() {
        for text in [
            "2302.13971",
            "2302.13971v12",
            "arXiv:2302.13971v2",
            "arxiv: 2302.13971",
            "arXiv:2302.13971v2 [cs.CL]",
            "https://arxiv.org/abs/2302.13971",
            "https://arXiv.org/abs/2302.13971v1?context=cs#top",
            "http://www.arxiv.org/pdf/2302.13971v12",
            "https://export.arxiv.org/pdf/2302.13971v1.pdf",
            "https://arxiv.org/html/2302.13971v2/",
            "arxiv.org/abs/2302.13971",
            "10.48550/arXiv.2302.13971",
            "doi:10.48550/ARXIV.2302.13971",
            "https://doi.org/10.48550/arXiv.2302.13971",
        ] {
            is(text, "2302.13971", "2023-02");
        }
        is("https://arxiv.org/abs/0704.0001", "0704.0001", "2007-04");
        is("https://arxiv.org/abs/1412.9999v3", "1412.9999", "2014-12");
        is("1501.00001", "1501.00001", "2015-01");
        is("cs/0112017", "cs/0112017", "2001-12");
        is("arXiv:hep-th/9901001v2", "hep-th/9901001", "1999-01");
        let subject = "https://arxiv.org/abs/math.GT/0309136";
        is(subject, "math.GT/0309136", "2003-09");
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "",
            "v2",
            "2302",
            "2302.1397",
            "1412.00001",
            "2313.13971",
            "0703.0001",
            "2302.13971v",
            "see 2302.13971",
            "cs/2302017",
            "cs/9913017",
            "GPT/0112017",
            "https://arxiv.org/list/cs.CL/recent",
            "https://arxiv.org/list/cs.CL/2302.13971",
            "https://arxiv.org/abs/",
            "https://arxiv.org.example.org/abs/2302.13971",
            "https://notarxiv.org/abs/2302.13971",
            "https://openreview.net/pdf?id=2302.13971",
            "https://github.com/own/2302.13971",
            "https://github.com/own/arxiv.org/abs/2302.13971",
            "10.1234/2302.13971",
            "https://doi.org/10.1234/2302.13971",
            "ftp://arxiv.org/abs/2302.13971",
        ] {
            assert_eq!(ArxivId::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_spelling_of_an_identifier_is_that_identifier(
            (year, month, number) in (15u32..60, 1u32..=12, 0u32..100_000),
            version in prop::option::of(1u32..30),
        ) {
            let id = format!("{year}{month:02}.{number:05}");
            let version = version.map_or_else(String::new, |version| format!("v{version}"));
            for text in [
                format!("{id}{version}"),
                format!("arXiv:{id}{version}"),
                format!("https://arxiv.org/abs/{id}{version}"),
                format!("https://arxiv.org/pdf/{id}{version}.pdf"),
                format!("https://doi.org/10.48550/arXiv.{id}{version}"),
            ] {
                let found = ArxivId::parse(&text).map(|found| (found.id, found.month.to_string()));
                prop_assert_eq!(found, Some((id.clone(), format!("20{year}-{month:02}"))));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,30}", ending in "(arxiv:|[a-z]{1,3}/)?[0-9./v]{0,14}") {
            let _ = ArxivId::parse(&text);
            let _ = ArxivId::parse(&ending);
        }
    }
}

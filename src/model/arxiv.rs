//! arXiv identifiers, as people and addresses spell them.

use crate::model::month::Month;

/// The identifier of a paper on arXiv, whatever its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArxivId {
    /// `2302.13971` or `cs/0112017`.
    pub id: String,
    /// The month in which it was given.
    pub month: Month,
}

/// The kinds of pages that arXiv has of a paper.
const PAGES: [&str; 7] = ["abs", "pdf", "html", "format", "ps", "src", "e-print"];

/// The first month of identifiers such as `0704.0001`, and the first with five digits.
const NEW_STYLE: (u32, u32) = (2007, 4);
const FIVE_DIGITS: (u32, u32) = (2015, 1);
/// The first month of arXiv.
const FIRST: (u32, u32) = (1991, 7);

impl ArxivId {
    /// The identifier in an address of arXiv, in the DOI of a paper there, or that is the whole
    /// text: `https://arxiv.org/pdf/2302.13971v1.pdf`, `10.48550/arXiv.2302.13971`,
    /// `arXiv:2302.13971v2`, `hep-th/9901001`.
    pub(crate) fn parse(text: &str) -> Option<ArxivId> {
        let text = text.trim();
        if let Some(rest) = after(text, "arxiv:") {
            // As arXiv prints it: with the subject behind.
            return plain(rest.split(" [").next()?.trim());
        }
        let address = after(text, "https://").or_else(|| after(text, "http://"));
        let path = after(text, "doi:").map(str::trim_start).or(address);
        let path = path.unwrap_or(text).split(['?', '#']).next()?;
        let path = path.trim_end_matches('/');
        let (host, rest) = path.split_once('/').unwrap_or(("", path));
        let host = host.to_ascii_lowercase();
        match host.as_str() {
            "10.48550" => plain(after(rest, "arxiv.")?),
            "doi.org" | "dx.doi.org" => plain(after(rest, "10.48550/arxiv.")?),
            host if host == "arxiv.org" || host.ends_with(".arxiv.org") => {
                let (page, id) = rest.split_once('/')?;
                let id = id.strip_suffix(".pdf").unwrap_or(id);
                PAGES.contains(&page).then(|| plain(id))?
            }
            _ => plain(text),
        }
    }
}

/// What follows the beginning of a text, in any case.
fn after<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let head = text.get(..beginning.len())?;
    let is_so = head.eq_ignore_ascii_case(beginning);
    is_so.then(|| &text[beginning.len()..])
}

/// An identifier that is the whole text, perhaps with a version.
fn plain(text: &str) -> Option<ArxivId> {
    let id = match text.rsplit_once('v') {
        Some((id, version)) if digits(version).is_some() => id,
        _ => text,
    };
    let (month, number, is_old) = match id.split_once('/') {
        Some((archive, number)) if is_archive(archive) => {
            let (month, number) = number.split_at_checked(4)?;
            (month, number, true)
        }
        _ => {
            let (month, number) = id.split_once('.')?;
            (month, number, false)
        }
    };
    let month = digits(month).filter(|_| month.len() == 4)?;
    let given = match (month / 100, month % 100) {
        (year @ 91.., month) if is_old => (1900 + year, month),
        (year, month) => (2000 + year, month),
    };
    let length = match (is_old, given) {
        (true, given) if (FIRST..NEW_STYLE).contains(&given) => 3,
        (false, given) if (NEW_STYLE..FIVE_DIGITS).contains(&given) => 4,
        (false, given) if given >= FIVE_DIGITS => 5,
        _ => return None,
    };
    let month = format!("{}-{:02}", given.0, given.1).parse().ok()?;
    (number.len() == length && digits(number).is_some()).then(|| ArxivId {
        id: id.to_owned(),
        month,
    })
}

/// A number that is nothing but digits.
fn digits(text: &str) -> Option<u32> {
    let all = text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

/// Whether it is spelled as an archive of old identifiers, perhaps with a subject: `math.GT`.
fn is_archive(text: &str) -> bool {
    let (archive, subject) = text.split_once('.').unwrap_or((text, "XX"));
    let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
    archive.starts_with(|c: char| c.is_ascii_lowercase())
        && archive.chars().all(is_name)
        && matches!(subject.as_bytes(), [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
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

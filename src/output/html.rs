//! Pages for a browser: one file that needs no network, with human units. It reads as it is; a script
//! adds sorting, filters and the choice of columns.

use super::html_text::{
    escape, escaped, push_link, sentence, with_code, with_links, without_flags,
};
use super::{FigureNote, Output, Receipt};
use crate::model::figure::exact;
use crate::model::heading::Heading;
use crate::model::link::is_on_web;
use crate::model::schema::COLUMNS;
use crate::model::value::{Kind, Value};
use crate::text::capitalized;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// From how many bytes on a page is called large: browsers take seconds to open it.
pub(super) const LARGE: f64 = 5e6;

/// A page, from its title to its tables.
pub(super) struct Page<'a, S> {
    pub title: &'a str,
    /// What the answer says and rests on.
    pub sentences: S,
    /// The headings of its parts; none of a card.
    pub parts: &'a [Vec<Heading<'a>>],
    /// The chart, as an SVG element.
    pub picture: Option<String>,
}

impl<'a, S: Iterator<Item = &'a String>> Page<'a, S> {
    /// Writes the page up to its first part.
    pub(super) fn start(self, out: &mut Output) -> io::Result<()> {
        let title = match self.title {
            "" => "ahm".to_owned(),
            title => escaped(title),
        };
        let lines = SCRIPT.lines().map(str::trim_start);
        let lines = lines.filter(|line| !line.starts_with("//"));
        let script = lines.collect::<Vec<_>>().join("\n");
        // Nothing is loaded, and no script runs but that of this program.
        write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; \
             form-action 'none'\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"referrer\" content=\"no-referrer\"/>\n\
             <meta name=\"generator\" content=\"ahm {}\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n\
             <title>{title}</title>\n<style>\n{STYLE}{}</style>\n<script>{script}</script>\n\
             </head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>\n",
            base64(&hmac_sha256::Hash::hash(script.as_bytes())),
            env!("CARGO_PKG_VERSION"),
            alignment(self.parts),
        )?;
        let sentences = self.sentences.map(|text| without_flags(text));
        let mut sentences = sentences.filter(|text| !text.is_empty()).peekable();
        if self.parts.is_empty() && sentences.peek().is_none() {
            writeln!(out, "<p>Nothing found.</p>")?;
        }
        for text in sentences {
            writeln!(out, "<p>{}</p>", sentence(&text))?;
        }
        writeln!(out, "</header>")?;
        match &self.picture {
            Some(svg) => writeln!(out, "<figure>\n{svg}\n</figure>"),
            None => Ok(()),
        }
    }
}

/// The style that aligns figures on the right and keeps months whole: a class at each of them takes
/// more room.
fn alignment(parts: &[Vec<Heading<'_>>]) -> String {
    let cells = |is: fn(Kind) -> bool| {
        let cells = parts.iter().enumerate().flat_map(|(part, headings)| {
            let shown = headings.iter().enumerate();
            let shown = shown.filter(|(_, heading)| is(heading.kind));
            shown.map(move |(i, _)| format!("#part{part} tr>:nth-child({})", i + 1))
        });
        cells.collect::<Vec<_>>().join(",")
    };
    let (numbers, months) = (cells(Kind::is_number), cells(|kind| kind == Kind::Month));
    // Marks hang to the right of digits that are aligned.
    format!(
        ":is({numbers}){{text-align:right}}\n:is({numbers})>:is(a,abbr,i){{display:inline-block;width:0}}\n\
         :is({numbers},{months}):is(td){{white-space:nowrap}}\n"
    )
}

/// Writes the rest of a page: what its marks mean, whose work it rests on, and what makes it again.
pub(super) fn end(
    legend: Option<String>,
    notes: &[FigureNote],
    receipt: Option<Receipt>,
    out: &mut Output,
) -> io::Result<()> {
    if let Some(legend) = legend {
        let legend = sentence(&legend);
        // Hidden where no mark is a link.
        let sources = "<span>A mark that is a link leads to its source.</span>";
        writeln!(out, "<p class=\"legend\">{legend} {sources}</p>")?;
    }
    if !notes.is_empty() {
        writeln!(out, "<details>\n<summary>Notes</summary>\n<dl>")?;
        for FigureNote { name, text, .. } in notes {
            let (name, text) = (escaped(name), with_links(text));
            writeln!(out, "<div><dt>{name}</dt><dd>{text}</dd></div>")?;
        }
        writeln!(out, "</dl>\n</details>")?;
    }
    writeln!(out, "</main>")?;
    if let Some(Receipt {
        command,
        basis,
        credits,
    }) = receipt
    {
        let credits = credits.iter().map(|[name, url, license]| {
            let name = match is_on_web(url) {
                true => format!("<a href=\"{}\">{}</a>", escaped(url), escaped(name)),
                false => escaped(name),
            };
            match &**license {
                "" => name,
                license => format!("{name} ({})", escaped(license)),
            }
        });
        let credits = credits.collect::<Vec<_>>().join("; ");
        writeln!(out, "<footer>")?;
        if !credits.is_empty() {
            writeln!(out, "<p>Data: {credits}.</p>")?;
        }
        let (command, basis) = (escaped(&command), escaped(&basis));
        writeln!(
            out,
            "<p>Made with <code>{command}</code></p>\n<p>{basis}</p>\n</footer>"
        )?;
    }
    writeln!(out, "</body>\n</html>")
}

/// What begins a table, the part of this number, and what ends it. Without a title, its first column has
/// one for it. `sorted`: the key by which rows come sorted, and whether they descend.
pub(super) fn around(
    (part, title): (usize, &str),
    (headings, has_header): (&[Heading<'_>], bool),
    sorted: Option<(&str, bool)>,
) -> [String; 2] {
    let own = headings.first().map_or("", |heading| heading.title);
    let caption = escaped(if title.is_empty() { own } else { title });
    let titles = headings.iter().map(|heading| self::title(heading, sorted));
    let titles: String = titles.collect();
    let header = match has_header {
        true => format!("<thead>\n<tr>{titles}</tr>\n</thead>\n"),
        false => String::new(),
    };
    let start = format!(
        "<section id=\"part{part}\">\n<a class=\"skip\" href=\"#after{part}\">Skip {caption}</a>\n\
         <div class=\"box\" tabindex=\"0\" role=\"region\" aria-labelledby=\"caption{part}\">\n\
         <table>\n<caption id=\"caption{part}\">{caption}</caption>\n{header}<tbody>\n"
    );
    let after = format!("<span id=\"after{part}\" tabindex=\"-1\"></span>");
    let end = format!("\n</tbody>\n</table>\n</div>\n{after}\n</section>\n");
    [start, end]
}

/// The title of a column, with the keys that filters understand, and how it sorts.
fn title(heading: &Heading<'_>, sorted: Option<(&str, bool)>) -> String {
    let column = COLUMNS.iter().find(|own| own.heading.key == heading.key);
    let aliases = column.map_or(&[][..], |own| own.aliases);
    let keys = [&[heading.key], aliases].concat().join(" ");
    let kind = match heading.kind {
        Kind::Mixed => " data-kind=\"mixed\"",
        kind if kind.is_number() => " data-kind=\"number\"",
        Kind::Month => " data-kind=\"month\"",
        _ => "",
    };
    let order = match sorted {
        Some((key, true)) if key == heading.key => " aria-sort=\"descending\"",
        Some((key, false)) if key == heading.key => " aria-sort=\"ascending\"",
        _ => "",
    };
    let meaning = column.map(|own| format!(" title=\"{}\"", escaped(own.meaning)));
    let title = match heading.title {
        "" => capitalized(heading.key),
        title => title.to_owned(),
    };
    let (keys, title) = (escaped(&keys), escaped(&title));
    let meaning = meaning.unwrap_or_default();
    format!("<th scope=\"col\" data-keys=\"{keys}\"{kind}{order}{meaning}>{title}</th>")
}

/// The values as a row.
pub(super) fn row(values: &[Value<'_>], headings: &[Heading<'_>]) -> Vec<u8> {
    let mut row = String::from("<tr>");
    for (i, (value, heading)) in values.iter().zip(headings).enumerate() {
        // What the row is about.
        let is_name = i == 0 && !heading.kind.descends();
        let [start, end] = match is_name {
            true => ["<th scope=\"row\"", "</th>"],
            false => ["<td", "</td>"],
        };
        row.push_str(start);
        cell(value, heading.kind, &mut row);
        row.push_str(end);
    }
    row.push_str("</tr>");
    row.into_bytes()
}

/// A value as the rest of a cell, with the exact number where its text is not that.
fn cell(value: &Value<'_>, kind: Kind, html: &mut String) {
    let mut text = value.unmarked().human(kind);
    // A name that only the first of several rows shows is read alone once they are sorted.
    if text.is_empty() && !value.is_missing() {
        text = value.exact();
    }
    if let Some(number) = number(value) {
        let [digits, power] = [exact(number), format!("{number:e}")];
        let shortest = if power.len() < digits.len() {
            power
        } else {
            digits
        };
        if shortest != text {
            html.push_str(" data-v=\"");
            html.push_str(&shortest);
            html.push('"');
        }
    } else if value.is_missing() && !text.is_empty() {
        // Words such as `not stated` are sorted as what is missing.
        html.push_str(" data-v=\"\"");
    }
    html.push('>');
    let signs = value.marks().signs();
    // The marks of a value are the link, or all of it if it has none.
    let (plain, linked) = match (value.link(), &*signs) {
        (Some(_), "") => ("", &*text),
        (_, signs) => (&*text, signs),
    };
    match kind {
        Kind::Address | Kind::Sentence | Kind::Compound => html.push_str(&with_code(plain)),
        _ => escape(plain, html),
    }
    match value.link() {
        Some(link) => push_link(link, linked, html),
        None if linked.is_empty() => {}
        None => html.push_str(&format!("<i>{}</i>", escaped(linked))),
    }
}

/// The figure of a value, the largest of several, also if other words are shown.
fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Shown(_, value) | Value::Marked(_, value) | Value::Linked(_, value) => number(value),
        Value::Numbers([_, ..]) => value.scale(),
        value => value.number(),
    }
}

/// Bytes in the digits of base 64.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| {
            bits << 8 | usize::from(group.get(i).copied().unwrap_or(0))
        });
        for digit in 0..4 {
            text.push(match digit <= group.len() {
                true => char::from(DIGITS[bits >> (18 - 6 * digit) & 63]),
                false => '=',
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}

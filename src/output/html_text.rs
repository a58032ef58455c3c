//! Texts in pages: escaped, with links and code in them.

use crate::model::link::{Link, is_on_web};
use crate::text::{capitalized, printable};

/// A text between tags or in an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

/// Appends a text.
pub(super) fn escape(text: &str, html: &mut String) {
    let text = printable(text);
    let mut rest = &*text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// A sentence with its end.
pub(super) fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    with_code(&capitalized(text)) + end
}

/// A sentence without its clauses about flags and commands, which are typed in a terminal; nothing if
/// there is no other.
pub(super) fn without_flags(text: &str) -> String {
    let is_typed = |text: &&str| {
        ["`--", "`-f ", "`ahm "]
            .iter()
            .any(|own| text.contains(own))
    };
    if !is_typed(&text) {
        return text.to_owned();
    }
    let mut kept = String::new();
    for (i, part) in text.split(['(', ')']).enumerate() {
        let clauses: Vec<&str> = part.split("; ").filter(|part| !is_typed(part)).collect();
        match (i % 2, clauses.join("; ")) {
            (0, outside) => kept += &outside,
            (_, inside) if inside.is_empty() => kept.truncate(kept.trim_end().len()),
            (_, inside) => kept += &format!("({inside})"),
        }
    }
    kept
}

/// A text whose addresses are links, and in which what is between backticks is typed.
pub(super) fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(i, part)| match i % 2 {
        0 => with_links(part),
        _ => format!("<code>{}</code>", escaped(part)),
    });
    parts.collect()
}

/// A text whose addresses of the web are links.
pub(super) fn with_links(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("http") {
        let (before, from) = rest.split_at(at);
        escape(before, &mut html);
        let url = url_at_start(from);
        match is_on_web(url) {
            true => {
                let own = escaped(url);
                html.push_str(&format!("<a href=\"{own}\">{own}</a>"));
            }
            false => escape(url, &mut html),
        }
        rest = &from[url.len()..];
    }
    escape(rest, &mut html);
    html
}

/// A text that leads to an address of the web; to another address it does not lead, but names it.
pub(super) fn push_link(link: &Link<'_>, text: &str, html: &mut String) {
    let (url, words) = (link.address(), link.words());
    let is_on_web = is_on_web(url);
    let (tag, title) = match (is_on_web, &*words) {
        (true, _) => ("a", words),
        (false, "") => ("abbr", url.to_owned()),
        (false, words) => ("abbr", format!("{url}: {words}")),
    };
    html.push('<');
    html.push_str(tag);
    for (name, value) in [("href", url), ("title", &*title)] {
        if name == "title" && !value.is_empty() || name == "href" && is_on_web {
            html.push_str(&format!(" {name}=\""));
            escape(value, html);
            html.push('"');
        }
    }
    html.push('>');
    escape(text, html);
    html.push_str(&format!("</{tag}>"));
}

/// The part of a text that begins with an address, without what ends a sentence or a parenthesis.
fn url_at_start(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || "<>\"`".contains(c));
    let mut url = &text[..end.unwrap_or(text.len())];
    loop {
        let count = |sign| url.matches(sign).count();
        let is_closed = count(')') <= count('(');
        let rest = url.strip_suffix(['.', ',', ';', ':', '!', '?', '\'']);
        let rest = rest.or_else(|| url.strip_suffix(')').filter(|_| !is_closed));
        match rest {
            Some(rest) if rest.len() >= "http".len() => url = rest,
            _ => return url,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_html_is_escaped() {
        let text = escaped("<script>\"&'\u{202e}\u{0}");
        assert_eq!(text, "&lt;script&gt;&quot;&amp;'\u{fffd}\u{fffd}");
    }

    #[test]
    fn clauses_about_flags_are_left_out() {
        for (text, rest) in [
            (
                "1 (2 by x; listed with `--v b`), 3 (z)",
                "1 (2 by x), 3 (z)",
            ),
            ("1 (listed with `--v b`; 2 by x), 3", "1 (2 by x), 3"),
            ("1 below (`-f csv` has all), 3", "1 below, 3"),
            ("by value; leave out with `--x`", "by value"),
            ("`--chip` adds hours", ""),
            ("all; (of (`-a.json`", "all; (of (`-a.json`"),
        ] {
            assert_eq!(without_flags(text), rest);
        }
    }

    #[test]
    fn addresses_in_a_text_are_links() {
        for (text, url, rest) in [
            ("https://a.org/x, and", "https://a.org/x", ", and"),
            ("(http://a.org/b_(c)).", "http://a.org/b_(c)", ")."),
            ("HTTPS, httpd and http://", "http://", ""),
        ] {
            let html = with_links(text);
            let link = format!("<a href=\"{url}\">{url}</a>{rest}");
            assert_eq!(html.ends_with(&link), url.len() > "http://".len(), "{html}");
        }
        let hostile = with_links("javascript:alert(1) https://a.org/\"onclick=x");
        let link = "<a href=\"https://a.org/\">https://a.org/</a>&quot;onclick=x";
        assert_eq!(hostile, format!("javascript:alert(1) {link}"));
    }

    #[test]
    fn what_is_typed_is_code() {
        assert_eq!(sentence("see `a<b`"), "See <code>a&lt;b</code>.");
    }
}

//! One record as a person reads it: a title, then a fact a line.

use super::Format;
use super::html_text::{self, push_link, with_links};
use super::markdown::escaped;
use crate::model::link::Link;
use crate::model::provenance::Mark;
use crate::output::Output;
use crate::text::{printable, wrapped};
use anstyle::Style;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// What is known of one record.
#[derive(Debug, Default)]
pub(crate) struct Card {
    /// Its name.
    pub title: String,
    /// What it is, in a line.
    pub subtitle: String,
    /// Facts in groups that belong together.
    pub groups: Vec<Vec<Fact>>,
}

/// One line of a card.
#[derive(Debug)]
pub(crate) struct Fact {
    /// What it is.
    pub label: String,
    /// What is known of it.
    pub value: String,
    /// What follows the value, aligned with the other details of the group; perhaps nothing.
    pub detail: String,
    /// Where the marks at the end of the value lead to.
    pub link: Option<Link<'static>>,
}

impl Fact {
    pub(crate) fn new(label: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact {
            label: label.into(),
            value: value.into(),
            detail: String::new(),
            link: None,
        }
    }

    /// With a detail after the value.
    pub(crate) fn with_detail(self, detail: impl Into<String>) -> Fact {
        Fact {
            detail: detail.into(),
            ..self
        }
    }

    /// With a link of the marks at the end of the value.
    pub(crate) fn with_link(self, link: Option<Link<'static>>) -> Fact {
        Fact { link, ..self }
    }
}

/// Where values begin, unless a label is longer.
const INDENT: usize = 15;

impl Card {
    /// Writes the card, in Markdown if that is the format; facts without a value are left out.
    pub(crate) fn write(&self, format: Format, out: &mut Output) -> io::Result<()> {
        match format {
            Format::Markdown => self.markdown(out),
            Format::Html => self.html(out),
            _ => self.text(out),
        }
    }

    /// The groups with facts that have a value.
    fn groups(&self) -> impl Iterator<Item = Vec<&Fact>> {
        let groups = self.groups.iter().map(|group| {
            let known = group.iter().filter(|fact| !fact.value.is_empty());
            known.collect::<Vec<_>>()
        });
        groups.filter(|group| !group.is_empty())
    }

    fn text(&self, out: &mut Output) -> io::Result<()> {
        out.styled(Style::new().bold(), printable(&self.title))?;
        writeln!(out)?;
        if !self.subtitle.is_empty() {
            writeln!(out, "{}", printable(&self.subtitle))?;
        }
        let room = out.width().unwrap_or(usize::MAX);
        for group in self.groups() {
            let labels = group.iter().map(|fact| fact.label.width() + 2);
            let indent = labels.fold(INDENT, usize::max);
            let detailed = group.iter().filter(|fact| !fact.detail.is_empty());
            let column = detailed.map(|fact| fact.value.width()).max().unwrap_or(0);
            writeln!(out)?;
            for Fact {
                label,
                value,
                detail,
                ..
            } in group
            {
                let label = printable(label);
                let pad = " ".repeat(indent.saturating_sub(label.width()));
                let value = match detail.is_empty() {
                    true => value.clone(),
                    false => {
                        let gap = " ".repeat(column.saturating_sub(value.width()) + 2);
                        [value, &*gap, detail].concat()
                    }
                };
                let value = wrapped(&printable(&value), indent, room);
                out.styled(Style::new().dimmed(), &label)?;
                writeln!(out, "{pad}{value}")?;
            }
        }
        Ok(())
    }

    fn markdown(&self, out: &mut Output) -> io::Result<()> {
        writeln!(out, "### {}\n", escaped(&self.title))?;
        if !self.subtitle.is_empty() {
            writeln!(out, "{}\n", escaped(&self.subtitle))?;
        }
        for (i, group) in self.groups().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            for fact in group {
                let detail = match &*fact.detail {
                    "" => String::new(),
                    detail => format!(", {detail}"),
                };
                let value = escaped(&format!("{}{detail}", fact.value));
                writeln!(out, "- **{}**: {value}", escaped(&fact.label))?;
            }
        }
        Ok(())
    }

    fn html(&self, out: &mut Output) -> io::Result<()> {
        writeln!(out, "<article>")?;
        if !self.title.is_empty() {
            writeln!(out, "<h2>{}</h2>", html_text::escaped(&self.title))?;
        }
        if !self.subtitle.is_empty() {
            writeln!(out, "<p>{}</p>", html_text::escaped(&self.subtitle))?;
        }
        for group in self.groups() {
            writeln!(out, "<dl>")?;
            for fact in group {
                let label = html_text::escaped(&fact.label);
                let (value, signs) = match &fact.link {
                    Some(_) => fact
                        .value
                        .split_at(fact.value.trim_end_matches(Mark::is_sign).len()),
                    None => (&*fact.value, ""),
                };
                let mut value = with_links(value);
                if let Some(link) = &fact.link {
                    push_link(link, signs, &mut value);
                }
                let detail = match &*fact.detail {
                    "" => String::new(),
                    detail => format!(" <small>{}</small>", with_links(detail)),
                };
                writeln!(out, "<div><dt>{label}</dt><dd>{value}{detail}</dd></div>")?;
            }
            writeln!(out, "</dl>")?;
        }
        writeln!(out, "</article>")
    }
}

//! Reports: what a command hands over to be written, whatever the format.

use super::{
    Card, FigureNote, Finding, Format, Output, OutputArgs, Row, RowWriter, SheetColumn, github,
    html, latex, markdown, sarif,
};
use crate::error::{Error, Found};
use crate::model::column::Record;
use crate::model::heading::Heading;
use crate::model::provenance::Marks;
use crate::model::unit::Unit;
use crate::model::value::Value;
use crate::text::{capitalized, printable};
use std::fmt;
use std::io::{self, Write};

/// The answer of a command.
pub(crate) struct Report<'a> {
    /// What it answers, in a line: the title of a page.
    title: String,
    /// What machine formats show; people too, if `--columns` is given or there is no `summary`.
    rows: ReportPart<'a>,
    /// Shown instead of `rows` where a terminal has no room for their columns, and the flag that
    /// chooses its own.
    pub turned: Option<(ReportPart<'a>, &'static str)>,
    /// Whether the answer is one row by its nature: in JSON an object instead of an array.
    pub is_single: bool,
    /// Shown instead of `rows` in formats for people, unless `--columns` is given or it is empty.
    pub summary: Vec<ReportPart<'a>>,
    /// The titles of its tables, where those of their first columns do not say what they show.
    pub part_titles: &'static [&'static str],
    /// The marks in the cards of `summary`, explained in a remark.
    pub marks: Marks,
    /// Sentences about the whole answer: remarks on a terminal; elsewhere text below a table, unless
    /// `--columns` or `--no-header` is given.
    pub captions: Vec<String>,
    /// Draws a chart below a table, unless `--columns` is given.
    pub picture: Option<Box<dyn Picture + 'a>>,
    /// Sentences that are shown on a terminal only.
    pub remarks: Vec<String>,
    /// Notes on figures of the answer: text on a page, elsewhere a remark that names the figures.
    pub notes: Vec<FigureNote>,
    /// Why there is no answer, on a page, where nothing else says it.
    pub nothing: Option<String>,
    /// The rows as findings about files, if that is what they are.
    pub findings: Option<Vec<Finding<'a>>>,
}

/// A chart below an answer.
pub(crate) trait Picture {
    /// Draws it with characters.
    fn write(&self, out: &mut Output) -> io::Result<()>;

    /// Draws it as an SVG element.
    fn to_svg(&self) -> io::Result<String>;
}

/// Rows that are made while they are written, each of which may fail.
pub(crate) type RowIter<'a> = Box<dyn Iterator<Item = Result<Row, Error>> + 'a>;

/// A part of an answer. Formats for people leave out a part without rows.
pub(crate) enum ReportPart<'a> {
    Card(Card),
    /// The answer's format, how many rows there are, and the rows, made as they are written.
    Rows(&'a RowWriter<'a>, usize, RowIter<'a>),
    /// Values under columns.
    Sheet {
        columns: Vec<SheetColumn<'a>>,
        /// One value a column.
        rows: Vec<Vec<Value<'a>>>,
        /// The key of the column that names a row.
        name: &'a str,
    },
}

impl<'a> ReportPart<'a> {
    /// Rows with a value for each column, the first of which names the row.
    pub(crate) fn sheet<C: Into<SheetColumn<'a>>>(
        columns: impl IntoIterator<Item = C>,
        rows: impl IntoIterator<Item = Vec<Value<'a>>>,
    ) -> ReportPart<'a> {
        let columns: Vec<SheetColumn<'a>> = columns.into_iter().map(C::into).collect();
        ReportPart::Sheet {
            name: columns.first().map_or("", |column| column.heading.key),
            columns,
            rows: rows.into_iter().collect(),
        }
    }

    /// Records under all their columns.
    pub(crate) fn records<R: Record>(records: &'a [R::Of<'a>]) -> ReportPart<'a> {
        let columns = R::columns().iter();
        let row = |record| -> Vec<Value<'a>> {
            let columns = R::columns().iter();
            columns.map(|column| column.value(record)).collect()
        };
        ReportPart::Sheet {
            columns: columns.map(SheetColumn::from).collect(),
            rows: records.iter().map(row).collect(),
            name: R::NAME,
        }
    }
}

impl<'a> Report<'a> {
    /// An answer of rows.
    pub(crate) fn new(rows: ReportPart<'a>) -> Report<'a> {
        Report {
            title: String::new(),
            rows,
            turned: None,
            is_single: false,
            summary: Vec::new(),
            part_titles: &[],
            marks: Marks::default(),
            captions: Vec::new(),
            picture: None,
            remarks: Vec::new(),
            notes: Vec::new(),
            nothing: None,
            findings: None,
        }
    }

    /// With a title for where one is shown.
    #[must_use]
    pub(crate) fn titled(self, title: impl Into<String>) -> Report<'a> {
        let title = title.into();
        Report { title, ..self }
    }

    /// With a remark that people see on a terminal.
    #[must_use]
    pub(crate) fn remark(mut self, remark: impl fmt::Display) -> Report<'a> {
        self.remarks.push(remark.to_string());
        self
    }

    /// Writes the answer by the output flags; returns whether it has rows.
    pub(crate) fn write(self, args: &OutputArgs, out: &mut Output) -> Result<Found, Error> {
        let format = args.look.format();
        args.look.check()?;
        let found = Found::count(self.rows.len());
        if !format.is_for_people() || format == Format::Html {
            out.silence();
        }
        if let Some(findings) = self.findings.filter(|_| format.is_of_findings()) {
            args.no_columns()?;
            match format {
                Format::Github => github::write(&findings, out)?,
                _ => sarif::write(&findings, out)?,
            }
            return Ok(found);
        }
        // People read it, and did not choose columns.
        let is_usual = format.is_for_people() && !args.names_keys();
        let is_card = |part: &ReportPart<'_>| matches!(part, ReportPart::Card(_));
        // LaTeX has tables only.
        let has_summary = match format {
            Format::Latex => !self.summary.iter().any(is_card),
            _ => true,
        };
        let mut chooser = "-c";
        let (parts, mut marks) = match is_usual && has_summary && !self.summary.is_empty() {
            true => (self.summary, self.marks),
            false => {
                let rows = match self.turned {
                    Some((turned, own)) if is_usual && !self.rows.fits(args, out)? => {
                        chooser = own;
                        turned
                    }
                    _ => self.rows,
                };
                (vec![rows], Marks::default())
            }
        };
        let is_page = format == Format::Html;
        // Charts show all points.
        let means = match parts[..] {
            [ReportPart::Rows(..)] => "`-n` and filters make",
            _ => "filters make",
        };
        let is_whole = !args.look.no_header;
        let (mut place, mut has_titles) = (Place::default(), false);
        if is_page {
            let written = parts.iter().filter(|part| part.len() > 0);
            // A column that does not exist is an error before the page begins.
            let headings = written.map(|part| part.headings(args, out));
            let headings = headings.collect::<Result<Vec<_>, Error>>()?;
            place.title = match &*parts {
                [ReportPart::Card(card)] => card.title.clone(),
                _ => self.title,
            };
            let captions = self.captions.iter().filter(|_| is_usual && is_whole);
            let captions = self.nothing.iter().chain(captions);
            let picture = self.picture.as_ref().filter(|_| args.has_picture());
            html::Page {
                title: &place.title,
                sentences: captions.chain(&self.remarks),
                parts: &headings,
                picture: picture.map(|picture| picture.to_svg()).transpose()?,
            }
            .start(out)?;
            has_titles = headings.len() > 1;
        }
        let titles = self.part_titles.iter().map(Some);
        for (part, title) in parts.into_iter().zip(titles.chain(std::iter::repeat(None))) {
            if has_titles {
                place.title = title.copied().unwrap_or_default().to_owned();
            }
            let written = part.write((args, self.is_single, &place), chooser, out)?;
            if let Some(own) = written {
                place.number += 1;
                marks = marks.union(own);
            }
        }
        if is_page {
            html::end(marks.legend(), &self.notes, out.take_receipt(), out)?;
            let size = out.written() as f64;
            if size > html::LARGE {
                let size = Unit::Bytes.human(size);
                out.note(format_args!(
                    "the page is {size}, which browsers open slowly; {means} it smaller"
                ));
            }
            return Ok(found);
        }
        let is_first = place.number == 0;
        // The legend belongs to whatever has marks, the other sentences to the usual answer.
        let legend = match out.width() {
            Some(_) => marks.message(),
            None => marks.legend(),
        };
        let mut sentences: Vec<String> = legend.into_iter().collect();
        if is_usual {
            sentences.extend(self.captions);
        }
        write_captions(&sentences, (format, is_whole, is_first), out)?;
        if let Some(picture) = self.picture.filter(|_| args.has_picture()) {
            writeln!(out)?;
            picture.write(out)?;
        }
        if format.is_for_people()
            && let Some(receipt) = out.take_receipt()
        {
            let start = match format {
                Format::Latex => "% ",
                Format::Markdown => "    ",
                _ => "",
            };
            let lines = receipt.lines().map(printable);
            let lines = lines.map(|line| format!("{start}{line}\n"));
            write!(out, "\n{}", lines.concat())?;
        }
        out.remarks(self.remarks);
        out.remarks(FigureNote::remark(&self.notes));
        Ok(found)
    }
}

/// The place of a part in the answer.
#[derive(Default)]
struct Place {
    /// How many parts were written before.
    number: usize,
    /// The title of a page, if this is all of it.
    title: String,
}

/// Writes sentences about an answer for people: as remarks on a terminal, else below the answer.
/// `is_whole`: the header was not left out, else they are not written.
/// `is_first`: nothing was written before, so that no blank line is needed.
fn write_captions(
    sentences: &[String],
    (format, is_whole, is_first): (Format, bool, bool),
    out: &mut Output,
) -> io::Result<()> {
    if out.width().is_some() || !format.is_for_people() {
        out.remarks(sentences.iter().cloned());
    } else if is_whole && !sentences.is_empty() {
        if !is_first {
            writeln!(out)?;
        }
        let sentences = sentences.iter().map(|sentence| capitalized(sentence) + ".");
        match format {
            Format::Latex => out.write_all(latex::notes(sentences).as_bytes())?,
            _ => {
                for sentence in sentences {
                    match format {
                        Format::Markdown => writeln!(out, "{}", markdown::escaped(&sentence))?,
                        _ => writeln!(out, "{}", printable(&sentence))?,
                    }
                }
            }
        }
    }
    Ok(())
}

/// The values of the columns that are shown.
fn chosen<'v>(row: &[Value<'v>], shown: &[usize]) -> Vec<Value<'v>> {
    shown.iter().map(|index| row[*index].clone()).collect()
}

impl<'a> ReportPart<'a> {
    /// The headings of the columns that are shown; none of a card.
    fn headings(&self, args: &OutputArgs, out: &Output) -> Result<Vec<Heading<'a>>, Error> {
        match self {
            ReportPart::Card(_) => Ok(Vec::new()),
            ReportPart::Rows(writer, ..) => Ok(writer.headings.clone()),
            ReportPart::Sheet { columns, name, .. } => {
                let (_, writer) = args.select(columns, name, out)?;
                Ok(writer.headings)
            }
        }
    }

    /// Whether all columns have room but those that only illustrate others.
    fn fits(&self, args: &OutputArgs, out: &Output) -> Result<bool, Error> {
        let ReportPart::Sheet {
            columns,
            rows,
            name,
        } = self
        else {
            return Ok(true);
        };
        let (shown, writer) = args.select(columns, name, out)?;
        let rows = rows.iter().map(|row| writer.row(&chosen(row, &shown)));
        Ok(writer.fits(rows, out))
    }

    /// How many rows it has.
    fn len(&self) -> usize {
        match self {
            ReportPart::Card(_) => 1,
            ReportPart::Sheet { rows, .. } => rows.len(),
            ReportPart::Rows(_, count, _) => *count,
        }
    }

    /// Writes the part, below a blank line unless it is the first; returns the marks in it, or nothing
    /// if there was nothing to write.
    fn write(
        self,
        (args, is_single, place): (&OutputArgs, bool, &Place),
        chooser: &'static str,
        out: &mut Output,
    ) -> Result<Option<Marks>, Error> {
        let format = args.look.format();
        if self.len() == 0 && format.is_for_people() {
            return Ok(None);
        }
        if place.number > 0 {
            writeln!(out)?;
        }
        Ok(Some(match self {
            ReportPart::Card(mut card) => {
                // A page has it as its own title.
                if format == Format::Html && card.title == place.title {
                    card.title.clear();
                }
                card.write(format, out)?;
                Marks::default()
            }
            ReportPart::Rows(writer, _, rows) => {
                writer.write(rows, (is_single, place.number, &place.title), out)?
            }
            ReportPart::Sheet { .. } if format.is_of_models() => {
                return Err(Error::Misuse(format!(
                    "`{}` is a format of models: use it with `list`, `sort` or `show`",
                    format.name()
                )));
            }
            ReportPart::Sheet {
                columns,
                rows,
                name,
            } => {
                let (shown, mut writer) = args.select(&columns, name, out)?;
                writer.chooser = chooser;
                let rows = rows.iter().map(|row| Ok(writer.row(&chosen(row, &shown))));
                writer.write(rows, (is_single, place.number, &place.title), out)?
            }
        }))
    }
}

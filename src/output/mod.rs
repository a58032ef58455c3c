//! Where answers and remarks go, and what is known of the place.

mod bar;
mod bibtex;
mod card;
pub(crate) mod closed;
mod csv;
mod fit;
pub(crate) mod json;
mod layout;
mod letters;
mod long;
mod markdown;
mod names;
pub(crate) mod progress;
mod table;

use crate::error::Error;
use crate::model::column::Heading;
use crate::model::value::Value;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use clap::builder::StyledStr;
use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::{fmt, mem};

pub use bar::bar;
pub(crate) use bibtex::bibtex;
pub use card::{Card, Fact};
pub use letters::Letters;
pub use markdown::escaped;

use crate::output::progress::{Progress, ReadSoFar, Room};
use crate::text::{printable, printable_lines, wrapped};

/// The two streams of a run. Answers are buffered; a remark is for people only.
///
/// A pipe gets the bytes of an answer as they are; a terminal gets no control character but line
/// breaks, tabs and the styles of [`Output::styled`].
pub struct Output {
    answer: BufWriter<Box<dyn Write>>,
    /// The start of a character whose other bytes are yet to be written.
    partial: Vec<u8>,
    remarks: Option<Box<dyn Write>>,
    width: Option<usize>,
    letters: Letters,
    colour: ColorChoice,
    /// Whether a line can be written on standard error and taken back.
    is_steered: bool,
    progress: Option<Progress>,
}

impl Output {
    /// Standard output and standard error, coloured as `color` and the environment have it.
    pub fn standard(color: ColorChoice) -> Output {
        color.write_global();
        let stdout = io::stdout();
        let colour = AutoStream::choice(&stdout);
        match stdout.is_terminal() {
            true => {
                let size = terminal_size::terminal_size();
                let width = size.map_or(80, |(width, _)| width.0.into());
                let remarks = Box::new(AutoStream::auto(io::stderr()));
                let letters = Letters::of(|name| std::env::var(name).ok());
                let out = Output::terminal(standard_output(), remarks, width);
                let mut out = out.coloured(colour).lettered(letters);
                let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
                out.is_steered = io::stderr().is_terminal() && (cfg!(windows) || !is_dumb);
                out
            }
            false => Output::pipe(standard_output()).coloured(colour),
        }
    }

    /// A pipe or a file, without colour.
    pub fn pipe(answer: Box<dyn Write>) -> Output {
        Output {
            answer: BufWriter::with_capacity(1 << 16, answer),
            partial: Vec::new(),
            remarks: None,
            width: None,
            letters: Letters::Unicode,
            colour: ColorChoice::Never,
            is_steered: false,
            progress: None,
        }
    }

    /// A terminal of so many columns, without colour.
    pub fn terminal(answer: Box<dyn Write>, remarks: Box<dyn Write>, width: usize) -> Output {
        Output {
            remarks: Some(remarks),
            width: Some(width),
            ..Output::pipe(answer)
        }
    }

    fn coloured(mut self, colour: ColorChoice) -> Output {
        self.colour = colour;
        self
    }

    /// With pictures made of these characters.
    #[must_use]
    pub fn lettered(mut self, letters: Letters) -> Output {
        self.letters = letters;
        self
    }

    /// The characters that pictures may be made of.
    pub fn letters(&self) -> Letters {
        self.letters
    }

    /// Columns of the terminal that shows the answer; none if a pipe or a file takes it.
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// Writes a text in this style, where the answer is coloured.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn styled(&mut self, style: Style, text: impl fmt::Display) -> io::Result<()> {
        let style = match self.colour {
            ColorChoice::Never => Style::new(),
            _ => style,
        };
        self.progress = None;
        write!(self.answer, "{style}")?;
        write!(self, "{text}")?;
        write!(self.answer, "{style:#}")
    }

    /// Writes help or a version, whose words and styles are the program's own.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn help(&mut self, text: &StyledStr) -> io::Result<()> {
        match self.colour {
            ColorChoice::Never => write!(self.answer, "{text}"),
            _ => write!(self.answer, "{}", text.ansi()),
        }
    }

    /// Writes bytes for a terminal.
    fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut bytes = Cow::Borrowed(bytes);
        if !self.partial.is_empty() {
            let mut whole = mem::take(&mut self.partial);
            whole.extend(&*bytes);
            bytes = Cow::Owned(whole);
        }
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            let text = printable_lines(chunk.valid());
            self.answer.write_all(text.as_bytes())?;
            match (chunk.invalid(), chunks.peek()) {
                ([], _) => {}
                (start, None) => self.partial = start.to_vec(),
                (_, Some(_)) => self.answer.write_all("\u{fffd}".as_bytes())?,
            }
        }
        Ok(())
    }

    /// Shows a person how far the reading is, if it takes long, until something is written.
    pub fn watch(&mut self, read: impl Fn() -> ReadSoFar + Send + 'static) {
        if let (Some(width), true) = (self.width, self.is_steered) {
            let letters = self.letters;
            let room = Room { width, letters };
            self.progress = Some(Progress::watch(read, room, io::stderr()));
        }
    }

    /// Says something about the answer, to a person who sees it on a terminal.
    pub fn remark(&mut self, text: impl fmt::Display) {
        let style = Style::new().dimmed();
        if let Some(stream) = &mut self.remarks {
            let text = printable(&text.to_string()).into_owned();
            let text = wrapped(&text, 0, self.width.unwrap_or(usize::MAX));
            self.progress = None;
            // A remark that cannot be written is not worth failing for.
            let _ = self.answer.flush();
            let _ = writeln!(stream, "{style}{text}{style:#}");
        }
    }

    /// Says how a question was understood, on standard error whatever reads the answer.
    pub fn note(&mut self, text: impl fmt::Display) {
        let style = Style::new().bold();
        let text = printable(&text.to_string()).into_owned();
        let text = wrapped(
            &format!("note: {text}"),
            0,
            self.width.unwrap_or(usize::MAX),
        );
        let text = text.replacen("note:", &format!("{style}note:{style:#}"), 1);
        self.progress = None;
        // A note that cannot be written is not worth failing for.
        let _ = self.answer.flush();
        let _ = match &mut self.remarks {
            Some(stream) => writeln!(stream, "{text}"),
            None => writeln!(AutoStream::auto(io::stderr()), "{text}"),
        };
    }

    /// Says how several words of a question were understood.
    pub fn notes<T: fmt::Display>(&mut self, texts: impl IntoIterator<Item = T>) {
        texts.into_iter().for_each(|text| self.note(text));
    }

    /// Hands on what is still buffered.
    ///
    /// # Errors
    /// When it cannot be written: a closed pipe, a full disk.
    pub fn finish(&mut self) -> io::Result<()> {
        self.answer.flush()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress = None;
        match self.width {
            Some(_) => self.show(bytes).map(|()| bytes.len()),
            None => self.answer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.answer.flush()
    }
}

/// The stream of standard output, whose errors are all reported: [`io::Stdout`] takes a descriptor
/// that is open for reading alone for one that takes everything.
#[cfg(unix)]
fn standard_output() -> Box<dyn Write> {
    use std::os::fd::AsFd;
    if closed::is_stdout_closed() {
        return Box::new(Closed);
    }
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(descriptor) => Box::new(std::fs::File::from(descriptor)),
        Err(_) => Box::new(io::stdout()),
    }
}

/// A standard output that was closed before the process began.
#[cfg(unix)]
struct Closed;

#[cfg(unix)]
impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("standard output is closed"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The stream of standard output.
#[cfg(not(unix))]
fn standard_output() -> Box<dyn Write> {
    Box::new(io::stdout())
}

/// Says why a run failed, on standard error whatever it is.
pub fn complain(error: &dyn fmt::Display) {
    let red = AnsiColor::Red.on_default().bold();
    let mut stream = AutoStream::auto(io::stderr());
    // Nobody is left to tell if this fails.
    let error = error.to_string();
    let _ = writeln!(stream, "{red}error:{red:#} {}", printable_lines(&error));
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Aligned columns with human units
    #[default]
    Table,
    /// One JSON array, an object a line
    Json,
    /// JSON objects, one a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// A table in Markdown, with human units
    #[value(alias = "md")]
    Markdown,
    /// The names alone, one a line
    Names,
    /// Models as entries of a catalog, in JSON; on list, sort and show
    Entry,
}

/// Whether the titles or keys stand over the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// They do.
    Shown,
    /// They do not.
    Hidden,
}

/// Rows under headings. Rows come one after another; no format may count on holding them all.
pub struct Sheet<'a> {
    /// What stands over each column.
    pub headings: &'a [Heading<'a>],
    /// One value a heading.
    pub rows: &'a mut dyn Rows,
}

/// Rows that come one after another, and are gone when the next comes.
pub trait Rows {
    /// Hands the next rows to `take`, at most so many.
    ///
    /// # Errors
    /// When a row cannot be read, or `take` cannot write it.
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error>;

    /// Writes the rows that are left, each as `line` does: several at a time, where there are
    /// many, and in their order.
    ///
    /// # Errors
    /// When a row cannot be read or written.
    fn rest(&mut self, line: &Line<'_>, out: &mut Output) -> Result<(), Error> {
        let mut bytes = Vec::new();
        self.next(usize::MAX, &mut |row| {
            bytes.clear();
            line(row, &mut bytes)?;
            out.write_all(&bytes)
        })
    }
}

/// What takes a row.
pub type Take<'t> = dyn FnMut(&[Value<'_>]) -> io::Result<()> + 't;

/// How a row is written, whichever stand before and behind it.
pub type Line<'l> = dyn Fn(&[Value<'_>], &mut Vec<u8>) -> io::Result<()> + Sync + 'l;

impl<'v, I: Iterator<Item = Vec<Value<'v>>>> Rows for I {
    fn next(&mut self, most: usize, take: &mut Take<'_>) -> Result<(), Error> {
        for row in self.take(most) {
            take(&row)?;
        }
        Ok(())
    }
}

impl Format {
    /// Whether a person reads it: human units, chosen columns, remarks.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Table | Format::Markdown)
    }

    /// Writes rows in this format.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(self, sheet: Sheet<'_>, header: Header, out: &mut Output) -> Result<(), Error> {
        match self {
            Format::Table => table::write(sheet, header, out)?,
            Format::Json => json::array(sheet, out)?,
            Format::Jsonl => json::lines(sheet, out)?,
            Format::Csv => csv::commas(sheet, header, out)?,
            Format::Tsv => csv::tabs(sheet, header, out)?,
            Format::Markdown => markdown::write(sheet, header, out)?,
            Format::Names => names::write(sheet, out)?,
            Format::Entry => {
                let what = "`entry` is a format of models: `list`, `sort` and `show` have it";
                return Err(Error::Misuse(what.to_owned()));
            }
        }
        Ok(())
    }

    /// Writes a record, or several, as JSON with all that they hold.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_whole<T: serde::Serialize + ?Sized>(
        records: &T,
        out: &mut Output,
    ) -> Result<(), Error> {
        Ok(json::whole(records, out)?)
    }

    /// Writes records with all that they hold as one JSON array, each as it comes.
    ///
    /// # Errors
    /// When a record cannot be read, or not be written.
    pub fn write_each<T: serde::Serialize>(
        records: impl Iterator<Item = Result<T, Error>>,
        out: &mut Output,
    ) -> Result<(), Error> {
        json::each(records, out)
    }
}

//! The streams of a run: a terminal, a pipe or a file.

use super::charset::Charset;
use super::pager::{self, PagedStream};
use super::progress::{Progress, ReadSoFar};
use super::receipt::Receipt;
use crate::text::{printable, printable_lines, wrapped};
use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::builder::StyledStr;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::{fmt, mem};

/// Standard output and standard error of a run.
///
/// A pipe gets an answer as it is, and no remarks. A terminal gets no control characters but line
/// breaks, tabs and the styles of `Output::styled`.
pub struct Output {
    answer: BufWriter<PagedStream>,
    /// For a terminal: the first bytes of a character whose others are not written yet.
    partial: Vec<u8>,
    remarks: Option<Box<dyn Write>>,
    /// The remarks so far: tables of one answer may have the same.
    remarked: Vec<String>,
    /// Whether the answer is in a format for machines, which has no remarks.
    is_quiet: bool,
    width: Option<usize>,
    charset: Charset,
    colour: ColorChoice,
    /// Whether a line on standard error can be erased.
    has_progress: bool,
    progress: Option<Progress>,
    /// What makes the answer again, until it is written.
    receipt: Option<Receipt>,
    /// How many bytes of the answer have been written.
    written: usize,
}

impl Output {
    /// Standard output and standard error, coloured by `color` and the environment.
    pub fn standard(color: ColorChoice) -> Output {
        color.write_global();
        let stdout = io::stdout();
        let colour = AutoStream::choice(&stdout);
        let mut out = Output::pipe(standard_output());
        out.colour = colour;
        if stdout.is_terminal() {
            let size = terminal_size::terminal_size();
            out.width = Some(size.map_or(80, |(width, _)| width.0.into()));
            out.remarks = Some(Box::new(AutoStream::auto(io::stderr())));
            out.charset = Charset::of(|name| std::env::var(name).ok());
            let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
            out.has_progress = io::stderr().is_terminal() && (cfg!(windows) || !is_dumb);
        }
        out
    }

    /// A pipe or a file, without colour.
    pub fn pipe(answer: Box<dyn Write>) -> Output {
        Output {
            answer: BufWriter::with_capacity(1 << 16, PagedStream::new(answer)),
            partial: Vec::new(),
            remarks: None,
            remarked: Vec::new(),
            is_quiet: false,
            width: None,
            charset: Charset::Unicode,
            colour: ColorChoice::Never,
            has_progress: false,
            progress: None,
            receipt: None,
            written: 0,
        }
    }

    /// A terminal of this width, without colour.
    pub fn terminal(answer: Box<dyn Write>, remarks: Box<dyn Write>, width: usize) -> Output {
        Output {
            remarks: Some(remarks),
            width: Some(width),
            ..Output::pipe(answer)
        }
    }

    /// With a pager for answers that are longer than the terminal, if the environment has one.
    #[must_use]
    pub fn paged(mut self) -> Output {
        let command = pager::command(|name| std::env::var(name).ok());
        let height = terminal_size::terminal_size().map(|(_, height)| height.0.into());
        if let (Some(_), Some(command), Some(height)) = (self.width, command, height) {
            self.answer.get_mut().hold(command, height);
        }
        self
    }

    /// With charts and rules made of these characters.
    #[must_use]
    pub fn with_charset(self, charset: Charset) -> Output {
        Output { charset, ..self }
    }

    /// The characters of charts and rules.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// The columns of the terminal, if the answer goes to one.
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// Writes a text in this style, where the answer is coloured.
    pub(crate) fn styled(&mut self, style: Style, text: impl fmt::Display) -> io::Result<()> {
        let style = match self.colour {
            ColorChoice::Never => Style::new(),
            _ => style,
        };
        self.progress = None;
        write!(self.answer, "{style}")?;
        write!(self, "{text}")?;
        write!(self.answer, "{style:#}")
    }

    /// Writes help or a version, which have their own styles.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn help(&mut self, text: &StyledStr) -> io::Result<()> {
        match self.colour {
            ColorChoice::Never => write!(self.answer, "{text}"),
            _ => write!(self.answer, "{}", text.ansi()),
        }
    }

    /// Shows the progress of reading, if it takes long, until something is written.
    pub fn watch(&mut self, read: impl Fn() -> ReadSoFar + Send + 'static) {
        if let (Some(width), true) = (self.width, self.has_progress) {
            let progress = Progress::watch(read, (width, self.charset), io::stderr());
            self.progress = Some(progress);
        }
    }

    /// Has the answer end with what makes it again.
    pub(crate) fn set_receipt(&mut self, receipt: Receipt) {
        self.receipt = Some(receipt);
    }

    /// What makes the answer again, if that is asked for and not written yet.
    pub(crate) fn take_receipt(&mut self) -> Option<Receipt> {
        self.receipt.take()
    }

    /// Adds to whose work the answer rests on.
    pub(crate) fn credit(&mut self, credits: impl IntoIterator<Item = [String; 3]>) {
        for credit in credits {
            if let Some(receipt) = &mut self.receipt
                && !receipt.credits.contains(&credit)
            {
                receipt.credits.push(credit);
            }
        }
    }

    /// How many bytes of the answer have been written.
    pub(super) fn written(&self) -> usize {
        self.written
    }

    /// Leaves out remarks from now on: the answer is for a machine.
    pub(super) fn silence(&mut self) {
        self.is_quiet = true;
        // Nor is it paged. A failure is reported when the answer is written.
        let _ = self.finish();
    }

    /// Writes a remark on the answer once, if a person sees it on a terminal.
    pub(crate) fn remark(&mut self, text: impl fmt::Display) {
        let text = text.to_string();
        if self.remarks.is_some() && !self.is_quiet && !self.remarked.contains(&text) {
            let style = Style::new().dimmed();
            self.aside(&format!("{style}{}{style:#}", self.wrapped(&text)));
            self.remarked.push(text);
        }
    }

    /// Writes several remarks.
    pub(crate) fn remarks(&mut self, texts: impl IntoIterator<Item = String>) {
        texts.into_iter().for_each(|text| self.remark(text));
    }

    /// Writes how a question was understood, to standard error even if the answer goes to a pipe.
    pub(crate) fn note(&mut self, text: impl fmt::Display) {
        let style = Style::new().bold();
        let text = self.wrapped(&format!("note: {text}"));
        self.aside(&text.replacen("note:", &format!("{style}note:{style:#}"), 1));
    }

    /// Writes how the parts of a question were understood.
    pub(crate) fn notes<T: fmt::Display>(&mut self, texts: impl IntoIterator<Item = T>) {
        texts.into_iter().for_each(|text| self.note(text));
    }

    fn wrapped(&self, text: &str) -> String {
        wrapped(&printable(text), 0, self.width.unwrap_or(usize::MAX))
    }

    fn aside(&mut self, text: &str) {
        self.progress = None;
        // A pager shows it where it was written, below the answer so far.
        if self.has_progress && self.answer.get_ref().has_pager() {
            let text = match self.colour {
                ColorChoice::Never => strip_str(text).to_string(),
                _ => text.to_owned(),
            };
            let _ = writeln!(self.answer, "{text}");
            return;
        }
        // Neither failure is worth an error: the answer's own is reported when it is finished.
        let _ = self.answer.flush();
        let _ = match &mut self.remarks {
            Some(stream) => writeln!(stream, "{text}"),
            None => writeln!(AutoStream::auto(io::stderr()), "{text}"),
        };
    }

    /// Writes what is still buffered, and waits for the pager.
    ///
    /// # Errors
    /// When it cannot be written: a closed pipe, a full disk.
    pub fn finish(&mut self) -> io::Result<()> {
        self.answer.flush()?;
        self.answer.get_mut().finish()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress = None;
        self.written += bytes.len();
        match self.width {
            Some(_) => {
                self.partial.extend(bytes);
                let whole = match std::str::from_utf8(&self.partial) {
                    Err(error) if error.error_len().is_none() => error.valid_up_to(),
                    _ => self.partial.len(),
                };
                let rest = self.partial.split_off(whole);
                let text = mem::replace(&mut self.partial, rest);
                let text = String::from_utf8_lossy(&text);
                self.answer.write_all(printable_lines(&text).as_bytes())?;
                Ok(bytes.len())
            }
            None => self.answer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.answer.flush()
    }
}

/// Prints the error of a failed run to standard error.
pub fn print_error(error: &dyn fmt::Display) {
    let red = AnsiColor::Red.on_default().bold();
    let mut stream = AutoStream::auto(io::stderr());
    let error = error.to_string();
    // There is nowhere to report that standard error cannot be written.
    let _ = writeln!(stream, "{red}error:{red:#} {}", printable_lines(&error));
}

/// The stream of standard output, with all its errors: [`io::Stdout`] ignores that a descriptor is
/// closed or open for reading only.
#[cfg(unix)]
fn standard_output() -> Box<dyn Write> {
    use std::os::fd::AsFd;
    #[cfg(target_os = "linux")]
    if before_main::WAS_CLOSED.load(std::sync::atomic::Ordering::Relaxed) {
        return Box::new(Closed);
    }
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(descriptor) => Box::new(std::fs::File::from(descriptor)),
        Err(_) => Box::new(io::stdout()),
    }
}

#[cfg(not(unix))]
fn standard_output() -> Box<dyn Write> {
    Box::new(io::stdout())
}

/// A standard output that was closed before the process began.
#[cfg(target_os = "linux")]
struct Closed;

#[cfg(target_os = "linux")]
impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("standard output is closed"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The runtime opens `/dev/null` in place of a closed standard output before `main` begins, so
/// that answers would be lost silently.
#[cfg(target_os = "linux")]
mod before_main {
    use std::sync::atomic::{AtomicBool, Ordering};

    pub(super) static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

    extern "C" fn check() {
        let is_closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
        WAS_CLOSED.store(is_closed, Ordering::Relaxed);
    }

    #[used]
    #[expect(
        unsafe_code,
        reason = "only a function of this section runs before the runtime; it makes one system call"
    )]
    #[unsafe(link_section = ".init_array")]
    static CHECK: extern "C" fn() = check;
}

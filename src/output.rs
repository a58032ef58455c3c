//! Where answers and remarks go, and what is known of the place.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::Arc;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::progress::{Meter, Progress, Room};
use crate::render::Letters;
use crate::text::{printable, wrapped};

/// The two streams of a run. Answers are buffered; a remark is for people only.
pub struct Output {
    answer: BufWriter<Box<dyn Write>>,
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
                let out = Output::terminal(Box::new(stdout), remarks, width);
                let mut out = out.coloured(colour).lettered(letters);
                let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
                out.is_steered = io::stderr().is_terminal() && (cfg!(windows) || !is_dumb);
                out
            }
            false => Output::pipe(Box::new(stdout)).coloured(colour),
        }
    }

    /// A pipe or a file, without colour.
    pub fn pipe(answer: Box<dyn Write>) -> Output {
        Output {
            answer: BufWriter::with_capacity(1 << 16, answer),
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

    /// The style, where the answer is coloured; else none.
    pub fn style(&self, style: Style) -> Style {
        match self.colour {
            ColorChoice::Never => Style::new(),
            _ => style,
        }
    }

    /// Shows a person how far the reading is, if it takes long, until something is written.
    pub fn watch(&mut self, meters: Vec<Arc<Meter>>) {
        if let (Some(width), true, false) = (self.width, self.is_steered, meters.is_empty()) {
            let letters = self.letters;
            let room = Room { width, letters };
            self.progress = Some(Progress::watch(meters, room, io::stderr()));
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

    /// Says what a question was read as, on standard error whether or not it is a terminal.
    pub fn note(&mut self, text: impl fmt::Display) {
        let text = printable(&text.to_string()).into_owned();
        self.progress = None;
        // A note that cannot be written is not worth failing for.
        let _ = self.answer.flush();
        let _ = match &mut self.remarks {
            Some(stream) => writeln!(stream, "note: {text}"),
            None => writeln!(io::stderr(), "note: {text}"),
        };
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
        self.answer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.answer.flush()
    }
}

/// Says why a run failed, on standard error whatever it is.
pub fn complain(error: &dyn fmt::Display) {
    let red = AnsiColor::Red.on_default().bold();
    let mut stream = AutoStream::auto(io::stderr());
    // Nobody is left to tell if this fails.
    let _ = writeln!(stream, "{red}error:{red:#} {error}");
}

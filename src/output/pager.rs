//! The pager: what is longer than the screen is read in `less` or another program, as in git.

use std::io::{self, ErrorKind, Write};
use std::process::{Child, Command, Stdio};
use std::{env, mem};

/// The error of a pager that failed on an answer too long to be kept.
const FAILED: &str = "the pager failed";
/// How much of an answer is kept in case the pager fails.
const MAX_KEPT: usize = 4 << 20;

/// The stream of an answer, with a pager in front of it once the answer is longer than the screen.
pub(super) struct PagedStream {
    stream: Box<dyn Write>,
    state: State,
}

enum State {
    /// Written as it comes.
    Direct,
    /// Held until it is longer than the screen.
    Held {
        text: Vec<u8>,
        pager: String,
        height: usize,
    },
    /// In the pager. What it got is kept until that is much.
    Paged { child: Child, kept: Option<Vec<u8>> },
    /// The reader left the pager: the rest of the answer goes nowhere.
    Left,
}

/// The command of the pager that the environment names, if it names one: `less` by default. `cat`
/// and the empty text are none (git, `setup_pager`).
pub(super) fn command(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    if variable("TERM").is_some_and(|term| term == "dumb") {
        return None;
    }
    let names = ["AHM_PAGER", "PAGER"].into_iter();
    let command = names.filter_map(variable).next();
    let command = command.unwrap_or_else(|| "less".to_owned());
    let command = command.trim();
    (!command.is_empty() && command != "cat").then(|| command.to_owned())
}

impl PagedStream {
    pub(super) fn new(stream: Box<dyn Write>) -> PagedStream {
        let state = State::Direct;
        PagedStream { stream, state }
    }

    /// Holds what is written from now on until it has `height` lines, and then starts the pager.
    pub(super) fn hold(&mut self, pager: String, height: usize) {
        self.state = State::Held {
            text: Vec::new(),
            pager,
            height,
        };
    }

    /// Whether a pager has the answer, or will have it if it grows.
    pub(super) fn has_pager(&self) -> bool {
        !matches!(self.state, State::Direct)
    }

    /// Starts the pager on what is held; writes that out if it does not start.
    fn start(&mut self) -> io::Result<()> {
        let State::Held { text, pager, .. } = mem::replace(&mut self.state, State::Direct) else {
            return Ok(());
        };
        match spawn(&pager) {
            Ok(child) => {
                let kept = Some(Vec::new());
                self.state = State::Paged { child, kept };
                self.write_all(&text)
            }
            Err(_) => self.stream.write_all(&text),
        }
    }

    /// Writes out what is held, or waits until the reader leaves the pager.
    ///
    /// # Errors
    /// When the answer cannot be written.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match mem::replace(&mut self.state, State::Direct) {
            State::Direct => {}
            State::Left => self.state = State::Left,
            State::Held { text, .. } => self.stream.write_all(&text)?,
            State::Paged { mut child, kept } => {
                drop(child.stdin.take());
                let is_read = child.wait().is_ok_and(|status| status.success());
                match kept {
                    _ if is_read => {}
                    // A pager that failed showed nothing, or not all.
                    Some(text) => self.stream.write_all(&text)?,
                    None => return Err(io::Error::other(FAILED)),
                }
            }
        }
        self.stream.flush()
    }
}

impl Write for PagedStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Direct => return self.stream.write(bytes),
            State::Left => return Err(ErrorKind::BrokenPipe.into()),
            State::Held { text, height, .. } => {
                text.extend(bytes);
                let lines = text.iter().filter(|byte| **byte == b'\n').count();
                if lines >= *height || text.len() > MAX_KEPT {
                    self.start()?;
                }
            }
            State::Paged { child, kept } => {
                if let Some(text) = kept {
                    text.extend(bytes);
                    if text.len() > MAX_KEPT {
                        *kept = None;
                    }
                }
                let mut stdin = child.stdin.as_ref();
                let written = stdin.as_mut().map(|stdin| stdin.write_all(bytes));
                if let Some(Err(error)) = written {
                    if error.kind() != ErrorKind::BrokenPipe {
                        return Err(error);
                    }
                    // The reader left, which ends the answer, or the pager failed.
                    if child.wait().is_ok_and(|status| status.success()) {
                        self.state = State::Left;
                        return Err(error);
                    }
                    self.finish()?;
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.state {
            State::Direct | State::Left => self.stream.flush(),
            State::Held { .. } | State::Paged { .. } => Ok(()),
        }
    }
}

impl Drop for PagedStream {
    fn drop(&mut self) {
        // The error that ended the answer is reported.
        let _ = self.finish();
    }
}

/// Starts a pager, with the settings that git gives it where the user has none.
fn spawn(pager: &str) -> io::Result<Child> {
    // Only what a shell would change needs one.
    let is_plain = |c: char| !"|&;<>()$`\\\"'*?[#~=%{\n".contains(c);
    let mut command = match pager.chars().all(is_plain) || cfg!(windows) {
        true => {
            let mut words = pager.split_whitespace();
            let mut command = Command::new(words.next().unwrap_or_default());
            command.args(words);
            command
        }
        false => {
            let mut command = Command::new("sh");
            command.args(["-c", pager]);
            command
        }
    };
    if env::var_os("LESS").is_none() {
        // Quit if it fits the screen, on an interrupt too, which ends this process; show colours;
        // leave the answer on the screen.
        command.env("LESS", "FRXK");
    }
    command.stdin(Stdio::piped()).spawn()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("a screen").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What the screen shows besides the pager, of so many lines on a screen of 5.
    fn beside(pager: &str, lines: usize) -> (io::Result<()>, usize) {
        let screen = Screen::default();
        let mut stream = PagedStream::new(Box::new(screen.clone()));
        stream.hold(pager.to_owned(), 5);
        let written = (0..lines).try_for_each(|line| writeln!(stream, "{line:08}"));
        let written = written.and_then(|()| stream.finish());
        drop(stream);
        let shown = screen.0.lock().expect("a screen");
        let shown = String::from_utf8_lossy(&shown).into_owned();
        let expected = (0..).map(|line| format!("{line:08}"));
        assert!(shown.lines().zip(expected).all(|(own, line)| own == line));
        (written, shown.lines().count())
    }

    #[test]
    fn only_long_answers_are_paged() {
        let environment = |values: &'static [(&str, &str)]| {
            move |name: &str| {
                let value = values.iter().find(|(own, _)| *own == name);
                value.map(|(_, value)| (*value).to_owned())
            }
        };
        for (values, expected) in [
            (&[][..], Some("less")),
            (&[("PAGER", "most")], Some("most")),
            (
                &[("PAGER", "most"), ("AHM_PAGER", "less -S ")],
                Some("less -S"),
            ),
            (&[("PAGER", "less"), ("AHM_PAGER", "")], None),
            (&[("PAGER", "cat")], None),
            (&[("TERM", "dumb"), ("PAGER", "less")], None),
        ] {
            assert_eq!(
                command(environment(values)).as_deref(),
                expected,
                "{values:?}"
            );
        }
    }

    #[test]
    #[cfg(unix)]
    fn an_answer_is_never_lost() {
        for (pager, lines, shown) in [
            ("cat >/dev/null", 4, 4),
            ("cat >/dev/null", 5, 0),
            ("cat >/dev/null", 100_000, 0),
            // One that is missing, fails at once, or fails in the end.
            ("/no/such/pager", 100, 100),
            ("/no/such/pager | cat; exit 127", 100_000, 100_000),
            ("false", 100_000, 100_000),
            ("cat >/dev/null; false", 100, 100),
        ] {
            let (written, count) = beside(pager, lines);
            assert!(written.is_ok(), "{pager}: {written:?}");
            assert_eq!(count, shown, "{pager}");
        }
        // A reader who leaves ends the answer.
        let (written, count) = beside("head -n 1 >/dev/null", 1_000_000);
        let error = written.expect_err("no reader");
        assert_eq!((error.kind(), count), (ErrorKind::BrokenPipe, 0));
    }
}

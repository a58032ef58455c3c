//! Progress: how far a long reading is, told on a terminal until the answer comes.

use crate::model::figure::grouped;
use crate::output::{Letters, bar};
use crate::text::cut;
use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How much of the files was read so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadSoFar {
    /// Bytes of all files together.
    pub total: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Records that were read.
    pub records: u64,
}

/// A line on a terminal that says how far it is; gone once this is dropped.
pub(crate) struct Progress {
    /// To let it go is the sign to stop.
    stop: Option<Sender<()>>,
    line: Option<JoinHandle<()>>,
}

/// Where the line stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Columns of the terminal.
    pub width: usize,
    /// The characters that it shows.
    pub letters: Letters,
}

/// How long nobody asks what takes so long.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often the line is written.
const PACE: Duration = Duration::from_millis(100);
const BAR: usize = 20;

impl Progress {
    /// Shows how much was read, if it takes long.
    pub(crate) fn watch(
        read: impl Fn() -> ReadSoFar + Send + 'static,
        room: Room,
        mut stream: impl Write + Send + 'static,
    ) -> Progress {
        let (stop, stopped) = channel();
        let start = Instant::now();
        let line = thread::Builder::new().spawn(move || {
            let mut wait = PATIENCE;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = PACE;
                let told = line(read(), start.elapsed(), room);
                // What cannot be told is not worth failing for.
                let _ = write!(stream, "\r{told}\x1b[K");
                let _ = stream.flush();
            }
            if wait == PACE {
                let _ = write!(stream, "\r\x1b[K");
                let _ = stream.flush();
            }
        });
        Progress {
            stop: Some(stop),
            // The line is not worth failing for where no thread can be started.
            line: line.ok(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        // Until the line is gone nothing may be written over it.
        let _ = self.line.take().map(JoinHandle::join);
    }
}

/// The line: `███▍  34 %  345,000 records  512 MB/s`.
fn line(read: ReadSoFar, time: Duration, room: Room) -> String {
    let [total, bytes, records] = [read.total, read.bytes, read.records].map(|n| n as f64);
    // Some questions read a file more than once.
    let share = (bytes / total.max(1.0)).fract();
    let speed = bytes / time.as_secs_f64().max(f64::EPSILON) / 1e6;
    let line = format!(
        "{:BAR$}  {:.0} %  {} records  {speed:.0} MB/s",
        bar(share, BAR, room.letters),
        share * 100.0,
        grouped(records),
    );
    // A line that wraps could not be taken back.
    cut(&line, room.width.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_it_is() {
        let read = ReadSoFar {
            total: 1_000_000_000,
            bytes: 250_000_000,
            records: 345_678,
        };
        let told = |width, letters| {
            let room = Room { width, letters };
            line(read, Duration::from_millis(500), room)
        };
        let line = told(80, Letters::Ascii);
        assert_eq!(
            line,
            "#####                 25 %  345,678 records  500 MB/s"
        );
        assert_eq!(told(30, Letters::Ascii), "#####                 25 %…");
        let again = told(80, Letters::Unicode);
        assert!(again.starts_with("█████ "), "{again}");
    }

    #[test]
    fn what_is_soon_over_is_not_told() {
        let (width, letters) = (80, Letters::Unicode);
        let file = tempfile::NamedTempFile::new().expect("a file");
        let stream = file.reopen().expect("a file");
        drop(Progress::watch(
            ReadSoFar::default,
            Room { width, letters },
            stream,
        ));
        assert_eq!(std::fs::read(&file).expect("a file"), b"");
    }
}

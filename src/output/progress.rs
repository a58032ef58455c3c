//! The progress of a long reading, on a terminal until the answer comes.

use super::charset::{Charset, bar};
use crate::model::figure::grouped;
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

/// Totals, bytes and records of several files, added up.
impl FromIterator<(u64, u64, u64)> for ReadSoFar {
    fn from_iter<I: IntoIterator<Item = (u64, u64, u64)>>(files: I) -> ReadSoFar {
        let mut sum = ReadSoFar::default();
        for (total, bytes, records) in files {
            sum.total += total;
            sum.bytes += bytes;
            sum.records += records;
        }
        sum
    }
}

/// A line on a terminal, erased when this is dropped. It ends when the sender is gone.
pub(crate) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

/// How long a reading takes before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(2);
const INTERVAL: Duration = Duration::from_millis(100);
const BAR: usize = 20;

impl Progress {
    /// Shows how much was read, if it takes long, on a terminal of this width.
    pub(crate) fn watch(
        read: impl Fn() -> ReadSoFar + Send + 'static,
        (width, charset): (usize, Charset),
        mut stream: impl Write + Send + 'static,
    ) -> Progress {
        let (stop, stopped) = channel();
        let start = Instant::now();
        let thread = thread::Builder::new().spawn(move || {
            let mut wait = PATIENCE;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = INTERVAL;
                let line = line(read(), start.elapsed(), (width, charset));
                // The answer is what matters: an error here is ignored, as is a missing thread.
                let _ = write!(stream, "\r{line}\x1b[K");
                let _ = stream.flush();
            }
            if wait == INTERVAL {
                let _ = write!(stream, "\r\x1b[K");
                let _ = stream.flush();
            }
        });
        Progress(thread.ok().map(|thread| (stop, thread)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.0.take() {
            drop(stop);
            // Nothing may be written before the line is erased.
            let _ = thread.join();
        }
    }
}

/// The line: `███▍  34 %  345,000 records  512 MB/s`.
fn line(read: ReadSoFar, time: Duration, (width, charset): (usize, Charset)) -> String {
    let [total, bytes, records] = [read.total, read.bytes, read.records].map(|n| n as f64);
    // Some questions read a file more than once.
    let share = (bytes / total.max(1.0)).fract();
    let speed = bytes / time.as_secs_f64().max(f64::EPSILON) / 1e6;
    let line = format!(
        "{:BAR$}  {:.0} %  {} records  {speed:.0} MB/s",
        bar(share, BAR, charset),
        share * 100.0,
        grouped(records),
    );
    // A line that wraps could not be erased.
    cut(&line, width.saturating_sub(1))
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
        let shown = |width, charset| line(read, Duration::from_millis(500), (width, charset));
        let line = shown(80, Charset::Ascii);
        assert_eq!(
            line,
            "#####                 25 %  345,678 records  500 MB/s"
        );
        assert_eq!(shown(30, Charset::Ascii), "#####                 25 %…");
        let again = shown(80, Charset::Unicode);
        assert!(again.starts_with("█████ "), "{again}");
    }

    #[test]
    fn a_short_reading_has_no_line() {
        let (width, charset) = (80, Charset::Unicode);
        let file = tempfile::NamedTempFile::new().expect("a file");
        let stream = file.reopen().expect("a file");
        drop(Progress::watch(
            ReadSoFar::default,
            (width, charset),
            stream,
        ));
        assert_eq!(std::fs::read(&file).expect("a file"), b"");
    }
}

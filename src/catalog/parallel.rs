//! Work on several cores: an ordered parallel map, and what its results are merged by.

use crate::error::Error;
use std::collections::BTreeSet;
use std::sync::mpsc::sync_channel;
use std::thread;

/// What is made of records: of each piece of a source alone, then of the pieces together.
pub trait Gather: Send {
    /// Adds what was made of the next piece.
    fn append(&mut self, later: Self);
}

/// Everything, in order.
impl<T: Send> Gather for Vec<T> {
    fn append(&mut self, mut later: Self) {
        Vec::append(self, &mut later);
    }
}

/// Every word once.
impl Gather for BTreeSet<String> {
    fn append(&mut self, later: Self) {
        self.extend(later);
    }
}

/// The most threads that read one source: each holds a piece.
const THREADS: usize = 8;

/// How many threads work on one source.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, |cores| THREADS.min(cores.into()))
}

/// How much each thread may have ready before it is taken.
const AHEAD: usize = 2;

/// Does pieces of work, and hands what each came to to `take`, on this thread and in the order of
/// the pieces; whatever is ahead of its turn is little.
///
/// # Errors
/// The first of the pieces', in their order, or of `take`.
pub(crate) fn relay<T: Send>(
    pieces: usize,
    work: impl Fn(usize) -> Result<T, Error> + Sync,
    mut take: impl FnMut(T) -> Result<(), Error>,
) -> Result<(), Error> {
    let threads = threads().min(pieces);
    // What is one piece is not worth a thread.
    if threads < 2 {
        return (0..pieces).try_for_each(|piece| take(work(piece)?));
    }
    thread::scope(|scope| {
        let work = &work;
        let lanes = (0..threads).map(|first| {
            let (give, lane) = sync_channel(AHEAD);
            let started = thread::Builder::new().spawn_scoped(scope, move || {
                let mut own = (first..pieces).step_by(threads);
                // Once something failed, no one receives what this thread sends.
                own.all(|piece| give.send(work(piece)).is_ok());
            });
            started.ok().map(|_| lane)
        });
        let lanes: Vec<_> = lanes.collect();
        let lanes = lanes.iter().cycle();
        let mut made = (0..pieces)
            .zip(lanes)
            .map_while(|(piece, lane)| match lane {
                Some(lane) => lane.recv().ok(),
                // No thread could be started for this lane.
                None => Some(work(piece)),
            });
        made.try_for_each(|made| take(made?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_their_order() {
        for pieces in [0, 1, 2, 3, 100] {
            let mut taken = Vec::new();
            let take = |piece| {
                taken.push(piece);
                Ok(())
            };
            relay(pieces, Ok, take).expect("no error");
            assert_eq!(taken, (0..pieces).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_mistake_ends_it() {
        let work = |piece: usize| match piece {
            piece if piece >= 7 => Err(Error::Catalog(piece.to_string())),
            piece => Ok(piece),
        };
        let mut taken = 0;
        let failed = relay(64, work, |_| {
            taken += 1;
            Ok(())
        });
        assert_eq!(failed.expect_err("a mistake").to_string(), "7");
        assert_eq!(taken, 7);
        let full = relay(64, Ok, |_| Err(Error::Catalog("full".to_owned())));
        assert_eq!(full.expect_err("a mistake").to_string(), "full");
    }
}

//! Parallel fold and ordered parallel map, over pieces of work.

use crate::error::Error;
use std::collections::BTreeSet;
use std::sync::Mutex;
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

/// What the pieces came to so far.
struct Sum<G> {
    /// Of all pieces before the `next`, or the first that failed.
    whole: Result<Option<G>, Error>,
    next: usize,
    /// Of pieces that came before their turn, which are few.
    early: Vec<(usize, Result<G, Error>)>,
}

impl<G: Gather> Sum<G> {
    /// Takes what a piece came to; whether more are wanted.
    fn take(&mut self, number: usize, result: Result<G, Error>) -> bool {
        self.early.push((number, result));
        while let Some(turn) = self.early.iter().position(|(own, _)| *own == self.next) {
            let (_, result) = self.early.swap_remove(turn);
            self.next += 1;
            match (&mut self.whole, result) {
                (Ok(Some(whole)), Ok(piece)) => whole.append(piece),
                (Ok(whole), Ok(piece)) => *whole = Some(piece),
                (Ok(_), Err(error)) => self.whole = Err(error),
                (Err(_), _) => {}
            }
        }
        self.whole.is_ok()
    }
}

/// Works on pieces, one a thread, and puts what they came to together in their order; nothing
/// where there is no piece.
///
/// # Errors
/// The first in the order of the pieces, whichever thread met it.
pub(crate) fn gather<P: Send, G: Gather>(
    mut pieces: impl FnMut() -> Result<Option<P>, Error> + Send,
    work: impl Fn(P) -> Result<G, Error> + Sync,
) -> Result<Option<G>, Error> {
    let sum = Mutex::new(Sum {
        whole: Ok(None),
        next: 0,
        early: Vec::new(),
    });
    let take = |number, result| match sum.lock() {
        Ok(mut sum) => sum.take(number, result),
        Err(_) => false,
    };
    // What is short enough to be one piece is not worth a thread.
    let Some(first) = pieces()? else {
        return Ok(None);
    };
    // A mistake in the first comes before whatever ends the reading behind it.
    let Some(second) = pieces().transpose() else {
        return work(first).map(Some);
    };
    let waiting = Mutex::new((0usize, vec![second, Ok(first)], pieces));
    let next = || -> Option<(usize, Result<P, Error>)> {
        let mut waiting = waiting.lock().ok()?;
        let (number, ready, pieces) = &mut *waiting;
        let piece = ready.pop().or_else(|| pieces().transpose())?;
        *number += 1;
        Some((*number - 1, piece))
    };
    let read = || {
        while let Some((number, piece)) = next() {
            if !take(number, piece.and_then(&work)) {
                break;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads() {
            // Where no further thread can be started, those there are do the work.
            if thread::Builder::new().spawn_scoped(scope, read).is_err() {
                break;
            }
        }
        read();
    });
    let sum = sum.into_inner();
    sum.map_or(Ok(None), |sum| sum.whole)
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

    fn pieces(count: u64) -> impl FnMut() -> Result<Option<u64>, Error> {
        let mut pieces = 0..count;
        move || Ok(pieces.next())
    }

    #[test]
    fn pieces_are_put_together_in_their_order() {
        for count in [0, 1, 2, 3, 100] {
            let made = gather(pieces(count), |piece| Ok(vec![piece])).expect("no error");
            let expected: Vec<u64> = (0..count).collect();
            assert_eq!(made.unwrap_or_default(), expected);
        }
    }

    #[test]
    fn a_mistake_in_the_first_piece_is_told_before_the_end_of_the_reading() {
        let mut pieces = vec![Err(Error::Catalog("end".to_owned())), Ok(Some(0u64))];
        let work = |_| Err::<Vec<u64>, _>(Error::Catalog("first".to_owned()));
        let failed = gather(|| pieces.pop().unwrap_or(Ok(None)), work);
        assert_eq!(failed.expect_err("a mistake").to_string(), "first");
    }

    #[test]
    fn the_first_mistake_is_told_whoever_meets_it() {
        for _ in 0..50 {
            let failed = gather(pieces(64), |piece| match piece {
                piece if piece >= 7 => Err(Error::Catalog(piece.to_string())),
                piece => Ok(vec![piece]),
            });
            assert_eq!(failed.expect_err("a mistake").to_string(), "7");
        }
    }

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

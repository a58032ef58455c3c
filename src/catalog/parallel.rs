//! Work on several cores: an ordered parallel map, and how its results are merged.

use crate::catalog::raw_record::RawRecord;
use crate::error::Error;
use crate::model::Model;
use std::collections::BTreeSet;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// A result of a fold over one part of the records, which takes in that of the next part.
pub trait Merge: Clone + Send + Sync {
    /// Adds the result of the next part.
    fn merge(&mut self, later: Self);
}

/// Everything, in order.
impl<T: Clone + Send + Sync> Merge for Vec<T> {
    fn merge(&mut self, mut later: Self) {
        self.append(&mut later);
    }
}

/// Nothing.
impl Merge for () {
    fn merge(&mut self, (): ()) {}
}

/// Each with its own.
impl<A: Merge, B: Merge> Merge for (A, B) {
    fn merge(&mut self, later: Self) {
        self.0.merge(later.0);
        self.1.merge(later.1);
    }
}

/// Every word once.
impl Merge for BTreeSet<String> {
    fn merge(&mut self, later: Self) {
        self.extend(later);
    }
}

/// What one thread collects from one part of the models of a source. A scan does not know what that
/// is, so that its code is compiled once and not for each kind of result.
pub(crate) trait Part: Send {
    /// Adds a model.
    fn add(&mut self, model: &Model<'_>, record: &RawRecord<'_>);

    /// Adds what was collected to the result of the source, after the parts before this one.
    fn finish(self: Box<Self>, source: usize);
}

/// A fold over models: each part begins with `initial`, and `add` adds a model to it.
pub(crate) struct Fold<G, F> {
    initial: G,
    add: F,
    /// Of each source, with its number, in the order in which they are scanned: the last first.
    results: Mutex<Vec<(usize, G)>>,
}

/// A part of a fold, with the result of its models.
struct FoldPart<'f, G, F> {
    result: G,
    fold: &'f Fold<G, F>,
}

impl<G: Merge, F: Fn(&mut G, &Model<'_>, &RawRecord<'_>) + Sync> Fold<G, F> {
    pub(crate) fn new(initial: G, add: F) -> Fold<G, F> {
        Fold {
            initial,
            add,
            results: Mutex::default(),
        }
    }

    pub(crate) fn begin(&self) -> Box<dyn Part + '_> {
        Box::new(FoldPart {
            result: self.initial.clone(),
            fold: self,
        })
    }

    /// The results of all sources, merged in the order of the sources.
    pub(crate) fn into_result(self) -> G {
        let results = self.results.into_inner();
        let results = results.unwrap_or_else(PoisonError::into_inner);
        let results = results.into_iter().map(|(_, result)| result);
        let whole = results.reduce(|later, mut earlier| {
            earlier.merge(later);
            earlier
        });
        whole.unwrap_or(self.initial)
    }
}

impl<G: Merge, F: Fn(&mut G, &Model<'_>, &RawRecord<'_>) + Sync> Part for FoldPart<'_, G, F> {
    fn add(&mut self, model: &Model<'_>, record: &RawRecord<'_>) {
        (self.fold.add)(&mut self.result, model, record);
    }

    fn finish(self: Box<Self>, source: usize) {
        let results = self.fold.results.lock();
        let mut results = results.unwrap_or_else(PoisonError::into_inner);
        match results.last_mut() {
            Some((last, earlier)) if *last == source => earlier.merge(self.result),
            _ => results.push((source, self.result)),
        }
    }
}

/// The most threads that read one source: each holds a piece.
const THREADS: usize = 8;

/// How many threads work on one source.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, |cores| THREADS.min(cores.into()))
}

/// How many results each thread may have ready before they are taken.
const AHEAD: usize = 2;

/// Maps the numbers of pieces on several threads, and hands the results to `take`, on this thread
/// and in the order of the pieces.
///
/// # Errors
/// The first of the pieces', in their order, or of `take`.
pub(crate) fn ordered_map<T: Send>(
    pieces: usize,
    work: impl Fn(usize) -> Result<T, Error> + Sync,
    mut take: impl FnMut(T) -> Result<(), Error>,
) -> Result<(), Error> {
    let threads = threads().min(pieces);
    if threads < 2 {
        return (0..pieces).try_for_each(|piece| take(work(piece)?));
    }
    thread::scope(|scope| {
        let work = &work;
        let lanes = (0..threads).map(|first| {
            let (sender, receiver) = sync_channel(AHEAD);
            let started = thread::Builder::new().spawn_scoped(scope, move || {
                let mut own = (first..pieces).step_by(threads);
                // After an error the receiver is gone.
                own.all(|piece| sender.send(work(piece)).is_ok());
            });
            started.ok().map(|_| receiver)
        });
        let lanes: Vec<_> = lanes.collect();
        let lanes = lanes.iter().cycle();
        let mut results = (0..pieces)
            .zip(lanes)
            .map_while(|(piece, lane)| match lane {
                Some(lane) => lane.recv().ok(),
                // The thread of this lane could not be started.
                None => Some(work(piece)),
            });
        results.try_for_each(|result| take(result?))
    })
}

/// Maps items in their order, batches of them on several threads.
pub(crate) fn map_in_batches<'i, I: Sync, T: Send + 'i>(
    items: &'i [I],
    batch: usize,
    work: impl Fn(&I) -> Result<T, Error> + Sync + Copy + 'i,
) -> impl Iterator<Item = Result<T, Error>> + 'i {
    items.chunks(batch).flat_map(move |batch| {
        let pieces: Vec<&[I]> = batch
            .chunks(batch.len().div_ceil(threads()).max(PIECE))
            .collect();
        let map = |piece: usize| Ok(pieces[piece].iter().map(work).collect::<Vec<_>>());
        let mut results = Vec::with_capacity(batch.len());
        let taken = ordered_map(pieces.len(), map, |piece| {
            results.extend(piece);
            Ok(())
        });
        results.into_iter().chain(taken.err().map(Err))
    })
}

/// How many items are worth a thread.
const PIECE: usize = 256;

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
            ordered_map(pieces, Ok, take).expect("no error");
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
        let failed = ordered_map(64, work, |_| {
            taken += 1;
            Ok(())
        });
        assert_eq!(failed.expect_err("a mistake").to_string(), "7");
        assert_eq!(taken, 7);
        let full = ordered_map(64, Ok, |_| Err(Error::Catalog("full".to_owned())));
        assert_eq!(full.expect_err("a mistake").to_string(), "full");
    }
}

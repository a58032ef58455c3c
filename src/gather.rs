//! Gathering: what is made of the records of a source, part by part, on every core.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;

use crate::error::Error;
use crate::parts::Part;

/// What is made of records: of each part of a source alone, then of the parts together.
pub trait Gather: Send {
    /// Adds what was made of the next part.
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

/// The most threads that read one source: each holds a part.
const THREADS: usize = 8;

/// How many threads work on one source.
pub fn threads() -> usize {
    thread::available_parallelism().map_or(1, |cores| THREADS.min(cores.into()))
}

/// What the parts came to so far.
struct Sum<G> {
    /// Of all parts before the `next`, or the first that failed.
    whole: Result<Option<G>, Error>,
    next: usize,
    /// Of parts that came before their turn.
    early: BTreeMap<usize, Result<G, Error>>,
}

impl<G: Gather> Sum<G> {
    /// Takes what a part came to; whether more parts are wanted.
    fn take(&mut self, number: usize, result: Result<G, Error>) -> bool {
        self.early.insert(number, result);
        while let Some(result) = self.early.remove(&self.next) {
            self.next += 1;
            match (&mut self.whole, result) {
                (Ok(Some(whole)), Ok(part)) => whole.append(part),
                (Ok(whole), Ok(part)) => *whole = Some(part),
                (Ok(_), Err(error)) => self.whole = Err(error),
                (Err(_), _) => {}
            }
        }
        self.whole.is_ok()
    }
}

/// Works on parts, one a thread, and puts what they came to together in their order; nothing
/// where there is no part.
///
/// # Errors
/// The first in the order of the parts, whichever thread met it.
pub fn gather<'p, G: Gather>(
    mut parts: impl FnMut() -> Result<Option<Part<'p>>, Error> + Send,
    work: impl Fn(&Part<'p>) -> Result<G, Error> + Sync,
) -> Result<Option<G>, Error> {
    let sum = Mutex::new(Sum {
        whole: Ok(None),
        next: 0,
        early: BTreeMap::new(),
    });
    let take = |number, result| match sum.lock() {
        Ok(mut sum) => sum.take(number, result),
        Err(_) => false,
    };
    // What is short enough to be one part is not worth a thread.
    let Some(first) = parts()? else {
        return Ok(None);
    };
    let second = parts()?;
    if second.is_none() {
        return work(&first).map(Some);
    }
    let waiting = Mutex::new((0usize, vec![second, Some(first)], parts));
    let next = || -> Option<(usize, Result<Part<'p>, Error>)> {
        let mut waiting = waiting.lock().ok()?;
        let (number, ready, parts) = &mut *waiting;
        let part = match ready.pop() {
            Some(part) => Ok(part),
            None => parts(),
        };
        *number += 1;
        part.transpose().map(|part| (*number - 1, part))
    };
    let read = || {
        while let Some((number, part)) = next() {
            if !take(number, part.and_then(|part| work(&part))) {
                break;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads() {
            scope.spawn(read);
        }
        read();
    });
    let sum = sum.into_inner();
    sum.map_or(Ok(None), |sum| sum.whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn parts(count: u64) -> impl FnMut() -> Result<Option<Part<'static>>, Error> {
        let mut starts = 0..count;
        move || {
            Ok(starts
                .next()
                .map(|start| Part::lines(start, Cow::Borrowed("{}"))))
        }
    }

    #[test]
    fn parts_are_put_together_in_their_order() {
        for count in [0, 1, 2, 3, 100] {
            let starts = gather(parts(count), |part| Ok(vec![part.start])).expect("no error");
            let expected: Vec<u64> = (0..count).collect();
            assert_eq!(starts.unwrap_or_default(), expected);
        }
    }

    #[test]
    fn the_first_mistake_is_told_whoever_meets_it() {
        for _ in 0..50 {
            let failed = gather(parts(64), |part| match part.start {
                start if start >= 7 => Err(Error::Catalog(start.to_string())),
                start => Ok(vec![start]),
            });
            assert_eq!(failed.expect_err("a mistake").to_string(), "7");
        }
    }
}

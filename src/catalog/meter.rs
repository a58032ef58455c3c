//! How much of a file was read.

use std::sync::atomic::{AtomicU64, Ordering};

/// What was read of a file so far, counted by whoever reads it.
#[derive(Debug)]
pub struct Meter {
    /// How much there is to read, in bytes.
    total: u64,
    bytes: AtomicU64,
    records: AtomicU64,
}

impl Meter {
    /// Of a file of so many bytes.
    pub fn new(total: u64) -> Meter {
        Meter {
            total,
            bytes: AtomicU64::new(0),
            records: AtomicU64::new(0),
        }
    }

    /// Notes that this was read.
    pub fn add(&self, bytes: u64, records: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.records.fetch_add(records, Ordering::Relaxed);
    }

    /// Bytes of the file, bytes that were read, and records that were.
    pub fn read_so_far(&self) -> (u64, u64, u64) {
        let [bytes, records] = [&self.bytes, &self.records].map(|n| n.load(Ordering::Relaxed));
        (self.total, bytes, records)
    }
}

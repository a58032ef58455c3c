//! Top-k: the first models in an order, without holding the rest.

use crate::catalog::parallel::Merge;
use crate::catalog::raw_record::RawRecord;
use crate::model::Model;
use crate::query::SortKey;
use std::cmp::Ordering;

/// The first models in an order, and how many of them are wanted.
#[derive(Debug, Clone)]
pub(crate) struct Top {
    order: Vec<SortKey>,
    limit: usize,
    /// Those wanted, and now and then as many again.
    kept: Vec<Row>,
    /// The last of those wanted, once they are enough.
    last: Option<Vec<u8>>,
    /// Where the bytes of a model are put together.
    bytes: Vec<u8>,
}

/// A record, with its sort key encoded so that comparing bytes gives the order.
#[derive(Debug, Clone)]
struct Row {
    /// The first bytes, which decide most comparisons.
    head: [u8; HEAD],
    tail: Box<[u8]>,
    record: RawRecord<'static>,
}

const HEAD: usize = 8;

/// What a rank begins with; what is missing is last in either direction.
const KNOWN: u8 = 0;
const MISSING: u8 = 1;

impl Top {
    /// The first `limit` models in this order.
    pub(crate) fn new(order: &[SortKey], limit: usize) -> Top {
        Top {
            order: order.to_vec(),
            limit,
            kept: Vec::new(),
            last: None,
            bytes: Vec::new(),
        }
    }

    /// Adds a record, unless enough records precede it.
    pub(crate) fn push(&mut self, model: &Model<'_>, record: &RawRecord<'_>) {
        if self.limit == 0 {
            return;
        }
        self.bytes.clear();
        for key in &self.order {
            rank(key, model, &mut self.bytes);
            // The first key alone puts most models behind the last.
            let last = self.last.as_deref().unwrap_or_default();
            let decides = self.bytes.len().min(last.len());
            if self.bytes[..decides] > last[..decides] {
                return;
            }
        }
        ties(model, &mut self.bytes);
        self.keep(Row::new(&self.bytes, record));
    }

    /// The records in order.
    pub(crate) fn into_records(mut self) -> Vec<RawRecord<'static>> {
        self.kept.sort_unstable();
        self.kept.truncate(self.limit);
        self.kept.into_iter().map(|row| row.record).collect()
    }

    fn keep(&mut self, row: Row) {
        self.kept.push(row);
        if self.kept.len() >= self.limit.saturating_mul(2) {
            let (_, last, _) = self.kept.select_nth_unstable(self.limit - 1);
            self.last = Some([&last.head, &*last.tail].concat());
            self.kept.truncate(self.limit);
        }
    }
}

impl Merge for Top {
    fn merge(&mut self, mut later: Top) {
        match self.kept.len() + later.kept.len() < self.limit {
            true => self.kept.append(&mut later.kept),
            false => later.kept.into_iter().for_each(|row| self.keep(row)),
        }
    }
}

impl Row {
    fn new(bytes: &[u8], record: &RawRecord<'_>) -> Row {
        let (mut head, length) = ([0; HEAD], bytes.len().min(HEAD));
        head[..length].copy_from_slice(&bytes[..length]);
        Row {
            head,
            tail: bytes[length..].into(),
            record: record.to_owned(),
        }
    }
}

impl Ord for Row {
    fn cmp(&self, other: &Row) -> Ordering {
        let by_key = self.head.cmp(&other.head);
        let by_key = by_key.then_with(|| self.tail.cmp(&other.tail));
        by_key.then_with(|| self.record.position().cmp(&other.record.position()))
    }
}

impl PartialOrd for Row {
    fn partial_cmp(&self, other: &Row) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Row {}

/// The place of a model in an order, encoded so that comparing bytes gives the order.
pub(crate) fn sort_key(order: &[SortKey], model: &Model<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for key in order {
        rank(key, model, &mut bytes);
    }
    ties(model, &mut bytes);
    bytes
}

/// Appends name and id, for models that are equal otherwise.
fn ties(model: &Model<'_>, bytes: &mut Vec<u8>) {
    lowered(&model.name, bytes);
    bytes.push(0);
    lowered(&model.id, bytes);
}

/// Appends a sort key of a model; no encoded key is a prefix of another.
fn rank(key: &SortKey, model: &Model<'_>, bytes: &mut Vec<u8>) {
    let value = key.column.value(model);
    if value.is_missing() {
        return bytes.push(MISSING);
    }
    bytes.push(KNOWN);
    match (value.scale(), value) {
        (Some(number), _) if key.descending => {
            bytes.extend((!ascending(number)).to_be_bytes());
        }
        (Some(number), _) => bytes.extend(ascending(number).to_be_bytes()),
        (None, value) => match value.tags() {
            // The separator sorts before every letter.
            Some(tags) => words(&tags.join("\0"), key.descending, bytes),
            None => words(&value.exact(), key.descending, bytes),
        },
    }
}

/// Adds bytes in the order of [`by_letters`](crate::text::by_letters), or in the other.
fn words(text: &str, descending: bool, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    let mut lower = Vec::with_capacity(text.len());
    lowered(text, &mut lower);
    for part in [&lower, text.as_bytes()] {
        for byte in part {
            bytes.push(*byte);
            // What ends a text is less than any letter in it.
            if *byte == 0 {
                bytes.push(u8::MAX);
            }
        }
        bytes.extend([0, 0]);
    }
    if descending {
        bytes[start..].iter_mut().for_each(|byte| *byte = !*byte);
    }
}

fn lowered(text: &str, bytes: &mut Vec<u8>) {
    match text.is_ascii() {
        true => bytes.extend(text.bytes().map(|byte| byte.to_ascii_lowercase())),
        false => {
            let lower: String = text.chars().flat_map(char::to_lowercase).collect();
            bytes.extend(lower.bytes());
        }
    }
}

/// Bits in the order of the numbers, that of `f64::total_cmp`.
fn ascending(number: f64) -> u64 {
    let bits = number.to_bits();
    match number.is_sign_negative() {
        true => !bits,
        false => bits | 1 << 63,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Keys;
    use crate::text::by_letters;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_in_the_order_of_their_numbers(a: f64, b: f64) {
            prop_assert_eq!(ascending(a).cmp(&ascending(b)), a.total_cmp(&b));
        }

        #[test]
        fn bytes_are_in_the_order_of_their_words(
            a in "[aAbBäÄ\0]{0,4}", b in "[aAbBäÄ\0]{0,4}", more: [u8; 2], descending: bool,
        ) {
            let key = |text: &str, more| {
                let mut key = Vec::new();
                words(text, descending, &mut key);
                key.push(more);
                key
            };
            let order = match descending {
                true => by_letters(&b, &a),
                false => by_letters(&a, &b),
            };
            let order = order.then(more[0].cmp(&more[1]));
            prop_assert_eq!(key(&a, more[0]).cmp(&key(&b, more[1])), order);
        }

        #[test]
        fn the_first_of_parts_are_the_first_of_the_whole(
            params in prop::collection::vec(prop::option::of(1u32..20), 0..60),
            limit in 0usize..12,
            cut in 0usize..60,
        ) {
            let order = ["params".parse::<SortKey>().expect("a key")];
            let models: Vec<String> = params.iter().enumerate().map(|(i, params)| match params {
                Some(params) => format!(r#"{{"id":"m{i}","name":"m{i}","params":{params}}}"#),
                None => format!(r#"{{"id":"m{i}","name":"m{i}"}}"#),
            }).collect();
            let top = |models: &[String], from: usize, limit| {
                let mut top = Top::new(&order, limit);
                for (i, json) in models.iter().enumerate() {
                    let model = crate::model::reader::tests::read(json, Keys::ALL);
                    top.push(&model, &RawRecord::at((from + i) as u64));
                }
                top
            };
            let cut = cut.min(models.len());
            let mut parts = top(&models[..cut], 0, limit);
            parts.merge(top(&models[cut..], cut, limit));
            let positions = |top: Top| -> Vec<(usize, u64)> {
                top.into_records().iter().map(RawRecord::position).collect()
            };
            let whole = positions(top(&models, 0, models.len()));
            prop_assert_eq!(positions(parts), whole[..limit.min(whole.len())].to_vec());
        }
    }
}

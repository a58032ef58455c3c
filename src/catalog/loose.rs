//! Loosely written entries: values as people write them in place of those that a key has.

use crate::catalog::cell;
use crate::catalog::shape::members;
use crate::model::slug::slug;
use crate::model::{Key, Model};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// An entry whose values are those of their keys, and what was left out for it.
pub(crate) struct Mended {
    pub json: String,
    /// Where each value that cannot be read begins in the entry, its key, and why.
    pub unread: Vec<(usize, String, String)>,
}

/// Values that were left out while catalogs were read.
#[derive(Debug, Default)]
pub(crate) struct UnreadLog(Mutex<Unread>);

#[derive(Debug, Default)]
struct Unread {
    /// The source, the byte of the entry in it, and the key.
    seen: HashSet<(usize, u64, String)>,
    first: Option<((usize, u64), String)>,
}

/// The entry with values that can be read; nothing if it needs none, or is no entry at all.
pub(crate) fn mended(json: &str) -> Option<Mended> {
    let (mut out, mut unread) = (String::from("{"), Vec::new());
    let (mut is_changed, mut id, mut name) = (false, false, None);
    let mut push = |key: &str, value: &str| {
        if out.len() > 1 {
            out.push(',');
        }
        out += &format!("{}:{value}", serde_json::Value::from(key));
    };
    for (key, value) in members(json).ok()? {
        let is_valid = Key::named(&key).is_none_or(|key| Model::check(key, value).is_ok());
        if is_valid {
            id |= key == "id";
            if key == "name" {
                name = serde_json::from_str::<String>(value).ok();
            }
            push(&key, value);
            continue;
        }
        is_changed = true;
        match cell::read_key(&key, &serde_json::from_str(value).ok()?) {
            Ok(Some(read)) => push(&key, &read.to_string()),
            Ok(None) => {}
            Err(why) => {
                let at = value.as_ptr() as usize - json.as_ptr() as usize;
                unread.push((at, key, why));
            }
        }
    }
    if let (false, Some(name)) = (id, name) {
        is_changed = true;
        push("id", &serde_json::Value::from(slug(&name)).to_string());
    }
    out.push('}');
    is_changed.then_some(Mended { json: out, unread })
}

impl UnreadLog {
    /// Notes a value that was left out, once.
    pub(super) fn push(&self, entry: (usize, u64), key: &str, words: impl FnOnce() -> String) {
        let mut unread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (source, start) = entry;
        if unread.seen.insert((source, start, key.to_owned()))
            && unread
                .first
                .as_ref()
                .is_none_or(|(first, _)| entry < *first)
        {
            unread.first = Some((entry, words()));
        }
    }

    /// What was left out, in a sentence; nothing if nothing was.
    pub(crate) fn note(&self) -> Option<String> {
        let unread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, first) = unread.first.as_ref()?;
        let count = unread.seen.len();
        Some(match count {
            1 => format!("a value that cannot be read is left out: {first}"),
            _ => format!(
                "{count} values that cannot be read are left out, the first: {first}; `ahm check` \
                 lists them"
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_values_are_read() {
        let mended =
            mended(r#"{"name":"X 1","params":"7B","tokens":"lots","announced":"2025-04-03"}"#);
        let mended = mended.expect("a mended entry");
        assert_eq!(
            mended.json,
            r#"{"name":"X 1","params":7000000000,"announced":"2025-04","id":"x-1"}"#
        );
        let [(_, key, _)] = &mended.unread[..] else {
            panic!("one value")
        };
        assert_eq!(key, "tokens");
    }

    #[test]
    fn what_needs_nothing_is_left_alone() {
        assert!(super::mended(r#"{"id":"x","params":7}"#).is_none());
        assert!(super::mended(r#"{"id":"x","params":}"#).is_none());
    }
}

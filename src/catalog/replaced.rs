//! Values of an earlier source that a later one replaces.

use crate::model::{Key, Model};

/// Whether a value says something else than an earlier one, however both are written.
pub(crate) fn replaces(name: &str, old: &str, new: &str) -> bool {
    let Some(key) = Key::named(name) else {
        return old != new;
    };
    let read = |json| {
        let mut model = Model::default();
        let read = model.read_json(key, json);
        read.ok().and_then(|()| model.get(key))
    };
    read(new).is_some_and(|new| read(old) != Some(new))
}

/// The beginning of some JSON, for a message.
pub(crate) fn short(json: &str) -> String {
    let line = json.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}

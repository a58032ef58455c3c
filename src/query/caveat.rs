//! Caveats: which figures of an answer have notes.

use crate::model::keys::Keys;
use crate::model::{Key, Model};

/// How many figures a remark names.
const NAMED: usize = 6;

/// A remark that names those of the models' figures that have notes; none where none has.
pub(crate) fn remark<'m>(
    models: impl IntoIterator<Item = &'m Model<'m>>,
    figures: Keys,
) -> Option<String> {
    let mut named: Vec<String> = Vec::new();
    for model in models {
        let keys = model.notes.iter().flat_map(|note| &note.keys);
        let is_figure = |key: &str| Key::named(key).is_some_and(|key| figures.has(key));
        for key in keys.filter(|key| is_figure(key)) {
            let figure = format!("{}.{key}", model.id);
            if !named.contains(&figure) {
                named.push(figure);
            }
        }
    }
    let more = match named.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    named.truncate(NAMED);
    let named = (!named.is_empty()).then(|| named.join(", "));
    named.map(|named| format!("notes on {named}{more}: see `ahm explain`"))
}

//! Notes on the figures of an answer.

use crate::text::first_few;

/// A note on figures of a model.
#[derive(Debug, Clone)]
pub(crate) struct FigureNote {
    /// As they are typed: `palm.params`.
    pub figures: Vec<String>,
    /// The same in words.
    pub name: String,
    pub text: String,
}

/// How many figures a remark names.
const NAMED: usize = 6;

impl FigureNote {
    /// A remark that names the figures, if there are any.
    pub(super) fn remark(notes: &[FigureNote]) -> Option<String> {
        let mut named: Vec<&str> = Vec::new();
        for figure in notes.iter().flat_map(|note| &note.figures) {
            if !named.contains(&&**figure) {
                named.push(figure);
            }
        }
        let few = first_few(named.iter().copied(), NAMED);
        (!named.is_empty()).then(|| format!("notes on {few}: see `ahm explain`"))
    }
}

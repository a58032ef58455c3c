//! Models that tell of each other, found without asking each of every other.

use super::{papers, sizes};
use crate::model::Model;
use std::collections::HashMap;

/// Which models share a paper, and which name others among their parts.
#[derive(Debug, Default)]
pub(crate) struct Relations<'a> {
    by_paper: HashMap<String, Vec<&'a Model<'a>>>,
    wholes: Vec<&'a Model<'a>>,
}

impl<'a> Relations<'a> {
    /// The relations among these models, each list in their order.
    pub(crate) fn of(models: &'a [Model<'a>]) -> Relations<'a> {
        let mut relations = Relations::default();
        for model in models {
            if let Some(paper) = papers::paper(model) {
                relations.by_paper.entry(paper.id).or_default().push(model);
            }
            if sizes::largest_part(model).is_some() {
                relations.wholes.push(model);
            }
        }
        relations
    }

    /// Those that have the paper of this number at arXiv.
    pub(crate) fn with_paper(&self, number: &str) -> &[&'a Model<'a>] {
        self.by_paper.get(number).map_or(&[], Vec::as_slice)
    }

    /// Those of which the sizes of parts are known.
    pub(crate) fn wholes(&self) -> &[&'a Model<'a>] {
        &self.wholes
    }
}

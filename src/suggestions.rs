//! Suggestions: the names nearest to one that nobody has.

use crate::gather::Gather;
use crate::model::Model;
use crate::name::{Folded, NEAREST, quoted};

/// The names nearest to one that nobody has, and whose they are.
#[derive(Debug)]
pub struct Suggestions {
    typed: String,
    folded: Folded,
    /// The nearest first, each once.
    near: Vec<Near>,
}

/// A name, how far it is, and the first model that goes by it.
#[derive(Debug)]
struct Near {
    distance: usize,
    written: String,
    name: String,
}

impl Suggestions {
    /// None so far.
    pub fn new(typed: &str) -> Suggestions {
        Suggestions {
            typed: typed.to_owned(),
            folded: Folded::new(typed),
            near: Vec::new(),
        }
    }

    /// Notes the names of a model, if they are nearer than others.
    pub fn note(&mut self, model: &Model<'_>) {
        let own = [&model.id, &model.name].into_iter();
        for written in own.chain(&model.aliases) {
            let most = match self.near.len() {
                NEAREST.. => self.near.last().map_or(usize::MAX, |near| near.distance),
                _ => usize::MAX,
            };
            if let Some(distance) = self.folded.distance(written, most) {
                self.add(Near {
                    distance,
                    written: written.to_string(),
                    name: model.name.to_string(),
                });
            }
        }
    }

    /// What to tell whoever typed it.
    pub fn words(&self) -> String {
        let typed = &self.typed;
        let mut names: Vec<&str> = Vec::new();
        for near in &self.near {
            if !names.contains(&near.name.as_str()) {
                names.push(&near.name);
            }
        }
        match names.is_empty() {
            true => format!("no model is called `{typed}`; `ahm list -f names` names them all"),
            false => format!(
                "no model is called `{typed}`; did you mean {}?",
                quoted(names)
            ),
        }
    }

    fn add(&mut self, new: Near) {
        let own = (new.distance, &*new.written);
        let order = |near: &Near| (near.distance, &*near.written).cmp(&own);
        if let Err(rank) = self.near.binary_search_by(order) {
            self.near.insert(rank, new);
            self.near.truncate(NEAREST);
        }
    }
}

impl Gather for Suggestions {
    fn append(&mut self, later: Suggestions) {
        later.near.into_iter().for_each(|near| self.add(near));
    }
}

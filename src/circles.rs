//! Circles of aliases.

use std::collections::{HashMap, HashSet};

use crate::model::Model;
use crate::name::Folded;

/// Models that go by each other's names: which of them is meant, nobody could tell.
#[derive(Debug, Default)]
pub struct Circles {
    /// For a model's name, the model; only of those that have aliases, for only they can be in a circle.
    owners: HashMap<Folded, String>,
    /// The models whose names each model has for aliases.
    aliases: HashMap<String, Vec<Folded>>,
}

/// What a model goes by.
#[derive(Debug)]
pub struct Names {
    /// Its id.
    pub id: String,
    own: [Folded; 2],
    aliases: Vec<Folded>,
}

impl Names {
    /// Those of a model.
    pub fn of(model: &Model<'_>) -> Names {
        let aliases = model.aliases.iter().map(|alias| Folded::new(alias));
        Names {
            id: model.id.to_string(),
            own: [&model.id, &model.name].map(|name| Folded::new(name)),
            aliases: aliases.collect(),
        }
    }
}

impl Circles {
    /// Notes what a model goes by; the model that it closes a circle with, if it does.
    pub fn closed_by(&mut self, names: Names) -> Option<String> {
        let Names { id, own, aliases } = names;
        if aliases.is_empty() {
            return None;
        }
        for name in own {
            self.owners.insert(name, id.clone());
        }
        self.aliases.insert(id.clone(), aliases);
        // From name to name, until there is none or one comes back.
        let mut seen = HashSet::new();
        let mut open = vec![id.clone()];
        while let Some(next) = open.pop() {
            for alias in self.aliases.get(&next).into_iter().flatten() {
                match self.owners.get(alias) {
                    Some(owner) if *owner == next => {}
                    Some(owner) if *owner == id => return Some(next),
                    Some(owner) if seen.insert(owner.clone()) => open.push(owner.clone()),
                    _ => {}
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_of_aliases_are_found_however_long() {
        let mut circles = Circles::default();
        let mut note = |id: &str, aliases: &[&str]| {
            circles.closed_by(Names {
                id: id.to_owned(),
                own: [id, id].map(Folded::new),
                aliases: aliases.iter().map(|alias| Folded::new(alias)).collect(),
            })
        };
        assert_eq!(note("a", &["A one", "B"]), None);
        assert_eq!(note("b", &["C"]), None);
        assert_eq!(note("d", &["A"]), None);
        assert_eq!(note("c", &["A"]).as_deref(), Some("b"));
    }
}

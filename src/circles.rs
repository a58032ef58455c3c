//! Circles of aliases.

use std::collections::{HashMap, HashSet};

use crate::name::Folded;

/// Models that go by each other's names: which of them is meant, nobody could tell.
#[derive(Debug, Default)]
pub struct Circles {
    /// For a model's name, the model; only of those that have aliases, for only they can be in a circle.
    owners: HashMap<Folded, String>,
    /// The models whose names each model has for aliases.
    aliases: HashMap<String, Vec<Folded>>,
}

impl Circles {
    /// Notes a model by its id, its own names and its aliases; the model that it closes a circle with, if it does.
    pub fn closed_by(&mut self, id: &str, own: &[Folded], aliases: &[Folded]) -> Option<String> {
        if aliases.is_empty() {
            return None;
        }
        for name in own {
            self.owners.insert(name.clone(), id.to_owned());
        }
        self.aliases.insert(id.to_owned(), aliases.to_vec());
        // From name to name, until there is none or one comes back.
        let mut seen = HashSet::new();
        let mut open = vec![id.to_owned()];
        while let Some(next) = open.pop() {
            for alias in self.aliases.get(&next).into_iter().flatten() {
                match self.owners.get(alias) {
                    Some(owner) if *owner == next => {}
                    Some(owner) if owner == id => return Some(next),
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
            let aliases: Vec<Folded> = aliases.iter().map(|alias| Folded::new(alias)).collect();
            circles.closed_by(id, &[Folded::new(id)], &aliases)
        };
        assert_eq!(note("a", &["A one", "B"]), None);
        assert_eq!(note("b", &["C"]), None);
        assert_eq!(note("d", &["A"]), None);
        assert_eq!(note("c", &["A"]).as_deref(), Some("b"));
    }
}

//! Claims: which aliases are names of other models, told without holding any name.

use crate::gather::Gather;
use crate::model::Model;
use crate::name::Folded;

/// The names and aliases of models that have aliases, as numbers that spellings share.
#[derive(Debug, Default)]
pub struct Claims {
    /// Ids and names, each once a model.
    own: Vec<u64>,
    /// Aliases that are no name of the same model.
    aliases: Vec<u64>,
    /// Aliases that are.
    echoes: Vec<u64>,
}

/// The numbers of aliases that are names of other models, sorted.
#[derive(Debug)]
pub struct Claimed(Vec<u64>);

impl Claims {
    /// Notes a model.
    pub fn note(&mut self, model: &Model<'_>) {
        // Without an alias it leads nowhere.
        if model.aliases.is_empty() {
            return;
        }
        let own = [&model.id, &model.name].map(|name| Folded::number(name));
        self.own.push(own[0]);
        self.own.extend((own[1] != own[0]).then_some(own[1]));
        for alias in &model.aliases {
            let alias = Folded::number(alias);
            match own.contains(&alias) {
                true => self.echoes.push(alias),
                false => self.aliases.push(alias),
            }
        }
    }

    /// The aliases that are names of other models.
    pub fn claimed(mut self) -> Claimed {
        self.own.sort_unstable();
        let mut claimed = among(&self.own, (self.aliases, 1));
        claimed.extend(among(&self.own, (self.echoes, 2)));
        claimed.sort_unstable();
        Claimed(claimed)
    }
}

impl Claimed {
    /// Whether no alias is a name of another model.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a model claims another's name, or has one that another claims.
    pub fn concerns(&self, model: &Model<'_>) -> bool {
        let own = [&model.id, &model.name].into_iter();
        let mut names = own.chain(&model.aliases);
        !model.aliases.is_empty()
            && names.any(|name| self.0.binary_search(&Folded::number(name)).is_ok())
    }
}

/// Those of the aliases that come so many times among sorted names.
fn among(mut own: &[u64], (mut aliases, times): (Vec<u64>, usize)) -> Vec<u64> {
    aliases.sort_unstable();
    aliases.dedup();
    aliases.retain(|alias| {
        let before = own.iter().take_while(|own| *own < alias).count();
        own = &own[before..];
        let same = own.iter().take(times);
        same.filter(|own| *own == alias).count() == times
    });
    aliases
}

impl Gather for Claims {
    fn append(&mut self, later: Claims) {
        self.own.extend(later.own);
        self.aliases.extend(later.aliases);
        self.echoes.extend(later.echoes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circles::{Circles, Names};
    use crate::reader::{Keys, tests::read};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn circles_are_among_those_whom_claims_concern(
            models in prop::collection::vec(("[a-d]", prop::collection::vec("[0-7A-D]", 0..3)), 0..8),
            cut in 0usize..8,
        ) {
            let json = |(id, (name, aliases)): (usize, &(String, Vec<String>))| {
                serde_json::json!({ "id": id.to_string(), "name": name, "aliases": aliases })
            };
            let texts: Vec<String> = models.iter().enumerate().map(json).map(|j| j.to_string()).collect();
            let models: Vec<Model<'_>> = texts.iter().map(|json| read(json, Keys::ALL)).collect();
            let cut = cut.min(models.len());
            let claims = |models: &[Model<'_>]| {
                let mut claims = Claims::default();
                models.iter().for_each(|model| claims.note(model));
                claims
            };
            let mut parts = claims(&models[..cut]);
            parts.append(claims(&models[cut..]));
            let claimed = parts.claimed();
            let first = |concerned: &dyn Fn(&Model<'_>) -> bool| {
                let mut circles = Circles::default();
                let mut models = models.iter().filter(|model| concerned(model));
                models.find_map(|model| circles.closed_by(Names::of(model)).map(|other| (model.id.to_string(), other)))
            };
            prop_assert_eq!(first(&|model| claimed.concerns(model)), first(&|_| true));
        }
    }
}

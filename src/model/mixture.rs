//! Mixtures of experts: which parameters take part in each step.

use crate::model::Model;
use crate::model::figure::Figure;

impl Model<'_> {
    /// Whether only some of the parameters take part in each step.
    pub fn is_mixture(&self) -> bool {
        self.architecture.iter().any(|tag| **tag == *"moe")
    }

    /// The parameters that take part in each step, and their key; none where they are not stated,
    /// as of many mixtures.
    pub fn stepping_params(&self) -> Option<(&'static str, Figure)> {
        let all = self.params.filter(|_| !self.is_mixture());
        let active = self.active_params.map(|active| ("active_params", active));
        active.or(all.map(|all| ("params", all)))
    }
}

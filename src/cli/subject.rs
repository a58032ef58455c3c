//! The models that filters select, in words.

use super::filter_args::{AccessChoice, FilterArgs};
use crate::query::condition::Condition;
use std::mem::take;

impl FilterArgs {
    /// The models as a phrase, `open language models by OpenAI since 2020`; `has_time`: with the dates
    /// of the filters.
    pub(crate) fn subject(&self, has_time: bool) -> String {
        let mut rest = self.clone();
        let flags = &mut rest.flags;
        let any = |words: &mut Vec<String>| {
            let words = take(words);
            (!words.is_empty()).then(|| words.join(" or "))
        };
        let mut access = take(&mut flags.access);
        access.extend(take(&mut flags.open).then_some(AccessChoice::Open));
        access.extend(take(&mut flags.closed).then_some(AccessChoice::Closed));
        let is_unstated = access.contains(&AccessChoice::Unstated);
        let access: Vec<&str> = access.into_iter().map(AccessChoice::word).collect();
        let access = (!access.is_empty()).then(|| access.join(" or "));
        let (before_access, after_access) = match is_unstated {
            true => (None, access),
            false => (access, None),
        };
        let mut known = take(&mut flags.has);
        flags.conditions.retain(|condition| match condition {
            Condition::Has(column) => {
                known.push(column);
                false
            }
            _ => true,
        });
        let is_notable = known
            .iter()
            .any(|column| column.heading.key == "notability");
        known.retain(|column| column.heading.key != "notability");
        let known: Vec<String> = known.iter().map(|column| column.in_sentence()).collect();
        let known = (!known.is_empty()).then(|| format!("known {}", known.join(" and ")));
        let before = [
            is_notable.then(|| "notable".to_owned()),
            before_access,
            any(&mut flags.field),
            any(&mut flags.section),
        ];
        let time = [flags.since.take(), flags.until.take()];
        let [since, until] = time.map(|date| date.filter(|_| has_time).map(|own| own.to_string()));
        let after = [
            ("of", after_access.map(|access| format!("{access} access"))),
            ("by", any(&mut flags.org)),
            ("from", any(&mut flags.country)),
            ("with license", any(&mut flags.license)),
            ("with architecture", any(&mut flags.architecture)),
            ("with objective", any(&mut flags.objective)),
            ("trained with", any(&mut flags.framework)),
            ("with", known),
            ("since", since),
            ("until", until),
        ];
        let before: Vec<String> = before.into_iter().flatten().collect();
        let mut words = match before.is_empty() {
            true => "AI models".to_owned(),
            false => format!("{} models", before.join(" ")),
        };
        for (preposition, own) in after {
            if let Some(own) = own {
                words += &format!(" {preposition} {own}");
            }
        }
        match rest.words() {
            rest if rest.is_empty() => words,
            rest => format!("{words} where {rest}"),
        }
    }
}

impl AccessChoice {
    fn word(self) -> &'static str {
        match self {
            AccessChoice::Open => "open",
            AccessChoice::Closed => "closed",
            AccessChoice::Unstated => "unstated",
        }
    }
}

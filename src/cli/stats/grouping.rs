//! Models in groups: one scan of the catalog, and what its answer rests on.

use super::columns::CrossColumns;
use super::figures::{Figures, Tally};
use super::order::GroupOrder;
use crate::catalog::Catalog;
use crate::catalog::parallel::Merge;
use crate::cli::limit_args::shown_of;
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::figure::grouped;
use crate::model::month::Month;
use crate::model::value::Value;
use crate::model::{Keys, Model, schema};
use crate::query::Query;
use crate::query::evidence::{Evidence, Matches};
use crate::query::first_of::{FirstOf, LARGEST};
use crate::query::group::{Group, Groups};
use std::fmt::Display;

/// What is grouped, and how.
#[derive(Clone, Copy)]
pub(super) struct GroupQuery<'q> {
    pub by: ColumnRef,
    /// The key of the columns of a cross table.
    pub second: Option<ColumnRef>,
    /// The figures of the groups.
    pub of: &'q [ColumnRef],
    /// Whether a flag names those.
    pub is_of_asked: bool,
    /// Whether a family counts once.
    pub families: bool,
    /// The keys that say whose the figures are, if a sentence does.
    pub marks: Keys,
}

pub(super) const FAMILY: ColumnRef = schema::column("family");

/// What was counted: models, or the largest of each family.
#[derive(Clone)]
struct Counted {
    groups: Groups<Tally>,
    /// The values of the second key.
    columns: Groups<()>,
    evidence: Evidence,
    models: usize,
}

/// Groups in order, and what they rest on.
pub(super) struct Grouping<'q> {
    pub query: GroupQuery<'q>,
    pub groups: Vec<Group<Tally>>,
    pub columns: Option<CrossColumns>,
    /// How many models are counted.
    pub models: usize,
    /// How many groups the limit leaves out.
    more: usize,
    /// Whether no group is left out between two others in the usual order.
    pub is_unbroken: bool,
    /// Whether a model is in several groups.
    has_several: bool,
    evidence: Evidence,
    matches: Matches,
    /// A sentence about models that may match.
    undecided: Option<String>,
    /// The last month in which models are counted.
    last: Option<Month>,
    /// Why nothing matches, if a word of the question is the reason.
    pub note: Option<String>,
}

impl<'q> GroupQuery<'q> {
    /// Scans the catalog, and keeps the first `limit` groups.
    pub(super) fn scan(
        self,
        (query, catalog): (&Query, &Catalog),
        order: &GroupOrder<'_>,
        limit: Option<usize>,
    ) -> Result<Grouping<'q>, Error> {
        let columns = [self.by].into_iter().chain(self.second);
        let needs = columns.chain(self.of.iter().copied()).map(|own| own.needs);
        let none = Counted {
            groups: Groups::default(),
            columns: Groups::default(),
            evidence: Evidence::of(self.of.iter().copied()),
            models: 0,
        };
        let initial = FirstOf::new(FAMILY, &LARGEST, none);
        let families = match self.families {
            true => initial.needs(),
            false => Keys::default(),
        };
        let keys = (catalog, needs.fold(families.union(self.marks), Keys::union));
        let answer = query.scan(keys, initial, |families, model, _| {
            let add = |counted: &mut Counted| counted.add(self, model);
            match self.families {
                true => families.add(model, add),
                false => add(&mut families.others),
            }
        })?;
        let (mut counted, first) = answer.result.into_parts();
        first.for_each(|family| counted.merge(family));
        let has_several = counted.has_several();
        let mut groups = order.sorted(counted.groups.in_order(self.by));
        let more = groups.len().saturating_sub(limit.unwrap_or(usize::MAX));
        groups.truncate(groups.len() - more);
        Ok(Grouping {
            query: self,
            groups,
            columns: self
                .second
                .map(|second| CrossColumns::new(second, counted.columns)),
            models: counted.models,
            more,
            is_unbroken: more == 0 || order.is_usual(),
            has_several,
            evidence: counted.evidence,
            matches: answer.matches,
            undecided: answer.matches.may_match(&query.condition),
            last: answer.latest,
            note: answer.note,
        })
    }
}

impl Counted {
    fn add(&mut self, query: GroupQuery<'_>, model: &Model<'_>) {
        self.models += 1;
        let has = |column: ColumnRef| !column.value(model).is_missing();
        self.evidence.note(model, has);
        self.groups.add(query.by, model, |tally| {
            tally.figures.add(query.of, model);
            if let Some(second) = query.second {
                let add = |figures: &mut Figures| figures.add(query.of, model);
                tally.cells.add_whole(second, model, add);
            }
        });
        if let Some(second) = query.second {
            self.columns.add(second, model, |()| ());
        }
    }

    /// Whether a model is in several groups.
    fn has_several(&self) -> bool {
        let rows: usize = self.groups.iter().map(|group| group.count).sum();
        let columns: usize = self.columns.iter().map(|group| group.count).sum();
        rows > self.models || columns > self.models
    }
}

impl Grouping<'_> {
    /// Sentences about the groups; `fresh` says of which catalog they are, `until` is the last month
    /// asked about.
    pub(super) fn captions(&self, fresh: &dyn Display, until: Option<Month>) -> Vec<String> {
        if self.matches.matched == 0 {
            let none = "no model matches".to_owned();
            return std::iter::once(none)
                .chain(self.undecided.clone())
                .collect();
        }
        let shown = self.groups.len();
        let mut captions = Vec::from_iter(shown_of(shown, shown + self.more, "groups"));
        captions.push(self.basis(fresh));
        captions.extend(self.undecided.clone());
        if self.has_several {
            let what = "a model with several values counts in each group, so groups may add up to \
                        more than 100 %";
            captions.push(what.to_owned());
        }
        captions.extend(self.unfinished_year(until));
        captions
    }

    /// Sentences about what the figures rest on.
    pub(super) fn evidence(&self) -> Vec<String> {
        let matches = match self.query.families {
            // All of those that count.
            true => Matches {
                matched: self.models,
                scanned: self.models,
                ..self.matches
            },
            false => self.matches,
        };
        self.evidence.sentences("based on", matches, &"")
    }

    /// What is counted.
    fn basis(&self, fresh: &dyn Display) -> String {
        let Matches {
            matched, scanned, ..
        } = self.matches;
        let text = |count: usize| grouped(count as f64);
        let all = match matched < scanned {
            true => format!("{} of {} models{fresh}", text(matched), text(scanned)),
            false => format!("{} models{fresh}", text(scanned)),
        };
        let counted = match self.query.families {
            true => format!(
                "{} families and unrelated models ({all})",
                text(self.models)
            ),
            false => all,
        };
        format!("{counted}; the catalog is a selection, not a census")
    }

    /// A sentence about the last year, if it ends before its last month.
    fn unfinished_year(&self, until: Option<Month>) -> Option<String> {
        let last = until.into_iter().chain(self.last).min()?;
        let year = Value::Number(f64::from(last.year()));
        let is_shown = self.groups.iter().any(|group| group.value == year);
        (self.query.by.heading.key == "year" && is_shown && last.number() < 12)
            .then(|| format!("{} is incomplete: counted up to {last}", last.year()))
    }
}

impl Merge for Counted {
    fn merge(&mut self, later: Counted) {
        self.groups.merge(later.groups);
        self.columns.merge(later.columns);
        self.evidence.merge(later.evidence);
        self.models += later.models;
    }
}

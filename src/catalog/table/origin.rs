//! A table as the origin of a document: positions, credits, and what became of its rows.

use super::plan::Plan;
use super::profile::Profile;
use super::rows::Table;
use crate::catalog::document::{About, DocumentOrigin, Unread};
use crate::catalog::shape::members;
use crate::error::Position;
use crate::model::figure::grouped;

/// What became of the rows of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Joined {
    pub rows: usize,
    /// Rows of known models.
    pub known: usize,
    /// Rows of models that are not known.
    pub new: usize,
    /// Rows that are called like a known model but are not joined to it.
    pub apart: usize,
    /// Rows that repeat the name of an earlier one.
    pub repeated: usize,
}

/// A table as the origin of a document.
#[derive(Debug)]
pub(super) struct TableOrigin {
    pub table: Table,
    pub plan: Plan,
    /// Where the entry of each row begins in the document, and the number of the row.
    pub marks: Vec<(usize, usize)>,
    pub unread: Vec<Unread>,
    pub joined: Joined,
}

impl DocumentOrigin for TableOrigin {
    fn position(&self, text: &str, at: usize) -> (&str, Position) {
        let mark = self.marks.partition_point(|(start, _)| *start <= at);
        let Some((start, row)) = mark.checked_sub(1).map(|mark| self.marks[mark]) else {
            return ("", Position { line: 1, column: 1 });
        };
        let row = &self.table.rows[row];
        let line = text[start..].lines().next().unwrap_or_default();
        let key = members(line).ok().and_then(|members| {
            let is_before = |value: &str| value.as_ptr() as usize <= text.as_ptr() as usize + at;
            let found = members.into_iter().rfind(|(_, value)| is_before(value));
            found.map(|(key, _)| key)
        });
        let column = key.filter(|_| at > start).and_then(|key| {
            let has_key = |column: &usize| {
                self.plan.columns[*column].iter().any(|(_, target)| {
                    target.key == key || key == "hardware" && target.key.starts_with("hardware_")
                })
            };
            (0..self.plan.columns.len()).find(has_key)
        });
        (self.table.file_of(row), self.table.position(row, column))
    }

    fn about(&self) -> Option<About> {
        self.plan.profile.map(Profile::about)
    }

    fn unread(&self) -> &[Unread] {
        &self.unread
    }

    fn is_own(&self) -> bool {
        self.plan.is_own
    }

    fn summary(&self) -> String {
        let Joined {
            rows,
            known,
            new,
            apart,
            repeated,
        } = &self.joined;
        let count = |count: usize| grouped(count as f64);
        let noun = if *rows == 1 { "row" } else { "rows" };
        let mut parts = vec![format!("{} {noun}", count(*rows))];
        for (number, what) in [
            (*known, "of known models"),
            (*new, "new"),
            (*apart, "apart from a model of that name"),
            (*repeated, "with the name of an earlier row"),
        ] {
            if number > 0 && !self.plan.is_own {
                parts.push(format!("{} {what}", count(number)));
            }
        }
        let ignored = match self.plan.is_own || self.plan.profile.is_some() {
            true => Vec::new(),
            false => self.plan.ignored(&self.table),
        };
        let ignored = match ignored.is_empty() {
            true => String::new(),
            false => format!("; not read: {}", ignored.join(", ")),
        };
        parts.join(", ") + &ignored
    }
}

//! What was read for the catalog: each row of other tables is an entry or is left out for a reason,
//! and no two entries are one model.

use std::collections::{BTreeMap, BTreeSet};

use ahm::catalog::Catalog;
use ahm::catalog::record_reader::View;
use ahm::catalog::source::Source;
use ahm::model::name::NormalizedName;
use ahm::model::{Keys, Model};

/// Rows of `tests/catalogs/rows.csv`: `notable` and `large-scale` of Epoch AI, `asked` for names that
/// people ask for, and `twin` for two ids of models that look like one.
const ROWS: &str = include_str!("catalogs/rows.csv");

/// A row: its table, its name, the entry that it is in, and why its name does not mean that entry, or
/// why it is in none, or why two are no twins.
struct Row {
    table: String,
    row: String,
    id: String,
    reason: String,
}

/// What tells a model from its twin.
#[derive(Debug, Clone)]
struct Entry {
    id: String,
    name: NormalizedName,
    /// An organization, the month and the size, for each organization.
    made: Vec<(String, String, String)>,
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(ROWS.as_bytes());
    let header: Vec<&str> = vec!["table", "row", "id", "reason"];
    assert_eq!(reader.headers().expect("a header"), &header[..]);
    let row = |record: csv::Result<csv::StringRecord>| {
        let record = record.expect("four cells");
        let cell = |at: usize| record[at].to_owned();
        Row {
            table: cell(0),
            row: cell(1),
            id: cell(2),
            reason: cell(3),
        }
    };
    reader.records().map(row).collect()
}

fn catalog() -> Catalog {
    Catalog::open(Some(Source::Embedded), &[], View::Full).expect("a catalog")
}

/// The name without what stands in brackets.
fn plain(name: &str) -> NormalizedName {
    let mut depth = 0;
    let outside = name.chars().filter(|c| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth -= 1;
            false
        }
        _ => depth == 0,
    });
    NormalizedName::new(&outside.collect::<String>())
}

fn entries() -> Vec<Entry> {
    let entry = |model: &Model<'_>| {
        let month = model.announced.map(|month| month.to_string());
        let size = model.params.map(|params| params.0.to_string());
        let made = month.zip(size).into_iter().flat_map(|(month, size)| {
            let organizations = model.organizations.iter();
            organizations.map(move |name| (name.to_string(), month.clone(), size.clone()))
        });
        Entry {
            id: model.id.to_string(),
            name: plain(&model.name),
            made: made.collect(),
        }
    };
    let models = catalog().scan(
        Keys::ALL,
        Vec::new(),
        |entries: &mut Vec<Entry>, model, _| {
            entries.push(entry(model));
        },
    );
    models.expect("models")
}

/// Pairs of models by the same organization, of the same month and size, or with the same name but for
/// what stands in brackets.
fn twins(entries: &[Entry]) -> BTreeSet<(String, String)> {
    let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for entry in entries {
        let made = entry.made.iter().map(|made| format!("{made:?}"));
        for key in made.chain([entry.name.as_str().to_owned()]) {
            alike.entry(key).or_default().insert(&entry.id);
        }
    }
    let mut pairs = BTreeSet::new();
    for ids in alike.into_values() {
        let ids: Vec<&str> = ids.into_iter().collect();
        for (at, one) in ids.iter().enumerate() {
            let later = ids[at + 1..].iter();
            pairs.extend(later.map(|other| ((*one).to_owned(), (*other).to_owned())));
        }
    }
    pairs
}

#[test]
fn every_row_is_an_entry_or_is_left_out_for_a_reason() {
    let rows = rows();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.table != "twin").collect();
    let count = |table: &str| rows.iter().filter(|row| row.table == table).count();
    let counts = ["notable", "large-scale", "asked"].map(count);
    assert_eq!(counts, [1036, 509, 232]);
    let typed: Vec<&str> = rows.iter().map(|row| &*row.row).collect();
    let catalog = catalog();
    let ids: BTreeSet<String> = entries().into_iter().map(|entry| entry.id).collect();
    let found = catalog.find(&typed).expect("a catalog");
    for (row, found) in rows.iter().zip(found) {
        let name = &row.row;
        let found = found.ok().map(|named| {
            let records = [named.record];
            catalog.models(&records).expect("a model")[0].id.to_string()
        });
        let is_own = !row.id.is_empty() && found.as_ref() == Some(&row.id);
        assert!(
            row.id.is_empty() || ids.contains(&row.id),
            "{name}: {}",
            row.id
        );
        // A reason that explains nothing is stale.
        assert_eq!(
            is_own,
            row.reason.is_empty(),
            "{name}: {found:?}, not {}",
            row.id
        );
    }
    let left_out = rows.iter().filter(|row| row.id.is_empty()).count();
    assert!(left_out <= 5, "{left_out} rows are in no entry");
}

#[test]
fn the_catalog_is_as_large_as_the_tables() {
    let count = entries().len();
    assert!(count >= 1400, "{count} models");
}

#[test]
fn no_two_entries_are_one_model() {
    let rows = rows();
    let listed = rows.iter().filter(|row| row.table == "twin").map(|row| {
        assert!(!row.reason.is_empty(), "{}", row.row);
        let (one, other) = row.row.split_once(' ').expect("two ids");
        (one.to_owned(), other.to_owned())
    });
    assert_eq!(twins(&entries()), listed.collect());
}

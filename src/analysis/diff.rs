//! Two catalogs side by side: which models one of them lacks, and which values disagree.

mod rules;

pub(crate) use rules::{Change, DiffRow, DiffRules, compared_columns};

use crate::catalog::Catalog;
use crate::catalog::table::{Identity, Match};
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::value::Value;
use crate::model::{Key, Keys, Map, Model};
use crate::text::by_letters;
use std::collections::{BTreeSet, HashMap};

/// One of the two catalogs, and the ids of the models that are asked for; all if not given.
pub(crate) struct DiffSide<'c> {
    pub catalog: &'c Catalog,
    pub among: Option<BTreeSet<String>>,
}

/// How many models are in both catalogs, disagree, are new and are gone, and what is different.
#[derive(Default)]
pub(crate) struct Diff {
    pub compared: usize,
    pub differing: usize,
    pub new: usize,
    pub gone: usize,
    pub rows: Vec<DiffRow>,
}

/// A new model with its old one and the match, none if the ids match; or with why it is another one.
type Partner = Result<Option<(usize, Nearness)>, (usize, String)>;

/// By what a model names another one, how many months and how far in size it is from it; none if the ids
/// are the same.
type Nearness = Option<(Match, (i32, u64))>;

/// Compares two catalogs: linear in their models.
///
/// # Errors
/// When one of them is broken.
pub(crate) fn diff(
    old: &DiffSide<'_>,
    new: &DiffSide<'_>,
    rules: &DiffRules,
) -> Result<Diff, Error> {
    let keys = Keys::ALL.without(Keys::of(&[Key::affiliation]));
    let records = old.catalog.records()?;
    let known = old.catalog.known_models(Keys::of(&NAMING))?;
    let have_ids = old.catalog.has_ids() && new.catalog.has_ids();
    let ids = (0..records.len()).rev().filter(|_| have_ids);
    let ids: HashMap<&str, usize> = ids.map(|at| (known.id(at), at)).collect();
    let organizations = old.catalog.organizations()?;
    let reader = old.catalog.reader(keys)?;
    let news = new.catalog.scan(keys, Vec::new(), |news, model, _| {
        let partner: Partner = match ids.get(&*model.id) {
            Some(at) => Ok(Some((*at, None))),
            None => {
                let identity = Identity::of(&naming(model));
                let found = known.find(&identity, &organizations);
                let near = |(at, kind)| (at, Some((kind, known.distance(at, &identity))));
                found.map(|found| found.map(near))
            }
        };
        let differences = match &partner {
            Ok(Some((at, _))) => reader
                .model(&records[*at])
                .map(|own| rules.differences(&own, model, (&known, &organizations))),
            _ => Ok(Vec::new()),
        };
        let row = DiffRow::new(Change::New, (&model.name, &model.id), model.announced);
        news.push((row, partner, differences.map_err(|error| error.to_string())));
    })?;
    // Each old model has the new one that is nearest to it.
    let mut winners: HashMap<usize, (Nearness, usize)> = HashMap::new();
    for (number, (_, partner, _)) in news.iter().enumerate() {
        if let Ok(Some((at, kind))) = partner {
            let winner = winners.entry(*at).or_insert((*kind, number));
            *winner = (*winner).min((*kind, number));
        }
    }
    let (mut diff, mut apart) = (Diff::default(), BTreeSet::new());
    for (number, (mut row, partner, differences)) in news.into_iter().enumerate() {
        let partner = match partner {
            Ok(Some((at, _))) if winners[&at].1 != number => {
                Err((at, "another row is nearer to it".to_owned()))
            }
            partner => partner,
        };
        let (Ok(Some((at, _))) | Err((at, _))) = partner else {
            let is_asked = new.has(&row.id);
            diff.new += usize::from(is_asked);
            diff.rows.extend(is_asked.then_some(row));
            continue;
        };
        if !new.has(&row.id) && !old.has(known.id(at)) {
            continue;
        }
        if let Err((_, why)) = partner {
            diff.new += 1;
            apart.insert(at);
            row.change = Change::Apart;
            row.old = Value::Text(known.name(at).to_owned().into());
            row.new = Value::Text(row.name.clone().into());
            row.cause = Some(why.into());
            diff.rows.push(row);
        } else {
            let mut differences = differences.map_err(Error::Catalog)?;
            diff.compared += 1;
            diff.differing += usize::from(!differences.is_empty());
            diff.rows.append(&mut differences);
        }
    }
    for at in (0..records.len()).filter(|at| !winners.contains_key(at)) {
        let is_apart = apart.contains(&at);
        if is_apart || old.has(known.id(at)) {
            diff.gone += 1;
            let announced = known
                .entry(at)
                .get("announced")
                .and_then(|own| own.as_str());
            let announced = announced.and_then(|month| month.parse().ok());
            let row = DiffRow::new(Change::Gone, (known.name(at), known.id(at)), announced);
            diff.rows.extend((!is_apart).then_some(row));
        }
    }
    diff.rows.sort_by(|a, b| {
        let newest = || b.announced.cmp(&a.announced);
        let by_change = a.change.cmp(&b.change).then_with(newest);
        by_change.then_with(|| by_letters(&a.name, &b.name))
    });
    Ok(diff)
}

/// Of models that replace values of others under their ids, only the values that disagree with theirs;
/// models without any are left out.
///
/// # Errors
/// When the catalog is broken.
pub(crate) fn only_differing(catalog: &Catalog, models: &mut Vec<Model<'_>>) -> Result<(), Error> {
    let records = catalog.records()?;
    let known = catalog.known_models(Keys::of(&NAMING))?;
    let organizations = catalog.organizations()?;
    let places = (0..records.len()).map(|at| (known.id(at).to_owned(), at));
    let places: HashMap<String, usize> = places.collect();
    let reader = catalog.reader(Keys::ALL.without(Keys::of(&[Key::affiliation])))?;
    let rules = DiffRules {
        columns: compared_columns(),
        tolerance: None,
    };
    let mut broken = Ok(());
    models.retain_mut(|model| {
        let Some(record) = places.get(&*model.id).map(|at| &records[*at]) else {
            return false;
        };
        let differences = reader.model(record).map(|own| {
            let differences = rules.differences(&own, model, (&known, &organizations));
            let columns = differences.iter().filter_map(|row| row.column);
            let key = |column: ColumnRef| column.figure.or(Key::named(column.heading.key));
            // Chip-hours are those of the hardware.
            let keys = columns.map(|column| key(column).unwrap_or(Key::hardware));
            Keys::of(&keys.collect::<Vec<_>>())
        });
        match differences {
            Ok(keys) => {
                model.retain_keys(keys);
                keys != Keys::default()
            }
            Err(error) => {
                broken = Err(error);
                false
            }
        }
    });
    broken
}

/// The keys that tell a model from others.
const NAMING: [Key; 9] = [
    Key::id,
    Key::name,
    Key::aliases,
    Key::organizations,
    Key::announced,
    Key::params,
    Key::links,
    Key::paper,
    Key::sources,
];

fn naming(model: &Model<'_>) -> Map {
    let values = NAMING.iter().map(|key| (key.name(), model.get(*key)));
    values
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect()
}

impl DiffSide<'_> {
    fn has(&self, id: &str) -> bool {
        self.among.as_ref().is_none_or(|among| among.contains(id))
    }
}

//! The real models nearest to a run.

use crate::analysis::size::Size;
use crate::catalog::Catalog;
use crate::catalog::gather::Gather;
use crate::error::Error;
use crate::model::figure::exact;
use crate::model::keys::Keys;
use crate::model::mark::{Mark, Marks};
use crate::model::quantity::{Unit, three};
use crate::model::value::Value;
use crate::model::{Key, Model};
use crate::output::Fact;
use std::borrow::Cow;

/// A model that is like the run.
pub(super) struct Nearest {
    id: String,
    name: String,
    params: f64,
    tokens: f64,
    compute: Option<f64>,
    /// What sources make of the three.
    marks: [Marks; 3],
    /// How many times larger or smaller it is.
    times: f64,
}

/// How many of them are told.
const TOLD: usize = 3;

/// The nearest so far, the nearest first.
#[derive(Default)]
struct Near(Vec<Nearest>);

impl Near {
    fn note(&mut self, nearest: Nearest) {
        let near = &mut self.0;
        near.push(nearest);
        near.sort_by(|a, b| {
            let by_name = || (&a.name, &a.id).cmp(&(&b.name, &b.id));
            a.times.total_cmp(&b.times).then_with(by_name)
        });
        near.truncate(TOLD);
    }
}

impl Gather for Near {
    fn append(&mut self, later: Near) {
        later.0.into_iter().for_each(|nearest| self.note(nearest));
    }
}

impl Nearest {
    /// The models with parameters and tokens nearest to the run's, other than its own.
    ///
    /// # Errors
    /// When the catalog is broken.
    pub(super) fn to(
        size: &Size,
        own: Option<&Model<'_>>,
        catalog: &Catalog,
    ) -> Result<Vec<Nearest>, Error> {
        let (Ok(params), Ok(tokens)) = (&size.params, &size.tokens) else {
            return Ok(Vec::new());
        };
        let figures = [Key::params, Key::tokens, Key::compute_flop];
        let keys = Keys::of(&[Key::id, Key::name, Key::sources]);
        let note = |near: &mut Near, _, model: &Model<'_>| {
            let is_own = own.is_some_and(|own| own.id == model.id);
            let (Some(n), Some(d), false) = (model.params, model.tokens, is_own) else {
                return;
            };
            let off = [n.0 / params.value.mid, d.0 / tokens.value.mid].map(f64::ln);
            let times = off[0].hypot(off[1]).exp();
            if !times.is_finite() {
                return;
            }
            near.note(Nearest {
                id: model.id.to_string(),
                name: model.name.to_string(),
                params: n.0,
                tokens: d.0,
                compute: model.compute_flop.map(|flop| flop.0),
                marks: figures.map(|key| Marks::from(Mark::of(model.kind_of(key)))),
                times,
            });
        };
        let near = catalog.gather(keys.and(Keys::of(&figures)), Near::default, note)?;
        Ok(near.0)
    }

    /// The marks of the figures that it is told with.
    pub(super) fn marks(&self) -> Marks {
        let [params, tokens, compute] = self.marks;
        let both = params.and(tokens);
        self.compute.map_or(both, |_| both.and(compute))
    }

    /// The model for a person.
    pub(super) fn fact(&self) -> Fact {
        let [of_params, of_tokens, of_compute] = self.marks.map(Marks::signs);
        let [params, tokens] = [self.params, self.tokens].map(|n| Unit::Count.human(n));
        let name = &self.name;
        let mut value =
            format!("{name}: {params}{of_params} parameters, {tokens}{of_tokens} tokens");
        if let Some(flop) = self.compute {
            value += &format!(", {}{of_compute} FLOP", Unit::Flop.human(flop));
        }
        value += &match three(self.times).as_str() {
            "1" => ", the same size".to_owned(),
            times => format!(", {times} times off"),
        };
        Fact {
            label: "Nearest".to_owned(),
            value,
        }
    }

    /// The model for a machine.
    pub(super) fn row(&self) -> Vec<Value<'_>> {
        let [params, tokens] = [self.params, self.tokens].map(exact);
        let note = format!("params {params}, tokens {tokens}");
        let times = || Value::Quantity(self.times, Unit::Ratio);
        vec![
            Value::from(&*self.id),
            Value::from("nearest"),
            times(),
            times(),
            times(),
            Value::from("times off"),
            Value::from("derived"),
            Value::Missing,
            Value::Text(Cow::Owned(note)),
        ]
    }
}

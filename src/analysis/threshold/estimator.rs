//! The bounds of a figure of a model: by its sources, and by what its other figures imply.

use super::{Basis, BoundedFigure, Calibration, Doubt};
use crate::model::column::ColumnRef;
use crate::model::derived::{DerivedField, hours_of_chip, is_of_part};
use crate::model::hardware::Chip;
use crate::model::input::{Input, Origin};
use crate::model::physics::{self, Interval};
use crate::model::{Confidence, Key, Keys, Model, SourceKind, provenance, schema};

/// Finds the bounds of a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Estimator<'c> {
    pub by: ColumnRef,
    pub chips: &'c [Chip<'c>],
    /// Of the derivation of a figure that can also be stated.
    pub calibration: Option<Calibration>,
}

/// A third party's compute this near to 6ND was computed as 6ND, and is no evidence about it.
const SAME: f64 = 0.01;
/// Share of the peak that training runs reach: PaLM reports 21 % to 46 % for four models (table 3 of
/// <https://arxiv.org/abs/2204.02311>), ViT-22B reaches 55 % (<https://arxiv.org/abs/2302.05442>),
/// and runs of several months lose time. The middle is that of the logarithms.
const UTILIZATION: Interval = Interval::new(0.15, 0.29, 0.55);

impl Estimator<'_> {
    /// The derivation of the figure, if it can be stated as well as derived.
    pub(crate) fn field(&self) -> Option<DerivedField> {
        let mut all = DerivedField::ALL.into_iter();
        all.find(|field| field.stated() == Some(self.by.heading.key))
    }

    /// The keys of a model that its bounds read.
    pub(crate) fn keys(&self) -> Keys {
        let own = Keys::of(&[Key::announced, Key::base_model, Key::listed, Key::sources]);
        own.union(self.by.needs).union(self.inputs())
    }

    /// The keys that estimates read.
    pub(crate) fn inputs(&self) -> Keys {
        let column = self.field().map(|field| schema::parse_column(field.key()));
        let needs = column.and_then(Result::ok).map(|column| column.needs);
        // Estimates are derived here: no need to have all of them derived.
        needs.unwrap_or_default().without(Keys::of(&[Key::derived]))
    }

    /// The figure over what is derived for it, where the two are independent.
    pub(crate) fn ratio(&self, model: &Model<'_>) -> Option<f64> {
        let (field, given) = (self.field()?, self.given(model)?);
        let derived = self.derived(field, model)?.0.bounds.mid;
        let ratio = given.bounds.mid / derived;
        let is_independent = match given.bases[0] {
            Basis::Claimed(SourceKind::Derived, _) => false,
            Basis::Claimed(SourceKind::ThirdParty, _) => (ratio - 1.0).abs() > SAME,
            _ => true,
        };
        (is_independent && ratio.is_finite()).then_some(ratio)
    }

    /// The model's figure and its bounds: what is given, narrowed by what follows from figures that
    /// the makers state; else what follows from any figures.
    pub(crate) fn bounds(&self, model: &Model<'_>) -> Option<BoundedFigure> {
        let given = self.given(model);
        if given.as_ref().is_some_and(BoundedFigure::is_exact) {
            return given;
        }
        let fields = DerivedField::ALL.into_iter().filter(|field| {
            let key = self.by.heading.key;
            field.key() == key || field.stated() == Some(key)
        });
        let derived = fields.filter_map(|field| self.derived(field, model));
        let derived = derived.chain(self.by_hardware(model));
        let is_evidence = |factor| given.is_none() || factor == Ok(1.0);
        let derived = derived.filter(|(_, factor)| is_evidence(*factor));
        let derived: Vec<BoundedFigure> = derived.map(|(figure, _)| figure).collect();
        let all = given.into_iter().chain(derived);
        all.filter(|own| own.bounds.is_figure())
            .reduce(BoundedFigure::join)
    }

    /// What a source gives.
    fn given(&self, model: &Model<'_>) -> Option<BoundedFigure> {
        let is_given = self.by.figure.is_some() || self.by.is_extra;
        let value = self.by.value(model).scale();
        let value = value.filter(|value| is_given && *value > 0.0)?;
        let citation = self.by.figure.and_then(|key| model.citation(key));
        let is_listed = |key| provenance::prints(&model.listed, key);
        let (basis, factor) = match citation {
            Some((claim, _)) => (Basis::Claimed(claim.0, claim.1), factor(claim)),
            None if self.by.figure.is_some_and(is_listed) => (Basis::Listed, Ok(1.0)),
            None => (Basis::Claimed(SourceKind::Stated, None), Ok(1.0)),
        };
        Some(BoundedFigure::new(value.into(), factor, basis))
    }

    /// What follows from other figures, and the factor within which these are.
    fn derived(&self, field: DerivedField, model: &Model<'_>) -> Option<Factored> {
        if is_of_part(self.by.figure, model) {
            return None;
        }
        let derivation = field.derive(model, self.chips).ok()?;
        let inputs = derivation.inputs.iter();
        let factor = largest(inputs.map(|input| factor_of(input, model)));
        let mid = derivation.result.mid;
        let bounds = match self.calibration {
            Some(Calibration { low, high, .. }) => Interval::new(mid * low, mid, mid * high),
            None => derivation.result,
        };
        let figure = BoundedFigure::new(bounds, factor, Basis::Derived(field));
        Some((figure, factor))
    }

    /// The compute that chip-hours imply, and the factor within which these are.
    fn by_hardware(&self, model: &Model<'_>) -> Option<Factored> {
        if self.by.figure != Some(Key::compute_flop) || is_of_part(self.by.figure, model) {
            return None;
        }
        let (hours, chip) = hours_of_chip(model, self.chips).ok()?;
        let flop = physics::flop_done(hours.value, chip.peak().ok()?.into(), UTILIZATION);
        let factor = factor_of(&hours, model);
        let figure = BoundedFigure::new(flop, factor, Basis::Hardware);
        Some((figure, factor))
    }
}

/// A figure, and the factor within which those are that it rests on.
type Factored = (BoundedFigure, Result<f64, Doubt>);

/// The factor within which a figure is with a probability of 90 %, on Epoch AI's scale: "Estimating
/// confidence" in <https://epoch.ai/data/ai-models-documentation/estimation>. What the makers state
/// counts as exact, what is derived as confident.
fn factor(claim: (SourceKind, Option<Confidence>)) -> Result<f64, Doubt> {
    match claim {
        (SourceKind::Stated, _) => Ok(1.0),
        (_, Some(Confidence::Confident)) | (SourceKind::Derived, None) => Ok(3.0),
        (_, Some(Confidence::Likely)) => Ok(10.0),
        (_, Some(Confidence::Speculative)) => Err(Doubt::Speculative),
        (SourceKind::ThirdParty, None) => Err(Doubt::Unrated),
    }
}

/// The factor within which an input of a derivation is.
fn factor_of(input: &Input, model: &Model<'_>) -> Result<f64, Doubt> {
    let Origin::Key(key) = input.origin else {
        return Ok(1.0);
    };
    let keys = match key {
        "chip_hours" => vec![Key::hardware],
        "compute_6nd" => vec![Key::params, Key::active_params, Key::tokens, Key::epochs],
        key => Key::named(key).into_iter().collect(),
    };
    largest(keys.into_iter().map(|key| factor(model.claim(key))))
}

/// The largest factor: a confidence is that of the least sure figure of an entry.
fn largest(mut factors: impl Iterator<Item = Result<f64, Doubt>>) -> Result<f64, Doubt> {
    factors.try_fold(1.0, |largest, factor| Ok(f64::max(largest, factor?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::threshold::MIN_MODELS;

    const COMPUTE: ColumnRef = schema::column("compute_flop");

    fn estimator<'c>(chips: &'c [Chip<'static>]) -> Estimator<'c> {
        Estimator {
            by: COMPUTE,
            chips,
            calibration: Some(Calibration {
                low: 0.5,
                high: 2.0,
                models: MIN_MODELS,
            }),
        }
    }

    fn model(json: &'static str) -> Model<'static> {
        crate::model::reader::tests::read(json, Keys::ALL)
    }

    #[track_caller]
    fn case(json: &'static str, bounds: [f64; 3], bases: &[Basis]) {
        let chip = r#"{"chip":"A100","peak_flops":1e14}"#;
        let chips = [serde_json::from_str(chip).expect("a chip")];
        let found = estimator(&chips).bounds(&model(json)).expect("a figure");
        let Interval { low, mid, high } = found.bounds;
        for (found, expected) in [low, mid, high].into_iter().zip(bounds) {
            assert!(
                (found / expected - 1.0).abs() < 1e-9,
                "{found:e}, not {expected:e}"
            );
        }
        assert_eq!(found.bases, bases);
    }

    #[test]
    fn bounds_are_those_of_the_basis() {
        use Basis::{Claimed, Derived, Hardware, Listed};
        use Confidence::{Confident, Likely, Speculative};
        use SourceKind::{Stated, ThirdParty};
        case(
            r#"{"id":"a","compute_flop":2e24,"params":1e9,"tokens":1e12}"#,
            [2e24; 3],
            &[Claimed(Stated, None)],
        );
        case(
            r#"{"id":"a","compute_flop":2e24,"listed":{"Training petaFLOPs":"2.0E+09"}}"#,
            [2e24; 3],
            &[Listed],
        );
        let claimed = |sure| [Claimed(ThirdParty, Some(sure))];
        case(
            r#"{"id":"a","compute_flop":3e24,"sources":[
                {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"confident"}]}"#,
            [1e24, 3e24, 9e24],
            &claimed(Confident),
        );
        case(
            r#"{"id":"a","compute_flop":3e24,"sources":[
                {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"likely"}]}"#,
            [3e23, 3e24, 3e25],
            &claimed(Likely),
        );
        case(
            r#"{"id":"a","compute_flop":3.1e24,"sources":[
                {"keys":["compute_flop"],"url":"u","kind":"third-party",
                "confidence":"speculative"}]}"#,
            [3.1e24; 3],
            &claimed(Speculative),
        );
        // 6 · 1e9 · 1e12, and 1e6 hours of 3600e14 operations each.
        case(
            r#"{"id":"a","params":1e9,"tokens":1e12}"#,
            [3e21, 6e21, 12e21],
            &[Derived(DerivedField::Compute)],
        );
        case(
            r#"{"id":"a","hardware":[{"chip":"A100","unit":"chip","hours":1e6}]}"#,
            [0.15 * 3.6e23, 0.29 * 3.6e23, 0.55 * 3.6e23],
            &[Hardware],
        );
    }

    #[test]
    fn makers_figures_narrow_those_of_others() {
        use Basis::{Claimed, Derived};
        let likely = Claimed(SourceKind::ThirdParty, Some(Confidence::Likely));
        let both = [likely, Derived(DerivedField::Compute)];
        case(
            r#"{"id":"a","compute_flop":5e21,"params":1e9,"tokens":1e12,"sources":[
                {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"likely"}]}"#,
            [3e21, 5e21, 12e21],
            &both,
        );
        // They contradict each other.
        case(
            r#"{"id":"a","compute_flop":5e22,"params":1e9,"tokens":1e12,"sources":[
                {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"likely"}]}"#,
            [3e21, 5e22, 5e23],
            &both,
        );
        // The tokens are by the third party too.
        case(
            r#"{"id":"a","compute_flop":5e21,"params":1e9,"tokens":1e12,"sources":[
                {"keys":["compute_flop","tokens"],"url":"u","kind":"third-party",
                "confidence":"likely"}]}"#,
            [5e20, 5e21, 5e22],
            &[likely],
        );
    }

    #[test]
    fn what_may_be_off_by_any_factor_has_no_bounds() {
        let doubt = |json| estimator(&[]).bounds(&model(json)).expect("a figure").doubt;
        let speculative = r#"{"id":"a","compute_flop":3e24,"sources":[
            {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"speculative"}]}"#;
        assert_eq!(doubt(speculative), Some(Doubt::Speculative));
        let unrated = r#"{"id":"a","params":1e9,"tokens":1e12,"sources":[
            {"keys":["tokens"],"url":"u","kind":"third-party"}]}"#;
        assert_eq!(doubt(unrated), Some(Doubt::Unrated));
        // What the makers' own figures imply has.
        let narrowed = r#"{"id":"a","compute_flop":7e21,"params":1e9,"tokens":1e12,"sources":[
            {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"speculative"}]}"#;
        assert_eq!(doubt(narrowed), None);
        let speculative = Basis::Claimed(SourceKind::ThirdParty, Some(Confidence::Speculative));
        case(
            narrowed,
            [3e21, 7e21, 12e21],
            &[speculative, Basis::Derived(DerivedField::Compute)],
        );
    }

    #[test]
    fn estimates_are_as_unsure_as_their_inputs() {
        case(
            r#"{"id":"a","params":1e9,"tokens":1e12,"sources":[
                {"keys":["params"],"url":"u","kind":"third-party","confidence":"confident"},
                {"keys":["tokens"],"url":"u","kind":"third-party","confidence":"likely"}]}"#,
            [3e20, 6e21, 12e22],
            &[Basis::Derived(DerivedField::Compute)],
        );
    }

    #[test]
    fn some_models_have_no_basis() {
        for json in [
            r#"{"id":"a","params":1e9}"#,
            r#"{"id":"a","params":1e9,"tokens":1e12,"architecture":["moe"]}"#,
            r#"{"id":"a","params":1e9,"tokens":1e12,"base_model":"b"}"#,
        ] {
            assert_eq!(estimator(&[]).bounds(&model(json)), None, "{json}");
        }
    }

    #[test]
    fn a_figure_that_is_6nd_is_no_evidence_about_6nd() {
        let ratio = |json| estimator(&[]).ratio(&model(json));
        let stated = r#"{"id":"a","compute_flop":6e21,"params":1e9,"tokens":1e12}"#;
        assert_eq!(ratio(stated), Some(1.0));
        let by_others = r#"{"id":"a","compute_flop":6.01e21,"params":1e9,"tokens":1e12,"sources":[
            {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"confident"}]}"#;
        assert_eq!(ratio(by_others), None);
        let differs = r#"{"id":"a","compute_flop":9e21,"params":1e9,"tokens":1e12,"sources":[
            {"keys":["compute_flop"],"url":"u","kind":"third-party","confidence":"confident"}]}"#;
        assert_eq!(ratio(differs), Some(1.5));
    }
}

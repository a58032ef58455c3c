//! Models by the verdict on their figure, as rows and sentences.

use crate::analysis::threshold::{Basis, BoundedFigure, Calibration, Estimator, LEAST, Verdict};
use crate::catalog::Catalog;
use crate::catalog::document::Credit;
use crate::catalog::raw_record::RawRecord;
use crate::catalog::source::Source;
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::derived::DerivedField;
use crate::model::figure::{Literal, grouped};
use crate::model::heading::Heading;
use crate::model::physics::Interval;
use crate::model::unit::three;
use crate::model::value::{Kind, Value};
use crate::model::{Key, Keys, Model, SourceKind, schema};
use crate::output::{ReportPart, SheetColumn};
use crate::query::evidence;
use crate::text::by_letters;
use serde_json::json;

/// The models whose figure has bounds, by verdict and then the largest first.
pub(super) struct Ranking<'a> {
    estimator: Estimator<'a>,
    threshold: Literal,
    /// Whose work the catalogs use.
    credits: Vec<Credit>,
    pub(super) judged: Vec<Judged<'a>>,
}

/// A model and the verdict on its figure.
pub(super) struct Judged<'a> {
    pub(super) verdict: Verdict,
    figure: &'a BoundedFigure,
    model: Model<'a>,
}

const NAME: ColumnRef = schema::column("name");
const ID: ColumnRef = schema::column("id");
const ANNOUNCED: ColumnRef = schema::column("announced");
const ORGANIZATIONS: ColumnRef = schema::column("organizations");
/// How many models a sentence names.
const NAMED: usize = 3;

impl<'a> Ranking<'a> {
    pub(super) fn new(
        found: &'a [(BoundedFigure, RawRecord<'_>)],
        threshold: Literal,
        estimator: Estimator<'a>,
        catalog: &Catalog,
    ) -> Result<Ranking<'a>, Error> {
        let shown = [NAME, ID, ANNOUNCED, ORGANIZATIONS].map(|column| column.needs);
        let keys = estimator.keys().union(Keys::of(&[Key::notes]));
        let reader = catalog.reader(shown.into_iter().fold(keys, Keys::union))?;
        let judged = found.iter().map(|(figure, record)| {
            Ok(Judged {
                verdict: Verdict::of(figure.bounds, &threshold),
                figure,
                model: reader.model(record)?,
            })
        });
        let mut judged = judged.collect::<Result<Vec<_>, Error>>()?;
        judged.sort_by(|a, b| {
            let by_value = b.figure.bounds.mid.total_cmp(&a.figure.bounds.mid);
            let order = a.verdict.cmp(&b.verdict).then(by_value);
            let order = order.then_with(|| by_letters(&a.model.name, &b.model.name));
            order.then_with(|| a.model.id.cmp(&b.model.id))
        });
        let abouts = catalog.sources().iter().filter_map(Source::about);
        Ok(Ranking {
            estimator,
            threshold,
            credits: abouts.flat_map(|about| about.credits).collect(),
            judged,
        })
    }

    /// Every model as machine formats have it.
    pub(super) fn sheet<'s>(&self, judged: &[&'s Judged<'a>]) -> ReportPart<'s> {
        let own = |key, title, kind| SheetColumn::from(Heading::new(key, title, kind, 1));
        let by = self.estimator.by;
        let kind = by.heading.kind;
        let columns = [
            NAME.heading.into(),
            ID.heading.into(),
            ANNOUNCED.heading.into(),
            ORGANIZATIONS.heading.into(),
            own("by", "Figure", Kind::Word),
            by.heading.into(),
            own("verdict", "Verdict", Kind::Word),
            own("value", "Value", kind),
            own("low", "Low", kind),
            own("high", "High", kind),
            own("basis", "Basis", Kind::Word),
            own("confidence", "Confidence", Kind::Word),
            own("also", "Also", Kind::Tags),
            own("source", "Source", Kind::Address),
        ];
        let rows = judged.iter().map(|own| {
            let Judged {
                verdict,
                figure,
                model,
            } = own;
            let Interval { low, mid, high } = figure.bounds;
            let bound = |bound: f64| match figure.doubt.filter(|_| low >= high) {
                Some(_) => Value::Missing,
                None => Value::Number(bound),
            };
            let decided = *verdict != Verdict::Undecidable;
            let verdict = match figure.doubt.filter(|_| decided) {
                Some(doubt) => Value::Text(format!("{}, {}", verdict.word(), doubt.word()).into()),
                None => Value::from(verdict.word()),
            };
            let also: Vec<&str> = figure.bases[1..].iter().map(|basis| basis.word()).collect();
            let citation = own.citation(by);
            vec![
                NAME.marked(model),
                ID.value(model),
                ANNOUNCED.marked(model),
                ORGANIZATIONS.marked(model),
                Value::from(by.heading.key),
                by.marked(model),
                verdict,
                Value::Number(mid),
                bound(low),
                bound(high),
                Value::from(figure.bases[0].word()),
                figure.bases[0].confidence().map(|sure| sure.word()).into(),
                Value::Json(also.join("; "), json!(also)),
                citation.into(),
            ]
        });
        ReportPart::sheet(columns, rows)
    }

    /// The models of each verdict as people see them, under its name.
    pub(super) fn groups<'s>(&self, judged: &[&'s Judged<'a>]) -> Vec<ReportPart<'s>> {
        let by = self.estimator.by;
        let groups = judged.chunk_by(|a, b| a.verdict == b.verdict);
        let parts = groups.map(|group| {
            let title = match group[0].verdict {
                Verdict::Above => "Above",
                Verdict::Undecidable => "Cannot be told",
                Verdict::Below => "Below",
            };
            // What the makers state has none.
            let bounds = || group.iter().map(|own| own.bounds(by));
            let has_bounds = bounds().any(|bounds| !bounds.is_missing());
            let mut columns = vec![
                Heading::new("name", title, Kind::Word, 0),
                Heading {
                    drop_order: 3,
                    ..ANNOUNCED.heading
                },
                Heading {
                    drop_order: 1,
                    ..by.heading
                },
                Heading::new("basis", "Basis", Kind::Word, 1),
            ];
            if has_bounds {
                columns.insert(3, Heading::new("bounds", "Bounds", Kind::Word, 2));
            }
            let rows = group.iter().zip(bounds()).map(|(own, bounds)| {
                let values = [
                    NAME.marked(&own.model),
                    ANNOUNCED.marked(&own.model),
                    own.value(by),
                ];
                let bounds = has_bounds.then_some(bounds);
                let basis = Value::Text(own.basis(self).into());
                values.into_iter().chain(bounds).chain([basis]).collect()
            });
            ReportPart::sheet(columns, rows)
        });
        let parts: Vec<ReportPart<'s>> = parts.collect();
        match parts.is_empty() {
            // An answer without rows, instead of the rows that are left out.
            true => vec![self.sheet(&[])],
            false => parts,
        }
    }

    /// What the answer is in short, and what it rests on.
    pub(super) fn captions(&self, printed: &[&Judged<'_>], matched: usize) -> Vec<String> {
        if matched == 0 {
            return vec!["no model matches".to_owned()];
        }
        let sentences = [
            Some(self.summary(matched)),
            self.largest(),
            (printed.iter().any(|own| own.is_by_others())).then(|| {
                "figures of third parties are taken as within a factor of 3 (confident) or 10 \
                 (likely)"
                    .to_owned()
            }),
            (printed.iter().any(|own| own.figure.doubt.is_some())).then(|| {
                "speculative and unrated figures may be off by any factor, and decide by their value: \
                 `--confidence likely` leaves them out"
                    .to_owned()
            }),
            self.calibrated(printed),
            self.rounded(),
        ];
        sentences.into_iter().flatten().collect()
    }

    /// How many models there are of each verdict.
    fn summary(&self, matched: usize) -> String {
        let count = |is_counted: &dyn Fn(&&Judged<'_>) -> bool| {
            let judged = self.judged.iter();
            grouped(judged.filter(is_counted).count() as f64)
        };
        let [above, undecidable, below] = [Verdict::Above, Verdict::Undecidable, Verdict::Below]
            .map(|verdict| count(&|own| own.verdict == verdict));
        let [doubtful_above, doubtful_below] = [Verdict::Above, Verdict::Below].map(|verdict| {
            let is_doubtful = |own: &&Judged<'_>| own.figure.doubt.is_some();
            match count(&|own| own.verdict == verdict && is_doubtful(own)).as_str() {
                "0" => String::new(),
                count => format!(" ({count} by speculative or unrated figures)"),
            }
        });
        let likely = count(&|own| {
            let reaches = self.threshold.ends(own.figure.bounds.mid).0.is_ge();
            own.verdict == Verdict::Undecidable && reaches
        });
        let likely = match likely.as_str() {
            "0" => String::new(),
            likely => format!(" ({likely} probably above)"),
        };
        let by = self.estimator.by;
        let unit = by.unit();
        format!(
            "{} of at least {}: {above} above{doubtful_above}, {undecidable} cannot be \
             told{likely}, {below} below{doubtful_below}, {} without any basis{}",
            by.in_sentence(),
            format!("{} {}", unit.human(self.threshold.value), unit.name()).trim(),
            grouped((matched - self.judged.len()) as f64),
            by.see_also(),
        )
    }

    /// The largest figure, if none is above.
    fn largest(&self) -> Option<String> {
        let value = |own: &&Judged<'_>| own.figure.bounds.mid;
        let largest = self.judged.iter().reduce(|largest, own| {
            let is_more = value(&own) > value(&largest);
            if is_more { own } else { largest }
        })?;
        let none_above = self.judged.iter().all(|own| own.verdict != Verdict::Above);
        none_above.then(|| {
            let by = self.estimator.by;
            let value = largest.value(by);
            let value = value.human(by.heading.kind);
            let (name, basis) = (&largest.model.name, largest.basis(self));
            let value = format!("{value} {}", by.unit().name());
            format!("the largest is {name}: {} ({basis})", value.trim())
        })
    }

    /// How good an estimate is, if one is printed.
    fn calibrated(&self, printed: &[&Judged<'_>]) -> Option<String> {
        let Estimator { by, .. } = self.estimator;
        let (field, calibration) = (self.estimator.field()?, self.estimator.calibration?);
        let uses = |own: &&Judged<'_>| own.figure.bases.contains(&Basis::Derived(field));
        let (formula, figure) = (formula(field, false), by.in_sentence());
        let Calibration { low, high, models } = calibration;
        let [low, high] = [low, high].map(three);
        printed.iter().any(uses).then(|| match models >= LEAST {
            true => format!(
                "{figure} is {low} to {high} times {formula} (5th to 95th percentile of {models} \
                 models whose {figure} is known otherwise)"
            ),
            false => format!(
                "{figure} is taken as within a factor of 3 of {formula}: only {models} models have \
                 both to compare"
            ),
        })
    }

    /// The models that are on one side of the threshold only as their makers round.
    fn rounded(&self) -> Option<String> {
        let threshold = self.threshold.value;
        let rounded = self.judged.iter();
        let rounded = rounded.filter(|own| own.figure.is_rounded_at(threshold));
        let mut names: Vec<&str> = rounded.map(|own| &*own.model.name).collect();
        let more = match names.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        names.truncate(NAMED);
        (!names.is_empty()).then(|| {
            let names = names.join(", ");
            format!("stated with too few digits to tell, and taken as exact: {names}{more}")
        })
    }

    /// Which of the figures that verdicts rest on have notes.
    pub(super) fn notes(&self, printed: &[&Judged<'_>]) -> Vec<String> {
        let given = printed.iter().map(|own| &own.model);
        let given = evidence::remark(given, self.estimator.by.needs);
        let is_derived = |own: &&&Judged<'_>| own.figure.bases.iter().any(|own| own.is_derived());
        let derived = printed.iter().filter(is_derived).map(|own| &own.model);
        let inputs = self.estimator.inputs().without(self.estimator.by.needs);
        let derived = evidence::remark(derived, inputs);
        given.into_iter().chain(derived).collect()
    }
}

impl Judged<'_> {
    /// Whether a third party gives the figure, and how sure it is.
    fn is_by_others(&self) -> bool {
        let basis = self.figure.bases[0];
        self.figure.doubt.is_none() && matches!(basis, Basis::Claimed(SourceKind::ThirdParty, _))
    }

    /// The address of the source, if the figure is given by one.
    fn citation(&self, by: ColumnRef) -> Option<&str> {
        let key = by
            .figure
            .filter(|_| matches!(self.figure.bases[0], Basis::Claimed(..)))?;
        self.model.citation(key).map(|(_, url)| url)
    }

    /// The figure with its marks, or the estimate.
    fn value(&self, by: ColumnRef) -> Value<'_> {
        let mid = self.figure.bounds.mid;
        match self.figure.bases[0] {
            Basis::Listed | Basis::Claimed(..) => by.mark(Value::Number(mid), &self.model),
            Basis::Derived(_) | Basis::Hardware => Value::Estimate(mid, by.unit()),
        }
    }

    /// The bounds in two digits: they are not known better.
    fn bounds(&self, by: ColumnRef) -> Value<'static> {
        let Interval { low, high, .. } = self.figure.bounds;
        if low >= high {
            return Value::Missing;
        }
        let two = |value: f64| format!("{value:.1e}").parse().unwrap_or(value);
        let [low, high] = [low, high].map(|bound| by.unit().human(two(bound)));
        Value::Text(format!("{low} to {high}").into())
    }

    /// What the figure and its bounds rest on.
    fn basis(&self, ranking: &Ranking<'_>) -> String {
        let source = self
            .citation(ranking.estimator.by)
            .map(|url| publisher(url, &ranking.credits));
        let text = |basis: &Basis| match (*basis, &source) {
            (Basis::Claimed(SourceKind::ThirdParty, confidence), Some(source)) => {
                match confidence {
                    Some(confidence) => format!("{source}, {}", confidence.word()),
                    None => format!("{source}, unrated"),
                }
            }
            (Basis::Claimed(SourceKind::Derived, _), Some(source)) => {
                format!("derived, {source}")
            }
            (Basis::Derived(field), _) => {
                formula(field, self.model.active_params.is_some()).to_owned()
            }
            (Basis::Hardware, _) => "chip-hours × utilization".to_owned(),
            (basis, _) => basis.word().to_owned(),
        };
        let bases: Vec<String> = self.figure.bases.iter().map(text).collect();
        let inputs = match (self.figure.doubt, self.figure.bases[0].is_derived()) {
            (Some(doubt), true) => format!(", {} inputs", doubt.word()),
            _ => String::new(),
        };
        bases.join("; ") + &inputs
    }
}

/// The formula of an estimate, short enough for a cell.
fn formula(field: DerivedField, is_sparse: bool) -> &'static str {
    match field {
        DerivedField::Compute if is_sparse => "6 × active params × tokens",
        DerivedField::Compute => "6 × params × tokens",
        DerivedField::Cost => "chip-hours × price",
        DerivedField::Energy => "chip-hours × power",
        DerivedField::TokensPerParam => "tokens ÷ params",
        DerivedField::Utilization => "compute ÷ chip-hours",
        DerivedField::ChipHours => "chips × hours",
        DerivedField::Weights => "2 bytes × params",
    }
}

/// Who publishes what is at an address: by the credits of the catalogs, else its host.
fn publisher(url: &str, credits: &[Credit]) -> String {
    let credit = credits.iter().find(|credit| credit.url == url);
    // A credit is `Epoch AI, Data on AI Models`.
    let name = credit.and_then(|credit| credit.name.split(", ").next());
    let host = || {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or(rest);
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    };
    name.map_or_else(host, str::to_owned)
}

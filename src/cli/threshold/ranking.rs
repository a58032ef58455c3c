//! Models by the verdict on their figure, as rows and sentences.

use crate::analysis::threshold::{Basis, BoundedFigure, Estimator, Verdict};
use crate::catalog::Catalog;
use crate::catalog::document::Credit;
use crate::catalog::raw_record::RawRecord;
use crate::catalog::source::Source;
use crate::error::Error;
use crate::model::column::ColumnRef;
use crate::model::derived::DerivedField;
use crate::model::figure::Literal;
use crate::model::heading::Heading;
use crate::model::month::Month;
use crate::model::physics::Interval;
use crate::model::value::{Kind, Value};
use crate::model::{Key, Keys, Model, SourceKind, schema};
use crate::output::{ReportPart, SheetColumn};
use crate::query::group::decimal;
use crate::text::by_letters;
use serde_json::json;

/// The models whose figure has bounds, by verdict and then the largest first.
pub(super) struct Ranking<'a> {
    pub(super) estimator: Estimator<'a>,
    pub(super) question: Question,
    /// Whose work the catalogs use.
    credits: Vec<Credit>,
    pub(super) judged: Vec<Judged<'a>>,
}

/// What is asked.
pub(super) struct Question {
    pub(super) threshold: Literal,
    pub(super) typed: String,
    /// The last month whose models count, if later ones are left out.
    pub(super) as_of: Option<Month>,
    /// Whether people see the models below, too.
    pub(super) lists_below: bool,
}

/// A model and the verdict on its figure. Its notes name only what the verdict rests on.
pub(super) struct Judged<'a> {
    pub(super) verdict: Verdict,
    pub(super) figure: &'a BoundedFigure,
    pub(super) model: Model<'a>,
}

const NAME: ColumnRef = schema::column("name");
const ID: ColumnRef = schema::column("id");
const ANNOUNCED: ColumnRef = schema::column("announced");
const ORGANIZATIONS: ColumnRef = schema::column("organizations");
/// The width of a terminal that has room for the month beside bounds and basis.
const WIDE: usize = 100;

impl<'a> Ranking<'a> {
    pub(super) fn new(
        found: &'a [(BoundedFigure, RawRecord<'_>)],
        question: Question,
        estimator: Estimator<'a>,
        (catalog, links): (&Catalog, Keys),
    ) -> Result<Ranking<'a>, Error> {
        let shown = [NAME, ID, ANNOUNCED, ORGANIZATIONS].map(|column| column.needs);
        let keys = estimator.keys().union(links).union(Keys::of(&[Key::notes]));
        let reader = catalog.reader(shown.into_iter().fold(keys, Keys::union))?;
        let (own, inputs) = (estimator.by.needs, estimator.inputs());
        let judged = found.iter().map(|(figure, record)| {
            let mut model = reader.model(record)?;
            let keys = match figure.bases.iter().any(|basis| basis.is_derived()) {
                true => own.union(inputs),
                false => own,
            };
            let is_basis = |key: &str| Key::named(key).is_some_and(|key| keys.has(key));
            for note in &mut model.notes {
                note.keys.retain(|key| is_basis(key));
            }
            Ok(Judged {
                verdict: Verdict::of(figure.bounds, &question.threshold),
                figure,
                model,
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
            question,
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
            let bound = |bound: f64| match (low < high, figure.doubt) {
                (true, _) => Value::Number(decimal(bound)),
                (false, Some(_)) => Value::Missing,
                (false, None) => Value::Number(bound),
            };
            let value = match by.value(model).number() {
                Some(given) => by.mark(Value::Number(given), model),
                None => Value::Estimate(decimal(mid), by.unit()),
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
                value,
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
    pub(super) fn groups<'s>(
        &self,
        judged: &[&'s Judged<'a>],
        width: Option<usize>,
    ) -> Vec<ReportPart<'s>> {
        let by = self.estimator.by;
        let own = |key, title, drop_order| Heading::new(key, title, Kind::Word, drop_order);
        let has_month = width.is_none_or(|width| width >= WIDE);
        let groups = judged.chunk_by(|a, b| a.verdict == b.verdict);
        let parts = groups.map(|group| {
            let title = match group[0].verdict {
                Verdict::Above => "Above",
                Verdict::Undecidable => "Undecidable",
                Verdict::Below => "Below",
            };
            let figure = Heading {
                drop_order: 0,
                ..by.heading
            };
            let month = has_month.then_some(ANNOUNCED.heading);
            let columns = [own("name", title, 0)].into_iter().chain(month);
            let columns = columns.chain([figure, own("bounds", "Bounds", 1)]);
            let columns = columns.chain([own("basis", "Basis", 2)]);
            let rows = group.iter().map(|own| {
                let month = has_month.then(|| ANNOUNCED.marked(&own.model));
                let values = [NAME.marked(&own.model)].into_iter().chain(month);
                let basis = Value::Text(own.basis(self).into());
                values
                    .chain([own.value(by), own.bounds(by), basis])
                    .collect()
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
}

impl Judged<'_> {
    /// Whether a third party gives the figure, and how sure it is.
    pub(super) fn is_by_others(&self) -> bool {
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
    pub(super) fn value(&self, by: ColumnRef) -> Value<'_> {
        let mid = self.figure.bounds.mid;
        match self.figure.bases[0] {
            Basis::Listed | Basis::Claimed(..) => {
                let value = by.mark(Value::Number(mid), &self.model);
                by.linked(value, &self.model)
            }
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
        Value::shown(
            format!("{low} to {high}"),
            Value::Number(self.figure.bounds.low),
        )
    }

    /// What the figure and its bounds rest on.
    pub(super) fn basis(&self, ranking: &Ranking<'_>) -> String {
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
pub(super) fn formula(field: DerivedField, is_sparse: bool) -> &'static str {
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

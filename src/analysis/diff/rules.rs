//! What a disagreement is, and what it is likely due to.

use crate::analysis::audit::thousandfold;
use crate::catalog::identity::Organizations;
use crate::catalog::table::KnownModels;
use crate::model::arxiv::ArxivId;
use crate::model::column::{ColumnRef, Slot};
use crate::model::figure::{self, Figure};
use crate::model::link::Link;
use crate::model::month::Month;
use crate::model::name::NormalizedName;
use crate::model::schema::COLUMNS;
use crate::model::value::{Kind, Value};
use crate::model::{Model, license};
use clap::ValueEnum;
use std::borrow::Cow;

/// What is compared, and what is a disagreement.
pub(crate) struct DiffRules {
    pub columns: Vec<ColumnRef>,
    /// The share by which figures may differ; if not given, 5 %, or what the coarser one rounds away.
    pub tolerance: Option<f64>,
}

/// What became of a model: it is in both catalogs and values disagree, the new catalog has another model
/// of that name, or one of the two does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Change {
    Differs,
    Apart,
    New,
    Gone,
}

impl Change {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Change::Differs => "differs",
            Change::Apart => "apart",
            Change::New => "new",
            Change::Gone => "gone",
        }
    }
}

/// A value that disagrees, or a model that only one catalog has.
#[derive(Debug, Clone)]
pub(crate) struct DiffRow {
    pub change: Change,
    pub name: String,
    pub id: String,
    pub(super) announced: Option<Month>,
    pub column: Option<ColumnRef>,
    pub old: Value<'static>,
    pub new: Value<'static>,
    /// The new figure over the old one.
    pub ratio: Option<f64>,
    pub cause: Option<Cow<'static, str>>,
}

/// The facts that are compared, and the sum of the hardware.
const FACTS: [&str; 6] = [
    "announced",
    "access",
    "organizations",
    "license",
    "base_model",
    "chip_hours",
];

/// The keys that are compared: facts, and figures that are not computed from others.
pub(crate) fn compared_columns() -> Vec<ColumnRef> {
    let is_compared = |column: &ColumnRef| {
        let is_figure = column.heading.kind.is_measured() && column.slot != Slot::Computed;
        is_figure && column.heading.key != "sizes" || FACTS.contains(&column.heading.key)
    };
    COLUMNS.iter().filter(is_compared).collect()
}

impl DiffRow {
    pub(super) fn new(
        change: Change,
        (name, id): (&str, &str),
        announced: Option<Month>,
    ) -> DiffRow {
        DiffRow {
            change,
            name: name.to_owned(),
            id: id.to_owned(),
            announced,
            column: None,
            old: Value::Missing,
            new: Value::Missing,
            ratio: None,
            cause: None,
        }
    }
}

impl DiffRules {
    /// The values of two models that disagree, where both have one.
    pub(super) fn differences(
        &self,
        old: &Model<'_>,
        new: &Model<'_>,
        (known, organizations): (&KnownModels, &Organizations),
    ) -> Vec<DiffRow> {
        let unit = |model: &Model<'_>| {
            let samples = model.samples.as_ref();
            samples.map(|own| NormalizedName::new(&own.unit))
        };
        let differences = self.columns.iter().filter_map(|column| {
            let (a, b) = (column.value(old), column.value(new));
            if column.has_units() && unit(old) != unit(new) {
                return None;
            }
            let figures = a.number().zip(b.number());
            let differs = match (&a, &b) {
                (Value::Month(a), Value::Month(b)) => b.months_since(*a).abs() > 1,
                (Value::Tags(a), Value::Tags(b)) => organizations.have_one(a, b) == Some(false),
                (Value::Text(a), Value::Text(b)) => match column.heading.key {
                    "license" => license::are_different(a, b),
                    "base_model" => known.are_different(a, b),
                    _ => a != b,
                },
                _ => figures.is_some_and(|(a, b)| !self.agree(a, b)),
            };
            let ratio = figures.map(|(old, new)| new / old);
            differs.then(|| DiffRow {
                column: Some(column),
                old: cited(owned(a, column.heading.kind), column, old),
                new: cited(owned(b, column.heading.kind), column, new),
                ratio: ratio.filter(|ratio| ratio.is_finite()),
                cause: cause(column, (old, new), ratio).map(Cow::Borrowed),
                ..DiffRow::new(Change::Differs, (&old.name, &old.id), old.announced)
            })
        });
        differences.collect()
    }

    /// Whether two values of a figure are the same, but for rounding.
    fn agree(&self, old: f64, new: f64) -> bool {
        let off = (old / new).max(new / old) - 1.0;
        let rounds = || self.tolerance.is_none() && figure::round_alike(old, new);
        off <= self.tolerance.unwrap_or(0.05) + 1e-9 || rounds()
    }
}

/// A value that was read from a model, with its marks and a link, which do not borrow.
fn cited(value: Value<'static>, column: ColumnRef, model: &Model<'_>) -> Value<'static> {
    let value = column.mark(value, model);
    let link = column.link(value.marks(), model).map(Link::into_owned);
    value.with_link(link)
}

/// A value that does not borrow.
fn owned(value: Value<'_>, kind: Kind) -> Value<'static> {
    match (value, kind) {
        (Value::Estimate(number, unit), _) => Value::Estimate(number, unit),
        (Value::Number(number), Kind::Quantity(unit)) => Value::Quantity(number, unit),
        (Value::Month(month), _) => Value::Month(month),
        (value, _) => {
            let json = serde_json::to_value(&value).unwrap_or_default();
            Value::Json(value.human(kind).into_owned(), json)
        }
    }
}

/// Why two values of a column are likely different.
fn cause(
    column: ColumnRef,
    (old, new): (&Model<'_>, &Model<'_>),
    ratio: Option<f64>,
) -> Option<&'static str> {
    let ratio = ratio.unwrap_or(1.0);
    let is_near = |a: Option<f64>, b: Option<f64>| {
        a.zip(b)
            .is_some_and(|(a, b)| (0.99..1.01).contains(&(a / b)))
    };
    // Whether a figure of one model is another figure of the other one.
    let crosses = |own: fn(&Model<'_>) -> Option<f64>, other: fn(&Model<'_>) -> Option<f64>| {
        is_near(own(new), other(old)) || is_near(own(old), other(new))
    };
    let is_times = |factor: f64| is_near(Some(ratio.max(1.0 / ratio)), Some(factor));
    let number = |figure: Option<Figure>| Some(figure?.0);
    match column.heading.key {
        "announced" => cause_of_months(old, new),
        "params" | "active_params"
            if crosses(|m| Some(m.params?.0), |m| Some(m.active_params?.0)) =>
        {
            Some("total against active parameters")
        }
        "params"
            if old
                .sizes
                .iter()
                .any(|size| is_near(number(new.params), Some(size.0))) =>
        {
            Some("another of its sizes")
        }
        "tokens" if crosses(|m| Some(m.tokens?.0), |m| Some(m.tokens?.0 * m.epochs?.0)) => {
            Some("tokens of one pass against those of all epochs")
        }
        "compute_flop" if crosses(|m| Some(m.compute_flop?.0), |m| Some(m.finetune_flop?.0)) => {
            Some("the whole training against the fine-tuning alone")
        }
        "compute_flop" if is_times(2.0) => Some("multiply-adds counted as one operation or two?"),
        "chip_hours" if [2.0, 4.0, 8.0].into_iter().any(is_times) => {
            Some("devices or cores counted as chips?")
        }
        _ => thousandfold(ratio, 1.25),
    }
}

/// Why a model is likely dated to two months.
fn cause_of_months(old: &Model<'_>, new: &Model<'_>) -> Option<&'static str> {
    let (known, own) = (old.announced?, new.announced?);
    let paper = |model: &Model<'_>| ArxivId::parse(model.paper.as_ref()?.url.as_deref()?);
    let papers = [paper(old), paper(new)].map(|paper| Some(paper?.month));
    Some(match own.months_since(known) {
        12 | -12 => "exactly a year: is the year wrong?",
        _ if papers.contains(&Some(known)) => "the old one is the month of the paper",
        _ if papers.contains(&Some(own)) => "the new one is the month of the paper",
        1.. => "the month of a later version?",
        _ => "the month of an earlier version?",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Keys;
    use crate::model::reader::tests::read;
    use proptest::prelude::*;

    const DEFAULT: DiffRules = DiffRules {
        columns: Vec::new(),
        tolerance: None,
    };

    proptest! {
        #[test]
        fn which_side_is_old_does_not_matter(one in 1f64..1e30, other in 0.5f64..2.0) {
            let other = one * other;
            prop_assert_eq!(DEFAULT.agree(one, other), DEFAULT.agree(other, one));
            prop_assert!(DEFAULT.agree(one, one));
        }
    }

    #[test]
    fn a_given_tolerance_is_the_only_one() {
        let exact = DiffRules {
            tolerance: Some(0.0),
            ..DEFAULT
        };
        assert!(DEFAULT.agree(3e23, 3.14e23) && DEFAULT.agree(3e23, 3.4e23));
        assert!(!DEFAULT.agree(3e23, 3.6e23) && !DEFAULT.agree(3.1e23, 3.4e23));
        assert!(!exact.agree(3e23, 3.01e23));
    }

    /// The key that disagrees, and the cause.
    fn case(old: &str, new: &str) -> String {
        let columns = compared_columns();
        let rules = DiffRules { columns, ..DEFAULT };
        let [old, new] = [old, new].map(|json| format!("{{{json}}}"));
        let (old, new): (Model<'_>, Model<'_>) = (read(&old, Keys::ALL), read(&new, Keys::ALL));
        let known = (&KnownModels::default(), &Organizations::default());
        let rows = rules.differences(&old, &new, known).into_iter();
        let words = rows.map(|row| {
            let key = row.column.map_or("", |column| column.heading.key);
            format!("{key}: {}", row.cause.unwrap_or_default())
        });
        words.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn only_what_both_have_in_one_unit_can_disagree() {
        assert_eq!(case(r#""params":1e9"#, r#""tokens":1e9"#), "");
        let samples = |unit| format!(r#""samples":{{"count":5,"unit":"{unit}"}}"#);
        assert_eq!(
            case(
                &samples("images"),
                r#""samples":{"count":9,"unit":"hours"}"#
            ),
            ""
        );
        assert_eq!(
            case(
                &samples("images"),
                r#""samples":{"count":9,"unit":"images"}"#
            ),
            "samples_count: "
        );
        assert_eq!(
            case(r#""announced":"2020-01""#, r#""announced":"2020-02""#),
            ""
        );
    }

    #[test]
    fn causes_are_figures_of_the_other_model() {
        for (old, new, expected) in [
            (
                r#""params":1e12,"active_params":3e10"#,
                r#""params":3e10"#,
                "params: total against active parameters",
            ),
            (
                r#""params":7e10,"sizes":[7e9,7e10]"#,
                r#""params":7e9"#,
                "params: another of its sizes",
            ),
            (
                r#""params":7e9"#,
                r#""params":7e6"#,
                "params: about a thousandth: M instead of B?",
            ),
            (
                r#""announced":"2020-01""#,
                r#""announced":"2021-01""#,
                "announced: exactly a year: is the year wrong?",
            ),
            (
                r#""announced":"2020-01""#,
                r#""announced":"2020-05""#,
                "announced: the month of a later version?",
            ),
        ] {
            assert_eq!(case(old, new), expected);
        }
    }
}
